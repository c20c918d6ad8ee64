//! The reader's chapters: builds them when it runs, and grades every answer in a
//! process of its own. `cargo test ch03` grades chapter 3.
//!
//! An exercise whose stub still holds its `todo!` is listed as ignored.

use checks::reader::{self, LIMIT, Stubs};
use checks::{AnyExercise, Attempt, ChainExercise, Chapter, Meta, chains};
use libtest_mimic::{Arguments, Trial};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::sync::LazyLock;

/// The reader's functions.
static STUBS: LazyLock<Stubs> = LazyLock::new(|| {
    Stubs::new(root(), "chapters", &["chapters", "vdm", "checks", "derivation", "workbook"], LIMIT)
});

fn main() -> ExitCode {
    // The child that grades one derivation is this program again.
    if std::env::args().nth(1).as_deref() == Some("--grade") {
        return reader::answer(&derivations());
    }
    let arguments = Arguments::from_args();
    let trials = checks::chapters().iter().flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One trial for each graded exercise, and one that the chapter compiles.
fn trials(chapter: &Chapter) -> Vec<Trial> {
    let name = chapter.name;
    let short = name.split('_').next().unwrap_or(name);
    let waiting = STUBS.waiting(name, chapter.exercises.iter().map(|exercise| exercise.meta().id));
    let mut trials = Vec::new();
    if chapter.has_functions() {
        trials.push(Trial::test(format!("{short}::compiles"), move || Ok(STUBS.compiled(name).map(drop)?)));
    }
    for exercise in chapter.exercises.iter().filter(|exercise| exercise.meta().kind.is_graded()) {
        let meta = exercise.meta();
        if let Some(chain) = exercise.as_chain() {
            trials.push(derivation(chapter, short, chain));
            continue;
        }
        let checks: Vec<&str> = exercise.checks().into_iter().map(|(name, _)| name).collect();
        let trial = Trial::test(format!("{short}::{}::{}", meta.id, meta.name), move || {
            Ok(STUBS.grade(name, meta.id, &checks)?)
        });
        trials.push(trial.with_ignored_flag(waiting.contains(&meta.id)));
    }
    trials
}

/// The trial of an answer that is a derivation.
fn derivation(chapter: &Chapter, short: &str, exercise: &ChainExercise) -> Trial {
    let meta = exercise.meta;
    let checks: Vec<&'static str> = exercise.checks().into_iter().map(|(name, _)| name).collect();
    let trial = Trial::test(format!("{short}::{}::{}", meta.id, meta.name), move || {
        let outcome = reader::run(&std::env::current_exe()?, meta.id, &checks, LIMIT)?;
        reader::tell(meta.id, &outcome).map_or(Ok(()), |why| Err(why.into()))
    });
    // No file: nothing was begun.
    let waits =
        read(chapter.name, &meta).is_none_or(|bytes| chains::untouched(&String::from_utf8_lossy(&bytes)));
    trial.with_ignored_flag(waits)
}

/// Every derivation that a reader has written.
fn derivations() -> Vec<Attempt> {
    let mut attempts = Vec::new();
    for chapter in checks::chapters() {
        for exercise in chapter.exercises.iter().filter_map(|exercise| exercise.as_chain()) {
            attempts.extend(read(chapter.name, &exercise.meta).map(|bytes| exercise.on(bytes)));
        }
    }
    attempts
}

/// What a reader has written, up to a little more than may be read.
fn read(chapter: &str, meta: &Meta) -> Option<Vec<u8>> {
    let path = root().join("chapters").join(chapter).join(chains::file_name(meta));
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(chains::FILE_LIMIT as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
