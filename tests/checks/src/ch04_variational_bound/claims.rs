//! The checks behind every `claim` of chapter 4's page, and what `vdm` promises there.
//!
//! A subject is the formula as displayed, or the library's function for it; what it is
//! compared with is found by another way: a definition summed, a search, quadrature, an
//! enumeration of all samples.

mod bound;
mod classes;
mod draws;
mod samples;

use crate::AnyLaw;

/// The laws that the page of chapter 4 cites, beside those of the library.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = bound::laws();
    all.extend(classes::laws());
    all.extend(samples::laws());
    all.extend(draws::laws());
    all
}
