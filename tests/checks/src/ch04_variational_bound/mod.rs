//! Chapter 4: its exercises with checks and chaffs, and the claims of its page.

mod affine;
mod bins;
mod claims;
mod derivations;
mod evaluate;
mod maximised;
mod optimal;
mod samples;
mod shared;
mod tilts;

use crate::{AnyExercise, Explain, Meta};
pub use affine::affine_pearson_bound;
pub use bins::best_critic_on_bins;
pub use claims::laws;
use derivations::{bound_for_pearson, bound_with_a_logarithm, repair_bound_of_a_critic, repair_five_steps};
pub use evaluate::bound_on_finite_space;
pub use maximised::maximised_empirical_bound;
pub use optimal::optimal_critic;
pub use samples::{empirical_bound, standard_error_of_bound};
pub use tilts::{tilt, tilted};

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(Explain(Meta::explain("4.1", "fundamental_challenge", "The fundamental challenge"))),
        Box::new(bound_on_finite_space()),
        Box::new(Explain(Meta::explain("4.3", "function_and_not_number", "Why a function and not a number"))),
        Box::new(optimal_critic()),
        Box::new(empirical_bound()),
        Box::new(standard_error_of_bound()),
        Box::new(maximised_empirical_bound()),
        Box::new(best_critic_on_bins()),
        Box::new(affine_pearson_bound()),
        Box::new(tilted()),
        Box::new(tilt()),
        Box::new(Explain(Meta::explain("4.12", "blind_critic", "Minimising with a blind critic"))),
        Box::new(bound_for_pearson()),
        Box::new(bound_with_a_logarithm()),
        Box::new(repair_five_steps()),
        Box::new(repair_bound_of_a_critic()),
    ]
}
