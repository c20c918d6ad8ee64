//! The tolerances of the labs' checks, each with where it comes from.

use checks::tolerance::{EPS, FORMULA};

/// The step of a difference quotient in f64: near the cube root of its unit of rounding,
/// where rounding and curvature weigh alike.
pub(crate) const STEP: f64 = 1e-5;

/// A central difference quotient of a function whose values, and whose third derivative,
/// are at most `size`: size·h²/6 of curvature, and two values rounded by a formula's
/// error, over 2h.
pub(crate) fn of_difference(size: f64) -> f64 {
    size * (STEP * STEP + FORMULA / STEP)
}

/// A short formula in f32: some sixteen operations, each right to within one unit of
/// rounding, on numbers of this size.
pub(crate) fn of_f32(size: f64) -> f64 {
    16.0 * f64::from(f32::EPSILON) * size
}

/// A mean of `count` numbers whose absolute values have the mean `size`, summed in any
/// order: each addition errs by a unit of rounding of a partial sum, which is at most
/// count·size.
pub(crate) fn of_mean(count: usize, size: f64) -> f64 {
    count as f64 * EPS * size + FORMULA * size
}
