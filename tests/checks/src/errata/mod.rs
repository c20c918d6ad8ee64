//! What the notes of lecture 1 say otherwise than it is: the counterexamples that the
//! page of errata shows, beside those of the chapters.
//!
//! As in the chapters a subject is the formula as displayed, line by line, and what it
//! is compared with is found by another way.

mod bound;
mod divergence;
mod means;
mod slips;

use crate::AnyLaw;

/// Every law that the page of errata cites.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = divergence::laws();
    all.extend(bound::laws());
    all.extend(means::laws());
    all.extend(slips::laws());
    all
}

/// Two laws on two points, by the probability of the first.
type Two = (f64, f64);

/// Σ of a function of p and q over the two points.
fn over_two((p, q): Two, term: impl Fn(f64, f64) -> f64) -> f64 {
    term(p, q) + term(1.0 - p, 1.0 - q)
}
