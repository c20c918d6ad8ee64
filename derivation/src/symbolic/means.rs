//! Has a mean a value, and is it finite? An integral has one where the integral of the
//! positive part or that of the negative part is finite; each reason that shows so is a
//! function of its own, and what it claims follows from positive facts.

use super::arith::factors;
use super::facts::Facts;
use super::integrable::bare_ratio;
use super::{arith, definitions, gradients, logs, normal, tree};
use crate::context::Property;
use crate::term::{Extremum, LawAt, Over, Part, Range, Term};
use num_rational::BigRational;

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
