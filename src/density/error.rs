//! What can be wrong with the parameters of a law.

use crate::shown::number;

/// A parameter outside its domain. Each variant carries the offending value.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum DensityError {
    /// A location that is not a finite number.
    #[error("the {parameter} must be finite, but is {}", number(*.value))]
    Location {
        /// Which parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// A scale or rate that is not a positive finite number.
    #[error("the {parameter} must be positive and finite, but is {}", number(*.value))]
    Scale {
        /// Which parameter.
        parameter: &'static str,
        /// Its value.
        value: f64,
    },
    /// Degrees of freedom of Student's t that are not positive, or so many that the law
    /// is a Gaussian to all digits that its formulas keep.
    #[error("degrees of freedom lie in (0, 1e6], but these are {}; beyond, take a Gaussian", number(*.value))]
    Freedom {
        /// Their number.
        value: f64,
    },
    /// Ends of an interval that do not enclose a finite, positive length.
    #[error("an interval needs low < high with a finite length, but they are {} and {}", number(*.low), number(*.high))]
    Ends {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// A weight that is negative or not finite.
    #[error("weights must be finite and at least 0, but weight {index} is {}", number(*.value))]
    Weight {
        /// Its position.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// Weights that do not add up to 1.
    #[error("weights must add up to 1, but their sum is {}; divide by it first", number(*.sum))]
    Sum {
        /// Their sum.
        sum: f64,
    },
    /// A log-weight that is NaN or +∞.
    #[error("log-weights must be finite or −∞, but log-weight {index} is {}", number(*.value))]
    LnWeight {
        /// Its position.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// No weight at all, or none above 0.
    #[error("a law needs at least one weight above 0")]
    Empty,
    /// A probability outside \[0, 1\].
    #[error("a probability lies in [0, 1], but this one is {}", number(*.value))]
    Probability {
        /// Its value.
        value: f64,
    },
}

/// How far from 1 the sum of weights may lie: room for weights written with nine
/// or more digits; beyond that a mistake is likelier. They are then normalised.
const SUM_TOLERANCE: f64 = 1e-9;

pub(super) fn finite(parameter: &'static str, value: f64) -> Result<f64, DensityError> {
    if value.is_finite() { Ok(value) } else { Err(DensityError::Location { parameter, value }) }
}

pub(super) fn positive(parameter: &'static str, value: f64) -> Result<f64, DensityError> {
    if value.is_finite() && value > 0.0 { Ok(value) } else { Err(DensityError::Scale { parameter, value }) }
}

/// A probability; −0, whose reciprocal has the wrong sign, becomes 0.
pub(super) fn probability(value: f64) -> Result<f64, DensityError> {
    if (0.0..=1.0).contains(&value) { Ok(value + 0.0) } else { Err(DensityError::Probability { value }) }
}

/// Checks the weights of a law and returns them divided by their sum.
pub(super) fn weights(given: &[f64]) -> Result<Vec<f64>, DensityError> {
    if given.is_empty() {
        return Err(DensityError::Empty);
    }
    for (index, &value) in given.iter().enumerate() {
        if !(value.is_finite() && value >= 0.0) {
            return Err(DensityError::Weight { index, value });
        }
    }
    let sum: f64 = given.iter().sum();
    if sum == 0.0 {
        return Err(DensityError::Empty);
    }
    if (sum - 1.0).abs() <= SUM_TOLERANCE {
        Ok(given.iter().map(|w| w / sum).collect())
    } else {
        Err(DensityError::Sum { sum })
    }
}
