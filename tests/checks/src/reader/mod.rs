//! Running a reader's answers: each in a process of its own, with a time limit.
//!
//! [`untouched`] reads which exercises are still untouched, [`build`] compiles the
//! chapters one by one, [`answer`] is the child's side (the `main` of a chapter),
//! [`run`] the parent's, and [`tell`] says what came of it; [`Stubs`] does all this for
//! a folder of stubs.

mod answer;
mod build;
mod run;
mod stub;
mod stubs;
mod tell;

pub use answer::answer;
pub use build::{BuildError, Built, build};
pub use run::{LIMIT, Outcome, run};
pub use stub::untouched;
pub use stubs::Stubs;
pub use tell::tell;
