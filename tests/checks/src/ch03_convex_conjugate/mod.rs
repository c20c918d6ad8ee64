//! Chapter 3: its exercises with checks and chaffs, and the claims of its page.

mod claims;
mod conjugates;
mod derivations;
mod envelope;
mod far;
mod grid;
mod hull;
mod js;
mod pairs;
mod samples;
mod sweep;

use crate::{AnyExercise, Explain, Meta};
pub use claims::laws;
pub(crate) use conjugates::{below, infinite_at};
pub use conjugates::{
    conjugate_of_kl, conjugate_of_pearson, conjugate_of_reverse_kl, conjugate_of_total_variation,
};
use derivations::{
    biconjugate_from_a_line, conjugate_of_kl_with_slope_zero, repair_biconjugate_below,
    repair_conjugate_of_pearson,
};
pub use envelope::grid_biconjugate;
pub(crate) use far::Conjugate;
pub use grid::grid_conjugate;
pub use hull::lower_hull;
pub use js::conjugate_of_js;
pub use pairs::{conjugate_of_scaled_and_shifted, fenchel_young_gap_of_kl, touching_point_of_js};
pub use sweep::legendre;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(conjugate_of_kl()),
        Box::new(conjugate_of_reverse_kl()),
        Box::new(conjugate_of_total_variation()),
        Box::new(conjugate_of_pearson()),
        Box::new(conjugate_of_js()),
        Box::new(touching_point_of_js()),
        Box::new(fenchel_young_gap_of_kl()),
        Box::new(conjugate_of_scaled_and_shifted()),
        Box::new(grid_conjugate()),
        Box::new(lower_hull()),
        Box::new(legendre()),
        Box::new(grid_biconjugate()),
        Box::new(Explain(Meta::explain(
            "3.13",
            "overshooting_bound",
            "Why a bound from a grid can overshoot",
        ))),
        Box::new(Explain(Meta::explain("3.14", "missing_closedness", "What closedness is for"))),
        Box::new(biconjugate_from_a_line()),
        Box::new(conjugate_of_kl_with_slope_zero()),
        Box::new(repair_conjugate_of_pearson()),
        Box::new(repair_biconjugate_below()),
    ]
}
