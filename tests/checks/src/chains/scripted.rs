//! A checker whose verdicts the text dictates, for tests of what is done with verdicts.

use derivation::certificate::{Certificate, Line};
use derivation::report::{
    Counterexample, Evaluation, LinkReport, Missing, Numeric, Report, Step, Symbolic, Verdict,
};
use derivation::syntax::Diagnostic;

/// Reads lines such as `= \log b by rule [label]`; the words `false`, `undefined`,
/// `unproved`, `rough` in the reason set the verdict.
pub fn certify(id: &str, source: &str) -> Result<Certificate, Vec<Diagnostic>> {
    let mut lines = Vec::new();
    let mut assumptions = Vec::new();
    let mut at = 0;
    for text in source.lines() {
        let offset = at + (text.len() - text.trim_start().len());
        at += text.len() + 1;
        let text = text.split("--").next().unwrap_or_default().trim();
        if text.contains('\0') || text == "?" {
            return Err(vec![Diagnostic::new(offset..offset + text.len(), "expected a line")]);
        }
        if let Some(what) = text.strip_prefix("assuming ") {
            assumptions.push(what.to_owned());
        } else if !text.is_empty() {
            lines.push(line(offset, text));
        }
    }
    let mut lines = lines.into_iter();
    let Some((first, _)) = lines.next() else {
        return Err(vec![Diagnostic::new(0..0, "expected a first line")]);
    };
    let (lines, steps) = lines.filter_map(|(line, step)| step.map(|step| (line, step))).unzip();
    let report = Report { id: id.to_owned(), steps, end_to_end: None };
    Ok(Certificate { spaces: Vec::new(), declarations: Vec::new(), assumptions, first, lines, report })
}

fn line(offset: usize, text: &str) -> (Line, Option<LinkReport>) {
    let (text, label) = match text.split_once(" [") {
        Some((text, label)) => (text, Some(label.trim_end_matches(']').to_owned())),
        None => (text, None),
    };
    let (expression, reason) = text.split_once(" by ").unwrap_or((text, ""));
    let relation = ["=", "<=", ">="].into_iter().find(|r| expression.starts_with(&format!("{r} ")));
    let expression = relation.map_or(expression, |relation| expression[relation.len()..].trim());
    let start = offset + text.find(expression).unwrap_or(0);
    let latex = relation.unwrap_or("").replace("<=", "\\le").replace(">=", "\\ge");
    let span = start..start + expression.len();
    let by = (!reason.is_empty()).then(|| (reason.to_owned(), None));
    let line = Line {
        relation: latex,
        latex: expression.to_owned(),
        attained: None,
        by: by.into_iter().collect(),
        label,
        span,
    };
    (line, relation.map(|relation| step(relation, reason)))
}

fn step(relation: &str, reason: &str) -> LinkReport {
    let model = || Counterexample {
        model: vec![("p(x)".into(), "(1/2, 1/2)".into()), ("q(x)".into(), "(1, 0)".into())],
        left: "log 2".into(),
        right: "∞".into(),
        says: "q has no mass at the second point".into(),
    };
    let missing = Missing::DoesNotFollow { would_follow_by: vec!["bayes".into()] };
    let verdict = match reason {
        "false" => {
            let looks_like = Some("KL swapped".into());
            Verdict::Refuted {
                counterexample: model(),
                looks_like,
                true_if: None,
                holds_against: None,
                notes: vec![],
            }
        }
        "undefined" => Verdict::Undefined { counterexample: model(), true_if: Some("q << p".into()) },
        "unproved" => Verdict::NotRefuted { missing },
        _ => Verdict::Proved,
    };
    let inequality = relation != "=";
    let step = Step {
        rule: reason.to_owned(),
        becomes: "\\log a".into(),
        conditions: vec![("p(x) > 0".into(), "x ~ p".into())],
    };
    LinkReport {
        relation: relation.to_owned(),
        rules: [reason].iter().filter(|rule| !rule.is_empty()).map(|rule| (*rule).to_owned()).collect(),
        verdict,
        numeric: Some(Numeric {
            models: 1236,
            kind: if reason == "rough" { Evaluation::Numeric } else { Evaluation::Exact },
            worst_residual: if reason == "rough" { 3e-12 } else { 0.0 },
            equality: inequality.then(model),
            strict: inequality.then(model),
            example: Some(model()),
        }),
        symbolic: Some(Symbolic { steps: vec![step] }),
    }
}
