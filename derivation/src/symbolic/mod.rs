//! The symbolic certificate: a proof of a link from the rules that it cites.
//!
//! An untrusted search (`search`) looks for a way from one line to the next by the
//! cited rules and arithmetic; a small kernel (`kernel`) replays it on terms, step by
//! step, and discharges every side condition from positive facts (`facts`, `sign`).
//! Inequalities are instances of a cited lemma at a monotone place (`lemmas`). It
//! shares no evaluation with the numeric certificate.
//!
//! A proof says: in every model of the assumptions both lines are defined and stand in
//! the relation.

mod absolute;
mod advice;
mod alpha;
mod arith;
mod assumed;
mod attempt;
mod bounded;
mod calculus;
mod catalogue;
mod change;
mod cite;
mod defined;
mod definitions;
mod diagnose;
mod divergences;
mod equality;
mod examples;
mod extrema;
mod factoring;
mod facts;
mod falsehoods;
mod fenchel;
mod finite;
mod fraction;
mod generators;
mod gradients;
mod hidden;
mod identities;
mod kernel;
mod kinks;
mod lemmas;
mod limits;
mod logs;
mod means;
mod measure;
mod membership;
mod memo;
mod mistake;
mod mixture;
mod monomial;
mod normal;
mod polynomial;
mod positivity;
mod prove;
mod put;
mod rename;
mod rewrite;
mod rule;
mod rules;
mod search;
mod show;
mod sign;
mod stationary;
mod tree;
mod vanish;

pub use cite::{UnknownRule, find_rule};
pub use examples::example;
pub use falsehoods::FalseRule;
pub use limits::Limits;
pub use mistake::{looks_like, unbound};
pub use prove::{Proof, prove};
pub use rule::Rule;

/// Every rule and lemma, in the order of the reference.
pub fn rules() -> &'static [Rule] {
    &rules::RULES
}

/// The rules that give inequalities.
pub fn lemmas() -> impl Iterator<Item = &'static Rule> {
    rules().iter().filter(|rule| rule.is_lemma())
}

/// The known false rules.
pub fn false_rules() -> &'static [FalseRule] {
    falsehoods::FALSE_RULES
}
