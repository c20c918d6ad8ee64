//! Logarithms and exponentials of products, quotients and powers.

use super::facts::Facts;
use super::{arith, fraction, normal, tree};
use crate::term::Term;
use num_traits::Signed;

/// log(a·b/c) as log a + log b − log c, where that is as defined as it was: all parts
/// are ≥ 0, and no density that may be 0 hides a factor that may be infinite.
pub(super) fn spread(facts: &Facts, term: &Term) -> Option<Term> {
    let Term::Log(inside) = term else { return None };
    let parts = parts(facts, inside)?;
    (parts.len() > 1 || parts.first() != Some(term)).then(|| arith::sum(parts))
}

fn parts(facts: &Facts, inside: &Term) -> Option<Vec<Term>> {
    let nonnegative = |t: &Term| facts.nonnegative(t);
    match inside {
        Term::Product(list) => {
            let hides = list.iter().any(|t| matches!(t, Term::Density(_)) && !facts.positive(t))
                && !list.iter().all(|t| facts.finite(t));
            if hides || !list.iter().all(nonnegative) {
                return None;
            }
            let each: Option<Vec<Vec<Term>>> = list.iter().map(|t| parts(facts, t)).collect();
            Some(each?.into_iter().flatten().collect())
        }
        // −(a/b) = a/(−b) and a/b = (−a)/(−b), for b < 0.
        Term::Negative(inner) if matches!(&**inner, Term::Quotient(_, b) if facts.negative(b)) => {
            let Term::Quotient(a, b) = &**inner else { return None };
            parts(facts, &arith::quotient((**a).clone(), arith::negative((**b).clone())))
        }
        Term::Quotient(a, b) if facts.negative(b) && facts.nonpositive(a) => {
            parts(facts, &arith::quotient(arith::negative((**a).clone()), arith::negative((**b).clone())))
        }
        Term::Sum(_) => match one_fraction(facts, inside) {
            Some((a, b)) if nonnegative(&a) => parts(facts, &arith::quotient(a, b)),
            _ => Some(vec![Term::Log(Box::new(inside.clone()))]),
        },
        Term::Quotient(a, b) => {
            if !nonnegative(a) || !nonnegative(b) {
                return None;
            }
            let mut all = parts(facts, a)?;
            all.extend(parts(facts, b)?.into_iter().map(arith::negative));
            Some(all)
        }
        Term::Power(a, n) if nonnegative(a) && (n.is_positive() || facts.positive(a)) => {
            let inner = parts(facts, a)?;
            Some(inner.into_iter().map(|t| arith::scaled(n, t)).collect())
        }
        Term::Number(n) if n.is_positive() && !n.is_integer() => {
            let log = |k: &num_bigint::BigInt| Term::Log(Box::new(Term::Number(k.clone().into())));
            let above = log(n.numer());
            let below = arith::negative(log(n.denom()));
            Some(if n.numer() == &num_bigint::BigInt::from(1) { vec![below] } else { vec![above, below] })
        }
        other => Some(vec![Term::Log(Box::new(other.clone()))]),
    }
}

/// A sum of fractions over one denominator, whose factors are positive.
fn one_fraction(facts: &Facts, sum: &Term) -> Option<(Term, Term)> {
    if !fraction::has_quotient(sum) {
        return None;
    }
    let whole = fraction::over_one(facts, sum)?;
    let positive = !whole.below.is_empty() && whole.below.iter().all(|t| facts.positive(t));
    positive.then(|| (normal::form(facts, &whole.above), arith::product(whole.below)))
}

/// Every logarithm in a sum of numbers spread at once.
pub(super) fn spread_numbers(facts: &Facts, term: &Term) -> Option<Term> {
    if !matches!(term, Term::Sum(_)) || !plain(term) {
        return None;
    }
    let to = spread_all(facts, term);
    (to != *term).then_some(to)
}

/// Is the term made of numbers alone, without points and binders?
fn plain(term: &Term) -> bool {
    !matches!(
        term,
        Term::Point(_)
            | Term::Density(_)
            | Term::Function { .. }
            | Term::Generator { .. }
            | Term::Expectation { .. }
            | Term::Integral { .. }
            | Term::Extremum { .. }
            | Term::Gradient { .. }
            | Term::Distance { .. }
            | Term::Entropy(_)
    ) && tree::children(term).into_iter().all(plain)
}

/// Every logarithm in the term spread.
pub(super) fn spread_all(facts: &Facts, term: &Term) -> Term {
    let inner: Vec<Term> = tree::children(term)
        .into_iter()
        .enumerate()
        .map(|(i, t)| spread_all(&facts.within(term, i), t))
        .collect();
    let term = tree::with_children(term, inner);
    if let Term::Log(inside) = &term {
        let tidy = Term::Log(Box::new(normal::form(facts, inside)));
        return spread(facts, &tidy).unwrap_or(tidy);
    }
    match term {
        Term::Sum(terms) => arith::sum(terms),
        other => other,
    }
}

/// log a + log b as log(a·b), a difference as log of a ratio; defined wherever the sum
/// was.
pub(super) fn gather(facts: &Facts, term: &Term) -> Option<Term> {
    let (mut above, mut below, mut rest) = (vec![], vec![], vec![]);
    for summand in arith::summands(term) {
        match &summand {
            Term::Log(a) if facts.nonnegative(a) => above.push((**a).clone()),
            Term::Negative(a) => match &**a {
                Term::Log(b) if facts.nonnegative(b) => below.push((**b).clone()),
                _ => rest.push(summand),
            },
            _ => rest.push(summand),
        }
    }
    if above.len() + below.len() < 2 {
        return None;
    }
    let ratio = if below.is_empty() {
        arith::product(above)
    } else {
        arith::quotient(arith::product(above), arith::product(below))
    };
    rest.push(Term::Log(Box::new(ratio)));
    Some(arith::sum(rest))
}

/// log exp a = a and exp log a = a.
pub(super) fn undo(facts: &Facts, term: &Term) -> Option<Term> {
    match term {
        Term::Log(a) => match &**a {
            Term::Exp(b) => Some((**b).clone()),
            _ => None,
        },
        Term::Exp(a) => match &**a {
            Term::Log(b) if facts.nonnegative(b) => Some((**b).clone()),
            Term::Negative(c) => match &**c {
                Term::Log(b) if facts.nonnegative(b) => {
                    Some(arith::quotient(arith::number(1), (**b).clone()))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// exp(a + b − c) as exp a · exp b / exp c.
pub(super) fn split_exponent(term: &Term) -> Option<Term> {
    let Term::Exp(a) = term else { return None };
    let (mut above, mut below) = (vec![], vec![]);
    for summand in arith::summands(a) {
        match summand {
            Term::Negative(b) => below.push(Term::Exp(b)),
            other => above.push(Term::Exp(Box::new(other))),
        }
    }
    if above.len() + below.len() < 2 && below.is_empty() {
        return None;
    }
    Some(if below.is_empty() {
        arith::product(above)
    } else {
        arith::quotient(arith::product(above), arith::product(below))
    })
}

/// exp a · exp b as exp(a + b).
pub(super) fn join_exponents(term: &Term) -> Option<Term> {
    let (mut exponents, mut rest) = (vec![], vec![]);
    for factor in arith::factors(term) {
        match factor {
            Term::Exp(a) => exponents.push(*a),
            other => rest.push(other),
        }
    }
    (exponents.len() > 1).then(|| {
        rest.push(Term::Exp(Box::new(arith::sum(exponents))));
        arith::product(rest)
    })
}

/// The term in normal form with every log exp and exp log undone: equal, and defined on
/// the same models.
pub(super) fn tidy(facts: &Facts, term: &Term) -> Term {
    let inner =
        tree::children(term).into_iter().enumerate().map(|(i, t)| tidy(&facts.within(term, i), t)).collect();
    let term = normal::form(facts, &tree::with_children(term, inner));
    undo(facts, &term).map_or(term, |t| normal::form(facts, &t))
}

/// −E log(a/b) = E log(b/a), for a, b ≥ 0: undefined at 0/0 both.
pub(super) fn inverted(facts: &Facts, term: &Term) -> Option<Term> {
    let Term::Negative(mean) = term else { return None };
    let Term::Expectation { law, body } = &**mean else { return None };
    let Term::Log(inside) = &**body else { return None };
    let Term::Quotient(a, b) = &**inside else { return None };
    let place = facts.within(mean, 0);
    (place.nonnegative(a) && place.nonnegative(b)).then(|| {
        let turned = Term::Log(Box::new(arith::quotient((**b).clone(), (**a).clone())));
        Term::Expectation { law: law.clone(), body: Box::new(turned) }
    })
}
