//! Convex functions with piecewise linear slope, as generators of models: f, f*, f′ and f**
//! are rational and exact, and so are suprema over numbers and functions.

use super::interval::Interval;
use super::rational::Rational;
use super::value::{Reason, Value};
use crate::report::Evaluation;
use crate::term::Part;
use num_rational::BigRational;
use std::cmp::Ordering;

/// One piece of a convex function: on \[`from`, next `from`\] it is
/// `value + slope (u − from) + curvature (u − from)²`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) from: Rational,
    pub(super) value: Rational,
    pub(super) slope: Rational,
    /// ≥ 0
    pub(super) curvature: Rational,
}

impl Piece {
    fn at(&self, u: &Rational) -> Rational {
        let h = u.sub(&self.from);
        self.value.add(&h.mul(&self.slope.add(&h.mul(&self.curvature))))
    }

    fn slope_at(&self, u: &Rational) -> Rational {
        let twice = self.curvature.add(&self.curvature);
        self.slope.add(&u.sub(&self.from).mul(&twice))
    }
}

/// Convex on u ≥ 0, from its slope: pieces from 0 on, and how far f(0) lies above the
/// limit f(0⁺).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piecewise {
    /// Not empty; the first starts at 0.
    pub(super) pieces: Vec<Piece>,
    /// f(0) − f(0⁺) ≥ 0; nothing stands for ∞.
    pub(super) jump: Option<Rational>,
}

/// Knot, slope there, curvature after it.
pub(super) type Knot = (Rational, Rational, Rational);

impl Piecewise {
    /// From the value at 0⁺ and the knots, the first at 0; slopes grow.
    pub(super) fn new(start: &Rational, knots: &[Knot], jump: Option<Rational>) -> Self {
        let mut pieces: Vec<Piece> = Vec::with_capacity(knots.len());
        for (from, slope, curvature) in knots {
            let value = pieces.last().map_or_else(|| start.clone(), |last| last.at(from));
            pieces.push(Piece {
                from: from.clone(),
                value,
                slope: slope.clone(),
                curvature: curvature.clone(),
            });
        }
        Self { pieces, jump }
    }

    /// The same function shifted so that f(1) = 0.
    pub(super) fn normalised(mut self) -> Self {
        let at_one = self.piece(&Rational::ONE).at(&Rational::ONE);
        for piece in &mut self.pieces {
            piece.value = piece.value.sub(&at_one);
        }
        self
    }

    fn piece(&self, u: &Rational) -> &Piece {
        let after = self.pieces.partition_point(|piece| piece.from <= *u);
        &self.pieces[after.saturating_sub(1)]
    }

    fn last(&self) -> &Piece {
        &self.pieces[self.pieces.len() - 1]
    }

    /// f on u > 0, and the limit at 0.
    fn inner(&self, u: &Rational) -> Rational {
        self.piece(u).at(u)
    }

    fn value(&self, u: &Rational) -> Value {
        match u.sign() {
            Ordering::Less => Value::Infinite(true),
            Ordering::Equal => match &self.jump {
                None => Value::Infinite(true),
                Some(jump) => self.inner(u).add(jump).into(),
            },
            Ordering::Greater => self.inner(u).into(),
        }
    }

    fn at_infinity(&self) -> Value {
        let last = self.last();
        match (last.curvature.sign(), last.slope.sign()) {
            (Ordering::Greater, _) | (_, Ordering::Greater) => Value::Infinite(true),
            (_, Ordering::Less) => Value::Infinite(false),
            _ => last.value.clone().into(),
        }
    }

    fn derivative(&self, u: &Rational) -> Value {
        match u.sign() {
            Ordering::Less => Reason::OutsideDomain.into(),
            Ordering::Equal if self.jump.as_ref().is_none_or(|jump| !jump.is_zero()) => {
                Value::Infinite(false)
            }
            _ => self.piece(u).slope_at(u).into(),
        }
    }

    /// f′(∞), nothing for ∞.
    pub(super) fn slope_at_infinity(&self) -> Option<Rational> {
        let last = self.last();
        last.curvature.is_zero().then(|| last.slope.clone())
    }

    /// The u ≥ 0 that attains f*(t): the largest such, or nothing for an infinite one.
    fn maximiser(&self, t: &Rational) -> Option<Rational> {
        let mut best = Rational::ZERO;
        for (i, piece) in self.pieces.iter().enumerate() {
            if piece.slope > *t {
                return Some(best);
            }
            let end = self.pieces.get(i + 1).map(|next| &next.from);
            // Where slope + 2 curvature (u − from) = t, if that lies on the piece.
            let reach =
                t.sub(&piece.slope).div(&piece.curvature.add(&piece.curvature)).map(|h| piece.from.add(&h));
            best = match (reach, end) {
                (Some(reach), Some(end)) => reach.min(end.clone()),
                (Some(reach), None) => reach,
                (None, Some(end)) => end.clone(),
                (None, None) => return None,
            };
        }
        Some(best)
    }

    fn conjugate(&self, t: &Rational) -> Value {
        match self.maximiser(t) {
            Some(u) => t.mul(&u).sub(&self.inner(&u)).into(),
            // Only a last slope that t just equals is still finite.
            None if self.slope_at_infinity().as_ref() == Some(t) => {
                let last = self.last();
                t.mul(&last.from).sub(&last.value).into()
            }
            None => Value::Infinite(true),
        }
    }

    /// Kinks of f*: where its slope jumps or changes its law.
    pub(super) fn slopes(&self) -> Vec<Rational> {
        let mut slopes: Vec<Rational> = Vec::new();
        for (i, piece) in self.pieces.iter().enumerate() {
            slopes.push(piece.slope.clone());
            if let Some(next) = self.pieces.get(i + 1) {
                slopes.push(piece.slope_at(&next.from));
            }
        }
        slopes.sort();
        slopes.dedup();
        slopes
    }

    /// Is the function piecewise linear?
    pub(super) fn is_linear(&self) -> bool {
        self.pieces.iter().all(|piece| piece.curvature.is_zero())
    }

    /// Does the slope jump at u, or is there none to the left of it?
    pub(super) fn has_kink_at(&self, u: &Rational) -> bool {
        let left = self.pieces.iter().rev().find(|piece| piece.from < *u);
        left.is_none_or(|piece| piece.slope_at(u) != self.piece(u).slope_at(u))
    }

    /// A part of f at a value that is known.
    pub(super) fn part(&self, part: Part, x: &Value) -> Value {
        match x {
            Value::Infinite(positive) => self.at_an_end(part, *positive),
            _ => match x.as_rational() {
                Some(x) => self.at(part, x),
                None => self.near(part, x),
            },
        }
    }

    fn at(&self, part: Part, x: &Rational) -> Value {
        match part {
            Part::Value => self.value(x),
            Part::Derivative => self.derivative(x),
            Part::Conjugate => self.conjugate(x),
            Part::ConjugateDerivative => match self.maximiser(x) {
                Some(u) => u.into(),
                None if self.slope_at_infinity().as_ref() == Some(x) => Value::Infinite(true),
                None => Reason::OutsideDomain.into(),
            },
            Part::Biconjugate if x.sign() == Ordering::Less => Value::Infinite(true),
            Part::Biconjugate => self.inner(x).into(),
        }
    }

    fn at_an_end(&self, part: Part, positive: bool) -> Value {
        match (part, positive) {
            (Part::Value | Part::Biconjugate, true) => self.at_infinity(),
            (Part::Value | Part::Biconjugate, false) => Value::Infinite(true),
            (Part::Derivative, true) => self.slope_at_infinity().map_or(Value::Infinite(true), Value::from),
            (Part::Conjugate, true) => Value::Infinite(true),
            (Part::Conjugate, false) => self.inner(&Rational::ZERO).negative().into(),
            (Part::ConjugateDerivative, false) => Value::zero(),
            (Part::Derivative, false) | (Part::ConjugateDerivative, true) => Reason::OutsideDomain.into(),
        }
    }

    /// At a number that is known as an interval: by rationals at its ends.
    fn near(&self, part: Part, x: &Value) -> Value {
        let Some(interval) = x.interval() else { return Value::Unknown };
        let end = |x: f64| BigRational::from_float(x).map(|x| self.at(part, &Rational::from_big(x)));
        let (Some(low), Some(high)) = (end(interval.low), end(interval.high)) else { return Value::Unknown };
        match (low.interval(), high.interval()) {
            (Some(a), Some(b)) if [a.low, a.high, b.low, b.high].iter().all(|x| x.is_finite()) => {
                // Convex: the chord lies above, the tangents at both ends below.
                let width = interval.high - interval.low;
                let steep = self.steepest(part, &interval) * width;
                let mut hull = Interval::new(
                    a.low.min(b.low) - steep,
                    a.high.max(b.high) + steep,
                    interval.kind.max(Evaluation::Enclosed),
                );
                if steep.is_nan() {
                    hull.kind = Evaluation::Undecided;
                }
                Value::Near(hull)
            }
            _ => Value::Unknown,
        }
    }

    /// A bound for the slope of a part on an interval.
    fn steepest(&self, part: Part, x: &Interval) -> f64 {
        let size = x.low.abs().max(x.high.abs());
        let size_of = |rational: &Rational| rational.to_f64().abs();
        match part {
            Part::Value | Part::Biconjugate => self
                .pieces
                .iter()
                .map(|p| size_of(&p.slope) + 2.0 * size_of(&p.curvature) * (size + size_of(&p.from)))
                .fold(0.0, f64::max),
            Part::Conjugate => self
                .maximiser(&Rational::from(&BigRational::from_float(x.high).unwrap_or_default()))
                .map_or(f64::NAN, |u| u.to_f64()),
            // Monotone: the ends suffice.
            Part::Derivative | Part::ConjugateDerivative => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d)
    }

    #[test]
    fn a_parabola_is_conjugate_to_a_parabola() {
        // f = u² on u ≥ 0: f* = t²/4 for t ≥ 0, else 0.
        let f = Piecewise::new(
            &Rational::ZERO,
            &[(Rational::ZERO, Rational::ZERO, r(1, 1))],
            Some(Rational::ZERO),
        );
        assert_eq!(f.conjugate(&r(3, 1)), r(9, 4).into());
        assert_eq!(f.conjugate(&r(-3, 1)), Value::zero());
        assert_eq!(f.maximiser(&r(3, 1)), Some(r(3, 2)));
    }
}
