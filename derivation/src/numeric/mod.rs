//! The numeric certificate: each line of a chain against the next, on many models.
//!
//! Nothing here is shared with the symbolic certificate but the tree and its meaning
//! ([`crate::conventions`]). The order of things:
//!
//! | step | files |
//! |---|---|
//! | names become indices | `compile`, `program` |
//! | models are made: every zero pattern of small spaces, then random ones | `build`, `sample`, `room`, `model`, `generator`, `piecewise` |
//! | those are dropped in which an assumption fails, and formulas that are no generators | `assume`, `convex` |
//! | each line is evaluated, once a model | `evaluate`, `points`, `tables`, `distance` |
//! | suprema are found, exactly or by search | `extremum`, `over_functions`, `ends`, `best`, `kinks`, `climb`, `ascent` |
//! | neighbours are compared, and all models together say what they say | `gather`, `judge`, `certify`, `budget` |
//! | what refutes is simplified and told, and the assumption sought that was forgotten | `shrink`, `simpler`, `words`, `formulas`, `repair` |
//! | the same on the line, by quadrature with an error bound | `real` |
//!
//! The numbers in which it is done: `value` and its `arithmetic` (exact numbers `exact`,
//! `rational`, `primes`, `refine`; else an `interval`), values with a derivative (`scalar`),
//! and plain floats for searches (`float`). `oracle` is a second evaluator, which only the
//! tests know.

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
