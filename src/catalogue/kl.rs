//! Kullback–Leibler: f(u) = u log u, KL(P‖Q) = E_p log(p/q).

use super::smooth::slopes;
use crate::ch03_convex_conjugate::exercises::conjugate_of_kl;
use crate::divergence::Provenance;
use crate::special::{ln_exp_remainder, ln_exp_remainder_scaled};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The Kullback–Leibler divergence, f(u) = u log u.
///
/// f\*(t) = e^{t−1} on ℝ, attained at u = e^{t−1}; printed and true conjugate agree.
/// f(0) = 0, f′(∞) = ∞: mass that P has where q = 0 costs infinitely much. f′(1) = 1.
/// g_f(v) = v.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, catalogue::Kl};
/// assert_eq!(Kl.generator(1.0), 0.0);
/// assert_eq!(Kl.conjugate(1.0), 1.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Kl;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(Kl)]
}

impl Divergence for Kl {
    fn name(&self) -> String {
        "kl".into()
    }

    fn title(&self) -> String {
        "Kullback–Leibler".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            f64::INFINITY
        } else if u == 0.0 {
            0.0
        } else {
            u * u.ln()
        }
    }

    fn generator_log(&self, log_u: f64) -> f64 {
        if log_u == f64::NEG_INFINITY { 0.0 } else { log_u.exp() * log_u }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| 1.0 + u.ln())
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        f64::INFINITY
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::REAL
    }

    /// f̃(u) = u log u − u + 1 = u·h(−log u) with h(x) = eˣ − 1 − x.
    fn ln_centred(&self, log_u: f64) -> f64 {
        ln_exp_remainder_scaled(-log_u)
    }

    /// h(−log u): the reverse Kullback–Leibler is the adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        ln_exp_remainder(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        conjugate_of_kl(t)
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point((t - 1.0).exp())
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        1.0 + log_u
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        log_u.exp()
    }
}
