//! Lab A: its exercises with checks and chaffs.

mod activation;
mod clipping;
mod conjugate;
mod covering;
mod error_bar;
mod losses;
mod objective;
mod optimal;
mod repair;
mod small;
mod steps;
mod training;

use checks::{AnyExercise, Meta};

pub use activation::activation;
pub use clipping::clipped;
pub use conjugate::conjugate;
pub use covering::coverage;
pub use error_bar::bound_with_error;
pub use losses::losses;
pub use objective::objective;
pub use repair::repaired_loss;
pub use steps::{critic_step, generator_step};
pub use training::train;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(activation()),
        Box::new(conjugate()),
        Box::new(objective()),
        Box::new(losses()),
        Box::new(critic_step()),
        Box::new(generator_step()),
        Box::new(clipped()),
        Box::new(bound_with_error()),
        Box::new(coverage()),
        Box::new(repaired_loss()),
        Box::new(train()),
    ]
}

fn meta(name: &str) -> Meta {
    checks::labs::lab_a().meta(name)
}
