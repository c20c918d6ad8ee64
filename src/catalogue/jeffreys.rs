//! Jeffreys: f(u) = (u − 1) log u, J(P, Q) = KL(P‖Q) + KL(Q‖P).

use super::smooth::slopes;
use crate::divergence::{Provenance, Scaled};
use crate::special::{ln_abs_exp_m1, wright_omega};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The Jeffreys divergence, f(u) = (u − 1) log u: the sum of both Kullback–Leibler
/// divergences, without a factor ½.
///
/// f\*(t) = w + 1/w + t − 2 on ℝ, with w = ω(1 − t) = W(e^{1−t}) (Wright's ω,
/// Lambert's W), attained at u = 1/w; printed and true conjugate agree. Symmetric in
/// P and Q. g_f(v) = v.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, catalogue::Jeffreys};
/// assert_eq!(Jeffreys.conjugate(0.0), 0.0);
/// assert!((Jeffreys.conjugate(-1e4) + 10.210).abs() < 1e-3); // e^{1−t} overflows
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Jeffreys;

/// Half of [`Jeffreys`], the mean of both Kullback–Leibler divergences: what
/// TensorFlow Probability calls `jeffreys`.
///
/// ```
/// use vdm::{Divergence, catalogue::{Jeffreys, half_jeffreys}};
/// assert_eq!(half_jeffreys().generator(3.0), Jeffreys.generator(3.0) / 2.0);
/// ```
pub fn half_jeffreys() -> Scaled<Jeffreys> {
    Scaled::by(0.5, Jeffreys).called("half_jeffreys", "half Jeffreys")
}

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(Jeffreys), Arc::new(half_jeffreys())]
}

impl Divergence for Jeffreys {
    fn name(&self) -> String {
        "jeffreys".into()
    }

    fn title(&self) -> String {
        "Jeffreys".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { (u - 1.0) * u.ln() }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
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

    fn ln_centred(&self, log_u: f64) -> f64 {
        ln_abs_exp_m1(log_u) + log_u.abs().ln()
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        let w = wright_omega(1.0 - t);
        // Two forms of the same value, by w + log w = 1 − t: the first does not
        // cancel for t ≪ 0, the second not at t = 0 (w = 1).
        if w > 2.0 {
            1.0 / w - 1.0 - w.ln()
        } else {
            t + (1.0 - w) * ((1.0 - w) / w)
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(1.0 / wright_omega(1.0 - t))
    }

    /// 1 + log u − 1/u
    fn optimal_critic(&self, log_u: f64) -> f64 {
        log_u - (-log_u).exp_m1()
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        log_u.exp_m1() + log_u
    }
}
