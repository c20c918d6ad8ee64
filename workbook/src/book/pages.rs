//! All pages of the book, and what they share while they are rendered.

use super::coverage::Spots;
use super::math::Math;
use super::page::Page;
use super::scan::scan;
use crate::course::Course;
use crate::derivations::Certifier;
use crate::figures::Figure;
use crate::problem::Problems;
use crate::project::Project;
use crate::report::Report;
use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What came of a derivation's text.
pub(super) type Certified = Result<Certificate, Vec<Diagnostic>>;

/// The pages of a book.
pub struct Pages<'a> {
    pub(super) project: &'a Project,
    pub(super) course: &'a Course,
    pub(super) report: &'a mut Report,
    pub(super) math: Math,
    pub(super) certifier: &'a Certifier,
    pub(super) certificates: HashMap<String, Certified>,
    pub(super) figures: Vec<Figure>,
    pub(super) spots: Spots,
    pub(super) pages: Vec<Page>,
    /// The page that lists what was verified.
    pub(super) verification: Option<PathBuf>,
    pub(super) problems: Problems,
}

impl<'a> Pages<'a> {
    /// No pages yet.
    pub fn new(
        project: &'a Project,
        course: &'a Course,
        report: &'a mut Report,
        certifier: &'a Certifier,
    ) -> Self {
        Self {
            certifier,
            certificates: HashMap::new(),
            project,
            course,
            report,
            math: Math::new(),
            figures: crate::figures::all(),
            spots: Spots::default(),
            pages: Vec::new(),
            verification: None,
            problems: Problems::default(),
        }
    }

    /// Takes up a page: `path` is relative to the book's sources, which are
    /// `sources` relative to the project.
    pub fn add(&mut self, sources: &Path, path: &Path, source: &str) {
        let file = sources.join(path);
        let (items, mut problems) = scan(&file, 1, source);
        self.problems.0.append(&mut problems);
        self.pages.push(Page { file, path: path.to_owned(), source: source.to_owned(), items });
    }
}
