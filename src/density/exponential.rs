//! The exponential law.

use super::{Density, DensityError, error};
use crate::Interval;
use rand::Rng;
use rand_distr::{Distribution, Exp1};

/// The exponential law: p(x) = λ·exp(−λx) on x ≥ 0.
///
/// ```
/// use vdm::density::{Density, Exponential};
/// let law = Exponential::new(2.0)?;
/// assert_eq!(law.survival(3.0), (-6.0_f64).exp());
/// assert_eq!(law.ln_density(-1.0), f64::NEG_INFINITY);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    rate: f64,
}

impl Exponential {
    /// From the rate λ (the mean is 1/λ).
    ///
    /// # Errors
    /// [`DensityError::Scale`] unless λ is positive and finite.
    pub fn new(rate: f64) -> Result<Self, DensityError> {
        Ok(Self { rate: error::positive("rate", rate)? })
    }

    /// λx on the support, 0 below it; NaN for NaN, which `f64::max` would hide.
    fn exponent(&self, x: f64) -> f64 {
        if x < 0.0 { 0.0 } else { self.rate * x }
    }
}

impl Density for Exponential {
    fn ln_density(&self, x: f64) -> f64 {
        if x < 0.0 { f64::NEG_INFINITY } else { self.rate.ln() - self.rate * x }
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let unit: f64 = Exp1.sample(rng);
        unit / self.rate
    }

    fn cdf(&self, x: f64) -> f64 {
        -(-self.exponent(x)).exp_m1()
    }

    fn survival(&self, x: f64) -> f64 {
        (-self.exponent(x)).exp()
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(-(-p).ln_1p() / self.rate)
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(-p.ln() / self.rate)
    }

    fn support(&self) -> Interval {
        Interval::from(0.0)
    }

    fn landmarks(&self) -> Vec<f64> {
        // Beyond 40 means the density is below 1e-17 of its peak.
        [0.0, 3.0, 12.0, 40.0].map(|means| means / self.rate).to_vec()
    }
}
