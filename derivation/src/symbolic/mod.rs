//! The symbolic certificate: a proof of a link from the rules that it cites.
//!
//! An untrusted search looks for a way from one line to the next by the cited rules and
//! arithmetic; a small kernel replays it on terms, step by step, and discharges every side
//! condition from positive facts. Inequalities are instances of a cited lemma at a monotone
//! place. It shares no evaluation with the numeric certificate.
//!
//! A proof says: in every model of the assumptions both lines are defined and stand in
//! the relation.
//!
//! From a link to a proof, or to words that help:
//!
//! | files | what they do |
//! |---|---|
//! | `prove` | a link in, a proof or what is missing out |
//! | `cite` | a cited name to its rule |
//! | `attempt` | the two lines equal, or equal but for a lemma, or an extremum at its witness |
//! | `equality` | the search's way from line to line, replayed by the kernel |
//! | `search` | the e-graph; not trusted |
//! | `kernel` | replays steps and bounds, and discharges their conditions; trusted |
//! | `limits` | what a search may cost |
//! | `diagnose`, `advice`, `mistake` | other rules, an assumption, a known false rule that explain a line without a proof |
//!
//! The rules, as data, and what they do to a term:
//!
//! | files | what they hold |
//! |---|---|
//! | `rule`, `rules` | what a rule is, and all of them in the order of the reference |
//! | `rewrite` | the result of a rule and the conditions on which it rests |
//! | `definitions`, `catalogue`, `identities` | what names stand for |
//! | `logs`, `measure`, `change`, `factoring`, `mixture` | logarithms; means, their weights and their laws |
//! | `calculus`, `gradients`, `kinks`, `stationary`, `vanish`, `extrema` | derivatives and suprema |
//! | `lemmas`, `fenchel`, `absolute` | inequalities |
//! | `falsehoods`, `examples` | rules that are false; each true rule's smallest use |
//!
//! What is known at a place within a term (the questions that conditions ask):
//!
//! | files | what they answer |
//! |---|---|
//! | `facts`, `memo`, `hidden`, `assumed` | what is declared, assumed and bound there; answers found before |
//! | `sign`, `finite`, `bounded`, `defined`, `membership` | where a value lies, and whether there is one |
//! | `means` | is a mean finite? |
//! | `positivity`, `divergences`, `generators` | what laws and generators have |
//!
//! Terms:
//!
//! | files | what they do |
//! |---|---|
//! | `tree`, `rename`, `put`, `alpha`, `show` | parts, names, values put in, canonical binders, terms in words |
//! | `arith`, `normal`, `polynomial`, `monomial`, `fraction` | sums and products, their normal form, fractions |

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
