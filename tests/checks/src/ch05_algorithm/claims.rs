//! The checks behind every `claim` of chapter 5's page, and the laws of its module.
//!
//! A subject is the formula as displayed; what it is compared with is found by another
//! way: a search for the supremum, a sum over all batches, difference quotients, the
//! powers of a matrix, a run. Each law stands beside slips that it must reject.

mod activations;
mod difference;
mod gradients;
mod heads;
mod heuristic;
mod raw_optimum;
mod saddle;
mod single_step;
mod training;

use crate::AnyLaw;

/// The laws that the page of chapter 5 cites, beside those of the library.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = activations::laws();
    all.extend(raw_optimum::laws());
    all.extend(gradients::laws());
    all.extend(heuristic::laws());
    all.extend(saddle::laws());
    all.extend(single_step::laws());
    all.extend(heads::laws());
    all.extend(training::laws());
    all
}
