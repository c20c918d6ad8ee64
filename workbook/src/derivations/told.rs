//! What does not stand in a derivation, as problems with line, caret and model.

use crate::problem::line_of;
use derivation::certificate::{Certificate, Fault};
use derivation::report::LinkReport;
use derivation::tell;
use std::fmt::{self, Write as _};

/// A line that does not stand, or a text that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The line of the derivation's text, from 1.
    pub line: usize,
    /// The whole message.
    pub text: String,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Told {}

/// Everything that does not stand.
pub fn failures(source: &str, certified: &Result<Certificate, Vec<Fault>>) -> Vec<Told> {
    let certificate = match certified {
        Ok(certificate) => certificate,
        Err(faults) => return faults.iter().map(|fault| unread(source, fault)).collect(),
    };
    let pairs = certificate.lines.iter().zip(&certificate.report.steps);
    let mut told: Vec<Told> = pairs
        .filter(|(_, step)| tell::mark(step) == tell::Mark::Refused)
        .map(|(line, step)| refused(source, &line.span, step))
        .collect();
    // Each line stands and the whole does not: the two certificates disagree.
    if told.is_empty() && !tell::stands(&certificate.report) {
        let span = certificate.lines.last().map_or(0..0, |line| line.span.clone());
        told.extend(certificate.report.end_to_end.iter().map(|whole| {
            let mut told = refused(source, &span, whole);
            told.text.insert_str(0, "from the first line to this one: ");
            told
        }));
    }
    told
}

fn unread(source: &str, fault: &Fault) -> Told {
    Told {
        line: line_of(source, fault.offset),
        text: format!("{}\n{}", fault.message, indented(&fault.rendered)),
    }
}

fn refused(source: &str, span: &std::ops::Range<usize>, step: &LinkReport) -> Told {
    let mut text = format!("{}\n{}", tell::headline(&step.verdict), underlined(source, span));
    for line in tell::details(&step.verdict) {
        let _ = write!(text, "\n    {line}");
    }
    Told { line: line_of(source, span.start), text }
}

fn indented(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// The source line of a place, with carets below it.
fn underlined(source: &str, span: &std::ops::Range<usize>) -> String {
    let start = floor(source, span.start);
    let first = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let end = floor(source, span.end.clamp(start, last));
    let gap = source[first..start].chars().count();
    let width = source[start..end].chars().count().max(1);
    format!("    | {}\n    | {}{}", &source[first..last], " ".repeat(gap), "^".repeat(width))
}

/// The nearest place at or before `at` where a character begins.
fn floor(source: &str, at: usize) -> usize {
    (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_their_words() {
        assert_eq!(underlined("ab\n θ = cd\n", &(9..11)), "    |  θ = cd\n    |      ^^");
        // Beyond the end, or within a character: somewhere sensible, no panic.
        assert_eq!(underlined("θ", &(1..99)), "    | θ\n    | ^");
        assert_eq!(underlined("", &(3..2)), "    | \n    | ^");
    }
}
