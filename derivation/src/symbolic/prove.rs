//! A link and its reasons in, a proof or what is missing out.

use super::alpha::Names;
use super::attempt::Task;
use super::diagnose;
use super::equality::Success;
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
];

/// Rules of calculation: citing one that applies is no mistake, even where another that
/// is cited does its work too.
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
    match task.attempt(&task.cited, false) {
        Ok(success) => judge(&task, success),
        Err(failure) => Proof::Missing(diagnose::missing(&task, failure)),
    }
}

/// A proof counts only if it needs what the line cites.
fn judge(task: &Task, success: Success) -> Proof {
    let used = |rule: &Rule| {
        success.used.contains(&rule.name)
            || KIN.iter().any(|kin| kin.contains(&rule.name) && kin.iter().any(|k| success.used.contains(k)))
    };
    let applies = |c: &Cited| {
        BOOKKEEPING.contains(&c.rule.name)
            && [&task.left, &task.right]
                .into_iter()
                .chain(&success.through)
                .any(|line| applies_in(&task.facts, c, line))
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
