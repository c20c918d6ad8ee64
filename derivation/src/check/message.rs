//! A verdict in words: what is wrong, what shows it, and what would mend it.

use crate::report::{Counterexample, LinkReport, Missing, Verdict};

/// What is said of a link that does not stand: a headline, and notes beneath it.
/// `None` for a link that does.
pub fn explain(report: &LinkReport) -> Option<(String, Vec<String>)> {
    let relation = &report.relation;
    let said = match &report.verdict {
        Verdict::Proved => return None,
        Verdict::NotUnderstood { reason } => (reason.clone(), Vec::new()),
        Verdict::Refuted { counterexample, looks_like } => {
            let mut notes = vec![shown(counterexample)];
            if let Some(rule) = looks_like {
                notes.push(format!("it looks like this false rule: {rule}"));
            }
            (format!("this line is false: `{relation}` does not hold in every model"), notes)
        }
        Verdict::Undefined { counterexample, true_if } => {
            let mut notes = vec![shown(counterexample)];
            if let Some(assumption) = true_if {
                notes.push(format!("true if {assumption}: write `assuming {assumption}` above the chain"));
            }
            ("this line compares something undefined".to_owned(), notes)
        }
        Verdict::NotRefuted { missing } => (unproved(report, missing), notes_on(missing)),
    };
    Some(said)
}

fn unproved(report: &LinkReport, missing: &Missing) -> String {
    let by = report.rules.join(", ");
    match missing {
        Missing::DoesNotFollow { .. } => format!("no model refutes this line, but it does not follow by {by}"),
        Missing::Assumption { rule, .. } => format!("no model refutes this line, but {rule} needs an assumption"),
        Missing::NotUsed { rule } => format!("this line is right, but {rule} is not needed for it"),
        Missing::TooLong => format!("no model refutes this line, but no proof by {by} was found: the step is too long"),
        Missing::NoReason => "no model refutes this line, but it gives no reason, and arithmetic alone does not".to_owned(),
        Missing::Link { line } => format!("from end to end this is not proved, because line {line} is not"),
    }
}

fn notes_on(missing: &Missing) -> Vec<String> {
    match missing {
        Missing::DoesNotFollow { would_follow_by } if would_follow_by.is_empty() => Vec::new(),
        Missing::DoesNotFollow { would_follow_by } => {
            vec![format!("it would follow by {}", would_follow_by.join(", "))]
        }
        Missing::Assumption { needs, .. } => vec![format!("write `assuming {needs}` above the chain")],
        Missing::NotUsed { rule } => vec![format!("take `{rule}` out of the reasons")],
        Missing::TooLong => vec!["put a line in between".to_owned()],
        Missing::Link { .. } => Vec::new(),
        Missing::NoReason => vec!["write `by` and the rules that give this line".to_owned()],
    }
}

fn shown(counterexample: &Counterexample) -> String {
    let Counterexample { model, left, right, says } = counterexample;
    let mut text = says.clone();
    for (name, value) in model {
        text.push_str(&format!("\n  {name} = {value}"));
    }
    text.push_str(&format!("\n  the line before: {left}\n  this line:       {right}"));
    text
}
