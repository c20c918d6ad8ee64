//! How heavy a tail is, from samples.

use super::exercises;
use crate::shown::number;
use thiserror::Error;

/// Why there is no tail index.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum TailError {
    /// k out of its range.
    #[error(
        "the {values} values have no {k} largest above a threshold: choose k from 1 to one less than their number"
    )]
    Count {
        /// How many of the largest were asked for.
        k: usize,
        /// How many values there are.
        values: usize,
    },
    /// A value that is NaN or ±∞.
    #[error("value {index} is {}: a tail index needs finite values", number(*.value))]
    NotFinite {
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// The threshold is 0.
    #[error("only {nonzero} values differ from 0, so the threshold is 0: choose k below that")]
    Zeros {
        /// How many values are not 0.
        nonzero: usize,
    },
}

/// Hill's estimate of the tail index α from the `k` largest |x|.
///
/// For a law with P\[|X| > x\] ≈ c·x^(−α) the moment E|X|^r is finite for r < α only: an
/// estimate clearly above 2 speaks for a variance, one between 1 and 2 for a mean without
/// a variance, one below 1 against a mean. Its relative standard error is about 1/√k;
/// a larger k reaches out of the tail and brings a bias. Light tails (Gaussian) have no
/// index: the estimate grows as k/n falls. +∞ if the k + 1 largest are equal.
///
/// Source: B. M. Hill, "A simple general approach to inference about the tail of a
/// distribution", The Annals of Statistics 3 (1975).
///
/// # Errors
/// [`TailError`]
///
/// ```
/// use vdm::ch02_intractable_densities::tail_index;
/// // The quantiles of a power law with α = 1.5.
/// let values: Vec<f64> = (1..=1000).map(|i| (f64::from(i) / 1000.5).powf(-1.0 / 1.5)).collect();
/// assert!((tail_index(&values, 100)? - 1.5).abs() < 0.06);
/// # Ok::<(), vdm::ch02_intractable_densities::TailError>(())
/// ```
pub fn tail_index(values: &[f64], k: usize) -> Result<f64, TailError> {
    if k == 0 || k >= values.len() {
        return Err(TailError::Count { k, values: values.len() });
    }
    if let Some(index) = values.iter().position(|x| !x.is_finite()) {
        return Err(TailError::NotFinite { index, value: values[index] });
    }
    let nonzero = values.iter().filter(|x| **x != 0.0).count();
    if nonzero <= k {
        return Err(TailError::Zeros { nonzero });
    }
    Ok(exercises::tail_index(values, k))
}
