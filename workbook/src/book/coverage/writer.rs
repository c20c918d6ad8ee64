//! The table while it is written: what it is checked against, and how words and problems
//! get their place.

use super::super::inline;
use super::super::math::Math;
use super::error::CoverageError;
use super::sheet::Name;
use super::spots::Spots;
use crate::problem::{Problem, line_of};
use std::path::Path;

/// What a table is checked against, and typeset with.
pub(in crate::book) struct Knowledge<'a> {
    pub(in crate::book) spots: &'a Spots,
    /// The names of all laws.
    pub(in crate::book) laws: Vec<&'a str>,
    pub(in crate::book) math: &'a Math,
    /// The page on which the table stands, in the book's sources.
    pub(in crate::book) here: &'a Path,
    /// The address of the page that lists the laws.
    pub(in crate::book) verification: Option<&'a str>,
}

/// A table while it is written.
pub(super) struct Writer<'a, 'b> {
    pub(super) file: &'a Path,
    pub(super) text: &'a str,
    pub(super) knowledge: &'a Knowledge<'b>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Writer<'_, '_> {
    /// The words of a name as HTML.
    pub(super) fn words(&mut self, words: &Name) -> String {
        self.markdown(words.get_ref(), words)
    }

    /// Markdown as HTML; its problems are told at that name.
    pub(super) fn markdown(&mut self, words: &str, at: &Name) -> String {
        let line = line_of(self.text, at.span().start);
        inline::html(self.knowledge.math, self.file, line, words, self.problems)
    }

    pub(super) fn complain(&mut self, at: &Name, error: CoverageError) {
        self.problems.push(Problem::at(self.file, line_of(self.text, at.span().start), error));
    }
}
