//! The trait [`Divergence`]: a generator f and everything that follows from it.
//!
//! A divergence D_f(P‖Q) = E_q f(p/q) + f′(∞)·P\[q = 0\] is its generator: a
//! function f, convex and lower semicontinuous on u ≥ 0. The trait asks for f and
//! its slopes; conjugate, critic, activation and their log-space forms follow,
//! numerically where a member has no closed form of its own.

mod adjoint;
mod along_the_ratio;
mod between;
pub mod gaussian_closed_forms;
pub mod numeric;
mod parameter_error;
mod scaled;
mod shifted;
mod symmetrised;

pub use adjoint::Adjoint;
pub use between::{UnequalLengths, between, between_finite, between_with};
pub use parameter_error::ParameterError;
pub use scaled::Scaled;
pub use shifted::Shifted;
pub use symmetrised::Symmetrised;

use crate::Interval;
use crate::special::softplus;
use auto_impl::auto_impl;
use std::fmt::Debug;

/// How a value of f\* is obtained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// A formula in closed form.
    ClosedForm,
    /// No closed form is known (or used): [`numeric`] solves t ∈ ∂f(u).
    Numeric,
}

/// A generator f of an f-divergence, convex and closed on u ≥ 0, with its
/// conjugate f\*, its slopes and the output activation of a critic.
///
/// Symbols: u = p/q ≥ 0 is a ratio of densities, `log_u` its logarithm (nats),
/// t a slope (a value of the critic T), v a critic's raw output. Outside its
/// domain a convex function is +∞, and so are `generator` and `conjugate`: that is
/// the convention of convex analysis, not an error. NaN goes in only if NaN comes
/// out.
///
/// A new member implements the methods without a body, and every law of the test
/// suite takes it up. Override a method where a closed form is known, or where the
/// general one loses accuracy (the laws will say so).
#[auto_impl(&, Box, Arc)]
pub trait Divergence: Debug + Send + Sync {
    /// The name used by commands and tests, such as `kl` or `alpha(0.5)`.
    fn name(&self) -> String;

    /// The name in prose, such as "Kullback–Leibler".
    fn title(&self) -> String;

    /// f(u): the generator at a ratio u ≥ 0, by continuity at 0; +∞ for u < 0.
    fn generator(&self, u: f64) -> f64;

    /// ∂f(u): all slopes of lines that touch f at u and lie below it, for u > 0.
    ///
    /// A single point where f is differentiable. At u = 0 it is (−∞, f′(0⁺)].
    fn subdifferential(&self, u: f64) -> Interval;

    /// f′(0⁺) ∈ [−∞, ∞): the slope as u ↓ 0. Below it f\*(t) = −f(0).
    fn slope_at_zero(&self) -> f64;

    /// f′(∞) = lim f(u)/u ∈ (−∞, ∞]: the price of mass that P has where q = 0,
    /// and the upper end of dom f\*.
    fn slope_at_infinity(&self) -> f64;

    /// dom f\* = {t : f\*(t) < ∞}, for f on u ≥ 0. Always unbounded below; its
    /// upper end is f′(∞), which may or may not belong to it.
    fn conjugate_domain(&self) -> Interval;

    /// ln of the centred generator f̃(u) = f(u) − f(1) − s·(u − 1) ≥ 0 at
    /// u = e^`log_u`, with s = [`slope_at_one`](Self::slope_at_one)'s representative.
    ///
    /// f̃ gives the same divergence as f up to the constant f(1), without the
    /// cancellation of ∫q f(p/q) near p = q; its logarithm neither overflows nor
    /// underflows, to `log_u` = ±1e4 and beyond. −∞ where f̃ = 0.
    fn ln_centred(&self, log_u: f64) -> f64;

    /// ln(f̃(u)/u) at u = e^`log_u`: the price of a unit of P's mass where the ratio
    /// is u, as [`ln_centred`](Self::ln_centred) is that of a unit of Q's. It is the
    /// adjoint's `ln_centred` at −`log_u`, and tends to ln(f′(∞) − s).
    ///
    /// The difference that stands here has lost the digits of ε·`log_u`: a member
    /// with f′(∞) = ∞ overrides it.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        if log_u == f64::INFINITY {
            return (self.slope_at_infinity() - self.slope_at_one().representative()).ln();
        }
        let centred = self.ln_centred(log_u);
        // −∞ at u = 1, and for f̃(0) = 0 at u = 0.
        if centred == f64::NEG_INFINITY { centred } else { centred - log_u }
    }

    /// f(0) = lim f(u) as u ↓ 0 ∈ (−∞, ∞]: the price of mass that Q has where p = 0.
    fn at_zero(&self) -> f64 {
        self.generator(0.0)
    }

    /// f(1) = D_f(P‖P): 0 for a normalised member.
    fn at_one(&self) -> f64 {
        0.0
    }

    /// ∂f(1): the critic's threshold between "looks real" and "looks generated".
    fn slope_at_one(&self) -> Interval {
        self.subdifferential(1.0)
    }

    /// f(e^`log_u`), for ratios known by their logarithm.
    fn generator_log(&self, log_u: f64) -> f64 {
        self.generator(log_u.exp())
    }

    /// f\*(t) = sup over u ≥ 0 of t·u − f(u); +∞ outside
    /// [`conjugate_domain`](Self::conjugate_domain).
    fn conjugate(&self, t: f64) -> f64 {
        numeric::conjugate(self, t)
    }

    /// Is [`conjugate`](Self::conjugate) a formula or a numeric solution?
    fn conjugate_provenance(&self) -> Provenance {
        Provenance::Numeric
    }

    /// Replaces each slope t by f\*(t).
    ///
    /// For many slopes at once: one virtual call a slice where
    /// [`conjugate`](Self::conjugate) makes one a value.
    fn conjugate_each(&self, slopes: &mut [f64]) {
        for t in slopes {
            *t = self.conjugate(*t);
        }
    }

    /// ∂f\*(t): every u at which the supremum that defines f\*(t) is attained;
    /// the inverse of ∂f. For t in the interior of dom f\*.
    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        numeric::conjugate_subdifferential(self, t)
    }

    /// The conjugate as the f-GAN paper prints it, where that differs from the
    /// true one: the paper extends f smoothly below u = 0. Equal to
    /// [`conjugate`](Self::conjugate) for t ≥ f′(0⁺); +∞ outside
    /// [`printed_conjugate_domain`](Self::printed_conjugate_domain), and where the
    /// printed formula has no value.
    fn printed_conjugate(&self, t: f64) -> f64 {
        self.conjugate(t)
    }

    /// The domain that goes with [`printed_conjugate`](Self::printed_conjugate).
    fn printed_conjugate_domain(&self) -> Interval {
        self.conjugate_domain()
    }

    /// T\*(x) = f′(u): the optimal critic where the ratio p(x)/q(x) is e^`log_u`
    /// (a representative of ∂f(u) at a kink).
    fn optimal_critic(&self, log_u: f64) -> f64 {
        self.subdifferential(log_u.exp()).representative()
    }

    /// f\*(T\*(x)) = u·f′(u) − f(u): the conjugate at the optimal critic where the
    /// ratio p(x)/q(x) is e^`log_u`, without the rounding of T\*(x) in between.
    ///
    /// Its negative at −`log_u` is the slope of the adjoint u·f(1/u).
    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        let u = log_u.exp();
        u * self.subdifferential(u).representative() - self.generator(u)
    }

    /// g_f(v): maps a critic's raw output v ∈ ℝ onto the interior of the printed
    /// domain of f\*, increasing in v.
    fn output_activation(&self, v: f64) -> f64 {
        let end = self.printed_conjugate_domain().high();
        if end.is_finite() { end - softplus(-v) } else { v }
    }

    /// f\*(g_f(v)), composed so that it stays accurate where g_f(v) rounds to the
    /// end of dom f\*; for |v| up to 1e4 and beyond.
    fn conjugate_of_activation(&self, v: f64) -> f64 {
        self.printed_conjugate(self.output_activation(v))
    }
}

/// f(∞) = lim f(u) as u → ∞, which a convex f has in [−∞, ∞]: it goes with the sign
/// of f′(∞), and if that is 0, f falls to its infimum −f\*(0).
fn limit_at_infinity<D: Divergence + ?Sized>(f: &D) -> f64 {
    let slope = f.slope_at_infinity();
    if slope == 0.0 { -f.conjugate(0.0) } else { slope * f64::INFINITY }
}
