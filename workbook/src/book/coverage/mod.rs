//! The table for the instructor: where each item of a lecture's notes stands, and by
//! what it is checked. Every name in its source must exist, and no cell that matters
//! may be empty.

mod error;
mod links;
mod rows;
mod sheet;
mod spots;
#[cfg(test)]
mod tests;
mod writer;

pub use error::CoverageError;
pub(super) use spots::Spots;
pub(super) use writer::Knowledge;

use crate::files;
use crate::problem::{Problem, line_of};
use crate::project::Project;
use std::path::Path;
use writer::Writer;

/// The table of that name as Markdown with HTML in it.
pub(super) fn table(
    project: &Project,
    name: &str,
    knowledge: &Knowledge<'_>,
    problems: &mut Vec<Problem>,
) -> Result<String, files::FileError> {
    let path = project.coverage(name);
    let text = files::read(&path)?;
    Ok(render(&project.shown(&path), &text, knowledge, problems))
}

/// The same from its source's text.
fn render(file: &Path, text: &str, knowledge: &Knowledge<'_>, problems: &mut Vec<Problem>) -> String {
    let sheet = match sheet::parse(text) {
        Ok(sheet) => sheet,
        Err((at, why)) => {
            problems.push(Problem::at(file, line_of(text, at), CoverageError::Malformed(why)));
            return String::new();
        }
    };
    let mut writer = Writer { file, text, knowledge, problems };
    writer.sheet(&sheet)
}
