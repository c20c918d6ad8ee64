//! Links from an item of the notes to all that stands behind it; a name that nothing stands
//! behind is told.

use super::super::block::Word;
use super::super::html::escape;
use super::super::page::{address, chapter};
use super::error::CoverageError;
use super::sheet::Name;
use super::writer::Writer;
use crate::problem::near;
use std::collections::HashSet;
use std::path::Path;

impl Writer<'_, '_> {
    pub(super) fn pages(&mut self, names: &[Name]) -> Vec<String> {
        self.unrepeated(names);
        let link = |name: &Name| {
            let (page, id) = name.get_ref().split_once('#').unwrap_or((name.get_ref(), ""));
            self.heading(name, page, id)
        };
        names.iter().filter_map(link).collect()
    }

    /// A link to a heading, or to the page itself.
    pub(super) fn heading(&mut self, name: &Name, page: &str, id: &str) -> Option<String> {
        let spots = self.knowledge.spots;
        if spots.heading(page, "").is_none() {
            self.complain(name, CoverageError::NoPage(page.to_owned(), near(page, spots.pages())));
            return None;
        }
        let Some(words) = spots.heading(page, id) else {
            let hint = near(id, spots.ids(page));
            self.complain(name, CoverageError::NoHeading(page.to_owned(), id.to_owned(), hint));
            return None;
        };
        let words = self.markdown(words, name);
        let link = self.link(page, id, &words);
        // The page's own title has its number.
        Some(if id.is_empty() { link } else { numbered(page) + &link })
    }

    /// Links to those blocks that `wanted` takes; with a claim comes its law.
    pub(super) fn blocks(&mut self, names: &[Name], wanted: fn(Word) -> bool) -> Vec<String> {
        let mut links = Vec::new();
        // Once for the two cells that share the names.
        let first = wanted(Word::Definition);
        if first {
            self.unrepeated(names);
        }
        for name in names {
            let id = name.get_ref();
            let spots = self.knowledge.spots;
            let Some(spot) = spots.block(id).filter(|spot| is_formula(spot.word)) else {
                if first {
                    let error = CoverageError::NoBlock(id.clone(), near(id, spots.anchors(is_formula)));
                    self.complain(name, error);
                }
                continue;
            };
            if wanted(spot.word) {
                let words = self.markdown(&spot.title, name);
                let kind = match spot.word {
                    Word::Definition => "definition",
                    Word::Claim => "claim",
                    Word::Identity => "identity",
                    _ => "derivation",
                };
                let law = if spot.test.is_empty() { String::new() } else { self.law(&spot.test) };
                links.push(format!(
                    "{}{kind} {}{law}",
                    numbered(&spot.page),
                    self.link(&spot.page, id, &words)
                ));
            }
        }
        links
    }

    /// The law behind a claim, in brackets.
    fn law(&self, name: &str) -> String {
        format!(" ({})", self.linked_law(name))
    }

    fn linked_law(&self, name: &str) -> String {
        let code = format!("<code>{}</code>", escape(name));
        match self.knowledge.verification {
            Some(address) => format!("<a href=\"{address}#law-{}\">{code}</a>", escape(name)),
            None => code,
        }
    }

    pub(super) fn laws(&mut self, names: &[Name]) -> Vec<String> {
        self.unrepeated(names);
        let mut links = Vec::new();
        for name in names {
            if self.knowledge.laws.contains(&name.get_ref().as_str()) {
                links.push(format!("law {}", self.linked_law(name.get_ref())));
            } else {
                let hint = near(name.get_ref(), self.knowledge.laws.iter().copied());
                self.complain(name, CoverageError::NoLaw(name.get_ref().clone(), hint));
            }
        }
        links
    }

    pub(super) fn exercises(&mut self, names: &[Name]) -> Vec<String> {
        let error = |id: &str, hint: String| CoverageError::NoExercise(id.to_owned(), hint);
        self.shown(names, Word::Exercise, "exercise-", error)
    }

    pub(super) fn figures(&mut self, names: &[Name]) -> Vec<String> {
        let error = |id: &str, hint: String| CoverageError::NoFigure(id.to_owned(), hint);
        let links = self.shown(names, Word::Figure, "figure-", error);
        links.into_iter().map(|link| format!("figure {link}")).collect()
    }

    /// Links to blocks of that word, by their ids.
    fn shown(
        &mut self,
        names: &[Name],
        word: Word,
        prefix: &str,
        error: fn(&str, String) -> CoverageError,
    ) -> Vec<String> {
        self.unrepeated(names);
        let mut links = Vec::new();
        for name in names {
            let anchor = format!("{prefix}{}", name.get_ref());
            let spots = self.knowledge.spots;
            match spots.block(&anchor) {
                Some(spot) => links.push(self.link(&spot.page, &anchor, &escape(name.get_ref()))),
                None => {
                    let ids =
                        spots.anchors(|other| other == word).filter_map(|other| other.strip_prefix(prefix));
                    let hint = near(name.get_ref(), ids);
                    self.complain(name, error(name.get_ref(), hint));
                }
            }
        }
        links
    }

    fn unrepeated(&mut self, names: &[Name]) {
        let mut seen = HashSet::new();
        for name in names.iter().filter(|name| !seen.insert(name.get_ref().as_str())) {
            self.complain(name, CoverageError::Twice(name.get_ref().clone()));
        }
    }

    fn link(&self, page: &str, id: &str, words: &str) -> String {
        let hash = if id.is_empty() { String::new() } else { format!("#{}", escape(id)) };
        format!("<a href=\"{}{hash}\">{words}</a>", address(self.knowledge.here, Path::new(page)))
    }
}

/// The number of the chapter that a page is, to stand before a link.
fn numbered(page: &str) -> String {
    chapter(Path::new(page)).map(|number| format!("{number} · ")).unwrap_or_default()
}

pub(super) fn is_definition(word: Word) -> bool {
    word == Word::Definition
}

fn is_formula(word: Word) -> bool {
    matches!(word, Word::Definition | Word::Claim | Word::Derivation | Word::Identity)
}
