//! Every place of the book that can be named: pages, headings, blocks.

use super::super::block::{Opening, Word};
use super::super::page::{Page, anchor, slashed};
use super::super::scan::{What, options};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};

/// The places of a book.
#[derive(Debug, Default)]
pub(in crate::book) struct Spots {
    /// A page's title and its headings, by the page's path.
    pages: HashMap<String, Headings>,
    /// Every block by its anchor.
    blocks: HashMap<String, Spot>,
}

#[derive(Debug, Default)]
struct Headings {
    title: String,
    /// Words by id.
    words: HashMap<String, String>,
}

/// A block on a page.
#[derive(Debug)]
pub(super) struct Spot {
    /// The page's path in the book's sources.
    pub(super) page: String,
    pub(super) word: Word,
    /// The title, in Markdown; the id, where it has none.
    pub(super) title: String,
    /// The law behind a claim; else empty.
    pub(super) test: String,
}

impl Spots {
    /// Takes up all pages.
    pub(in crate::book) fn of(pages: &[Page]) -> Self {
        let mut spots = Self::default();
        for page in pages {
            let path = slashed(&page.path);
            spots.pages.insert(path.clone(), headings(&page.source));
            for item in &page.items {
                if let What::Block(opening, _) = &item.what {
                    spots.blocks.insert(anchor(opening), Spot::of(&path, opening));
                }
            }
        }
        spots
    }

    /// The words of a page's heading, or of its first one without an anchor.
    pub(super) fn heading(&self, page: &str, id: &str) -> Option<&str> {
        let headings = self.pages.get(page)?;
        if id.is_empty() { Some(&headings.title) } else { headings.words.get(id).map(String::as_str) }
    }

    /// The pages.
    pub(super) fn pages(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// The ids of a page's headings.
    pub(super) fn ids(&self, page: &str) -> impl Iterator<Item = &str> {
        self.pages.get(page).into_iter().flat_map(|headings| headings.words.keys()).map(String::as_str)
    }

    /// The block with that anchor.
    pub(super) fn block(&self, anchor: &str) -> Option<&Spot> {
        self.blocks.get(anchor)
    }

    /// The anchors of the blocks that `wanted` takes.
    pub(super) fn anchors(&self, wanted: impl Fn(Word) -> bool) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter(move |(_, spot)| wanted(spot.word)).map(|(anchor, _)| anchor.as_str())
    }
}

impl Spot {
    fn of(page: &str, opening: &Opening) -> Self {
        let title = match opening.get("title") {
            "" => format!("`{}`", opening.get("id")),
            title => title.to_owned(),
        };
        Self { page: page.to_owned(), word: opening.word, title, test: opening.get("test").to_owned() }
    }
}

/// A page's headings, with the ids that mdBook gives them; `1. Words` as words, not as
/// the beginning of a list.
fn headings(source: &str) -> Headings {
    let mut found = Headings::default();
    let mut used = HashSet::new();
    let mut open: Option<(Option<String>, String)> = None;
    for event in Parser::new_ext(source, options()) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                open = Some((id.map(|id| id.to_string()), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(&text);
                }
            }
            Event::InlineMath(tex) => {
                if let Some((_, words)) = &mut open {
                    words.push_str(&format!("${tex}$"));
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some((id, words)) = open.take() else { continue };
                let id = unique(&id.unwrap_or_else(|| slug(&words)), &mut used);
                let words = words.replacen(". ", "\\. ", 1);
                if found.title.is_empty() {
                    found.title.clone_from(&words);
                }
                found.words.insert(id, words);
            }
            _ => {}
        }
    }
    found
}

/// The id that mdBook makes of a heading's words.
fn slug(words: &str) -> String {
    let keep = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    };
    words.trim().to_lowercase().chars().filter_map(keep).collect()
}

/// The id, numbered if its page has it already.
fn unique(id: &str, used: &mut HashSet<String>) -> String {
    let numbered = (1..).map(|count| format!("{id}-{count}"));
    let free = std::iter::once(id.to_owned()).chain(numbered).find(|id| !used.contains(id));
    let free = free.unwrap_or_default();
    used.insert(free.clone());
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_the_ids_of_mdbook() {
        let page = headings(
            "# 3. The title\n\n## A `b`: Fenchel–Young\n\n## Five $f$ {#five}\n\n## The end\n\n## The end\n",
        );
        assert_eq!(page.title, "3\\. The title");
        let words = |id: &str| page.words.get(id).map(String::as_str);
        assert_eq!(words("3-the-title"), Some("3\\. The title"));
        assert_eq!(words("a-b-fenchelyoung"), Some("A b: Fenchel–Young"));
        assert_eq!(words("five"), Some("Five $f$"));
        assert_eq!((words("the-end"), words("the-end-1")), (Some("The end"), Some("The end")));
    }
}
