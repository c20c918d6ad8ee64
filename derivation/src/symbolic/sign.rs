//! The sign of a term. Claims about the value hold where the term is defined.

use super::facts::Facts;
use super::means::bare_ratio;
use super::memo::Question;
use super::{arith, fraction, normal};
use crate::context::Comparison;
use crate::term::{Distance, LawAt, Term};
use num_traits::{One, Signed, ToPrimitive, Zero};

impl Facts<'_> {
    /// Is the value ≥ 0?
    pub(super) fn nonnegative(&self, term: &Term) -> bool {
        self.asked(Question::Nonnegative, term, || {
            let plain = match term {
                Term::Number(n) => !n.is_negative(),
                Term::Infinity | Term::Density(_) | Term::Exp(_) | Term::Abs(_) => true,
                Term::Sum(terms) => terms.iter().all(|t| self.nonnegative(t)) || self.one_less_exp(terms),
                Term::Product(factors) => {
                    factors.iter().enumerate().all(|(i, t)| self.within(term, i).nonnegative(t))
                        || factors.iter().filter(|t| self.nonpositive(t)).count() == 2
                            && factors.iter().all(|t| self.nonpositive(t) || self.nonnegative(t))
                }
                Term::Negative(a) => self.nonpositive(a),
                Term::Quotient(a, b) => self.nonnegative(a) && self.nonnegative(b),
                Term::Power(a, n) => self.even(n) || !n.is_integer() || self.nonnegative(a),
                Term::Larger(terms) => terms.iter().any(|t| self.nonnegative(t)),
                Term::Smaller(terms) => terms.iter().all(|t| self.nonnegative(t)),
                Term::Expectation { body, law } => {
                    self.within(term, 0).nonnegative(body) || self.divergence(law, body)
                }
                Term::Integral { body, .. } => self.within(term, 0).nonnegative(body),
                Term::Distance { kind, p, .. } => match kind {
                    Distance::F(f) => self.normalised(f),
                    Distance::CrossEntropy => self.finite_spaces(&p.of),
                    _ => true,
                },
                Term::Entropy(law) => self.finite_spaces(&law.of),
                _ => false,
            };
            plain || self.assumed_sign(term, false) || self.compared(term, Self::nonnegative)
        })
    }

    /// What a sign follows from, but for its form and the assumptions: the formula of a
    /// declared function, the numerator of a fraction, the argument of a logarithm.
    fn compared(&self, term: &Term, wanted: fn(&Self, &Term) -> bool) -> bool {
        let one = || arith::number(1);
        match term {
            Term::Function { .. } => {
                super::definitions::unfold_function(self, term).is_some_and(|formula| wanted(self, &formula))
            }
            // log a has the sign of a − 1; of bare ratios of densities that says nothing.
            Term::Log(a) if !bare_ratio(a) => {
                let gap = normal::form(self, &arith::sum(vec![(**a).clone(), arith::negative(one())]));
                self.defined(a) && wanted(self, &gap)
            }
            Term::Sum(terms) => {
                fraction::has_quotient(term)
                    && fraction::over_one(self, term).is_some_and(|whole| {
                        !whole.below.is_empty()
                            && whole.below.iter().all(|t| self.positive(t))
                            && wanted(self, &normal::form(self, &whole.above))
                    })
                    || self.exponential(terms).is_some_and(|gap| wanted(self, &gap))
                    || Self::constant(term)
                        .is_some_and(|x| wanted(self, &arith::number(if x > 0.0 { 1 } else { -1 })))
            }
            _ => false,
        }
    }

    /// c − d·exp a has the sign of log(c/d) − a, for numbers c, d > 0.
    fn exponential(&self, terms: &[Term]) -> Option<Term> {
        let [first, second] = terms else { return None };
        let number = |t: &Term| match t {
            Term::Number(n) => Some(n.clone()),
            _ => None,
        };
        let (c, rest) = number(first).map(|c| (c, second)).or_else(|| number(second).map(|c| (c, first)))?;
        let (d, Term::Exp(a)) = arith::coefficient(rest) else { return None };
        // c·d < 0: one of the two is subtracted from the other.
        if !(&c * &d).is_negative() {
            return None;
        }
        let ratio = -(&c / &d);
        let log = if ratio.is_one() { arith::number(0) } else { Term::Log(Box::new(Term::Number(ratio))) };
        let gap = arith::sum(vec![log, arith::negative(*a)]);
        Some(normal::form(self, &if c.is_negative() { arith::negative(gap) } else { gap }))
    }

    /// The value of a term that is made of numbers alone, if it is not too close to 0 for
    /// its sign to be certain.
    fn constant(term: &Term) -> Option<f64> {
        fn value(term: &Term) -> Option<f64> {
            Some(match term {
                Term::Number(n) => n.to_f64().filter(|x| x.abs() < 1e6)?,
                Term::Sum(list) => list.iter().map(value).sum::<Option<f64>>()?,
                Term::Product(list) => list.iter().map(value).product::<Option<f64>>()?,
                Term::Negative(a) => -value(a)?,
                Term::Log(a) => value(a).filter(|x| *x > 1e-6)?.ln(),
                Term::Exp(a) => value(a).filter(|x| *x < 10.0)?.exp(),
                _ => return None,
            })
        }
        // Rounding errors of so few and so small numbers are far below.
        value(term).filter(|x| x.abs() > 1e-6)
    }

    /// Is E_law body a KL written out, E_p log(p/q)?
    fn divergence(&self, law: &LawAt, body: &Term) -> bool {
        let Term::Sum(list) = super::logs::spread_all(self, body) else { return false };
        let log = |t: &Term| match t {
            Term::Log(a) => match &**a {
                Term::Density(l) => Some(l.clone()),
                _ => None,
            },
            _ => None,
        };
        let [a, b] = list.as_slice() else { return false };
        let below = |t: &Term| if let Term::Negative(t) = t { log(t) } else { None };
        let pair = log(a).zip(below(b)).or_else(|| log(b).zip(below(a)));
        pair.is_some_and(|(p, q)| p == *law && q.of == p.of)
    }

    /// Is the value ≤ 0?
    pub(super) fn nonpositive(&self, term: &Term) -> bool {
        self.asked(Question::Nonpositive, term, || match term {
            Term::Number(n) => !n.is_positive(),
            Term::Negative(a) => self.nonnegative(a),
            Term::Sum(terms) => {
                terms.iter().all(|t| self.nonpositive(t))
                    || self.assumed_sign(&normal::form(self, &arith::negative(term.clone())), false)
                    || self.compared(term, Self::nonpositive)
            }
            // The mass of a finite space is at most 1.
            Term::Log(a) if matches!(&**a, Term::Density(law) if self.finite_spaces(&law.of)) => true,
            Term::Product(factors) => {
                factors.iter().filter(|t| self.nonpositive(t) && !self.nonnegative(t)).count() == 1
                    && factors.iter().all(|t| self.nonpositive(t) || self.nonnegative(t))
            }
            Term::Expectation { body, .. } | Term::Integral { body, .. } => {
                self.within(term, 0).nonpositive(body)
            }
            _ => {
                self.assumed_sign(&normal::form(self, &arith::negative(term.clone())), false)
                    || self.compared(term, Self::nonpositive)
            }
        })
    }

    /// Is the value > 0?
    pub(super) fn positive(&self, term: &Term) -> bool {
        self.asked(Question::Positive, term, || {
            let plain = match term {
                Term::Number(n) => n.is_positive(),
                Term::Negative(a) => self.negative(a),
                Term::Infinity => true,
                Term::Density(law) => self.positive_density(law),
                Term::Exp(a) => self.above(a),
                Term::Sum(terms) => {
                    terms.iter().all(|t| self.nonnegative(t)) && terms.iter().any(|t| self.positive(t))
                        || self.one_less_exp(terms)
                }
                Term::Product(factors) => factors.iter().all(|t| self.positive(t)),
                // a/0 is ∞ for a > 0.
                Term::Quotient(a, b) => self.positive(a) && self.nonnegative(b) && self.finite(b),
                Term::Power(a, n) => self.positive(a) && (n.is_positive() || self.finite(a)),
                Term::Abs(a) => self.nonzero(a),
                Term::Larger(terms) => terms.iter().any(|t| self.positive(t)),
                Term::Smaller(terms) => terms.iter().all(|t| self.positive(t)),
                Term::Expectation { body, .. } => {
                    self.within(term, 0).positive(body)
                        // Weights turn the mean under one law into one under another.
                        || super::change::reweighted(self, term).iter().any(|mean| self.positive(mean))
                }
                // No space is empty, and no part of the line with an inside has length 0.
                Term::Integral { body, .. } => self.within(term, 0).positive(body),
                _ => false,
            };
            plain || self.assumed_sign(term, true) || self.compared(term, Self::positive)
        })
    }

    /// Is the sum c − exp a with c ≥ 1 and a < 0? It is positive.
    fn one_less_exp(&self, terms: &[Term]) -> bool {
        let [first, second] = terms else { return false };
        let exponent = |t: &Term| match t {
            Term::Negative(inner) => match &**inner {
                Term::Exp(a) => Some((**a).clone()),
                _ => None,
            },
            _ => None,
        };
        let one = |t: &Term| matches!(t, Term::Number(n) if *n >= One::one());
        exponent(second)
            .filter(|_| one(first))
            .or_else(|| exponent(first).filter(|_| one(second)))
            .is_some_and(|a| self.negative(&a))
    }

    /// Is the value < 0?
    pub(super) fn negative(&self, term: &Term) -> bool {
        self.asked(Question::Negative, term, || match term {
            Term::Number(n) => n.is_negative(),
            Term::Negative(a) => self.positive(a),
            Term::Quotient(a, b) => {
                self.finite(b)
                    && (self.positive(a) && self.negative(b) || self.negative(a) && self.positive(b))
            }
            _ => {
                self.assumed_sign(&normal::form(self, &arith::negative(term.clone())), true)
                    || self.compared(term, Self::negative)
            }
        })
    }

    /// Is the value other than 0?
    pub(super) fn nonzero(&self, term: &Term) -> bool {
        self.asked(Question::Nonzero, term, || match term {
            Term::Number(n) => !n.is_zero(),
            Term::Infinity => true,
            Term::Negative(a) => self.nonzero(a),
            Term::Product(factors) => factors.iter().all(|t| self.nonzero(t)),
            Term::Power(a, _) => self.nonzero(a) && self.finite(a),
            // Where the quotient has a value at b = 0, it is infinite.
            Term::Quotient(a, b) => self.nonzero(a) && self.finite(b),
            _ => {
                self.positive(term)
                    || self.positive(&normal::form(self, &arith::negative(term.clone())))
                    || self.context.assumptions.iter().any(|a| {
                        matches!(a, crate::context::Assumption::Compares(x, Comparison::Different, Term::Number(n)) if n.is_zero() && x == term)
                            && self.note(super::show::assumption(a))
                    })
            }
        })
    }
}
