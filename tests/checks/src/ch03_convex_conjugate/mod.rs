//! The exercises of chapter 3: their checks and their chaffs.

mod claims;
mod conjugates;

use crate::AnyExercise;
pub use claims::laws;
pub use conjugates::conjugate_of_kl;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![Box::new(conjugate_of_kl())]
}
