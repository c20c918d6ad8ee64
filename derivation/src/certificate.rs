//! What is kept of a derivation once it has been read, typeset and checked: all that
//! a page, the command and a grade show of it.

use crate::chain::Span;
use crate::report::Report;
use serde::{Deserialize, Serialize};

/// A derivation, read, typeset and checked. It need not stand: see [`crate::tell`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// What is assumed, in LaTeX, an entry each.
    pub assumptions: Vec<String>,
    /// The first line.
    pub first: Line,
    /// The lines after it, one for each entry of the report.
    pub lines: Vec<Line>,
    /// What was found.
    pub report: Report,
}

/// A line of a chain, typeset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The relation to the line before, in LaTeX; empty for the first line.
    pub relation: String,
    /// The expression, in LaTeX.
    pub latex: String,
    /// The label by which prose can cite it.
    pub label: Option<String>,
    /// Where its expression stands in the source, in bytes.
    pub span: Span,
}

/// A text that could not be read as a derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, in bytes.
    pub offset: usize,
    /// What, in a sentence.
    pub message: String,
    /// The same with the source line, a caret below the place, and what would help.
    pub rendered: String,
}

/// Reads, typesets and checks a derivation.
///
/// # Errors
/// Every [`Fault`] of a text that cannot be read.
pub fn certify(_id: &str, _source: &str) -> Result<Certificate, Vec<Fault>> {
    let message = "derivations cannot be read yet".to_owned();
    Err(vec![Fault { offset: 0, rendered: message.clone(), message }])
}
