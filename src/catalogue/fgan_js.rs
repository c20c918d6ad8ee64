//! f-GAN's Jensen–Shannon: f(u) = u log u − (u + 1) log((1 + u)/2), twice JSD.

use super::js_weighted::JsWeighted;
use super::smooth::slopes;
use crate::ch03_convex_conjugate::exercises::{conjugate_of_js, touching_point_of_js};
use crate::divergence::Provenance;
use crate::special::{ln_mixture, softplus};
use crate::{Divergence, Interval};
use std::f64::consts::LN_2;
use std::sync::Arc;

/// The f-GAN paper's Jensen–Shannon row, f(u) = u log u − (u + 1) log((1 + u)/2).
///
/// It is **twice** the Jensen–Shannon divergence: JSD itself is
/// [`JsWeighted::jsd`]. f\*(t) = −log(2 − eᵗ) for t < log 2, +∞ from there on,
/// attained at u = eᵗ/(2 − eᵗ); printed and true conjugate agree. Symmetric in P and
/// Q, between 0 and 2 log 2. g_f(v) = log 2 − log(1 + e^{−v}),
/// f\*(g_f(v)) = softplus(v) − log 2.
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2 (table 1 prints the
/// integral with a ½ that the generator lacks).
///
/// ```
/// use vdm::{Divergence, catalogue::FganJs};
/// assert_eq!(FganJs.conjugate(0.0), 0.0);
/// assert_eq!(FganJs.at_zero() + FganJs.slope_at_infinity(), 2.0 * 2.0_f64.ln());
/// assert_eq!(FganJs.conjugate(0.7), f64::INFINITY); // log 2 ≈ 0.693
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FganJs;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(FganJs)]
}

impl Divergence for FganJs {
    fn name(&self) -> String {
        "fgan_js".into()
    }

    fn title(&self) -> String {
        "f-GAN Jensen–Shannon (2·JSD)".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            f64::INFINITY
        } else if u == 0.0 {
            LN_2
        } else if u > 1.0 {
            // f(u) = u·f(1/u): for large u the two terms below nearly cancel.
            u * self.generator(1.0 / u)
        } else {
            u * u.ln() - (u + 1.0) * ((1.0 + u) / 2.0).ln()
        }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        LN_2
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::below(LN_2)
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        LN_2 + JsWeighted::jsd().ln_centred(log_u)
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        conjugate_of_js(t)
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= LN_2 {
            f64::INFINITY
        } else {
            touching_point_of_js(t)
        })
    }

    /// log(2u/(1 + u))
    fn optimal_critic(&self, log_u: f64) -> f64 {
        -ln_mixture(0.5, 0.5, -log_u)
    }

    /// log((1 + u)/2)
    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        ln_mixture(0.5, 0.5, log_u)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        softplus(v) - LN_2
    }
}
