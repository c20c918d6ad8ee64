//! Words in Markdown with formulas: as Markdown for mdBook, or as HTML.

use super::html::inline_safe;
use super::math::{Math, MathError};
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

/// LaTeX up to this length stays on one line with the full stop after it.
const SHORT: usize = 20;

/// A formula within Markdown, as HTML that Markdown leaves alone, and how many
/// bytes of the text after it are its own: a browser may break a line before the
/// full stop that follows a formula, so the two go into one span. A long formula may
/// break between its pieces: then the last of them is what the full stop goes with.
pub(super) fn formula(math: &Math, tex: &str, after: &str) -> Result<(String, usize), MathError> {
    let html = math.inline(tex)?;
    let is_closing = |c: char| ".,;:!?)”’".contains(c);
    let end = after.find(|c| !is_closing(c)).unwrap_or(after.len());
    if end == 0 {
        return Ok((inline_safe(&html), 0));
    }
    let closing = &after[..end];
    if tex.len() > SHORT && html.matches(PIECE).count() > 1 {
        return Ok((inline_safe(&closed(&html, closing)), end));
    }
    Ok((format!("<span class=\"unbroken\">{}{closing}</span>", inline_safe(&html)), end))
}

/// How KaTeX begins what does not break, and how it ends a formula.
const PIECE: &str = "<span class=\"katex-base\">";
const END: &str = "</span></span>";

/// The formula with what closes it beside its last piece.
fn closed(html: &str, closing: &str) -> String {
    match (html.rfind(PIECE), html.strip_suffix(END)) {
        (Some(last), Some(body)) => {
            let (before, piece) = body.split_at(last);
            format!(
                "{before}<span class=\"unbroken\">{piece}<span class=\"closing\">{closing}</span></span>{END}"
            )
        }
        _ => format!("{html}{closing}"),
    }
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
            What::Math(tex) => match formula(math, &tex, &source[item.range.end..]) {
                Ok((html, more)) => pieces.push((item.range.start..item.range.end + more, html)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_stays_with_its_formula() {
        let math = Math::new();
        let own = |tex, after| formula(&math, tex, after).map(|(html, own)| (html.contains("unbroken"), own));
        assert_eq!(own("t", ".) And"), Ok((true, 2)));
        assert_eq!(own("t", " and"), Ok((false, 0)));
        assert_eq!(own("t", "](page.md)"), Ok((false, 0)));
        assert_eq!(own("f(u) = u \\log u - u + 1", ". And"), Ok((true, 1)));
        let (html, _) = formula(&math, "f(u) = u \\log u - u + 1", ". And").unwrap();
        let last = html.rfind("katex-base").unwrap();
        assert!(html[..last].ends_with("<span class=\"unbroken\"><span class=\""), "{html}");
        assert_eq!(html.matches("<span").count(), html.matches("</span>").count(), "{html}");
    }
}
