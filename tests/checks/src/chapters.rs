//! The chapters that have exercises, with all of them; and every law of library and pages.

use crate::exercise::AnyExercise;
use crate::law::AnyLaw;
use crate::{
    ch01_generative_modelling, ch02_intractable_densities, ch03_convex_conjugate, ch04_variational_bound,
    ch05_algorithm, ch06_review, ch08_elbo, errata, laws as library,
};

/// A chapter of the book that has exercises. Its prose, module, stubs and checks
/// all bear its name.
pub struct Chapter {
    /// The chapter's number in the book.
    pub number: u32,
    /// The common name, such as `ch03_convex_conjugate`.
    pub name: &'static str,
    /// The title of its page.
    pub title: &'static str,
    /// Its exercises, in the order of the page.
    pub exercises: Vec<Box<dyn AnyExercise>>,
}

impl Chapter {
    /// Is any of its answers a Rust function? Only then it has a module and stubs.
    pub fn has_functions(&self) -> bool {
        self.exercises.iter().any(|exercise| exercise.meta().kind.is_function())
    }
}

/// Every chapter with exercises, in order.
pub fn chapters() -> Vec<Chapter> {
    vec![
        Chapter {
            number: 1,
            name: "ch01_generative_modelling",
            title: "The generative modelling problem",
            exercises: ch01_generative_modelling::exercises(),
        },
        Chapter {
            number: 2,
            name: "ch02_intractable_densities",
            title: "Intractable densities",
            exercises: ch02_intractable_densities::exercises(),
        },
        Chapter {
            number: 3,
            name: "ch03_convex_conjugate",
            title: "The convex conjugate",
            exercises: ch03_convex_conjugate::exercises(),
        },
        Chapter {
            number: 4,
            name: "ch04_variational_bound",
            title: "The variational lower bound",
            exercises: ch04_variational_bound::exercises(),
        },
        Chapter {
            number: 5,
            name: "ch05_algorithm",
            title: "From the bound to an algorithm",
            exercises: ch05_algorithm::exercises(),
        },
        Chapter {
            number: 6,
            name: "ch06_review",
            title: "Review of lecture 1",
            exercises: ch06_review::exercises(),
        },
        Chapter {
            number: 8,
            name: "ch08_elbo",
            title: "The evidence lower bound",
            exercises: ch08_elbo::exercises(),
        },
    ]
}

/// Every law, those of the library first, then those that single pages claim.
pub fn laws() -> Vec<Box<dyn AnyLaw>> {
    let mut all = library::all();
    all.extend(ch01_generative_modelling::laws());
    all.extend(ch02_intractable_densities::laws());
    all.extend(ch03_convex_conjugate::laws());
    all.extend(ch04_variational_bound::laws());
    all.extend(ch05_algorithm::laws());
    all.extend(errata::laws());
    all
}
