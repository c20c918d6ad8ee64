//! Means and integrals of sums and of constant factors: what of them may be rewritten
//! into what, with what each way needs.

use super::facts::Facts;
use super::rewrite::Rewrite;
use super::{arith, normal, positivity, rename, tree};
use crate::term::{LawAt, Term};
use num_traits::Zero;

pub(super) fn expectation(law: &LawAt, body: Term) -> Term {
    Term::Expectation { law: law.clone(), body: Box::new(body) }
}

/// E of what does not depend on the point; a law's whole mass is 1.
pub(super) fn constant(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Expectation { law, body } if tree::independent(body, &law.of) => {
            vec![Rewrite::same((**body).clone())]
        }
        Term::Expectation { law, body } => pull_out(facts, term, law, body, &|b| expectation(law, b)),
        _ => vec![],
    }
}

/// E[c·h] = c·E[h].
fn pull_out(
    facts: &Facts,
    whole: &Term,
    law: &LawAt,
    body: &Term,
    over: &dyn Fn(Term) -> Term,
) -> Vec<Rewrite> {
    let body = normal::form(&facts.within(whole, 0), body);
    let (above, below) = match &body {
        Term::Quotient(a, b) => (arith::factors(a), arith::factors(b)),
        Term::Negative(a) => {
            return vec![Rewrite::same(arith::negative(over((**a).clone())))];
        }
        other => (arith::factors(other), vec![]),
    };
    let split = |list: Vec<Term>| -> (Vec<Term>, Vec<Term>) {
        list.into_iter().partition(|t| tree::independent(t, &law.of))
    };
    let ((fixed, moving), (fixed_below, moving_below)) = (split(above), split(below));
    if fixed.is_empty() && fixed_below.is_empty() || moving.is_empty() && moving_below.is_empty() {
        return vec![];
    }
    let ratio = |a: Vec<Term>, b: Vec<Term>| {
        if b.is_empty() { arith::product(a) } else { arith::quotient(arith::product(a), arith::product(b)) }
    };
    let factor = ratio(fixed, fixed_below);
    let rest = over(ratio(moving, moving_below));
    let to = arith::product(vec![factor.clone(), rest]);
    vec![Rewrite::when(to).needs_both(facts, "finite", &factor, |f| f.finite(&factor)).needs_forward(
        facts,
        "nonzero",
        &factor,
        |f| {
            f.nonzero(&factor)
                || f.finite(&Term::Expectation { law: law.clone(), body: Box::new(body.clone()) })
        },
    )]
}

/// E[a + b] = E[a] + E[b], and the like for integrals.
pub(super) fn linearity(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Expectation { law, body } => {
            let mut found = constant(facts, term);
            found.extend(split(facts, term, body, &|b| expectation(law, b)));
            found
        }
        Term::Integral { over, body } => {
            split(facts, term, body, &|b| Term::Integral { over: over.clone(), body: Box::new(b) })
        }
        Term::Sum(terms) => merge(facts, terms),
        Term::Negative(_) | Term::Product(_) => push_in(facts, term),
        _ => vec![],
    }
}

fn split(facts: &Facts, whole: &Term, body: &Term, over: &dyn Fn(Term) -> Term) -> Vec<Rewrite> {
    let inside = facts.within(whole, 0);
    let body = normal::form(&inside, body);
    let Term::Sum(terms) = &body else { return vec![] };
    let mut found = vec![];
    let mut offer = |groups: Vec<Term>| {
        let parts: Vec<Term> = groups
            .into_iter()
            .map(|g| {
                let (c, rest) = arith::coefficient(&g);
                if matches!(g, Term::Sum(_)) { over(g) } else { arith::scaled(&c, over(rest)) }
            })
            .collect();
        let to = arith::sum(parts.clone());
        found.push(Rewrite::when(to).needs_forward_list(facts, "all but one finite", &parts, |f| {
            parts.iter().filter(|p| !f.finite(p)).count() <= 1
        }));
    };
    offer(terms.clone());
    if terms.len() > 2 && terms.len() <= 8 {
        for i in 0..terms.len() {
            let rest: Vec<Term> =
                terms.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
            offer(vec![terms[i].clone(), arith::sum(rest)]);
        }
    }
    found
}

/// c·E[h] as E[c·h], for a number c.
fn push_in(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let (c, rest) = arith::coefficient(term);
    if c.is_zero() {
        return vec![];
    }
    match rest {
        Term::Expectation { law, body } => {
            vec![Rewrite::same(expectation(&law, arith::scaled(&c, *body)))]
        }
        Term::Integral { over, body } => {
            vec![Rewrite::same(Term::Integral { over, body: Box::new(arith::scaled(&c, *body)) })]
        }
        Term::Product(list) => list
            .iter()
            .enumerate()
            .filter_map(|(i, t)| {
                let Term::Expectation { law, body } = t else { return None };
                let others: Vec<Term> =
                    list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
                let factor = arith::product(others);
                if !tree::independent(&factor, &law.of) {
                    return None;
                }
                let to = expectation(
                    law,
                    arith::scaled(&c, arith::product(vec![factor.clone(), (**body).clone()])),
                );
                Some(
                    Rewrite::when(to)
                        .needs_both(facts, "finite", &factor, |f| f.finite(&factor))
                        // 0 times a mean needs one.
                        .needs_backward(facts, "nonzero", &factor, |f| f.nonzero(&factor) || f.defined(t)),
                )
            })
            .collect(),
        _ => vec![],
    }
}

/// What stands under one sign, with its number taken in.
fn under(term: &Term) -> Option<(Term, Term)> {
    let (c, rest) = arith::coefficient(term);
    match &rest {
        Term::Expectation { body, .. } | Term::Integral { body, .. } if !c.is_zero() => {
            Some((rest.clone(), arith::scaled(&c, (**body).clone())))
        }
        _ => None,
    }
}

fn merge(facts: &Facts, terms: &[Term]) -> Vec<Rewrite> {
    let mut found = vec![];
    let parts: Vec<Option<(Term, Term)>> = terms.iter().map(under).collect();
    for (i, first) in parts.iter().enumerate() {
        let Some((head, _)) = first else { continue };
        let mut group = vec![];
        for (j, other) in parts.iter().enumerate() {
            let Some((sign, body)) = other else { continue };
            if let Some(moved) = same_sign(head, sign).and_then(|by| rename::moved(body, &by)) {
                group.push((j, moved));
            }
        }
        if group.first().map(|g| g.0) != Some(i) {
            continue;
        }
        let mut choices = vec![];
        if group.len() > 1 {
            choices.push(group.clone());
        }
        if group.len() > 2 && group.len() <= 5 {
            for a in 0..group.len() {
                for b in a + 1..group.len() {
                    choices.push(vec![group[a].clone(), group[b].clone()]);
                }
            }
        }
        for choice in choices {
            let body = Term::Sum(choice.iter().map(|(_, b)| b.clone()).collect());
            let joined = match head {
                Term::Expectation { law, .. } => expectation(law, body),
                Term::Integral { over, .. } => Term::Integral { over: over.clone(), body: Box::new(body) },
                _ => continue,
            };
            let taken: Vec<usize> = choice.iter().map(|(j, _)| *j).collect();
            let mut rest: Vec<Term> = terms
                .iter()
                .enumerate()
                .filter(|(j, _)| !taken.contains(j))
                .map(|(_, t)| t.clone())
                .collect();
            let parts: Vec<Term> = taken.iter().map(|j| terms[*j].clone()).collect();
            rest.push(joined);
            found.push(Rewrite::when(arith::sum(rest)).needs_backward_list(
                facts,
                "all but one finite",
                &parts,
                |f| parts.iter().filter(|p| !f.finite(p)).count() <= 1,
            ));
        }
    }
    found
}

/// The renaming that makes the second sign (E over a law, ∫ over spaces) the first.
fn same_sign(a: &Term, b: &Term) -> Option<rename::Renaming> {
    match (a, b) {
        (Term::Expectation { law: p, .. }, Term::Expectation { law: q, .. }) => {
            let by = positivity::matching(q, p)?;
            q.given.iter().all(|v| p.given.contains(v)).then_some(by)
        }
        (Term::Integral { over: xs, .. }, Term::Integral { over: ys, .. }) if xs.len() == ys.len() => {
            let mut by = rename::Renaming::new();
            for y in ys {
                by.insert(y.clone(), xs.iter().find(|x| x.space == y.space)?.clone());
            }
            Some(by)
        }
        _ => None,
    }
}
