//! The functions that a generator f may be in a model.
//!
//! A generic f is a random convex function with piecewise linear slope: f, f*, f′,
//! f** are then rational and exact, and so are suprema over numbers and functions.
//! Rows of the catalogue are evaluated in f64 by `vdm`.

use super::rational::Rational;
use super::value::{Reason, Value};
use crate::term::Part;
use std::cmp::Ordering;
use std::sync::Arc;
use vdm::Divergence;

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
}

/// A generator of a model.
#[derive(Clone, Debug)]
pub(super) enum Generator {
    /// Exact.
    Piecewise(Piecewise),
    /// A row of the catalogue, in f64.
    Catalogue(Arc<dyn Divergence>),
    /// Given by a formula of the text, which the evaluator evaluates.
    Formula,
}

/// Relative and absolute error of a catalogue member: the laws of `vdm` hold it to
/// better than this over the arguments that models use.
const CATALOGUE_ERROR: f64 = 1e-10;

impl Generator {
    /// A part of f at a value. Formulas are not evaluated here.
    pub(super) fn part(&self, part: Part, x: &Value) -> Value {
        if matches!(x, Value::Undefined(_) | Value::Unknown) {
            return x.clone();
        }
        match self {
            Generator::Piecewise(f) => match x {
                Value::Infinite(positive) => piecewise_at_infinity(f, part, *positive),
                _ => match x.as_rational() {
                    Some(x) => piecewise_part(f, part, x),
                    None => piecewise_near(f, part, x),
                },
            },
            Generator::Catalogue(f) => catalogue_part(f.as_ref(), part, x),
            Generator::Formula => Value::Unknown,
        }
    }

    /// f′ and its kin as derivatives: undefined at kinks.
    pub(super) fn derivative_of(&self, part: Part, x: &Value) -> Value {
        let next = match part {
            Part::Value | Part::Biconjugate => Part::Derivative,
            Part::Conjugate => Part::ConjugateDerivative,
            Part::Derivative | Part::ConjugateDerivative => return Value::Unknown,
        };
        if let (Generator::Piecewise(f), Some(x)) = (self, x.as_rational()) {
            let kink = match next {
                Part::Derivative => {
                    let left = f.pieces.iter().rev().find(|piece| piece.from < *x);
                    left.is_none_or(|piece| piece.slope_at(x) != f.piece(x).slope_at(x))
                }
                _ => f.slopes().contains(x),
            };
            if kink {
                return Reason::NoDerivative.into();
            }
        }
        self.part(next, x)
    }

    /// f′(∞)
    pub(super) fn slope_at_infinity(&self) -> Value {
        match self {
            Generator::Piecewise(f) => f.slope_at_infinity().map_or(Value::Infinite(true), Value::from),
            Generator::Catalogue(f) => Value::numeric(f.slope_at_infinity(), CATALOGUE_ERROR),
            Generator::Formula => Value::Unknown,
        }
    }

    /// Does dom f* hold t? Nothing where that is not certain.
    pub(super) fn in_conjugate_domain(&self, t: &Value) -> Option<bool> {
        match self.part(Part::Conjugate, t) {
            Value::Infinite(_) | Value::Undefined(_) => Some(false),
            Value::Unknown => None,
            _ => Some(true),
        }
    }
}

fn piecewise_part(f: &Piecewise, part: Part, x: &Rational) -> Value {
    match part {
        Part::Value => f.value(x),
        Part::Derivative => f.derivative(x),
        Part::Conjugate => f.conjugate(x),
        Part::ConjugateDerivative => match f.maximiser(x) {
            Some(u) => u.into(),
            None if f.slope_at_infinity().as_ref() == Some(x) => Value::Infinite(true),
            None => Reason::OutsideDomain.into(),
        },
        Part::Biconjugate if x.sign() == Ordering::Less => Value::Infinite(true),
        Part::Biconjugate => f.inner(x).into(),
    }
}

fn piecewise_at_infinity(f: &Piecewise, part: Part, positive: bool) -> Value {
    match (part, positive) {
        (Part::Value | Part::Biconjugate, true) => f.at_infinity(),
        (Part::Value | Part::Biconjugate, false) => Value::Infinite(true),
        (Part::Derivative, true) => f.slope_at_infinity().map_or(Value::Infinite(true), Value::from),
        (Part::Conjugate, true) => Value::Infinite(true),
        (Part::Conjugate, false) => f.inner(&Rational::ZERO).negative().into(),
        (Part::ConjugateDerivative, false) => Value::zero(),
        (Part::Derivative, false) | (Part::ConjugateDerivative, true) => Reason::OutsideDomain.into(),
    }
}

/// At a number that is known as an interval: by rationals at its ends.
fn piecewise_near(f: &Piecewise, part: Part, x: &Value) -> Value {
    let Some(interval) = x.interval() else { return Value::Unknown };
    let end = |x: f64| {
        num_rational::BigRational::from_float(x).map(|x| piecewise_part(f, part, &Rational::from_big(x)))
    };
    let (Some(low), Some(high)) = (end(interval.low), end(interval.high)) else { return Value::Unknown };
    match (low.interval(), high.interval()) {
        (Some(a), Some(b)) if [a.low, a.high, b.low, b.high].iter().all(|x| x.is_finite()) => {
            // Convex: the chord lies above, the tangents at both ends below.
            let width = interval.high - interval.low;
            let steep = part_slope(f, part, &interval) * width;
            let mut hull = super::interval::Interval::new(
                a.low.min(b.low) - steep,
                a.high.max(b.high) + steep,
                interval.kind.max(crate::report::Evaluation::Enclosed),
            );
            if steep.is_nan() {
                hull.kind = crate::report::Evaluation::Undecided;
            }
            Value::Near(hull)
        }
        _ => Value::Unknown,
    }
}

/// A bound for the slope of a part on an interval.
fn part_slope(f: &Piecewise, part: Part, x: &super::interval::Interval) -> f64 {
    let size = x.low.abs().max(x.high.abs());
    let steepest = |rational: &Rational| rational.to_f64().abs();
    match part {
        Part::Value | Part::Biconjugate => f
            .pieces
            .iter()
            .map(|p| steepest(&p.slope) + 2.0 * steepest(&p.curvature) * (size + steepest(&p.from)))
            .fold(0.0, f64::max),
        Part::Conjugate => f
            .maximiser(&Rational::from(&num_rational::BigRational::from_float(x.high).unwrap_or_default()))
            .map_or(f64::NAN, |u| u.to_f64()),
        // Monotone: the ends suffice.
        Part::Derivative | Part::ConjugateDerivative => 0.0,
    }
}

fn catalogue_part(f: &dyn Divergence, part: Part, x: &Value) -> Value {
    let Some(interval) = x.interval() else { return Value::Unknown };
    let at = |x: f64| match part {
        Part::Value => f.generator(x),
        Part::Biconjugate if x < 0.0 => f64::INFINITY,
        Part::Biconjugate => f.generator(x),
        // The right derivative.
        Part::Derivative if x < 0.0 => f64::NAN,
        Part::Derivative if x == f64::INFINITY => f.slope_at_infinity(),
        Part::Derivative if x == 0.0 => f.slope_at_zero(),
        Part::Derivative => f.subdifferential(x).high(),
        Part::Conjugate if x == f64::NEG_INFINITY => -f.at_zero(),
        Part::Conjugate => f.conjugate(x),
        Part::ConjugateDerivative => f.conjugate_subdifferential(x).high(),
    };
    if let Some(exact) = x.as_rational() {
        let outside = match part {
            Part::Derivative => exact.sign() == Ordering::Less,
            Part::ConjugateDerivative => !f.conjugate_domain().contains(exact.to_f64()),
            _ => false,
        };
        if outside {
            return Reason::OutsideDomain.into();
        }
        return Value::numeric(at(exact.to_f64()), CATALOGUE_ERROR);
    }
    if interval.low == interval.high {
        return Value::numeric(at(interval.low), CATALOGUE_ERROR);
    }
    let (low, high, middle) = (at(interval.low), at(interval.high), at(interval.middle()));
    if !(low.is_finite() && high.is_finite() && middle.is_finite()) {
        return Value::Unknown;
    }
    let (least, most) = (low.min(high).min(middle), low.max(high).max(middle));
    // Over so short an interval a smooth convex function leaves the hull of three of
    // its values by no more than the hull is wide.
    let slack = CATALOGUE_ERROR * (1.0 + most.abs().max(least.abs())) + (most - least);
    let kind = interval.kind.max(crate::report::Evaluation::Numeric);
    Value::Near(super::interval::Interval::new(least - slack, most + slack, kind))
}

/// The catalogue's row of a name that the parser accepted.
pub(super) fn from_catalogue(name: &str) -> Option<Generator> {
    vdm::catalogue::find(name).ok().map(Generator::Catalogue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i64, d: i64) -> Rational {
        Rational::new(n, d)
    }

    /// ½|u − 1|
    fn total_variation() -> Piecewise {
        let zero = Rational::ZERO;
        let knots = [(zero.clone(), r(-1, 2), zero.clone()), (r(1, 1), r(1, 2), zero.clone())];
        Piecewise::new(&r(1, 2), &knots, Some(zero))
    }

    #[test]
    fn exact_parts_agree_with_the_catalogue() {
        let exact = Generator::Piecewise(total_variation());
        let float = Generator::Catalogue(Arc::new(vdm::catalogue::TotalVariation));
        let parts = [Part::Value, Part::Derivative, Part::Conjugate, Part::Biconjugate];
        for part in parts {
            for n in -12..=12 {
                let x = Value::from(r(n, 8));
                let (a, b) = (exact.part(part, &x), float.part(part, &x));
                match (&a, &b) {
                    (Value::Undefined(_), Value::Undefined(_)) => {}
                    _ => assert!(
                        (a.to_f64() - b.to_f64()).abs() < 1e-9 || a.to_f64() == b.to_f64(),
                        "{part:?} at {n}/8: {a} {b}"
                    ),
                }
            }
        }
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

    #[test]
    fn a_jump_at_zero_separates_f_from_its_biconjugate() {
        let f = Generator::Piecewise(Piecewise { jump: Some(r(1, 1)), ..total_variation() });
        assert_eq!(f.part(Part::Value, &Value::zero()), r(3, 2).into());
        assert_eq!(f.part(Part::Biconjugate, &Value::zero()), r(1, 2).into());
    }
}
