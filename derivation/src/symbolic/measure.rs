//! Expectations, integrals and laws: what of them may be rewritten into what, with what
//! each way needs.

use super::facts::{self, Facts};
use super::rewrite::Rewrite;
use super::{arith, sign, tree};
use crate::term::{LawAt, Term, Variable};
use num_traits::Zero;

fn expectation(law: &LawAt, body: Term) -> Term {
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
    let body = arith::normal(&facts.within(whole, 0), body);
    let (above, below) = match &body {
        Term::Quotient(a, b) => (sign::factors(a), sign::factors(b)),
        Term::Negative(a) => {
            return vec![Rewrite::same(arith::negative(over((**a).clone())))];
        }
        other => (sign::factors(other), vec![]),
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
            let mut found = pull_out(facts, term, law, body, &|b| expectation(law, b));
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
    let body = arith::normal(&inside, body);
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
            if let Some(moved) = same_sign(head, sign).and_then(|by| tree::moved(body, &by)) {
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
fn same_sign(a: &Term, b: &Term) -> Option<tree::Renaming> {
    match (a, b) {
        (Term::Expectation { law: p, .. }, Term::Expectation { law: q, .. }) => {
            let by = facts::matching(q, p)?;
            q.given.iter().all(|v| p.given.contains(v)).then_some(by)
        }
        (Term::Integral { over: xs, .. }, Term::Integral { over: ys, .. }) if xs.len() == ys.len() => {
            let mut by = tree::Renaming::new();
            for y in ys {
                by.insert(y.clone(), xs.iter().find(|x| x.space == y.space)?.clone());
            }
            Some(by)
        }
        _ => None,
    }
}

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

fn sorted(mut of: Vec<Variable>) -> Vec<Variable> {
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
                        && let Some(joint) = facts::join(outer, inner)
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
        for (i, above) in sign::factors(a).iter().enumerate() {
            for (j, below) in sign::factors(b).iter().enumerate() {
                let (Term::Density(joint), Term::Density(part)) = (above, below) else { continue };
                let Some(rest) = left_over(joint, part) else { continue };
                let without = |list: Vec<Term>, at: usize| -> Vec<Term> {
                    list.into_iter().enumerate().filter(|(k, _)| *k != at).map(|(_, t)| t).collect()
                };
                let mut top = without(sign::factors(a), i);
                top.push(Term::Density(rest));
                let bottom = without(sign::factors(b), j);
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
            let list = sign::factors(body);
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
                "one part of the integral finite",
                term,
                |f| both(f, law, body),
            )
        })
        .collect();
    if let Term::Expectation { law: inner, body: innermost } = &**body {
        if let Some(joint) = facts::join(inner, law) {
            let to = expectation(&joint, (**innermost).clone());
            found.push(Rewrite::when(to).needs_forward(
                facts,
                "one part of the integral finite",
                term,
                |f| both(f, &joint, innermost),
            ));
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
            found.push(Rewrite::when(to).needs_both(facts, "one part of the integral finite", term, safe));
        }
    }
    found
}

/// E_p[h] as ∫ p·h, and back.
pub(super) fn as_integral(_facts: &Facts, term: &Term) -> Vec<Rewrite> {
    match term {
        Term::Expectation { law, body } => {
            let mut list = vec![Term::Density(law.clone())];
            list.extend(sign::factors(body));
            vec![Rewrite::same(Term::Integral { over: law.of.clone(), body: Box::new(Term::Product(list)) })]
        }
        Term::Integral { over, body } => back(over, body),
        _ => vec![],
    }
}

fn back(over: &[Variable], body: &Term) -> Vec<Rewrite> {
    let (above, below) = match body {
        Term::Quotient(a, b) => (sign::factors(a), Some((**b).clone())),
        Term::Negative(a) => {
            return back(over, a).into_iter().map(|r| r.map(arith::negative)).collect();
        }
        other => (sign::factors(other), None),
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
    let (c, body) = arith::coefficient(&arith::normal(&inside, body));
    let Term::Quotient(a, b) = &body else { return found };
    let below = sign::factors(b);
    let Some(at) = below.iter().position(|t| *t == Term::Density(q.clone())) else { return found };
    let rest: Vec<Term> =
        below.iter().enumerate().filter(|(j, _)| *j != at).map(|(_, t)| t.clone()).collect();
    let above = sign::factors(a);
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
            list.extend(sign::factors(&h));
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
        let (c, rest) = arith::coefficient(&arith::normal(&inside, &arith::product(others)));
        let Term::Quotient(above, below) = &rest else { continue };
        if **below != *factor {
            continue;
        }
        for p in sign::factors(above) {
            let Term::Density(p) = &p else { continue };
            let to = arith::scaled(&c, (**above).clone());
            let text = super::show::dominated(p, q);
            found.push(Rewrite::when(to).needs_text(facts, &text, |f| f.dominated(p, q)));
        }
    }
    found
}
