//! The labs' exercises: each by its reference and its planted mistakes
//! (`exercise::A.1::…`), and the reader's answers to them, each in a process of its own
//! (`lab_a::A.1::…`). `cargo test -p labs lab_a` grades lab A.
//!
//! With `-- --nocapture` it also prints the table of checks × chaffs.

use checks::AnyExercise;
use checks::reader::Stubs;
use libtest_mimic::{Arguments, Trial};
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::Duration;

/// The slowest answer trains for a second or two.
const LIMIT: Duration = Duration::from_secs(60);

static STUBS: LazyLock<Stubs> = LazyLock::new(|| {
    let labs = Path::new(env!("CARGO_MANIFEST_DIR"));
    Stubs::new(labs.parent().unwrap_or(labs), "labs/chapters", &["lab_chapters", "labs"], LIMIT)
});

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = lab_checks::lab_a_fgan::exercises().into_iter().map(examined).collect();
    let lab = checks::labs::lab_a();
    trials.push(Trial::test("lab_a::compiles", move || Ok(STUBS.compiled(lab.name).map(drop)?)));
    let exercises = lab_checks::lab_a_fgan::exercises();
    let waiting = STUBS.waiting(lab.name, exercises.iter().map(|exercise| exercise.meta().id));
    for exercise in &exercises {
        let meta = exercise.meta();
        let checks: Vec<&str> = exercise.checks().into_iter().map(|(name, _)| name).collect();
        let trial = Trial::test(format!("lab_a::{}::{}", meta.id, meta.name), move || {
            Ok(STUBS.grade(lab.name, meta.id, &checks)?)
        });
        trials.push(trial.with_ignored_flag(waiting.contains(&meta.id)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The trial of an exercise itself.
fn examined(exercise: Box<dyn AnyExercise>) -> Trial {
    let meta = exercise.meta();
    Trial::test(format!("exercise::{}::{}", meta.id, meta.name), move || {
        print!("{}", checks::examine(exercise.as_ref())?);
        Ok(())
    })
}
