//! Reports in words: what a reader is told of a line.

use crate::certificate::Line;
use crate::report::{Counterexample, Evaluation, LinkReport, Missing, Numeric, Report, Verdict};
use crate::symbolic::false_rules;
use crate::syntax::Diagnostic;
use std::fmt::Write as _;

/// How sure a line that stands is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Proved, and every model was decided.
    Proved,
    /// Proved; some models were decided up to a stated error only, or not at all.
    ProvedRoughly,
    /// It does not stand.
    Refused,
}

impl Mark {
    /// The sign.
    pub const fn sign(self) -> char {
        match self {
            Mark::Proved => '✓',
            Mark::ProvedRoughly => '≈',
            Mark::Refused => '✗',
        }
    }
}

/// The mark of a line.
pub fn mark(line: &LinkReport) -> Mark {
    match (&line.verdict, &line.numeric) {
        (Verdict::Proved, Some(numeric)) if numeric.kind <= Evaluation::Enclosed => Mark::Proved,
        (Verdict::Proved, _) => Mark::ProvedRoughly,
        _ => Mark::Refused,
    }
}

/// Does every line stand, and the chain from end to end?
pub fn stands(report: &Report) -> bool {
    let whole = report.end_to_end.iter().all(|whole| {
        // The ends need no proof of their own: the lines are it.
        matches!(whole.verdict, Verdict::Proved | Verdict::NotRefuted { missing: Missing::Link { .. } })
    });
    whole && !report.steps.is_empty() && report.steps.iter().all(|line| mark(line) != Mark::Refused)
}

/// The verdict in one sentence, without a full stop.
pub fn headline(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Proved => "proved".into(),
        Verdict::NotRefuted { missing } => missing_proof(missing),
        Verdict::Refuted { holds_against: Some(line), .. } => {
            format!(
                "this line does not follow from the line before, which is false; it holds against line {line}"
            )
        }
        Verdict::Refuted { looks_like, true_if, .. } => {
            let mut parts = vec!["this line is false".to_owned()];
            parts.extend(looks_like.iter().map(|rule| format!("it looks like the false rule “{rule}”")));
            parts.extend(true_if.iter().map(|assumption| format!("it would be true {}", given(assumption))));
            parts.join("; ")
        }
        Verdict::Undefined { counterexample, true_if } => {
            let side = undefined_side(counterexample);
            match true_if {
                Some(assumption) => {
                    format!("{side} can be undefined; the step is true {}", given(assumption))
                }
                None => format!("{side} can be undefined"),
            }
        }
        Verdict::NotUnderstood { reason } => format!("this line is not understood: {reason}"),
    }
}

/// Which of the two lines has no value in the model.
fn undefined_side(shown: &Counterexample) -> &'static str {
    let undefined = |value: &str| value.starts_with("undefined");
    match (undefined(&shown.left), undefined(&shown.right)) {
        (true, false) => "the line before",
        (false, true) => "this line",
        _ => "each of the two lines",
    }
}

fn missing_proof(missing: &Missing) -> String {
    match missing {
        Missing::DoesNotFollow { would_follow_by } if would_follow_by.is_empty() => {
            "no model refutes this line, but it does not follow by the cited rules".into()
        }
        Missing::DoesNotFollow { would_follow_by } => {
            let rules = would_follow_by.join(", ");
            format!("this line does not follow by the cited rules; it would by {rules}")
        }
        Missing::Assumption { rule: Some(rule), needs, .. } => {
            format!("the rule `{rule}` needs an assumption that is not given: {needs}")
        }
        Missing::Assumption { rule: None, needs, .. } => {
            format!("the step is right where both lines have a value, but nothing shows that {needs}")
        }
        Missing::NotUsed { rule } => format!("the line is proved without the rule `{rule}`, which it cites"),
        Missing::TooLong => {
            "no model refutes this line, but the step is too long to be proved; put a line between".into()
        }
        Missing::NoReason { would_follow_by } if would_follow_by.is_empty() => {
            "this line gives no reason, and plain arithmetic does not make it".into()
        }
        Missing::NoReason { would_follow_by } => {
            format!("this line gives no reason; `by {}` would do", would_follow_by.join(", "))
        }
        Missing::Link { line } => format!("the chain is not proved, because line {line} is not"),
    }
}

/// A line that does not stand, as a compiler would tell it.
pub fn diagnostic(line: &Line, step: &LinkReport) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(line.span.clone(), headline(&step.verdict));
    diagnostic.notes = reasons(&step.verdict).into_iter().map(|reason| reason.join("\n")).collect();
    diagnostic.suggestion = remedy(&step.verdict);
    diagnostic
}

/// What stands below the headline: why, the model and both values, what to do.
pub fn details(verdict: &Verdict) -> Vec<String> {
    let mut lines = reasons(verdict).concat();
    lines.extend(remedy(verdict));
    lines
}

/// Why a line that is false is false: the known mistake, and the model.
fn reasons(verdict: &Verdict) -> Vec<Vec<String>> {
    match verdict {
        Verdict::Refuted { counterexample, looks_like, notes, .. } => {
            let known = false_rules().iter().find(|rule| Some(rule.name) == looks_like.as_deref());
            let known = known.map(|rule| rule.explanation.to_owned());
            let said = known.into_iter().chain(notes.iter().cloned()).map(|text| vec![text]);
            said.chain([model(counterexample)]).collect()
        }
        Verdict::Undefined { counterexample, .. } => vec![model(counterexample)],
        _ => Vec::new(),
    }
}

/// `if p << q`, ``with `let T(x) in [0, inf)` ``
fn given(assumption: &str) -> String {
    if assumption.starts_with("let ") { format!("with `{assumption}`") } else { format!("if {assumption}") }
}

/// Statements that would mend the line, to stand above the chain: `assuming p << q`.
pub fn statements(verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Refuted { holds_against: Some(_), .. } => Vec::new(),
        Verdict::Refuted { true_if: Some(assumption), .. }
        | Verdict::Undefined { true_if: Some(assumption), .. } => {
            let declared = assumption.starts_with("let ");
            vec![if declared { assumption.clone() } else { format!("assuming {assumption}") }]
        }
        Verdict::NotRefuted { missing: Missing::Assumption { advice, .. } } => advice.clone(),
        _ => Vec::new(),
    }
}

/// What would mend the line, where that is known.
fn remedy(verdict: &Verdict) -> Option<String> {
    let cite = |rules: &[String]| format!("end the line with `by {}`", rules.join(", "));
    match (statements(verdict).as_slice(), verdict) {
        ([only], _) => Some(format!("{only}, on a line above the chain")),
        ([], Verdict::Refuted { holds_against: Some(_), .. }) => Some("mend the line before".into()),
        ([], Verdict::NotRefuted { missing }) => match missing {
            Missing::DoesNotFollow { would_follow_by } | Missing::NoReason { would_follow_by }
                if !would_follow_by.is_empty() =>
            {
                Some(cite(would_follow_by))
            }
            Missing::NotUsed { rule } => Some(format!("leave `{rule}` out, or write the line that uses it")),
            Missing::NoReason { .. } => Some("end the line with `by` and the rule that gives it".into()),
            _ => None,
        },
        ([], _) => None,
        (several, _) => Some(format!("on lines above the chain:\n{}", several.join("\n"))),
    }
    .map(|remedy| format!("to mend it: {remedy}"))
}

/// A model and what it shows, a line each.
pub fn model(shown: &Counterexample) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if shown.model.iter().any(|(_, value)| value.starts_with('(')) {
        // `p(x) = (1/2, 1/2)` is p(x1) = p(x2) = 1/2.
        lines.push("for example, with values listed point by point:".into());
    }
    lines.extend(shown.model.iter().map(|(name, value)| format!("{name} = {value}")));
    lines.push(format!("the line before: {}", shown.left));
    lines.push(format!("this line:       {}", shown.right));
    if !shown.says.is_empty() {
        lines.push(shown.says.clone());
    }
    lines
}

/// How many models, of which kind: `1 236 models, all exact`.
pub fn models(numeric: &Numeric) -> String {
    let mut text = format!("{} {}", numeric.models, if numeric.models == 1 { "model" } else { "models" });
    // Writing into a string cannot fail.
    let _ = match numeric.kind {
        Evaluation::Exact => write!(text, ", all exact"),
        Evaluation::Enclosed => write!(text, ", in exact arithmetic or enclosing intervals"),
        Evaluation::Numeric => {
            write!(text, ", some by quadrature; worst residual {:.1e}", numeric.worst_residual)
        }
        Evaluation::Undecided => write!(text, ", of which some neither decide nor refute a supremum"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(verdict: Verdict, kind: Evaluation) -> LinkReport {
        let numeric =
            Numeric { models: 7, kind, worst_residual: 0.0, equality: None, strict: None, example: None };
        LinkReport {
            relation: "=".into(),
            rules: vec!["constant".into()],
            verdict,
            numeric: Some(numeric),
            symbolic: None,
        }
    }

    #[test]
    fn a_mark_never_says_more_than_was_found() {
        assert_eq!(mark(&line(Verdict::Proved, Evaluation::Exact)), Mark::Proved);
        assert_eq!(mark(&line(Verdict::Proved, Evaluation::Enclosed)), Mark::Proved);
        assert_eq!(mark(&line(Verdict::Proved, Evaluation::Numeric)), Mark::ProvedRoughly);
        assert_eq!(mark(&line(Verdict::Proved, Evaluation::Undecided)), Mark::ProvedRoughly);
        let unproved = Verdict::NotRefuted { missing: Missing::TooLong };
        assert_eq!(mark(&line(unproved, Evaluation::Exact)), Mark::Refused);
    }

    #[test]
    fn a_report_without_lines_does_not_stand() {
        let mut report = Report { id: "a".into(), steps: Vec::new(), end_to_end: None };
        assert!(!stands(&report));
        report.steps.push(line(Verdict::Proved, Evaluation::Exact));
        assert!(stands(&report));
        let counterexample =
            Counterexample { model: vec![], left: "0".into(), right: "1".into(), says: String::new() };
        let refuted = Verdict::Refuted {
            counterexample,
            looks_like: None,
            true_if: None,
            holds_against: None,
            notes: vec![],
        };
        report.end_to_end = Some(line(refuted, Evaluation::Exact));
        assert!(!stands(&report));
    }
}
