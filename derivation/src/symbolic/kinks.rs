//! Stationary points at kinks, and objectives that are concave because a generator's
//! formula stands in them.

use super::calculus::{self, Curve};
use super::facts::Facts;
use super::{arith, catalogue, definitions, normal, put, tree};
use crate::term::{End, Name, Over, Range, Term};
use num_traits::Signed;

/// Is the objective, over dom f, t·u − f(u) plus something affine, with f's declared
/// formula put in? A generator is convex, so the objective is concave.
pub(super) fn concave_by_declaration(facts: &Facts, body: &Term, over: &Over) -> bool {
    let Over::Number { name, range: Range::Domain(f) } = over else { return false };
    let u = Term::Parameter(name.clone());
    let Some(formula) = definitions::unfold_generator(facts, f, &u) else { return false };
    // On u > 0 they agree; at 0 the objective, if defined, is its limit.
    let Some(inside) = interior(facts, body, over) else { return false };
    let rest = normal::form(&inside, &arith::sum(vec![body.clone(), formula]));
    calculus::composed(&inside, &rest, name) == Some(Curve::Affine)
}

/// The facts in the interior of the range, if the objective's values at the ends, wherever
/// they are defined, are limits of those within: then a shape within is a shape on all.
pub(super) fn interior<'a>(facts: &Facts<'a>, body: &Term, over: &Over) -> Option<Facts<'a>> {
    let Over::Number { name, range } = over else { return None };
    let open = |end: &End| End { closed: false, ..end.clone() };
    let range = match range {
        Range::Domain(_) => catalogue::positive_numbers(),
        Range::Interval(low, high) => Range::Interval(open(low), open(high)),
        _ => return None,
    };
    let mut inside = facts.clone();
    inside.bind(&Over::Number { name: name.clone(), range });
    settles(&inside, body, name).then_some(inside)
}

/// Is what f's formula says at 0, if anything, its limit there?
pub(super) fn ends_as_limits(facts: &Facts, f: &Name) -> bool {
    let name = Name::from("u#0");
    let over = Over::Number { name: name.clone(), range: catalogue::positive_numbers() };
    let Some(formula) = definitions::unfold_generator(facts, f, &Term::Parameter(name.clone())) else {
        return false;
    };
    let mut inside = facts.clone();
    inside.bind(&over);
    settles(&inside, &formula, &name)
}

/// Is the term's value, wherever it is defined, the limit of its values nearby? What is
/// built of functions that are continuous into [−∞, ∞] wherever they are defined; a
/// quotient is if its divisor is never negative nearby.
fn settles(inside: &Facts, term: &Term, name: &Name) -> bool {
    if tree::independent_of_name(term, name) {
        return true;
    }
    let continuous = match term {
        Term::Parameter(_)
        | Term::Sum(_)
        | Term::Product(_)
        | Term::Negative(_)
        | Term::Log(_)
        | Term::Exp(_)
        | Term::Abs(_) => true,
        Term::Quotient(_, b) => tree::independent_of_name(b, name) || inside.nonnegative(b),
        Term::Power(_, n) => n.is_positive(),
        _ => false,
    };
    continuous && tree::children(term).into_iter().all(|t| settles(inside, t, name))
}

/// Does the slope of the objective change sign at the number, from `Concave`: + to −?
pub(super) fn turns(facts: &Facts, body: &Term, name: &Name, at: &Term, wanted: Curve) -> bool {
    let slope = |side: Side| {
        let smooth = sided(facts, body, name, at, side)?;
        let slope = put::number(&calculus::derivative(&smooth, name)?, name, at)?;
        let slope = normal::form(facts, &slope);
        facts.finite(&slope).then_some(slope)
    };
    let Some((before, after)) = slope(Side::Left).zip(slope(Side::Right)) else { return false };
    let (high, low) = if wanted == Curve::Concave { (before, after) } else { (after, before) };
    facts.nonnegative(&high) && facts.nonnegative(&normal::form(facts, &arith::negative(low)))
}

/// On which side of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// What the term is on one side of the number, near it, without absolute values.
fn sided(facts: &Facts, term: &Term, name: &Name, at: &Term, side: Side) -> Option<Term> {
    if tree::independent_of_name(term, name) {
        return Some(term.clone());
    }
    let inner: Option<Vec<Term>> =
        tree::children(term).into_iter().map(|t| sided(facts, t, name, at, side)).collect();
    let term = tree::with_children(term, inner?);
    let Term::Abs(a) = &term else { return Some(term) };
    let there = |t: &Term| put::number(t, name, at).map(|t| normal::form(facts, &t));
    let value = there(a)?;
    let slope = there(&calculus::derivative(a, name)?)?;
    let upwards = if value == arith::number(0) {
        let rises = facts.positive(&slope) && facts.finite(&slope);
        let falls = facts.negative(&slope) && facts.finite(&slope);
        if !rises && !falls {
            return None;
        }
        rises == (side == Side::Right)
    } else if facts.positive(&value) && facts.finite(&slope) {
        true
    } else if facts.negative(&value) && facts.finite(&slope) {
        false
    } else {
        return None;
    };
    Some(if upwards { (**a).clone() } else { arith::negative((**a).clone()) })
}
