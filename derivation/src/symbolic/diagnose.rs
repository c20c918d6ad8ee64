//! What to say of a link that the cited rules do not prove.

use super::advice;
use super::attempt::Task;
use super::defined::culprit;
use super::equality::{Failure, Success};
use super::kernel::Refusal;
use super::limits::FOR_HINTS;
use super::rule::Cited;
use super::rules::RULES;
use super::{normal, put, show, tree};
use crate::chain::{Relation, Witness};
use crate::report::Missing;
use crate::term::{Over, Term};
use std::time::Instant;

/// What a link lacks that an attempt has failed to prove.
pub(super) fn missing(task: &Task, failure: Failure) -> Missing {
    if !task.limits.hints {
        return Missing::DoesNotFollow { would_follow_by: vec![] };
    }
    let exhausted = matches!(failure, Failure::NoWay { exhausted: true });
    let refused = advice::refused(task, failure);
    let would_follow_by = would_follow_by(task);
    if refused.is_none() && task.cited.is_empty() {
        return Missing::NoReason { would_follow_by };
    }
    if !would_follow_by.is_empty() {
        return Missing::DoesNotFollow { would_follow_by };
    }
    match refused {
        Some(refusal) => {
            let advice = advice::statements(task, &refusal);
            if let Refusal::Undefined { term } = &refusal
                && advice.is_empty()
            {
                // Of a line on the way that nobody wrote there is nothing to say.
                let part = culprit(&task.facts, term).1;
                let mut written = vec![];
                [&task.left, &task.right].into_iter().for_each(|line| parts(line, &mut written));
                if !written.contains(&part) {
                    return Missing::TooLong;
                }
            }
            let (rule, needs) = match refusal {
                Refusal::Condition { rule, condition } => (Some(rule.to_owned()), condition.needs),
                Refusal::Undefined { term } => {
                    let part = culprit(&task.facts, &term).1;
                    (None, format!("{} has a value", short(show::term(task.names, &part))))
                }
                Refusal::NoSuchStep => return Missing::TooLong,
            };
            Missing::Assumption { rule, needs, advice }
        }
        _ if exhausted => Missing::DoesNotFollow { would_follow_by: vec![] },
        _ => Missing::TooLong,
    }
}

/// A text of bearable length.
fn short(text: String) -> String {
    const MANY: usize = 160;
    match text.char_indices().nth(MANY) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Does this line follow from the extremum before by an instance? Then the citation.
fn instance(task: &Task) -> Option<String> {
    const MANY: usize = 40;
    let Term::Extremum { over: Over::Number { name, .. }, body, .. } = &task.left else { return None };
    if task.relation == Relation::Equal || tree::independent_of_name(body, name) {
        return None;
    }
    let normal = |t: &Term| task.names.canonical(&normal::form(&task.facts, &task.names.canonical(t)));
    let goal = normal(&task.right);
    let mut candidates = vec![];
    parts(&task.right, &mut candidates);
    let fits = |value: &Term| put::number(body, name, value).is_some_and(|t| normal(&t) == goal);
    let value = candidates.into_iter().take(MANY).find(fits)?;
    let rule = RULES.iter().find(|rule| rule.name == "instance")?;
    let cited = Cited { rule, witness: Some(Witness { name: name.clone(), value: value.clone() }) };
    task.attempt(&[cited], false).ok()?;
    let bound = show::term(task.names, &Term::Parameter(name.clone()));
    Some(format!("instance ({bound} = {})", show::term(task.names, &value)))
}

fn parts(term: &Term, into: &mut Vec<Term>) {
    if !into.contains(term) {
        into.push(term.clone());
    }
    tree::children(term).into_iter().for_each(|t| parts(t, into));
}

fn would_follow_by(task: &Task) -> Vec<String> {
    if task.attained.is_some() {
        return vec![];
    }
    if let Some(instance) = instance(task) {
        return vec![instance];
    }
    let mut all: Vec<Cited> = RULES.iter().map(|rule| Cited { rule, witness: None }).collect();
    if task.relation == Relation::Equal {
        all.retain(|c| !c.rule.is_lemma() || !c.rule.rewrites.is_empty());
    }
    let mut facts = task.facts.clone();
    facts.until = Instant::now() + FOR_HINTS.total;
    let quick = Task {
        facts,
        names: task.names,
        left: task.left.clone(),
        right: task.right.clone(),
        relation: task.relation,
        points: vec![],
        attained: None,
        cited: vec![],
        limits: FOR_HINTS,
        written: task.written,
    };
    match quick.attempt(&all, false) {
        Ok(Success { used, .. }) => {
            let mut names: Vec<String> =
                used.into_iter().filter(|n| *n != "algebra").map(str::to_owned).collect();
            names.sort();
            names.dedup();
            fewer(&quick, &mut names);
            if names.is_empty() { vec!["algebra".to_owned()] } else { names }
        }
        Err(_) => vec![],
    }
}

/// Leaves out the rules that the line does not need.
fn fewer(task: &Task, names: &mut Vec<String>) {
    let cited = |names: &[String]| -> Vec<Cited> {
        let named = RULES.iter().filter(|rule| names.iter().any(|name| rule.name == name));
        named.map(|rule| Cited { rule, witness: None }).collect()
    };
    for at in (0..names.len()).rev() {
        let mut rest = names.clone();
        rest.remove(at);
        if task.attempt(&cited(&rest), false).is_ok() {
            *names = rest;
        }
    }
}
