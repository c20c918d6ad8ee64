//! The normal form of arithmetic: sums of products with exact coefficients, sorted.
//!
//! Each step keeps the value *and* whether there is one: what might be ∞ − ∞ or 0/0 is
//! only simplified where a fact rules that out. So two terms with the same normal form
//! are equal in every model, defined or not.

use super::arith::{coefficient, factors, negative, number, product, scaled, sum};
use super::facts::Facts;
use super::monomial::{Monomial, collect, emit};
use super::polynomial::monomials;
use super::tree;
use crate::term::Term;
use num_traits::{One, Signed, Zero};

/// The normal form, by the facts at the term's place.
pub(super) fn form(facts: &Facts, term: &Term) -> Term {
    facts.remembered(term, || {
        let inner: Vec<Term> = tree::children(term)
            .into_iter()
            .enumerate()
            .map(|(i, t)| match term {
                Term::Quotient(..) if i == 1 => normal_divisor(facts, t),
                _ => form(&facts.within(term, i), t),
            })
            .collect();
        let term = tree::with_children(term, inner);
        match &term {
            Term::Sum(_) | Term::Product(_) | Term::Negative(_) | Term::Quotient(..) | Term::Power(..) => {
                let list = collect(facts, monomials(facts, &term));
                let once = emit(&list);
                // Roots of a sum that met leave the sum itself, to be multiplied out.
                if list.iter().any(Monomial::holds_sum) {
                    emit(&collect(facts, monomials(facts, &once)))
                } else {
                    once
                }
            }
            Term::Log(a) if matches!(&**a, Term::Number(n) if n.is_one()) => number(0),
            Term::Exp(a) if matches!(&**a, Term::Number(n) if n.is_zero()) => number(1),
            Term::Abs(a) => absolute(facts, a),
            Term::Larger(terms) | Term::Smaller(terms) => {
                let mut sorted = terms.clone();
                sorted.sort();
                if matches!(term, Term::Larger(_)) { Term::Larger(sorted) } else { Term::Smaller(sorted) }
            }
            _ => term,
        }
    })
}

/// A divisor in normal form, but for powers of sums, which are not multiplied out.
fn normal_divisor(facts: &Facts, term: &Term) -> Term {
    match term {
        Term::Power(a, n) if n.is_integer() && n.is_positive() => match form(facts, a) {
            base @ Term::Sum(_) => Term::Power(Box::new(base), n.clone()),
            _ => form(facts, term),
        },
        _ => form(facts, term),
    }
}

/// |a| with what is known of a's sign taken out: numbers, factors that are never negative,
/// a density that all summands share; of a and −a the first in order.
fn absolute(facts: &Facts, a: &Term) -> Term {
    let abs = |t: Term| Term::Abs(Box::new(t));
    let tidy = |t: Term| emit(&collect(facts, monomials(facts, &t)));
    if facts.nonnegative(a) {
        return a.clone();
    }
    let (c, rest) = coefficient(a);
    match &rest {
        Term::Number(n) => Term::Number((c * n).abs()),
        Term::Sum(list) => {
            let shared = factors(&list[0]).into_iter().find(|t| {
                matches!(t, Term::Density(_)) && list.iter().all(|s| factors(&coefficient(s).1).contains(t))
            });
            if let Some(density) = shared {
                let without = |t: &Term| {
                    let (c, rest) = coefficient(t);
                    let mut list = factors(&rest);
                    if let Some(at) = list.iter().position(|t| *t == density) {
                        list.remove(at);
                    }
                    scaled(&c, product(list))
                };
                let inner = sum(list.iter().map(without).collect());
                let whole = Term::Product(vec![density.clone(), abs(inner.clone())]);
                let inner = form(&facts.within(&whole, 1), &abs(inner));
                return tidy(product(vec![Term::Number(c.abs()), density, inner]));
            }
            let opposite = form(facts, &negative(rest.clone()));
            let first = if opposite < rest { opposite } else { rest.clone() };
            tidy(product(vec![Term::Number(c.abs()), abs(first)]))
        }
        Term::Product(list) => {
            let known = |t: &Term| matches!(t, Term::Density(_)) || facts.nonnegative(t);
            let (outside, inside): (Vec<Term>, Vec<Term>) = list.iter().cloned().partition(known);
            let mut list = vec![Term::Number(c.abs())];
            list.extend(outside);
            list.push(abs(product(inside)));
            tidy(product(list))
        }
        other => tidy(product(vec![Term::Number(c.abs()), abs(other.clone())])),
    }
}
