//! Arithmetic–geometric: f(u) = (1 + u) log((1 + u)/(2√u)).

use super::smooth::slopes;
use crate::special::{ln_cosh, softplus};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The arithmetic–geometric divergence, f(u) = (1 + u) log((1 + u)/(2√u)), so that
/// D_f(P‖Q) = KL(M‖P) + KL(M‖Q) with M = ½(P + Q).
///
/// With l = log u it is (1 + u) log cosh(l/2). f(0) = f′(∞) = ∞, dom f\* = ℝ;
/// symmetric in P and Q. No closed form of f\*(t) is known: the conjugate is numeric.
/// Along the ratio it is closed, f\*(f′(u)) = ½(u − 1) − log cosh(l/2), and so the
/// activation is g_f(v) = f′(eᵛ): the raw output is the critic's log-ratio.
///
/// Source: TensorFlow Probability, `vi.arithmetic_geometric` with `self_normalized`;
/// Taneja (1995).
///
/// ```
/// use vdm::{Divergence, catalogue::ArithmeticGeometric};
/// assert_eq!(ArithmeticGeometric.generator(1.0), 0.0);
/// assert!(ArithmeticGeometric.conjugate(0.0).abs() < 1e-15);
/// assert_eq!(ArithmeticGeometric.at_zero(), f64::INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ArithmeticGeometric;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(ArithmeticGeometric)]
}

impl Divergence for ArithmeticGeometric {
    fn name(&self) -> String {
        "arithmetic_geometric".into()
    }

    fn title(&self) -> String {
        "arithmetic–geometric".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { (1.0 + u) * ln_cosh(u.ln() / 2.0) }
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
        softplus(log_u) + ln_cosh(log_u / 2.0).ln()
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    /// log((1 + u)/(2√u)) + ½(1 − 1/u)
    fn optimal_critic(&self, log_u: f64) -> f64 {
        if log_u == f64::NEG_INFINITY {
            return log_u;
        }
        ln_cosh(log_u / 2.0) - (-log_u).exp_m1() / 2.0
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        if log_u == f64::INFINITY {
            return log_u;
        }
        log_u.exp_m1() / 2.0 - ln_cosh(log_u / 2.0)
    }

    fn output_activation(&self, v: f64) -> f64 {
        self.optimal_critic(v)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        self.conjugate_of_optimal_critic(v)
    }
}
