//! Inequalities that a line may cite: what a term is at least, or at most.

use super::arith::expectation;
use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, normal, show, tree};
use crate::chain::Witness;
use crate::context::{Assumption, Comparison};
use crate::term::{Distance, LawAt, Term};
use num_traits::Zero;

/// KL(p ‖ q) ≥ 0, also where it is written out.
pub(super) fn kl(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    match term {
        Term::Distance { kind: Distance::Kl, .. } => vec![(Rewrite::same(arith::number(0)), Side::AtLeast)],
        Term::Expectation { .. } if mean_of_kl(term) => {
            vec![(Rewrite::same(arith::number(0)), Side::AtLeast)]
        }
        Term::Expectation { law, .. } => other_laws(facts, term, law)
            .into_iter()
            .filter(|q| {
                let kl = Term::Distance { kind: Distance::Kl, p: law.clone(), q: q.clone() };
                facts.shape(&kl) == facts.shape(term)
            })
            .map(|_| (Rewrite::same(arith::number(0)), Side::AtLeast))
            .collect(),
        _ => vec![],
    }
}

/// Is the term a KL under one or more expectations?
fn mean_of_kl(term: &Term) -> bool {
    match term {
        Term::Distance { kind: Distance::Kl, .. } => true,
        Term::Expectation { body, .. } => mean_of_kl(body),
        _ => false,
    }
}

/// Densities of the body that are laws of the same variables as the expectation's.
fn other_laws(_facts: &Facts, term: &Term, law: &LawAt) -> Vec<LawAt> {
    let mut found = vec![];
    densities(term, &mut found);
    found.retain(|l| l != law && l.of == law.of);
    found.dedup();
    found
}

fn densities(term: &Term, into: &mut Vec<LawAt>) {
    if let Term::Density(law) = term {
        into.push(law.clone());
    }
    tree::children(term).into_iter().for_each(|t| densities(t, into));
}

/// Gibbs: −E_p log p ≤ −E_p log q.
pub(super) fn gibbs(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    match term {
        Term::Distance { kind: Distance::CrossEntropy, p, .. } => {
            vec![(Rewrite::same(Term::Entropy(p.clone())), Side::AtLeast)]
        }
        Term::Expectation { law, body } => match &**body {
            Term::Log(a) => match &**a {
                Term::Density(q) if q != law && q.of == law.of => {
                    let own = expectation(law, Term::Log(Box::new(Term::Density(law.clone()))));
                    vec![(Rewrite::same(own), Side::AtMost)]
                }
                _ => vec![],
            },
            _ => vec![],
        },
        _ => {
            let _ = facts;
            vec![]
        }
    }
}

/// D_f ≥ 0 (f convex, f(1) = 0), JS, χ², TV, H² ≥ 0; entropy and squares likewise:
/// whatever its form makes ≥ 0.
pub(super) fn nonnegative(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let text = match term {
        Term::Distance { kind: Distance::F(f), .. } => format!("{f} is normalised"),
        Term::Distance { .. }
        | Term::Power(..)
        | Term::Entropy(_)
        | Term::Abs(_)
        | Term::Negative(_)
        | Term::Expectation { .. }
        | Term::Integral { .. } => {
            format!("{} >= 0", show::term(facts.names, term))
        }
        _ => return vec![],
    };
    let zero = Rewrite::same(arith::number(0)).needs_text(facts, &text, |f| f.nonnegative(term));
    vec![(zero, Side::AtLeast)]
}

/// ∫ a log(a/b) ≥ A log(A/B) with A = ∫ a and B = ∫ b, for a, b ≥ 0.
pub(super) fn log_sum(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Integral { over, body } = term else { return vec![] };
    let Term::Product(list) = &**body else { return vec![] };
    let inside = facts.within(term, 0);
    let mut found = vec![];
    for (at, factor) in list.iter().enumerate() {
        let Term::Log(argument) = factor else { continue };
        let Term::Quotient(a, b) = &**argument else { continue };
        let rest = list.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
        if normal::form(&inside, &arith::product(rest)) != normal::form(&inside, a) {
            continue;
        }
        let whole = |t: &Term| Term::Integral { over: over.clone(), body: Box::new(t.clone()) };
        let log = Term::Log(Box::new(arith::quotient(whole(a), whole(b))));
        let bound = Rewrite::same(Term::Product(vec![whole(a), log]))
            .needs_both(facts, "non-negative", a, |_| inside.nonnegative(a))
            .needs_both(facts, "non-negative", b, |_| inside.nonnegative(b));
        found.push((bound, Side::AtLeast));
    }
    found
}

/// ∫ p·h ≥ E_q[(p/q)·h] for h ≥ 0: what p charges off the support of q is lost.
pub(super) fn importance(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let mut found = vec![];
    for rewrite in super::change::importance(facts, term) {
        if rewrite.both.len() == 1 && rewrite.both[0].by.is_none() {
            let inside = facts.within(term, 0);
            let Term::Expectation { body, .. } = term else { continue };
            let bound = Rewrite::same(rewrite.to)
                .needs_both(facts, "non-negative", body, |_| inside.nonnegative(body));
            found.push((bound, Side::AtMost));
        }
    }
    found
}

/// a ≤ b, as the text assumes.
pub(super) fn assumption(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let shape = |t: &Term| normal::form(facts, &facts.names.canonical(t));
    let own = shape(term);
    let mut found = vec![];
    for assumption in &facts.context.assumptions {
        let Assumption::Compares(a, how, b) = assumption else { continue };
        let (small, large) = match how {
            Comparison::AtMost | Comparison::Less => (a, b),
            Comparison::AtLeast | Comparison::Greater => (b, a),
            _ => continue,
        };
        let text = show::assumption(assumption);
        let by = |to: &Term| {
            Rewrite::same(facts.names.canonical(to)).needs_text(facts, &text, |f| f.note(text.clone()))
        };
        if shape(small) == own {
            found.push((by(large), Side::AtMost));
        }
        if shape(large) == own {
            found.push((by(small), Side::AtLeast));
        }
    }
    found
}

/// A sum's part that is ≥ 0 may be left out.
pub(super) fn monotone(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    if matches!(term, Term::Number(n) if n.is_zero()) {
        return vec![];
    }
    let zero = || Rewrite::same(arith::number(0));
    let text = |sign: &str| format!("{} {sign} 0", show::term(facts.names, term));
    vec![
        (zero().needs_text(facts, &text(">="), |f| f.nonnegative(term)), Side::AtLeast),
        (zero().needs_text(facts, &text("<="), |f| f.nonpositive(term)), Side::AtMost),
    ]
}

/// A·a ≤ max(a, 0) for 0 ≤ A ≤ 1.
pub(super) fn weighted(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Product(list) = term else { return vec![] };
    let mut found = vec![];
    for (i, weight) in list.iter().enumerate() {
        let rest: Vec<Term> =
            list.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, t)| t.clone()).collect();
        let rest = arith::product(rest);
        let gap = normal::form(facts, &arith::sum(vec![arith::number(1), arith::negative(weight.clone())]));
        let text = format!("0 <= {} <= 1", show::term(facts.names, weight));
        let to = Rewrite::same(Term::Larger(vec![rest.clone(), arith::number(0)]))
            .needs_text(facts, &text, |f| f.nonnegative(weight) && f.nonnegative(&gap))
            .needs_both(facts, "defined", &rest, |f| f.defined(&rest));
        found.push((to, Side::AtMost));
    }
    found
}
