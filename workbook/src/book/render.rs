//! Rendering the pages: names and anchors are checked across the whole book, then HTML is
//! put in the place of every block, formula and included piece of code.

use super::block::{Opening, Word};
use super::coverage::{self, Knowledge, Spots};
use super::error::PageError;
use super::inline::{self, splice};
use super::page::{Place, address, anchor, slashed};
use super::pages::Pages;
use super::scan::What;
use super::{boxes, exercise, include, reading, rules, tables, tied, verification};
use crate::problem::{Problem, Problems, line_of, near};
use crate::report::{ClaimReport, FigureReport};
use std::collections::HashMap;
use std::path::PathBuf;

impl Pages<'_> {
    /// The pages, rendered, in the order in which they were added.
    ///
    /// # Errors
    /// Every problem of every page.
    pub fn render(mut self) -> Result<Vec<String>, Problems> {
        let rendered = self.rendered();
        self.problems.or(rendered)
    }

    /// The pages, and those that the build makes of the rules, below the page at this path.
    ///
    /// # Errors
    /// Every problem of every page.
    pub(super) fn render_with_rules(mut self) -> Result<(Vec<String>, PathBuf, Vec<rules::Made>), Problems> {
        let index = self.pages.iter().find_map(|page| {
            let item = page.items.iter().find(|item| item.is(Word::Rules))?;
            Some((page.file.clone(), item.line, page.path.clone()))
        });
        let rendered = self.rendered();
        let Some((file, line, path)) = index else {
            return self.problems.or((rendered, PathBuf::new(), Vec::new()));
        };
        let mut problems = Vec::new();
        let made = rules::made(&self, &file, line, &path, &mut problems);
        self.problems.0.append(&mut problems);
        self.problems.or((rendered, path, made))
    }

    fn rendered(&mut self) -> Vec<String> {
        self.register();
        self.certify();
        let pages = std::mem::take(&mut self.pages);
        self.spots = Spots::of(&pages);
        let verification =
            pages.iter().find(|page| page.has(Word::Verification)).map(|page| page.path.clone());
        self.verification.clone_from(&verification);
        let rules = pages.iter().find(|page| page.has(Word::Rules)).map(|page| page.path.clone());
        let mut rendered = Vec::new();
        for page in &pages {
            let verification = verification.as_deref().map(|to| address(&page.path, to));
            let rules = rules.as_deref().map(|to| address(&page.path, to));
            let mut pieces = Vec::new();
            for item in &page.items {
                let (verification, rules) = (verification.clone(), rules.clone());
                let place =
                    Place { file: &page.file, path: &page.path, line: item.line, verification, rules };
                let mut problems = Vec::new();
                let after = &page.source[item.range.end..];
                let (piece, more) = self.piece(&place, &item.what, after, &mut problems);
                pieces.push((item.range.start..item.range.end + more, piece));
                self.problems.0.append(&mut problems);
            }
            if let Some((at, time)) = reading::time(&page.source, self.course) {
                let index = pieces.partition_point(|(range, _)| range.end <= at);
                pieces.insert(index, (at..at, time));
            }
            rendered.push(splice(&page.source, pieces));
        }
        rendered
    }

    /// Checks that ids stand once, and enters claims and figures in the report.
    fn register(&mut self) {
        let mut seen: HashMap<String, String> = HashMap::new();
        let mut laws: HashMap<&str, String> = HashMap::new();
        for page in &self.pages {
            for item in &page.items {
                let What::Block(opening, _) = &item.what else { continue };
                let anchor = anchor(opening);
                let place = format!("{}:{}", page.file.display(), item.line);
                if let Some(first) = seen.get(&anchor) {
                    let error = PageError::Duplicate(anchor, first.clone());
                    self.problems.push(Problem::at(&page.file, item.line, error));
                    continue;
                }
                seen.insert(anchor, place.clone());
                match opening.word {
                    Word::Claim => {
                        let test = opening.get("test");
                        if let Some(first) = laws.insert(test, place) {
                            let error = PageError::SecondClaim(test.to_owned(), first);
                            self.problems.push(Problem::at(&page.file, item.line, error));
                        }
                        self.report.claims.push(ClaimReport {
                            id: opening.get("id").to_owned(),
                            title: opening.get("title").to_owned(),
                            page: slashed(&page.path),
                            test: test.to_owned(),
                        });
                    }
                    Word::Figure => {
                        if let Some(figure) = self.figures.iter().find(|f| f.id == opening.get("id")) {
                            let (id, chapter) = (figure.id.to_owned(), figure.chapter);
                            self.report.figures.push(FigureReport { id, chapter });
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// What stands in an item's place, and how many bytes of the text after it it
    /// takes up too.
    fn piece(
        &self,
        place: &Place<'_>,
        what: &What,
        after: &str,
        problems: &mut Vec<Problem>,
    ) -> (String, usize) {
        let failed = |problems: &mut Vec<Problem>, problem: Problem| {
            problems.push(problem);
            (String::new(), 0)
        };
        match what {
            What::Math(tex) => inline::formula(&self.math, tex, after).unwrap_or_else(|why| {
                let line = place.line + line_of(tex, why.offset) - 1;
                failed(problems, Problem::at(place.file, line, why))
            }),
            What::Recorded(name) => crate::records::number(name)
                .map(|value| (value, 0))
                .unwrap_or_else(|why| failed(problems, Problem::at(place.file, place.line, why))),
            What::Include(path, anchor) => {
                include::include(self.project, place.file, path, anchor.as_deref())
                    .map(|code| (code, 0))
                    .unwrap_or_else(|why| failed(problems, Problem::at(place.file, place.line, why)))
            }
            What::Block(opening, body) => {
                let block = self.block(place, opening, body, problems);
                match block {
                    // Blank lines around: a block of Markdown of its own.
                    Ok(html) => (format!("\n{html}\n"), 0),
                    Err(error) => failed(problems, Problem::at(place.file, place.line, error)),
                }
            }
        }
    }

    fn block(
        &self,
        place: &Place<'_>,
        opening: &Opening,
        body: &str,
        problems: &mut Vec<Problem>,
    ) -> Result<String, PageError> {
        let id = opening.get("id");
        let empty = body.trim().is_empty();
        match opening.word {
            Word::Definition | Word::Claim if empty => Err(PageError::Empty),
            Word::Figure | Word::Table if empty => Err(PageError::NoCaption),
            Word::Exercise if !empty => Err(PageError::Body("exercise")),
            Word::Verification if !empty => Err(PageError::Body("verification")),
            Word::Rules if !empty => Err(PageError::Body("rules")),
            Word::Coverage if !empty => Err(PageError::Body("coverage")),
            Word::Derivation | Word::Identity if empty => Err(PageError::NoChain),
            Word::Derivation | Word::Identity => self.certified(place, opening, body, problems),
            Word::Definition => Ok(boxes::formula(self, place, opening, body, None, problems)),
            Word::Claim => {
                let test = opening.get("test");
                let law =
                    self.report.law(test).map_err(|near| PageError::UnknownTest(test.to_owned(), near))?;
                if !law.holds() {
                    return Err(PageError::Unverified(test.to_owned()));
                }
                match tied::compare(law, body) {
                    Ok(()) => {}
                    // At the line that differs, not at the block's first.
                    Err((line, error)) => {
                        problems.push(Problem::at(place.file, place.line + line, error));
                        return Ok(String::new());
                    }
                }
                Ok(boxes::formula(self, place, opening, body, Some(law), problems))
            }
            Word::Figure => {
                let figure = self.figures.iter().find(|figure| figure.id == id).ok_or_else(|| {
                    PageError::UnknownFigure(id.to_owned(), near(id, self.figures.iter().map(|f| f.id)))
                })?;
                let svg = figure.svg().map_err(|why| PageError::Figure(id.to_owned(), why))?;
                Ok(boxes::figure(self, place, id, &svg, body, problems))
            }
            Word::Exercise => {
                let (chapter, exercise) = self.course.exercise(id)?;
                Ok(exercise::exercise(self, place, chapter, exercise, problems))
            }
            Word::Table => {
                let table = tables::table(id).ok_or_else(|| {
                    PageError::UnknownTable(id.to_owned(), near(id, tables::NAMES.iter().copied()))
                })?;
                Ok(boxes::table(self, place, id, &table, body, problems))
            }
            Word::Verification => Ok(verification::page(self, place)),
            Word::Rules => Ok(rules::reference(self, place, problems)),
            Word::Coverage => {
                let knowledge = Knowledge {
                    spots: &self.spots,
                    laws: self.report.laws.iter().map(|law| law.name).collect(),
                    math: &self.math,
                    here: place.path,
                    verification: place.verification.as_deref(),
                };
                Ok(coverage::table(self.project, id, &knowledge, problems)?)
            }
        }
    }
}
