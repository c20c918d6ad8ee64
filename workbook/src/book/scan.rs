//! Finding in a page's Markdown what is ours: formulas, blocks, included code.
//!
//! mdBook's own parser with mathematics switched on gives the places, so that a
//! `$` or a block inside a code listing stays what it is.

use super::block::{BlockError, Opening, Word};
use crate::problem::{Problem, line_of};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::path::Path;

/// The options of mdBook's parser.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// Markdown that cannot stand in a page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Display mathematics outside the blocks.
    #[error(
        "`$$` shows a formula that nothing checks; write a `definition` or a `claim` block, or inline `$…$`"
    )]
    RawDisplay,
    /// MathJax's brackets, which nothing typesets.
    #[error(
        "`\\{0}` begins no formula here, it would show as a bare `{0}`; a formula in a line is `$…$`, one of its own a block (a plain bracket needs no backslash; or write `&#{1};`)"
    )]
    Bracket(char, u32),
    /// Raw HTML that shows mathematics, or runs.
    #[error("`{0}` in raw HTML passes by every check; write Markdown, or one of the book's blocks")]
    RawHtml(&'static str),
    /// A listing without its end.
    #[error("this block has no end: close it by a line ```` {0} ```` of its own")]
    Unended(String),
    /// A dollar that opens or closes nothing.
    #[error(
        "this `$` has no partner (no space just inside the dollars; in a table `\\vert` for `|`); a real dollar is `\\$`"
    )]
    LoneDollar,
    /// A formula in a heading without an id.
    #[error("a heading with a formula needs an id of its own: `## … {{#name}}`")]
    HeadingWithoutId,
    /// A block inside a list, a quotation, a footnote.
    #[error("a block stands at the left margin, not inside a list or a quotation")]
    Indented,
    /// An include outside a listing.
    #[error("`{{{{#{0}` must stand inside a fenced code block; to show it as it is, write `\\{{{{#{0}`")]
    OutsideCode(String),
    /// Another directive of mdBook's.
    #[error(
        "`{{{{#{0}` is not used in this book; include code by `{{{{#include path:anchor}}}}`, a recorded number by `{{{{#recorded name}}}}`"
    )]
    Directive(String),
    /// An include without its braces.
    #[error("this `{{{{#include` has no `}}}}` on its line")]
    Unclosed,
    /// A recorded number without its braces.
    #[error("this `{{{{#recorded` has no `}}}}` on its line")]
    UnclosedNumber,
    /// A recorded number where something of ours stands already.
    #[error(
        "a recorded number stands between words, not inside a formula or a block; put it before or after"
    )]
    Inside,
    /// A bad opening line.
    #[error(transparent)]
    Block(#[from] BlockError),
}

/// Something of ours in a page.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The bytes that it takes up.
    pub(super) range: Range<usize>,
    /// The line at which it starts.
    pub(super) line: usize,
    pub(super) what: What,
}

/// What an item is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// An inline formula.
    Math(String),
    /// A block, its body and the line at which that starts.
    Block(Opening, String),
    /// A recorded number, by its name.
    Recorded(String),
    /// Included code: path and anchor.
    Include(String, Option<String>),
}

impl Item {
    /// Is it a block of this kind?
    pub(super) fn is(&self, word: Word) -> bool {
        matches!(&self.what, What::Block(opening, _) if opening.word == word)
    }
}

/// Finds all items of a page, in order. `first` is the line at which `source`
/// starts in `file`.
pub(super) fn scan(file: &Path, first: usize, source: &str) -> (Vec<Item>, Vec<Problem>) {
    let mut scanner = Scanner { source, items: Vec::new(), errors: Vec::new(), code: Vec::new() };
    scanner.events();
    scanner.directives();
    scanner.items.sort_by_key(|item| item.range.start);
    scanner.apart();
    for item in &mut scanner.items {
        item.line += first - 1;
    }
    let problem =
        |(offset, error): (usize, ScanError)| Problem::at(file, line_of(source, offset) + first - 1, error);
    (scanner.items, scanner.errors.into_iter().map(problem).collect())
}

/// What raw HTML may not hold: formulas in any notation, and what loads or runs.
const NOT_IN_HTML: [&str; 8] = ["$", "\\[", "\\(", "<math", "<script", "<iframe", "<object", "<embed"];

/// The fence that a fenced block lacks at its end.
fn unended(block: &str) -> Option<String> {
    let first = block.lines().next().unwrap_or_default();
    let fence: String = first.chars().take_while(|c| matches!(c, '`' | '~')).collect();
    let last = block.trim_end().lines().next_back().unwrap_or_default();
    // A quotation's or a list's margin may stand before it.
    let end = last.trim_start_matches([' ', '>']);
    let closed = block.trim_end().lines().count() > 1
        && end.starts_with(&fence)
        && end.trim_start_matches(fence.chars().next().unwrap_or('`')).is_empty();
    (!closed).then_some(fence)
}

struct Scanner<'a> {
    source: &'a str,
    items: Vec<Item>,
    errors: Vec<(usize, ScanError)>,
    /// The ordinary listings.
    code: Vec<Range<usize>>,
}

impl Scanner<'_> {
    fn item(&mut self, range: Range<usize>, what: What) {
        self.items.push(Item { line: line_of(self.source, range.start), range, what });
    }

    /// Takes out what stands inside another item, and that one too: one complaint is enough.
    fn apart(&mut self) {
        let mut end = 0;
        for item in std::mem::take(&mut self.items) {
            if item.range.start < end {
                self.items.pop_if(|outer| outer.range.end == end);
                self.errors.push((item.range.start, ScanError::Inside));
            } else {
                end = item.range.end;
                self.items.push(item);
            }
        }
    }

    fn events(&mut self) {
        let mut parser = Parser::new_ext(self.source, options()).into_offset_iter();
        let mut bare_heading = false;
        while let Some((event, range)) = parser.next() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let mut body = String::new();
                    for (event, _) in parser.by_ref() {
                        match event {
                            Event::Text(text) => body.push_str(&text),
                            Event::End(TagEnd::CodeBlock) => break,
                            _ => {}
                        }
                    }
                    self.listing(range, matches!(kind, CodeBlockKind::Fenced(_)), body);
                }
                Event::Start(Tag::Heading { id, .. }) => bare_heading = id.is_none(),
                Event::End(TagEnd::Heading(_)) => bare_heading = false,
                Event::InlineMath(tex) => {
                    // One complaint a heading is enough.
                    if std::mem::take(&mut bare_heading) {
                        self.errors.push((range.start, ScanError::HeadingWithoutId));
                    }
                    self.item(range, What::Math(tex.into_string()));
                }
                Event::DisplayMath(_) => self.errors.push((range.start, ScanError::RawDisplay)),
                Event::Text(text) => {
                    self.brackets(range.clone());
                    if text.contains('$') {
                        self.dollars(range);
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.to_ascii_lowercase();
                    let found = NOT_IN_HTML.into_iter().filter(|part| html.contains(part));
                    self.errors.extend(found.map(|part| (range.start, ScanError::RawHtml(part))));
                }
                _ => {}
            }
        }
    }

    /// Dollars that the parser took for text.
    fn dollars(&mut self, range: Range<usize>) {
        for at in range.clone().filter(|at| self.source.as_bytes()[*at] == b'$') {
            let (before, after) = self.source.split_at(at);
            // Escaped, or the second of two.
            if before.ends_with(['\\', '$']) {
                continue;
            }
            let error = if after.starts_with("$$") { ScanError::RawDisplay } else { ScanError::LoneDollar };
            self.errors.push((at, error));
        }
    }

    /// MathJax's `\\[`, `\\(`, with one backslash or two.
    fn brackets(&mut self, range: Range<usize>) {
        let source = self.source.as_bytes();
        for at in range.filter(|at| matches!(source[*at], b'[' | b'(')) {
            if source[..at].ends_with(b"\\") {
                let bracket = char::from(source[at]);
                self.errors.push((at, ScanError::Bracket(bracket, u32::from(bracket))));
            }
        }
    }

    /// A code block: one of ours, or a listing.
    fn listing(&mut self, range: Range<usize>, fenced: bool, body: String) {
        let info = self.source[range.clone()].lines().next().unwrap_or_default();
        if fenced && let Some(fence) = unended(&self.source[range.clone()]) {
            self.errors.push((range.start, ScanError::Unended(fence)));
            return;
        }
        let info = if fenced { info.trim_start_matches(['`', '~']) } else { "" };
        match Opening::read(info) {
            Ok(None) => self.code.push(range),
            Ok(Some(opening)) => {
                if range.start == 0 || self.source.as_bytes()[range.start - 1] == b'\n' {
                    self.item(range, What::Block(opening, body));
                } else {
                    self.errors.push((range.start, ScanError::Indented));
                }
            }
            Err(error) => self.errors.push((range.start, error.into())),
        }
    }

    /// mdBook's `{{#…}}`.
    fn directives(&mut self) {
        for (at, _) in self.source.match_indices("{{#") {
            if self.source[..at].ends_with('\\') {
                continue;
            }
            let rest = &self.source[at + 3..];
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let line = rest.lines().next().unwrap_or_default();
            let error = match (word.as_str(), line.find("}}")) {
                ("title", _) => continue,
                ("recorded", None) => ScanError::UnclosedNumber,
                ("recorded", Some(end)) => {
                    let name = line["recorded".len()..end].trim().to_owned();
                    self.item(at..at + 3 + end + 2, What::Recorded(name));
                    continue;
                }
                ("include", _) if !self.code.iter().any(|code| code.contains(&at)) => {
                    ScanError::OutsideCode(word)
                }
                ("include", None) => ScanError::Unclosed,
                ("include", Some(end)) => {
                    let target = line["include".len()..end].trim();
                    let (path, anchor) = target.split_once(':').unzip();
                    let what = What::Include(
                        path.unwrap_or(target).trim().to_owned(),
                        anchor.map(|anchor| anchor.trim().to_owned()),
                    );
                    self.item(at..at + 3 + end + 2, what);
                    continue;
                }
                _ => ScanError::Directive(word),
            };
            self.errors.push((at, error));
        }
    }
}

/// A derivation or identity of a text.
pub(crate) struct Chain {
    /// The line at which its body begins.
    pub(crate) line: usize,
    /// Its id.
    pub(crate) id: String,
    /// Its body.
    pub(crate) text: String,
}

/// The derivations and identities of a Markdown text; of its problems only those of
/// blocks that might be some.
pub(crate) fn chains(file: &Path, text: &str) -> (Vec<Chain>, Vec<Problem>) {
    let (items, problems) = scan(file, 1, text);
    let chains = items.into_iter().filter_map(|item| match item.what {
        What::Block(opening, text) if opening.is_chain() => {
            Some(Chain { line: item.line + 1, id: opening.get("id").to_owned(), text })
        }
        _ => None,
    });
    let concerns_blocks = |problem: &Problem| {
        problem.what.downcast_ref().is_some_and(|error| {
            matches!(error, ScanError::Block(_) | ScanError::Indented | ScanError::Unended(_))
        })
    };
    (chains.collect(), problems.into_iter().filter(concerns_blocks).collect())
}
