//! Clipping a gradient by its norm.

use crate::mlp::lanes;
use candle_core::{CpuStorage, DType, Result, Storage, Tensor};

/// ‖g‖, summed in f64.
///
/// # Errors
/// Those of candle.
pub fn norm(gradient: &Tensor) -> Result<f64> {
    let (storage, layout) = gradient.storage_and_layout();
    if let (Storage::Cpu(numbers), Some((start, end))) = (&*storage, layout.contiguous_offsets()) {
        match numbers {
            CpuStorage::F32(numbers) => return Ok(lanes::square_sum(&numbers[start..end]).sqrt()),
            CpuStorage::F64(numbers) => return Ok(lanes::square_sum(&numbers[start..end]).sqrt()),
            _ => {}
        }
    }
    drop(storage);
    // The squares in f64 too: of 1e20 they are beyond f32.
    let square = gradient.to_dtype(DType::F64)?.sqr()?.sum_all()?;
    Ok(square.to_scalar::<f64>()?.sqrt())
}

/// The factor that brings a norm down to `limit`, 1 if it is below.
///
/// ```
/// assert_eq!(labs::clip::factor(4.0, Some(1.0)), 0.25);
/// assert_eq!(labs::clip::factor(0.5, Some(1.0)), 1.0);
/// assert_eq!(labs::clip::factor(4.0, None), 1.0);
/// ```
pub fn factor(norm: f64, limit: Option<f64>) -> f64 {
    limit.map_or(1.0, |limit| (limit / norm).min(1.0))
}
