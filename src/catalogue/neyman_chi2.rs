//! Neyman χ²: f(u) = (1 − u)²/u, D_f(P‖Q) = ∫(p − q)²/p.

use super::smooth::slopes;
use crate::divergence::Provenance;
use crate::special::{ln_abs_exp_m1, ln_one_minus_exp_neg};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// Neyman's χ² divergence, f(u) = (1 − u)²/u, so that
/// D_f(P‖Q) = ∫(p − q)²/p = χ²(Q‖P), the adjoint of Pearson's.
///
/// f\*(t) = 2 − 2√(1 − t) for t ≤ 1, +∞ above; f\*(1) = 2 is approached as u → ∞ and
/// attained nowhere. Printed and true conjugate agree. f(0) = ∞, f′(∞) = 1.
/// g_f(v) = 1 − e^{−v}, f\*(g_f(v)) = 2 − 2e^{−v/2}.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2, where the integral is
/// printed with P and Q exchanged.
///
/// ```
/// use vdm::{Divergence, catalogue::NeymanChi2};
/// assert_eq!(NeymanChi2.conjugate(-3.0), -2.0);
/// assert_eq!(NeymanChi2.conjugate(1.0), 2.0);
/// assert_eq!(NeymanChi2.conjugate(1.1), f64::INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct NeymanChi2;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(NeymanChi2)]
}

impl Divergence for NeymanChi2 {
    fn name(&self) -> String {
        "neyman_chi2".into()
    }

    fn title(&self) -> String {
        "Neyman χ²".into()
    }

    fn generator(&self, u: f64) -> f64 {
        // Factored so that u = 1e300 does not overflow. −0 would change 1/u's sign.
        if u <= 0.0 { f64::INFINITY } else { (u - 1.0) * (1.0 - 1.0 / u) }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| (1.0 - 1.0 / u) * (1.0 + 1.0 / u))
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        1.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::up_to(1.0)
    }

    /// f̃(u) = 4 sinh²(½ log u).
    fn ln_centred(&self, log_u: f64) -> f64 {
        log_u.abs() + 2.0 * ln_one_minus_exp_neg(log_u.abs())
    }

    /// (1 − 1/u)², the adjoint of Pearson's.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        2.0 * ln_abs_exp_m1(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t > 1.0 {
            f64::INFINITY
        } else {
            // 2 − 2√(1−t) without its cancellation at t = 0.
            let root = (1.0 - t).sqrt();
            if t < -1.0 { 2.0 - 2.0 * root } else { 2.0 * t / (1.0 + root) }
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t > 1.0 { f64::INFINITY } else { 1.0 / (1.0 - t).sqrt() })
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        -(-2.0 * log_u).exp_m1()
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        -2.0 * (-log_u).exp_m1()
    }

    fn output_activation(&self, v: f64) -> f64 {
        -(-v).exp_m1()
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        -2.0 * (-v / 2.0).exp_m1()
    }
}
