//! What can be wrong in the source of a coverage table.

/// Something wrong in the source of a coverage table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoverageError {
    /// It is no table at all.
    #[error("this cannot be read: {0}")]
    Malformed(String),
    /// There is nothing in it.
    #[error("`{0}` has no items: write one `[[section.item]]` for each thing that the notes say there")]
    Empty(String),
    /// A page that there is none of.
    #[error("there is no page `{0}`{1}")]
    NoPage(String, String),
    /// A heading that its page has not.
    #[error("`{0}` has no heading with the id `{1}`{2}")]
    NoHeading(String, String, String),
    /// A block that no page shows.
    #[error("no page has a definition, claim, derivation or identity `{0}`{1}")]
    NoBlock(String, String),
    /// A law that there is none of.
    #[error("no law is called `{0}`{1}")]
    NoLaw(String, String),
    /// An exercise that no page shows.
    #[error("no page shows the exercise {0}{1}")]
    NoExercise(String, String),
    /// A figure that no page shows.
    #[error("no page shows the figure `{0}`{1}")]
    NoFigure(String, String),
    /// A name a second time in its cell.
    #[error("`{0}` stands twice in this cell")]
    Twice(String),
    /// A cell that matters is empty.
    #[error("a {kind} needs {what}: name it, or say under `open` why there is none yet")]
    Lacking {
        /// What the item is.
        kind: &'static str,
        /// What it lacks.
        what: &'static str,
    },
    /// An excuse for nothing.
    #[error("nothing is missing here: take `open` out")]
    NotOpen,
}
