//! Exercises whose answer is a derivation: write it (start and end are given), or
//! find the false line of one and mend it.
//!
//! An answer is plain text, read by the same language that the pages use. `frame`
//! holds what an answer must leave as it is, `grade` judges it line by
//! line, `stub` makes the file that the reader edits.

mod exercise;
mod frame;
mod grade;
pub mod scripted;
mod stub;

pub use exercise::{ChainExercise, WrongChain};
pub use stub::{FILE_LIMIT, TODO, file_name, untouched};

use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;

/// Reads, typesets and checks a derivation: its id and its text.
pub type Certify = fn(&str, &str) -> Result<Certificate, Vec<Diagnostic>>;
