//! The exercises themselves: the reference passes every check, each chaff is
//! caught by the check that is meant to catch it, and each check catches one.
//!
//! `cargo test --test exercises -- --nocapture` also prints the table of
//! checks × chaffs.

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let exercises = checks::chapters().into_iter().flat_map(|chapter| chapter.exercises);
    let trials = exercises
        .filter(|exercise| !exercise.checks().is_empty())
        .map(|exercise| {
            let meta = exercise.meta();
            Trial::test(format!("exercise::{}::{}", meta.id, meta.name), move || {
                print!("{}", checks::examine(exercise.as_ref())?);
                Ok(())
            })
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}
