//! Why a variational bound has no value.

use crate::shown::number;

/// Why a bound, or a best critic, cannot be given.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BoundError {
    /// Slices that should list the same points differ in length.
    #[error(
        "{what} has {found} points and P has {expected}; list the same points in each (zeros are allowed)"
    )]
    UnequalLengths {
        /// Which of them differs from P.
        what: &'static str,
        /// Points of P.
        expected: usize,
        /// Its own.
        found: usize,
    },
    /// A critic's value that is NaN.
    #[error("the critic is NaN at point {index}: give each point a value, ±∞ included")]
    Critic {
        /// The point.
        index: usize,
    },
    /// A feature's value that is NaN or infinite.
    #[error("feature {feature} is {} at point {index}: features are finite", number(*.value))]
    Feature {
        /// Which feature.
        feature: usize,
        /// The point.
        index: usize,
        /// Its value there.
        value: f64,
    },
    /// E_p T and E_q f\*(T) are infinite with the same sign.
    #[error("both expectations are infinite, and ∞ − ∞ is no number: bound the critic's values")]
    Undefined,
    /// The supremum over a class of critics is approached, but by none of its members.
    #[error(
        "no critic in this class is best: along some combination of the features the mean under P ({}) lies at or \
         beyond the largest value on the support of Q ({}); drop that feature, or mix a little of P into Q",
        number(*.mean), number(*.largest)
    )]
    NotAttained {
        /// The mean of the combination under P.
        mean: f64,
        /// Its largest value on the support of Q.
        largest: f64,
    },
}
