//! The conjugate of a function that is known by samples only.

use super::exercises::{grid_biconjugate, legendre, lower_hull};
use crate::shown::number;
use std::borrow::Cow;
use thiserror::Error;

/// Samples (uᵢ, f(uᵢ)) of a function on the line, checked once: u strictly
/// increasing and finite, f finite or +∞ (outside its domain), at least one finite.
///
/// Conjugates take linear time: one pass for the lower convex hull, one sweep over
/// the slopes (Lucet 1997). A grid *underestimates* f\*: its supremum runs over
/// fewer points.
///
/// ```
/// use vdm::ch03_convex_conjugate::Sampled;
/// let us: Vec<f64> = (0..=400).map(|k| f64::from(k) / 100.0).collect();
/// let f = Sampled::of(&us, |u| (u - 1.0).powi(2))?;
/// let conjugate = f.conjugate(&[-3.0, 0.0, 2.0])?;
/// assert!((conjugate[2] - 3.0).abs() < 1e-4); // t²/4 + t
/// # Ok::<(), vdm::ch03_convex_conjugate::SamplesError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sampled<'a> {
    us: Cow<'a, [f64]>,
    fs: Cow<'a, [f64]>,
    hull: Vec<usize>,
}

/// Why samples or slopes were refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SamplesError {
    /// The two slices differ in length.
    #[error("{us} points but {fs} values: give one value for each point")]
    UnequalLengths {
        /// How many points.
        us: usize,
        /// How many values.
        fs: usize,
    },
    /// No value is finite.
    #[error("no finite value among the samples: sample the function inside its domain")]
    Empty,
    /// A point that is NaN, infinite, or not beyond the one before it.
    #[error("point {index} is {}: points must be finite and increase strictly", number(*.value))]
    Unsorted {
        /// The index of the offending point.
        index: usize,
        /// Its value.
        value: f64,
    },
    /// A value that is NaN or −∞.
    #[error("the value at point {index} is {}: a value is finite, or +∞ outside the domain", number(*.value))]
    NotAValue {
        /// The index of the offending value.
        index: usize,
        /// The value.
        value: f64,
    },
    /// A slope that is NaN, infinite, or below the one before it.
    #[error("slope {index} is {}: slopes must be finite and in increasing order; sort them first", number(*.value))]
    UnsortedSlopes {
        /// The index of the offending slope.
        index: usize,
        /// Its value.
        value: f64,
    },
}

impl<'a> Sampled<'a> {
    /// Takes samples (us\[i\], fs\[i\]), without copying them if all are finite.
    ///
    /// # Errors
    /// [`SamplesError`] names the first offending index and value.
    pub fn new(us: impl Into<Cow<'a, [f64]>>, fs: impl Into<Cow<'a, [f64]>>) -> Result<Self, SamplesError> {
        let (mut us, mut fs) = (us.into(), fs.into());
        if us.len() != fs.len() {
            return Err(SamplesError::UnequalLengths { us: us.len(), fs: fs.len() });
        }
        if let Some((index, value)) = first_out_of_order(&us, |before, here| before < here) {
            return Err(SamplesError::Unsorted { index, value });
        }
        if let Some(index) = fs.iter().position(|f| f.is_nan() || *f == f64::NEG_INFINITY) {
            return Err(SamplesError::NotAValue { index, value: fs[index] });
        }
        if fs.contains(&f64::INFINITY) {
            let inside = |i: &usize| fs[*i].is_finite();
            let kept: Vec<usize> = (0..us.len()).filter(inside).collect();
            us = kept.iter().map(|i| us[*i]).collect();
            fs = kept.iter().map(|i| fs[*i]).collect();
        }
        if us.is_empty() {
            return Err(SamplesError::Empty);
        }
        let hull = lower_hull(&us, &fs);
        Ok(Self { us, fs, hull })
    }

    /// Samples `f` at the points `us`.
    ///
    /// # Errors
    /// As [`Sampled::new`].
    pub fn of(us: &'a [f64], f: impl Fn(f64) -> f64) -> Result<Self, SamplesError> {
        let fs: Vec<f64> = us.iter().map(|u| f(*u)).collect();
        Self::new(us, fs)
    }

    /// max over i of t·uᵢ − f(uᵢ) at each of the increasing `slopes`.
    ///
    /// # Errors
    /// [`SamplesError::UnsortedSlopes`].
    pub fn conjugate(&self, slopes: &[f64]) -> Result<Vec<f64>, SamplesError> {
        match first_out_of_order(slopes, |before, here| before <= here) {
            Some((index, value)) => Err(SamplesError::UnsortedSlopes { index, value }),
            None => Ok(legendre(&self.us, &self.fs, &self.hull, slopes)),
        }
    }

    /// The biconjugate at the [`points`](Self::points): the largest convex
    /// function that lies nowhere above the samples.
    pub fn biconjugate(&self) -> Vec<f64> {
        grid_biconjugate(&self.us, &self.fs)
    }

    /// The points with a finite value.
    pub fn points(&self) -> &[f64] {
        &self.us
    }

    /// The values at the [`points`](Self::points).
    pub fn values(&self) -> &[f64] {
        &self.fs
    }

    /// Indices of the samples on the lower convex hull.
    pub fn hull(&self) -> &[usize] {
        &self.hull
    }
}

/// The first value that is not finite, or not in order with the one before it.
fn first_out_of_order(values: &[f64], in_order: impl Fn(f64, f64) -> bool) -> Option<(usize, f64)> {
    let mut before = f64::NEG_INFINITY;
    values.iter().copied().enumerate().find(|(_, here)| {
        let bad = !here.is_finite() || !in_order(before, *here);
        before = *here;
        bad
    })
}
