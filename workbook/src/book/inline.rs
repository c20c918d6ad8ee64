//! Words in Markdown with formulas: as Markdown for mdBook, or as HTML.

use super::html::inline_safe;
use super::math::Math;
use super::scan::{What, options, scan};
use crate::problem::{Problem, line_of};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::path::Path;

/// Replaces ranges of a text; they are in order and do not overlap.
pub(super) fn splice(
    source: &str,
    pieces: impl IntoIterator<Item = (std::ops::Range<usize>, String)>,
) -> String {
    let mut text = String::with_capacity(source.len() * 2);
    let mut done = 0;
    for (range, piece) in pieces {
        text.push_str(&source[done..range.start]);
        text.push_str(&piece);
        done = range.end;
    }
    text.push_str(&source[done..]);
    text
}

/// A block or included code where only words may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("only words, formulas and plain listings may stand here; a block belongs on a page")]
pub struct OnlyWords;

/// Markdown with its formulas typeset, for mdBook to go on with.
pub(super) fn markdown(
    math: &Math,
    file: &Path,
    first: usize,
    source: &str,
    problems: &mut Vec<Problem>,
) -> String {
    let (items, mut found) = scan(file, first, source);
    problems.append(&mut found);
    let mut pieces = Vec::new();
    for item in items {
        match item.what {
            What::Math(tex) => match math.inline(&tex) {
                Ok(html) => pieces.push((item.range, inline_safe(&html))),
                Err(why) => {
                    let line = item.line + line_of(&tex, why.offset) - 1;
                    problems.push(Problem::at(file, line, why));
                }
            },
            _ => problems.push(Problem::at(file, item.line, OnlyWords)),
        }
    }
    splice(source, pieces)
}

/// Markdown as HTML, for a place where mdBook does not look (a title, a caption).
/// A single paragraph loses its tags.
pub(super) fn html(
    math: &Math,
    file: &Path,
    first: usize,
    source: &str,
    problems: &mut Vec<Problem>,
) -> String {
    let typeset = markdown(math, file, first, source, problems);
    let events: Vec<Event<'_>> =
        Parser::new_ext(&typeset, options() - pulldown_cmark::Options::ENABLE_MATH).collect();
    let is_paragraph = |event: &Event<'_>| matches!(event, Event::Start(Tag::Paragraph));
    let single = events.iter().filter(|event| is_paragraph(event)).count() == 1
        && events.first().is_some_and(is_paragraph)
        && matches!(events.last(), Some(Event::End(TagEnd::Paragraph)));
    let inner = if single { &events[1..events.len() - 1] } else { &events[..] };
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, inner.iter().cloned());
    html
}
