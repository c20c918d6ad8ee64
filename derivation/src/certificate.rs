//! What is kept of a derivation once it has been read, typeset and checked: all that
//! a page, the command and a grade show of it.

use crate::check::{Limits, check};
use crate::context::Space;
use crate::report::Report;
use crate::syntax::{self, Diagnostic};
use crate::typeset;
use serde::{Deserialize, Serialize};

pub use crate::typeset::Line;

/// A derivation, read, typeset and checked. It need not stand: see [`crate::tell`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// The spaces and where their points live: `any`, `finite` or `real`.
    pub spaces: Vec<(String, String)>,
    /// What is declared, in LaTeX, an entry each; only what the notation does not say.
    pub declarations: Vec<String>,
    /// What is assumed, in LaTeX, an entry each.
    pub assumptions: Vec<String>,
    /// The first line.
    pub first: Line,
    /// The lines after it, one for each entry of the report.
    pub lines: Vec<Line>,
    /// What was found.
    pub report: Report,
}

/// Reads, typesets and checks a derivation.
///
/// # Errors
/// Every mistake of a text that cannot be read.
pub fn certify(id: &str, source: &str) -> Result<Certificate, Vec<Diagnostic>> {
    let chain = syntax::parse(id, "", source)?;
    // Where the certificates contradict each other nothing can be said of any line.
    let report = check(&chain, &Limits::default()).map_err(|disagreement| {
        let at = disagreement.line.checked_sub(2).map_or(&chain.first_span, |link| &chain.links[link].span);
        vec![Diagnostic::new(at.clone(), disagreement.to_string())]
    })?;
    let typeset = typeset::chain(&chain);
    let first = Line {
        relation: String::new(),
        latex: typeset.first,
        attained: None,
        by: Vec::new(),
        label: None,
        span: typeset.first_span,
    };
    Ok(Certificate {
        spaces: chain.context.spaces.iter().map(|(name, space)| (name.to_string(), word(*space))).collect(),
        declarations: typeset.declarations,
        assumptions: typeset.assumptions,
        first,
        lines: typeset.links,
        report,
    })
}

fn word(space: Space) -> String {
    match space {
        Space::Any => "any",
        Space::Finite => "finite",
        Space::Real => "real",
    }
    .to_owned()
}
