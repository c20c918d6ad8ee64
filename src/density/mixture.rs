//! Mixtures of laws on the line.

use super::{Density, DensityError, error};
use crate::{Interval, bisection};
use rand::{Rng, RngExt};
use std::sync::Arc;

/// A mixture: p(x) = Σ wᵢ pᵢ(x), with weights wᵢ ≥ 0 that add up to 1. The parts
/// may be mixtures themselves.
///
/// ```
/// use std::sync::Arc;
/// use vdm::density::{Density, Gaussian, Laplace, Mixture};
/// let law = Mixture::new(vec![
///     (0.25, Arc::new(Gaussian::new(-1.0, 0.5)?) as Arc<dyn Density>),
///     (0.75, Arc::new(Laplace::new(2.0, 1.0)?)),
/// ])?;
/// let median = law.quantile(0.5)?;
/// assert!((law.cdf(median) - 0.5).abs() < 1e-15);
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mixture {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    weight: f64,
    ln_weight: f64,
    law: Arc<dyn Density>,
}

/// Which tail a probability is counted from.
#[derive(Clone, Copy)]
enum Tail {
    Lower,
    Upper,
}

impl Mixture {
    /// From pairs of weight and law. The weights must add up to 1 (to nine digits;
    /// they are then divided by their sum). A part of weight 0 is left out.
    ///
    /// # Errors
    /// [`DensityError::Empty`], [`DensityError::Weight`] or [`DensityError::Sum`].
    pub fn new(parts: Vec<(f64, Arc<dyn Density>)>) -> Result<Self, DensityError> {
        let given: Vec<f64> = parts.iter().map(|(weight, _)| *weight).collect();
        let weights = error::weights(&given)?;
        let parts = weights
            .into_iter()
            .zip(parts)
            .filter(|(weight, _)| *weight > 0.0)
            .map(|(weight, (_, law))| Part { weight, ln_weight: weight.ln(), law })
            .collect();
        Ok(Self { parts })
    }

    /// From weights, means and standard deviations of Gaussian parts.
    ///
    /// # Errors
    /// Those of [`Mixture::new`] and [`Gaussian::new`](super::Gaussian::new).
    pub fn of_gaussians(parts: &[(f64, f64, f64)]) -> Result<Self, DensityError> {
        let parts = parts
            .iter()
            .map(|&(weight, mean, deviation)| {
                let law: Arc<dyn Density> = Arc::new(super::Gaussian::new(mean, deviation)?);
                Ok((weight, law))
            })
            .collect::<Result<_, _>>()?;
        Self::new(parts)
    }

    fn average(&self, of: impl Fn(&dyn Density) -> f64) -> f64 {
        self.parts.iter().map(|part| part.weight * of(&part.law)).sum()
    }

    /// The x at which `tail` holds `probability`, between the parts' own answers.
    fn at_tail(&self, tail: Tail, probability: f64) -> Result<f64, DensityError> {
        let p = error::probability(probability)?;
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for part in &self.parts {
            let x = match tail {
                Tail::Lower => part.law.quantile(p)?,
                Tail::Upper => part.law.upper_quantile(p)?,
            };
            low = low.min(x);
            high = high.max(x);
        }
        if p == 0.0 || p == 1.0 {
            // The ends of the support: the farther of the parts' own.
            let towards_low = matches!((tail, p == 0.0), (Tail::Lower, true) | (Tail::Upper, false));
            return Ok(if towards_low { low } else { high });
        }
        // From the end of a tail in which p is small, small probabilities are
        // compared, which are accurate.
        Ok(bisection::first(low, high, |x| match tail {
            Tail::Lower if p <= 0.5 => self.cdf(x) >= p,
            Tail::Lower => self.survival(x) <= 1.0 - p,
            Tail::Upper if p <= 0.5 => self.survival(x) <= p,
            Tail::Upper => self.cdf(x) >= 1.0 - p,
        }))
    }
}

impl Density for Mixture {
    /// log Σ exp(ln wᵢ + ln pᵢ(x)), in one pass that keeps the largest term out.
    fn ln_density(&self, x: f64) -> f64 {
        let (mut largest, mut sum) = (f64::NEG_INFINITY, 0.0);
        for part in &self.parts {
            let term = part.ln_weight + part.law.ln_density(x);
            if term.is_nan() {
                return f64::NAN;
            }
            if term > largest {
                sum = sum * (largest - term).exp() + 1.0;
                largest = term;
            } else if term > f64::NEG_INFINITY {
                sum += (term - largest).exp();
            }
        }
        if largest == f64::NEG_INFINITY { largest } else { largest + sum.ln() }
    }

    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let mut left: f64 = rng.random();
        let mut chosen = 0;
        for (i, part) in self.parts.iter().enumerate() {
            chosen = i;
            left -= part.weight;
            if left < 0.0 {
                break;
            }
        }
        self.parts[chosen].law.sample(rng)
    }

    fn cdf(&self, x: f64) -> f64 {
        self.average(|law| law.cdf(x))
    }

    fn survival(&self, x: f64) -> f64 {
        self.average(|law| law.survival(x))
    }

    fn quantile(&self, probability: f64) -> Result<f64, DensityError> {
        self.at_tail(Tail::Lower, probability)
    }

    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError> {
        self.at_tail(Tail::Upper, probability)
    }

    fn support(&self) -> Interval {
        let hull = |a: Interval, b: Interval| a.hull(&b);
        let supports = self.parts.iter().map(|part| part.law.support());
        supports.reduce(hull).unwrap_or(Interval::REAL)
    }

    fn landmarks(&self) -> Vec<f64> {
        let mut all: Vec<f64> = self.parts.iter().flat_map(|part| part.law.landmarks()).collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all
    }
}
