//! Running a reader's answers: each in a process of its own, with a time limit.
//!
//! [`stub`] reads which exercises are still untouched, [`build`] compiles the
//! chapters one by one, [`answer`] is the child's side (the `main` of a chapter)
//! and [`run`] the parent's.

mod answer;
mod build;
mod run;
mod stub;

pub use answer::answer;
pub use build::{BuildError, Built, build};
pub use run::{LIMIT, Outcome, run};
pub use stub::untouched;
