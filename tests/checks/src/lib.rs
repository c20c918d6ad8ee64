//! Everything that checks the workbook: laws, exercises, planted mistakes, and
//! the harness that runs a reader's answers.
//!
//! Tests, the book's build and grading all use this one library. Its rule: no
//! check exists that has not been seen to fail. A [`Check`] is therefore never
//! alone; it stands beside its [`Chaff`]s, implementations with one planted
//! mistake each, and is run on them as well.
//!
//! | module | what it holds |
//! |---|---|
//! | [`check`] | a check, what it counted, how it broke |
//! | [`for_all`](mod@for_all) | random cases with a fixed seed, shrunk to a small counterexample |
//! | [`chains`] | exercises whose answer is a derivation |
//! | [`errata`] | what the lecture notes say otherwise, each with a counterexample |
//! | [`examine`](mod@examine) | does each check catch what it is meant to catch? |
//! | [`exercise`] | an exercise: reference, checks, chaffs, erased for the registry |
//! | [`labs`](mod@labs) | what the labs' exercises are called; their checks need tensors and stand with them |
//! | [`law`] | a law: one check, many members, chaffs |
//! | [`laws`](mod@laws) | the laws of the library, one file each |
//! | [`tolerance`] | every tolerance of the project, with its derivation |
//! | [`oracle`] | slow, independent ways to the same numbers |
//! | [`reader`] | building the reader's chapters and running each answer in a process of its own |

pub mod ch01_generative_modelling;
pub mod ch02_intractable_densities;
pub mod ch03_convex_conjugate;
pub mod ch04_variational_bound;
pub mod ch05_algorithm;
pub mod ch06_review;
pub mod ch08_elbo;
pub mod chains;
pub mod check;
pub mod errata;
pub mod examine;
pub mod exercise;
pub mod for_all;
pub mod labs;
pub mod law;
pub mod laws;
pub mod oracle;
pub mod reader;
pub mod strategies;
pub mod tolerance;

pub use chains::ChainExercise;
pub use check::{Broken, Chaff, Check, Tally, Verdict};
pub use examine::examine;
pub use exercise::{AnyExercise, Attempt, Exercise, Explain, Grade, Kind, Meta};
pub use labs::{Lab, labs};
pub use law::{AnyLaw, Law, LawReport};

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
    let mut all = laws::all();
    all.extend(ch01_generative_modelling::laws());
    all.extend(ch02_intractable_densities::laws());
    all.extend(ch03_convex_conjugate::laws());
    all.extend(ch04_variational_bound::laws());
    all.extend(ch05_algorithm::laws());
    all.extend(errata::laws());
    all
}
