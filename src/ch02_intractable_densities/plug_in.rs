//! Plug-in estimates of D_f: count, divide by n, insert.

use super::exercises::{jackknife, plug_in_divergence};
use crate::Divergence;
use crate::density::Finite;
use thiserror::Error;

/// Draws from P, counted on the points (or bins) of a known law q.
///
/// ```
/// use vdm::{catalogue::Kl, ch02_intractable_densities::PlugIn, density::Finite};
/// let q = Finite::new(&[0.5, 0.5])?;
/// let drawn = PlugIn::new(vec![3, 1], &q)?;
/// let value = drawn.divergence(&Kl); // ¾ log 1.5 + ¼ log ½
/// assert!((value - (0.75 * 1.5_f64.ln() - 0.25 * 2.0_f64.ln())).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PlugIn {
    counts: Vec<u64>,
    q: Vec<f64>,
}

/// Why counts give no estimate.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum PlugInError {
    /// Counts and q are not on the same points.
    #[error("{counts} counts but q has {points} points: count draws on the points of q")]
    UnequalLengths {
        /// How many counts.
        counts: usize,
        /// How many points.
        points: usize,
    },
    /// Too few draws.
    #[error("at least two draws are needed, but there are {draws}")]
    TooFew {
        /// How many draws.
        draws: u64,
    },
}

impl PlugIn {
    /// Takes how often each point of `q` was drawn.
    ///
    /// # Errors
    /// [`PlugInError`]
    pub fn new(counts: Vec<u64>, q: &Finite) -> Result<Self, PlugInError> {
        if counts.len() != q.len() {
            return Err(PlugInError::UnequalLengths { counts: counts.len(), points: q.len() });
        }
        let draws = counts.iter().fold(0_u64, |sum, count| sum.saturating_add(*count));
        if draws < 2 {
            return Err(PlugInError::TooFew { draws });
        }
        Ok(Self { counts, q: q.probabilities() })
    }

    /// D_f(p̂‖q) in nats with p̂ = counts/n; +∞ where f makes it so. Its mean is at least
    /// D_f(P‖q), whatever f: D_f is convex in its first law, and E p̂ = p (Jensen).
    pub fn divergence(&self, f: &dyn Divergence) -> f64 {
        plug_in_divergence(f, &self.counts, &self.q)
    }

    /// The same, without the part of its bias that falls like 1/n: the jackknife. Exactly
    /// unbiased for Pearson's χ², which is quadratic in p̂. It can be negative.
    ///
    /// NaN is never returned: where leaving one draw out makes the divergence infinite,
    /// the value is that of [`divergence`](Self::divergence).
    ///
    /// Source: M. H. Quenouille, "Notes on bias in estimation", Biometrika 43 (1956).
    pub fn jackknifed(&self, f: &dyn Divergence) -> f64 {
        let corrected = jackknife(&|counts| plug_in_divergence(f, counts, &self.q), &self.counts);
        if corrected.is_finite() { corrected } else { self.divergence(f) }
    }

    /// (k − 1)/(2n): the leading term of the bias of KL(p̂‖q), with k the number of points
    /// where p > 0, taken from the points that were drawn. For χ² with p = q it is twice
    /// that, exactly.
    ///
    /// Source: G. A. Miller, "Note on the bias of information estimates" (1955).
    pub fn bias_of_kl(&self) -> f64 {
        let (points, draws) = self.counts.iter().fold((0_u64, 0_u64), |(points, draws), count| {
            (points + u64::from(*count > 0), draws.saturating_add(*count))
        });
        (points as f64 - 1.0) / (2.0 * draws as f64)
    }
}
