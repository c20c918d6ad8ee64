//! Chapter 4: its exercises.

mod derivations;

use crate::AnyExercise;
use derivations::{bound_for_pearson, bound_with_a_logarithm, repair_bound_of_a_critic, repair_five_steps};

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(bound_for_pearson()),
        Box::new(bound_with_a_logarithm()),
        Box::new(repair_five_steps()),
        Box::new(repair_bound_of_a_critic()),
    ]
}
