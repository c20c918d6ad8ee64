//! The mdBook preprocessor: blocks, formulas and included code of every page.
//!
//! mdBook first loads all pages; [`Pages`] then finds what is ours in them
//! (`scan`), checks names and anchors across the whole book, and puts HTML in its
//! place. Every problem is collected, each with file and line, before the build
//! stops.

mod block;
mod boxes;
mod certified;
mod chain;
mod checked;
mod coverage;
mod error;
mod exercise;
mod html;
mod include;
mod inline;
mod layout;
mod listing;
mod math;
mod page;
mod pages;
mod reading;
mod render;
mod rules;
pub(crate) mod scan;
mod signature;
mod signs;
mod tables;
mod tied;
mod verification;

pub use block::BlockError;
pub use coverage::CoverageError;
pub use error::PageError;
pub use include::IncludeError;
pub use inline::OnlyWords;
pub use math::MathError;
pub(crate) use page::slashed;
pub use pages::Pages;
pub use scan::ScanError;

use crate::course::Course;
use crate::derivations::Certifier;
use crate::project::Project;
use crate::report::Report;
use mdbook_preprocessor::book::{Book, BookItem, Chapter, SectionNumber};
use mdbook_preprocessor::errors::Result;
use mdbook_preprocessor::{Preprocessor, PreprocessorContext};
use std::sync::{Arc, Mutex, PoisonError};

/// The name under which `book.toml` knows the preprocessor.
pub const NAME: &str = "workbook";

/// The preprocessor, with what was checked before.
pub struct Workbook {
    project: Project,
    course: Course,
    report: Arc<Mutex<Report>>,
    certifier: Certifier,
}

impl Workbook {
    /// A preprocessor that shows what `report` holds, and adds to it the figures,
    /// claims and derivations of the pages.
    pub fn new(project: Project, course: Course, report: Report, certifier: Certifier) -> Self {
        Self { project, course, report: Arc::new(Mutex::new(report)), certifier }
    }

    /// The report, shared: complete once the preprocessor has run.
    pub fn report(&self) -> Arc<Mutex<Report>> {
        Arc::clone(&self.report)
    }
}

impl Preprocessor for Workbook {
    fn name(&self) -> &'static str {
        NAME
    }

    fn run(&self, context: &PreprocessorContext, mut book: Book) -> Result<Book> {
        let source = self.project.shown(&context.root.join(&context.config.book.src));
        let mut report = self.report.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pages = Pages::new(&self.project, &self.course, &mut report, &self.certifier);
        book.for_each_chapter_mut(|chapter| {
            if let Some(path) = &chapter.source_path {
                pages.add(&source, path, &chapter.content);
            }
        });
        let (rendered, index, made) = pages.render_with_rules()?;
        let mut rendered = rendered.into_iter();
        book.for_each_chapter_mut(|chapter| {
            if chapter.source_path.is_some()
                && let Some(content) = rendered.next()
            {
                chapter.content = content;
            }
            if !made.is_empty() && chapter.source_path.as_ref() == Some(&index) {
                nest(chapter, &made);
            }
        });
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(supports(renderer))
    }
}

/// Puts the pages of rules below their index. Their numbers, which are not shown, make the
/// list of pages fold them away.
fn nest(index: &mut Chapter, made: &[rules::Made]) {
    let parents = vec![index.name.clone()];
    index.sub_items = (1..)
        .zip(made)
        .map(|(number, page)| {
            let mut chapter =
                Chapter::new(&page.name, page.content.clone(), page.path.clone(), parents.clone());
            chapter.number = Some(SectionNumber::new(vec![1, number]));
            chapter.source_path = None;
            BookItem::Chapter(chapter)
        })
        .collect();
}

/// Only pages in HTML can show what the preprocessor makes.
pub fn supports(renderer: &str) -> bool {
    matches!(renderer, "html" | "test")
}
