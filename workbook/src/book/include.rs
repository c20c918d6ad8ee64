//! Code in a page: from a marked place in a source, or not at all.

use crate::files::{self, FileError};
use crate::marked::{SnippetError, snippet};
use crate::project::Project;
use std::path::{Path, PathBuf};

/// Code that cannot be included.
#[derive(Debug, thiserror::Error)]
pub enum IncludeError {
    /// The path leads nowhere, or out of the project.
    #[error("`{0}` is no file of this project; a path starts at the page's own folder")]
    NoFile(String),
    /// Line numbers.
    #[error(
        "`{0}`: line numbers change with every edit; mark the lines with `// ANCHOR: name` … `// ANCHOR_END: name`"
    )]
    LineNumbers(String),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The anchor is not as it should be.
    #[error("{}: {why}", .file.display())]
    Snippet {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: SnippetError,
    },
}

/// The code at an anchor of a file, whose path starts at the page's folder.
pub(super) fn include(
    project: &Project,
    page: &Path,
    path: &str,
    anchor: Option<&str>,
) -> Result<String, IncludeError> {
    let no_file = || IncludeError::NoFile(path.to_owned());
    let folder = page.parent().unwrap_or(Path::new(""));
    let file = project.root().join(folder).join(path).canonicalize().map_err(|_| no_file())?;
    let root = project.root().canonicalize().map_err(|_| no_file())?;
    let shown = file.strip_prefix(&root).map_err(|_| no_file())?.to_owned();
    if let Some(range) = anchor.filter(|anchor| anchor.chars().all(|c| c.is_ascii_digit() || c == ':')) {
        return Err(IncludeError::LineNumbers(range.to_owned()));
    }
    snippet(&files::read(&file)?, anchor).map_err(|why| IncludeError::Snippet { file: shown, why })
}
