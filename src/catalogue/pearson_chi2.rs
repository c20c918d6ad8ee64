//! Pearson χ²: f(u) = (u − 1)², χ²(P‖Q) = ∫(p − q)²/q.

use super::smooth::slopes;
use crate::ch03_convex_conjugate::exercises::conjugate_of_pearson;
use crate::divergence::Provenance;
use crate::special::{ln_abs_exp_m1, ln_one_minus_exp_neg};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// Pearson's χ² divergence, f(u) = (u − 1)², so that D_f(P‖Q) = ∫(p − q)²/q.
///
/// True conjugate: t²/4 + t for t ≥ −2 and −1 below; printed conjugate: t²/4 + t on
/// ℝ. f′(0⁺) = −2. g_f(v) = v. The f-GAN paper prints the integral with P and Q
/// exchanged; the generator here is the one of D_f = E_q f(p/q).
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, catalogue::PearsonChi2};
/// assert_eq!(PearsonChi2.conjugate(2.0), 3.0);
/// assert_eq!(PearsonChi2.conjugate(-4.0), -1.0);
/// assert_eq!(PearsonChi2.printed_conjugate(-4.0), 0.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PearsonChi2;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(PearsonChi2)]
}

impl Divergence for PearsonChi2 {
    fn name(&self) -> String {
        "pearson_chi2".into()
    }

    fn title(&self) -> String {
        "Pearson χ²".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { (u - 1.0) * (u - 1.0) }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| 2.0 * (u - 1.0))
    }

    fn slope_at_zero(&self) -> f64 {
        -2.0
    }

    fn slope_at_infinity(&self) -> f64 {
        f64::INFINITY
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::REAL
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        2.0 * ln_abs_exp_m1(log_u)
    }

    /// f̃(u)/u = 4 sinh²(½ log u).
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        log_u.abs() + 2.0 * ln_one_minus_exp_neg(log_u.abs())
    }

    fn conjugate(&self, t: f64) -> f64 {
        conjugate_of_pearson(t)
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t < -2.0 { 0.0 } else { 1.0 + t / 2.0 })
    }

    fn printed_conjugate(&self, t: f64) -> f64 {
        t * (t / 4.0 + 1.0)
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        2.0 * log_u.exp_m1()
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        (2.0 * log_u).exp_m1()
    }
}
