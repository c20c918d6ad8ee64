//! The triangle inequality and its kin.

use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, normal, show};
use crate::chain::Witness;
use crate::term::Term;

fn size_of(term: Term) -> Term {
    Term::Abs(Box::new(term))
}

/// |a|, written without the bars where the sign of a is known.
fn simpler(facts: &Facts, term: &Term) -> Term {
    match term {
        Term::Negative(a) | Term::Abs(a) => simpler(facts, a),
        other if facts.nonnegative(other) => other.clone(),
        other => size_of(other.clone()),
    }
}

/// |a + b| ≤ |a| + |b|, |E h| ≤ E |h|, |∫ h| ≤ ∫ |h|; −|a| ≤ A·a ≤ |a| for |A| ≤ 1.
pub(super) fn triangle(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let bound = |to: Term, side: Side| (Rewrite::same(to), side);
    match term {
        Term::Abs(inside) => match &**inside {
            Term::Sum(list) => {
                let to = Term::Sum(list.iter().map(|t| size_of(t.clone())).collect());
                let plain = Term::Sum(list.iter().map(|t| simpler(facts, t)).collect());
                vec![bound(to, Side::AtMost), bound(plain, Side::AtMost)]
            }
            Term::Expectation { law, body } => {
                let to = Term::Expectation { law: law.clone(), body: Box::new(size_of((**body).clone())) };
                vec![bound(to, Side::AtMost)]
            }
            Term::Integral { over, body } => {
                let to = Term::Integral { over: over.clone(), body: Box::new(size_of((**body).clone())) };
                vec![bound(to, Side::AtMost)]
            }
            _ => vec![],
        },
        Term::Sum(list) => {
            let mut found = around(term);
            found.extend(joined(list).into_iter().map(|to| bound(to, Side::AtLeast)));
            found
        }
        Term::Product(list) => {
            let mut found = around(term);
            for (at, weight) in list.iter().enumerate() {
                found.extend(weighted(facts, list, at, weight));
            }
            found
        }
        Term::Function { .. } | Term::Point(_) | Term::Log(_) | Term::Parameter(_) => around(term),
        _ => vec![],
    }
}

/// −|a| ≤ a ≤ |a|
fn around(term: &Term) -> Vec<(Rewrite, Side)> {
    let size = size_of(term.clone());
    vec![(Rewrite::same(size.clone()), Side::AtMost), (Rewrite::same(arith::negative(size)), Side::AtLeast)]
}

/// Sums with |a| + |b| as |a + b|, or as |a − b|.
fn joined(list: &[Term]) -> Vec<Term> {
    let inside = |t: &Term| match t {
        Term::Abs(a) => Some((**a).clone()),
        _ => None,
    };
    let mut found = vec![];
    for (i, first) in list.iter().enumerate() {
        for (j, second) in list.iter().enumerate().skip(i + 1) {
            let (Some(a), Some(b)) = (inside(first), inside(second)) else { continue };
            for b in [b.clone(), arith::negative(b)] {
                let mut rest: Vec<Term> = list
                    .iter()
                    .enumerate()
                    .filter(|(k, _)| *k != i && *k != j)
                    .map(|(_, t)| t.clone())
                    .collect();
                rest.push(size_of(arith::sum(vec![a.clone(), b])));
                found.push(arith::sum(rest));
            }
        }
    }
    found
}

/// A·a between −|a| and |a|.
fn weighted(facts: &Facts, list: &[Term], at: usize, weight: &Term) -> Vec<(Rewrite, Side)> {
    let rest = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
    let size = size_of(arith::product(rest));
    let gap = |sign: &Term| normal::form(facts, &arith::sum(vec![arith::number(1), sign.clone()]));
    let (below, above) = (gap(weight), gap(&arith::negative(weight.clone())));
    let text = format!("-1 <= {} <= 1", show::term(facts.names, weight));
    let bound = |to: Term| {
        Rewrite::same(to).needs_text(facts, &text, |f| f.nonnegative(&below) && f.nonnegative(&above))
    };
    vec![(bound(size.clone()), Side::AtMost), (bound(arith::negative(size)), Side::AtLeast)]
}
