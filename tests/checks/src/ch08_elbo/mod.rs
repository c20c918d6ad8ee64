//! Chapter 8: its exercises.

mod derivations;

use crate::AnyExercise;
use derivations::{elbo_from_its_gap, marginals_are_closer, repair_chain_rule, repair_elbo_by_jensen};

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(elbo_from_its_gap()),
        Box::new(marginals_are_closer()),
        Box::new(repair_chain_rule()),
        Box::new(repair_elbo_by_jensen()),
    ]
}
