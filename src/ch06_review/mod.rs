//! Chapter 6, the review of lecture 1: a generator that the catalogue lacks, and
//! statements to judge.
//!
//! [`exercises`] is what the chapter asks its reader to write.

pub mod exercises;
mod statement;

pub use statement::{Pair, Statement};
