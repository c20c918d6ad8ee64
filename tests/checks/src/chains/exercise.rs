//! An exercise whose answer is a derivation, and its wrong answers.

use super::grade::Judge;
use super::{Certify, FILE_LIMIT, stub};
use crate::exercise::{AnyExercise, Attempt, ChaffMeta, Grade, Meta};
use crate::{Broken, Kind};

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

/// An exercise whose answer is a derivation.
#[derive(Clone, Debug)]
pub struct ChainExercise {
    /// Id, title, points; its kind is `Derive` or `Repair`.
    pub meta: Meta,
    /// The instructor's answer, whole: declarations, assumptions and every line. Its
    /// statements, first line and last expression are what an answer must keep.
    pub reference: &'static str,
    /// For `Repair`: the derivation with the false line.
    pub broken: Option<&'static str>,
    /// The rules that may be cited; none here means all.
    pub permitted: &'static [&'static str],
    /// Wrong answers.
    pub chaffs: Vec<WrongChain>,
    /// What reads and checks a derivation.
    pub certify: Certify,
}

/// A wrong answer, whole, and where it must be caught.
#[derive(Clone, Copy, Debug)]
pub struct WrongChain {
    /// A short name: `jensen-reversed`.
    pub name: &'static str,
    /// The misconception behind it, as one would tell it to its owner.
    pub misconception: &'static str,
    /// The text.
    pub text: &'static str,
    /// The first line that does not stand; the chain's first line is 1. None: every line
    /// stands, but something given was changed.
    pub line: Option<usize>,
}

impl WrongChain {
    pub(super) fn caught_by(&self) -> &'static str {
        if self.line.is_some() { LINES.0 } else { GIVEN.0 }
    }
}

impl ChainExercise {
    /// What the reader's file holds before the reader has written in it.
    pub fn stub(&self) -> String {
        stub::text(self)
    }

    /// An answer as it was found in its file, whatever it is.
    pub fn on(&self, bytes: Vec<u8>) -> Attempt {
        let exercise = self.clone();
        let grade = move |note: &dyn Fn(&str)| {
            note(LINES.1);
            exercise.grade(&bytes)
        };
        Attempt::new(self.meta, Box::new(grade))
    }

    /// The model answer with one assumption more.
    fn added(&self) -> String {
        format!("{}\n{}", ADDED.2, self.reference)
    }

    /// Is that text one of the exercise's own, right or wrong?
    pub(super) fn owns(&self, text: &str) -> bool {
        text == self.reference
            || self.broken == Some(text)
            || self.chaffs.iter().any(|chaff| chaff.text == text)
            || text == self.added()
    }

    /// Grades an answer.
    pub fn grade(&self, bytes: &[u8]) -> Grade {
        let judge = Judge::new(self);
        if bytes.len() > FILE_LIMIT {
            let found = format!("{} bytes", bytes.len());
            return judge.unreadable(&Broken::new("the file", format!("at most {FILE_LIMIT} bytes"), found));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => judge.grade(text),
            Err(why) => {
                let at = format!("byte {}", why.valid_up_to());
                judge.unreadable(&Broken::new(at, "text in UTF-8", "bytes that are no text"))
            }
        }
    }
}

impl AnyExercise for ChainExercise {
    fn meta(&self) -> Meta {
        self.meta
    }

    fn checks(&self) -> Vec<(&'static str, &'static str)> {
        vec![GIVEN, LINES]
    }

    fn grade_reference(&self) -> Option<Grade> {
        Some(self.grade(self.reference.as_bytes()))
    }

    fn chaffs(&self) -> Vec<ChaffMeta> {
        let meta = |chaff: &WrongChain| ChaffMeta {
            name: chaff.name,
            misconception: chaff.misconception,
            meant: chaff.caught_by(),
        };
        let added = ChaffMeta { name: ADDED.0, misconception: ADDED.1, meant: GIVEN.0 };
        self.chaffs.iter().map(meta).chain([added]).collect()
    }

    fn caught(&self, name: &str, grade: &Grade) -> Vec<bool> {
        let meant = self.chaffs.iter().find(|chaff| chaff.name == name).and_then(|chaff| chaff.line);
        let first_false = grade.lines.iter().find(|line| !line.stands).map(|line| line.number);
        let failed =
            |name: &str| grade.checks.iter().any(|check| check.name == name && check.verdict.is_err());
        // Caught at another line is not caught.
        vec![failed(GIVEN.0), failed(LINES.0) && first_false == meant]
    }

    fn chaff_attempt(&self, name: &str) -> Option<Attempt> {
        if name == ADDED.0 {
            return Some(self.on(self.added().into_bytes()));
        }
        let chaff = self.chaffs.iter().find(|chaff| chaff.name == name)?;
        Some(self.on(chaff.text.as_bytes().to_vec()))
    }

    fn as_chain(&self) -> Option<&ChainExercise> {
        Some(self)
    }
}

/// What is asked, in a line of the stub.
pub(super) fn task(kind: Kind) -> &'static str {
    match kind {
        Kind::Repair => "one line is false: find it and mend it",
        _ => "write the lines between the first and the last",
    }
}
