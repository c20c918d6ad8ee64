//! A named part of a source file, as the book shows it.

use super::mark::{Mark, mark};

/// Why a snippet cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnippetError {
    /// No such anchor.
    #[error("there is no `// ANCHOR: {0}` in that file{1}")]
    Missing(String, String),
    /// The anchor is opened twice.
    #[error("`// ANCHOR: {0}` stands there twice; an anchor is one place")]
    Twice(String),
    /// The anchor is never closed.
    #[error("`// ANCHOR: {0}` has no `// ANCHOR_END: {0}` after it")]
    Open(String),
    /// Nothing between the two lines.
    #[error("there is nothing between `// ANCHOR: {0}` and its end")]
    Empty(String),
}

/// The names of all anchors of a source, in order, each with its line.
pub fn anchors(source: &str) -> Vec<(&str, usize)> {
    let name = |(index, line)| match mark(line) {
        Some(Mark::Anchor(name)) => Some((name, index + 1)),
        _ => None,
    };
    source.lines().enumerate().filter_map(name).collect()
}

/// The lines of a source between an anchor's two marks (all of it without an
/// anchor), without any mark and without the indentation that they share.
///
/// # Errors
/// [`SnippetError`] if the anchor is not there exactly once, closed and not empty.
pub fn snippet(source: &str, anchor: Option<&str>) -> Result<String, SnippetError> {
    let Some(name) = anchor else { return Ok(tidied(&source.lines().collect::<Vec<_>>())) };
    let places: Vec<usize> =
        anchors(source).into_iter().filter(|(found, _)| *found == name).map(|(_, line)| line).collect();
    let start = match places[..] {
        [start] => start,
        [] => {
            let near = crate::problem::near(name, anchors(source).into_iter().map(|(name, _)| name));
            return Err(SnippetError::Missing(name.to_owned(), near));
        }
        _ => return Err(SnippetError::Twice(name.to_owned())),
    };
    let after: Vec<&str> = source.lines().skip(start).collect();
    let end = after
        .iter()
        .position(|line| mark(line) == Some(Mark::AnchorEnd(name)))
        .ok_or_else(|| SnippetError::Open(name.to_owned()))?;
    let text = tidied(&after[..end]);
    if text.trim().is_empty() { Err(SnippetError::Empty(name.to_owned())) } else { Ok(text) }
}

fn tidied(lines: &[&str]) -> String {
    let shown: Vec<&&str> = lines.iter().filter(|line| mark(line).is_none()).collect();
    let indent = shown
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min()
        .unwrap_or(0);
    let mut text = String::new();
    for line in shown {
        text.push_str(line.get(indent..).unwrap_or_default());
        text.push('\n');
    }
    text.trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "a\n    // ANCHOR: two\n    if b {\n        // SOLUTION\n        c\n        // END\n    }\n    // ANCHOR_END: two\n";

    #[test]
    fn a_snippet_stands_at_the_margin_without_marks() {
        assert_eq!(snippet(SOURCE, Some("two")).unwrap(), "if b {\n    c\n}");
        assert_eq!(anchors(SOURCE), [("two", 2)]);
    }

    #[test]
    fn an_anchor_must_be_there_once_closed_and_full() {
        let error = |source: &str| snippet(source, Some("two")).unwrap_err();
        assert_eq!(
            error("// ANCHOR: twoo\n"),
            SnippetError::Missing("two".into(), "; did you mean `twoo`?".into())
        );
        assert_eq!(error(&SOURCE.repeat(2)), SnippetError::Twice("two".into()));
        assert_eq!(error("// ANCHOR: two\nx\n"), SnippetError::Open("two".into()));
        assert_eq!(error("// ANCHOR: two\n\n// ANCHOR_END: two\n"), SnippetError::Empty("two".into()));
    }
}
