//! The reference of rules, and how a rule's name becomes an anchor.

use super::html::{block_safe, escape};
use super::inline;
use super::pages::{Pages, Place};
use crate::problem::Problem;
use std::fmt::Write as _;

/// What the reference says of a rule.
struct Entry {
    name: String,
    /// What it says, in LaTeX.
    latex: String,
    /// Under which condition, in words; empty if always.
    condition: String,
    /// A sentence on it, in Markdown.
    says: String,
}

/// The rules, the lemmas, and the false rules that are kept to be recognised.
fn sections() -> [(&'static str, &'static str, Vec<Entry>); 3] {
    [("Rules", "rule", Vec::new()), ("Lemmas", "rule", Vec::new()), ("False rules", "false-rule", Vec::new())]
}

/// Does the reference have a rule of that name?
pub(super) fn is_known(rule: &str) -> bool {
    let wanted = slug(rule);
    sections()[..2].iter().flat_map(|(.., entries)| entries).any(|entry| slug(&entry.name) == wanted)
}

/// The content of the reference: HTML blocks between Markdown headings.
pub(super) fn reference(pages: &Pages<'_>, place: &Place<'_>, problems: &mut Vec<Problem>) -> String {
    let mut text = String::new();
    for (title, kind, entries) in sections() {
        let _ = write!(text, "\n\n## {title}\n\n");
        let mut html = String::from("<div class=\"rules\">\n");
        for entry in &entries {
            html.push_str(&self::entry(pages, place, kind, entry, problems));
        }
        html.push_str("</div>\n");
        text.push_str(&block_safe(&html));
    }
    text
}

fn entry(
    pages: &Pages<'_>,
    place: &Place<'_>,
    kind: &str,
    entry: &Entry,
    problems: &mut Vec<Problem>,
) -> String {
    let latex = pages.math.display(&entry.latex).unwrap_or_else(|why| {
        problems.push(Problem::at(place.file, place.line, why));
        String::new()
    });
    let says = inline::html(&pages.math, place.file, place.line, &entry.says, problems);
    let condition = match entry.condition.is_empty() {
        true => String::new(),
        false => format!("<p>Needs {}.</p>", escape(&entry.condition)),
    };
    format!(
        "<section class=\"rule {kind}\" id=\"{kind}-{}\"><h3>{}</h3>\n<div class=\"formula\">{latex}</div>\n\
         <p>{says}</p>{condition}</section>\n",
        slug(&entry.name),
        escape(&entry.name),
    )
}

/// A rule's name as an anchor: `KL >= 0` is `kl-ge-0`.
pub(super) fn slug(rule: &str) -> String {
    let spelled = rule.replace(">=", " ge ").replace("<=", " le ").replace('=', " eq ");
    let mut slug = String::new();
    for c in spelled.to_lowercase().chars() {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            '*' => slug.push_str("-star"),
            _ if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_anchors() {
        assert_eq!(slug("KL >= 0"), "kl-ge-0");
        assert_eq!(slug("def KL"), "def-kl");
        assert_eq!(slug("Fenchel–Young"), "fenchel-young");
    }
}
