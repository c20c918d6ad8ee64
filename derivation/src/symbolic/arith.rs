//! Sums, products, quotients and means put together and taken apart; their normal form is in
//! `normal`.

use crate::term::{LawAt, Term};
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// An exact number.
pub(super) fn number(n: i64) -> Term {
    Term::Number(BigRational::from_integer(n.into()))
}

/// −a
pub(super) fn negative(a: Term) -> Term {
    match a {
        Term::Negative(inner) => *inner,
        Term::Number(n) => Term::Number(-n),
        other => Term::Negative(Box::new(other)),
    }
}

/// A flat sum.
pub(super) fn sum(terms: Vec<Term>) -> Term {
    let mut flat = vec![];
    for term in terms {
        match term {
            Term::Sum(inner) => flat.extend(inner),
            Term::Number(n) if n.is_zero() => {}
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => number(0),
        1 => flat.remove(0),
        _ => Term::Sum(flat),
    }
}

/// A flat product.
pub(super) fn product(terms: Vec<Term>) -> Term {
    let mut flat = vec![];
    for term in terms {
        match term {
            Term::Product(inner) => flat.extend(inner),
            Term::Number(n) if n.is_one() => {}
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => number(1),
        1 => flat.remove(0),
        _ => Term::Product(flat),
    }
}

/// a / b
pub(super) fn quotient(a: Term, b: Term) -> Term {
    Term::Quotient(Box::new(a), Box::new(b))
}

/// E h under a law.
pub(super) fn expectation(law: &LawAt, body: Term) -> Term {
    Term::Expectation { law: law.clone(), body: Box::new(body) }
}

/// The summands of a term.
pub(super) fn summands(term: &Term) -> Vec<Term> {
    match term {
        Term::Sum(terms) => terms.clone(),
        other => vec![other.clone()],
    }
}

/// The factors of a product, or the term itself.
pub(super) fn factors(term: &Term) -> Vec<Term> {
    match term {
        Term::Product(factors) => factors.clone(),
        other => vec![other.clone()],
    }
}

/// A summand's number and the rest.
pub(super) fn coefficient(term: &Term) -> (BigRational, Term) {
    match term {
        Term::Number(n) => (n.clone(), number(1)),
        Term::Negative(a) => {
            let (c, rest) = coefficient(a);
            (-c, rest)
        }
        Term::Product(factors) => {
            let (mut c, mut rest) = (BigRational::one(), vec![]);
            for factor in factors {
                match factor {
                    Term::Number(n) => c *= n,
                    other => rest.push(other.clone()),
                }
            }
            (c, product(rest))
        }
        Term::Quotient(a, b) => {
            let (c, rest) = coefficient(a);
            match &**b {
                Term::Number(n) if !n.is_zero() => (c / n, rest),
                _ if c.is_positive() => (c, quotient(rest, (**b).clone())),
                _ => (BigRational::one(), term.clone()),
            }
        }
        other => (BigRational::one(), other.clone()),
    }
}

/// c·t
pub(super) fn scaled(c: &BigRational, t: Term) -> Term {
    if c.is_one() {
        t
    } else if *c == -BigRational::one() {
        negative(t)
    } else if let Term::Number(n) = t {
        Term::Number(c * n)
    } else if c.is_negative() {
        negative(product(vec![Term::Number(-c), t]))
    } else {
        product(vec![Term::Number(c.clone()), t])
    }
}

/// The number c with a = c·b, if the two, in normal form, differ by one.
pub(super) fn ratio(a: &Term, b: &Term) -> Option<BigRational> {
    let (xs, ys) = (summands(a), summands(b));
    let mut found: Option<BigRational> = None;
    if xs.len() != ys.len() {
        return None;
    }
    for x in &xs {
        let (c, rest) = coefficient(x);
        let (d, _) = ys.iter().map(coefficient).find(|(_, r)| *r == rest)?;
        if d.is_zero() {
            return None;
        }
        let r = c / d;
        if found.as_ref().is_some_and(|f| *f != r) {
            return None;
        }
        found = Some(r);
    }
    found
}
