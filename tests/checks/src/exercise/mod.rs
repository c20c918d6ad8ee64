//! An exercise: a reference, checks, and chaffs; erased so that a chapter's
//! exercises of different signatures stand in one list.

mod any;
mod function;
mod grade;
mod meta;
mod misconception;

pub use any::{AnyExercise, Attempt, Explain};
pub use function::Exercise;
pub use grade::{ChaffMeta, ChaffRow, CheckResult, Grade, LineGrade};
pub use meta::{Kind, Meta};
