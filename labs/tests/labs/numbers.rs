//! What several tests need.

use candle_core::{DType, Device, Tensor};

/// A tensor's numbers.
pub(crate) fn numbers(tensor: &Tensor) -> Vec<f64> {
    let flat = tensor.to_dtype(DType::F64).and_then(|t| t.flatten_all()).expect("a tensor of numbers");
    flat.to_vec1().expect("its numbers")
}

/// A column of numbers.
pub(crate) fn column(values: &[f64], dtype: DType) -> Tensor {
    Tensor::from_slice(values, (values.len(), 1), &Device::Cpu)
        .and_then(|t| t.to_dtype(dtype))
        .expect("a column")
}

/// Is a within `relative`·(|b| + `scale`) of b? Equal infinities are near.
pub(crate) fn near(a: f64, b: f64, relative: f64, scale: f64) -> bool {
    a == b || (a - b).abs() <= relative * (b.abs() + scale)
}
