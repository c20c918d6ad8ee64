//! Has a mean a value, and is it finite? An integral has one where the integral of the
//! positive part or that of the negative part is finite; each reason that shows so is a
//! function of its own, and what it claims follows from positive facts.

use super::arith::factors;
use super::facts::Facts;
use super::{arith, definitions, gradients, logs, normal, tree};
use crate::context::Property;
use crate::term::{Extremum, LawAt, Over, Part, Range, Term, Variable};
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Of the positive part of an integrand and of the negative: is its integral finite?
type Parts = (bool, bool);

/// A reason why parts of a mean are finite.
type Reason = fn(&Facts, &LawAt, &Term) -> Parts;

/// The reasons, the cheap ones first.
const REASONS: &[Reason] = &[
    by_assumption,
    by_squares,
    by_noise,
    by_factor,
    by_sign,
    by_values,
    by_structure,
    by_joint_law,
    by_bounded_weight,
    by_mass,
    by_logarithm,
];

impl Facts<'_> {
    /// Of E_law body: is the integral of the positive part finite? Of the negative?
    pub(super) fn parts(&self, law: &LawAt, body: &Term) -> Parts {
        let mut facts = self.clone();
        facts.shadow(&law.of);
        facts.positive.push(law.clone());
        facts.deeper((false, false), || facts.parts_inner(law, body))
    }

    fn parts_inner(&self, law: &LawAt, body: &Term) -> Parts {
        let mut found = (false, false);
        for reason in REASONS {
            let (up, down) = reason(self, law, body);
            found = (found.0 || up, found.1 || down);
            if found == (true, true) {
                break;
            }
        }
        found
    }

    /// Is the argument r/q for the law q, with ∫ r finite?
    fn finite_ratio(&self, law: &LawAt, ratio: &Term) -> bool {
        let apart = split_off(ratio, &law.of);
        let product = normal::form(self, &arith::product(vec![Term::Density(law.clone()), apart]));
        let each = |term: &Term| arith::summands(term).iter().all(|t| self.finite_mass(law, &upright(t)));
        each(&product)
            || each(&normal::form(self, &joined(&product)))
            || own_kernels(law, ratio)
                .into_iter()
                .any(|split| each(&normal::form(self, &arith::product(vec![split, ratio.clone()]))))
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

    /// Is ∫ of the absolute value finite, because each summand's is?
    pub(super) fn integrable_sum(&self, body: &Term, over: &[Variable]) -> bool {
        match body {
            Term::Sum(list) | Term::Larger(list) | Term::Smaller(list) => {
                list.iter().all(|t| self.integrable_sum(t, over))
            }
            Term::Negative(a) | Term::Abs(a) => self.integrable_sum(a, over),
            Term::Number(n) => n.is_zero(),
            other => {
                let list = factors(&upright(other));
                if self.integrable_density(&list, over) {
                    return true;
                }
                // What is bounded, times one thing more.
                let (_, wild): (Vec<_>, Vec<_>) = list.iter().partition(|t| self.bounded(t, over));
                matches!(wild.as_slice(), [one] if matches!(one, Term::Sum(_) | Term::Abs(_) | Term::Larger(_) | Term::Smaller(_)) && self.integrable_sum(one, over))
            }
        }
    }

    /// Is ∫ of the product of densities and bounded factors finite, because one can
    /// integrate one density after the other?
    pub(super) fn integrable_density(&self, list: &[Term], over: &[Variable]) -> bool {
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
            // Of p(x)² neither factor is next: each stands in the other's way.
            let next = left.iter().enumerate().find(|(i, d)| {
                let others = || left.iter().enumerate().filter(|(j, _)| j != i);
                let mut here = d.of.iter().filter(|v| variables.contains(v)).peekable();
                here.peek().is_some()
                    && here.all(|v| others().all(|(_, o)| !o.of.contains(v) && !o.given.contains(v)))
            });
            let Some((next, _)) = next else { return false };
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
}

fn all_of(terms: &mut dyn Iterator<Item = Parts>) -> Parts {
    terms.fold((true, true), |(u, d), (a, b)| (u && a, d && b))
}

fn by_sign(facts: &Facts, _: &LawAt, body: &Term) -> Parts {
    (facts.nonpositive(body), facts.nonnegative(body))
}

/// The mean of a constant is the constant; on a finite space nothing adds up to an
/// infinity that was none; what is bounded has a mean.
fn by_values(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    if facts.bounded(body, &law.of) {
        return (true, true);
    }
    let fixed = tree::independent(body, &law.of) || facts.finite_spaces(&law.of);
    (fixed && facts.below(body), fixed && facts.above(body))
}

fn by_assumption(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let whole = Term::Expectation { law: law.clone(), body: Box::new(body.clone()) };
    (facts.assumed_finite(&whole, true), facts.assumed_finite(&whole, false))
}

/// What has a finite mean square has a finite mean, and so has the product of two such.
fn by_squares(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    if facts.known.below.is_empty() {
        return (false, false);
    }
    let square = |t: &Term| square_integrable(facts, law, t);
    let finite = match body {
        Term::Product(list) => {
            let (fixed, moving): (Vec<_>, Vec<_>) = list.iter().partition(|t| tree::independent(t, &law.of));
            moving.len() == 2 && fixed.iter().all(|t| facts.finite(t)) && moving.into_iter().all(square)
        }
        Term::Power(a, n) if *n == two() => square(a),
        other => square(other),
    };
    (finite, finite)
}

fn two() -> BigRational {
    BigRational::from_integer(2.into())
}

/// Is E h² finite?
fn square_integrable(facts: &Facts, law: &LawAt, term: &Term) -> bool {
    let square = |t: &Term| square_integrable(facts, law, t);
    let own = || {
        let body = Term::Power(Box::new(term.clone()), two());
        let mean = Term::Expectation { law: law.clone(), body: Box::new(body) };
        facts.assumed_finite(&mean, true)
    };
    match term {
        Term::Sum(list) => list.iter().all(square) || own(),
        Term::Negative(a) | Term::Abs(a) => square(a),
        Term::Product(list) => {
            let wild: Vec<&Term> = list.iter().filter(|t| !facts.bounded(t, &law.of)).collect();
            matches!(wild.as_slice(), [one] if square(one)) || own()
        }
        Term::Point(_) | Term::Function { .. } | Term::Quotient(..) | Term::Log(_) => {
            facts.bounded(term, &law.of) || own()
        }
        other => facts.bounded(other, &law.of),
    }
}

/// A mean under the law of a function of noise is one under that of the noise.
fn by_noise(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let whole = Term::Expectation { law: law.clone(), body: Box::new(body.clone()) };
    match definitions::pull_back(facts, &whole) {
        Some(Term::Expectation { law, body }) => facts.parts(&law, &body),
        _ => (false, false),
    }
}

/// Of a law declared as a product of densities, the one that the integrand depends on.
fn by_factor(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    super::mixture::essential(facts, law, body).map_or((false, false), |part| facts.parts(&part, body))
}

fn by_structure(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    match body {
        Term::Sum(terms) => all_of(&mut terms.iter().map(|t| facts.parts_inner(law, t))),
        Term::Negative(a) => {
            let (up, down) = facts.parts_inner(law, a);
            (down, up)
        }
        Term::Product(factors) => {
            // A constant times an integrand.
            let (fixed, moving): (Vec<_>, Vec<_>) =
                factors.iter().cloned().partition(|t| tree::independent(t, &law.of));
            let [one] = moving.as_slice() else { return (false, false) };
            if !fixed.iter().all(|t| facts.finite(t)) {
                return (false, false);
            }
            let (up, down) = facts.parts_inner(law, one);
            if up && down || fixed.iter().all(|t| facts.nonnegative(t)) {
                (up, down)
            } else if facts.nonpositive(&arith::product(fixed)) {
                (down, up)
            } else {
                (false, false)
            }
        }
        Term::Function { name, .. } if facts.has(name, Property::Integrable) => (true, true),
        Term::Function { .. } => definitions::unfold_function(facts, body)
            .map_or((false, false), |formula| facts.parts_inner(law, &formula)),
        // f lies above an affine function, and the ratio of two densities has a finite
        // mean.
        Term::Generator { part: Part::Value | Part::Biconjugate, argument, .. } => {
            (false, facts.finite_ratio(law, argument))
        }
        // f*(t) is at least t − f(1).
        Term::Generator { part: Part::Conjugate, argument, .. } => {
            (false, facts.parts_inner(law, argument).1)
        }
        // A supremum is at least its objective at one number, the same for every point:
        // its negative part is no larger. dom f* is never empty.
        Term::Extremum {
            kind,
            over: over @ Over::Number { name, range: Range::Real | Range::ConjugateDomain(_) },
            body,
        } if !law.parameters.contains(name) => {
            let mut inside = facts.clone();
            inside.bind(over);
            if !inside.defined(body) {
                return (false, false);
            }
            let (up, down) = inside.parts_inner(law, body);
            let greatest = matches!(kind, Extremum::Sup | Extremum::Max);
            if greatest { (false, down) } else { (up, false) }
        }
        _ => (false, false),
    }
}

/// A mean of means is the mean over the joint law.
fn by_joint_law(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let Term::Expectation { law: inner, body: innermost } = body else { return (false, false) };
    let Some(joint) = super::positivity::join(inner, law) else { return (false, false) };
    let whole = facts.parts(&joint, innermost);
    if whole != (true, true) && tree::independent(innermost, &inner.of) {
        let (up, down) = facts.parts_inner(law, innermost);
        return (up || whole.0, down || whole.1);
    }
    whole
}

/// What is bounded, times r/q or a score, has a finite mean.
fn by_bounded_weight(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let (_, rest) = arith::coefficient(&normal::form(facts, body));
    let (above, below) = match rest {
        Term::Quotient(a, b) => (factors(&a), Some(*b)),
        other => (factors(&other), None),
    };
    let (tame, wild): (Vec<_>, Vec<_>) = above.into_iter().partition(|t| facts.bounded(t, &law.of));
    let finite = gradients::score(facts, law, &wild) && below.is_none()
        || !tame.is_empty() && {
            let wild = arith::product(wild);
            let ratio = below.map_or_else(|| wild.clone(), |b| arith::quotient(wild.clone(), b));
            facts.nonnegative(&ratio) && facts.finite_ratio(law, &ratio)
        };
    (finite, finite)
}

/// E_q of a ratio r/q is ∫ r at most.
fn by_mass(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let finite = facts.nonnegative(body) && facts.finite_ratio(law, body);
    (finite, finite)
}

/// E_q log(r/q) < ∞, and E_q log(q/r) > −∞, by log u ≤ u − 1; log a ≤ a.
fn by_logarithm(facts: &Facts, law: &LawAt, body: &Term) -> Parts {
    let spread = logs::spread_all(facts, body);
    let mut found = (false, false);
    let mut learn = |(up, down): Parts| found = (found.0 || up, found.1 || down);
    if matches!(spread, Term::Log(_) | Term::Sum(_)) {
        learn((facts.log_near(law, &spread), false));
    }
    if let Term::Log(a) = body
        && !bare_ratio(a)
        && facts.nonnegative(a)
    {
        learn((facts.parts_inner(law, a).0, false));
    }
    if spread != *body || matches!(body, Term::Sum(_) | Term::Log(_)) {
        learn((
            facts.log_ratio(law, &spread),
            facts.log_ratio(law, &normal::form(facts, &arith::negative(spread.clone()))),
        ));
        if let Term::Sum(terms) = &spread
            && spread != *body
        {
            learn(all_of(&mut terms.iter().map(|t| facts.parts_inner(law, t))));
        }
    }
    found
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

/// The law's density p(x, y) as p(x)·p(y | x) where the ratio divides by such a kernel.
fn own_kernels(law: &LawAt, ratio: &Term) -> Vec<Term> {
    let Term::Quotient(_, below) = ratio else { return vec![] };
    let kernel = |factor: Term| {
        let Term::Density(kernel) = factor else { return None };
        let of: Vec<Variable> = law.of.iter().filter(|v| !kernel.of.contains(v)).cloned().collect();
        let head = LawAt { of, ..law.clone() };
        (super::positivity::join(&kernel, &head)? == *law)
            .then(|| Term::Product(vec![Term::Density(head), Term::Density(kernel)]))
    };
    factors(below).into_iter().filter_map(kernel).collect()
}

/// Densities of one law joined, p(x)·p(z | x) to p(x, z), above and below.
fn joined(term: &Term) -> Term {
    let join = |term: &Term| {
        let mut list = factors(term);
        loop {
            let pair = list.iter().enumerate().find_map(|(i, a)| {
                list.iter().enumerate().find_map(|(j, b)| match (a, b) {
                    (Term::Density(a), Term::Density(b)) if i != j => {
                        Some((i, j, super::positivity::join(a, b)?))
                    }
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

/// Is the term made of densities by products, quotients and powers?
pub(super) fn bare_ratio(term: &Term) -> bool {
    match term {
        Term::Density(_) | Term::Number(_) => true,
        Term::Product(_) | Term::Quotient(..) | Term::Power(..) => {
            tree::children(term).into_iter().all(bare_ratio)
        }
        _ => false,
    }
}

/// A summand without its number, which changes nothing about whether its mass is finite.
fn upright(term: &Term) -> Term {
    let (c, rest) = arith::coefficient(term);
    if c.is_zero() { term.clone() } else { rest }
}

/// ∫ q·h as E_q h, for a density q of the variables integrated over.
pub(super) fn mean(over: &[Variable], body: &Term) -> Option<Term> {
    let list = factors(body);
    let same = |law: &LawAt| law.of.len() == over.len() && over.iter().all(|v| law.of.contains(v));
    let (at, law) = list.iter().enumerate().find_map(|(i, factor)| match factor {
        Term::Density(law) if same(law) => Some((i, law.clone())),
        _ => None,
    })?;
    let rest = list.into_iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t).collect();
    Some(Term::Expectation { law, body: Box::new(arith::product(rest)) })
}
