//! Everything that checks the workbook: laws, exercises, planted mistakes, and
//! the harness that runs a reader's answers.
//!
//! Tests, the book's build and grading all use this one library. Its rule: no
//! check exists that has not been seen to fail. A [`Check`] is therefore never
//! alone; it stands beside its [`Chaff`]s, implementations with one planted
//! mistake each, and is run on them as well.
//!
//! | module | what it holds |
//! |---|---|
//! | [`ch03_convex_conjugate`] and its like | a chapter's exercises and the claims of its page, each with checks and planted mistakes |
//! | [`chapters()`], [`laws()`] | all of them, in order |
//! | [`check`] | a check, what it counted, how it broke |
//! | [`for_all`](mod@for_all) | random cases with a fixed seed, shrunk to a small counterexample |
//! | [`chains`] | exercises whose answer is a derivation |
//! | [`errata`] | what the lecture notes say otherwise, each with a counterexample |
//! | [`examine`](mod@examine) | does each check catch what it is meant to catch? |
//! | [`exercise`] | an exercise: reference, checks, chaffs, erased for the registry |
//! | [`labs`](mod@labs) | what the labs' exercises are called; their checks need tensors and stand with them |
//! | [`law`] | a law: one check, many members, chaffs |
//! | [`laws`](mod@laws) | the laws of the library, one file each |
//! | [`tolerance`] | every tolerance of the project, with its derivation |
//! | [`oracle`] | slow, independent ways to the same numbers |
//! | [`strategies`] | where random cases come from |
//! | [`reader`] | building the reader's chapters and running each answer in a process of its own |

pub mod ch01_generative_modelling;
pub mod ch02_intractable_densities;
pub mod ch03_convex_conjugate;
pub mod ch04_variational_bound;
pub mod ch05_algorithm;
pub mod ch06_review;
pub mod ch08_elbo;
pub mod chains;
mod chapters;
pub mod check;
pub mod errata;
pub mod examine;
pub mod exercise;
pub mod for_all;
pub mod labs;
pub mod law;
pub mod laws;
pub mod oracle;
pub mod reader;
pub mod strategies;
pub mod tolerance;

pub use chains::ChainExercise;
pub use chapters::{Chapter, chapters, laws};
pub use check::{Broken, Chaff, Check, Tally, Verdict};
pub use examine::examine;
pub use exercise::{AnyExercise, Attempt, Exercise, Explain, Grade, Kind, Meta};
pub use labs::{Lab, labs};
pub use law::{AnyLaw, Law, LawReport};
