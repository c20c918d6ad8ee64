//! Chapter 5: its exercises with checks and chaffs, and the claims of its page.

mod claims;
mod composites;
mod derivations;
mod discriminator;
mod far;
mod losses;
mod rates;
mod steps;

use crate::{AnyExercise, Explain, Meta};
pub use claims::laws;
pub use composites::{activation_of_gan, composite_of_alpha, composite_of_gan, composite_of_reverse_kl};
use derivations::{bound_in_the_raw_output, composite_line_by_line, repair_gradient};
pub use discriminator::discriminator_from_critic;
pub use losses::generator_losses;
pub use rates::{largest_stable_step, rate_of_simultaneous_steps};
pub use steps::{alternating_step, simultaneous_step};

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(activation_of_gan()),
        Box::new(composite_of_reverse_kl()),
        Box::new(composite_of_gan()),
        Box::new(composite_of_alpha()),
        Box::new(discriminator_from_critic()),
        Box::new(Explain(Meta::explain(
            "5.6",
            "critic_is_no_discriminator",
            "Why T is not the discriminator",
        ))),
        Box::new(simultaneous_step()),
        Box::new(alternating_step()),
        Box::new(rate_of_simultaneous_steps()),
        Box::new(largest_stable_step()),
        Box::new(generator_losses()),
        Box::new(composite_line_by_line()),
        Box::new(bound_in_the_raw_output()),
        Box::new(repair_gradient()),
        Box::new(Explain(Meta::explain("5.15", "small_bound", "What a small bound does not say"))),
    ]
}
