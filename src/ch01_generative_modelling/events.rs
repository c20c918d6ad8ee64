//! Total variation two ways: half the L¹ distance, and the largest difference over
//! all events.

use super::exercises::total_variation_on_points;
use crate::density::Finite;
use crate::divergence::UnequalLengths;
use thiserror::Error;

/// More points than this have too many events to try each.
const MOST_POINTS: usize = 20;

/// Why the events could not be tried one by one.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EventsError {
    /// The two laws are on different numbers of points.
    #[error(transparent)]
    UnequalLengths(#[from] UnequalLengths),
    /// 2ⁿ events are too many.
    #[error(
        "{points} points have 2^{points} events; at most {MOST_POINTS} points can be enumerated, use `total_variation`"
    )]
    TooManyPoints {
        /// How many points the laws have.
        points: usize,
    },
}

/// An event, and by how much two laws disagree on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// P\[A\] − Q\[A\].
    pub difference: f64,
    /// One flag a point: is it in A?
    pub event: Vec<bool>,
}

/// TV(P, Q) = ½ Σ |p − q|, of two laws on the same finitely many points. In \[0, 1\]; 0
/// for equal laws, 1 for laws that share no point.
///
/// # Errors
/// [`UnequalLengths`] if the laws are not on the same points.
///
/// ```
/// use vdm::{ch01_generative_modelling::total_variation, density::Finite};
/// let (p, q) = (Finite::new(&[0.5, 0.5, 0.0])?, Finite::new(&[0.25, 0.25, 0.5])?);
/// assert!((total_variation(&p, &q)? - 0.5).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn total_variation(p: &Finite, q: &Finite) -> Result<f64, UnequalLengths> {
    if p.len() != q.len() {
        return Err(UnequalLengths { p: p.len(), q: q.len() });
    }
    Ok(total_variation_on_points(&p.probabilities(), &q.probabilities()))
}

/// max over all events A of P\[A\] − Q\[A\], by trying each of the 2ⁿ events; the first
/// of them where several are best. The maximum is TV(P, Q).
///
/// This is the definition, and slow: at most 20 points.
///
/// # Errors
/// [`EventsError::UnequalLengths`] if the laws are not on the same points,
/// [`EventsError::TooManyPoints`] for more than 20 of them.
///
/// ```
/// use vdm::{ch01_generative_modelling::largest_disagreement, density::Finite};
/// let (p, q) = (Finite::new(&[0.5, 0.5, 0.0])?, Finite::new(&[0.25, 0.25, 0.5])?);
/// let best = largest_disagreement(&p, &q)?;
/// assert_eq!(best.event, [true, true, false]);
/// assert!((best.difference - 0.5).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn largest_disagreement(p: &Finite, q: &Finite) -> Result<Disagreement, EventsError> {
    let points = p.len();
    if points != q.len() {
        return Err(UnequalLengths { p: points, q: q.len() }.into());
    }
    if points > MOST_POINTS {
        return Err(EventsError::TooManyPoints { points });
    }
    let gaps: Vec<f64> = (0..points).map(|i| p.probability(i) - q.probability(i)).collect();
    let holds = |event: u32, i: usize| event >> i & 1 == 1;
    let difference = |event: u32| -> f64 { (0..points).filter(|&i| holds(event, i)).map(|i| gaps[i]).sum() };
    // The empty event, and every one that beats all before it.
    let mut best = (0, 0.0);
    for event in 1..1u32 << points {
        let here = difference(event);
        if here > best.1 {
            best = (event, here);
        }
    }
    Ok(Disagreement { difference: best.1, event: (0..points).map(|i| holds(best.0, i)).collect() })
}
