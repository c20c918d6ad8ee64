//! Lab A: the pieces that its exercises are made of, and their reference solutions.
//!
//! The lab's own training ([`crate::fgan`]) is these steps at speed; here they are at the
//! size of an exercise, in candle's own operations and in f64, so that a gradient can be
//! held against a difference quotient.

pub mod exercises;
mod players;

pub use players::{Aim, Players, gradient_of};
