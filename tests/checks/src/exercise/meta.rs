//! What an exercise is called, what a reader does in it, what it counts.

use serde::{Deserialize, Serialize};

/// What a reader does in an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Write a function.
    Implement,
    /// Write a derivation: start and end are given.
    Derive,
    /// Find and mend the false line of a derivation.
    Repair,
    /// Write a prose answer; it has a model answer and a rubric, and is not graded.
    Explain,
    /// Write the function that trains something; graded by what it has learned.
    Train,
}

impl Kind {
    /// Is the answer graded by the machine?
    pub const fn is_graded(self) -> bool {
        !matches!(self, Kind::Explain)
    }

    /// Is the answer a Rust function, in a file of stubs?
    pub const fn is_function(self) -> bool {
        matches!(self, Kind::Implement | Kind::Train)
    }

    /// Is the answer a derivation, in a text file of its own?
    pub const fn is_chain(self) -> bool {
        matches!(self, Kind::Derive | Kind::Repair)
    }

    /// The kind in lower case, as shown on the page.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Implement => "implement",
            Kind::Derive => "derive",
            Kind::Repair => "repair",
            Kind::Explain => "explain",
            Kind::Train => "train",
        }
    }
}

/// What is said of an exercise outside its checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The id, equal to its place in the book: `3.1`.
    pub id: &'static str,
    /// The name of the function to write, or of the answer to give.
    pub name: &'static str,
    /// A title in words.
    pub title: &'static str,
    /// What the reader does.
    pub kind: Kind,
    /// Points in a grade.
    pub points: u32,
    /// Minutes that it is expected to take.
    pub minutes: u32,
}

impl Meta {
    /// Of an exercise whose answer is a function.
    pub const fn implement(
        id: &'static str,
        name: &'static str,
        title: &'static str,
        points: u32,
        minutes: u32,
    ) -> Self {
        Self { id, name, title, kind: Kind::Implement, points, minutes }
    }

    /// Of an exercise whose answer is prose; most of them count the same.
    pub const fn explain(id: &'static str, name: &'static str, title: &'static str) -> Self {
        Self { id, name, title, kind: Kind::Explain, points: 2, minutes: 10 }
    }
}
