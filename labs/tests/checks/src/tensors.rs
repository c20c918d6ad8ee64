//! Between tensors and checks: numbers in, numbers out, candle's errors told as such.

use crate::tolerance;
use candle_core::{DType, Device, Result, Tensor, Var};
use checks::Broken;
use checks::check::{Verdict, agree, number};
use checks::for_all::for_each;

/// A value, or a counterexample.
pub(crate) type Tried<T, E = Box<Broken>> = std::result::Result<T, E>;

/// A function of a tensor, number by number.
pub(crate) type Map = fn(&Tensor) -> Result<Tensor>;

/// What came of candle, or its error as a counterexample.
pub(crate) fn told<T, E: std::fmt::Display>(at: &str, result: Tried<T, E>) -> Tried<T> {
    result.map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        Broken::new(at, "a result", format!("an error: {first}"))
    })
}

/// Numbers as a column, one a row.
pub(crate) fn column(values: &[f64], dtype: DType) -> Result<Tensor> {
    Tensor::from_slice(values, (values.len(), 1), &Device::Cpu)?.to_dtype(dtype)
}

/// A tensor's numbers.
pub(crate) fn numbers(tensor: &Tensor) -> Result<Vec<f64>> {
    tensor.to_dtype(DType::F64)?.flatten_all()?.to_vec1()
}

/// A scalar's value; a tensor with dimensions is none.
pub(crate) fn scalar(at: &str, tensor: &Tensor) -> Tried<f64> {
    if tensor.rank() != 0 {
        let found = format!("a tensor of shape {:?}", tensor.dims());
        return Err(Broken::new(at, "a scalar: one number, without dimensions", found));
    }
    Ok(told(at, numbers(tensor))?[0])
}

/// Values of a function of a tensor and its slopes, from one backward pass.
pub(crate) fn with_slopes(f: Map, at: &[f64], dtype: DType) -> Tried<(Vec<f64>, Vec<f64>)> {
    let place = "a column of raw outputs";
    let v = told(place, column(at, dtype).and_then(|v| Var::from_tensor(&v)))?;
    let value = told(place, f(&v))?;
    if value.dims() != v.dims() {
        let found = format!("a tensor of shape {:?}", value.dims());
        return Err(Broken::new(place, format!("one number for each: shape {:?}", v.dims()), found));
    }
    let gradients = told(place, value.sum_all().and_then(|sum| sum.backward()))?;
    let missing = || {
        let due = "a gradient of your function at v";
        Broken::new(place, due, "none: the way from v to your result is cut, by `detach` or by a comparison")
    };
    let slopes = gradients.get(&v).ok_or_else(missing)?;
    Ok((told(place, numbers(&value))?, told(place, numbers(slopes))?))
}

/// Raw outputs of ordinary size, 0 among them, where candle's slopes of |·| and relu are
/// one-sided.
pub(crate) const ORDINARY: [f64; 13] =
    [-30.0, -17.0, -8.5, -4.0, -2.2, -0.9, -0.3, 0.0, 0.4, 1.1, 3.0, 9.0, 20.0];

/// The function's slopes, by backward passes, are difference quotients of its own values.
pub(crate) fn slopes_are_differences(f: Map) -> Verdict {
    let (_, slopes) = with_slopes(f, &ORDINARY, DType::F64)?;
    let moved = |by: f64| -> Tried<Vec<f64>> { Ok(with_slopes(f, &ORDINARY.map(|v| v + by), DType::F64)?.0) };
    let (above, below) = (moved(tolerance::STEP)?, moved(-tolerance::STEP)?);
    for_each(0..ORDINARY.len(), |i| {
        let place = format!("v = {}", number(ORDINARY[i]));
        if !(above[i].is_finite() && below[i].is_finite()) {
            let found = format!("{} and {}", number(below[i]), number(above[i]));
            return Err(Broken::new(place, "values beside it that have a difference", found));
        }
        let quotient = (above[i] - below[i]) / (2.0 * tolerance::STEP);
        let near = tolerance::of_difference(above[i].abs() + 1.0);
        agree(format!("{place}: the slope"), quotient, slopes[i], near)
    })
}

/// Far out a value and a slope are those of the table, in f64 and in f32: (v, value, slope).
pub(crate) fn far_out(f: Map, table: &[(f64, f64, f64)]) -> Verdict {
    let at: Vec<f64> = table.iter().map(|row| row.0).collect();
    let mut tally = checks::Tally::default();
    for (dtype, name) in [(DType::F64, "f64"), (DType::F32, "f32")] {
        let (values, slopes) = with_slopes(f, &at, dtype)?;
        tally.merge(for_each(table.iter().zip(values.iter().zip(&slopes)), |(row, (value, slope))| {
            let (v, due, steep) = *row;
            let rounding = match dtype {
                DType::F32 => tolerance::of_f32,
                _ => |size| checks::tolerance::of_terms(&[size]),
            };
            let at = format!("v = {} in {name}", number(v));
            let value = agree(format!("{at}: the value"), due, *value, rounding(1.0 + due.abs()))?;
            Ok(value.max(agree(format!("{at}: the slope"), steep, *slope, rounding(1.0 + steep.abs()))?))
        })?);
    }
    Ok(tally)
}

/// Values and slopes as a fingerprint; what fails is told as NaN.
pub(crate) fn fingerprint(f: Map) -> Vec<f64> {
    const PROBES: [f64; 11] = [-1e4, -800.0, -40.0, -3.0, -0.5, 0.0, 0.7, 17.0, 40.0, 800.0, 1e4];
    let (values, slopes) = with_slopes(f, &PROBES, DType::F64)
        .unwrap_or_else(|_| (plain(f, &PROBES).unwrap_or_else(|_| vec![f64::NAN; PROBES.len()]), Vec::new()));
    [values, slopes].concat()
}

fn plain(f: Map, at: &[f64]) -> Result<Vec<f64>> {
    numbers(&f(&column(at, DType::F64)?)?)
}

/// A tensor function's numbers as a fingerprint.
pub(crate) fn or_nan(numbers: Result<Vec<f64>>) -> Vec<f64> {
    numbers.unwrap_or_else(|_| vec![f64::NAN])
}
