//! Terms and assumptions as the author would write them, for reports.

use super::alpha::Names;
use crate::context::{Assumption, Comparison, Property};
use crate::term::{LawAt, Range, Term, Variable};

/// A term, with the author's names.
pub(super) fn term(names: &Names, term: &Term) -> String {
    crate::typeset::plain(&names.display(term))
}

/// A law at points, as in the text: `q(z | x)`.
pub(super) fn law(law: &LawAt) -> String {
    crate::typeset::plain(&Term::Density(law.clone()))
}

/// `p(x) << q(x)`; of a joint law and a law of some of its variables the conditional law
/// of these: `p(z | x) << q(z | x)`.
pub(super) fn dominated(p: &LawAt, q: &LawAt) -> String {
    let (of, rest): (Vec<Variable>, Vec<Variable>) = p.of.iter().cloned().partition(|v| q.of.contains(v));
    if of.is_empty() || rest.is_empty() {
        return format!("{} << {}", law(p), law(q));
    }
    let given = p.given.iter().cloned().chain(rest).collect();
    format!("{} << {}", law(&LawAt { of, given, ..p.clone() }), law(q))
}

/// An assumption, as in the text.
pub(super) fn assumption(assumption: &Assumption) -> String {
    let plain = crate::typeset::plain;
    match assumption {
        Assumption::AbsolutelyContinuous(p, q) => dominated(p, q),
        Assumption::Compares(a, how, b) => format!("{} {} {}", plain(a), comparison(*how), plain(b)),
        Assumption::Finite(a) => format!("{} is finite", plain(a)),
        Assumption::Subgradient { slope, generator, at } => {
            format!("{} in subdiff {generator}({})", plain(slope), plain(at))
        }
        Assumption::In(a, range) => format!("{} in {}", plain(a), self::range(range)),
        Assumption::Has(name, Property::ConstantSupport) => format!("{name} has constant support"),
        Assumption::Has(name, property) => format!("{name} is {}", self::property(*property)),
    }
}

fn comparison(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "=",
        Comparison::AtMost => "<=",
        Comparison::AtLeast => ">=",
        Comparison::Less => "<",
        Comparison::Greater => ">",
        Comparison::Different => "!=",
    }
}

fn property(property: Property) -> &'static str {
    match property {
        Property::Closed => "closed",
        Property::Convex | Property::ConvexFunction => "convex",
        Property::StrictlyConvex => "strictly convex",
        Property::Differentiable => "differentiable",
        Property::Normalised => "normalised",
        Property::Bounded => "bounded",
        Property::Integrable => "integrable",
        Property::Regular => "regular",
        Property::ConstantSupport => "constant support",
    }
}

/// A range, as in the text.
pub(super) fn range(range: &Range) -> String {
    let plain = crate::typeset::plain;
    match range {
        Range::Real => "R".into(),
        Range::Domain(f) => format!("dom {f}"),
        Range::ConjugateDomain(f) => format!("dom {f}*"),
        Range::Class(c) => c.to_string(),
        Range::Interval(low, high) => format!(
            "{}{}, {}{}",
            if low.closed { '[' } else { '(' },
            plain(&low.at),
            plain(&high.at),
            if high.closed { ']' } else { ')' }
        ),
    }
}
