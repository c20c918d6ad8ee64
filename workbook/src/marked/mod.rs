//! The marked source of a chapter's exercises: the reference, with what a reader
//! must not see between marks.
//!
//! ```text
//! // EXERCISE 3.1          the function that follows is exercise 3.1
//! /// f*(t) for KL.        a doc line that the stub keeps
//! // SOLUTION              from here …
//! /// It is e^{t−1}.
//! // END                   … to here the stub has nothing
//! pub fn conjugate_of_kl(t: f64) -> f64 {
//!     // SOLUTION          in a body: `todo!("3.1 conjugate_of_kl")` instead
//!     (t - 1.0).exp()
//!     // END
//! }
//! ```
//!
//! Plain text, not a syntax tree: comments and formatting survive. The source is
//! formatted by rustfmt, so a function's end is a `}` in the first column.

mod parse;
mod snippet;

pub use parse::{MarkError, parse};
pub use snippet::{SnippetError, anchors, snippet};

/// A marked source, cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A part of a marked source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// What stands between exercises (imports, types), without its solution regions.
    Shared(String),
    /// An exercise.
    Exercise(MarkedExercise),
}

/// An exercise in a marked source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedExercise {
    /// Its id: `3.1`.
    pub id: String,
    /// The line of its `EXERCISE` mark.
    pub line: usize,
    /// The function's name.
    pub name: String,
    /// From `pub fn` to before the body's brace.
    pub signature: String,
    /// The whole item without marks: the model answer.
    pub solution: String,
    /// The item as the reader gets it.
    pub stub: String,
}

impl Marked {
    /// The exercises in order.
    pub fn exercises(&self) -> impl Iterator<Item = &MarkedExercise> {
        self.parts.iter().filter_map(|part| match part {
            Part::Exercise(exercise) => Some(exercise),
            Part::Shared(_) => None,
        })
    }
}

/// A mark: a comment line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark<'a> {
    Exercise(&'a str),
    Solution,
    End,
    Anchor(&'a str),
    AnchorEnd(&'a str),
    Unknown(&'a str),
}

/// The mark that a line is, if it is one. A comment that is one word in capitals
/// is taken for a mark: a mistyped one would otherwise give an answer away.
fn mark(line: &str) -> Option<Mark<'_>> {
    let comment = line.trim().strip_prefix("//")?.trim();
    let (word, rest) = comment.split_once(char::is_whitespace).unwrap_or((comment, ""));
    match (word, rest.trim()) {
        ("EXERCISE", id) => Some(Mark::Exercise(id)),
        ("SOLUTION", "") => Some(Mark::Solution),
        ("END", "") => Some(Mark::End),
        ("ANCHOR:", name) => Some(Mark::Anchor(name)),
        ("ANCHOR_END:", name) => Some(Mark::AnchorEnd(name)),
        (word, "") if word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_') => {
            Some(Mark::Unknown(word))
        }
        ("SOLUTION" | "END", _) => Some(Mark::Unknown(word)),
        _ => None,
    }
}
