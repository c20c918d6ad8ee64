//! The adjoint generator: P and Q exchanged.

use super::{Divergence, numeric};
use crate::Interval;

/// f◇(u) = u·f(1/u), also called Csiszár dual: D_{f◇}(P‖Q) = D_f(Q‖P).
///
/// f(0) and f′(∞) swap roles: f◇(0) = f′(∞), f◇′(∞) = f(0). Critic and conjugate swap
/// too: f◇′(u) = −f\*(f′(1/u)), and where the supremum of f◇\* is attained
/// f◇\*(t) = −s with f\*(s) = −t. There is no closed form in general: the conjugate
/// is numeric. dom f◇\* ends at f(0), which belongs to it exactly if f′(0⁺) is finite
/// (f◇\*(f(0)) = −f′(0⁺)).
///
/// TensorFlow Probability's "f^\*" (`dual_csiszar_function`) is this adjoint, not the
/// conjugate.
///
/// ```
/// use vdm::{Divergence, catalogue::{Kl, ReverseKl}, divergence::Adjoint};
/// let adjoint = Adjoint(Kl);
/// assert_eq!(adjoint.name(), "adjoint(kl)");
/// assert!((adjoint.generator(0.25) - ReverseKl.generator(0.25)).abs() < 1e-15);
/// assert!((adjoint.conjugate(-2.0) - ReverseKl.conjugate(-2.0)).abs() < 1e-14);
/// ```
#[derive(Clone, Debug)]
pub struct Adjoint<D>(
    /// The divergence whose arguments are exchanged.
    pub D,
);

impl<D: Divergence> Divergence for Adjoint<D> {
    fn name(&self) -> String {
        format!("adjoint({})", self.0.name())
    }

    fn title(&self) -> String {
        format!("{}, P and Q exchanged", self.0.title())
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            return f64::INFINITY;
        }
        if u == 0.0 {
            return self.0.slope_at_infinity();
        }
        if u == f64::INFINITY {
            return super::limit_at_infinity(self);
        }
        let value = u * self.0.generator(1.0 / u);
        if value.is_finite() {
            value
        } else {
            // f(1/u) may overflow where u·f(1/u) does not.
            let tangent = self.at_one() + self.slope_at_one().representative() * (u - 1.0);
            self.ln_centred(u.ln()).exp() + tangent
        }
    }

    fn at_one(&self) -> f64 {
        self.0.at_one()
    }

    fn subdifferential(&self, u: f64) -> Interval {
        if u.is_nan() {
            return Interval::point(u);
        }
        if u <= 0.0 {
            let end = self.slope_at_zero();
            return if u == 0.0 && end.is_finite() {
                Interval::up_to(end)
            } else {
                Interval::point(f64::NEG_INFINITY)
            };
        }
        if u == f64::INFINITY {
            return Interval::point(self.slope_at_infinity());
        }
        let slopes = self.0.subdifferential(1.0 / u);
        if slopes.is_point() {
            return Interval::point(self.optimal_critic(u.ln()));
        }
        // A kink: each slope s of f at w = 1/u gives the slope f(w) − s·w.
        let value = self.0.generator(1.0 / u);
        Interval::closed(value - slopes.high() / u, value - slopes.low() / u)
    }

    /// −f\*(f′(∞)): the value of f\* at the end of its domain, +∞ if that is open.
    fn slope_at_zero(&self) -> f64 {
        let end = self.0.slope_at_infinity();
        if end.is_finite() { -self.0.conjugate(end) } else { f64::NEG_INFINITY }
    }

    fn slope_at_infinity(&self) -> f64 {
        self.0.at_zero()
    }

    fn conjugate_domain(&self) -> Interval {
        let end = self.slope_at_infinity();
        if end.is_finite() && self.0.slope_at_zero().is_finite() {
            Interval::up_to(end)
        } else {
            Interval::below(end)
        }
    }

    /// u·f̃(1/u)
    fn ln_centred(&self, log_u: f64) -> f64 {
        if log_u == f64::NEG_INFINITY {
            let slope = self.0.slope_at_one().representative();
            return (self.0.slope_at_infinity() - slope).ln();
        }
        self.0.ln_centred_over_u(-log_u)
    }

    /// f̃(1/u)
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.0.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t == self.slope_at_infinity() {
            return -self.0.slope_at_zero();
        }
        numeric::conjugate(self, t)
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        -self.0.conjugate_of_optimal_critic(-log_u)
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        -self.0.optimal_critic(-log_u)
    }

    fn output_activation(&self, v: f64) -> f64 {
        super::along_the_ratio::output_activation(self, v)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        super::along_the_ratio::conjugate_of_activation(self, v)
    }
}
