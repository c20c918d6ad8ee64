//! Reverse Kullback–Leibler: f(u) = −log u, D_f(P‖Q) = KL(Q‖P).

use super::smooth::slopes;
use crate::ch03_convex_conjugate::exercises::conjugate_of_reverse_kl;
use crate::ch05_algorithm::exercises::composite_of_reverse_kl;
use crate::divergence::Provenance;
use crate::special::{ln_exp_remainder, ln_exp_remainder_scaled};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The reverse Kullback–Leibler divergence, f(u) = −log u, so that
/// D_f(P‖Q) = KL(Q‖P) = E_q log(q/p).
///
/// f\*(t) = −1 − log(−t) for t < 0, +∞ from 0 on, attained at u = −1/t; printed and
/// true conjugate agree. f(0) = ∞, f′(∞) = 0: mass that P has where q = 0 costs
/// nothing. g_f(v) = −e^{−v}, f\*(g_f(v)) = v − 1.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, catalogue::ReverseKl};
/// assert_eq!(ReverseKl.generator(1.0), 0.0);
/// assert_eq!(ReverseKl.conjugate(-1.0), -1.0);
/// assert_eq!(ReverseKl.conjugate(0.0), f64::INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReverseKl;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(ReverseKl)]
}

impl Divergence for ReverseKl {
    fn name(&self) -> String {
        "reverse_kl".into()
    }

    fn title(&self) -> String {
        "reverse Kullback–Leibler".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { -u.ln() }
    }

    fn generator_log(&self, log_u: f64) -> f64 {
        -log_u
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| -1.0 / u)
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        0.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::below(0.0)
    }

    /// f̃(u) = u − 1 − log u.
    fn ln_centred(&self, log_u: f64) -> f64 {
        ln_exp_remainder(log_u)
    }

    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        ln_exp_remainder_scaled(log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        conjugate_of_reverse_kl(t)
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= 0.0 { f64::INFINITY } else { -1.0 / t })
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        -(-log_u).exp()
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        log_u - 1.0
    }

    fn output_activation(&self, v: f64) -> f64 {
        -(-v).exp()
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        composite_of_reverse_kl(v)
    }
}
