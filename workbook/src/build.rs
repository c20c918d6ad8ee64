//! Building the book: checks first, then mdBook in this process, then the report.

use crate::book::{NAME, Workbook, supports};
use crate::course::Course;
use crate::derivations::Certifier;
use crate::files::{self, FileError};
use crate::problem::Problems;
use crate::progress::Progress;
use crate::project::Project;
use crate::report::Report;
use crate::verify::{Doubts, verify};
use crate::warnings::listen;
use crate::{contents, links, records};
use mdbook_driver::MDBook;
use mdbook_preprocessor::Preprocessor;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// The book could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Something in the sources.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// Something was not verified.
    #[error(transparent)]
    Doubts(#[from] Doubts),
    /// mdBook stopped.
    #[error("mdBook stopped: {0}")]
    MdBook(String),
    /// mdBook built the book, but found something wrong in it.
    #[error("mdBook warns:\n  {0}")]
    Warnings(String),
    /// `book.toml` and this command disagree.
    #[error("book/book.toml lacks `[preprocessor.{NAME}]`, so plain mdBook would show unchecked pages")]
    NoPreprocessor,
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The report cannot be written as JSON.
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// mdBook's input as a preprocessor.
    #[error("mdBook's input cannot be read ({0}); `preprocess` is for mdBook, you may want `build`")]
    Input(String),
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// What was checked.
    pub report: Report,
    /// The page to open first.
    pub index: PathBuf,
}

/// The preprocessor, after everything that it shows has been checked; with `cache`,
/// derivations that neither have changed nor their checker are not checked again.
///
/// # Errors
/// [`BuildError`] with all problems of the sources, or all doubts of the checks.
pub fn checked(project: &Project, cache: bool, progress: &Progress) -> Result<Workbook, BuildError> {
    contents::check(project)?;
    let records = records::check()?;
    let course = Course::load(project)?;
    let certifier = Certifier::of(project, cache);
    let report = Report { records, ..verify(project, &course, &certifier, progress)? };
    Ok(Workbook::new(project.clone(), course, report, certifier))
}

/// Checks everything and renders the book into a folder; `cache` as in [`checked`].
///
/// # Errors
/// [`BuildError`]; the pages of the last build then stay as they were.
pub fn build(project: &Project, html: &Path, cache: bool, progress: &Progress) -> Result<Built, BuildError> {
    let workbook = checked(project, cache, progress)?;
    let report = workbook.report();
    let mut book = MDBook::load(project.book()).map_err(mdbook_error)?;
    let staged = files::stage(html)?;
    book.config.build.build_dir = staged.path().to_owned();
    if !book.config.contains_key(&format!("preprocessor.{NAME}")) {
        return Err(BuildError::NoPreprocessor);
    }
    book.with_preprocessor(workbook);
    let (rendered, warnings) = listen(|| book.build());
    rendered.map_err(mdbook_error)?;
    if !warnings.is_empty() {
        return Err(BuildError::Warnings(warnings.join("\n  ")));
    }
    links::check(project, staged.path())?;
    let report = std::mem::take(&mut *report.lock().unwrap_or_else(PoisonError::into_inner));
    let json = serde_json::to_string_pretty(&report)? + "\n";
    files::write(&staged.path().join("report.json"), &json)?;
    files::put(staged, html)?;
    Ok(Built { report, index: html.join("index.html") })
}

/// The preprocessor as mdBook's child: a book in, a book out.
///
/// # Errors
/// [`BuildError`]
pub fn preprocess(
    project: &Project,
    input: impl std::io::Read,
    output: impl std::io::Write,
) -> Result<(), BuildError> {
    let (context, book) =
        mdbook_preprocessor::parse_input(input).map_err(|why| BuildError::Input(format!("{why:#}")))?;
    if !supports(&context.renderer) {
        return Ok(serde_json::to_writer(output, &book)?);
    }
    let workbook = checked(project, true, &Progress::default())?;
    let book = workbook.run(&context, book).map_err(mdbook_error)?;
    Ok(serde_json::to_writer(output, &book)?)
}

/// mdBook's error in one line, or our own that passed through it.
fn mdbook_error(why: mdbook_preprocessor::errors::Error) -> BuildError {
    match why.downcast::<Problems>() {
        Ok(problems) => problems.into(),
        Err(why) => BuildError::MdBook(format!("{why:#}")),
    }
}
