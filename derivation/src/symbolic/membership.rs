//! Where the values of a term lie: in a range that was said, in dom f, in dom f*.

use super::facts::Facts;
use super::{arith, normal, rename, show, tree};
use crate::context::{Assumption, Property};
use crate::term::{Name, Range, Term};

impl Facts<'_> {
    /// Where the values of a number or a function lie, if that was said.
    pub(super) fn range_of(&self, term: &Term) -> Option<Range> {
        let (Term::Parameter(name) | Term::Function { name, .. }) = term else { return None };
        if let Some((_, range)) = self.ranges.iter().rev().find(|(n, _)| n == name) {
            return Some(range.clone());
        }
        let assumed = self.context.assumptions.iter().find_map(|a| match a {
            Assumption::In(t, range) if t == term => Some(range.clone()),
            _ => None,
        });
        assumed
            .or_else(|| self.context.functions.iter().find(|f| f.name == *name).map(|f| f.range.clone()))
            .map(|r| self.class_range(r))
    }

    fn class_range(&self, range: Range) -> Range {
        match &range {
            Range::Class(class) => self
                .context
                .classes
                .iter()
                .find(|(n, _)| n == class)
                .map_or(range.clone(), |(_, r)| r.clone()),
            _ => range,
        }
    }

    /// Does the text assume that the term lies in this very range?
    fn assumed_in(&self, term: &Term, range: &Range) -> bool {
        let shape = |t: &Term| normal::form(self, &self.names.canonical(t));
        self.context.assumptions.iter().any(|a| {
            matches!(a, Assumption::In(t, within) if within == range && shape(t) == shape(term))
                && self.note(show::assumption(a))
        })
    }

    /// Does the term lie in the range?
    pub(super) fn lies_in(&self, term: &Term, range: &Range) -> bool {
        self.assumed_in(term, range) || self.lies_within(term, range)
    }

    fn lies_within(&self, term: &Term, range: &Range) -> bool {
        match range {
            Range::Real => self.finite(term),
            Range::Interval(low, high) => {
                self.finite(term)
                    && [(term, &*low.at, low.closed), (&*high.at, term, high.closed)].into_iter().all(
                        |(big, small, closed)| {
                            if *big == Term::Infinity
                                || matches!(small, Term::Negative(t) if **t == Term::Infinity)
                            {
                                return true;
                            }
                            let gap = normal::form(
                                self,
                                &arith::sum(vec![big.clone(), arith::negative(small.clone())]),
                            );
                            if closed { self.nonnegative(&gap) } else { self.positive(&gap) }
                        },
                    )
            }
            Range::ConjugateDomain(f) => self.in_conjugate_domain(term, f),
            Range::Domain(f) => self.in_domain(term, f),
            Range::Class(class) => match term {
                Term::Function { .. } => self.range_of_exact(term) == Some(Range::Class(class.clone())),
                _ => false,
            },
        }
    }

    fn range_of_exact(&self, term: &Term) -> Option<Range> {
        let Term::Function { name, .. } = term else { return None };
        if let Some((_, range)) = self.ranges.iter().rev().find(|(n, _)| n == name) {
            return Some(range.clone());
        }
        self.context.functions.iter().find(|f| f.name == *name).map(|f| f.range.clone())
    }

    /// Is u in dom f? It holds every u > 0, and 0 where f's formula has a finite value.
    pub(super) fn in_domain(&self, u: &Term, f: &Name) -> bool {
        if self.assumed_in(u, &Range::Domain(f.clone())) {
            return true;
        }
        if self.range_of(u) == Some(Range::Domain(f.clone())) {
            return self.note(format!("{} lies in dom {f}", show::term(self.names, u)));
        }
        if !self.finite(u) {
            return false;
        }
        let at_zero = || super::definitions::unfold_generator(self, f, &arith::number(0));
        self.positive(u)
            || at_zero().is_some_and(|t| self.tame(&t)) && self.nonnegative(&normal::form(self, u))
    }

    /// Is the value finite, and every value within? Then nothing jumps there, and a
    /// formula's value at an end is its limit.
    fn tame(&self, term: &Term) -> bool {
        let continuous = matches!(
            term,
            Term::Number(_)
                | Term::Parameter(_)
                | Term::Sum(_)
                | Term::Product(_)
                | Term::Negative(_)
                | Term::Quotient(..)
                | Term::Power(..)
                | Term::Log(_)
                | Term::Exp(_)
                | Term::Abs(_)
                | Term::Larger(_)
                | Term::Smaller(_)
        );
        continuous && self.finite(term) && tree::children(term).into_iter().all(|t| self.tame(t))
    }

    /// Is f'(u), for u ≥ 0, known to be a real slope of f at u? It is for u > 0; at 0
    /// where f is closed and the text calls a function bounded that it defines as f'(u).
    pub(super) fn slope_exists(&self, slope: &Term) -> bool {
        let Term::Generator { name, part: crate::term::Part::Derivative, argument: u } = slope else {
            return false;
        };
        if !self.finite(u) {
            return false;
        }
        self.positive(u) || self.nonnegative(u) && self.closed(name) && self.declared_bounded(slope)
    }

    /// Is the term what a function stands for that the text calls bounded?
    pub(super) fn declared_bounded(&self, term: &Term) -> bool {
        let wanted = self.names.canonical(term);
        let here = tree::free(term).variables;
        self.context.functions.iter().any(|f| {
            let Some((points, body)) = &f.definition else { return false };
            let mut by = rename::Renaming::new();
            for point in points {
                let mut same = here.iter().filter(|v| v.space == point.space);
                let (Some(found), None) = (same.next(), same.next()) else { return false };
                by.insert(point.clone(), found.clone());
            }
            rename::moved(body, &by).is_some_and(|body| self.names.canonical(&body) == wanted)
                && self.has(&f.name, Property::Bounded)
        })
    }

    /// Is t in dom f*?
    pub(super) fn in_conjugate_domain(&self, t: &Term, f: &Name) -> bool {
        if self.assumed_in(t, &Range::ConjugateDomain(f.clone())) {
            return true;
        }
        if self.range_of(t) == Some(Range::ConjugateDomain(f.clone())) {
            return self.note(format!("{} lies in dom {f}*", show::term(self.names, t)));
        }
        let subgradient = self.context.assumptions.iter().find(
            |a| matches!(a, Assumption::Subgradient { slope, generator, .. } if slope == t && generator == f),
        );
        if let Some(a) = subgradient {
            return self.note(show::assumption(a));
        }
        // A slope of f where it is finite: f*(f'(u)) = u f'(u) − f(u).
        matches!(t, Term::Generator { name, .. } if name == f)
            && self.slope_exists(t)
            && self.note(format!("a slope of {f} lies in dom {f}*"))
    }
}
