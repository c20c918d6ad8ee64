//! Random parts of models: masses, values, numbers, generators.

use super::generator::Generator;
use super::model::Smooth;
use super::piecewise::{Knot, Piecewise};
use super::rational::Rational;
use super::room::Room;
use super::value::Value;
use crate::context::Property;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;
use vdm::Divergence;

/// How elaborate the numbers of a model are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Uniform masses, values 0 and 1: what is easiest to read.
    Plain,
    /// Small integers.
    Small,
    /// Masses near 0 and 1.
    Edge,
    /// Anything.
    Rich,
}

/// One of a list, which is not empty.
pub(super) fn pick<'a, T>(rng: &mut ChaCha8Rng, from: &'a [T]) -> &'a T {
    &from[rng.random_range(0..from.len())]
}

/// Masses on a support, which sum to 1.
pub(super) fn masses(rng: &mut ChaCha8Rng, support: &[bool], style: Style) -> Vec<Rational> {
    let weights: Vec<i64> = support
        .iter()
        .map(|inside| match (inside, style) {
            (false, _) => 0,
            (true, Style::Plain) => 1,
            (true, Style::Small) => rng.random_range(1..=3),
            (true, Style::Edge) => *pick(rng, &[1, 999]),
            (true, Style::Rich) => rng.random_range(1..=9),
        })
        .collect();
    let total: i64 = weights.iter().sum();
    weights.iter().map(|weight| Rational::new(*weight, total.max(1))).collect()
}

/// Numbers that sum to 0, not 0 only where the mass is positive.
pub(super) fn slopes(rng: &mut ChaCha8Rng, mass: &[Rational]) -> Vec<Rational> {
    let mut slopes = vec![Rational::ZERO; mass.len()];
    let inside: Vec<usize> = (0..mass.len()).filter(|i| !mass[*i].is_zero()).collect();
    for pair in inside.windows(2) {
        let step = Rational::new(rng.random_range(-4..=4), 2);
        slopes[pair[0]] = slopes[pair[0]].add(&step);
        slopes[pair[1]] = slopes[pair[1]].sub(&step);
    }
    slopes
}

/// A number in an interval, its ends included now and then.
pub(super) fn number(rng: &mut ChaCha8Rng, room: &Room, style: Style) -> Rational {
    let step = match style {
        Style::Plain => Rational::integer(rng.random_range(0..=2)),
        Style::Small => Rational::new(rng.random_range(0..=6), 2),
        Style::Edge => Rational::new(rng.random_range(1..=3), 1000),
        Style::Rich => Rational::new(rng.random_range(0..=40), rng.random_range(1..=9)),
    };
    let open_end = |closed: bool, step: Rational| {
        if !closed && step.is_zero() { Rational::new(1, 2) } else { step }
    };
    match (&room.low, &room.high) {
        (Some((low, low_closed)), Some((high, high_closed))) => {
            let parts = 8;
            let first = i64::from(!low_closed);
            let last = parts - i64::from(!high_closed);
            let share = Rational::new(rng.random_range(first..=last), parts);
            low.add(&high.sub(low).mul(&share))
        }
        (Some((low, closed)), None) => low.add(&open_end(*closed, step)),
        (None, Some((high, closed))) => high.sub(&open_end(*closed, step)),
        (None, None) if rng.random_range(0..2) == 0 => step.negative(),
        (None, None) => step,
    }
}

/// A value of a function: a rational, or the logarithm of one.
pub(super) fn value(rng: &mut ChaCha8Rng, room: &Room, style: Style, logs: bool) -> Value {
    if !logs || room.low.is_some() || room.high.is_some() {
        return number(rng, room, style).into();
    }
    let ratios: &[(i64, i64)] = match style {
        Style::Plain => &[(1, 1), (2, 1)],
        _ => &[(1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (3, 2), (5, 1), (1, 7)],
    };
    let (n, d) = *pick(rng, ratios);
    Value::from(Rational::new(n, d)).log()
}

/// A function of numbers.
pub(super) fn smooth(rng: &mut ChaCha8Rng, arguments: usize, properties: &[Property], room: &Room) -> Smooth {
    if room.low.is_some() || room.high.is_some() {
        return Smooth { constant: Some(number(rng, room, Style::Small)), ..Smooth::default() };
    }
    let convex = properties.contains(&Property::Convex) || properties.contains(&Property::ConvexFunction);
    let differentiable = [Property::Differentiable, Property::Regular].iter().any(|p| properties.contains(p));
    let kinked = !differentiable && rng.random_range(0..2) == 0;
    let mut half = |least: i64| Rational::new(rng.random_range(least..=4), 2);
    let least = if convex { 0 } else { -4 };
    let mut quadratic: Vec<(usize, usize, Rational)> = (0..arguments).map(|i| (i, i, half(least))).collect();
    if !convex && arguments > 1 {
        quadratic.push((0, 1, half(-4)));
    }
    let kinks = if kinked && arguments == 1 { vec![(half(least), 0, half(-4))] } else { Vec::new() };
    Smooth { constant: Some(half(-4)), linear: (0..arguments).map(|_| half(-4)).collect(), quadratic, kinks }
}

/// Exact generators that are easy to read: ½|u − 1|, max(0, u − 1), (u − 1)², …
pub(super) fn plain_generators(properties: &[Property]) -> Vec<Piecewise> {
    let r = Rational::new;
    let zero = Rational::ZERO;
    let flat = |knots: &[(Rational, Rational)]| -> Vec<Knot> {
        knots.iter().map(|(from, slope)| (from.clone(), slope.clone(), Rational::ZERO)).collect()
    };
    let no_jump = Some(Rational::ZERO);
    let all = [
        Piecewise::new(&zero, &flat(&[(r(0, 1), r(0, 1)), (r(1, 1), r(1, 1))]), no_jump.clone()),
        Piecewise::new(&r(1, 2), &flat(&[(r(0, 1), r(-1, 2)), (r(1, 1), r(1, 2))]), no_jump.clone()),
        Piecewise::new(&r(1, 1), &[(r(0, 1), r(-2, 1), r(1, 1))], no_jump.clone()),
        Piecewise::new(&r(1, 1), &flat(&[(r(0, 1), r(-1, 1))]), no_jump.clone()),
        Piecewise::new(&zero, &flat(&[(r(0, 1), r(0, 1)), (r(2, 1), r(1, 1))]), no_jump),
    ];
    let mut fit: Vec<Piecewise> =
        all.into_iter().filter(|f| has(&Generator::Piecewise(f.clone()), properties)).collect();
    if !properties.contains(&Property::Closed) {
        let jumps = fit.iter().map(|f| Piecewise { jump: Some(Rational::ONE), ..f.clone() });
        let jumps: Vec<_> = jumps.collect();
        fit.extend(jumps);
    }
    fit
}

/// Does a generator have the properties assumed?
pub(super) fn has(f: &Generator, properties: &[Property]) -> bool {
    properties.iter().all(|property| match (property, f) {
        (Property::Closed, Generator::Piecewise(f)) => f.jump.as_ref().is_some_and(Rational::is_zero),
        (Property::StrictlyConvex, Generator::Piecewise(f)) => {
            f.pieces.iter().all(|piece| !piece.curvature.is_zero())
        }
        (Property::Differentiable, Generator::Piecewise(f)) => f.pieces.windows(2).all(|pair| {
            let h = pair[1].from.sub(&pair[0].from);
            let grown = pair[0].slope.add(&h.mul(&pair[0].curvature.add(&pair[0].curvature)));
            grown == pair[1].slope
        }),
        (Property::Normalised, Generator::Piecewise(f)) => {
            Generator::Piecewise(f.clone()).part(crate::term::Part::Value, &Value::one()).is_zero()
        }
        (Property::StrictlyConvex | Property::Differentiable, Generator::Catalogue(f)) => {
            !["total_variation", "log1p_abs"].iter().any(|kinked| f.name().contains(kinked))
                && f.subdifferential(1.0).is_point()
        }
        (Property::Normalised, Generator::Catalogue(f)) => f.at_one().abs() < 1e-13,
        _ => true,
    })
}

/// The rows of the catalogue with the properties assumed.
pub(super) fn catalogue(properties: &[Property]) -> Vec<Arc<dyn Divergence>> {
    vdm::catalogue::all().into_iter().filter(|f| has(&Generator::Catalogue(f.clone()), properties)).collect()
}

/// A random exact generator with the properties assumed.
pub(super) fn generator(rng: &mut ChaCha8Rng, properties: &[Property]) -> Piecewise {
    let strict = properties.contains(&Property::StrictlyConvex);
    let smooth = properties.contains(&Property::Differentiable) || strict;
    let bent = smooth || rng.random_range(0..4) == 0;
    let mut from = Rational::ZERO;
    let mut slope = Rational::new(rng.random_range(-6..=2), 2);
    let mut knots: Vec<Knot> = Vec::new();
    for _ in 0..rng.random_range(1..=3) {
        let curvature = Rational::new(if bent { rng.random_range(i64::from(strict)..=2) } else { 0 }, 2);
        knots.push((from.clone(), slope.clone(), curvature.clone()));
        let step = Rational::new(rng.random_range(1..=4), 2);
        slope = slope.add(&step.mul(&curvature.add(&curvature)));
        if !smooth {
            slope = slope.add(&Rational::new(rng.random_range(1..=4), 2));
        }
        from = from.add(&step);
    }
    let jump = match rng.random_range(0..6) {
        _ if properties.contains(&Property::Closed) => Some(Rational::ZERO),
        0 => None,
        1 => Some(Rational::new(1, 2)),
        _ => Some(Rational::ZERO),
    };
    let f = Piecewise::new(&Rational::new(rng.random_range(-2..=4), 2), &knots, jump);
    if properties.contains(&Property::Normalised) { f.normalised() } else { f }
}
