//! The index of the reference: every rule and lemma, and the false rules.

use super::super::html::block_safe;
use super::super::page::Place;
use super::super::pages::Pages;
use super::writer::Writer;
use crate::problem::Problem;
use derivation::symbolic::{self, Rule};
use std::fmt::Write as _;

/// The content of the reference: HTML blocks between Markdown headings.
pub(in crate::book) fn reference(
    pages: &Pages<'_>,
    place: &Place<'_>,
    problems: &mut Vec<Problem>,
) -> String {
    let mut writer = Writer { pages, place, problems };
    let (lemmas, rules): (Vec<&Rule>, Vec<&Rule>) =
        symbolic::rules().iter().partition(|rule| rule.is_lemma());
    let mut text = String::new();
    for (title, words, rules) in [
        ("Rules", "A rule turns a term into an equal one.", rules),
        ("Lemmas", "A lemma says what a term is at least, or at most.", lemmas),
    ] {
        let _ = write!(text, "\n\n## {title}\n\n{words}\n\n");
        let entries: String = rules.into_iter().map(|rule| writer.rule(rule)).collect();
        text.push_str(&block_safe(&entries));
    }
    text.push_str(
        "\n\n## False rules\n\nNone of these holds. They are kept because they are so often used: a line that only \
         one of them gives is told so by name.\n\n",
    );
    let entries: String = symbolic::false_rules().iter().map(|rule| writer.false_rule(rule)).collect();
    text.push_str(&block_safe(&entries));
    text
}
