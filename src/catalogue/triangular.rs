//! Triangular discrimination: f(u) = (u − 1)²/(1 + u), ∫(p − q)²/(p + q).

use super::smooth::slopes;
use crate::divergence::Provenance;
use crate::special::{ln_abs_exp_m1, softplus};
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The triangular discrimination (Vincze–Le Cam), f(u) = (u − 1)²/(1 + u), so that
/// D_f(P‖Q) = ∫(p − q)²/(p + q), between 0 and 2.
///
/// f\*(t) = 4 − t − 4√(1 − t) on \[−3, 1\], −1 below, +∞ above; f\*(1) = 3 is
/// approached as u → ∞. f′(0⁺) = −3. Symmetric in P and Q.
/// g_f(v) = 1 − log(1 + e^{−v}).
///
/// Source: TensorFlow Probability, `vi.triangular`; Le Cam (1986).
///
/// ```
/// use vdm::{Divergence, catalogue::Triangular};
/// assert_eq!(Triangular.generator(3.0), 1.0);
/// assert_eq!(Triangular.conjugate(0.0), 0.0);
/// assert_eq!(Triangular.conjugate(-3.0), -1.0);
/// assert_eq!(Triangular.conjugate(1.0), 3.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Triangular;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(Triangular)]
}

impl Triangular {
    /// f\* in the distance s = 1 − t from the end of its domain: 3 + s − 4√s.
    fn conjugate_from_end(s: f64) -> f64 {
        if s > 4.0 {
            -1.0
        } else {
            let root = s.sqrt();
            (1.0 - root) * (3.0 - root)
        }
    }
}

impl Divergence for Triangular {
    fn name(&self) -> String {
        "triangular".into()
    }

    fn title(&self) -> String {
        "triangular discrimination".into()
    }

    fn generator(&self, u: f64) -> f64 {
        // (u − 1)/(u + 1) = 1 − 2/(1 + u); squaring u − 1 would overflow.
        if u < 0.0 { f64::INFINITY } else { (u - 1.0) * (1.0 - 2.0 / (1.0 + u)) }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| self.optimal_critic(u.ln()))
    }

    fn slope_at_zero(&self) -> f64 {
        -3.0
    }

    fn slope_at_infinity(&self) -> f64 {
        1.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::up_to(1.0)
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        if log_u == f64::INFINITY {
            return log_u;
        }
        2.0 * ln_abs_exp_m1(log_u) - softplus(log_u)
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t > 1.0 {
            f64::INFINITY
        } else if t.abs() < 0.5 {
            // (1 − √s)(3 − √s) with 1 − √s = t/(1 + √s), exact as t → 0.
            let root = (1.0 - t).sqrt();
            t / (1.0 + root) * (3.0 - root)
        } else {
            Self::conjugate_from_end(1.0 - t)
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t > 1.0 {
            f64::INFINITY
        } else if t < -3.0 {
            0.0
        } else {
            2.0 / (1.0 - t).sqrt() - 1.0
        })
    }

    /// 1 − 4/(1 + u)² = x(2 − x) with x = (u − 1)/(u + 1) = tanh(½ log u).
    fn optimal_critic(&self, log_u: f64) -> f64 {
        let x = (log_u / 2.0).tanh();
        x * (2.0 - x)
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        let x = (log_u / 2.0).tanh();
        x * (2.0 + x)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        Self::conjugate_from_end(softplus(-v))
    }
}
