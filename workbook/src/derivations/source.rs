//! Where derivations come from: blocks of Markdown pages, plain files, what readers write.

use crate::book::scan;
use crate::files::FileError;
use crate::problem::Problem;
use crate::project::Project;
use checks::chains;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A derivation's text and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file, as it is shown.
    pub file: PathBuf,
    /// The line of the file at which the text begins, from 1.
    pub line: usize,
    /// Its id; for a plain file, the file's name without its ending.
    pub id: String,
    /// The text.
    pub text: String,
}

/// A file that cannot hold a derivation.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It is no text.
    #[error("this is no text in UTF-8, so no derivation is looked for in it")]
    NoText,
    /// It is far too large.
    #[error(
        "this file is larger than {} MiB, so no derivation is looked for in it; split it: a derivation has at most {} KiB",
        LIMIT >> 20, derivation::syntax::LONGEST >> 10
    )]
    TooLarge,
}

/// Larger files are not read.
const LIMIT: u64 = 4 << 20;

/// A whole file, if it is a text of bearable size.
///
/// # Errors
/// [`SourceError`]
pub fn read(path: &Path) -> Result<String, SourceError> {
    let failed = |why| SourceError::File(FileError::Read { path: path.to_owned(), why });
    text(std::fs::File::open(path).map_err(failed)?, failed)
}

/// All of a stream, if it is a text of bearable size.
///
/// # Errors
/// [`SourceError`]
pub fn text(
    stream: impl Read,
    failed: impl Fn(std::io::Error) -> SourceError,
) -> Result<String, SourceError> {
    let mut bytes = Vec::new();
    stream.take(LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LIMIT {
        return Err(SourceError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| SourceError::NoText)?;
    // Some editors put a mark before the text.
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

/// Every derivation of a text. One that is named like Markdown, or has a block of ours,
/// is Markdown; any other is one derivation.
pub fn sources(file: &Path, text: &str) -> (Vec<Source>, Vec<Problem>) {
    let is_markdown = file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("md"));
    let has_block = || ["```derivation", "```identity"].iter().any(|fence| text.contains(fence));
    if is_markdown || has_block() {
        let (chains, problems) = scan::chains(file, text);
        let source = |chain: scan::Chain| Source {
            file: file.to_owned(),
            line: chain.line,
            id: chain.id,
            text: chain.text,
        };
        return (chains.into_iter().map(source).collect(), problems);
    }
    let name = file.file_stem().map(|stem| stem.to_string_lossy()).filter(|name| name != "-");
    let id = name.unwrap_or_else(|| "derivation".into());
    let source = Source { file: file.to_owned(), line: 1, id: id.into_owned(), text: text.to_owned() };
    (vec![source], Vec::new())
}

/// The files of the project that hold derivations: every page, and what readers have
/// begun to write.
pub fn of_project(project: &Project) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![project.book().join("src")];
    while let Some(folder) = open.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    for chapter in checks::chapters() {
        for exercise in chapter.exercises.iter().filter_map(|exercise| exercise.as_chain()) {
            let path = project.answer(chapter.name, &chains::file_name(&exercise.meta));
            if std::fs::read(&path).is_ok_and(|bytes| !chains::untouched(&String::from_utf8_lossy(&bytes))) {
                files.push(path);
            }
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_file_is_one_derivation() {
        let (sources, problems) = sources(Path::new("a/kl.derivation"), "x\n= y\n");
        assert_eq!((sources.len(), problems.len()), (1, 0));
        assert_eq!((sources[0].id.as_str(), sources[0].line), ("kl", 1));
    }

    #[test]
    fn blocks_are_found_where_they_stand() {
        let text = "# A\n\n$$not ours$$\n\n```derivation id=\"b\" title=\"B\"\nx\n= y\n```\n\n```identity id=\"c\"\nx\n= x\n```\n";
        for file in ["a.md", "-"] {
            let (sources, problems) = sources(Path::new(file), text);
            let found: Vec<_> = sources
                .iter()
                .map(|source| (source.id.as_str(), source.line, source.text.as_str()))
                .collect();
            assert_eq!(found, [("b", 6, "x\n= y\n"), ("c", 11, "x\n= x\n")]);
            assert!(problems.is_empty(), "{problems:?}");
        }
        let (sources, problems) = sources(Path::new("a.md"), "```derivation id=\"b\"\nx\n```\n");
        assert_eq!((sources.len(), problems.len(), problems[0].line), (0, 1, 1));
    }
}
