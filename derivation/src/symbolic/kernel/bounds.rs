//! Inequalities in the kernel: a lemma applied where a term is monotone in its parts.

use super::super::facts::Facts;
use super::super::rewrite::{Condition, Side};
use super::super::rule::Cited;
use super::super::{arith, show, tree};
use crate::term::{Extremum, Term};

/// A lemma applied at a monotone place of a term: the whole new term and what it rests on.
pub(in super::super) struct Bounded {
    /// The new whole term.
    pub(in super::super) to: Term,
    /// The conditions; all must be discharged.
    pub(in super::super) conditions: Vec<Condition>,
}

/// All ways in which a lemma bounds the term in the given direction.
pub(in super::super) fn bounds(facts: &Facts, cited: &Cited, term: &Term, way: Side) -> Vec<Bounded> {
    let Some(lemma) = cited.rule.lemma else { return vec![] };
    let mut found: Vec<Bounded> = lemma(facts, term, cited.witness.as_ref())
        .into_iter()
        .filter(|(_, w)| *w == way)
        .map(|(r, _)| Bounded { to: r.to, conditions: r.both.into_iter().chain(r.forward).collect() })
        .collect();
    let children = tree::children(term);
    // The lemma at all summands at once.
    let mut at_each: Vec<(usize, Term, Vec<Condition>)> = vec![];
    for (i, child) in children.iter().enumerate() {
        let Some((inner_way, needed)) = monotone(facts, term, i, way) else { continue };
        let inside = facts.within(term, i);
        for bound in bounds(&inside, cited, child, inner_way) {
            let mut new: Vec<Term> = children.iter().map(|t| (*t).clone()).collect();
            let mut conditions = bound.conditions;
            if matches!(term, Term::Extremum { .. }) {
                // What is undefined does not count in a supremum: neither may be.
                let needs = "the objective is defined".to_owned();
                let by = inside.ask(|f| f.defined(child) && f.defined(&bound.to));
                conditions.push(Condition { needs, of: vec![(*child).clone()], by });
            }
            if matches!(term, Term::Sum(_)) && at_each.last().is_none_or(|(at, ..)| *at != i) {
                at_each.push((i, bound.to.clone(), conditions.clone()));
            }
            new[i] = bound.to;
            let to = tree::with_children(term, new);
            conditions.extend(needed.clone());
            // In a sum the parts of a defined whole are defined, and 0 or a smaller part
            // may still meet an opposite infinity; a bound under a binder may have no
            // mean. Both are asked of the result.
            found.push(Bounded { to, conditions });
        }
    }
    if at_each.len() > 1 {
        let mut new: Vec<Term> = children.iter().map(|t| (*t).clone()).collect();
        let mut conditions = vec![];
        for (i, to, needed) in at_each {
            new[i] = to;
            conditions.extend(needed);
        }
        found.push(Bounded { to: tree::with_children(term, new), conditions });
    }
    found
}

/// Is the term monotone in its `index`-th part? Then which way, and why.
fn monotone(facts: &Facts, term: &Term, index: usize, way: Side) -> Option<(Side, Vec<Condition>)> {
    let needs = |text: String, by: Option<Vec<String>>| {
        by.is_some().then(|| vec![Condition { needs: text, of: vec![], by }])
    };
    match term {
        Term::Sum(_)
        | Term::Log(_)
        | Term::Exp(_)
        | Term::Expectation { .. }
        | Term::Integral { .. }
        | Term::Larger(_)
        | Term::Smaller(_) => Some((way, vec![])),
        Term::Extremum { kind: Extremum::Sup | Extremum::Inf, .. } => Some((way, vec![])),
        Term::Negative(_) => Some((way.flipped(), vec![])),
        Term::Product(factors) => {
            let others: Vec<Term> =
                factors.iter().enumerate().filter(|(j, _)| *j != index).map(|(_, t)| t.clone()).collect();
            let rest = arith::product(others);
            let text = format!("{} >= 0", show::term(facts.names, &rest));
            if let Some(c) = needs(text, facts.ask(|f| f.nonnegative(&rest) && f.finite(&rest))) {
                return Some((way, c));
            }
            let text = format!("{} <= 0", show::term(facts.names, &rest));
            needs(text, facts.ask(|f| f.nonpositive(&rest) && f.finite(&rest))).map(|c| (way.flipped(), c))
        }
        Term::Quotient(_, b) if index == 0 => {
            let text = format!("{} > 0", show::term(facts.names, b));
            needs(text, facts.ask(|f| f.positive(b) && f.finite(b))).map(|c| (way, c))
        }
        _ => None,
    }
}

/// Is the second term the first, a sum, with one summand replaced by a finite one? Then
/// it is defined where the first is.
pub(in super::super) fn part_of(facts: &Facts, whole: &Term, part: &Term) -> bool {
    let (mut left, right) = (arith::summands(whole), arith::summands(part));
    let mut extra = vec![];
    for summand in right {
        match left.iter().position(|t| *t == summand) {
            Some(at) => {
                left.remove(at);
            }
            None => extra.push(summand),
        }
    }
    extra.iter().all(|t| facts.finite(t))
}
