//! The rules and lemmas, as data: how each is called, what it says, what it needs.
//! Their statements are text in the derivation language, so that the reference page and
//! the models read the same tree.

pub(super) mod calculation;
mod definitions;
mod gradients;
mod inequalities;
pub(super) mod laws;
mod suprema;

use super::rule::Rule;
use std::sync::LazyLock;

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
