//! Modified GAN: f(u) = log(1 + u) − log u.

use super::smooth::slopes;
use crate::divergence::Provenance;
use crate::special::{ln_cosh, ln_exp_remainder, ln_softplus, log_add_exp, softplus};
use crate::{Divergence, Interval};
use std::f64::consts::LN_2;
use std::sync::Arc;

/// The generator of the "modified" GAN loss, f(u) = log(1 + u) − log u, so that
/// D_f(P‖Q) = E_q log((p + q)/p).
///
/// Not normalised: f(1) = log 2, f′(1) = −½. f(0) = ∞, f′(∞) = 0. With s = −t ≥ 0,
/// f\*(t) = −2√s/(√s + √(s + 4)) − 2 arsinh(½√s) on t ≤ 0, +∞ above; f\*(0) = 0 is
/// approached as u → ∞. g_f(v) = −log(1 + e^{−v}).
///
/// Source: the generator is TensorFlow Probability's `vi.modified_gan`; the
/// conjugate follows from the root of t = −1/(u(1 + u)).
///
/// ```
/// use vdm::{Divergence, catalogue::ModifiedGan};
/// assert_eq!(ModifiedGan.at_one(), 2.0_f64.ln());
/// assert_eq!(ModifiedGan.conjugate(0.0), 0.0);
/// // t = −½ is attained at u = 1: f*(−½) = −½ − log 2
/// assert!((ModifiedGan.conjugate(-0.5) + 0.5 + 2.0_f64.ln()).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ModifiedGan;

pub(super) fn members() -> Vec<Arc<dyn Divergence>> {
    vec![Arc::new(ModifiedGan)]
}

impl Divergence for ModifiedGan {
    fn name(&self) -> String {
        "modified_gan".into()
    }

    fn title(&self) -> String {
        "modified GAN".into()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 { f64::INFINITY } else { self.generator_log(u.ln()) }
    }

    fn generator_log(&self, log_u: f64) -> f64 {
        softplus(-log_u)
    }

    fn at_one(&self) -> f64 {
        LN_2
    }

    fn subdifferential(&self, u: f64) -> Interval {
        slopes(u, self.slope_at_zero(), |u| -1.0 / u / (1.0 + u))
    }

    fn slope_at_zero(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn slope_at_infinity(&self) -> f64 {
        0.0
    }

    fn conjugate_domain(&self) -> Interval {
        Interval::up_to(0.0)
    }

    /// With l = log u and h(x) = eˣ − 1 − x: f̃ = log cosh(l/2) + ½h(l).
    fn ln_centred(&self, log_u: f64) -> f64 {
        log_add_exp(ln_cosh(log_u / 2.0).ln(), ln_exp_remainder(log_u) - LN_2)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t > 0.0 {
            return f64::INFINITY;
        }
        conjugate_from_root((-t).sqrt())
    }

    fn conjugate_provenance(&self) -> Provenance {
        Provenance::ClosedForm
    }

    /// The positive root of u(1 + u) = −1/t.
    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        Interval::point(if t >= 0.0 {
            f64::INFINITY
        } else {
            let root = (-t).sqrt();
            2.0 / root / (root + root.hypot(2.0))
        })
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        -(-log_u - softplus(log_u)).exp()
    }

    /// −1/(1 + u) − log(1 + 1/u)
    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        -(-softplus(log_u)).exp() - softplus(-log_u)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        // √s outlives s = softplus(−v) where that underflows.
        conjugate_from_root((ln_softplus(-v) / 2.0).exp())
    }
}

/// f\* in √s = √(−t).
fn conjugate_from_root(root: f64) -> f64 {
    if root == f64::INFINITY {
        return f64::NEG_INFINITY;
    }
    -2.0 * root / (root + root.hypot(2.0)) - 2.0 * (root / 2.0).asinh()
}
