//! Is a value less than ∞, more than −∞, a number? Claims about the value hold where the
//! term is defined.

use super::facts::Facts;
use super::gradients;
use super::integrable::mean;
use super::memo::Question;
use crate::term::{Distance, Extremum, Over, Part, Range, Term};
use num_rational::BigRational;
use num_traits::Signed;

impl Facts<'_> {
    /// Is the term a real number?
    pub(super) fn finite(&self, term: &Term) -> bool {
        self.asked(Question::Finite, term, || self.defined(term) && self.below(term) && self.above(term))
    }

    /// Is the value less than ∞?
    pub(super) fn below(&self, term: &Term) -> bool {
        self.asked(Question::Below, term, || self.assumed_finite(term, true) || self.bounded_side(term, true))
    }

    /// Is the value more than −∞?
    pub(super) fn above(&self, term: &Term) -> bool {
        self.asked(Question::Above, term, || {
            self.assumed_finite(term, false) || self.bounded_side(term, false)
        })
    }

    /// `up`: < ∞; else > −∞.
    fn bounded_side(&self, term: &Term, up: bool) -> bool {
        let side = |t: &Term| if up { self.below(t) } else { self.above(t) };
        let other = |t: &Term| if up { self.above(t) } else { self.below(t) };
        match term {
            Term::Number(_)
            | Term::Parameter(_)
            | Term::Point(_)
            | Term::Density(_)
            | Term::Function { .. } => true,
            Term::Infinity => !up,
            Term::Sum(terms) => terms.iter().all(side),
            Term::Negative(a) => other(a),
            Term::Product(factors) => {
                let place = |i: usize| self.within(term, i);
                if factors.iter().enumerate().all(|(i, t)| place(i).finite(t)) {
                    return true;
                }
                // A product of non-negative numbers is more than −∞; one factor may be
                // infinite on the other side if the rest are finite and of one sign.
                let signs =
                    factors.iter().enumerate().filter(|(i, t)| !place(*i).nonnegative(t)).collect::<Vec<_>>();
                match signs.as_slice() {
                    [] => !up || factors.iter().all(|t| self.below(t)),
                    [(i, one)] => {
                        let rest_finite =
                            factors.iter().enumerate().all(|(j, t)| j == *i || place(j).finite(t));
                        let facts = place(*i);
                        if let Term::Number(n) = one
                            && n.is_negative()
                        {
                            return up
                                && factors
                                    .iter()
                                    .enumerate()
                                    .all(|(j, t)| j == *i || place(j).nonnegative(t));
                        }
                        rest_finite && if up { facts.below(one) } else { facts.above(one) }
                    }
                    _ => false,
                }
            }
            Term::Quotient(a, b) => {
                if !up && self.nonnegative(a) && self.nonnegative(b) {
                    return true;
                }
                self.finite(b) && self.positive(b) && side(a)
                    || self.finite(a) && self.finite(b) && self.nonzero(b)
            }
            Term::Power(a, n) => {
                if n.is_negative() {
                    !up && self.nonnegative(a) || self.positive(a)
                } else if up {
                    self.finite(a) || self.nonnegative(a) && self.below(a)
                } else {
                    self.nonnegative(a) || self.even(n) || self.finite(a)
                }
            }
            Term::Log(a) => {
                if up {
                    self.below(a)
                } else {
                    self.positive(a)
                }
            }
            Term::Exp(a) => !up || self.below(a),
            Term::Abs(a) => !up || self.finite(a),
            Term::Larger(terms) => {
                if up {
                    terms.iter().all(side)
                } else {
                    terms.iter().any(side)
                }
            }
            Term::Smaller(terms) => {
                if up {
                    terms.iter().any(side)
                } else {
                    terms.iter().all(side)
                }
            }
            Term::Generator { name, part, argument } => match (part, up) {
                (Part::Value | Part::Conjugate | Part::Biconjugate, false) => true,
                (Part::Value | Part::Biconjugate, true) => self.in_domain(argument, name),
                (Part::Conjugate, true) => {
                    self.in_conjugate_domain(argument, name) || self.bounded_conjugate(argument)
                }
                (Part::Derivative, _) => self.slope_exists(term),
                (Part::ConjugateDerivative, false) => true,
                (Part::ConjugateDerivative, true) => false,
            },
            Term::Expectation { law, body } => {
                let (positive, negative) = self.parts(law, body);
                if up { positive } else { negative }
            }
            Term::Integral { over, body } => {
                if !up && self.nonnegative(body) {
                    return true;
                }
                self.finite_spaces(over) && side(body)
                    || self.integrable_sum(body, over)
                    || gradients::integrable(self, body, over)
                    || mean(over, body).is_some_and(|mean| side(&mean))
            }
            Term::Extremum { kind, over, body } => self.extremum_side(*kind, over, body, up),
            // A derivative that exists is a number.
            Term::Gradient { .. } => true,
            Term::Distance { kind, p, .. } => match kind {
                Distance::Js | Distance::Tv | Distance::Hellinger2 => true,
                Distance::Kl | Distance::Chi2 | Distance::F(_) => !up,
                Distance::CrossEntropy => !up && self.finite_spaces(&p.of),
            },
            Term::Entropy(law) => self.finite_spaces(&law.of),
        }
    }

    pub(super) fn even(&self, n: &BigRational) -> bool {
        n.is_integer() && (n / BigRational::from_integer(2.into())).is_integer()
    }

    fn extremum_side(&self, kind: Extremum, over: &Over, body: &Term, up: bool) -> bool {
        let mut inside = self.clone();
        inside.bind(over);
        let greatest = matches!(kind, Extremum::Sup | Extremum::Max);
        // A supremum is at least its objective at any element of a range that is not
        // empty, if the objective is defined there: > −∞ where that is.
        let range = match over {
            Over::Number { range, .. } | Over::Function { range, .. } => range,
        };
        let inhabited = matches!(range, Range::Real | Range::ConjugateDomain(_) | Range::Domain(_))
            || matches!(range, Range::Interval(low, high) if matches!((&*low.at, &*high.at), (Term::Number(a), Term::Number(b)) if a < b) || *high.at == Term::Infinity);
        inhabited
            && greatest != up
            && inside.defined(body)
            && if up { inside.below(body) } else { inside.above(body) }
    }

    /// A supremum over functions is over those for which f* of them is bounded, too.
    pub(super) fn bounded_conjugate(&self, argument: &Term) -> bool {
        matches!(argument, Term::Function { name, .. } if self.suprema.contains(name))
    }
}
