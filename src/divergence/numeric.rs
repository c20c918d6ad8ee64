//! What any divergence can do without a closed form: f\* by solving t ∈ ∂f(u).
//!
//! The slopes of a convex f increase, so the u that attains sup t·u − f(u) is
//! found by bisection, in log u so that 1e-300 and 1e300 are equally near. An
//! error δ in u changes the value only in second order, hence the accuracy.

use super::Divergence;
use crate::{Interval, bisection};

/// Just inside the smallest positive f64 whose reciprocal is finite, and the largest.
const LOG_RANGE: (f64, f64) = (-708.39, 709.78);

/// f\*(t) from f and ∂f alone; +∞ outside dom f\*.
///
/// A member whose dom f\* contains its finite upper end overrides
/// [`Divergence::conjugate`]: there the supremum is approached only as u → ∞.
pub fn conjugate<D: Divergence + ?Sized>(f: &D, t: f64) -> f64 {
    if t.is_nan() {
        return f64::NAN;
    }
    if !f.conjugate_domain().contains(t) {
        return f64::INFINITY;
    }
    if t <= f.slope_at_zero() {
        return -f.at_zero();
    }
    let u = touching_point(f, t, Side::Left);
    let value = t * u - f.generator(u);
    if !value.is_nan() {
        // u = 0 is a candidate too, and the right one where t belongs to a u below f64.
        return value.max(-f.at_zero());
    }
    // t·u and f(u) both overflow. Their difference may be known in log space, unless
    // the u that is sought lies beyond f64, and f*(t) with it.
    let beyond = u >= LOG_RANGE.1.exp() * 0.999;
    let value = f.conjugate_of_optimal_critic(u.ln());
    if beyond || value.is_nan() { f64::INFINITY } else { value }
}

/// ∂f\*(t) from ∂f alone: the interval of all u with t ∈ ∂f(u).
pub fn conjugate_subdifferential<D: Divergence + ?Sized>(f: &D, t: f64) -> Interval {
    if t.is_nan() {
        return Interval::point(t);
    }
    if t < f.slope_at_zero() {
        return Interval::point(0.0);
    }
    Interval::closed(touching_point(f, t, Side::Left), touching_point(f, t, Side::Right))
}

/// Which end of the interval {u : t ∈ ∂f(u)}.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Left,
    Right,
}

/// Bisection in log u down to neighbouring floats.
fn touching_point<D: Divergence + ?Sized>(f: &D, t: f64, side: Side) -> f64 {
    let (low, high) = LOG_RANGE;
    let log_u = bisection::first(low, high, |log_u| {
        let slopes = f.subdifferential(log_u.exp());
        match side {
            Side::Left => slopes.high() >= t,
            Side::Right => slopes.low() > t,
        }
    });
    log_u.exp()
}
