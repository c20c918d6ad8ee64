//! The uniform law on an interval.

use super::{Density, DensityError, error};
use crate::Interval;
use rand::{Rng, RngExt};

/// The uniform law: p(x) = 1/(b − a) on \[a, b\].
///
/// ```
/// use vdm::density::{Density, Uniform};
/// let law = Uniform::new(2.0, 6.0)?;
/// assert_eq!((law.cdf(3.0), law.quantile(0.5)?), (0.25, 4.0));
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uniform {
    low: f64,
    high: f64,
}

impl Uniform {
    /// On \[`low`, `high`\].
    ///
    /// # Errors
    /// [`DensityError::Ends`] unless `low` < `high` and their distance is finite.
    pub fn new(low: f64, high: f64) -> Result<Self, DensityError> {
        let length = high - low;
        if length.is_finite() && length > 0.0 {
            Ok(Self { low, high })
        } else {
            Err(DensityError::Ends { low, high })
        }
    }

    fn length(&self) -> f64 {
        self.high - self.low
    }
}

impl Density for Uniform {
    fn ln_density(&self, x: f64) -> f64 {
        if x.is_nan() {
            f64::NAN
        } else if self.support().contains(x) {
            -self.length().ln()
        } else {
            f64::NEG_INFINITY
        }
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let unit: f64 = rng.random();
        self.low + self.length() * unit
    }

    fn cdf(&self, x: f64) -> f64 {
        ((x - self.low) / self.length()).clamp(0.0, 1.0)
    }

    fn survival(&self, x: f64) -> f64 {
        ((self.high - x) / self.length()).clamp(0.0, 1.0)
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok((self.low + p * self.length()).min(self.high))
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        Ok((self.high - p * self.length()).max(self.low))
    }

    fn support(&self) -> Interval {
        Interval::closed(self.low, self.high)
    }

    fn landmarks(&self) -> Vec<f64> {
        vec![self.low, self.high]
    }
}
