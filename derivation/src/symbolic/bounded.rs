//! Between which numbers do a term's values lie?

use super::facts::Facts;
use super::tree;
use super::{arith, normal};
use crate::context::Property;
use crate::term::{Part, Range, Term, Variable};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

impl Facts<'_> {
    /// Is the value between two real numbers that do not depend on these points?
    pub(super) fn bounded(&self, term: &Term, over: &[Variable]) -> bool {
        if tree::independent(term, over) {
            return self.finite(term);
        }
        if self.finite_spaces(over) && self.finite(term) {
            return true;
        }
        match term {
            Term::Sum(terms) | Term::Product(terms) | Term::Larger(terms) | Term::Smaller(terms) => {
                terms.iter().all(|t| self.bounded(t, over))
            }
            Term::Negative(a) | Term::Exp(a) | Term::Abs(a) => self.bounded(a, over),
            Term::Power(a, n) => n.is_positive() && self.defined(term) && self.bounded(a, over),
            Term::Function { name, .. } => {
                self.suprema.contains(name)
                    || self.has(name, Property::Bounded)
                    || matches!(self.range_of(term), Some(Range::Interval(low, high)) if self.finite(&low.at) && self.finite(&high.at))
            }
            // Bounded, and from below by a positive number.
            Term::Log(a) => self.bounded(a, over) && self.away_from_zero(a, over),
            Term::Quotient(a, b) => {
                self.bounded(a, over) && self.bounded(b, over) && self.away_from_zero(b, over)
                    // Between 0 and 1, as p/(p + q).
                    || self.positive(b) && self.nonnegative(a) && {
                        let gap = arith::sum(vec![(**b).clone(), arith::negative((**a).clone())]);
                        self.nonnegative(&normal::form(self, &gap))
                    }
            }
            Term::Generator { part: Part::Conjugate, argument, .. } => self.bounded_conjugate(argument),
            Term::Generator { part: Part::Derivative, .. } => self.declared_bounded(term),
            Term::Expectation { body, law } => {
                let mut all = over.to_vec();
                all.extend(law.of.iter().cloned());
                self.bounded(body, &all)
            }
            _ => false,
        }
    }
}

/// The least and the greatest rational number that the ranges of functions give a term,
/// by the arithmetic of intervals.
struct Enclosed {
    low: Option<BigRational>,
    high: Option<BigRational>,
}

impl Facts<'_> {
    /// Is there a positive number below all values of the bounded term?
    fn away_from_zero(&self, term: &Term, over: &[Variable]) -> bool {
        if tree::independent(term, over) {
            return self.positive(term);
        }
        match term {
            Term::Exp(a) => self.bounded(a, over),
            Term::Product(list) => list.iter().all(|t| self.away_from_zero(t, over)),
            Term::Quotient(a, b) => self.away_from_zero(a, over) && self.bounded(b, over) && self.positive(b),
            Term::Sum(list) if list.iter().all(|t| self.nonnegative(t)) => {
                list.iter().any(|t| self.away_from_zero(t, over))
            }
            _ => self.enclosed(term).low.is_some_and(|low| low.is_positive()),
        }
    }

    fn enclosed(&self, term: &Term) -> Enclosed {
        let nothing = Enclosed { low: None, high: None };
        let number = |t: &Term| match normal::form(self, t) {
            Term::Number(n) => Some(n),
            _ => None,
        };
        match term {
            Term::Number(n) => Enclosed { low: Some(n.clone()), high: Some(n.clone()) },
            Term::Negative(a) => {
                let a = self.enclosed(a);
                Enclosed { low: a.high.map(|n| -n), high: a.low.map(|n| -n) }
            }
            Term::Sum(list) => {
                let all: Vec<Enclosed> = list.iter().map(|t| self.enclosed(t)).collect();
                Enclosed {
                    low: all.iter().map(|e| e.low.clone()).sum(),
                    high: all.iter().map(|e| e.high.clone()).sum(),
                }
            }
            Term::Product(_) => {
                let (c, rest) = arith::coefficient(term);
                if c.is_one() || c.is_zero() {
                    return nothing;
                }
                let inner = self.enclosed(&rest);
                let scaled = |n: Option<BigRational>| n.map(|n| n * &c);
                if c.is_positive() {
                    Enclosed { low: scaled(inner.low), high: scaled(inner.high) }
                } else {
                    Enclosed { low: scaled(inner.high), high: scaled(inner.low) }
                }
            }
            Term::Function { .. } => match self.range_of(term) {
                Some(Range::Interval(low, high)) => Enclosed { low: number(&low.at), high: number(&high.at) },
                _ => super::definitions::unfold_function(self, term)
                    .map_or(nothing, |formula| self.enclosed(&formula)),
            },
            _ => nothing,
        }
    }
}
