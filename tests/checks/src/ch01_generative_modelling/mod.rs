//! Chapter 1: its exercises with checks and chaffs, and the claims of its page.

mod cases;
mod claims;
mod density;
mod derivations;
mod minimisers;
mod points;
mod sampling;
mod segments;
mod variation;

use crate::{AnyExercise, Explain, Kind, Meta};
pub use claims::laws;
pub use density::ln_density_of_generator;
use derivations::{repair_never_negative, reverse_kl_as_divergence};
pub use minimisers::all_minimisers;
pub use points::divergence_on_points;
pub use sampling::sample_generator;
pub use segments::divergence_of_segments;
pub use variation::{best_event, total_variation_on_points};

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(sample_generator()),
        Box::new(ln_density_of_generator()),
        Box::new(divergence_on_points()),
        Box::new(total_variation_on_points()),
        Box::new(best_event()),
        Box::new(all_minimisers()),
        Box::new(divergence_of_segments()),
        Box::new(Explain(Meta {
            id: "1.8",
            name: "right_marginals",
            title: "Every pixel right, the picture wrong",
            kind: Kind::Explain,
            points: 2,
            minutes: 10,
        })),
        Box::new(reverse_kl_as_divergence()),
        Box::new(repair_never_negative()),
    ]
}
