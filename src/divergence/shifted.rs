//! A generator plus a multiple of u − 1: another generator, the same divergence.

use super::{Divergence, ParameterError, Provenance};
use crate::Interval;
use crate::shown::number;

/// f(u) + c(u − 1): the divergence stays, because E_q (p/q − 1) = 0.
///
/// The conjugate is f\*(t − c) + c on dom f\* + c; slopes, critic and activation
/// move by c; f(0) falls by c while f′(∞) rises by c.
///
/// ```
/// use vdm::{Divergence, catalogue::Kl, divergence::Shifted};
/// let centred = Shifted::new(-1.0, Kl)?; // u log u − u + 1
/// assert_eq!(centred.at_zero(), 1.0);
/// assert_eq!(centred.conjugate(0.0), 0.0); // eᵗ − 1
/// assert!(Shifted::new(f64::NAN, Kl).is_err());
/// # Ok::<(), vdm::divergence::ParameterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Shifted<D> {
    shift: f64,
    inner: D,
    name: String,
    title: String,
}

impl<D: Divergence> Shifted<D> {
    /// f + `shift`·(u − 1).
    ///
    /// # Errors
    /// [`ParameterError`] unless `shift` is finite.
    pub fn new(shift: f64, inner: D) -> Result<Self, ParameterError> {
        if shift.is_finite() {
            Ok(Self::by(shift, inner))
        } else {
            Err(ParameterError { parameter: "c", value: shift, advice: "choose a finite number" })
        }
    }

    /// f + `shift`·(u − 1) for a shift known to be finite.
    pub(crate) fn by(shift: f64, inner: D) -> Self {
        let name = format!("shifted({}, {})", number(shift), inner.name());
        let title = format!("{} + {}·(u − 1)", inner.title(), number(shift));
        Self { shift, inner, name, title }
    }

    /// The same divergence under a name and a title of its own.
    #[must_use]
    pub fn called(mut self, name: impl Into<String>, title: impl Into<String>) -> Self {
        self.name = name.into();
        self.title = title.into();
        self
    }

    /// All points of an interval plus c.
    fn translate(&self, interval: Interval) -> Interval {
        interval.map_ends(|end| end + self.shift)
    }
}

impl<D: Divergence> Divergence for Shifted<D> {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn generator(&self, u: f64) -> f64 {
        if u < 0.0 {
            return f64::INFINITY;
        }
        if u == f64::INFINITY {
            return super::limit_at_infinity(self);
        }
        self.inner.generator(u) + self.shift * (u - 1.0)
    }

    fn at_zero(&self) -> f64 {
        self.inner.at_zero() - self.shift
    }

    fn at_one(&self) -> f64 {
        self.inner.at_one()
    }

    fn subdifferential(&self, u: f64) -> Interval {
        self.translate(self.inner.subdifferential(u))
    }

    fn slope_at_zero(&self) -> f64 {
        self.inner.slope_at_zero() + self.shift
    }

    fn slope_at_one(&self) -> Interval {
        self.translate(self.inner.slope_at_one())
    }

    fn slope_at_infinity(&self) -> f64 {
        self.inner.slope_at_infinity() + self.shift
    }

    fn conjugate_domain(&self) -> Interval {
        self.translate(self.inner.conjugate_domain())
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        self.inner.ln_centred(log_u)
    }

    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.inner.ln_centred_over_u(log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        self.inner.conjugate(t - self.shift) + self.shift
    }

    fn conjugate_provenance(&self) -> Provenance {
        self.inner.conjugate_provenance()
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        self.inner.conjugate_subdifferential(t - self.shift)
    }

    fn printed_conjugate(&self, t: f64) -> f64 {
        self.inner.printed_conjugate(t - self.shift) + self.shift
    }

    fn printed_conjugate_domain(&self) -> Interval {
        self.translate(self.inner.printed_conjugate_domain())
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        self.inner.optimal_critic(log_u) + self.shift
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        self.inner.conjugate_of_optimal_critic(log_u) + self.shift
    }

    fn output_activation(&self, v: f64) -> f64 {
        self.inner.output_activation(v) + self.shift
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        self.inner.conjugate_of_activation(v) + self.shift
    }
}
