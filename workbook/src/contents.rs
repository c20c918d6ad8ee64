//! The table of contents and the pages: each page in it, each of its entries a page.

use crate::files::{self, FileError};
use crate::problem::{Problem, Problems, line_of, near};
use crate::project::Project;
use pulldown_cmark::{Event, Parser, Tag};
use std::path::{Path, PathBuf};

/// What the table of contents and the pages disagree on.
#[derive(Debug, thiserror::Error)]
pub enum ContentsError {
    /// A page that nobody finds.
    #[error("this page is not in SUMMARY.md; add `- [Title]({0})` there, or delete the page")]
    Unlisted(String),
    /// An entry without a page.
    #[error("there is no page `{0}`{1}; write it, or take this entry out")]
    NoPage(String, String),
    /// A file or folder that cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Checks the project's `SUMMARY.md` against the pages beside it.
///
/// # Errors
/// Every page that is not listed and every entry without a page.
pub fn check(project: &Project) -> Result<(), Problems> {
    let folder = project.book().join("src");
    let summary = folder.join("SUMMARY.md");
    let at = |path: &Path, line, why: ContentsError| Problem::at(&project.shown(path), line, why);
    let mut problems = Problems::default();
    let text = match files::read(&summary) {
        Ok(text) => text,
        Err(why) => {
            problems.push(at(&summary, 1, why.into()));
            return problems.or(());
        }
    };
    let pages = match pages(&folder) {
        Ok(pages) => pages,
        Err(why) => {
            problems.push(at(&folder, 1, why.into()));
            return problems.or(());
        }
    };
    for error in compare(&text, &pages) {
        problems.push(match error {
            Disagreement::Unlisted(page) => at(&folder.join(&page), 1, ContentsError::Unlisted(page)),
            Disagreement::NoPage(line, page) => {
                let hint = near(&page, pages.iter().map(String::as_str));
                at(&summary, line, ContentsError::NoPage(page, hint))
            }
        });
    }
    problems.or(())
}

/// A page, or an entry with its line.
#[derive(Debug, PartialEq, Eq)]
enum Disagreement {
    Unlisted(String),
    NoPage(usize, String),
}

fn compare(summary: &str, pages: &[String]) -> Vec<Disagreement> {
    let entries: Vec<(usize, String)> = Parser::new(summary)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            // A chapter without an address is announced, not there.
            Event::Start(Tag::Link { dest_url, .. }) if !dest_url.is_empty() => {
                Some((line_of(summary, range.start), dest_url.trim_start_matches("./").to_owned()))
            }
            _ => None,
        })
        .collect();
    let missing = entries.iter().filter(|(_, entry)| !pages.contains(entry));
    let unlisted = pages.iter().filter(|page| !entries.iter().any(|(_, entry)| entry == *page));
    missing
        .map(|(line, entry)| Disagreement::NoPage(*line, entry.clone()))
        .chain(unlisted.map(|page| Disagreement::Unlisted(page.clone())))
        .collect()
}

/// Every Markdown file below the folder but its `SUMMARY.md`, with forward slashes.
fn pages(folder: &Path) -> Result<Vec<String>, FileError> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let path = folder.join(&inside);
        let unreadable = |why| FileError::Read { path: path.clone(), why };
        for entry in std::fs::read_dir(&path).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = inside.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(name);
            } else if name.extension().is_some_and(|kind| kind == "md") && name != Path::new("SUMMARY.md") {
                found.push(crate::book::slashed(&name));
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_and_pages_agree_or_say_where_not() {
        let pages = ["a.md", "b/c.md"].map(str::to_owned);
        assert_eq!(compare("# S\n\n[A](a.md)\n\n- [C](./b/c.md)\n- [Later]()\n", &pages), []);
        assert_eq!(
            compare("# S\n\n[A](a.md)\n\n- [D](b/d.md)\n", &pages),
            [Disagreement::NoPage(5, "b/d.md".into()), Disagreement::Unlisted("b/c.md".into())]
        );
    }
}
