//! The rules and lemmas, as data: how each is called, what it says, what it needs.
//! Their statements are text in the derivation language, so that the reference page and
//! the models read the same tree.

mod calculation;
mod definitions;
mod gradients;
mod inequalities;
mod laws;
mod suprema;

pub(super) use suprema::SLOPE;

use super::facts::Facts;
use super::lemmas::Lemma;
use super::rewrite::Rewrite;
use crate::chain::Witness;
use crate::term::Term;
use std::sync::LazyLock;

/// A way to rewrite a term.
pub(super) type Rewriting = fn(&Facts, &Term) -> Vec<Rewrite>;
/// A way to rewrite a term with a witness.
pub(super) type Witnessed = fn(&Facts, &Term, &Witness) -> Vec<Rewrite>;

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

/// Every rule and lemma, in the order of the reference.
pub(super) static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    [
        calculation::RULES,
        laws::RULES,
        definitions::RULES,
        inequalities::RULES,
        suprema::RULES,
        gradients::RULES,
        inequalities::KEEPING,
    ]
    .concat()
});
