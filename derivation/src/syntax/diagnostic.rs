//! What is wrong with a text: where, what was expected, what to write instead.

use crate::chain::Span;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::{Deserialize, Serialize};

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Bytes of the source.
    pub span: Span,
    /// What is to be seen there.
    pub says: String,
}

/// A mistake in a derivation's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Bytes of the source: where the caret points.
    pub span: Span,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// A few words beside the caret; may be empty.
    pub label: String,
    /// Other places that matter.
    pub also: Vec<Label>,
    /// What could have stood there.
    pub expected: Vec<String>,
    /// What to write instead.
    pub suggestion: Option<String>,
    /// What else helps.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A mistake at a place.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            label: String::new(),
            also: Vec::new(),
            expected: Vec::new(),
            suggestion: None,
            notes: Vec::new(),
        }
    }

    pub(crate) fn label(mut self, says: impl Into<String>) -> Self {
        self.label = says.into();
        self
    }

    pub(crate) fn also(mut self, span: Span, says: impl Into<String>) -> Self {
        self.also.push(Label { span, says: says.into() });
        self
    }

    pub(crate) fn expected(mut self, what: impl Into<String>) -> Self {
        self.expected.push(what.into());
        self
    }

    pub(crate) fn suggest(mut self, what: impl Into<String>) -> Self {
        self.suggestion = Some(what.into());
        self
    }

    pub(crate) fn note(mut self, what: impl Into<String>) -> Self {
        self.notes.push(what.into());
        self
    }

    /// The diagnostic as a compiler shows it, the source's lines beside it.
    pub fn render(&self, file: &str, source: &str, colour: bool) -> String {
        self.render_from(1, file, source, colour)
    }

    /// The same for a source that begins at that line of its file.
    pub fn render_from(&self, line: usize, file: &str, source: &str, colour: bool) -> String {
        let within = |span: &Span| {
            let floor = |at: usize| (0..=at.min(source.len())).rev().find(|at| source.is_char_boundary(*at));
            let (start, end) = (floor(span.start).unwrap_or(0), floor(span.end).unwrap_or(0));
            start..end.max(start)
        };
        let mut snippet = Snippet::source(source)
            .line_start(line)
            .path(file)
            .annotation(AnnotationKind::Primary.span(within(&self.span)).label(self.label.as_str()));
        for label in &self.also {
            snippet = snippet
                .annotation(AnnotationKind::Context.span(within(&label.span)).label(label.says.as_str()));
        }
        let mut group = Group::with_title(Level::ERROR.primary_title(self.message.as_str())).element(snippet);
        if !self.expected.is_empty() {
            let expected = format!("expected {}", self.expected.join(", or "));
            group = group.element(Level::NOTE.message(expected));
        }
        if let Some(suggestion) = &self.suggestion {
            group = group.element(Level::HELP.message(suggestion.as_str()));
        }
        for note in &self.notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}
