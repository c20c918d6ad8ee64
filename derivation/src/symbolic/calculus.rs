//! Differentiation of terms in a number, and how terms curve in one.

use super::facts::Facts;
use super::{arith, normal, tree};
use crate::term::{Name, Part, Term};
use num_rational::BigRational;
use num_traits::{One, Signed};

/// The derivative in a number, by the rules for sums, products, …; under E and ∫ it is
/// taken of the integrand. `None` where no rule applies.
pub(super) fn derivative(term: &Term, name: &Name) -> Option<Term> {
    if tree::independent_of_name(term, name) {
        return Some(arith::number(0));
    }
    let d = |t: &Term| derivative(t, name);
    Some(match term {
        Term::Parameter(_) => arith::number(1),
        Term::Sum(terms) => arith::sum(terms.iter().map(d).collect::<Option<Vec<_>>>()?),
        Term::Negative(a) => arith::negative(d(a)?),
        Term::Product(factors) => {
            let mut sum = vec![];
            for (i, factor) in factors.iter().enumerate() {
                if tree::independent_of_name(factor, name) {
                    continue;
                }
                let mut list = factors.clone();
                list[i] = d(factor)?;
                // a · (log a)′ = a′, without the quotient.
                if let Term::Log(a) = factor
                    && let Some(at) = factors.iter().position(|t| *t == **a)
                {
                    list[i] = d(a)?;
                    list.remove(at);
                }
                sum.push(arith::product(list));
            }
            arith::sum(sum)
        }
        Term::Quotient(a, b) if tree::independent_of_name(b, name) => arith::quotient(d(a)?, (**b).clone()),
        Term::Quotient(a, b) => {
            let square = Term::Power(b.clone(), BigRational::from_integer(2.into()));
            let first = arith::product(vec![d(a)?, (**b).clone()]);
            let second = arith::product(vec![(**a).clone(), d(b)?]);
            arith::quotient(arith::sum(vec![first, arith::negative(second)]), square)
        }
        Term::Power(a, n) => {
            let less = n - BigRational::one();
            let power = if less.is_one() { (**a).clone() } else { Term::Power(a.clone(), less) };
            arith::product(vec![Term::Number(n.clone()), power, d(a)?])
        }
        Term::Log(a) => arith::quotient(d(a)?, (**a).clone()),
        Term::Exp(a) => arith::product(vec![term.clone(), d(a)?]),
        Term::Generator { name: f, part, argument } => {
            let part = match part {
                Part::Value => Part::Derivative,
                Part::Conjugate => Part::ConjugateDerivative,
                _ => return None,
            };
            let outer = Term::Generator { name: f.clone(), part, argument: argument.clone() };
            arith::product(vec![outer, d(argument)?])
        }
        Term::Expectation { law, body } if !law.parameters.contains(name) => {
            Term::Expectation { law: law.clone(), body: Box::new(d(body)?) }
        }
        Term::Integral { over, body } => Term::Integral { over: over.clone(), body: Box::new(d(body)?) },
        _ => return None,
    })
}

/// How a term curves in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    /// A straight line.
    Affine,
    /// Convex.
    Convex,
    /// Concave.
    Concave,
}

impl Curve {
    fn flipped(self) -> Self {
        match self {
            Self::Affine => Self::Affine,
            Self::Convex => Self::Concave,
            Self::Concave => Self::Convex,
        }
    }

    fn plus(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Affine, x) | (x, Self::Affine) => Some(x),
            (x, y) if x == y => Some(x),
            _ => None,
        }
    }
}

/// How the term curves in the number, by the rules of composition; for terms without E
/// also by the sign of the second derivative.
pub(super) fn curve(facts: &Facts, term: &Term, name: &Name) -> Option<Curve> {
    composed(facts, term, name)
        .or_else(|| composed(facts, &normal::form(facts, term), name))
        .or_else(|| by_second_derivative(facts, term, name))
}

/// How the term curves in the number, by the rules of composition.
pub(super) fn composed(facts: &Facts, term: &Term, name: &Name) -> Option<Curve> {
    if tree::independent_of_name(term, name) {
        return Some(Curve::Affine);
    }
    let of = |t: &Term| composed(facts, t, name);
    let affine = |t: &Term| of(t) == Some(Curve::Affine);
    match term {
        Term::Parameter(_) => Some(Curve::Affine),
        Term::Sum(terms) => terms.iter().try_fold(Curve::Affine, |c, t| c.plus(of(t)?)),
        Term::Negative(a) => of(a).map(Curve::flipped),
        Term::Product(factors) => {
            let (fixed, moving): (Vec<_>, Vec<_>) =
                factors.iter().cloned().partition(|t| tree::independent_of_name(t, name));
            match moving.as_slice() {
                [one] => {
                    let inner = of(one)?;
                    let fixed = arith::product(fixed);
                    if inner == Curve::Affine || facts.nonnegative(&fixed) {
                        Some(inner)
                    } else {
                        facts.nonpositive(&fixed).then(|| inner.flipped())
                    }
                }
                // u log u is convex.
                [a, Term::Log(b)] | [Term::Log(b), a]
                    if *a == **b && affine(a) && facts.nonnegative(&arith::product(fixed.clone())) =>
                {
                    Some(Curve::Convex)
                }
                _ => None,
            }
        }
        Term::Quotient(a, b) if tree::independent_of_name(b, name) && facts.positive(b) => of(a),
        Term::Exp(a) => matches!(of(a)?, Curve::Affine | Curve::Convex).then_some(Curve::Convex),
        Term::Log(a) => matches!(of(a)?, Curve::Affine | Curve::Concave).then_some(Curve::Concave),
        Term::Power(a, n)
            if affine(a)
                && n.is_integer()
                && (n / BigRational::from_integer(2.into())).is_integer()
                && n.is_positive() =>
        {
            Some(Curve::Convex)
        }
        // Of a positive number every other power is convex or concave as well.
        Term::Power(a, n) if affine(a) && facts.positive(a) => {
            Some(if n.is_positive() && *n < BigRational::one() { Curve::Concave } else { Curve::Convex })
        }
        Term::Quotient(a, b)
            if tree::independent_of_name(a, name) && affine(b) && facts.positive(b) && facts.finite(a) =>
        {
            if facts.nonnegative(a) {
                Some(Curve::Convex)
            } else {
                facts.nonpositive(a).then_some(Curve::Concave)
            }
        }
        Term::Abs(a) if affine(a) => Some(Curve::Convex),
        Term::Generator { part: Part::Value | Part::Conjugate | Part::Biconjugate, argument, .. }
            if affine(argument) =>
        {
            Some(Curve::Convex)
        }
        Term::Expectation { law, body } if !law.parameters.contains(name) => {
            composed(&facts.within(term, 0), body, name)
        }
        Term::Integral { body, .. } => of(body),
        _ => None,
    }
}

fn by_second_derivative(facts: &Facts, term: &Term, name: &Name) -> Option<Curve> {
    let second = normal::form(facts, &derivative(&derivative(term, name)?, name)?);
    // Over one denominator, a product of positive terms: its sign is the numerator's.
    let mut denominators: Vec<Term> = vec![];
    for summand in arith::summands(&second) {
        let (_, rest) = arith::coefficient(&summand);
        if let Term::Quotient(_, b) = rest {
            let mut left = denominators.clone();
            for factor in arith::factors(&b) {
                match left.iter().position(|d| *d == factor) {
                    Some(at) => {
                        left.remove(at);
                    }
                    None => denominators.push(factor),
                }
            }
        }
    }
    if !denominators.iter().all(|d| facts.positive(d) && facts.finite(d)) {
        return None;
    }
    let terms = arith::summands(&second).into_iter().map(|t| {
        let mut list = vec![t];
        list.extend(denominators.clone());
        arith::product(list)
    });
    let numerator = normal::form(facts, &arith::sum(terms.collect()));
    let numerator = normal::form(facts, &numerator);
    if facts.nonnegative(&numerator) {
        Some(Curve::Convex)
    } else {
        facts.nonpositive(&numerator).then_some(Curve::Concave)
    }
}

/// Is the term continuous in the number, wherever it is defined in its range?
pub(super) fn continuous(term: &Term, name: &Name) -> bool {
    if tree::independent_of_name(term, name) {
        return true;
    }
    match term {
        Term::Parameter(_) => true,
        // A closed convex function of one number is continuous on its domain, and f* is
        // always closed.
        Term::Generator { part: Part::Conjugate, .. }
        | Term::Sum(_)
        | Term::Product(_)
        | Term::Negative(_)
        | Term::Exp(_)
        | Term::Abs(_) => tree::children(term).into_iter().all(|t| continuous(t, name)),
        Term::Quotient(a, b) => continuous(a, name) && tree::independent_of_name(b, name),
        Term::Power(a, n) => n.is_integer() && n.is_positive() && continuous(a, name),
        _ => false,
    }
}
