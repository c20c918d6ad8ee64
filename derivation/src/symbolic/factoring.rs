//! A joint law as a marginal times a kernel, and the means that follow it: the chain
//! rule, Bayes, marginals, the tower.

use super::arith::expectation;
use super::facts::Facts;
use super::positivity;
use super::rewrite::Rewrite;
use super::{arith, tree};
use crate::term::{LawAt, Term, Variable};

/// Proper, nonempty parts of a law's variables.
fn parts_of(of: &[Variable]) -> Vec<(Vec<Variable>, Vec<Variable>)> {
    if of.len() < 2 || of.len() > 5 {
        return vec![];
    }
    (1..(1_usize << of.len()) - 1)
        .map(|mask| {
            let part = |wanted: bool| {
                of.iter()
                    .enumerate()
                    .filter(|(i, _)| (mask >> i & 1 == 1) == wanted)
                    .map(|(_, v)| v.clone())
                    .collect()
            };
            (part(true), part(false))
        })
        .collect()
}

pub(super) fn sorted(mut of: Vec<Variable>) -> Vec<Variable> {
    of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
    of
}

/// p(a, b | c) = p(a | c)·p(b | a, c), both ways.
pub(super) fn chain(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Density(law) => parts_of(&law.of)
            .into_iter()
            .filter(|(_, _)| has_marginal(facts, law, &law.of))
            .map(|(head, tail)| {
                let given = sorted(law.given.iter().chain(&head).cloned().collect());
                let first = LawAt { of: head, ..law.clone() };
                let second = LawAt { of: tail, given, ..law.clone() };
                Rewrite::same(Term::Product(vec![Term::Density(first), Term::Density(second)]))
            })
            .collect(),
        Term::Product(list) => {
            let mut found = vec![];
            for (i, a) in list.iter().enumerate() {
                for (j, b) in list.iter().enumerate() {
                    if let (true, Term::Density(outer), Term::Density(inner)) = (i != j, a, b)
                        && let Some(joint) = positivity::join(outer, inner)
                        && has_marginal(facts, &joint, &joint.of)
                    {
                        let mut rest: Vec<Term> = list
                            .iter()
                            .enumerate()
                            .filter(|(k, _)| *k != i && *k != j)
                            .map(|(_, t)| t.clone())
                            .collect();
                        rest.push(Term::Density(joint));
                        found.push(Rewrite::same(arith::product(rest)));
                    }
                }
            }
            found
        }
        _ => vec![],
    }
}

/// Is the law a law of all these spaces (and does not merely depend on them)?
fn has_marginal(facts: &Facts, law: &LawAt, of: &[Variable]) -> bool {
    facts.law(&law.law).is_none_or(|declared| of.iter().all(|v| declared.of.contains(&v.space)))
}

/// p(a | b) = p(a, b) / p(b) where p(b) > 0, and p(b | a)·p(a)/p(b).
pub(super) fn bayes(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let mut found = chain(facts, term);
    if let Term::Density(law) = term
        && !law.given.is_empty()
    {
        let masks = (1..1_usize << law.given.len().min(4)).map(|mask| {
            let part = |wanted: bool| -> Vec<Variable> {
                law.given
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| (mask >> i & 1 == 1) == wanted)
                    .map(|(_, v)| v.clone())
                    .collect()
            };
            (part(true), part(false))
        });
        for (moved, kept) in masks {
            if !has_marginal(facts, law, &moved) {
                continue;
            }
            let joint = LawAt {
                of: sorted(law.of.iter().chain(&moved).cloned().collect()),
                given: kept.clone(),
                ..law.clone()
            };
            let below = LawAt { of: moved, given: kept, ..law.clone() };
            let to = arith::quotient(Term::Density(joint), Term::Density(below.clone()));
            found.push(Rewrite::when(to).needs_both(facts, "positive", &Term::Density(below.clone()), |f| {
                f.positive_density(&below)
            }));
        }
    }
    if let Term::Quotient(a, b) = term {
        // p(a, b) / p(a | b) = p(b) where p(a | b) > 0.
        for (i, above) in arith::factors(a).iter().enumerate() {
            for (j, below) in arith::factors(b).iter().enumerate() {
                let (Term::Density(joint), Term::Density(part)) = (above, below) else { continue };
                let Some(rest) = left_over(joint, part) else { continue };
                let without = |list: Vec<Term>, at: usize| -> Vec<Term> {
                    list.into_iter().enumerate().filter(|(k, _)| *k != at).map(|(_, t)| t).collect()
                };
                let mut top = without(arith::factors(a), i);
                top.push(Term::Density(rest));
                let bottom = without(arith::factors(b), j);
                let to = if bottom.is_empty() {
                    arith::product(top)
                } else {
                    arith::quotient(arith::product(top), arith::product(bottom))
                };
                found.push(
                    Rewrite::when(to).needs_both(facts, "positive", below, |f| f.positive_density(part)),
                );
            }
        }
    }
    found
}

/// p(a, b | c) / p(a | b, c) is p(b | c); p(a, b | c) / p(b | c) is p(a | b, c).
fn left_over(joint: &LawAt, part: &LawAt) -> Option<LawAt> {
    if joint.law != part.law
        || joint.parameters != part.parameters
        || !part.of.iter().all(|v| joint.of.contains(v))
    {
        return None;
    }
    let rest: Vec<Variable> = joint.of.iter().filter(|v| !part.of.contains(v)).cloned().collect();
    if rest.is_empty() {
        return None;
    }
    let all = sorted(rest.iter().chain(&joint.given).cloned().collect());
    if sorted(part.given.clone()) == all {
        return Some(LawAt { of: rest, given: joint.given.clone(), ..joint.clone() });
    }
    (sorted(part.given.clone()) == sorted(joint.given.clone())).then(|| LawAt {
        of: rest,
        given: sorted(part.of.iter().chain(&joint.given).cloned().collect()),
        ..joint.clone()
    })
}

/// ∫ p(x, z) dz = p(x), with constants pulled out; E over a joint of what depends on a
/// part of it.
pub(super) fn marginal(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Integral { over, body } => {
            let list = arith::factors(body);
            let mut found = vec![];
            for (i, factor) in list.iter().enumerate() {
                let Term::Density(law) = factor else { continue };
                let others: Vec<Term> =
                    list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
                let others = arith::product(others);
                let gone: Vec<Variable> = over.iter().filter(|v| law.of.contains(v)).cloned().collect();
                if gone.is_empty()
                    || !tree::independent(&others, &gone)
                    || law.given.iter().any(|v| gone.contains(v))
                {
                    continue;
                }
                let kept: Vec<Variable> = law.of.iter().filter(|v| !gone.contains(v)).cloned().collect();
                let left: Vec<Variable> = over.iter().filter(|v| !gone.contains(v)).cloned().collect();
                let mut body = vec![others.clone()];
                if !kept.is_empty() {
                    body.push(Term::Density(LawAt { of: kept, ..law.clone() }));
                }
                let body = arith::product(body);
                let to =
                    if left.is_empty() { body } else { Term::Integral { over: left, body: Box::new(body) } };
                found.push(Rewrite::when(to).needs_both(facts, "finite", &others, |f| f.finite(&others)));
            }
            found
        }
        Term::Expectation { law, body } if law.of.len() > 1 => {
            let kept: Vec<Variable> = law
                .of
                .iter()
                .filter(|v| !tree::independent(body, std::slice::from_ref(v)))
                .cloned()
                .collect();
            if kept.is_empty() || kept.len() == law.of.len() {
                return vec![];
            }
            vec![Rewrite::same(expectation(&LawAt { of: kept, ..law.clone() }, (**body).clone()))]
        }
        _ => vec![],
    }
}

/// E over a joint is E over a part of E over the rest given it.
pub(super) fn tower(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Expectation { law, body } = term else { return vec![] };
    let both = |f: &Facts, law: &LawAt, body: &Term| {
        let mut inside = f.clone();
        inside.positive.push(law.clone());
        f.finite_spaces(&law.of) || inside.nonnegative(body) || inside.nonpositive(body) || {
            let (up, down) = f.parts(law, body);
            up || down
        }
    };
    let mut found: Vec<Rewrite> = parts_of(&law.of)
        .into_iter()
        .map(|(head, tail)| {
            let given = sorted(law.given.iter().chain(&head).cloned().collect());
            let outer = LawAt { of: head, ..law.clone() };
            let inner = LawAt { of: tail, given, ..law.clone() };
            Rewrite::when(expectation(&outer, expectation(&inner, (**body).clone()))).needs_backward(
                facts,
                "not inf - inf",
                term,
                |f| both(f, law, body),
            )
        })
        .collect();
    if let Term::Expectation { law: inner, body: innermost } = &**body {
        if let Some(joint) = positivity::join(inner, law) {
            let to = expectation(&joint, (**innermost).clone());
            found.push(
                Rewrite::when(to).needs_forward(facts, "not inf - inf", term, |f| both(f, &joint, innermost)),
            );
        }
        // Independent laws in the other order.
        if inner.given.iter().all(|v| !law.of.contains(v)) && law.given.iter().all(|v| !inner.of.contains(v))
        {
            let to = expectation(inner, expectation(law, (**innermost).clone()));
            let mut inside = facts.clone();
            inside.positive.extend([law.clone(), inner.clone()]);
            let safe = |f: &Facts| {
                f.finite_spaces(&law.of) && f.finite_spaces(&inner.of) || {
                    let over: Vec<Variable> = law.of.iter().chain(&inner.of).cloned().collect();
                    inside.nonnegative(innermost) || inside.bounded(innermost, &over)
                }
            };
            found.push(Rewrite::when(to).needs_both(facts, "not inf - inf", term, safe));
        }
    }
    found
}
