//! The stubs: what the reader edits, made from the marked source.

use crate::course::{CourseChapter, CourseExercise};
use crate::marked::{MarkedExercise, Part};
use crate::project::Project;
use checks::chains;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The stubs could not be made.
#[derive(Debug, thiserror::Error)]
pub enum StubError {
    /// rustfmt could not be started.
    #[error("rustfmt could not be started ({0}); `rustup component add rustfmt` installs it")]
    NoRustfmt(std::io::Error),
    /// rustfmt rejected what was made.
    #[error("rustfmt rejects the stubs of {chapter}; is each SOLUTION … END a whole statement?\n{message}")]
    Rejected {
        /// The chapter.
        chapter: &'static str,
        /// rustfmt's words.
        message: String,
    },
}

/// The line that opens an exercise in a stub file.
pub fn heading(exercise: &CourseExercise) -> String {
    format!("// ── {} {} ──", exercise.meta.id, exercise.meta.title)
}

/// Every file of a chapter that the reader edits, as it is at the beginning.
///
/// # Errors
/// [`StubError`] if rustfmt is missing or rejects it.
pub fn stub_files(project: &Project, chapter: &CourseChapter) -> Result<Vec<(PathBuf, String)>, StubError> {
    let mut files = Vec::new();
    if chapter.has_functions() {
        files.push((project.stubs(chapter.name), stub_file(project, chapter)?));
    }
    files.extend(chapter.exercises.iter().filter_map(|exercise| {
        let path = project.answer(chapter.name, &chains::file_name(&exercise.meta));
        exercise.chain.as_ref().map(|chain| (path, chain.stub()))
    }));
    Ok(files)
}

/// The stub file of a chapter, formatted.
///
/// # Errors
/// [`StubError`] if rustfmt is missing or rejects it.
pub fn stub_file(project: &Project, chapter: &CourseChapter) -> Result<String, StubError> {
    file_with(project, chapter, |function| function.stub.clone())
}

/// The same file with each exercise's item as `item` gives it: its solution, say.
///
/// # Errors
/// [`StubError`] if rustfmt is missing or rejects it.
pub fn file_with(
    project: &Project,
    chapter: &CourseChapter,
    item: impl Fn(&MarkedExercise) -> String,
) -> Result<String, StubError> {
    rustfmt(project, chapter.name, &unformatted(chapter, item))
}

fn unformatted(chapter: &CourseChapter, item: impl Fn(&MarkedExercise) -> String) -> String {
    let grading = chapter.grading();
    let first = chapter.exercises.first().map_or("", |exercise| exercise.meta.id);
    let mut text = format!(
        "//! {}, {}: your answers.\n//!\n\
         //! Replace a `todo!` by your answer; `{grading}` grades it. A hint:\n\
         //! `cargo workbook hint {first}`. The beginning again, with a copy of what you wrote:\n\
         //! `cargo workbook reset {first}`.\n\n\
         // While a `todo!` stands, what it would use is unused.\n\
         #![allow(unused_variables, unused_imports)]\n\n",
        chapter.division, chapter.title
    );
    for part in &chapter.marked.parts {
        match part {
            // Module docs belong to the source; the stub has its own.
            Part::Shared(shared) => {
                for line in shared.lines().filter(|line| !line.starts_with("//!")) {
                    text.push_str(line);
                    text.push('\n');
                }
            }
            Part::Exercise(function) => {
                if let Some(exercise) = chapter.exercises.iter().find(|e| e.meta.id == function.id) {
                    let _ = write!(text, "\n{}\n{}", heading(exercise), item(function));
                }
            }
        }
    }
    let names = chapter.exercises.iter().filter(|exercise| exercise.marked.is_some());
    let answers: String = names.map(|e| format!("exercises::{0}().on({0}),", e.meta.name)).collect();
    let _ = write!(
        text,
        "\n// ── What `cargo test` runs; leave it as it is ──\n\
         fn main() -> std::process::ExitCode {{\n\
             use {}::{} as exercises;\n\n\
             checks::reader::answer(&[{answers}])\n}}\n",
        chapter.division.checks(),
        chapter.name
    );
    text
}

/// Formats Rust as the project does.
fn rustfmt(project: &Project, chapter: &'static str, source: &str) -> Result<String, StubError> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(project.root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(StubError::NoRustfmt)?;
    // rustfmt reads everything before it writes: no deadlock.
    if let Some(mut input) = child.stdin.take() {
        input.write_all(source.as_bytes()).map_err(StubError::NoRustfmt)?;
    }
    let output = child.wait_with_output().map_err(StubError::NoRustfmt)?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(StubError::Rejected { chapter, message })
    }
}

/// What an exercise looks like in a stub file: from its heading to the next.
///
/// # Errors
/// [`NoHeading`] if the reader's file no longer has that heading.
pub fn section<'a>(file: &'a str, heading: &str) -> Result<&'a str, NoHeading> {
    let start = file
        .match_indices(heading)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || file.as_bytes()[at - 1] == b'\n')
        .ok_or_else(|| NoHeading(heading.to_owned()))?;
    let rest = &file[start..];
    Ok(rest[1..].find("\n// ── ").map_or(rest, |end| &rest[..end + 2]))
}

/// A stub file without the heading of an exercise.
#[derive(Debug, thiserror::Error)]
#[error("the line `{0}` is not in your file any more, so it is unclear what to replace")]
pub struct NoHeading(String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let file = "x\n// ── 3.1 A ──\na\n\n// ── 3.10 B ──\nb\n";
        assert_eq!(section(file, "// ── 3.1 A ──").unwrap(), "// ── 3.1 A ──\na\n\n");
        assert_eq!(section(file, "// ── 3.10 B ──").unwrap(), "// ── 3.10 B ──\nb\n");
        assert!(section(file, "// ── 3.2 C ──").is_err());
    }
}
