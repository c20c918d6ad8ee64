//! Importance sampling: an expectation under p from draws of q.

use super::estimate::Estimate;
use super::exercises::{effective_sample_size, importance_mean, self_normalised_mean};
use crate::shown::number;
use thiserror::Error;

/// What weighted draws say of E_p h.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance {
    /// (1/n)·Σwᵢhᵢ with w = p/q: unbiased if p ≪ q; p must be normalised. Its standard
    /// error needs E_q (wh)² < ∞.
    pub plain: Estimate,
    /// Σwᵢhᵢ/Σwᵢ: p may be known up to a factor only. Biased by about 1/n, and the right
    /// limit. Its standard error is √(Σwᵢ²(hᵢ − m)²)/Σwᵢ, by linearisation.
    pub self_normalised: Estimate,
    /// (Σw)²/Σw² ∈ [1, n]: how many draws of p itself the weighted ones are worth, for an
    /// h that does not go with the weights. About n/(1 + χ²(p‖q)).
    pub effective_sample_size: f64,
}

/// Why weighted draws give no estimate.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum ImportanceError {
    /// The two slices differ in length.
    #[error("{ln_weights} log-weights but {values} values: give one of each for every draw")]
    UnequalLengths {
        /// How many log-weights.
        ln_weights: usize,
        /// How many values.
        values: usize,
    },
    /// Fewer than two draws.
    #[error("a standard error needs at least two draws, but there are {count}: draw more")]
    TooFew {
        /// How many there are.
        count: usize,
    },
    /// A log-weight that is NaN or +∞.
    #[error("log-weight {index} is {}: ln p − ln q is finite or −∞ at a draw from q", number(*.value))]
    NotAWeight {
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A value of h that is not finite.
    #[error("value {index} is {}: h must be finite at every draw", number(*.value))]
    NotFinite {
        /// Its index.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// Every weight is 0.
    #[error("p is 0 at all {count} draws: q misses p, so nothing can be said of it; choose another q")]
    NoWeight {
        /// How many draws.
        count: usize,
    },
}

/// E_p h from draws x₁, …, xₙ of q, with `ln_weights`\[i\] = ln p(xᵢ) − ln q(xᵢ) and
/// `values`\[i\] = h(xᵢ).
///
/// The plain estimate needs a normalised p; where p is known up to a factor, take the
/// self-normalised one and ignore the other. Log-weights of any size: the plain estimate
/// overflows to ±∞ where it must, the other two numbers never do.
///
/// What no weight tells: mass of p where q has none, or almost none, is missed, and the
/// effective sample size looks fine.
///
/// # Errors
/// [`ImportanceError`] names the first offending draw.
///
/// ```
/// use vdm::ch02_intractable_densities::importance;
/// // q = (½, ½), p = (¼, ¾), h = (0, 1): draws 0, 1, 1, 0.
/// let (low, high) = (0.5_f64.ln(), 1.5_f64.ln());
/// let found = importance(&[low, high, high, low], &[0.0, 1.0, 1.0, 0.0])?;
/// assert!((found.plain.mean - 0.75).abs() < 1e-15);
/// assert!((found.effective_sample_size - 3.2).abs() < 1e-14); // 4²/(2·¼ + 2·9/4)
/// # Ok::<(), vdm::ch02_intractable_densities::ImportanceError>(())
/// ```
pub fn importance(ln_weights: &[f64], values: &[f64]) -> Result<Importance, ImportanceError> {
    let count = values.len();
    if ln_weights.len() != count {
        return Err(ImportanceError::UnequalLengths { ln_weights: ln_weights.len(), values: count });
    }
    if count < 2 {
        return Err(ImportanceError::TooFew { count });
    }
    if let Some(index) = ln_weights.iter().position(|ln| ln.is_nan() || *ln == f64::INFINITY) {
        return Err(ImportanceError::NotAWeight { index, value: ln_weights[index] });
    }
    if let Some(index) = values.iter().position(|h| !h.is_finite()) {
        return Err(ImportanceError::NotFinite { index, value: values[index] });
    }
    let effective_sample_size = effective_sample_size(ln_weights);
    if effective_sample_size == 0.0 {
        return Err(ImportanceError::NoWeight { count });
    }
    let (mean, standard_error) = importance_mean(ln_weights, values);
    let plain = Estimate { mean, standard_error, count };
    let mean = self_normalised_mean(ln_weights, values);
    let standard_error = error_of_ratio(ln_weights, values, mean);
    let self_normalised = Estimate { mean, standard_error, count };
    Ok(Importance { plain, self_normalised, effective_sample_size })
}

/// √(Σw²(h − m)²)/Σw, the weights divided by their largest.
fn error_of_ratio(ln_weights: &[f64], values: &[f64], mean: f64) -> f64 {
    let largest = ln_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut squares, mut total) = (0.0, 0.0);
    for (ln, h) in ln_weights.iter().zip(values) {
        let weight = (ln - largest).exp();
        squares += (weight * (h - mean)).powi(2);
        total += weight;
    }
    squares.sqrt() / total
}
