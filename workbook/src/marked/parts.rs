//! A marked source, cut into shared parts and exercises.

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
