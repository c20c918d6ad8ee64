//! The Gaussian (normal) law.

use super::blocks::Blocks;
use super::{Density, DensityError, error};
use crate::Interval;
use libm::erfc;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::consts::LN_SQRT_2PI;
use statrs::function::erf::erfc_inv;
use std::f64::consts::SQRT_2;

/// The Gaussian law N(μ, σ²): p(x) = exp(−z²/2)/(σ√(2π)) with z = (x − μ)/σ.
///
/// ```
/// use vdm::density::{Density, Gaussian};
/// let law = Gaussian::new(0.0, 1.0)?;
/// assert!((law.survival(10.0) / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-13);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    mean: f64,
    deviation: f64,
    ln_peak: f64,
}

impl Gaussian {
    /// From the mean μ and the standard deviation σ (not the variance).
    ///
    /// # Errors
    /// [`DensityError::Location`] unless μ is finite, [`DensityError::Scale`]
    /// unless σ is positive and finite.
    pub fn new(mean: f64, deviation: f64) -> Result<Self, DensityError> {
        let mean = error::finite("mean", mean)?;
        let deviation = error::positive("standard deviation", deviation)?;
        Ok(Self { mean, deviation, ln_peak: -LN_SQRT_2PI - deviation.ln() })
    }

    /// μ, the mean.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// σ, the standard deviation.
    pub fn deviation(&self) -> f64 {
        self.deviation
    }

    fn z(&self, x: f64) -> f64 {
        (x - self.mean) / self.deviation
    }
}

impl Density for Gaussian {
    fn ln_density(&self, x: f64) -> f64 {
        let z = self.z(x);
        self.ln_peak - z * z / 2.0
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let z: f64 = StandardNormal.sample(rng);
        self.mean + self.deviation * z
    }

    fn sample_each(&self, rng: &mut dyn Rng, values: &mut [f64]) {
        let mut rng = Blocks::new(rng);
        for value in values {
            let z: f64 = StandardNormal.sample(&mut rng);
            *value = self.mean + self.deviation * z;
        }
    }

    fn cdf(&self, x: f64) -> f64 {
        erfc(-self.z(x) / SQRT_2) / 2.0
    }

    fn survival(&self, x: f64) -> f64 {
        erfc(self.z(x) / SQRT_2) / 2.0
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.mean - self.deviation * SQRT_2 * erfc_inv(2.0 * p))
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.mean + self.deviation * SQRT_2 * erfc_inv(2.0 * p))
    }

    fn support(&self) -> Interval {
        Interval::REAL
    }

    fn landmarks(&self) -> Vec<f64> {
        // Beyond 20 deviations the density is below 1e-86 of its peak.
        [-20.0, -7.0, -2.5, 0.0, 2.5, 7.0, 20.0].map(|z| self.mean + z * self.deviation).to_vec()
    }
}
