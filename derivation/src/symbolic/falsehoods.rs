//! Known false rules.

use super::facts::Facts;
use crate::term::Term;

/// A false rule.
pub struct FalseRule {
    /// Its name.
    pub name: &'static str,
    /// An instance.
    pub statement: &'static str,
    /// Why it is false.
    pub explanation: &'static str,
    pub(super) apply: fn(&Facts, &Term) -> Vec<Term>,
}

/// All of them.
pub(super) static FALSE_RULES: &[FalseRule] = &[];
