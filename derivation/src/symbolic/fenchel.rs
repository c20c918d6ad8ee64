//! The Fenchel–Young inequality: of numbers, of suprema, of means.

use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, normal, rename, show, tree};
use crate::chain::Witness;
use crate::term::{Distance, Extremum, Name, Over, Part, Term};
use num_traits::Zero;

/// t·u ≤ f(u) + f*(t), at the numbers of a term, under its supremum, under its mean.
pub(super) fn fenchel_young(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let mut found = of_numbers(term);
    found.extend(of_supremum(term));
    found.extend(of_mean(facts, term));
    found.extend(of_critic(facts, term));
    found
}

/// sup over t of t·u − f*(t) ≤ f(u): a bound of every objective that does not depend on
/// the number bounds the supremum.
fn of_supremum(term: &Term) -> Vec<(Rewrite, Side)> {
    let Term::Extremum { kind: Extremum::Sup, over: Over::Number { name, .. }, body } = term else {
        return vec![];
    };
    of_numbers(body)
        .into_iter()
        .filter(|(bound, side)| *side == Side::AtMost && tree::independent_of_name(&bound.to, name))
        .collect()
}

/// E (f(u) + f*(t) − t·u) ≥ 0: the mean of what is nowhere negative.
fn of_mean(facts: &Facts, term: &Term) -> Vec<(Rewrite, Side)> {
    let Term::Expectation { body, .. } = term else { return vec![] };
    let inside = facts.within(term, 0);
    let zero = arith::number(0);
    of_numbers(body)
        .into_iter()
        .filter(|(bound, side)| *side == Side::AtLeast && normal::form(&inside, &bound.to) == zero)
        .map(|(bound, side)| (bound.map(|_| zero.clone()), side))
        .collect()
}

/// E_p T − E_q f*(T) ≤ D_f(p ‖ q), where p ≪ q and E_p T is finite: the inequality at
/// each point's ratio and critic, and its mean under q.
fn of_critic(facts: &Facts, term: &Term) -> Vec<(Rewrite, Side)> {
    let summands = arith::summands(term);
    let [first, second] = summands.as_slice() else { return vec![] };
    let pair = conjugate_mean(second).map(|c| (first, c));
    let Some((mean, (q, f, critic))) = pair.or_else(|| conjugate_mean(first).map(|c| (second, c))) else {
        return vec![];
    };
    let Term::Expectation { law: p, body } = mean else { return vec![] };
    let Term::Expectation { law: under, .. } = q else { return vec![] };
    // The two laws bind points of their own; the critics are compared at the same ones.
    let Some(by) =
        p.of.iter()
            .map(|v| under.of.iter().find(|w| w.space == v.space).map(|w| (v.clone(), w.clone())))
            .collect::<Option<rename::Renaming>>()
    else {
        return vec![];
    };
    let moved = rename::law(p, &by);
    let body = rename::moved(body, &by);
    let same = body.is_some_and(|body| normal::form(facts, &body) == normal::form(facts, critic));
    if !same || moved.of != under.of {
        return vec![];
    }
    let to = Term::Distance { kind: Distance::F(f), p: moved.clone(), q: under.clone() };
    let bound = Rewrite::same(to)
        .needs_text(facts, &show::dominated(&moved, under), |f| f.dominated(&moved, under))
        .needs_both(facts, "finite", mean, |f| f.finite(mean))
        .needs_both(facts, "finite", critic, |f| f.within(q, 0).finite(critic));
    vec![(bound, Side::AtMost)]
}

/// −E_q f*(T): the mean, f and T.
fn conjugate_mean(term: &Term) -> Option<(&Term, Name, &Term)> {
    let Term::Negative(mean) = term else { return None };
    let Term::Expectation { body, .. } = &**mean else { return None };
    let Term::Generator { name, part: Part::Conjugate, argument } = &**body else { return None };
    Some((mean, name.clone(), argument))
}

/// t·u ≤ f(u) + f*(t), in its three forms.
fn of_numbers(term: &Term) -> Vec<(Rewrite, Side)> {
    let summands = arith::summands(term);
    let mut found = vec![];
    let without = |gone: &[usize]| -> Vec<Term> {
        summands.iter().enumerate().filter(|(k, _)| !gone.contains(k)).map(|(_, t)| t.clone()).collect()
    };
    for (i, one) in summands.iter().enumerate() {
        let (negative, inner) = match one {
            Term::Negative(inner) => (true, &**inner),
            other => (false, other),
        };
        let Term::Generator { name, part: part @ (Part::Value | Part::Conjugate), argument } = inner else {
            continue;
        };
        let other_part = if *part == Part::Value { Part::Conjugate } else { Part::Value };
        for (j, other) in summands.iter().enumerate() {
            if i == j {
                continue;
            }
            if negative {
                // t·u − f*(t) ≤ f(u), t·u − f(u) ≤ f*(t)
                let Some(rest) = divided(other, argument) else { continue };
                let mut list = without(&[i, j]);
                list.push(Term::Generator { name: name.clone(), part: other_part, argument: Box::new(rest) });
                found.push((Rewrite::same(arith::sum(list)), Side::AtMost));
            } else if let Term::Generator { name: f, part, argument: second } = other
                && f == name
                && *part == other_part
            {
                let mut list = without(&[i, j]);
                list.push(arith::product(vec![(**argument).clone(), (**second).clone()]));
                found.push((Rewrite::same(arith::sum(list)), Side::AtLeast));
            }
        }
    }
    found
}

/// What remains of a product without one factor.
fn divided(term: &Term, by: &Term) -> Option<Term> {
    if let Term::Quotient(a, b) = term {
        return Some(arith::quotient(divided(a, by)?, (**b).clone()));
    }
    // A sign or number may stand before either: -(t·u) is (-t)·u.
    let ((c, whole), (d, by)) = (arith::coefficient(term), arith::coefficient(by));
    if d.is_zero() {
        return None;
    }
    let mut list = arith::factors(&whole);
    let mut removed = arith::factors(&by);
    removed.retain(|t| *t != arith::number(1));
    while let Some(next) = removed.pop() {
        let at = list.iter().position(|t| *t == next)?;
        list.remove(at);
    }
    list.retain(|t| *t != arith::number(1));
    Some(arith::scaled(&(c / d), arith::product(list)))
}
