//! What a rule is: its words for the reference, and what it makes of a term.

use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use crate::chain::Witness;
use crate::term::Term;

/// A way to rewrite a term.
pub(super) type Rewriting = fn(&Facts, &Term) -> Vec<Rewrite>;
/// A way to rewrite a term with a witness.
pub(super) type Witnessed = fn(&Facts, &Term, &Witness) -> Vec<Rewrite>;

/// A lemma: bounds of a term, each with its side.
pub(super) type Lemma = fn(&Facts, &Term, Option<&Witness>) -> Vec<(Rewrite, Side)>;

/// A rule or lemma that a line may cite.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Other names under which it may be cited.
    pub aliases: &'static [&'static str],
    /// What it says, as links in the derivation language; empty for what has no plain
    /// statement.
    pub statement: &'static [&'static str],
    /// What it needs.
    pub conditions: &'static [&'static str],
    /// When both sides are defined.
    pub definedness: &'static str,
    /// A paragraph for the reference.
    pub explanation: &'static str,
    /// Is it a definition or a word for arithmetic, which may be cited without need?
    pub definition: bool,
    pub(super) rewrites: &'static [Rewriting],
    pub(super) witnessed: Option<Witnessed>,
    pub(super) lemma: Option<Lemma>,
}

impl Rule {
    /// Does it give inequalities?
    pub fn is_lemma(&self) -> bool {
        self.lemma.is_some()
    }
}

/// A rule and the witness with which it was cited.
#[derive(Clone)]
pub(super) struct Cited {
    /// The rule.
    pub(super) rule: &'static Rule,
    /// `stationary (c = …)`, with canonical names.
    pub(super) witness: Option<Witness>,
}

impl Cited {
    /// What the rule makes of a term.
    pub(super) fn rewrites(&self, facts: &Facts, term: &Term) -> Vec<Rewrite> {
        let plain = self.rule.rewrites.iter().flat_map(|f| f(facts, term));
        let witnessed = self.rule.witnessed.iter().zip(&self.witness).flat_map(|(f, w)| f(facts, term, w));
        plain.chain(witnessed).collect()
    }
}
