//! Chapter 6: its exercises, each of which needs more than one chapter.

mod bounds;
mod conjugate;
mod critic;
mod derivations;
mod judging;

use crate::{AnyExercise, Explain, Kind, Meta};
pub use bounds::bounds_on_kl;
pub use conjugate::conjugate_of_arc_length;
pub use critic::critic_of_arc_length;
use derivations::{hellinger_in_the_raw_output, lecture_in_one_chain, repair_loss_of_the_gan};
pub use judging::counterexample;

/// All exercises, in the order of the page.
pub fn exercises() -> Vec<Box<dyn AnyExercise>> {
    vec![
        Box::new(bounds_on_kl()),
        Box::new(conjugate_of_arc_length()),
        Box::new(critic_of_arc_length()),
        Box::new(counterexample()),
        Box::new(lecture_in_one_chain()),
        Box::new(hellinger_in_the_raw_output()),
        Box::new(repair_loss_of_the_gan()),
        Box::new(Explain(Meta {
            id: "6.8",
            name: "three_reports",
            title: "Three reports from practice",
            kind: Kind::Explain,
            points: 3,
            minutes: 15,
        })),
    ]
}
