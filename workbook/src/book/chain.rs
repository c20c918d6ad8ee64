//! A derivation or identity as HTML: a chain of lines, each with its reasons and a
//! mark that opens what was checked.

use super::block::{Opening, Word};
use super::html::{block_safe, escape};
use super::inline;
use super::math::MathError;
use super::page::Place;
use super::pages::Pages;
use super::rules::address::address;
use crate::problem::Problem;
use derivation::certificate::{Certificate, Line};
use derivation::report::{Counterexample, LinkReport, Numeric, Symbolic};
use derivation::tell::{self, Mark};
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

struct Writer<'a, 'b> {
    pages: &'a Pages<'b>,
    place: &'a Place<'a>,
    id: &'a str,
    problems: &'a mut Vec<Problem>,
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
    fn rule(&self, rule: &str) -> String {
        let name = escape(rule);
        match self.place.rules.as_ref().and_then(|index| address(index, rule)) {
            Some(address) => format!("<a href=\"{address}\">{name}</a>"),
            None => name,
        }
    }

    /// What was checked: a mark to open.
    fn checked(&mut self, number: usize, step: &LinkReport) -> String {
        let mark = tell::mark(step);
        let says = match mark {
            Mark::Proved => "proved, and every model decided",
            Mark::ProvedRoughly => "proved; models only up to an error, or undecided",
            Mark::Refused => return refused(step),
        };
        let mut html = format!(
            "<details class=\"chain-checked\"><summary aria-label=\"Line {number}: {says}. What was checked\" \
             title=\"{says}\"><span aria-hidden=\"true\">{}</span></summary>\n<div class=\"chain-what\">\n\
             <p>Line {number} is {says}.</p>\n",
            mark.sign()
        );
        if let Some(symbolic) = &step.symbolic {
            html.push_str(&self.proof(symbolic));
        }
        if let Some(numeric) = &step.numeric {
            html.push_str(&models(numeric));
        }
        html.push_str("</div>\n</details>");
        html
    }

    /// The rules as the kernel replayed them.
    fn proof(&mut self, symbolic: &Symbolic) -> String {
        if symbolic.steps.is_empty() {
            return "<p>Both sides are the same once sums and products are in order.</p>\n".to_owned();
        }
        let mut html =
            "<p>The rules, as the kernel replayed them:</p>\n<ol class=\"chain-steps\">\n".to_owned();
        for step in &symbolic.steps {
            let (rule, becomes) = (self.rule(&step.rule), self.display(&step.becomes));
            let _ = write!(html, "<li>{rule}<div class=\"chain-formula\">{becomes}</div>");
            if !step.conditions.is_empty() {
                html.push_str("<ul>");
                for (condition, fact) in &step.conditions {
                    let _ = write!(html, "<li>needs {}: {}</li>", escape(condition), escape(fact));
                }
                html.push_str("</ul>");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
        html
    }

    fn inline(&mut self, latex: &str) -> String {
        self.typeset(self.pages.math.inline(latex))
    }

    fn display(&mut self, latex: &str) -> String {
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

/// Why a line of the reader's does not stand.
fn refused(step: &LinkReport) -> String {
    let mut html = format!(
        "<div class=\"chain-refused\"><p><span aria-hidden=\"true\">{}</span> {}.</p>",
        Mark::Refused.sign(),
        escape(&tell::headline(&step.verdict))
    );
    for line in checks::chains::details(&step.verdict) {
        let _ = write!(html, "<p>{}</p>", escape(&line));
    }
    html.push_str("</div>\n");
    html
}

fn models(numeric: &Numeric) -> String {
    let mut html = format!("<p>No model refutes it: {}.</p>\n", escape(&tell::models(numeric)));
    let shown = [
        ("Both sides are equal, for example, where", &numeric.equality),
        ("They differ, for example, where", &numeric.strict),
        ("One model at random:", &numeric.example),
    ];
    for (words, model) in shown {
        if let Some(model) = model {
            let _ = write!(html, "<p>{words}</p>\n{}", model_list(model, ["the line before", "this line"]));
        }
    }
    html
}

/// A model, entry by entry, and both values under their names.
pub(super) fn model_list(shown: &Counterexample, sides: [&str; 2]) -> String {
    let mut html = "<dl class=\"chain-model\">".to_owned();
    let ends = [(sides[0], &shown.left), (sides[1], &shown.right)];
    let model = shown.model.iter().map(|(name, value)| (name.as_str(), value));
    for (name, value) in model.chain(ends) {
        let _ = write!(html, "<div><dt>{}</dt><dd>{}</dd></div>", escape(name), escape(value));
    }
    html.push_str("</dl>\n");
    if !shown.says.is_empty() {
        let _ = writeln!(html, "<p>{}</p>", escape(&shown.says));
    }
    html
}
