//! The Cauchy law: tails so heavy that it has no mean.

use super::{Density, DensityError, error};
use crate::Interval;
use rand::{Rng, RngExt};
use std::f64::consts::PI;

/// The Cauchy law: p(x) = 1/(πγ(1 + z²)) with z = (x − m)/γ.
///
/// ```
/// use vdm::density::{Cauchy, Density};
/// let law = Cauchy::new(0.0, 1.0)?;
/// assert!((law.survival(1e200) * std::f64::consts::PI * 1e200 - 1.0).abs() < 1e-14);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cauchy {
    location: f64,
    scale: f64,
}

impl Cauchy {
    /// From the location m (median and mode) and the scale γ (half the distance
    /// between the quartiles).
    ///
    /// # Errors
    /// [`DensityError::Location`] unless m is finite, [`DensityError::Scale`]
    /// unless γ is positive and finite.
    pub fn new(location: f64, scale: f64) -> Result<Self, DensityError> {
        Ok(Self { location: error::finite("location", location)?, scale: error::positive("scale", scale)? })
    }

    /// P\[Z ≤ z\] at z = `distance`/γ: atan2(1, −z)/π, without the cancellation of
    /// ½ + atan(z)/π, and without z, which may overflow.
    fn lower(&self, distance: f64) -> f64 {
        self.scale.atan2(-distance) / PI
    }
}

/// The z with P\[Z ≤ z\] = p; p − ½ and 1 − p are exact where they are used.
fn lower_inverse(p: f64) -> f64 {
    if p < 0.25 {
        -1.0 / (PI * p).tan()
    } else if p <= 0.75 {
        (PI * (p - 0.5)).tan()
    } else {
        1.0 / (PI * (1.0 - p)).tan()
    }
}

/// ln(1 + z²) at z = `distance`/`scale` ≥ 0, also where z² or z itself overflows.
pub(super) fn ln_one_plus_square(distance: f64, scale: f64) -> f64 {
    let z = distance / scale;
    // z² overflows from 1e154 on; 1 is lost in it long before.
    if z == f64::INFINITY {
        2.0 * (distance.ln() - scale.ln())
    } else if z > 1e9 {
        2.0 * z.ln()
    } else {
        (z * z).ln_1p()
    }
}

impl Density for Cauchy {
    fn ln_density(&self, x: f64) -> f64 {
        -PI.ln() - self.scale.ln() - ln_one_plus_square((x - self.location).abs(), self.scale)
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        // An open unit interval: a draw is finite.
        let unit: f64 = rng.sample(rand::distr::Open01);
        self.location + self.scale * lower_inverse(unit)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.lower(x - self.location)
    }

    fn survival(&self, x: f64) -> f64 {
        self.lower(self.location - x)
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
        [-50.0, -5.0, -1.0, 0.0, 1.0, 5.0, 50.0].map(|z| self.location + z * self.scale).to_vec()
    }
}
