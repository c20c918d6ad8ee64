//! Squared Hellinger: f(u) = (√u − 1)², H²(P, Q) = ∫(√p − √q)².

use super::smooth::slopes;
use crate::divergence::Provenance;
use crate::special::ln_abs_exp_m1;
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The squared Hellinger distance, f(u) = (√u − 1)², between 0 and 2 (some authors
/// carry a factor ½).
///
/// f\*(t) = t/(1 − t) for t < 1, +∞ from 1 on, attained at u = (1 − t)⁻²; printed
/// and true conjugate agree. Symmetric in P and Q. g_f(v) = 1 − e^{−v},
/// f\*(g_f(v)) = e^v − 1.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, catalogue::SquaredHellinger};
/// assert_eq!(SquaredHellinger.generator(4.0), 1.0);
/// assert_eq!(SquaredHellinger.conjugate(0.5), 1.0);
/// assert_eq!(SquaredHellinger.conjugate(1.0), f64::INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SquaredHellinger;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(SquaredHellinger)]
}

impl Divergence for SquaredHellinger {
    fn name(&self) -> String {
        "squared_hellinger".into()
    }

    fn title(&self) -> String {
        "squared Hellinger".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { (u.sqrt() - 1.0).powi(2) }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| 1.0 - 1.0 / u.sqrt())
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        1.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::below(1.0)
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        2.0 * ln_abs_exp_m1(log_u / 2.0)
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t >= 1.0 {
            f64::INFINITY
        } else if t == f64::NEG_INFINITY {
            -1.0
        } else {
            t / (1.0 - t)
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= 1.0 { f64::INFINITY } else { (1.0 - t).powi(-2) })
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        -(-log_u / 2.0).exp_m1()
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        (log_u / 2.0).exp_m1()
    }

    fn output_activation(&self, v: f64) -> f64 {
        -(-v).exp_m1()
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        v.exp_m1()
    }
}
