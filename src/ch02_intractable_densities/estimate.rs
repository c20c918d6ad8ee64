//! An expectation as a sample estimates it: the mean, and how uncertain it is.

use super::exercises::mean_and_standard_error;
use crate::shown::number;
use thiserror::Error;

/// A sample mean with its standard error, in the unit of the values.
///
/// With n independent draws x₁, …, xₙ of a law with variance σ² the mean m = Σxᵢ/n is
/// unbiased and has standard deviation σ/√n. The standard error s/√n puts
/// s² = Σ(xᵢ − m)²/(n − 1) in the place of σ². It says nothing where σ² is infinite,
/// and too little where the values depend on each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The sample mean m.
    pub mean: f64,
    /// s/√n: the estimated standard deviation of the mean, not of a single value.
    pub standard_error: f64,
    /// How many values it is made of: n ≥ 2.
    pub count: usize,
}

/// Why values have no estimate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum EstimateError {
    /// One value says nothing about its own spread; none says nothing at all.
    #[error("a standard error needs at least two values, but there are {count}: draw more")]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// A value that is NaN or ±∞.
    #[error("value {index} is {}: a mean and its error need finite values; find out where it comes from", number(*.value))]
    NotFinite {
        /// The index of the first such value.
        index: usize,
        /// The value.
        value: f64,
    },
}

/// The mean of the values and its standard error, in one numerically stable pass.
///
/// The values are independent draws of one law; the function cannot see whether they
/// are. Both numbers are good to about n·2⁻⁵², relative to the largest value, in the
/// worst case, and far better as a rule. The standard error is +∞ where values lie
/// more than about 1e154 apart, so that their squares overflow.
///
/// # Errors
/// [`EstimateError::TooFew`] for fewer than two values, [`EstimateError::NotFinite`]
/// for NaN and ±∞: a single infinite value makes any mean infinite, and then no error
/// bar means anything.
///
/// ```
/// use vdm::ch02_intractable_densities::{EstimateError, estimate};
/// let three = estimate(&[1.0, 2.0, 6.0])?;
/// assert_eq!((three.mean, three.count), (3.0, 3));
/// // s² = (4 + 1 + 9)/2 = 7
/// assert!((three.standard_error - (7.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// assert_eq!(estimate(&[1.0]), Err(EstimateError::TooFew { count: 1 }));
/// # Ok::<(), EstimateError>(())
/// ```
pub fn estimate(values: &[f64]) -> Result<Estimate, EstimateError> {
    let count = values.len();
    if count < 2 {
        return Err(EstimateError::TooFew { count });
    }
    if let Some(index) = values.iter().position(|x| !x.is_finite()) {
        return Err(EstimateError::NotFinite { index, value: values[index] });
    }
    let (mean, standard_error) = mean_and_standard_error(values);
    Ok(Estimate { mean, standard_error, count })
}

impl Estimate {
    /// s², the estimated variance of a single value.
    pub fn variance(&self) -> f64 {
        self.standard_error.powi(2) * self.count as f64
    }
}
