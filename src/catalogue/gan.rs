//! GAN: f(u) = u log u − (u + 1) log(u + 1), D_f = 2·JSD − log 4.

use super::fgan_js::FganJs;
use super::smooth::slopes;
use crate::ch05_algorithm::exercises::{activation_of_gan, composite_of_gan};
use crate::divergence::Provenance;
use crate::special::{ln_one_minus_exp_neg, softplus};
use crate::{Divergence, Interval};
use std::f64::consts::LN_2;
use std::sync::Arc;

/// The divergence that the original GAN minimises,
/// f(u) = u log u − (u + 1) log(u + 1), so that D_f = 2·JSD − log 4.
///
/// Not normalised: f(1) = −log 4, and D_f ranges over [−log 4, 0].
/// f\*(t) = −log(1 − eᵗ) for t < 0, +∞ from 0 on, attained at u = eᵗ/(1 − eᵗ);
/// printed and true conjugate agree. Symmetric in P and Q.
/// g_f(v) = −log(1 + e^{−v}) is a logarithm of a sigmoid, f\*(g_f(v)) = softplus(v).
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2; Goodfellow and others
/// (2014).
///
/// ```
/// use vdm::{Divergence, catalogue::Gan};
/// assert_eq!(Gan.at_one(), -(4.0_f64.ln()));
/// assert_eq!(Gan.generator(1.0), Gan.at_one());
/// assert_eq!(Gan.conjugate(-(2.0_f64.ln())), 2.0_f64.ln());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Gan;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(Gan)]
}

impl Divergence for Gan {
    fn name(&self) -> String {
        "gan".into()
    }

    fn title(&self) -> String {
        "GAN (2·JSD − log 4)".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            f64::INFINITY
        } else if u == 0.0 {
            0.0
        } else if u <= 1.0 {
            u * u.ln() - (u + 1.0) * u.ln_1p()
        } else if u == f64::INFINITY {
            f64::NEG_INFINITY
        } else {
            // log(u + 1) = log u + log(1 + 1/u): for large u the terms above cancel.
            -u.ln() - (1.0 + u) * (1.0 / u).ln_1p()
        }
    }

    fn at_one(&self) -> f64 {
        -2.0 * LN_2
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
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

    /// f̃ is the generator of [`FganJs`]: the two differ by (1 + u) log 2.
    fn ln_centred(&self, log_u: f64) -> f64 {
        FganJs.ln_centred(log_u)
    }

    /// f̃ is its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t >= 0.0 { f64::INFINITY } else { -ln_one_minus_exp_neg(-t) }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= 0.0 { f64::INFINITY } else { -t.exp() / t.exp_m1() })
    }

    /// log(u/(1 + u))
    fn optimal_critic(&self, log_u: f64) -> f64 {
        -softplus(-log_u)
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        softplus(log_u)
    }

    fn output_activation(&self, v: f64) -> f64 {
        activation_of_gan(v)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        composite_of_gan(v)
    }
}
