//! A link and its reasons in; a proof, or what is missing, out.

use super::alpha::Names;
use super::attempt::Task;
use super::diagnose;
use super::equality::{Success, reachable};
use super::facts::Facts;
use super::limits::Limits;
use super::rule::{Cited, Rule};
use super::tree;
use crate::chain::Link;
use crate::context::Context;
use crate::report::{Missing, Symbolic};
use crate::term::Term;

/// What came of a search for a proof.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// The kernel has replayed a proof.
    Found(Symbolic),
    /// There is none; what is missing.
    Missing(Missing),
}

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

/// Proves a link from the line before it (`left`) with the rules that it cites.
pub fn prove(context: &Context, left: &Term, link: &Link, limits: &Limits) -> Proof {
    let names = Names::default();
    let task = Task::new(context, &names, left, link, *limits);
    let failure = match task.attempt(&task.cited, false) {
        Ok(success) => return judge(&task, success),
        Err(failure) => failure,
    };
    let missing = diagnose::missing(&task, failure);
    // Many rules at once may lead a search astray that a few of them would end.
    if let Missing::DoesNotFollow { would_follow_by } = &missing {
        let wanted = |c: &&Cited| would_follow_by.iter().any(|name| name == c.rule.name);
        let few: Vec<Cited> = task.cited.iter().filter(wanted).cloned().collect();
        let all = would_follow_by.iter().all(|name| few.iter().any(|c| c.rule.name == name));
        if all
            && !few.is_empty()
            && let Ok(success) = task.attempt(&few, false)
        {
            return judge(&task, success);
        }
    }
    Proof::Missing(missing)
}

/// A proof counts only if it needs what the line cites.
fn judge(task: &Task, success: Success) -> Proof {
    let used = |rule: &Rule| {
        success.used.contains(&rule.name)
            || KIN.iter().any(|kin| kin.contains(&rule.name) && kin.iter().any(|k| success.used.contains(k)))
    };
    let applies = |c: &Cited| {
        let near = |line: &Term| reachable(&task.facts, &task.cited, line);
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
