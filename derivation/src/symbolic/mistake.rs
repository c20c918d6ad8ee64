//! Slips that make a line false: a known false rule, a point that nothing binds any more.

use super::alpha::Names;
use super::attempt::Task;
use super::falsehoods::{FALSE_RULES, FalseRule};
use super::limits::Limits;
use super::{normal, tree};
use crate::chain::Link;
use crate::context::Context;
use crate::syntax::substitute::visit;
use crate::term::Term;
use std::time::Duration;

/// The points that are free in a line and bound in the line before, where they are not
/// free as well.
pub fn unbound(before: &Term, line: &Term) -> Vec<String> {
    let earlier = tree::free(before).variables;
    let mut bound = vec![];
    visit(before, &mut |part| {
        bound.extend(tree::binds(part).iter().map(|v| v.space.clone()));
    });
    let free = tree::free(line).variables.into_iter();
    let lost = free.filter(|v| bound.contains(&v.space) && !earlier.iter().any(|e| e.space == v.space));
    let mut names: Vec<String> = lost.map(|v| v.name.to_string()).collect();
    names.dedup();
    names
}

/// The known false rule that gives this line from the line before, if one does: used
/// once, at any place, besides the cited rules.
pub fn looks_like(context: &Context, left: &Term, link: &Link) -> Option<&'static FalseRule> {
    let names = Names::default();
    let task = Task::new(
        context,
        &names,
        left,
        link,
        Limits {
            rounds: 3,
            nodes: 600,
            time: Duration::from_millis(100),
            total: Duration::from_secs(1),
            ..Limits::default()
        },
    );
    let same = |a: &Term, b: &Term| {
        let normal = |t: &Term| names.canonical(&normal::form(&task.facts, &names.canonical(t)));
        normal(a) == normal(b)
    };
    let mut candidates: Vec<(&FalseRule, Term, bool)> = FALSE_RULES
        .iter()
        .flat_map(|rule| {
            let forwards = applications(&task, rule, &task.left).into_iter().map(move |t| (rule, t, true));
            let backwards = applications(&task, rule, &task.right).into_iter().map(move |t| (rule, t, false));
            forwards.chain(backwards).collect::<Vec<_>>()
        })
        .take(300)
        .collect();
    // What is easily taken for a rule that is cited comes first.
    let cited = |rule: &FalseRule| task.cited.iter().any(|c| rule.confused_with.contains(&c.rule.name));
    candidates.sort_by_key(|(rule, ..)| !cited(rule));
    let goal = |forwards: bool| if forwards { &task.right } else { &task.left };
    if let Some((rule, ..)) = candidates.iter().find(|(_, t, forwards)| same(t, goal(*forwards))) {
        return Some(rule);
    }
    candidates
        .iter()
        .take(40)
        .find(|(_, t, forwards)| task.leads(&task.cited, t, goal(*forwards)))
        .map(|(rule, ..)| *rule)
}

/// The whole term after the false rule at each place.
fn applications(task: &Task, rule: &FalseRule, term: &Term) -> Vec<Term> {
    let mut found = (rule.apply)(&task.facts, term);
    let children = tree::children(term);
    for (i, child) in children.iter().enumerate() {
        for new in applications(task, rule, child) {
            let mut list: Vec<Term> = children.iter().map(|t| (*t).clone()).collect();
            list[i] = new;
            found.push(tree::with_children(term, list));
        }
    }
    found
}
