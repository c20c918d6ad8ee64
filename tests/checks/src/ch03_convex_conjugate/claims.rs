//! The checks behind every `claim` of chapter 3's page, in the page's order.
//!
//! A subject is the formula as displayed, line by line; what it is compared with
//! is found by another way: a search for the supremum, an enumeration, difference
//! quotients. Each law stands beside plausible slips that it must reject.

mod closed_forms;
mod counterexamples;
mod duality;
mod generators;
mod pitfalls;
mod rules;
mod samples;
mod slopes;
mod supremum;

use crate::AnyLaw;

/// The laws that the page of chapter 3 cites, beside those of the library.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = closed_forms::laws();
    all.extend(rules::laws());
    all.extend(duality::laws());
    all.extend(counterexamples::laws());
    all.extend(slopes::laws());
    all.extend(samples::laws());
    all.extend(pitfalls::laws());
    all
}
