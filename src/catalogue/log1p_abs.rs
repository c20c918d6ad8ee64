//! log1p-abs: f(u) = u^{sign(u−1)} − 1, that is e^{|log u|} − 1.

use crate::divergence::Provenance;
use crate::special::ln_abs_exp_m1;
use crate::{Divergence, Interval};
use std::sync::Arc;

/// The log1p-abs generator, f(u) = u − 1 for u ≥ 1 and 1/u − 1 for u < 1, so that
/// log(1 + f) = |log u|.
///
/// f\*(t) = t on \[−1, 1\], 1 − 2√(−t) below, +∞ above. f has a kink at 1,
/// ∂f(1) = \[−1, 1\]. f(0) = ∞, f′(∞) = 1; not symmetric in P and Q.
/// g_f(v) = 1 − log(1 + e^{−v}).
///
/// Source: TensorFlow Probability, `vi.log1p_abs`.
///
/// ```
/// use vdm::{Divergence, catalogue::Log1pAbs};
/// assert_eq!(Log1pAbs.generator(0.25), 3.0);
/// assert_eq!(Log1pAbs.generator(4.0), 3.0);
/// assert_eq!(Log1pAbs.conjugate(-4.0), -3.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Log1pAbs;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(Log1pAbs)]
}

impl Divergence for Log1pAbs {
    fn name(&self) -> String {
        "log1p_abs".into()
    }

    fn title(&self) -> String {
        "log1p-abs".into()
    }

    fn generator(&self, u: f64) -> f64 {
        // −0 would change the sign of 1/u.
        if u <= 0.0 {
            f64::INFINITY
        } else if u >= 1.0 {
            u - 1.0
        } else {
            1.0 / u - 1.0
        }
    }

    fn subdifferential(&self, u: f64) -> Interval {
        if u.is_nan() {
            Interval::point(f64::NAN)
        } else if u > 1.0 {
            Interval::point(1.0)
        } else if u == 1.0 {
            Interval::closed(-1.0, 1.0)
        } else if u > 0.0 {
            Interval::point(-1.0 / u / u)
        } else {
            Interval::point(f64::NEG_INFINITY)
        }
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        1.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::up_to(1.0)
    }

    /// f̃ = f, with the slope 0 of ∂f(1).
    fn ln_centred(&self, log_u: f64) -> f64 {
        ln_abs_exp_m1(log_u.abs())
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t > 1.0 {
            f64::INFINITY
        } else if t < -1.0 {
            1.0 - 2.0 * (-t).sqrt()
        } else {
            t
        }
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        if t.is_nan() {
            Interval::point(f64::NAN)
        } else if t > 1.0 {
            Interval::point(f64::INFINITY)
        } else if t == 1.0 {
            Interval::from(1.0)
        } else {
            Interval::point(if t < -1.0 { 1.0 / (-t).sqrt() } else { 1.0 })
        }
    }

    /// 1 for u > 1, −1/u² for u < 1; 0 stands for ∂f(1).
    fn optimal_critic(&self, log_u: f64) -> f64 {
        if log_u > 0.0 {
            1.0
        } else if log_u == 0.0 {
            0.0
        } else {
            -(-2.0 * log_u).exp()
        }
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        if log_u > 0.0 {
            1.0
        } else if log_u == 0.0 {
            0.0
        } else {
            1.0 - 2.0 * (-log_u).exp()
        }
    }
}
