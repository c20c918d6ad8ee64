//! The reference of rules: an index of all of them, and how a rule's name becomes the
//! address of its page.

mod page;

pub(super) use page::{Made, made};

use super::html::{block_safe, escape};
use super::pages::{Pages, Place};
use crate::problem::Problem;
use derivation::symbolic::{self, FalseRule, Rule};
use derivation::{syntax, typeset};
use std::fmt::Write as _;

/// The address of a rule's page, by any of the names under which it may be cited;
/// `reference` is the address of the index.
pub(super) fn address(reference: &str, cited: &str) -> Option<String> {
    let folder = reference.strip_suffix(".html")?;
    symbolic::find_rule(cited).ok().map(|rule| format!("{folder}/{}.html", slug(rule.name)))
}

/// The content of the reference: HTML blocks between Markdown headings.
pub(super) fn reference(pages: &Pages<'_>, place: &Place<'_>, problems: &mut Vec<Problem>) -> String {
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

struct Writer<'a, 'b> {
    pages: &'a Pages<'b>,
    place: &'a Place<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Writer<'_, '_> {
    fn rule(&mut self, rule: &Rule) -> String {
        let address = self.place.rules.as_ref().and_then(|index| address(index, rule.name));
        let beginning =
            self.beginning("rule", rule.name, address.as_deref(), rule.statement, rule.explanation);
        format!("{beginning}</section>\n")
    }

    fn false_rule(&mut self, rule: &FalseRule) -> String {
        let beginning = self.beginning("false-rule", rule.name, None, &[rule.statement], rule.explanation);
        format!("{beginning}</section>\n")
    }

    fn beginning(
        &mut self,
        kind: &str,
        name: &str,
        page: Option<&str>,
        statements: &[&str],
        explanation: &str,
    ) -> String {
        let id = format!("{kind}-{}", slug(name));
        let formulas: String = statements.iter().map(|statement| self.statement(statement)).collect();
        let mut title = format!("<code>{}</code>", escape(name));
        if let Some(page) = page {
            title = format!("<a href=\"{page}\">{title}</a>");
        }
        format!(
            "<section class=\"rule {kind}\" id=\"{id}\"><h3>{title}</h3>\n{formulas}\n<p>{}</p>\n",
            with_code(explanation)
        )
    }

    /// A statement of the language, typeset.
    fn statement(&mut self, statement: &str) -> String {
        let typeset = match syntax::parse("rule", "", statement) {
            Ok(chain) => typeset::chain(&chain),
            Err(mistakes) => {
                for mistake in &mistakes {
                    let error = Unreadable(mistake.render("the rule", statement, false));
                    self.problems.push(Problem::at(self.place.file, self.place.line, error));
                }
                return String::new();
            }
        };
        let links: String =
            typeset.links.iter().map(|link| format!(" {} {}", link.relation, link.latex)).collect();
        let latex = format!("{}{links}", typeset.first);
        let html = self.pages.math.display(&latex).unwrap_or_else(|why| {
            self.problems.push(Problem::at(self.place.file, self.place.line, why));
            String::new()
        });
        format!("<div class=\"formula\">{html}</div>")
    }
}

/// A text as HTML, what stands between backticks as code.
fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => escape(piece),
            _ => format!("<code>{}</code>", escape(piece)),
        })
        .collect()
}

/// A rule whose statement is not in the language.
#[derive(Debug, thiserror::Error)]
#[error("a rule's statement cannot be read: {0}")]
struct Unreadable(String);

/// A rule's name as an anchor: `KL >= 0` is `kl-ge-0`, `a/b` and `a b` differ.
fn slug(rule: &str) -> String {
    let spelled = rule.replace(">=", " ge ").replace("<=", " le ").replace('=', " eq ");
    let spelled = spelled.replace('/', " over ").replace('+', " plus ");
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
