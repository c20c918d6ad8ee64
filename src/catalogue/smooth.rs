//! ∂f of a generator that is differentiable on u > 0.

use crate::Interval;

/// ∂f(u) from the derivative: {f′(u)} for u > 0, (−∞, f′(0⁺)] at 0, and {−∞}
/// where there is no finite slope: at 0 if f′(0⁺) = −∞, and below 0.
pub(super) fn slopes(u: f64, slope_at_zero: f64, derivative: impl Fn(f64) -> f64) -> Interval {
    if u.is_nan() {
        Interval::point(f64::NAN)
    } else if u > 0.0 {
        Interval::point(derivative(u))
    } else if u == 0.0 && slope_at_zero.is_finite() {
        Interval::up_to(slope_at_zero)
    } else {
        Interval::point(f64::NEG_INFINITY)
    }
}
