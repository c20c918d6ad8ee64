//! A mean as an integral, and under another law.

use super::arith::expectation;
use super::factoring::sorted;
use super::facts::Facts;
use super::rewrite::Rewrite;
use super::{arith, normal};
use crate::term::{Term, Variable};

/// E_p[h] as ∫ p·h, and back.
pub(super) fn as_integral(_facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Expectation { law, body } => {
            let mut list = vec![Term::Density(law.clone())];
            list.extend(arith::factors(body));
            vec![Rewrite::same(Term::Integral { over: law.of.clone(), body: Box::new(Term::Product(list)) })]
        }
        Term::Integral { over, body } => back(over, body),
        _ => vec![],
    }
}

fn back(over: &[Variable], body: &Term) -> Vec<Rewrite> {
    let (above, below) = match body {
        Term::Quotient(a, b) => (arith::factors(a), Some((**b).clone())),
        Term::Negative(a) => {
            return back(over, a).into_iter().map(|r| r.map(arith::negative)).collect();
        }
        other => (arith::factors(other), None),
    };
    // As a factor of a quotient a density no longer hides what is undefined.
    if below.is_some() {
        return vec![];
    }
    let mut found = vec![];
    for (i, factor) in above.iter().enumerate() {
        let Term::Density(law) = factor else { continue };
        if sorted(law.of.clone()) != sorted(over.to_vec()) {
            continue;
        }
        let rest: Vec<Term> =
            above.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
        found.push(Rewrite::same(expectation(law, arith::product(rest))));
    }
    found
}

/// E_q[(p/q)·h] = E_p[h] = ∫ p·h, where p ≪ q.
pub(super) fn importance(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = as_integral(facts, term);
    if let Term::Product(list) = term {
        found.extend(cancelled(facts, list));
    }
    let Term::Expectation { law: q, body } = term else { return found };
    let inside = facts.within(term, 0);
    // In the normal form densities are factors of the numerator, and the law's own
    // density, positive on the support, may stand below.
    let (c, body) = arith::coefficient(&normal::form(&inside, body));
    let Term::Quotient(a, b) = &body else { return found };
    let below = arith::factors(b);
    let Some(at) = below.iter().position(|t| *t == Term::Density(q.clone())) else { return found };
    let rest: Vec<Term> =
        below.iter().enumerate().filter(|(j, _)| *j != at).map(|(_, t)| t.clone()).collect();
    let above = arith::factors(a);
    for (i, factor) in above.iter().enumerate() {
        let Term::Density(p) = factor else { continue };
        if !p.of.iter().any(|v| q.of.contains(v)) {
            continue;
        }
        let others: Vec<Term> =
            above.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
        let h = if rest.is_empty() {
            arith::product(others)
        } else {
            arith::quotient(arith::product(others), arith::product(rest.clone()))
        };
        let whole = {
            let mut list = vec![Term::Density(p.clone())];
            list.extend(arith::factors(&h));
            Term::Integral { over: q.of.clone(), body: Box::new(Term::Product(list)) }
        };
        let text = super::show::dominated(p, q);
        let scaled = |t: Term| arith::scaled(&c, t);
        let dominated = |f: &Facts| f.dominated(p, q);
        found.push(Rewrite::when(scaled(whole)).needs_text(facts, &text, dominated));
        if sorted(p.of.clone()) == sorted(q.of.clone()) {
            let to = expectation(p, h.clone());
            found.push(Rewrite::when(scaled(to)).needs_text(facts, &text, dominated));
        }
    }
    found
}

/// The means under other laws that a mean of weights is, for certain.
pub(super) fn reweighted(facts: &Facts, term: &Term) -> Vec<Term> {
    let Term::Expectation { law, .. } = term else { return vec![] };
    let found = importance(facts, term).into_iter().filter(|r| r.missing().is_none()).map(|r| r.to);
    found.filter(|to| matches!(to, Term::Expectation { law: other, .. } if other != law)).collect()
}

/// q·(p/q)·h as p·h, where p ≪ q: where q is 0 both are 0, for so is p.
fn cancelled(facts: &Facts, list: &[Term]) -> Vec<Rewrite> {
    let mut found = vec![];
    for (at, factor) in list.iter().enumerate() {
        let Term::Density(q) = factor else { continue };
        let others: Vec<Term> =
            list.iter().enumerate().filter(|(j, _)| *j != at).map(|(_, t)| t.clone()).collect();
        let mut inside = facts.clone();
        inside.positive.push(q.clone());
        let (c, rest) = arith::coefficient(&normal::form(&inside, &arith::product(others)));
        let Term::Quotient(above, below) = &rest else { continue };
        if **below != *factor {
            continue;
        }
        for p in arith::factors(above) {
            let Term::Density(p) = &p else { continue };
            let to = arith::scaled(&c, (**above).clone());
            let text = super::show::dominated(p, q);
            found.push(Rewrite::when(to).needs_text(facts, &text, |f| f.dominated(p, q)));
        }
    }
    found
}
