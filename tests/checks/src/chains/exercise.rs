//! An exercise whose answer is a derivation, and its wrong answers.

use crate::exercise::Meta;
use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;

/// The check that an answer keeps what was given.
pub(super) const GIVEN: (&str, &str) =
    ("given", "start, end and assumptions are those given, and only permitted rules are cited");
/// The check that an answer's lines stand.
pub(super) const LINES: (&str, &str) = ("lines", "every line follows from the one before");

/// The wrong answer that every such exercise has: its name, the misconception behind it,
/// and the statement that it puts before the model answer.
pub(super) const ADDED: (&str, &str, &str) = (
    "another-assumption",
    "nothing may be added to what is given, however harmless: it is another theorem then",
    "assuming 2 > 1",
);

/// Reads, typesets and checks a derivation: its id and its text.
pub type Certify = fn(&str, &str) -> Result<Certificate, Vec<Diagnostic>>;

/// An exercise whose answer is a derivation.
#[derive(Clone, Debug)]
pub struct ChainExercise {
    /// Id, title, points; its kind is `Derive` or `Repair`.
    pub meta: Meta,
    /// The instructor's answer, whole: declarations, assumptions and every line. Its
    /// statements, first line and last expression are what an answer must keep.
    pub reference: &'static str,
    /// For `Repair`: the derivation with the false line.
    pub broken: Option<String>,
    /// The rules that may be cited; none here means all.
    pub permitted: &'static [&'static str],
    /// Wrong answers.
    pub chaffs: Vec<WrongChain>,
    /// What reads and checks a derivation.
    pub certify: Certify,
}

/// A wrong answer, whole, and where it must be caught.
#[derive(Clone, Debug)]
pub struct WrongChain {
    /// A short name: `jensen-reversed`.
    pub name: &'static str,
    /// The misconception behind it, as one would tell it to its owner.
    pub misconception: &'static str,
    /// The text.
    pub text: String,
    /// The first line that does not stand; the chain's first line is 1. None: every line
    /// stands, but something given was changed.
    pub line: Option<usize>,
}

/// A text with other lines at these numbers, as the page counts them: the chain's first line
/// is 1. Most wrong answers are the model answer with one line changed.
///
/// # Panics
/// If there is no line of that number, or it is the same already.
pub fn with_lines(text: &str, changed: &[(usize, &str)]) -> String {
    // An empty line stands between the statements and the chain.
    let before = text.trim_end().lines().position(str::is_empty).map_or(0, |at| at + 1);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (number, new) in changed {
        let line = &mut lines[before + number - 1];
        assert_ne!(line.trim(), *new, "line {number} is as it was");
        *line = if *number == 1 { (*new).to_owned() } else { format!("  {new}") };
    }
    lines.join("\n") + "\n"
}

impl WrongChain {
    pub(super) fn caught_by(&self) -> &'static str {
        if self.line.is_some() { LINES.0 } else { GIVEN.0 }
    }
}

impl ChainExercise {
    /// The model answer with one assumption more.
    pub(super) fn added(&self) -> String {
        format!("{}\n{}", ADDED.2, self.reference)
    }

    /// Is that text one of the exercise's own, right or wrong?
    pub(super) fn owns(&self, text: &str) -> bool {
        text == self.reference
            || self.broken.as_deref() == Some(text)
            || self.chaffs.iter().any(|chaff| chaff.text == text)
            || text == self.added()
    }
}
