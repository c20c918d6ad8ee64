//! Difference quotients of fourth order, and one-parameter families of finite laws to
//! take them along.

use crate::tolerance;
use proptest::prelude::*;

/// The step: a power of two, so that θ ± h and θ ± 2h are exact near small numbers.
const STEP: f64 = 1.0 / 512.0;

/// f′(at) by the five-point formula.
pub(super) fn slope(f: impl Fn(f64) -> f64, at: f64) -> f64 {
    let (near, far) = (f(at + STEP) - f(at - STEP), f(at + 2.0 * STEP) - f(at - 2.0 * STEP));
    (8.0 * near - far) / (12.0 * STEP)
}

/// f″(at) by the five-point formula.
pub(super) fn curvature(f: impl Fn(f64) -> f64, at: f64) -> f64 {
    let (near, far) = (f(at + STEP) + f(at - STEP), f(at + 2.0 * STEP) + f(at - 2.0 * STEP));
    (16.0 * near - far - 30.0 * f(at)) / (12.0 * STEP * STEP)
}

/// What [`slope`] may be off by for a function whose terms are of the given size and
/// whose fifth derivative is at most 30 times that: the rounding of f over h, and the
/// truncation h⁴f⁗′/30.
pub(super) fn near_slope(size: f64) -> f64 {
    size * (tolerance::FORMULA / STEP + STEP.powi(4))
}

/// The same for [`curvature`], whose rounding is divided by h²; its truncation is
/// h⁴f⁽⁶⁾/90.
pub(super) fn near_curvature(size: f64) -> f64 {
    size * (tolerance::FORMULA / (STEP * STEP) + STEP.powi(4))
}

/// A law p and a family q_θ = q + θ·d of laws on three points, at θ = 0: small whole
/// weights, none 0; d sums to 0 and is at most q/4, so that every term is analytic far
/// beyond the step.
#[derive(Clone, Debug)]
pub(super) struct Family {
    pub(super) p: [f64; 3],
    pub(super) q: [f64; 3],
    pub(super) d: [f64; 3],
}

impl Family {
    /// q_θ
    pub(super) fn law(&self, theta: f64) -> [f64; 3] {
        std::array::from_fn(|i| self.q[i] + theta * self.d[i])
    }

    /// Σ over the points.
    pub(super) fn sum(of: impl Fn(usize) -> f64) -> f64 {
        (0..3).map(of).sum()
    }

    /// The family in words.
    pub(super) fn told(&self) -> String {
        format!("p = {:?}, q = {:?}, ∂q = {:?}", self.p, self.q, self.d)
    }
}

/// Families with weights 1 to 6.
pub(super) fn families() -> impl Strategy<Value = Family> {
    let weights = || [1u32..7, 1u32..7, 1u32..7];
    (weights(), weights(), -2i32..=2, -2i32..=2).prop_map(|(p, q, first, second)| {
        let share = |w: [u32; 3]| {
            let total: u32 = w.iter().sum();
            w.map(|w| f64::from(w) / f64::from(total))
        };
        let q = share(q);
        let least = q.iter().fold(1.0_f64, |least, x| least.min(*x));
        let (first, second) = (f64::from(first) / 16.0 * least, f64::from(second) / 16.0 * least);
        Family { p: share(p), q, d: [first, second, -first - second] }
    })
}
