//! A page of the book, a place on it, and their addresses.

use super::block::{Opening, Word};
use super::scan::Item;
#[cfg(test)]
use super::scan::scan;
use std::path::{Path, PathBuf};

/// A page before it is rendered.
pub(super) struct Page {
    /// As problems name it: relative to the project.
    pub(super) file: PathBuf,
    /// Relative to the book's sources.
    pub(super) path: PathBuf,
    pub(super) source: String,
    pub(super) items: Vec<Item>,
}

/// Where something stands.
pub(super) struct Place<'a> {
    /// The file, as problems name it.
    pub(super) file: &'a Path,
    /// The page, relative to the book's sources.
    pub(super) path: &'a Path,
    /// The line of the block's opening.
    pub(super) line: usize,
    /// The address of the page that lists what was verified, from this page.
    pub(super) verification: Option<String>,
    /// The address of the reference of rules, from this page.
    pub(super) rules: Option<String>,
}

impl Page {
    /// A page of these words.
    #[cfg(test)]
    pub(super) fn at(path: &str, source: &str) -> Self {
        let path = PathBuf::from(path);
        let items = scan(&path, 1, source).0;
        Self { file: path.clone(), path, source: source.to_owned(), items }
    }

    /// Is there a block of this kind?
    pub(super) fn has(&self, word: Word) -> bool {
        self.items.iter().any(|item| item.is(word))
    }
}

/// The HTML id of a block.
pub(super) fn anchor(opening: &Opening) -> String {
    let id = opening.get("id");
    match opening.word {
        Word::Definition | Word::Claim | Word::Derivation | Word::Identity => id.to_owned(),
        Word::Figure => format!("figure-{id}"),
        Word::Exercise => format!("exercise-{id}"),
        Word::Table => format!("table-{id}"),
        Word::Verification => "verification".to_owned(),
        Word::Rules => "rules".to_owned(),
        Word::Coverage => format!("coverage-{id}"),
    }
}

/// A path with forward slashes, as an address has them.
pub(crate) fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// The address of one page's HTML from another's.
pub(super) fn address(from: &Path, to: &Path) -> String {
    let up = "../".repeat(from.iter().count().saturating_sub(1));
    let index = to.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let html = if index { to.with_file_name("index.html") } else { to.with_extension("html") };
    format!("{up}{}", slashed(&html))
}

/// The number of the chapter that a page is: 3 for `lecture-1/ch03_convex_conjugate.md`.
pub(super) fn chapter(page: &Path) -> Option<u32> {
    let digits: String =
        page.file_stem()?.to_str()?.strip_prefix("ch")?.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_climb_and_descend() {
        let from = Path::new("lecture-1/ch03.md");
        assert_eq!(address(from, Path::new("back/verification.md")), "../back/verification.html");
        assert_eq!(address(Path::new("a.md"), Path::new("b/README.md")), "b/index.html");
    }
}
