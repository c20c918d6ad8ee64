//! What a line's mark opens: the proof rule by rule, how many models were tried, and
//! some of them worked out.

use super::chain::Writer;
use super::html::escape;
use super::signs;
use derivation::report::{Counterexample, LinkReport, Numeric, Symbolic};
use derivation::tell::{self, Mark};
use std::fmt::Write as _;

impl Writer<'_, '_> {
    /// A mark to open, or why the line does not stand.
    pub(super) fn checked(&mut self, number: usize, step: &LinkReport) -> String {
        let mark = tell::mark(step);
        let says = match mark {
            Mark::Proved => "proved, and every model decided",
            Mark::ProvedRoughly => "proved; models only up to an error, or undecided",
            Mark::Refused => return refused(step),
        };
        let mut html = format!(
            "<details class=\"chain-checked\"><summary aria-label=\"Line {number}: {says}. What was checked\" \
             title=\"{says}\"><span aria-hidden=\"true\">{}</span></summary>\n<div class=\"chain-what\">\n",
            mark.sign()
        );
        if let Some(symbolic) = &step.symbolic {
            html.push_str(&self.proof(symbolic));
        }
        if let Some(numeric) = &step.numeric {
            html.push_str(&self.models(numeric));
        }
        html.push_str("</div>\n</details>");
        html
    }

    /// The rules as the kernel replayed them.
    fn proof(&mut self, symbolic: &Symbolic) -> String {
        if symbolic.steps.is_empty() {
            return "<p><b>Proved.</b> Both sides are the same once sums and products are in order.</p>\n"
                .to_owned();
        }
        let mut html =
            "<p><b>Proved.</b> From the line before, one rule after another:</p>\n<ol class=\"chain-steps\">\n"
                .to_owned();
        for (index, step) in symbolic.steps.iter().enumerate() {
            // The last makes the line itself, which stands right above.
            let becomes = match index + 1 == symbolic.steps.len() {
                true => "<span>this line</span>".to_owned(),
                false => format!("<div class=\"chain-formula\">{}</div>", self.display(&step.becomes)),
            };
            let _ = write!(html, "<li><span class=\"chain-rule\">{}</span>{becomes}", self.rule(&step.rule));
            if !step.conditions.is_empty() {
                html.push_str("<ul>");
                for (condition, fact) in &step.conditions {
                    let _ = write!(html, "<li>{}</li>", escape(&signs::printed(&needed(condition, fact))));
                }
                html.push_str("</ul>");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n");
        html
    }

    fn models(&mut self, numeric: &Numeric) -> String {
        let tried = escape(&signs::printed(&tell::models(numeric)));
        let mut html = format!("<p><b>Not refuted</b> by {tried}.</p>\n");
        let shown = [
            ("One in which both sides are equal", &numeric.equality),
            ("One in which they differ", &numeric.strict),
            ("One at random", &numeric.example),
        ];
        for (words, model) in shown {
            if let Some(model) = model {
                let _ = writeln!(html, "<p class=\"chain-model-title\">{words}</p>");
                html.push_str(&self.model(model, ["the line before", "this line"]));
            }
        }
        html
    }

    /// A model, entry by entry, and both values under their names.
    pub(super) fn model(&mut self, shown: &Counterexample, sides: [&str; 2]) -> String {
        let mut html = "<dl class=\"chain-model\">".to_owned();
        let mut entry = |name: &str, value: &str, class: &str| {
            let value = escape(&signs::printed(value));
            let _ = write!(html, "<div{class}><dt>{name}</dt><dd>{value}</dd></div>");
        };
        for (name, value) in &shown.model {
            let name = self.inline(&signs::name(name));
            entry(&name, value, "");
        }
        for (side, value) in sides.into_iter().zip([&shown.left, &shown.right]) {
            entry(side, value, " class=\"chain-side\"");
        }
        html.push_str("</dl>\n");
        if !shown.says.is_empty() {
            let says = between(&shown.says, sides);
            let _ = writeln!(html, "<p class=\"chain-says\">{}</p>", escape(&signs::printed(&says)));
        }
        html
    }
}

/// What a model shows, told of these sides.
fn between(says: &str, [left, right]: [&str; 2]) -> String {
    let capital = format!("{}{}", left[..1].to_uppercase(), &left[1..]);
    says.replace("The line before", &capital).replace("the line before", left).replace("this line", right)
}

/// What a rule needs, and why it is so.
fn needed(condition: &str, fact: &str) -> String {
    match condition == fact {
        true => format!("needs {condition}, as assumed"),
        false => format!("needs that {condition}; here {fact}"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_shows_is_told_of_the_sides_that_stand_above_it() {
        let says = "The line before is greater than this line.";
        assert_eq!(between(says, ["the line before", "this line"]), says);
        assert_eq!(
            between(says, ["the left side", "the right side"]),
            "The left side is greater than the right side."
        );
    }

    #[test]
    fn what_is_assumed_is_not_said_twice() {
        assert_eq!(needed("p << q", "p << q"), "needs p << q, as assumed");
        assert_eq!(
            needed("both sides are defined", "by its form"),
            "needs that both sides are defined; here by its form"
        );
    }
}
