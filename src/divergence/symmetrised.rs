//! The mean of a divergence and its adjoint.

use super::{Adjoint, Divergence, numeric};
use crate::Interval;
use crate::special::log_add_exp;
use std::f64::consts::LN_2;

/// ½f(u) + ½u·f(1/u): the divergence ½D_f(P‖Q) + ½D_f(Q‖P), symmetric in P and Q.
///
/// It is its own adjoint, so f(0) = f′(∞). The conjugate is numeric; dom f\* ends at
/// f′(∞), which belongs to it exactly if f′(0⁺) is finite. Of KL it is half of
/// [`Jeffreys`](crate::catalogue::Jeffreys).
///
/// ```
/// use vdm::{Divergence, catalogue::{Jeffreys, Kl}, divergence::Symmetrised};
/// let mean = Symmetrised::new(Kl);
/// assert_eq!(mean.name(), "symmetrised(kl)");
/// assert!((mean.generator(3.0) - Jeffreys.generator(3.0) / 2.0).abs() < 1e-15);
/// ```
#[derive(Clone, Debug)]
pub struct Symmetrised<D> {
    adjoint: Adjoint<D>,
}

impl<D: Divergence> Symmetrised<D> {
    /// The mean of `inner` and its adjoint.
    pub fn new(inner: D) -> Self {
        Self { adjoint: Adjoint(inner) }
    }

    fn inner(&self) -> &D {
        &self.adjoint.0
    }
}

impl<D: Divergence> Divergence for Symmetrised<D> {
    fn name(&self) -> String {
        format!("symmetrised({})", self.inner().name())
    }

    fn title(&self) -> String {
        format!("{}, symmetrised", self.inner().title())
    }

    fn generator(&self, u: f64) -> f64 {
        if u == f64::INFINITY {
            return super::limit_at_infinity(self);
        }
        self.inner().generator(u) / 2.0 + self.adjoint.generator(u) / 2.0
    }

    fn at_one(&self) -> f64 {
        self.inner().at_one()
    }

    fn subdifferential(&self, u: f64) -> Interval {
        let (own, other) = (self.inner().subdifferential(u), self.adjoint.subdifferential(u));
        let (low, high) = (own.low() / 2.0 + other.low() / 2.0, own.high() / 2.0 + other.high() / 2.0);
        if low == f64::NEG_INFINITY && high.is_finite() {
            Interval::up_to(high)
        } else {
            Interval::closed(low, high)
        }
    }

    fn slope_at_zero(&self) -> f64 {
        self.inner().slope_at_zero() / 2.0 + self.adjoint.slope_at_zero() / 2.0
    }

    fn slope_at_infinity(&self) -> f64 {
        self.inner().slope_at_infinity() / 2.0 + self.inner().at_zero() / 2.0
    }

    fn conjugate_domain(&self) -> Interval {
        let end = self.slope_at_infinity();
        if end.is_finite() && self.slope_at_zero().is_finite() {
            Interval::up_to(end)
        } else {
            Interval::below(end)
        }
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        let (own, other) = (self.inner().ln_centred(log_u), self.adjoint.ln_centred(log_u));
        log_add_exp(own, other) - LN_2
    }

    /// As its own adjoint.
    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.ln_centred(-log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        if t == self.slope_at_infinity() {
            // As its own adjoint: f*(f(0)) = −f′(0⁺).
            return -self.slope_at_zero();
        }
        numeric::conjugate(self, t)
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        self.inner().optimal_critic(log_u) / 2.0 + self.adjoint.optimal_critic(log_u) / 2.0
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        -self.optimal_critic(-log_u)
    }

    fn output_activation(&self, v: f64) -> f64 {
        super::along_the_ratio::output_activation(self, v)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        super::along_the_ratio::conjugate_of_activation(self, v)
    }
}
