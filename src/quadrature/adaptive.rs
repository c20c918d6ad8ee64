//! Halving the worst panel until the errors add up to little enough.

use super::domain::Panel;
use super::rule::{self, POINTS};
use super::{Estimate, Quadrature, QuadratureError, Sample};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Rounding in the weighted sum of one panel, in units of ε·∫|f|: some twenty
/// additions and products, rounded in either direction, and the last digit of f.
const ROUNDING_UNITS: f64 = 8.0;

/// A panel without history is believed where its two rules agree to this part of
/// ∫|f|; otherwise it is halved first, to see how fast the error falls.
const AGREEMENT: f64 = 1e-3;

/// The most that slow convergence enlarges an error estimate.
const LARGEST_FACTOR: f64 = 1e3;

/// A panel with its integral. Ordered by error, for the heap.
#[derive(Clone, Copy, Debug)]
struct Piece {
    panel: Panel,
    value: f64,
    /// |Kronrod − Gauss|.
    difference: f64,
    /// What is believed: the difference, enlarged where halving helps little.
    error: f64,
    rounding: f64,
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Piece {}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Piece {
    fn cmp(&self, other: &Self) -> Ordering {
        self.error.total_cmp(&other.error)
    }
}

pub(super) fn run(
    target: &Quadrature,
    mut f: impl FnMut(f64) -> Sample,
    panels: Vec<Panel>,
) -> Result<Estimate, QuadratureError> {
    let mut spent = POINTS * panels.len();
    let mut open = BinaryHeap::new();
    let mut closed: Vec<Piece> = Vec::new();
    for panel in panels {
        open.push(measure(&mut f, panel, None)?);
    }
    loop {
        let (mut value, mut error, mut rounding) = (0.0, 0.0, 0.0);
        for piece in open.iter().chain(&closed) {
            value += piece.value;
            error += piece.error;
            rounding += piece.rounding;
        }
        let estimate = Estimate { value, error: error + rounding, evaluations: spent };
        let goal = target.absolute.max(target.relative * f64::abs(value)).max(rounding);
        if error <= goal {
            return Ok(estimate);
        }
        if spent + 2 * POINTS > target.budget {
            return Err(QuadratureError::NotConverged { estimate });
        }
        let Some(worst) = open.pop() else {
            return Err(QuadratureError::NotConverged { estimate });
        };
        match worst.panel.halves() {
            None => closed.push(worst),
            Some(halves) => {
                spent += 2 * POINTS;
                for half in halves {
                    open.push(measure(&mut f, half, Some(&worst))?);
                }
            }
        }
    }
}

/// Both rules on one panel, and how far to believe them.
fn measure(
    f: &mut impl FnMut(f64) -> Sample,
    panel: Panel,
    parent: Option<&Piece>,
) -> Result<Piece, QuadratureError> {
    let half = panel.high / 2.0 - panel.low / 2.0;
    let mut values = [0.0; POINTS];
    let (mut given, mut displaced) = (0.0, 0.0);
    let mut before: Option<f64> = None;
    for (value, t) in values.iter_mut().zip(rule::points(panel.low, panel.high)) {
        let (x, slope) = panel.map.at(t);
        let sample = f(x);
        // Where dx/dt overflows, an integrand that is 0 contributes 0, not 0·∞.
        *value = if sample.value == 0.0 { 0.0 } else { sample.value * slope };
        if !value.is_finite() {
            return Err(QuadratureError::NotFinite { at: x, value: sample.value });
        }
        if sample.rounding > 0.0 {
            given += sample.rounding * slope;
        }
        // x itself is rounded: that displaces f by f′(x)·ε|x|, and ∫|f′| is the
        // variation of f.
        if let Some(before) = before {
            displaced += (sample.value - before).abs() * f64::EPSILON * x.abs();
        }
        before = Some(sample.value);
    }
    let applied = rule::combine(&values, half);
    let rounding =
        ROUNDING_UNITS * f64::EPSILON * applied.absolute + 2.0 * half * given / POINTS as f64 + displaced;
    let difference = (applied.kronrod - applied.gauss).abs();
    let error = if difference <= rounding {
        difference
    } else {
        difference * slowness(difference, applied.absolute, parent)
    };
    Ok(Piece { panel, value: applied.kronrod, difference, error, rounding })
}

/// The factor by which the difference of the two rules understates the error.
///
/// At a singularity such as x^(−0.9) every halving leaves most of the error in
/// one half: with the ratio r of a panel's error to its parent's, what is still
/// missing is the geometric series d·(1 + r + r² + …) = d/(1 − r). For smooth
/// integrands r is tiny and the factor 1. For 1/x, r = 1: it never converges.
fn slowness(difference: f64, absolute: f64, parent: Option<&Piece>) -> f64 {
    match parent {
        Some(parent) => {
            let ratio = difference / parent.difference;
            if ratio < 1.0 { (1.0 / (1.0 - ratio)).min(LARGEST_FACTOR) } else { LARGEST_FACTOR }
        }
        None if difference <= AGREEMENT * absolute => 1.0,
        None => (absolute / difference).max(1.0),
    }
}
