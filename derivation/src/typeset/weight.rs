//! How large a term is set, and so which brackets fit around it.

use crate::term::{End, Term};

/// From small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// A line's height and no brackets of its own but those of an application.
    Light,
    /// Brackets within: the next ones are a size larger.
    Bracketed,
    /// Fractions, integrals, limits.
    Tall,
}

/// How large is the term set?
pub(super) fn weight(term: &Term) -> Weight {
    let below = |terms: &mut dyn Iterator<Item = &Term>| terms.map(weight).max().unwrap_or(Weight::Light);
    match term {
        Term::Number(_) | Term::Infinity | Term::Parameter(_) | Term::Point(_) | Term::Density(_) => {
            Weight::Light
        }
        Term::Quotient(..) | Term::Integral { .. } | Term::Extremum { .. } | Term::Gradient { .. } => {
            Weight::Tall
        }
        Term::Sum(terms) | Term::Product(terms) => below(&mut terms.iter()),
        Term::Larger(terms) | Term::Smaller(terms) => below(&mut terms.iter()).max(Weight::Bracketed),
        Term::Negative(body) | Term::Log(body) | Term::Power(body, _) | Term::Abs(body) => weight(body),
        // In an exponent nothing is tall.
        Term::Exp(body) => {
            if weight(body) == Weight::Tall {
                Weight::Tall
            } else {
                Weight::Light
            }
        }
        Term::Function { arguments, .. } => {
            let plain =
                |argument: &Term| matches!(argument, Term::Point(_) | Term::Parameter(_) | Term::Number(_));
            let inner = below(&mut arguments.iter());
            if arguments.iter().all(plain) { inner } else { inner.max(Weight::Bracketed) }
        }
        Term::Generator { argument, .. } => match weight(argument) {
            Weight::Light if matches!(**argument, Term::Parameter(_) | Term::Number(_)) => Weight::Light,
            inner => inner.max(Weight::Bracketed),
        },
        Term::Expectation { body, .. } => weight(body).max(Weight::Bracketed),
        Term::Distance { .. } | Term::Entropy(_) => Weight::Bracketed,
    }
}

/// The content between brackets that fit it.
pub(super) fn within(left: &str, content: &str, right: &str, weight: Weight) -> String {
    match weight {
        Weight::Light => format!("{left}{content}{right}"),
        Weight::Bracketed => format!("\\bigl{left}{content}\\bigr{right}"),
        Weight::Tall => format!("\\left{left}{content}\\right{right}"),
    }
}

/// An interval: a square bracket at an end that belongs to it, a round one at another.
pub(super) fn interval(low: &End, high: &End, end: impl Fn(&Term) -> String) -> String {
    let (left, right) = (if low.closed { "[" } else { "(" }, if high.closed { "]" } else { ")" });
    format!("{left}{}, {}{right}", end(&low.at), end(&high.at))
}
