//! All pages of the book: found, cross-checked, rendered.

use super::block::{Opening, Word};
use super::certified::Certified;
use super::coverage::{self, Knowledge, Spots};
use super::inline::{self, splice};
use super::math::Math;
use super::scan::{Item, What, scan};
use super::{boxes, exercise, include, reading, rules, table, tied, verification};
use crate::course::{Course, UnknownExercise};
use crate::derivations::Certifier;
use crate::figures::{Figure, FigureError};
use crate::files::FileError;
use crate::problem::{Problem, Problems, line_of, near};
use crate::project::Project;
use crate::report::{ClaimReport, FigureReport, Report};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A name on a page that nothing stands behind.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A claim cites a law that there is none of.
    #[error("no law is called `{0}`{1}; a claim shows only what a law of `checks::laws()` has checked")]
    UnknownTest(String, String),
    /// The law did not hold.
    #[error("the law `{0}` does not hold, or accepts a planted mistake; the claim cannot be shown")]
    Unverified(String),
    /// The law ties itself to no formula.
    #[error("the law `{0}` states no formula; give it one beside its check: `.stating(r\"…\")`")]
    NoFormula(String),
    /// The page shows something else than the law checks.
    #[error(
        "this is not the formula that the law `{law}` checks ({place}); mend the wrong one, and the check with it\n    here  …{here}\n    law   …{there}"
    )]
    OtherFormula {
        /// The law.
        law: String,
        /// Where it states its formula.
        place: String,
        /// The page from the first difference on.
        here: String,
        /// The law's formula from there on.
        there: String,
    },
    /// A law that another claim rests on.
    #[error("the law `{0}` already stands behind the claim at {1}; a law checks one formula")]
    SecondClaim(String, String),
    /// A derivation that cannot be read.
    #[error("this block is empty; its body is the chain of lines")]
    NoChain,
    /// An identity of several lines.
    #[error("an `identity` is one line, `a = b by …`; a longer chain is a `derivation`")]
    NoIdentity,
    /// No such figure.
    #[error("there is no figure `{0}`{1}")]
    UnknownFigure(String, String),
    /// A figure could not be drawn.
    #[error("the figure `{0}` cannot be drawn: {1}")]
    Figure(String, FigureError),
    /// No such exercise.
    #[error(transparent)]
    Exercise(#[from] UnknownExercise),
    /// No such table.
    #[error("there is no table `{0}`{1}")]
    UnknownTable(String, String),
    /// An anchor a second time.
    #[error("`{0}` is already at {1}; an id stands once in the book")]
    Duplicate(String, String),
    /// A formula block without a formula.
    #[error("this block is empty; its body is the formula, in LaTeX")]
    Empty,
    /// A figure or table without a caption.
    #[error("this block is empty; its body is the caption: what is there to see?")]
    NoCaption,
    /// Words in a block that takes none.
    #[error("`{0}` takes no body; its content is made by the build")]
    Body(&'static str),
    /// The source of a generated table.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The pages of a book.
pub struct Pages<'a> {
    pub(super) project: &'a Project,
    pub(super) course: &'a Course,
    pub(super) report: &'a mut Report,
    pub(super) math: Math,
    pub(super) certifier: &'a Certifier,
    pub(super) certificates: HashMap<String, Certified>,
    figures: Vec<Figure>,
    spots: Spots,
    pub(super) pages: Vec<Page>,
    /// The page that lists what was verified.
    pub(super) verification: Option<PathBuf>,
    problems: Problems,
}

/// A page before it is rendered.
pub(super) struct Page {
    /// As problems name it: relative to the project.
    file: PathBuf,
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
                let table = table::table(id).ok_or_else(|| {
                    PageError::UnknownTable(id.to_owned(), near(id, table::NAMES.iter().copied()))
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

impl Page {
    /// A page of these words.
    #[cfg(test)]
    pub(super) fn at(path: &str, source: &str) -> Self {
        let path = PathBuf::from(path);
        let items = scan(&path, 1, source).0;
        Self { file: path.clone(), path, source: source.to_owned(), items }
    }

    fn has(&self, word: Word) -> bool {
        self.items.iter().any(|item| item.is(word))
    }
}

impl Item {
    /// Is it a block of this kind?
    fn is(&self, word: Word) -> bool {
        matches!(&self.what, What::Block(opening, _) if opening.word == word)
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
