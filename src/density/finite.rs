//! Laws on finitely many points 0, 1, …, n − 1.

use super::{DensityError, error};
use rand::{Rng, RngExt};

/// A probability mass function on 0, 1, …, n − 1; zeros are allowed.
///
/// Kept in log space, so that probabilities far below 1e-308 are distinct.
///
/// ```
/// use vdm::density::Finite;
/// let coin = Finite::new(&[0.25, 0.75])?;
/// assert_eq!(coin.probability(1), 0.75);
/// assert_eq!(coin.ln_probability(7), f64::NEG_INFINITY);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Finite {
    ln: Vec<f64>,
}

impl Finite {
    /// From probabilities, which must be at least 0 and add up to 1 (to nine
    /// digits; they are then divided by their sum).
    ///
    /// # Errors
    /// [`DensityError::Empty`], [`DensityError::Weight`] or [`DensityError::Sum`].
    pub fn new(probabilities: &[f64]) -> Result<Self, DensityError> {
        let ln = error::weights(probabilities)?.into_iter().map(f64::ln).collect();
        Ok(Self { ln })
    }

    /// From log-weights of any size, such as the logits of a softmax: normalised
    /// here. −∞ is the logarithm of a zero.
    ///
    /// # Errors
    /// [`DensityError::LnWeight`] for NaN or +∞, [`DensityError::Empty`] if no
    /// weight is above 0.
    ///
    /// ```
    /// use vdm::density::Finite;
    /// let law = Finite::from_ln_weights(&[0.0, -2000.0])?;
    /// assert_eq!(law.ln_probability(1), -2000.0); // e^-2000 underflows
    /// # Ok::<(), vdm::density::DensityError>(())
    /// ```
    pub fn from_ln_weights(ln_weights: &[f64]) -> Result<Self, DensityError> {
        for (index, &value) in ln_weights.iter().enumerate() {
            if value.is_nan() || value == f64::INFINITY {
                return Err(DensityError::LnWeight { index, value });
            }
        }
        let largest = ln_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if largest == f64::NEG_INFINITY {
            return Err(DensityError::Empty);
        }
        let sum: f64 = ln_weights.iter().map(|w| (w - largest).exp()).sum();
        let ln_sum = sum.ln();
        Ok(Self { ln: ln_weights.iter().map(|w| (w - largest) - ln_sum).collect() })
    }

    /// The number of points, those of probability 0 included.
    #[expect(clippy::len_without_is_empty, reason = "a law has at least one point")]
    pub fn len(&self) -> usize {
        self.ln.len()
    }

    /// The probability of point `i`; 0 beyond the last point.
    pub fn probability(&self, i: usize) -> f64 {
        self.ln_probability(i).exp()
    }

    /// The logarithm of the probability of point `i`; −∞ where it is 0 and beyond
    /// the last point.
    pub fn ln_probability(&self, i: usize) -> f64 {
        self.ln.get(i).copied().unwrap_or(f64::NEG_INFINITY)
    }

    /// All probabilities, in order.
    pub fn probabilities(&self) -> Vec<f64> {
        self.ln.iter().map(|l| l.exp()).collect()
    }

    /// One draw, with randomness from `rng` alone. Points of probability 0 are
    /// never drawn.
    pub fn sample(&self, rng: &mut dyn Rng) -> usize {
        let mut left: f64 = rng.random();
        let mut last = 0;
        for (i, ln) in self.ln.iter().enumerate() {
            let probability = ln.exp();
            if probability > 0.0 {
                last = i;
                left -= probability;
                if left < 0.0 {
                    break;
                }
            }
        }
        last
    }
}
