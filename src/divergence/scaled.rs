//! A positive multiple of a generator.

use super::{Divergence, ParameterError, Provenance};
use crate::Interval;
use crate::shown::number;

/// c·f for c > 0: the divergence times c.
///
/// (cf)\*(t) = c·f\*(t/c), so dom (cf)\* = c·dom f\*; slopes, critic and activation
/// scale by c. TensorFlow Probability's `t_power` and `jeffreys` are of this kind.
///
/// ```
/// use vdm::{Divergence, catalogue::FganJs, divergence::Scaled};
/// let jsd = Scaled::new(0.5, FganJs)?;
/// assert_eq!(jsd.name(), "scaled(0.5, fgan_js)");
/// assert!((jsd.conjugate_domain().high() - 0.5 * 2.0_f64.ln()).abs() < 1e-15);
/// assert!(Scaled::new(-1.0, FganJs).is_err());
/// # Ok::<(), vdm::divergence::ParameterError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scaled<D> {
    scale: f64,
    inner: D,
    name: String,
    title: String,
}

impl<D: Divergence> Scaled<D> {
    /// `scale`·f.
    ///
    /// # Errors
    /// [`ParameterError`] unless 0 < `scale` < ∞.
    pub fn new(scale: f64, inner: D) -> Result<Self, ParameterError> {
        if 0.0 < scale && scale < f64::INFINITY {
            Ok(Self::by(scale, inner))
        } else {
            Err(ParameterError {
                parameter: "c",
                value: scale,
                advice: "a generator stays convex only under a finite factor above 0",
            })
        }
    }

    /// `scale`·f for a factor known to be positive.
    pub(crate) fn by(scale: f64, inner: D) -> Self {
        let name = format!("scaled({}, {})", number(scale), inner.name());
        let title = format!("{} × {}", number(scale), inner.title());
        Self { scale, inner, name, title }
    }

    /// The same divergence under a name and a title of its own.
    #[must_use]
    pub fn called(mut self, name: impl Into<String>, title: impl Into<String>) -> Self {
        self.name = name.into();
        self.title = title.into();
        self
    }

    /// All points of an interval times c.
    fn stretch(&self, interval: Interval) -> Interval {
        interval.map_ends(|end| self.scale * end)
    }
}

impl<D: Divergence> Divergence for Scaled<D> {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn title(&self) -> String {
        self.title.clone()
    }

    fn generator(&self, u: f64) -> f64 {
        self.scale * self.inner.generator(u)
    }

    fn generator_log(&self, log_u: f64) -> f64 {
        self.scale * self.inner.generator_log(log_u)
    }

    fn at_zero(&self) -> f64 {
        self.scale * self.inner.at_zero()
    }

    fn at_one(&self) -> f64 {
        self.scale * self.inner.at_one()
    }

    fn subdifferential(&self, u: f64) -> Interval {
        self.stretch(self.inner.subdifferential(u))
    }

    fn slope_at_zero(&self) -> f64 {
        self.scale * self.inner.slope_at_zero()
    }

    fn slope_at_one(&self) -> Interval {
        self.stretch(self.inner.slope_at_one())
    }

    fn slope_at_infinity(&self) -> f64 {
        self.scale * self.inner.slope_at_infinity()
    }

    fn conjugate_domain(&self) -> Interval {
        self.stretch(self.inner.conjugate_domain())
    }

    fn ln_centred(&self, log_u: f64) -> f64 {
        self.scale.ln() + self.inner.ln_centred(log_u)
    }

    fn ln_centred_over_u(&self, log_u: f64) -> f64 {
        self.scale.ln() + self.inner.ln_centred_over_u(log_u)
    }

    fn conjugate(&self, t: f64) -> f64 {
        self.scale * self.inner.conjugate(t / self.scale)
    }

    fn conjugate_provenance(&self) -> Provenance {
        self.inner.conjugate_provenance()
    }

    fn conjugate_subdifferential(&self, t: f64) -> Interval {
        self.inner.conjugate_subdifferential(t / self.scale)
    }

    fn printed_conjugate(&self, t: f64) -> f64 {
        self.scale * self.inner.printed_conjugate(t / self.scale)
    }

    fn printed_conjugate_domain(&self) -> Interval {
        self.stretch(self.inner.printed_conjugate_domain())
    }

    fn optimal_critic(&self, log_u: f64) -> f64 {
        self.scale * self.inner.optimal_critic(log_u)
    }

    fn conjugate_of_optimal_critic(&self, log_u: f64) -> f64 {
        self.scale * self.inner.conjugate_of_optimal_critic(log_u)
    }

    fn output_activation(&self, v: f64) -> f64 {
        self.scale * self.inner.output_activation(v)
    }

    fn conjugate_of_activation(&self, v: f64) -> f64 {
        self.scale * self.inner.conjugate_of_activation(v)
    }
}
