//! Laws with a density: on the line ([`Density`]) and on finitely many points
//! ([`Finite`]).
//!
//! A law says its density in log space, draws samples from a generator that is
//! passed in, and knows its distribution function, both tails of it, and its
//! quantiles. Constructors check their parameters: a law that exists is valid.
//!
//! | law | parameters |
//! |---|---|
//! | [`Finite`] | probabilities of 0, 1, …, n − 1 |
//! | [`Uniform`] | the two ends |
//! | [`Gaussian`] | mean and standard deviation |
//! | [`Laplace`] | location and scale |
//! | [`Exponential`] | rate |
//! | [`Cauchy`] | location and scale |
//! | [`StudentT`] | location, scale and degrees of freedom |
//! | [`Mixture`] | weights and laws, which may be mixtures themselves |

mod blocks;
mod cauchy;
mod error;
mod exponential;
mod finite;
mod gaussian;
mod laplace;
mod mixture;
mod student_t;
mod uniform;

pub use cauchy::Cauchy;
pub use error::DensityError;
pub use exponential::Exponential;
pub use finite::Finite;
pub use gaussian::Gaussian;
pub use laplace::Laplace;
pub use mixture::Mixture;
pub use student_t::StudentT;
pub use uniform::Uniform;

use crate::Interval;
use auto_impl::auto_impl;
use rand::Rng;
use std::fmt::Debug;

/// A law on the real line that has a density.
///
/// Densities are in log space, in nats: far in a tail ln p(x) is an ordinary
/// number where p(x) underflows. NaN in gives NaN out; any other x is valid.
///
/// ```
/// use vdm::density::{Density, Gaussian};
/// let law = Gaussian::new(1.0, 2.0)?; // mean 1, standard deviation 2
/// assert_eq!(law.cdf(1.0), 0.5);
/// assert!(law.ln_density(1e150).is_finite());
/// # Ok::<(), vdm::density::DensityError>(())
/// ```
#[auto_impl(&, Box, Arc)]
pub trait Density: Debug + Send + Sync {
    /// ln p(x); −∞ where the density is 0.
    fn ln_density(&self, x: f64) -> f64;

    /// One draw, with randomness from `rng` alone.
    fn sample(&self, rng: &mut dyn Rng) -> f64;

    /// Fills `values` with independent draws, with randomness from `rng` alone.
    ///
    /// A law may use the randomness otherwise than one [`sample`](Self::sample) after
    /// another does: the draws have the same law, but need not be the same numbers.
    fn sample_each(&self, rng: &mut dyn Rng, values: &mut [f64]) {
        for value in values {
            *value = self.sample(rng);
        }
    }

    /// P\[X ≤ x\], to full relative accuracy in the lower tail.
    fn cdf(&self, x: f64) -> f64;

    /// P\[X > x\], to full relative accuracy in the upper tail.
    fn survival(&self, x: f64) -> f64;

    /// The x with P\[X ≤ x\] = `probability`; the ends of the support at 0 and 1.
    ///
    /// # Errors
    /// [`DensityError::Probability`] outside \[0, 1\].
    fn quantile(&self, probability: f64) -> Result<f64, DensityError>;

    /// The x with P\[X > x\] = `probability`: [`quantile`](Self::quantile) at
    /// 1 − `probability`, without the rounding of that difference.
    ///
    /// # Errors
    /// [`DensityError::Probability`] outside \[0, 1\].
    fn upper_quantile(&self, probability: f64) -> Result<f64, DensityError>;

    /// The least interval that carries the law.
    fn support(&self) -> Interval;

    /// Points where the density changes character: edges of the support and of
    /// gaps in it, kinks, modes, and modes plus or minus a few scales.
    ///
    /// Integrals are split there. Every jump and kink of the density must be
    /// among them; the others are there so that no peak is overlooked.
    fn landmarks(&self) -> Vec<f64>;
}
