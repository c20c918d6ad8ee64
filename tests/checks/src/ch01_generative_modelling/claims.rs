//! The checks behind every `claim` of chapter 1's page, in the page's order.
//!
//! A subject is the formula as displayed; what it is compared with is found by another
//! way: an enumeration of the noise, differences of a distribution function, a sum
//! over all events. Each law stands beside plausible slips that it must reject.

mod argmin;
mod change;
mod hard;
mod model;
mod objective;
mod singular;

use crate::AnyLaw;

/// The laws that the page of chapter 1 cites, and one of its module.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = change::laws();
    all.extend(model::laws());
    all.extend(objective::laws());
    all.extend(argmin::laws());
    all.extend(singular::laws());
    all.extend(hard::laws());
    all
}
