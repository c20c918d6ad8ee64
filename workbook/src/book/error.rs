//! What a page may ask for in vain.

use crate::course::UnknownExercise;
use crate::figures::FigureError;
use crate::files::FileError;

/// A name on a page that nothing stands behind.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// A claim cites a law that there is none of.
    #[error("no law is called `{0}`{1}; a claim shows only what a law of `checks::laws()` has checked")]
    UnknownTest(String, String),
    /// The law did not hold.
    #[error("the law `{0}` does not hold, or accepts a planted mistake; the claim cannot be shown")]
    Unverified(String),
    /// The law ties itself to no formula.
    #[error("the law `{0}` states no formula; give it one beside its check: `.stating(r\"…\")`")]
    NoFormula(String),
    /// The page shows something else than the law checks.
    #[error(
        "this is not the formula that the law `{law}` checks ({place}); mend the wrong one, and the check with it\n    here  …{here}\n    law   …{there}"
    )]
    OtherFormula {
        /// The law.
        law: String,
        /// Where it states its formula.
        place: String,
        /// The page from the first difference on.
        here: String,
        /// The law's formula from there on.
        there: String,
    },
    /// A law that another claim rests on.
    #[error("the law `{0}` already stands behind the claim at {1}; a law checks one formula")]
    SecondClaim(String, String),
    /// A derivation that cannot be read.
    #[error("this block is empty; its body is the chain of lines")]
    NoChain,
    /// An identity of several lines.
    #[error("an `identity` is one line, `a = b by …`; a longer chain is a `derivation`")]
    NoIdentity,
    /// No such figure.
    #[error("there is no figure `{0}`{1}")]
    UnknownFigure(String, String),
    /// A figure could not be drawn.
    #[error("the figure `{0}` cannot be drawn: {1}")]
    Figure(String, FigureError),
    /// No such exercise.
    #[error(transparent)]
    Exercise(#[from] UnknownExercise),
    /// No such table.
    #[error("there is no table `{0}`{1}")]
    UnknownTable(String, String),
    /// An anchor a second time.
    #[error("`{0}` is already at {1}; an id stands once in the book")]
    Duplicate(String, String),
    /// A formula block without a formula.
    #[error("this block is empty; its body is the formula, in LaTeX")]
    Empty,
    /// A figure or table without a caption.
    #[error("this block is empty; its body is the caption: what is there to see?")]
    NoCaption,
    /// Words in a block that takes none.
    #[error("`{0}` takes no body; its content is made by the build")]
    Body(&'static str),
    /// The source of a generated table.
    #[error(transparent)]
    File(#[from] FileError),
}
