//! What to say of a link that the cited rules do not prove.

use super::advice;
use super::facts::Facts;
use super::falsehoods::{FALSE_RULES, FalseRule};
use super::kernel::{Cited, Refusal};
use super::rules::{RULES, Rule};
use super::{Failure, Limits, Proof, Success, Task, arith, show, tree};
use crate::chain::{Link, Relation, Witness};
use crate::context::Context;
use crate::report::{Missing, Symbolic};
use crate::term::{Over, Term};
use std::time::{Duration, Instant};

/// Rules that include one another: citing both is no mistake.
const KIN: &[&[&str]] = &[
    &["chain", "bayes"],
    &["tower", "marginal"],
    &["importance", "def E"],
    &["stationary", "Fenchel-Young"],
    &["constant", "linearity"],
    // The slope of an objective with log or exp is 0 by their being inverse.
    &["stationary", "log-exp"],
    // A mean under a declared law is taken apart in one step.
    &["def m", "def E"],
    &["def m", "tower"],
    &["def m", "constant"],
    &["def m", "linearity"],
    &["def m", "marginal"],
];

/// Rules of calculation: citing one that applies, to a line or to what the cited rules
/// make of it, is no mistake, even where another that is cited does its work too.
const BOOKKEEPING: &[&str] = &[
    "constant",
    "linearity",
    "log-ratio",
    "log-exp",
    "exp-add",
    "chain",
    "bayes",
    "marginal",
    "tower",
    "importance",
];

/// For "would follow by": a hint, on which no verdict rests, so that it may be cut short.
pub(super) const LIMITS_ALL: Limits = Limits {
    rounds: 4,
    nodes: 3_000,
    variants: 12,
    size: 100,
    deep: false,
    time: Duration::from_millis(400),
    total: Duration::from_millis(1_200),
    hints: false,
};

/// Proves, or says what is missing.
pub(super) fn run(task: &Task) -> Proof {
    let failure = match task.attempt(&task.cited, false) {
        Ok(success) => return judge(task, success),
        Err(failure) => failure,
    };
    let missing = missing(task, failure);
    // Many rules at once may lead a search astray that a few of them would end.
    if let Missing::DoesNotFollow { would_follow_by } = &missing {
        let wanted = |c: &&Cited| would_follow_by.iter().any(|name| name == c.rule.name);
        let few: Vec<Cited> = task.cited.iter().filter(wanted).cloned().collect();
        let all = would_follow_by.iter().all(|name| few.iter().any(|c| c.rule.name == name));
        if all
            && !few.is_empty()
            && let Ok(success) = task.attempt(&few, false)
        {
            return judge(task, success);
        }
    }
    Proof::Missing(missing)
}

fn judge(task: &Task, success: Success) -> Proof {
    let used = |rule: &Rule| {
        success.used.contains(&rule.name)
            || KIN.iter().any(|kin| kin.contains(&rule.name) && kin.iter().any(|k| success.used.contains(k)))
    };
    let applies = |c: &Cited| {
        let near = |line: &Term| super::reachable(&task.facts, &task.cited, line);
        BOOKKEEPING.contains(&c.rule.name)
            && (success.through.iter().any(|line| applies_in(&task.facts, c, line))
                || [&task.left, &task.right]
                    .into_iter()
                    .any(|end| near(end).iter().any(|line| applies_in(&task.facts, c, line))))
    };
    match task.cited.iter().find(|c| !c.rule.definition && !used(c.rule) && !applies(c)) {
        Some(idle) => Proof::Missing(Missing::NotUsed { rule: idle.rule.name.to_owned() }),
        None => Proof::Found(Symbolic { steps: success.steps }),
    }
}

/// Does the rule's pattern match somewhere in the term?
fn applies_in(facts: &Facts, cited: &Cited, term: &Term) -> bool {
    !cited.rewrites(facts, term).is_empty()
        || tree::children(term)
            .into_iter()
            .enumerate()
            .any(|(i, child)| applies_in(&facts.within(term, i), cited, child))
}

fn missing(task: &Task, failure: Failure) -> Missing {
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

/// The smallest part that nothing shows to be defined, and the facts at its place.
pub(super) fn culprit<'a>(facts: &Facts<'a>, term: &Term) -> (Facts<'a>, Term) {
    let children = tree::children(term);
    let inner = children.into_iter().enumerate().find_map(|(i, child)| {
        let inside = facts.within(term, i);
        (!inside.defined(child) && !matches!(term, Term::Extremum { .. })).then(|| culprit(&inside, child))
    });
    inner.unwrap_or_else(|| (facts.clone(), term.clone()))
}

/// Does this line follow from the extremum before by an instance? Then the citation.
fn instance(task: &Task) -> Option<String> {
    const MANY: usize = 40;
    let Term::Extremum { over: Over::Number { name, .. }, body, .. } = &task.left else { return None };
    if task.relation == Relation::Equal || tree::independent_of_name(body, name) {
        return None;
    }
    let normal = |t: &Term| task.names.canonical(&arith::normal(&task.facts, &task.names.canonical(t)));
    let goal = normal(&task.right);
    let mut candidates = vec![];
    parts(&task.right, &mut candidates);
    let fits = |value: &Term| tree::put_number(body, name, value).is_some_and(|t| normal(&t) == goal);
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
    facts.until = Instant::now() + LIMITS_ALL.total;
    let quick = Task {
        facts,
        names: task.names,
        left: task.left.clone(),
        right: task.right.clone(),
        relation: task.relation,
        points: vec![],
        attained: None,
        cited: vec![],
        limits: LIMITS_ALL,
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

/// The points that are free in a line and bound in the line before, where they are not
/// free as well.
pub fn unbound(before: &Term, line: &Term) -> Vec<String> {
    let earlier = tree::free(before).variables;
    let mut bound = vec![];
    crate::syntax::substitute::visit(before, &mut |part| {
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
    let names = super::Names::default();
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
        let normal = |t: &Term| names.canonical(&arith::normal(&task.facts, &names.canonical(t)));
        normal(a) == normal(b)
    };
    let candidates: Vec<(&FalseRule, Term, bool)> = FALSE_RULES
        .iter()
        .flat_map(|rule| {
            let forwards = applications(&task, rule, &task.left).into_iter().map(move |t| (rule, t, true));
            let backwards = applications(&task, rule, &task.right).into_iter().map(move |t| (rule, t, false));
            forwards.chain(backwards).collect::<Vec<_>>()
        })
        .take(300)
        .collect();
    let goal = |forwards: bool| if forwards { &task.right } else { &task.left };
    if let Some((rule, ..)) = candidates.iter().find(|(_, t, forwards)| same(t, goal(*forwards))) {
        return Some(rule);
    }
    candidates
        .iter()
        .take(40)
        .find(|(_, t, forwards)| task.joins(&task.cited, t, goal(*forwards)))
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
