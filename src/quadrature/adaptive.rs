//! Halving the worst panel until the errors add up to little enough.

use super::domain::Panel;
use super::pieces::{Piece, Pieces, Sums};
use super::rule::{self, POINTS};
use super::{Estimate, Quadrature, QuadratureError, Sample};

/// Rounding in the weighted sum of one panel, in units of ε·∫|f|: some twenty
/// additions and products, rounded in either direction, and the last digit of f.
const ROUNDING_UNITS: f64 = 8.0;

/// A panel without history is believed where its two rules agree to this part of
/// ∫|f|; otherwise it is halved first, to see how fast the error falls.
const AGREEMENT: f64 = 1e-3;

/// The most that slow convergence enlarges an error estimate.
const LARGEST_FACTOR: f64 = 1e3;

/// The least positive number: the absolute rounding of whatever underflows.
const LEAST: f64 = 5e-324;

pub(super) fn run(
    target: &Quadrature,
    mut f: impl FnMut(f64) -> Sample,
    panels: Vec<Panel>,
) -> Result<Estimate, QuadratureError> {
    let mut spent = POINTS * panels.len();
    if spent > target.budget {
        return Err(QuadratureError::Budget { needed: spent, budget: target.budget });
    }
    let first = panels.into_iter().map(|panel| measure(&mut f, panel, None));
    let mut pieces = Pieces::new(first.collect::<Result<_, _>>()?);
    loop {
        let Sums { value, error, rounding, worst } = *pieces.sums();
        if !value.is_finite() {
            return Err(overflow(&pieces));
        }
        let estimate = Estimate { value, error: error + rounding, evaluations: spent };
        let goal = target.absolute.max(target.relative * f64::abs(value)).max(rounding);
        if error <= goal && estimate.error.is_finite() {
            return Ok(estimate);
        }
        let within_budget = spent + 2 * POINTS <= target.budget;
        match worst.filter(|_| within_budget) {
            Some((place, _)) => {
                let worst = *pieces.get(place);
                // A panel that can be the worst one has halves.
                let Some([left, right]) = worst.panel.halves() else {
                    return Err(QuadratureError::NotConverged { estimate });
                };
                spent += 2 * POINTS;
                let halves = [measure(&mut f, left, Some(&worst))?, measure(&mut f, right, Some(&worst))?];
                pieces.replace(place, halves);
            }
            None if estimate.error.is_finite() => return Err(QuadratureError::NotConverged { estimate }),
            None => return Err(overflow(&pieces)),
        }
    }
}

/// The integral is beyond the largest number, at least over one of the pieces.
fn overflow(pieces: &Pieces) -> QuadratureError {
    let middle = |panel: Panel| panel.map.at(panel.low / 2.0 + panel.high / 2.0);
    QuadratureError::Overflow { at: pieces.largest().map_or(f64::NAN, |piece| middle(piece.panel)) }
}

/// Both rules on one panel, and how far to believe them.
fn measure(
    f: &mut impl FnMut(f64) -> Sample,
    panel: Panel,
    parent: Option<&Piece>,
) -> Result<Piece, QuadratureError> {
    let half = panel.high / 2.0 - panel.low / 2.0;
    let mut values = [0.0; POINTS];
    let (mut given, mut displaced, mut underflow) = (0.0, 0.0, 0.0);
    let mut before: Option<f64> = None;
    for (value, t) in values.iter_mut().zip(rule::points(panel.low, panel.high)) {
        let x = panel.map.at(t);
        let sample = f(x);
        if !sample.value.is_finite() {
            return Err(QuadratureError::NotFinite { at: x, value: sample.value });
        }
        *value = panel.map.weigh(sample.value, t);
        if sample.value != 0.0 {
            // f, f·dx/dt and what is made of them may each underflow.
            underflow += LEAST + panel.map.weigh(LEAST, t);
        }
        if sample.rounding > 0.0 {
            given += panel.map.weigh(sample.rounding, t);
        }
        // x itself is rounded: that displaces f by f′(x)·ε|x|, and ∫|f′| is the
        // variation of f.
        if let Some(before) = before.filter(|before| *before != sample.value) {
            displaced += (sample.value - before).abs() * panel.map.rounding(x).max(LEAST);
        }
        before = Some(sample.value);
    }
    let applied = rule::combine(&values, half);
    if underflow > 0.0 {
        underflow = LEAST + 2.0 * half * underflow / POINTS as f64;
    }
    let rounding = ROUNDING_UNITS * f64::EPSILON * applied.absolute
        + 2.0 * half * given / POINTS as f64
        + displaced
        + underflow;
    let difference = (applied.kronrod - applied.gauss).abs();
    if !(applied.kronrod.is_finite() && difference.is_finite() && rounding.is_finite()) {
        // Too large as a whole; its halves may not be.
        return Ok(Piece { panel, value: 0.0, difference: f64::MAX, error: f64::INFINITY, rounding: 0.0 });
    }
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
