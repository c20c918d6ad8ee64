//! An entry of the reference: a rule's name, its statements typeset, and its explanation.

use super::super::html::escape;
use super::super::page::Place;
use super::super::pages::Pages;
use super::super::signs;
use super::address::{address, slug};
use crate::problem::Problem;
use derivation::symbolic::{FalseRule, Rule};
use derivation::{syntax, typeset};

/// Entries of the reference while they are written.
pub(super) struct Writer<'a, 'b> {
    pub(super) pages: &'a Pages<'b>,
    pub(super) place: &'a Place<'a>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Writer<'_, '_> {
    pub(super) fn rule(&mut self, rule: &Rule) -> String {
        let address = self.place.rules.as_ref().and_then(|index| address(index, rule.name));
        let beginning =
            self.beginning("rule", rule.name, address.as_deref(), rule.statement, rule.explanation);
        format!("{beginning}</section>\n")
    }

    pub(super) fn false_rule(&mut self, rule: &FalseRule) -> String {
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
    pub(super) fn statement(&mut self, statement: &str) -> String {
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

/// A text as HTML in the signs of print, what stands between backticks as code.
pub(super) fn with_code(text: &str) -> String {
    let pieces = text.split('`').enumerate();
    pieces
        .map(|(index, piece)| match index % 2 {
            0 => escape(&signs::printed(piece)),
            _ => format!("<code>{}</code>", escape(piece)),
        })
        .collect()
}

/// A rule whose statement is not in the language.
#[derive(Debug, thiserror::Error)]
#[error("a rule's statement cannot be read: {0}")]
struct Unreadable(String);
