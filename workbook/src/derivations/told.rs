//! What does not stand in a derivation, as problems with line, caret and model.

use crate::problem::{Problem, line_of};
use checks::chains;
use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;
use derivation::tell;
use std::fmt;
use std::path::Path;

/// A line that does not stand, or a text that cannot be read, as a compiler tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told(String);

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Told {}

/// Everything that does not stand in a text that begins at line `first` of `file`.
pub fn failures(
    file: &Path,
    first: usize,
    source: &str,
    certified: &Result<Certificate, Vec<Diagnostic>>,
) -> Vec<Problem> {
    let found = match certified {
        Ok(certificate) => refused(certificate, chains::is_answer(file)),
        Err(mistakes) => mistakes.clone(),
    };
    found.iter().map(|diagnostic| told(file, first, source, diagnostic)).collect()
}

fn told(file: &Path, first: usize, source: &str, diagnostic: &Diagnostic) -> Problem {
    let rendered = diagnostic.render_from(first, &file.display().to_string(), source, false);
    // A problem begins with its place: the message need not say that it is an error.
    let text = rendered.strip_prefix("error: ").unwrap_or(&rendered);
    let mut lines = text.trim_end().lines();
    let mut told = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        told.push_str("\n    ");
        told.push_str(line);
    }
    Problem::at(file, first + line_of(source, diagnostic.span.start) - 1, Told(told))
}

/// The lines that do not stand; what an answer lacks it may not add.
fn refused(certificate: &Certificate, is_answer: bool) -> Vec<Diagnostic> {
    let pairs = certificate.lines.iter().zip(&certificate.report.steps);
    let mut found: Vec<Diagnostic> = pairs
        .filter(|(_, step)| tell::mark(step) == tell::Mark::Refused)
        .map(|(line, step)| {
            let mut told = tell::diagnostic(line, step);
            if is_answer {
                told.suggestion = told.suggestion.map(|told| chains::advice(&step.verdict, told));
            }
            told
        })
        .collect();
    // Each line stands and the whole does not: the two certificates disagree.
    if found.is_empty() && !tell::stands(&certificate.report) {
        let last = certificate.lines.last().unwrap_or(&certificate.first);
        found.extend(certificate.report.end_to_end.iter().map(|whole| {
            let mut diagnostic = tell::diagnostic(last, whole);
            diagnostic.message.insert_str(0, "from the first line to this one: ");
            diagnostic
        }));
    }
    found
}
