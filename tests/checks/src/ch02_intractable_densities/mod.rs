//! Chapter 2: its exercises with checks and chaffs, and the claims of its page.

mod claims;
mod counts;
mod derivations;
mod draws;
mod estimates;
mod importance;
mod jackknife;
mod sample_size;
mod self_normalised;
mod tails;
mod weights;

use crate::{AnyExercise, Explain, Meta};
pub use claims::laws;
pub use counts::plug_in_divergence;
use derivations::{
    repair_forgotten_support, repair_weight_upside_down, unknown_factor_cancels, variance_of_the_weights,
};
pub use estimates::{coverage, mean_and_standard_error};
pub use importance::importance_mean;
pub use jackknife::jackknife;
pub use sample_size::effective_sample_size;
pub use self_normalised::self_normalised_mean;
pub use tails::tail_index;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(mean_and_standard_error()),
        Box::new(coverage()),
        Box::new(importance_mean()),
        Box::new(effective_sample_size()),
        Box::new(self_normalised_mean()),
        Box::new(plug_in_divergence()),
        Box::new(jackknife()),
        Box::new(tail_index()),
        Box::new(Explain(Meta::explain("2.9", "what_is_intractable", "What exactly is intractable"))),
        Box::new(Explain(Meta::explain("2.10", "error_bars_that_lie", "Error bars that lie"))),
        Box::new(unknown_factor_cancels()),
        Box::new(variance_of_the_weights()),
        Box::new(repair_weight_upside_down()),
        Box::new(repair_forgotten_support()),
    ]
}
