//! A quadrature rule in many dimensions, built from one in one dimension: what it
//! costs.

use crate::shown::number;
use thiserror::Error;

/// The value of a tensor-grid rule and what it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GridSum {
    /// The approximate integral.
    pub value: f64,
    /// How often the integrand was evaluated: m^d.
    pub evaluations: u64,
}

/// Why a grid gives no value.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum GridError {
    /// No dimension or no point.
    #[error("a grid needs at least one dimension and one point an axis, not {dimension} and {per_axis}")]
    Empty {
        /// The dimension.
        dimension: usize,
        /// Points an axis.
        per_axis: usize,
    },
    /// More points than can be visited.
    #[error(
        "{per_axis}^{dimension} points are more than {LIMIT}: that is the point of this chapter; use samples"
    )]
    TooMany {
        /// The dimension.
        dimension: usize,
        /// Points an axis.
        per_axis: usize,
    },
    /// An integrand that is NaN or infinite.
    #[error("the integrand is {} at {at:?}: it must be finite inside the cube", number(*.value))]
    NotFinite {
        /// Where.
        at: Vec<f64>,
        /// Its value there.
        value: f64,
    },
}

/// The most points a grid may have.
const LIMIT: u64 = 1_000_000_000;

/// ∫ h over the cube \[0, 1\]^d by the midpoint rule on m points along each axis: the mean
/// of h over m^d points.
///
/// For a smooth h the error falls like m⁻² in every dimension, hence like N^(−2/d) in the
/// number N = m^d of evaluations. The integrand gets the point as a slice of d numbers.
///
/// # Errors
/// [`GridError`]
///
/// ```
/// use vdm::ch02_intractable_densities::tensor_midpoint;
/// let square = tensor_midpoint(3, 10, |x| x.iter().map(|x| x * x).sum())?;
/// assert_eq!(square.evaluations, 1000);
/// // ∫ is 1; each coordinate contributes 1/3 − 1/(12·10²).
/// assert!((square.value - (1.0 - 3.0 / 1200.0)).abs() < 1e-14);
/// # Ok::<(), vdm::ch02_intractable_densities::GridError>(())
/// ```
pub fn tensor_midpoint(
    dimension: usize,
    per_axis: usize,
    h: impl Fn(&[f64]) -> f64,
) -> Result<GridSum, GridError> {
    if dimension == 0 || per_axis == 0 {
        return Err(GridError::Empty { dimension, per_axis });
    }
    let evaluations = u32::try_from(dimension)
        .ok()
        .and_then(|power| (per_axis as u64).checked_pow(power))
        .filter(|points| *points <= LIMIT)
        .ok_or(GridError::TooMany { dimension, per_axis })?;
    let place = |index: usize| (index as f64 + 0.5) / per_axis as f64;
    let mut indices = vec![0; dimension];
    let mut at = vec![place(0); dimension];
    let mut sum = 0.0;
    loop {
        let value = h(&at);
        if !value.is_finite() {
            return Err(GridError::NotFinite { at, value });
        }
        sum += value;
        // The next point: an odometer whose wheels have m marks.
        let Some(axis) = indices.iter().position(|index| index + 1 < per_axis) else { break };
        indices[axis] += 1;
        at[axis] = place(indices[axis]);
        for earlier in 0..axis {
            indices[earlier] = 0;
            at[earlier] = place(0);
        }
    }
    Ok(GridSum { value: sum / evaluations as f64, evaluations })
}
