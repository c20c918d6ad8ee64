//! Lab A: its exercises with checks and chaffs.

mod activation;
mod conjugate;
mod objective;
mod optimal;

use checks::{AnyExercise, Meta};

pub use activation::activation;
pub use conjugate::conjugate;
pub use objective::objective;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![Box::new(activation()), Box::new(conjugate()), Box::new(objective())]
}

fn meta(name: &str) -> Meta {
    checks::labs::lab_a().meta(name)
}
