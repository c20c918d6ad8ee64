//! What is said of an answer that did not pass.

use super::run::Outcome;
use crate::check::Manner;
use crate::exercise::{CheckResult, Grade};
use std::fmt::Write;

/// The message for an outcome, or nothing for an answer that passed.
pub fn tell(id: &str, outcome: &Outcome) -> Option<String> {
    let mut text = match outcome {
        Outcome::Graded(grade, _) if grade.passed() => return None,
        Outcome::Graded(grade, printed) => format!("{}{}", of_grade(grade), said(printed)),
        Outcome::TimedOut { limit, during, printed } => format!(
            "it was still running after {} seconds: an endless loop, or far more work than needed\n  \
             during    {during}\n{}",
            limit.as_secs(),
            said(printed)
        ),
        Outcome::Died(how) => format!("{how}\n"),
    };
    let _ = write!(text, "\n  a hint: cargo workbook hint {id}");
    Some(text)
}

/// Every broken check with its counterexample, then what was fine, then the
/// misconception it looks like.
fn of_grade(grade: &Grade) -> String {
    let mut text = String::new();
    for CheckResult { property, verdict, .. } in &grade.checks {
        if let Err(broken) = verdict {
            let how = match broken.manner {
                Manner::Wrong => "broken",
                Manner::NotANumber => "NaN came back",
                Manner::Panicked => "it panicked",
            };
            let _ = writeln!(text, "{how}: {property}\n{broken}\n");
        }
    }
    let fine = grade.checks.iter().filter(|check| check.verdict.is_ok()).count();
    if fine > 0 {
        let _ = writeln!(text, "  {fine} of {} checks pass", grade.checks.len());
    }
    if !grade.lines.is_empty() {
        let standing = grade.lines.iter().filter(|line| line.stands).count();
        let _ = writeln!(
            text,
            "  {standing} of {} lines stand; they earn {:.0} % of the points",
            grade.lines.len(),
            grade.share() * 100.0
        );
    }
    if let Some(misconception) = &grade.misconception {
        let _ = writeln!(text, "  it behaves like this mistake: {misconception}");
    }
    text
}

/// What the answer printed, as a quotation.
fn said(printed: &str) -> String {
    match printed.trim() {
        "" => String::new(),
        lines => format!("\n  it printed:{}\n", super::run::quoted(lines)),
    }
}
