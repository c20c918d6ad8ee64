//! What the notes of lecture 1 say otherwise than it is: the counterexamples that the
//! page of errata shows, beside those of the chapters.
//!
//! As in the chapters a subject is the formula as displayed, line by line, and what it
//! is compared with is found by another way.

mod bound;
mod divergence;
mod means;
mod slips;
mod two_points;

use crate::AnyLaw;

/// Every law that the page of errata cites.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = divergence::laws();
    all.extend(bound::laws());
    all.extend(means::laws());
    all.extend(slips::laws());
    all
}
