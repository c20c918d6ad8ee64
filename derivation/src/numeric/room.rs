//! In which interval must a value lie, by its range or by what is assumed of it?

use super::generator::Generator;
use super::program::{Bounds, Claim, Node, Program};
use super::rational::Rational;
use crate::context::Comparison;

/// An interval in which a value must lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    /// End, and whether it belongs to the interval.
    pub(super) low: Option<(Rational, bool)>,
    pub(super) high: Option<(Rational, bool)>,
}

impl Room {
    pub(super) fn at_least(&mut self, end: Rational, closed: bool) {
        if self.low.as_ref().is_none_or(|(low, _)| end >= *low) {
            self.low = Some((end, closed));
        }
    }

    pub(super) fn at_most(&mut self, end: Rational, closed: bool) {
        if self.high.as_ref().is_none_or(|(high, _)| end <= *high) {
            self.high = Some((end, closed));
        }
    }

    /// Does the value lie in it?
    pub(super) fn holds(&self, value: &Rational) -> bool {
        let above = |(low, closed): &(Rational, bool)| value > low || *closed && value == low;
        let below = |(high, closed): &(Rational, bool)| value < high || *closed && value == high;
        self.low.as_ref().is_none_or(above) && self.high.as_ref().is_none_or(below)
    }
}

/// The room that a range leaves to values.
pub(super) fn of_bounds(bounds: &Bounds, generators: &[Generator]) -> Room {
    let mut room = Room::default();
    match bounds {
        Bounds::Real | Bounds::Class(_) => {}
        Bounds::Interval { low, low_closed, high, high_closed } => {
            if let Some(low) = constant(low) {
                room.at_least(low, *low_closed);
            }
            if let Some(high) = constant(high) {
                room.at_most(high, *high_closed);
            }
        }
        Bounds::Domain(_) => room.at_least(Rational::ZERO, false),
        Bounds::ConjugateDomain(generator) => match &generators[*generator] {
            Generator::Piecewise(f) => {
                if let Some(end) = f.slope_at_infinity() {
                    room.at_most(end, true);
                }
            }
            Generator::Catalogue(f) => {
                let domain = f.conjugate_domain();
                if let Some(end) = Rational::near(domain.high().floor(), 1) {
                    room.at_most(end, false);
                }
            }
            Generator::Formula => room.at_most(Rational::ZERO, false),
        },
    }
    room
}

/// The rational that a term without variables is.
pub(super) fn constant(node: &Node) -> Option<Rational> {
    match node {
        Node::Number(r) => Some(r.clone()),
        Node::Negative(a) => Some(constant(a)?.negative()),
        Node::Quotient(a, b) => constant(a)?.div(&constant(b)?),
        _ => None,
    }
}

/// Where the assumptions leave room for a number.
pub(super) fn of_parameter(program: &Program, parameter: usize) -> Room {
    let mut room = Room::default();
    let is = |node: &Node| matches!(node, Node::Parameter(slot) if *slot == parameter);
    for assumed in &program.assumptions {
        match &assumed.what {
            Claim::Compares(a, comparison, b) => {
                let (flipped, end) = match (is(a), is(b)) {
                    (true, false) => (false, constant(b)),
                    (false, true) => (true, constant(a)),
                    _ => continue,
                };
                let Some(end) = end else { continue };
                match (comparison, flipped) {
                    (Comparison::Less, false) | (Comparison::Greater, true) => room.at_most(end, false),
                    (Comparison::AtMost, false) | (Comparison::AtLeast, true) => room.at_most(end, true),
                    (Comparison::Greater, false) | (Comparison::Less, true) => room.at_least(end, false),
                    (Comparison::AtLeast, false) | (Comparison::AtMost, true) => room.at_least(end, true),
                    (Comparison::Equal | Comparison::Different, _) => {}
                }
            }
            Claim::In(a, Bounds::Interval { low, low_closed, high, high_closed }) if is(a) => {
                if let Some(low) = constant(low) {
                    room.at_least(low, *low_closed);
                }
                if let Some(high) = constant(high) {
                    room.at_most(high, *high_closed);
                }
            }
            Claim::In(a, Bounds::Domain(_)) if is(a) => room.at_least(Rational::ZERO, true),
            _ => {}
        }
    }
    room
}
