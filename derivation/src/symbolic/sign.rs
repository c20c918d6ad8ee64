//! The small prover: is a term defined, finite, positive? Each answer "yes" follows from
//! positive facts, at every point of the support of the binders around; "no" says only
//! that nothing was found. Claims about the value hold where the term is defined.

use super::facts::{self, Facts};
use super::{arith, gradients, tree};
use crate::context::{Comparison, Property};
use crate::term::{Distance, Extremum, LawAt, Over, Part, Range, Term, Variable};
use num_traits::{One, Signed, Zero};

fn is_integer(n: &num_rational::BigRational) -> bool {
    n.is_integer()
}

impl Facts<'_> {
    /// Has the term a value in [−∞, ∞] in every model?
    pub(super) fn defined(&self, term: &Term) -> bool {
        self.deeper(false, || self.defined_inner(term))
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
                            && factors
                                .iter()
                                .enumerate()
                                .all(|(i, t)| !each(i).finite(t) || each(i).nonzero(t)))
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
                    && if is_integer(n) && !n.is_negative() {
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
            Term::Integral { body, .. } => {
                self.defined(body) && (self.nonnegative(body) || self.integrable(term))
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
                    || gradients::integrable(self, body, over)
                    || mean(over, body).is_some_and(|mean| self.finite(&mean)))
    }

    /// Is the term a real number?
    pub(super) fn finite(&self, term: &Term) -> bool {
        self.deeper(false, || self.defined(term) && self.below(term) && self.above(term))
    }

    /// Is the value less than ∞?
    pub(super) fn below(&self, term: &Term) -> bool {
        self.deeper(false, || self.bounded_side(term, true)) || self.assumed_finite(term, true)
    }

    /// Is the value more than −∞?
    pub(super) fn above(&self, term: &Term) -> bool {
        self.deeper(false, || self.bounded_side(term, false)) || self.assumed_finite(term, false)
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
                    self.in_conjugate_domain(argument, name) || self.bounded_conjugate(argument, name)
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
                    || up && self.integrable_density(&factors(body), over)
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

    fn even(&self, n: &num_rational::BigRational) -> bool {
        is_integer(n) && (n / num_rational::BigRational::from_integer(2.into())).is_integer()
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

    /// f* of a bounded critic bound by a supremum is bounded.
    fn bounded_conjugate(&self, argument: &Term, f: &crate::term::Name) -> bool {
        matches!(argument, Term::Function { name, .. } if self.suprema.contains(name)
            && self.range_of(argument) == Some(Range::ConjugateDomain(f.clone())))
    }

    /// Is the value ≥ 0?
    pub(super) fn nonnegative(&self, term: &Term) -> bool {
        self.deeper(false, || {
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
                Term::Power(a, n) => self.even(n) || !is_integer(n) || self.nonnegative(a),
                Term::Larger(terms) => terms.iter().any(|t| self.nonnegative(t)),
                Term::Smaller(terms) => terms.iter().all(|t| self.nonnegative(t)),
                Term::Expectation { body, law } => {
                    self.within(term, 0).nonnegative(body) || self.divergence(law, body)
                }
                Term::Integral { body, .. } => self.within(term, 0).nonnegative(body),
                Term::Distance { kind, p, .. } => match kind {
                    Distance::F(f) => self.has(f, Property::Normalised),
                    Distance::CrossEntropy => self.finite_spaces(&p.of),
                    _ => true,
                },
                Term::Entropy(law) => self.finite_spaces(&law.of),
                _ => false,
            };
            plain || self.assumed_sign(term, false)
        })
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
        self.deeper(false, || match term {
            Term::Number(n) => !n.is_positive(),
            Term::Negative(a) => self.nonnegative(a),
            Term::Sum(terms) => terms.iter().all(|t| self.nonpositive(t)),
            Term::Log(a) => {
                // The mass of a finite space is at most 1.
                matches!(&**a, Term::Density(law) if self.finite_spaces(&law.of))
            }
            Term::Product(factors) => {
                factors.iter().filter(|t| self.nonpositive(t) && !self.nonnegative(t)).count() == 1
                    && factors.iter().all(|t| self.nonpositive(t) || self.nonnegative(t))
            }
            Term::Expectation { body, .. } => self.within(term, 0).nonpositive(body),
            _ => self.assumed_sign(&arith::normal(self, &arith::negative(term.clone())), false),
        })
    }

    /// Is the value > 0?
    pub(super) fn positive(&self, term: &Term) -> bool {
        self.deeper(false, || {
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
                Term::Expectation { body, .. } => self.within(term, 0).positive(body),
                _ => false,
            };
            plain || self.assumed_sign(term, true)
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
        self.deeper(false, || match term {
            Term::Number(n) => n.is_negative(),
            Term::Negative(a) => self.positive(a),
            Term::Quotient(a, b) => {
                self.finite(b)
                    && (self.positive(a) && self.negative(b) || self.negative(a) && self.positive(b))
            }
            _ => self.assumed_sign(&arith::normal(self, &arith::negative(term.clone())), true),
        })
    }

    /// Is the value other than 0?
    pub(super) fn nonzero(&self, term: &Term) -> bool {
        self.deeper(false, || match term {
            Term::Number(n) => !n.is_zero(),
            Term::Infinity => true,
            Term::Negative(a) => self.nonzero(a),
            Term::Product(factors) => factors.iter().all(|t| self.nonzero(t)),
            Term::Power(a, _) => self.nonzero(a) && self.finite(a),
            // Where the quotient has a value at b = 0, it is infinite.
            Term::Quotient(a, b) => self.nonzero(a) && self.finite(b),
            _ => {
                self.positive(term)
                    || self.positive(&arith::normal(self, &arith::negative(term.clone())))
                    || self.context.assumptions.iter().any(|a| {
                        matches!(a, crate::context::Assumption::Compares(x, Comparison::Different, Term::Number(n)) if n.is_zero() && x == term)
                            && self.note(super::show::assumption(a))
                    })
            }
        })
    }

    /// Of E_law body: is the integral of the positive part finite? Of the negative?
    pub(super) fn parts(&self, law: &LawAt, body: &Term) -> (bool, bool) {
        let mut facts = self.clone();
        facts.shadow(&law.of);
        facts.positive.push(law.clone());
        facts.deeper((false, false), || facts.parts_inner(law, body))
    }

    fn parts_inner(&self, law: &LawAt, body: &Term) -> (bool, bool) {
        let mut found = (self.nonpositive(body), self.nonnegative(body));
        let all_of = |terms: &mut dyn Iterator<Item = (bool, bool)>| {
            terms.fold((true, true), |(u, d), (a, b)| (u && a, d && b))
        };
        let mut learn = |(up, down): (bool, bool)| {
            found = (found.0 || up, found.1 || down);
        };
        // The mean of a constant is the constant; on a finite space nothing adds up to
        // an infinity that was none.
        if tree::independent(body, &law.of) || self.finite_spaces(&law.of) {
            learn((self.below(body), self.above(body)));
        }
        if self.bounded(body, &law.of) {
            learn((true, true));
        }
        let whole = Term::Expectation { law: law.clone(), body: Box::new(body.clone()) };
        learn((self.assumed_finite(&whole, true), self.assumed_finite(&whole, false)));
        match body {
            Term::Sum(terms) => {
                learn(all_of(&mut terms.iter().map(|t| self.parts_inner(law, t))));
            }
            Term::Negative(a) => {
                let (up, down) = self.parts_inner(law, a);
                learn((down, up));
            }
            Term::Product(factors) => {
                // A constant times an integrand.
                let (fixed, moving): (Vec<_>, Vec<_>) =
                    factors.iter().cloned().partition(|t| tree::independent(t, &law.of));
                if let [one] = moving.as_slice()
                    && fixed.iter().all(|t| self.finite(t))
                {
                    let (up, down) = self.parts_inner(law, one);
                    if fixed.iter().all(|t| self.nonnegative(t)) {
                        learn((up, down));
                    } else if up && down {
                        learn((true, true));
                    } else if self.nonpositive(&arith::product(fixed)) {
                        learn((down, up));
                    }
                }
            }
            Term::Function { name, .. } if self.has(name, Property::Integrable) => learn((true, true)),
            Term::Generator { part: Part::Value | Part::Biconjugate, argument, .. } => {
                // f lies above an affine function, and the ratio of two densities has a
                // finite mean.
                learn((false, self.finite_ratio(law, argument)));
            }
            Term::Generator { part: Part::Conjugate, argument, .. } => {
                // f*(t) is at least t − f(1).
                learn((false, self.parts_inner(law, argument).1));
            }
            Term::Extremum {
                kind,
                over: over @ Over::Number { name, range: Range::Real | Range::ConjugateDomain(_) },
                body,
            } if !law.parameters.contains(name) => {
                // A supremum is at least its objective at one number, the same for every
                // point: its negative part is no larger. dom f* is never empty.
                let mut inside = self.clone();
                inside.bind(over);
                if inside.defined(body) {
                    let (up, down) = inside.parts_inner(law, body);
                    let greatest = matches!(kind, Extremum::Sup | Extremum::Max);
                    learn(if greatest { (false, down) } else { (up, false) });
                }
            }
            _ => {}
        }
        // A mean of means is the mean over the joint law.
        if let Term::Expectation { law: inner, body: innermost } = body
            && let Some(joint) = super::facts::join(inner, law)
        {
            if tree::independent(innermost, &inner.of) {
                learn(self.parts_inner(law, innermost));
            }
            learn(self.parts(&joint, innermost));
        }
        // What is bounded, times r/q or a score, has a finite mean.
        let (_, rest) = arith::coefficient(&arith::normal(self, body));
        let (above, below) = match rest {
            Term::Quotient(a, b) => (factors(&a), Some(*b)),
            other => (factors(&other), None),
        };
        let (tame, wild): (Vec<_>, Vec<_>) = above.into_iter().partition(|t| self.bounded(t, &law.of));
        if gradients::score(self, law, &wild) && below.is_none() {
            learn((true, true));
        }
        if !tame.is_empty() {
            let wild = arith::product(wild);
            let ratio = below.map_or_else(|| wild.clone(), |b| arith::quotient(wild.clone(), b));
            if self.nonnegative(&ratio) && self.finite_ratio(law, &ratio) {
                learn((true, true));
            }
        }
        // E_q of a ratio r/q is ∫ r at most.
        if self.nonnegative(body) && self.finite_ratio(law, body) {
            learn((true, true));
        }
        // E_q log(r/q) < ∞, and E_q log(q/r) > −∞, by log u ≤ u − 1.
        let spread = super::logs::spread_all(self, body);
        if matches!(spread, Term::Log(_) | Term::Sum(_)) {
            learn((self.log_near(law, &spread), false));
        }
        if spread != *body || matches!(body, Term::Sum(_)) {
            learn((
                self.log_ratio(law, &spread),
                self.log_ratio(law, &arith::normal(self, &arith::negative(spread.clone()))),
            ));
            if let Term::Sum(terms) = &spread
                && spread != *body
            {
                learn(all_of(&mut terms.iter().map(|t| self.parts_inner(law, t))));
            }
        }
        found
    }

    /// Is the argument r/q for the law q, with ∫ r finite?
    fn finite_ratio(&self, law: &LawAt, ratio: &Term) -> bool {
        let apart = split_off(ratio, &law.of);
        let product = arith::normal(self, &arith::product(vec![Term::Density(law.clone()), apart]));
        self.finite_mass(law, &product) || self.finite_mass(law, &arith::normal(self, &joined(&product)))
    }

    fn finite_mass(&self, law: &LawAt, product: &Term) -> bool {
        let above = match product {
            Term::Quotient(a, b) if tree::independent(b, &law.of) && self.positive(b) => &**a,
            other => other,
        };
        let (moving, fixed): (Vec<_>, Vec<_>) =
            factors(above).into_iter().partition(|t| !tree::independent(t, &law.of));
        fixed.iter().all(|t| self.finite(t)) && self.integrable_density(&moving, &law.of)
    }

    /// Is ∫ of the product of densities and bounded factors finite, because one can
    /// integrate one density after the other?
    fn integrable_density(&self, list: &[Term], over: &[Variable]) -> bool {
        let mut left: Vec<&LawAt> = vec![];
        for factor in list {
            match factor {
                Term::Density(law) => left.push(law),
                other if self.bounded(other, over) => {}
                _ => return false,
            }
        }
        let mut variables: Vec<&Variable> = over.iter().collect();
        while !variables.is_empty() {
            let next = left.iter().position(|d| {
                d.of.iter().any(|v| variables.contains(&v))
                    && left.iter().filter(|o| *o != d).all(|o| {
                        d.of.iter()
                            .all(|v| !variables.contains(&v) || !o.of.contains(v) && !o.given.contains(v))
                    })
            });
            let Some(next) = next else { return false };
            let gone = left.remove(next);
            // On the real line only a law of these variables alone integrates to a finite
            // number; its other points must be fixed, where its marginal is finite.
            variables.retain(|v| !gone.of.contains(v));
        }
        true
    }

    /// Is the sum of logarithms log(r/q) for the law q, with ∫ r finite?
    pub(super) fn log_ratio(&self, law: &LawAt, sum: &Term) -> bool {
        let terms = match sum {
            Term::Sum(terms) => terms.clone(),
            other => vec![other.clone()],
        };
        // What is bounded changes nothing.
        let tame = |t: &Term| match t {
            Term::Log(a) => matches!(&**a, Term::Exp(b) if self.bounded(b, &law.of)),
            other => self.bounded(other, &law.of),
        };
        let mut ratio = vec![];
        for term in &terms {
            match term {
                Term::Negative(a) if tame(a) => {}
                term if tame(term) => {}
                Term::Log(a) => ratio.push((**a).clone()),
                Term::Negative(a) => match &**a {
                    Term::Log(b) => ratio.push(Term::Quotient(Box::new(Term::Number(One::one())), b.clone())),
                    _ => return false,
                },
                other if tree::independent(other, &law.of) && self.below(other) => {}
                _ => return false,
            }
        }
        !ratio.is_empty() && self.finite_ratio(law, &arith::product(ratio))
    }

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
                    || matches!(self.range_of(term), Some(Range::Interval(low, high)) if matches!((&*low.at, &*high.at), (Term::Number(_), Term::Number(_))))
            }
            Term::Generator { name, part: Part::Conjugate, argument } => {
                self.bounded_conjugate(argument, name)
            }
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

/// p(x, z) as p(x)·p(z | x), where only z is among these variables.
fn split_off(term: &Term, of: &[Variable]) -> Term {
    let Term::Density(law) = term else { return tree::map_children(term, &mut |t| split_off(t, of)) };
    let (inner, outer): (Vec<Variable>, Vec<Variable>) = law.of.iter().cloned().partition(|v| of.contains(v));
    if inner.is_empty() || outer.is_empty() || law.given.iter().any(|v| of.contains(v)) {
        return term.clone();
    }
    let mut given: Vec<Variable> = law.given.iter().chain(&outer).cloned().collect();
    given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
    let marginal = LawAt { of: outer, ..law.clone() };
    let kernel = LawAt { of: inner, given, ..law.clone() };
    Term::Product(vec![Term::Density(marginal), Term::Density(kernel)])
}

/// Densities of one law joined, p(x)·p(z | x) to p(x, z), above and below.
fn joined(term: &Term) -> Term {
    let join = |term: &Term| {
        let mut list = factors(term);
        loop {
            let pair = list.iter().enumerate().find_map(|(i, a)| {
                list.iter().enumerate().find_map(|(j, b)| match (a, b) {
                    (Term::Density(a), Term::Density(b)) if i != j => Some((i, j, facts::join(a, b)?)),
                    _ => None,
                })
            });
            let Some((i, j, joint)) = pair else { return arith::product(list) };
            list.remove(i.max(j));
            list.remove(i.min(j));
            list.push(Term::Density(joint));
        }
    };
    match term {
        Term::Quotient(a, b) => arith::quotient(join(a), join(b)),
        other => join(other),
    }
}

/// ∫ q·h as E_q h, for a density q of the variables integrated over.
fn mean(over: &[Variable], body: &Term) -> Option<Term> {
    let list = factors(body);
    let same = |law: &LawAt| law.of.len() == over.len() && over.iter().all(|v| law.of.contains(v));
    let (at, law) = list.iter().enumerate().find_map(|(i, factor)| match factor {
        Term::Density(law) if same(law) => Some((i, law.clone())),
        _ => None,
    })?;
    let rest = list.into_iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t).collect();
    Some(Term::Expectation { law, body: Box::new(arith::product(rest)) })
}

/// The factors of a product, or the term itself.
pub(super) fn factors(term: &Term) -> Vec<Term> {
    match term {
        Term::Product(factors) => factors.clone(),
        other => vec![other.clone()],
    }
}
