//! A link as the text writes it: its relation and the rules that it cites.

use crate::chain::{Link, Relation, Witness};
use crate::{syntax, typeset};
use std::fmt::Write;

/// `=`, `<=`, `>=`
pub fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "=",
        Relation::AtMost => "<=",
        Relation::AtLeast => ">=",
    }
}

/// How a link stands to the line before it, as the text writes it.
pub(super) fn relation(link: &Link) -> &'static str {
    if link.attained.is_some() { "attained at" } else { sign(link.relation) }
}

/// The rules that a link cites, each with the value that it is cited for.
pub(super) fn cited(link: &Link) -> Vec<String> {
    link.by
        .iter()
        .map(|citation| {
            let mut text = citation.rule.to_string();
            if let Some(Witness { name, value }) = &citation.witness {
                // Writing to a string cannot fail.
                let _ = write!(text, " ({} = {})", syntax::displayed(name), typeset::plain(value));
            }
            text
        })
        .collect()
}
