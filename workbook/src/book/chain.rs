//! A derivation or identity as HTML: a chain of lines, each with its reasons and a
//! mark that opens what was checked.

use super::block::{Opening, Word};
use super::html::{block_safe, escape};
use super::inline;
use super::math::MathError;
use super::page::Place;
use super::pages::Pages;
use super::rules::address::address;
use super::signs;
use crate::problem::Problem;
use derivation::certificate::{Certificate, Line};
use derivation::report::LinkReport;
use std::fmt::Write as _;

/// The block of a derivation that stands.
pub(super) fn chain(
    pages: &Pages<'_>,
    place: &Place<'_>,
    opening: &Opening,
    certificate: &Certificate,
    problems: &mut Vec<Problem>,
) -> String {
    let id = opening.get("id");
    let (class, title) = match opening.word {
        Word::Identity => ("identity", String::new()),
        _ => ("derivation", title(pages, place, opening, problems)),
    };
    let label = match title.is_empty() {
        true => "aria-label=\"Identity\"".to_owned(),
        false => format!("aria-labelledby=\"{id}-title\""),
    };
    let lines = lines(pages, place, id, certificate, problems);
    block_safe(&format!("<section class=\"box {class}\" id=\"{id}\" {label}>\n{title}{lines}</section>"))
}

/// Assumptions and lines, also of a chain that does not stand: then it says so at the
/// line. The lines' ids begin with `id`.
pub(super) fn lines(
    pages: &Pages<'_>,
    place: &Place<'_>,
    id: &str,
    certificate: &Certificate,
    problems: &mut Vec<Problem>,
) -> String {
    let mut writer = Writer { pages, place, id, problems };
    let mut html = writer.context(certificate);
    html.push_str("<ol class=\"chain\">\n");
    html.push_str(&writer.line(1, &certificate.first, None));
    for (index, (line, step)) in certificate.lines.iter().zip(&certificate.report.steps).enumerate() {
        html.push_str(&writer.line(index + 2, line, Some(step)));
    }
    html.push_str("</ol>\n");
    html
}

fn title(pages: &Pages<'_>, place: &Place<'_>, opening: &Opening, problems: &mut Vec<Problem>) -> String {
    let id = opening.get("id");
    let words = inline::html(&pages.math, place.file, place.line, opening.get("title"), problems);
    format!(
        "<p class=\"box-title\" id=\"{id}-title\"><span class=\"box-kind\">Derivation</span> {words}\
         <a class=\"box-link\" href=\"#{id}\" aria-label=\"Link to this derivation\">#</a></p>\n"
    )
}

/// A chain while it is written.
pub(super) struct Writer<'a, 'b> {
    pub(super) pages: &'a Pages<'b>,
    pub(super) place: &'a Place<'a>,
    /// The lines' ids begin with it.
    pub(super) id: &'a str,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Writer<'_, '_> {
    /// What is declared and assumed.
    fn context(&mut self, certificate: &Certificate) -> String {
        let mut html = String::new();
        for (word, entries) in [("With", &certificate.declarations), ("Assuming", &certificate.assumptions)] {
            let list: Vec<String> = entries.iter().map(|latex| self.inline(latex)).collect();
            if !list.is_empty() {
                let _ = writeln!(html, "<p class=\"chain-assumptions\">{word} {}</p>", list.join(", "));
            }
        }
        html
    }

    /// A line, the first of which has number 1.
    fn line(&mut self, number: usize, line: &Line, step: Option<&LinkReport>) -> String {
        let id = self.id;
        let mut html = format!("<li class=\"chain-line\" id=\"{id}-{number}\">");
        // The relation stands alone at the left, as in an aligned display, and what a line
        // breaks off goes on under the formula.
        let relation = match line.relation.is_empty() {
            true => String::new(),
            false => format!("<span class=\"chain-relation\">{}</span>", self.inline(&line.relation)),
        };
        let _ = write!(html, "<div class=\"chain-formula\">{relation}{}</div>", self.display(&line.latex));
        if let Some(label) = &line.label {
            let _ = write!(html, "<span class=\"chain-label\" id=\"{id}-{0}\">({0})</span>", escape(label));
        }
        if let Some(step) = step {
            html.push_str(&self.reasons(line));
            html.push_str(&self.checked(number, step));
        }
        html.push_str("</li>\n");
        html
    }

    /// The reasons at the right of a line.
    fn reasons(&mut self, line: &Line) -> String {
        let attained = line.attained.as_ref().map(|at| format!("attained at {}", self.inline(at)));
        let mut rules: Vec<String> = Vec::new();
        for (rule, witness) in &line.by {
            let name = self.rule(rule);
            rules.push(match witness {
                Some(latex) => format!("{name} ({})", self.inline(latex)),
                None => name,
            });
        }
        let by = if rules.is_empty() { "arithmetic".to_owned() } else { rules.join(", ") };
        let at = attained.map(|at| format!("{at}, ")).unwrap_or_default();
        format!("<span class=\"chain-by\">{at}by {by}</span>")
    }

    /// A rule's name, linked to its page.
    pub(super) fn rule(&self, rule: &str) -> String {
        let name = signs::rule(rule);
        match self.place.rules.as_ref().and_then(|index| address(index, rule)) {
            Some(address) => format!("<a href=\"{address}\">{name}</a>"),
            None => name,
        }
    }

    pub(super) fn inline(&mut self, latex: &str) -> String {
        self.typeset(self.pages.math.inline(latex))
    }

    pub(super) fn display(&mut self, latex: &str) -> String {
        self.typeset(self.pages.math.display(latex))
    }

    /// The LaTeX is the typesetter's own: where KaTeX does not take it, the page must not
    /// be shown.
    fn typeset(&mut self, typeset: Result<String, MathError>) -> String {
        typeset.unwrap_or_else(|why| {
            self.problems.push(Problem::at(self.place.file, self.place.line, why));
            String::new()
        })
    }
}
