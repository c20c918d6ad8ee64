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

mod mark;
mod parse;
mod parts;
mod snippet;

pub use parse::{MarkError, parse};
pub use parts::{Marked, MarkedExercise, Part};
pub use snippet::{SnippetError, anchors, snippet};
