//! Critics that are constant on bins of the line.

use super::exercises::bound_on_finite_space;
use super::finite::optimal_inside;
use crate::Divergence;
use crate::density::Density;
use crate::shown::number;

/// A partition of the line into k bins by k − 1 increasing edges: (−∞, e₁), [e₁, e₂),
/// …, [eₖ₋₁, ∞).
///
/// The best critic that is constant on the bins reaches the divergence of the binned
/// laws. Cutting bins further never lowers it; another partition with more bins may.
///
/// ```
/// use vdm::ch04_variational_bound::Bins;
/// use vdm::{catalogue::TotalVariation, density::Uniform};
/// let (p, q) = (Uniform::new(0.0, 1.0)?, Uniform::new(1.0, 2.0)?);
/// let reached = |k| Bins::equal(0.0, 2.0, k).map(|bins| bins.best_critic(&TotalVariation, &p, &q).bound);
/// assert!((reached(2)? - 1.0).abs() < 1e-15);
/// assert!((reached(3)? - 2.0 / 3.0).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    edges: Vec<f64>,
}

/// Why edges make no bins.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum BinsError {
    /// An edge that is not finite, or not beyond the one before it.
    #[error("edge {index} is {}: edges must be finite and increase strictly", number(*.value))]
    Edge {
        /// The index of the offending edge.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// No bin at all.
    #[error("a partition needs at least one bin")]
    None,
}

/// The best critic on bins, and what it reaches.
#[derive(Clone, Debug, PartialEq)]
pub struct BinnedCritic {
    bins: Bins,
    /// The critic's value on each bin; ±∞ where an empty bin makes it so.
    pub values: Vec<f64>,
    /// F of this critic: D_f of the binned laws.
    pub bound: f64,
}

impl Bins {
    /// From the inner edges; none makes one bin, the whole line.
    ///
    /// # Errors
    /// [`BinsError::Edge`] names the first edge that is not finite or not in order.
    pub fn new(edges: Vec<f64>) -> Result<Self, BinsError> {
        let mut before = f64::NEG_INFINITY;
        for (index, &value) in edges.iter().enumerate() {
            if !value.is_finite() || value <= before {
                return Err(BinsError::Edge { index, value });
            }
            before = value;
        }
        Ok(Self { edges })
    }

    /// `count` bins of equal width on [low, high); the two outer ones reach to ±∞.
    ///
    /// # Errors
    /// [`BinsError::None`] for `count` = 0; [`BinsError::Edge`] if the range does not
    /// hold as many different edges.
    pub fn equal(low: f64, high: f64, count: usize) -> Result<Self, BinsError> {
        if count == 0 {
            return Err(BinsError::None);
        }
        let share = |j: usize| j as f64 / count as f64;
        Self::new((1..count).map(|j| low * (1.0 - share(j)) + high * share(j)).collect())
    }

    /// The number of bins, at least one.
    pub fn count(&self) -> usize {
        self.edges.len() + 1
    }

    /// The inner edges.
    pub fn edges(&self) -> &[f64] {
        &self.edges
    }

    /// The bin that holds x.
    pub fn bin(&self, x: f64) -> usize {
        self.edges.partition_point(|edge| *edge <= x)
    }

    /// The mass of each bin.
    pub fn masses(&self, law: &dyn Density) -> Vec<f64> {
        let ends: Vec<f64> = std::iter::once(f64::NEG_INFINITY)
            .chain(self.edges.iter().copied())
            .chain(std::iter::once(f64::INFINITY))
            .collect();
        let mass = |low: f64, high: f64| {
            // From the tail in which both ends lie, where differences are accurate.
            if law.cdf(low) > 0.5 {
                law.survival(low) - law.survival(high)
            } else {
                law.cdf(high) - law.cdf(low)
            }
        };
        ends.windows(2).map(|ends| mass(ends[0], ends[1]).max(0.0)).collect()
    }

    /// The best critic that is constant on each bin, for P and Q with these masses.
    pub fn best_critic(&self, f: &dyn Divergence, p: &dyn Density, q: &dyn Density) -> BinnedCritic {
        let (p, q) = (self.masses(p), self.masses(q));
        let values = optimal_inside(f, &p, &q);
        let bound = bound_on_finite_space(f, &p, &q, &values);
        BinnedCritic { bins: self.clone(), values, bound }
    }
}

impl BinnedCritic {
    /// The bins.
    pub fn bins(&self) -> &Bins {
        &self.bins
    }

    /// T(x).
    pub fn at(&self, x: f64) -> f64 {
        self.values[self.bins.bin(x)]
    }
}
