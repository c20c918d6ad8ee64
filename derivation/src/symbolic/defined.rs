//! The small prover: has a term a value? Each answer "yes" follows from positive facts,
//! at every point of the support of the binders around; "no" says only that nothing was
//! found.

use super::facts::Facts;
use super::gradients;
use super::means::mean;
use super::memo::Question;
use super::tree;
use crate::term::{Distance, Extremum, Part, Term};
use num_traits::Signed;

impl Facts<'_> {
    /// Has the term a value in [−∞, ∞] in every model?
    pub(super) fn defined(&self, term: &Term) -> bool {
        self.asked(Question::Defined, term, || self.defined_inner(term))
    }

    fn defined_inner(&self, term: &Term) -> bool {
        let all = |terms: &[Term]| terms.iter().all(|t| self.defined(t));
        match term {
            Term::Number(_) | Term::Infinity | Term::Parameter(_) | Term::Point(_) | Term::Density(_) => true,
            Term::Function { arguments, .. } => arguments.iter().all(|t| self.finite(t)),
            Term::Sum(terms) => {
                all(terms) && {
                    let may_be_up = terms.iter().filter(|t| !self.below(t)).count();
                    may_be_up == 0 || terms.iter().all(|t| self.above(t)) || {
                        // One infinite summand at most: the others are finite.
                        terms.iter().filter(|t| !self.finite(t)).count() <= 1
                    }
                }
            }
            Term::Product(factors) => {
                let each = |i: usize| self.within(term, i);
                factors.iter().enumerate().all(|(i, t)| each(i).defined(t))
                    && (factors.iter().enumerate().all(|(i, t)| each(i).finite(t))
                        || factors
                            .iter()
                            .enumerate()
                            .all(|(i, t)| each(i).nonzero(t) || matches!(t, Term::Density(_)))
                        || factors.iter().enumerate().filter(|(i, t)| !each(*i).finite(t)).count() == 1
                            && factors.iter().enumerate().all(|(i, t)| {
                                // Where a density is 0 the product is, whatever the rest.
                                !each(i).finite(t) || each(i).nonzero(t) || matches!(t, Term::Density(_))
                            }))
            }
            Term::Negative(a) | Term::Exp(a) | Term::Abs(a) => self.defined(a),
            Term::Quotient(a, b) => {
                self.defined(a)
                    && self.defined(b)
                    && (self.finite(b) && self.nonzero(b)
                        || self.positive(a) && self.nonnegative(b) && (self.finite(a) || self.finite(b))
                        || self.finite(a) && self.positive(b))
            }
            Term::Power(a, n) => {
                self.defined(a)
                    && if n.is_integer() && !n.is_negative() {
                        true
                    } else if n.is_positive() {
                        self.nonnegative(a)
                    } else {
                        self.positive(a)
                    }
            }
            Term::Log(a) => self.defined(a) && self.nonnegative(a),
            Term::Larger(terms) | Term::Smaller(terms) => all(terms),
            Term::Generator { part, argument, name } => {
                self.defined(argument)
                    && match part {
                        Part::Value | Part::Conjugate | Part::Biconjugate => true,
                        Part::Derivative => self.slope_exists(term),
                        Part::ConjugateDerivative => self.in_conjugate_domain(argument, name),
                    }
            }
            Term::Expectation { law, body } => {
                let inside = self.within(term, 0);
                inside.defined(body) && {
                    let (up, down) = self.parts(law, body);
                    up || down
                } || self.assumed_finite(term, true) && self.assumed_finite(term, false)
            }
            Term::Integral { over, body } => {
                self.defined(body) && (self.nonnegative(body) || self.integrable(term))
                    || mean(over, body).is_some_and(|mean| self.defined(&mean))
            }
            Term::Extremum { kind, .. } => matches!(kind, Extremum::Sup | Extremum::Inf),
            Term::Gradient { parameter, body } => gradients::exists(self, body, parameter),
            Term::Distance { kind, p, .. } => match kind {
                Distance::CrossEntropy => {
                    self.finite_spaces(&p.of)
                        || self.assumed_finite(term, true) && self.assumed_finite(term, false)
                }
                _ => true,
            },
            Term::Entropy(law) => {
                self.finite_spaces(&law.of)
                    || self.assumed_finite(term, true) && self.assumed_finite(term, false)
            }
        }
    }

    /// Is an integral a difference of finite ones?
    fn integrable(&self, term: &Term) -> bool {
        self.assumed_finite(term, true) && self.assumed_finite(term, false)
            || matches!(term, Term::Integral { over, body }
                if self.finite_spaces(over) && self.finite(body)
                    || self.integrable_sum(body, over)
                    || gradients::integrable(self, body, over)
                    || mean(over, body).is_some_and(|mean| self.finite(&mean)))
    }
}

/// The smallest part that nothing shows to be defined, and the facts at its place.
pub(super) fn culprit<'a>(facts: &Facts<'a>, term: &Term) -> (Facts<'a>, Term) {
    let children = tree::children(term);
    let inner = children.into_iter().enumerate().find_map(|(i, child)| {
        let inside = facts.within(term, i);
        (!inside.defined(child) && !matches!(term, Term::Extremum { .. })).then(|| culprit(&inside, child))
    });
    inner.unwrap_or_else(|| (facts.clone(), term.clone()))
}
