//! The Laplace (double exponential) law.

use super::{Density, DensityError, error};
use crate::Interval;
use rand::Rng;
use rand_distr::{Distribution, Exp1};
use std::f64::consts::LN_2;

/// The Laplace law: p(x) = exp(−|z|)/(2b) with z = (x − m)/b.
///
/// ```
/// use vdm::density::{Density, Laplace};
/// let law = Laplace::new(0.0, 1.0)?;
/// assert_eq!(law.survival(0.0), 0.5);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Laplace {
    location: f64,
    scale: f64,
    ln_peak: f64,
}

impl Laplace {
    /// From the location m (mean, median and mode) and the scale b.
    ///
    /// # Errors
    /// [`DensityError::Location`] unless m is finite, [`DensityError::Scale`]
    /// unless b is positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, DensityError> {
        let location = error::finite("location", location)?;
        let scale = error::positive("scale", scale)?;
        Ok(Self { location, scale, ln_peak: -LN_2 - scale.ln() })
    }

    fn z(&self, x: f64) -> f64 {
        (x - self.location) / self.scale
    }
}

/// P\[Z ≤ z\] for the standard law.
fn lower(z: f64) -> f64 {
    if z < 0.0 { z.exp() / 2.0 } else { 1.0 - (-z).exp() / 2.0 }
}

/// The z with P\[Z ≤ z\] = p; 1 − p is exact where it is used.
fn lower_inverse(p: f64) -> f64 {
    if p < 0.5 { p.ln() + LN_2 } else { -((1.0 - p).ln() + LN_2) }
}

impl Density for Laplace {
    fn ln_density(&self, x: f64) -> f64 {
        self.ln_peak - self.z(x).abs()
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        // The difference of two exponential variables is Laplace.
        let (right, left): (f64, f64) = (Exp1.sample(rng), Exp1.sample(rng));
        self.location + self.scale * (right - left)
    }

    fn cdf(&self, x: f64) -> f64 {
        lower(self.z(x))
    }

    fn survival(&self, x: f64) -> f64 {
        lower(-self.z(x))
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.location + self.scale * lower_inverse(p))
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok(self.location - self.scale * lower_inverse(p))
    }

    fn support(&self) -> Interval {
        Interval::REAL
    }

    fn landmarks(&self) -> Vec<f64> {
        // Beyond 40 scales the density is below 1e-17 of its peak.
        [-40.0, -12.0, -3.0, 0.0, 3.0, 12.0, 40.0].map(|z| self.location + z * self.scale).to_vec()
    }
}
