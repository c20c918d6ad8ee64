//! F(T) from samples, with its standard error.

use super::exercises::{empirical_bound, standard_error_of_bound};
use crate::Divergence;
use crate::ch02_intractable_densities::{Estimate, EstimateError, estimate};
use crate::density::Density;
use rand::Rng;

/// The empirical bound (1/n) Σ T(xᵢ) − (1/m) Σ f\*(T(yⱼ)): an unbiased estimate of F(T),
/// hence of a lower bound of D_f(P‖Q), as long as T was chosen without these samples.
///
/// A critic that was fitted to the same samples makes it too large; see
/// [`maximised_empirical_bound`](super::exercises::maximised_empirical_bound).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EmpiricalBound {
    /// The estimate of F(T).
    pub value: f64,
    /// Its estimated standard deviation.
    pub standard_error: f64,
    /// E_p T from samples of P.
    pub on_p: Estimate,
    /// E_q f\*(T) from samples of Q.
    pub on_q: Estimate,
}

/// How many draws are worked on at a time: they stay in the first cache.
const CHUNK: usize = 2048;

impl EmpiricalBound {
    /// From the critic's values at samples of P and at samples of Q.
    ///
    /// # Errors
    /// [`EstimateError`] for fewer than two values on a side, or if a value T(xᵢ) or
    /// f\*(T(yⱼ)) is not finite: a critic outside dom f\* makes the bound −∞.
    ///
    /// ```
    /// use vdm::{catalogue::Kl, ch04_variational_bound::EmpiricalBound};
    /// let bound = EmpiricalBound::from_values(&Kl, &[1.5, 0.5, 1.0], &[1.0, 1.0])?;
    /// assert_eq!(bound.value, 0.0);
    /// assert!((bound.standard_error - 0.5 / 3.0_f64.sqrt()).abs() < 1e-15);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_values(f: &dyn Divergence, on_p: &[f64], on_q: &[f64]) -> Result<Self, EstimateError> {
        let conjugates: Vec<f64> = on_q.iter().map(|t| f.conjugate(*t)).collect();
        Ok(Self {
            on_p: estimate(on_p)?,
            on_q: estimate(&conjugates)?,
            value: empirical_bound(f, on_p, on_q),
            standard_error: standard_error_of_bound(f, on_p, on_q),
        })
    }

    /// From `count` fresh draws of each law, P first, with randomness from `rng` alone.
    ///
    /// Draws, critic and conjugate run over slices, without a virtual call a value and
    /// without keeping the samples: ten million Gaussians of each law take a fraction of
    /// a second.
    ///
    /// # Errors
    /// As [`from_values`](Self::from_values).
    ///
    /// ```
    /// use rand::SeedableRng;
    /// use vdm::{catalogue::Kl, ch04_variational_bound::EmpiricalBound, density::Gaussian};
    /// let (p, q) = (Gaussian::new(1.0, 1.0)?, Gaussian::new(0.0, 1.0)?);
    /// let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(4);
    /// let bound = EmpiricalBound::from_draws(&Kl, |x| x + 0.5, &p, &q, 100_000, &mut rng)?;
    /// assert!((bound.value - 0.5).abs() < 4.0 * bound.standard_error);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_draws(
        f: &dyn Divergence,
        critic: impl Fn(f64) -> f64,
        p: &dyn Density,
        q: &dyn Density,
        count: usize,
        rng: &mut dyn Rng,
    ) -> Result<Self, EstimateError> {
        let on_p = average(p, count, rng, |values| values.iter_mut().for_each(|x| *x = critic(*x)))?;
        let on_q = average(q, count, rng, |values| {
            values.iter_mut().for_each(|x| *x = critic(*x));
            f.conjugate_each(values);
        })?;
        let standard_error = on_p.standard_error.hypot(on_q.standard_error);
        Ok(Self { value: on_p.mean - on_q.mean, standard_error, on_p, on_q })
    }
}

/// The mean of a function of `count` draws, chunk by chunk; `apply` turns draws into
/// values.
fn average(
    law: &dyn Density,
    count: usize,
    rng: &mut dyn Rng,
    apply: impl Fn(&mut [f64]),
) -> Result<Estimate, EstimateError> {
    if count < 2 {
        return Err(EstimateError::TooFew { count });
    }
    let mut buffer = [0.0; CHUNK];
    // Count, mean and sum of squared deviations so far, merged as by Chan et al. (1983).
    let (mut seen, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for start in (0..count).step_by(CHUNK) {
        let values = &mut buffer[..CHUNK.min(count - start)];
        law.sample_each(rng, values);
        apply(values);
        let n = values.len() as f64;
        let own_mean = sum(values, |x| x) / n;
        if !own_mean.is_finite()
            && let Some(index) = values.iter().position(|x| !x.is_finite())
        {
            return Err(EstimateError::NotFinite { index: start + index, value: values[index] });
        }
        let own_squares = sum(values, |x| (x - own_mean) * (x - own_mean));
        let total = seen + n;
        let step = own_mean - mean;
        squares += own_squares + step * step * seen * n / total;
        mean += step * n / total;
        seen = total;
    }
    Ok(Estimate { mean, standard_error: (squares / (seen - 1.0) / seen).sqrt(), count })
}

/// Σ g(x) in eight interleaved sums, which a processor adds side by side.
fn sum(values: &[f64], g: impl Fn(f64) -> f64) -> f64 {
    let (blocks, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for block in blocks {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += g(*x);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|x| g(*x)).sum::<f64>()
}
