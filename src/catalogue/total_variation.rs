//! Total variation: f(u) = ½|u − 1|, TV(P, Q) = ½∫|p − q|.

use crate::ch03_convex_conjugate::exercises::conjugate_of_total_variation;
use crate::divergence::Provenance;
use crate::special::ln_abs_exp_m1;
use crate::{Divergence, Interval};
use std::f64::consts::LN_2;
use std::sync::Arc;

/// The total variation distance, f(u) = ½|u − 1|, between 0 and 1.
///
/// True conjugate: f\*(t) = max(t, −½) on (−∞, ½]. Printed conjugate: t on
/// [−½, ½], +∞ outside. f has a kink at 1, ∂f(1) = [−½, ½]; symmetric in P and Q.
/// g_f(v) = ½ tanh v = f\*(g_f(v)).
///
/// Source: Nowozin, Cseke and Tomioka (2016), tables 1 and 2.
///
/// ```
/// use vdm::{Divergence, Interval, catalogue::TotalVariation};
/// assert_eq!(TotalVariation.generator(3.0), 1.0);
/// assert_eq!(TotalVariation.conjugate(-7.0), -0.5);
/// assert_eq!(TotalVariation.printed_conjugate(-7.0), f64::INFINITY);
/// assert_eq!(TotalVariation.slope_at_one(), Interval::closed(-0.5, 0.5));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct TotalVariation;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(TotalVariation)]
}

impl Divergence for TotalVariation {
    fn name(&self) -> String {
        "total_variation".into()
    }

    fn title(&self) -> String {
        "total variation".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { (u - 1.0).abs() / 2.0 }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        if u.is_nan() {
            Interval::point(f64::NAN)
        } else if u > 1.0 {
            Interval::point(0.5)
        } else if u == 1.0 {
            Interval::closed(-0.5, 0.5)
        } else if u > 0.0 {
            Interval::point(-0.5)
        } else if u == 0.0 {
            Interval::up_to(-0.5)
        } else {
            Interval::point(f64::NEG_INFINITY)
        }
    }

    fn slope_at_zero(&self) -> f64 {
        -0.5
    }

    fn slope_at_infinity(&self) -> f64 {
        0.5
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::up_to(0.5)
    }

    /// f̃ = f, with the slope 0 of ∂f(1).
    fn ln_centred(&self, log_u: f64) -> f64 {
        ln_abs_exp_m1(log_u) - LN_2
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        conjugate_of_total_variation(t)
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        if t.is_nan() {
            Interval::point(f64::NAN)
        } else if t < -0.5 {
            Interval::point(0.0)
        } else if t == -0.5 {
            Interval::closed(0.0, 1.0)
        } else if t < 0.5 {
            Interval::point(1.0)
        } else if t == 0.5 {
            Interval::from(1.0)
        } else {
            Interval::point(f64::INFINITY)
        }
    }

    fn printed_conjugate(&self, t: f64) -> f64 {
        if t.abs() > 0.5 { f64::INFINITY } else { t }
    }

    fn printed_conjugate_domain(&self) -> Interval {
        Interval::closed(-0.5, 0.5)
    }

    /// ½ sign(u − 1); 0 stands for ∂f(1).
    fn optimal_critic(&self, log_u: f64) -> f64 {
        if log_u == 0.0 { 0.0 } else { log_u.signum() / 2.0 }
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        self.optimal_critic(log_u)
    }

    fn output_activation(&self, v: f64) -> f64 {
        v.tanh() / 2.0
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        v.tanh() / 2.0
    }
}
