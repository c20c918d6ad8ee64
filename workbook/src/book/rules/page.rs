//! A page for each rule: what it says and needs, what it is for, its smallest use, checked
//! with the book, the mistakes it is confused with, each with a model that refutes it, and
//! the derivations of the book that use it.

use super::super::chain;
use super::super::html::{block_safe, escape};
use super::super::page::{Place, address};
use super::super::pages::Pages;
use super::super::{inline, listing};
use super::address::slug;
use super::writer::{Writer, with_code};
use crate::derivations::failures;
use crate::problem::Problem;
use crate::report::DerivationReport;
use derivation::certificate::Certificate;
use derivation::report::Verdict;
use derivation::symbolic::{self, FalseRule, Rule};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A page that the build makes.
pub(in crate::book) struct Made {
    /// Its name in the list of pages.
    pub(in crate::book) name: String,
    /// Relative to the book's sources.
    pub(in crate::book) path: PathBuf,
    /// In Markdown.
    pub(in crate::book) content: String,
}

/// All pages of rules, below the index, which is the page at `index`, in `file`.
pub(in crate::book) fn made(
    pages: &Pages<'_>,
    file: &Path,
    line: usize,
    index: &Path,
    problems: &mut Vec<Problem>,
) -> Vec<Made> {
    let path = |rule: &Rule| index.with_extension("").join(slug(rule.name)).with_extension("md");
    let rules = symbolic::rules().iter();
    rules
        .map(|rule| {
            let path = path(rule);
            let verification = pages.verification.as_deref().map(|to| address(&path, to));
            let rules = Some(address(&path, index));
            let place = Place { file, path: &path, line, verification, rules };
            let content = Sheet { pages, place: &place, problems }.content(rule);
            Made { name: rule.name.to_owned(), path, content }
        })
        .collect()
}

/// A page while it is written.
struct Sheet<'a, 'b> {
    pages: &'a Pages<'b>,
    place: &'a Place<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Sheet<'_, '_> {
    fn content(&mut self, rule: &Rule) -> String {
        let index = self.place.rules.clone().unwrap_or_default();
        let kind = if rule.is_lemma() { "lemma" } else { "rule" };
        let mut text = format!("# `{}`\n\n", rule.name);
        let _ = writeln!(
            text,
            "<p class=\"rule-kind\">A {kind} of the <a href=\"{index}\">derivation language</a>.</p>\n"
        );
        let statements: String = {
            let mut writer = Writer { pages: self.pages, place: self.place, problems: self.problems };
            rule.statement.iter().map(|statement| writer.statement(statement)).collect()
        };
        let _ = write!(text, "<section class=\"rule\">\n{}</section>\n\n", block_safe(&statements));
        let _ = write!(text, "{}\n\n", with_code(rule.explanation));
        let mut entries = vec![];
        if !rule.conditions.is_empty() {
            entries.push(("It needs", with_code(&rule.conditions.join("; "))));
        }
        entries.push(("Where it is defined", with_code(rule.definedness)));
        if !rule.aliases.is_empty() {
            let names: Vec<String> =
                rule.aliases.iter().map(|name| format!("<code>{}</code>", escape(name))).collect();
            entries.push(("Also cited as", names.join(", ")));
        }
        let entries: String = entries
            .iter()
            .map(|(word, what)| format!("<div><dt>{word}</dt><dd>{what}</dd></div>\n"))
            .collect();
        let _ = write!(text, "<dl class=\"rule-facts\">\n{entries}</dl>\n\n");
        text.push_str(&self.example(rule));
        text.push_str(&self.confused(rule));
        text.push_str(&self.uses(rule));
        text
    }

    /// The smallest use, checked.
    fn example(&mut self, rule: &Rule) -> String {
        let Some(source) = symbolic::example(rule.name) else {
            let error = NoExample(rule.name);
            self.problems.push(Problem::at(self.place.file, self.place.line, error));
            return String::new();
        };
        let id = format!("example-{}", slug(rule.name));
        let certified = self.pages.certifier.one(&id, source);
        // Told at the index: the text stands in no page's source.
        let failed = failures(self.place.file, self.place.line, source, &certified);
        let Ok(certificate) = certified else {
            self.problems.extend(failed);
            return String::new();
        };
        self.problems.extend(failed);
        let lines = chain::lines(self.pages, self.place, &id, &certificate, self.problems);
        let html = format!(
            "<section class=\"box derivation\" id=\"{id}\" aria-label=\"Example\">\n{lines}</section>"
        );
        let tried = models(&certificate);
        format!(
            "## Its smallest use\n\n{}\n\n{}\n\n<pre><code class=\"language-text\">{}</code></pre>\n\n",
            block_safe(&html),
            tried.map_or_else(String::new, |models| format!(
                "No model of {models} refutes it. As it is written:"
            )),
            block_safe(&escape(&listing::fitted(source)))
        )
    }

    /// The mistakes that it is confused with.
    fn confused(&mut self, rule: &Rule) -> String {
        let mistakes: Vec<&FalseRule> = symbolic::false_rules()
            .iter()
            .filter(|mistake| mistake.confused_with.contains(&rule.name))
            .collect();
        if mistakes.is_empty() {
            return String::new();
        }
        let mut text = String::from("## What it is confused with\n\n");
        for mistake in mistakes {
            let mut writer = Writer { pages: self.pages, place: self.place, problems: self.problems };
            let statement = writer.statement(mistake.statement);
            let model = self.refuting(mistake);
            let html = format!(
                "<section class=\"rule false-rule\"><h3>{}</h3>\n{statement}\n<p>False: {}</p>\n{model}</section>",
                escape(mistake.name),
                with_code(mistake.explanation)
            );
            let _ = write!(text, "{}\n\n", block_safe(&html));
        }
        text
    }

    /// A model in which a false rule fails.
    fn refuting(&mut self, mistake: &FalseRule) -> String {
        let (left, right) = mistake.statement.split_once(" = ").unwrap_or((mistake.statement, "0"));
        let source = format!("{}\n{left}\n  = {right}   by algebra", mistake.context);
        let id = format!("false-{}", slug(mistake.name));
        let verdict = match self.pages.certifier.one(&id, &source) {
            Ok(certificate) => certificate.report.steps.into_iter().next().map(|step| step.verdict),
            Err(_) => None,
        };
        match verdict {
            Some(Verdict::Refuted { counterexample, .. } | Verdict::Undefined { counterexample, .. }) => {
                let (pages, place) = (self.pages, self.place);
                let mut writer = chain::Writer { pages, place, id: &id, problems: self.problems };
                format!(
                    "<p>Refuted by</p>\n{}",
                    writer.model(&counterexample, ["the left side", "the right side"])
                )
            }
            _ => {
                let error = NotRefuted(mistake.name);
                self.problems.push(Problem::at(self.place.file, self.place.line, error));
                String::new()
            }
        }
    }

    /// The derivations of the book that use the rule.
    fn uses(&mut self, rule: &Rule) -> String {
        let using: Vec<&DerivationReport> =
            self.pages.report.derivations.iter().filter(|derivation| uses(derivation, rule)).collect();
        if using.is_empty() {
            return String::new();
        }
        let mut text = String::from("## Where the book uses it\n\n<ul class=\"rule-uses\">\n");
        for derivation in using {
            let to = address(self.place.path, Path::new(&derivation.page));
            let title = match derivation.title.as_str() {
                "" => format!("<code>{}</code>", escape(&derivation.id)),
                // A title's problems are told where it stands.
                title => {
                    inline::html(&self.pages.math, self.place.file, self.place.line, title, &mut Vec::new())
                }
            };
            let chapter = derivation.chapter.map_or_else(String::new, |n| format!(" (chapter {n})"));
            let _ =
                writeln!(text, "<li><a href=\"{to}#{}\">{title}</a>{chapter}</li>", escape(&derivation.id));
        }
        text.push_str("</ul>\n");
        text
    }
}

/// Does a line of the derivation cite the rule, or does its proof use it?
fn uses(derivation: &DerivationReport, rule: &Rule) -> bool {
    let is_it = |cited: &str| symbolic::find_rule(cited).is_ok_and(|found| found.name == rule.name);
    derivation.steps.iter().any(|step| {
        let proof = step.symbolic.iter().flat_map(|symbolic| &symbolic.steps);
        step.rules.iter().any(|cited| is_it(cited)) || proof.into_iter().any(|used| is_it(&used.rule))
    })
}

/// How many models were tried, in words.
fn models(certificate: &Certificate) -> Option<String> {
    let count: u64 =
        certificate.report.steps.iter().filter_map(|step| step.numeric.as_ref()).map(|n| n.models).sum();
    (count > 0).then(|| count.to_string())
}

/// A rule without an example.
#[derive(Debug, thiserror::Error)]
#[error("the rule `{0}` has no example; write its smallest use in `examples.rs`")]
struct NoExample(&'static str);

/// A false rule that no model refutes.
#[derive(Debug, thiserror::Error)]
#[error("no model refutes the false rule `{0}`")]
struct NotRefuted(&'static str);
