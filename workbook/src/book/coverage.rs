//! The table for the instructor: where each item of a lecture's notes stands, and by
//! what it is checked. Every name in its source must exist, and no cell that matters
//! may be empty.

mod sheet;
mod spots;

pub(super) use spots::Spots;

use super::block::Word;
use super::html::{block_safe, escape};
use super::inline;
use super::math::Math;
use super::page::{address, chapter};
use crate::files;
use crate::problem::{Problem, line_of, near};
use crate::project::Project;
use sheet::{Item, Name, Sheet};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

/// The page whose headings are errata.
const ERRATA: &str = "back/errata.md";

/// Something wrong in the source of a coverage table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoverageError {
    /// It is no table at all.
    #[error("this cannot be read: {0}")]
    Malformed(String),
    /// There is nothing in it.
    #[error("`{0}` has no items: write one `[[section.item]]` for each thing that the notes say there")]
    Empty(String),
    /// A page that there is none of.
    #[error("there is no page `{0}`{1}")]
    NoPage(String, String),
    /// A heading that its page has not.
    #[error("`{0}` has no heading with the id `{1}`{2}")]
    NoHeading(String, String, String),
    /// A block that no page shows.
    #[error("no page has a definition, claim, derivation or identity `{0}`{1}")]
    NoBlock(String, String),
    /// A law that there is none of.
    #[error("no law is called `{0}`{1}")]
    NoLaw(String, String),
    /// An exercise that no page shows.
    #[error("no page shows the exercise {0}{1}")]
    NoExercise(String, String),
    /// A figure that no page shows.
    #[error("no page shows the figure `{0}`{1}")]
    NoFigure(String, String),
    /// A name a second time in its cell.
    #[error("`{0}` stands twice in this cell")]
    Twice(String),
    /// A cell that matters is empty.
    #[error("a {kind} needs {what}: name it, or say under `open` why there is none yet")]
    Lacking {
        /// What the item is.
        kind: &'static str,
        /// What it lacks.
        what: &'static str,
    },
    /// An excuse for nothing.
    #[error("nothing is missing here: take `open` out")]
    NotOpen,
}

/// What a table is checked against, and typeset with.
pub(super) struct Knowledge<'a> {
    pub(super) spots: &'a Spots,
    /// The names of all laws.
    pub(super) laws: Vec<&'a str>,
    pub(super) math: &'a Math,
    /// The page on which the table stands, in the book's sources.
    pub(super) here: &'a Path,
    /// The address of the page that lists the laws.
    pub(super) verification: Option<&'a str>,
}

/// The table of that name as Markdown with HTML in it.
pub(super) fn table(
    project: &Project,
    name: &str,
    knowledge: &Knowledge<'_>,
    problems: &mut Vec<Problem>,
) -> Result<String, files::FileError> {
    let path = project.coverage(name);
    let text = files::read(&path)?;
    Ok(render(&project.shown(&path), &text, knowledge, problems))
}

/// The same from its source's text.
fn render(file: &Path, text: &str, knowledge: &Knowledge<'_>, problems: &mut Vec<Problem>) -> String {
    let sheet = match sheet::parse(text) {
        Ok(sheet) => sheet,
        Err((at, why)) => {
            problems.push(Problem::at(file, line_of(text, at), CoverageError::Malformed(why)));
            return String::new();
        }
    };
    let mut writer = Writer { file, text, knowledge, problems };
    writer.sheet(&sheet)
}

struct Writer<'a, 'b> {
    file: &'a Path,
    text: &'a str,
    knowledge: &'a Knowledge<'b>,
    problems: &'a mut Vec<Problem>,
}

impl Writer<'_, '_> {
    fn sheet(&mut self, sheet: &Sheet) -> String {
        let mut text = block_safe(&totals(sheet));
        for section in &sheet.sections {
            let title = section.title.get_ref();
            if section.items.is_empty() {
                self.complain(&section.title, CoverageError::Empty(title.clone()));
            }
            let _ = write!(text, "\n\n## {title}\n\n");
            let mut html = String::from(
                "<div class=\"table-wrapper\">\n<table class=\"coverage\">\n<thead><tr>\
                 <th scope=\"col\">in the notes</th><th scope=\"col\">where it stands</th>\
                 <th scope=\"col\">what checks it</th><th scope=\"col\">exercises</th></tr></thead>\n<tbody>\n",
            );
            for item in &section.items {
                html.push_str(&self.row(item));
            }
            html.push_str("</tbody>\n</table>\n</div>");
            text.push_str(&block_safe(&html));
        }
        text
    }

    fn row(&mut self, item: &Item) -> String {
        match (item.lacks(), &item.open) {
            (Some(what), None) => {
                self.complain(&item.says, CoverageError::Lacking { kind: item.kind.word(), what });
            }
            (None, Some(open)) => self.complain(open, CoverageError::NotOpen),
            _ => {}
        }
        let cells = [
            [self.pages(&item.page), self.blocks(&item.block, is_definition), self.figures(&item.figure)]
                .concat(),
            [self.blocks(&item.block, |word| !is_definition(word)), self.laws(&item.law)].concat(),
            self.exercises(&item.exercise),
        ];
        let open = item.open.as_ref().map(|open| format!("open: {}", self.words(open)));
        let mut html = format!("<tr><th scope=\"row\">{}</th>", self.said(item));
        for (index, cell) in cells.iter().enumerate() {
            let entries: Vec<String> =
                cell.iter().cloned().chain(open.clone().filter(|_| index == 0)).collect();
            match entries.is_empty() {
                true => html.push_str("<td class=\"coverage-none\">—</td>"),
                false => {
                    let _ = write!(html, "<td><ul><li>{}</li></ul></td>", entries.join("</li><li>"));
                }
            }
        }
        html.push_str("</tr>\n");
        html
    }

    /// What the notes say, and what the book says otherwise.
    fn said(&mut self, item: &Item) -> String {
        let at = item.at.as_deref().map(|at| format!(" · {}", escape(at))).unwrap_or_default();
        let mut html = format!(
            "<span class=\"coverage-kind\">{}{at}</span> {}",
            item.kind.word(),
            self.words(&item.says)
        );
        let errata: Vec<String> = item
            .erratum
            .iter()
            .filter_map(|erratum| self.heading(erratum, ERRATA, erratum.get_ref()))
            .collect();
        if item.corrected.is_some() || !errata.is_empty() {
            let words = item.corrected.as_ref().map(|corrected| self.words(corrected)).unwrap_or_default();
            let _ = write!(html, "<p class=\"coverage-corrected\">Corrected: {words}");
            if !errata.is_empty() {
                let _ = write!(html, " ({})", errata.join("; "));
            }
            html.push_str("</p>");
        }
        html
    }

    fn pages(&mut self, names: &[Name]) -> Vec<String> {
        self.unrepeated(names);
        let link = |name: &Name| {
            let (page, id) = name.get_ref().split_once('#').unwrap_or((name.get_ref(), ""));
            self.heading(name, page, id)
        };
        names.iter().filter_map(link).collect()
    }

    /// A link to a heading, or to the page itself.
    fn heading(&mut self, name: &Name, page: &str, id: &str) -> Option<String> {
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
    fn blocks(&mut self, names: &[Name], wanted: fn(Word) -> bool) -> Vec<String> {
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

    fn laws(&mut self, names: &[Name]) -> Vec<String> {
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

    fn exercises(&mut self, names: &[Name]) -> Vec<String> {
        let error = |id: &str, hint: String| CoverageError::NoExercise(id.to_owned(), hint);
        self.shown(names, Word::Exercise, "exercise-", error)
    }

    fn figures(&mut self, names: &[Name]) -> Vec<String> {
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

    fn words(&mut self, words: &Name) -> String {
        self.markdown(words.get_ref(), words)
    }

    /// Markdown as HTML; its problems are told at that name.
    fn markdown(&mut self, words: &str, at: &Name) -> String {
        let line = line_of(self.text, at.span().start);
        inline::html(self.knowledge.math, self.file, line, words, self.problems)
    }

    fn complain(&mut self, at: &Name, error: CoverageError) {
        self.problems.push(Problem::at(self.file, line_of(self.text, at.span().start), error));
    }
}

/// The number of the chapter that a page is, to stand before a link.
fn numbered(page: &str) -> String {
    chapter(Path::new(page)).map(|number| format!("{number} · ")).unwrap_or_default()
}

fn is_definition(word: Word) -> bool {
    word == Word::Definition
}

fn is_formula(word: Word) -> bool {
    matches!(word, Word::Definition | Word::Claim | Word::Derivation | Word::Identity)
}

/// How much there is, and how much of it is checked, asked, drawn, corrected, open.
fn totals(sheet: &Sheet) -> String {
    let items: Vec<&Item> = sheet.sections.iter().flat_map(|section| &section.items).collect();
    let count = |what: fn(&Item) -> bool| items.iter().filter(|item| what(item)).count();
    let facts = [
        (items.len(), "items of the notes"),
        (count(|item| item.lacks().is_none()), "with a place for it"),
        (count(|item| !item.block.is_empty() || !item.law.is_empty()), "with a block or law"),
        (count(|item| !item.exercise.is_empty()), "with an exercise"),
        (count(|item| !item.figure.is_empty()), "with a figure"),
        (count(|item| item.corrected.is_some() || !item.erratum.is_empty()), "corrected"),
        (count(|item| item.open.is_some()), "open"),
    ];
    let facts = facts.map(|(count, what)| format!("<div><dt>{what}</dt><dd>{count}</dd></div>\n"));
    format!("<dl class=\"totals\">\n{}</dl>", facts.concat())
}

#[cfg(test)]
mod tests;
