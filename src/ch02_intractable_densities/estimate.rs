//! An expectation as a sample estimates it: the mean, and how uncertain it is.

use super::exercises::mean_and_standard_error;
use crate::density::Density;
use crate::shown::number;
use rand::Rng;
use thiserror::Error;

/// A sample mean with its standard error, in the unit of the values.
///
/// With n independent draws x₁, …, xₙ of a law with variance σ² the mean m = Σxᵢ/n is
/// unbiased and has standard deviation σ/√n. The standard error s/√n puts
/// s² = Σ(xᵢ − m)²/(n − 1) in the place of σ². It says nothing where σ² is infinite,
/// and too little where the values depend on each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The sample mean m.
    pub mean: f64,
    /// s/√n: the estimated standard deviation of the mean, not of a single value.
    pub standard_error: f64,
    /// How many values it is made of: n ≥ 2.
    pub count: usize,
}

/// Why values have no estimate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum EstimateError {
    /// One value says nothing about its own spread; none says nothing at all.
    #[error("a standard error needs at least two values, but there are {count}: draw more")]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// A path whose counts do not climb by two or more, or beyond the values.
    #[error(
        "after {before} values the path asks for the first {count} of {values}: let its counts climb by at least two, up to the number of values"
    )]
    Path {
        /// The count before, or 0.
        before: usize,
        /// The offending count.
        count: usize,
        /// How many values there are.
        values: usize,
    },
    /// A value that is NaN or ±∞.
    #[error("value {index} is {}: a mean and its error need finite values; find out where it comes from", number(*.value))]
    NotFinite {
        /// The index of the first such value.
        index: usize,
        /// The value.
        value: f64,
    },
}

/// The mean of the values and its standard error, in one numerically stable pass.
///
/// The values are independent draws of one law; the function cannot see whether they
/// are. Both numbers are good to about n·2⁻⁵², relative to the largest value, in the
/// worst case, and far better as a rule. The standard error is +∞ where values lie
/// more than about 1e154 apart, so that their squares overflow.
///
/// # Errors
/// [`EstimateError::TooFew`] for fewer than two values, [`EstimateError::NotFinite`]
/// for NaN and ±∞: a single infinite value makes any mean infinite, and then no error
/// bar means anything.
///
/// ```
/// use vdm::ch02_intractable_densities::{EstimateError, estimate};
/// let three = estimate(&[1.0, 2.0, 6.0])?;
/// assert_eq!((three.mean, three.count), (3.0, 3));
/// // s² = (4 + 1 + 9)/2 = 7
/// assert!((three.standard_error - (7.0_f64 / 3.0).sqrt()).abs() < 1e-15);
/// assert_eq!(estimate(&[1.0]), Err(EstimateError::TooFew { count: 1 }));
/// # Ok::<(), EstimateError>(())
/// ```
pub fn estimate(values: &[f64]) -> Result<Estimate, EstimateError> {
    let count = values.len();
    if count < 2 {
        return Err(EstimateError::TooFew { count });
    }
    if let Some(index) = values.iter().position(|x| !x.is_finite()) {
        return Err(EstimateError::NotFinite { index, value: values[index] });
    }
    let (mean, standard_error) = mean_and_standard_error(values);
    Ok(Estimate { mean, standard_error, count })
}

/// E h(X) for X ~ `law`, from `draws` draws with randomness from `rng` alone.
///
/// Needs E|h(X)| < ∞ for the mean to settle, and a finite variance of h(X) for the
/// standard error to mean anything. Neither can be seen from a sample; see
/// [`tail_index`](super::tail_index).
///
/// # Errors
/// Those of [`estimate`]: fewer than two draws, or an h that is not finite at a draw.
///
/// With known densities a divergence needs no grid:
/// ```
/// use rand::SeedableRng;
/// use vdm::{Divergence, catalogue::Kl, ch02_intractable_densities::monte_carlo};
/// use vdm::density::{Density, Gaussian};
/// let (p, q) = (Gaussian::new(1.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
/// let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(1);
/// let kl = monte_carlo(&q, 20_000, &mut rng, |x| Kl.generator_log(p.ln_density(x) - q.ln_density(x)))?;
/// assert!((kl.mean - 0.5).abs() < 4.0 * kl.standard_error); // KL = ½
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn monte_carlo(
    law: &dyn Density,
    draws: usize,
    rng: &mut dyn Rng,
    h: impl Fn(f64) -> f64,
) -> Result<Estimate, EstimateError> {
    let values: Vec<f64> = (0..draws).map(|_| h(law.sample(rng))).collect();
    estimate(&values)
}

/// The estimates from the first n values, for each n in `counts`: the path of a running
/// mean, in time linear in the number of values.
///
/// # Errors
/// [`EstimateError::Path`] where a count is not at least 2 above the count before it (or
/// above 0), or where there are not that many values; [`EstimateError::NotFinite`] as in
/// [`estimate`].
///
/// ```
/// use vdm::ch02_intractable_densities::running;
/// let path = running(&[1.0, 3.0, 2.0, 6.0], &[2, 4])?;
/// assert_eq!((path[0].mean, path[1].mean, path[1].count), (2.0, 3.0, 4));
/// # Ok::<(), vdm::ch02_intractable_densities::EstimateError>(())
/// ```
pub fn running(values: &[f64], counts: &[usize]) -> Result<Vec<Estimate>, EstimateError> {
    let mut seen: Option<Estimate> = None;
    counts
        .iter()
        .map(|&count| {
            let before = seen.map_or(0, |all| all.count);
            let stretch = values.get(before..count).filter(|stretch| stretch.len() >= 2);
            let stretch = stretch.ok_or(EstimateError::Path { before, count, values: values.len() })?;
            let new = estimate(stretch).map_err(|error| error.after(before))?;
            let all = seen.map_or(new, |all| all.merge(&new));
            seen = Some(all);
            Ok(all)
        })
        .collect()
}

impl EstimateError {
    /// The same of values that `before` others preceded.
    fn after(self, before: usize) -> Self {
        match self {
            EstimateError::NotFinite { index, value } => {
                EstimateError::NotFinite { index: before + index, value }
            }
            other => other,
        }
    }
}

impl Estimate {
    /// The estimate from the values of both, as if they had been one sample.
    ///
    /// Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for computing the
    /// sample variance", The American Statistician 37 (1983).
    #[must_use]
    pub fn merge(&self, other: &Estimate) -> Estimate {
        let (a, b) = (self.count as f64, other.count as f64);
        let n = a + b;
        let squares = |e: &Estimate, n: f64| e.standard_error * (n * (n - 1.0)).sqrt();
        // √ of Σ(x − m)² and of what the distance of the two means adds: as a length,
        // which neither overflows nor underflows.
        let between = (other.mean - self.mean) * (a / n * b).sqrt();
        let within = squares(self, a).hypot(squares(other, b));
        Estimate {
            mean: self.mean * (a / n) + other.mean * (b / n),
            standard_error: within.hypot(between) / (n * (n - 1.0)).sqrt(),
            count: self.count + other.count,
        }
    }

    /// The ends of the band mean ± `width` standard errors.
    pub fn band(&self, width: f64) -> (f64, f64) {
        (self.mean - width * self.standard_error, self.mean + width * self.standard_error)
    }

    /// s², the estimated variance of a single value.
    pub fn variance(&self) -> f64 {
        self.standard_error.powi(2) * self.count as f64
    }
}
