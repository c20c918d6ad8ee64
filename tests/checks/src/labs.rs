//! What the labs' exercises are called.
//!
//! Their references and checks are made of tensors and stand in crate `lab_checks`, which
//! the maths path never compiles. What can be told without them stands here: for the list
//! of all exercises, the book's boxes and the stubs.

use crate::{Kind, Meta};

/// A lab of the book that has exercises. Its page, module, stubs and checks all bear its
/// name.
#[derive(Clone, Debug)]
pub struct Lab {
    /// The lab's letter in the book.
    pub letter: char,
    /// The common name, such as `lab_a_fgan`.
    pub name: &'static str,
    /// The title of its page.
    pub title: &'static str,
    /// Its exercises, in the order of the page.
    pub exercises: Vec<Meta>,
}

impl Lab {
    /// The description of one of its exercises, by the name of its function.
    ///
    /// # Panics
    /// If there is none: a mistake in the checks, seen as soon as they run.
    pub fn meta(&self, name: &str) -> Meta {
        let found = self.exercises.iter().find(|meta| meta.name == name);
        *found.unwrap_or_else(|| panic!("{} has no exercise called {name}", self.name))
    }
}

/// Every lab with exercises, in order.
pub fn labs() -> Vec<Lab> {
    vec![lab_a()]
}

/// Lab A.
pub fn lab_a() -> Lab {
    use Kind::{Implement, Train};
    let meta = |id, name, title, kind, points, minutes| Meta { id, name, title, kind, points, minutes };
    Lab {
        letter: 'A',
        name: "lab_a_fgan",
        title: "The f-GAN",
        exercises: vec![
            meta("A.1", "activation", "The last layer, in tensors", Implement, 2, 10),
            meta("A.2", "conjugate", "The loss on generated points", Implement, 2, 10),
            meta("A.3", "objective", "The objective on a batch", Implement, 2, 10),
            meta("A.4", "losses", "Whose gradient is it?", Implement, 3, 15),
            meta("A.5", "critic_step", "One step of the critic", Implement, 2, 10),
            meta("A.6", "generator_step", "One step of the generator", Implement, 3, 15),
            meta("A.7", "clipped", "Clipping by the norm", Implement, 2, 10),
            meta("A.8", "bound_with_error", "The bound and its error bar", Implement, 3, 15),
            meta("A.9", "coverage", "Has it collapsed?", Implement, 3, 15),
            meta("A.10", "repaired_loss", "A loss to repair", Implement, 3, 15),
            meta("A.11", "train", "A training that reaches its mark", Train, 4, 25),
        ],
    }
}
