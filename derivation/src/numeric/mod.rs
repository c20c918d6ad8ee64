//! The numeric certificate: each line of a chain against the next, on many models.
//!
//! Nothing here is shared with the symbolic certificate but the tree and its meaning
//! ([`crate::conventions`]). The order of things:
//!
//! 1. `compile` resolves names to indices (`program`).
//! 2. `build` makes models: every zero pattern of small spaces, then random ones.
//! 3. `assume` drops those in which an assumption fails.
//! 4. `evaluate` evaluates each line once a model, in exact numbers (`exact`) or
//!    intervals.
//! 5. `real` does the same on the line, by quadrature with an error bound.
//! 6. `judge` compares neighbours; `shrink` simplifies what refutes, `words` tells
//!    it, `repair` looks for the assumption that was forgotten.

mod arithmetic;
mod ascent;
mod assume;
mod best;
mod budget;
mod build;
mod certify;
mod climb;
mod compile;
mod convex;
mod distance;
mod ends;
mod evaluate;
mod exact;
mod extremum;
mod float;
mod formulas;
mod gather;
mod generator;
mod interval;
mod judge;
mod kinks;
mod model;
#[cfg(test)]
mod oracle;
mod over_functions;
mod piecewise;
mod points;
mod primes;
mod program;
mod rational;
mod real;
mod refine;
mod repair;
mod room;
mod sample;
mod scalar;
mod shrink;
mod simpler;
mod tables;
mod value;
mod words;

pub use budget::Limits;
pub use certify::{Certificate, Outcome, certify};
