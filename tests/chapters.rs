//! The reader's chapters: builds them when it runs, and grades every answer in a
//! process of its own. `cargo test ch03` grades chapter 3.
//!
//! An exercise whose stub still holds its `todo!` is listed as ignored.

use checks::reader::{self, Built, LIMIT};
use checks::{AnyExercise, Attempt, ChainExercise, Chapter, Meta, chains};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;

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
    let stub = root().join("chapters").join(name).with_extension("rs");
    // A file that is no UTF-8 is rustc's to complain about; what is untouched in it stays so.
    let source = String::from_utf8_lossy(&std::fs::read(&stub).unwrap_or_default()).into_owned();
    let mut trials = Vec::new();
    if chapter.has_functions() {
        trials.push(Trial::test(format!("{short}::compiles"), move || compiles(name).map(drop)));
    }
    for exercise in chapter.exercises.iter().filter(|exercise| exercise.meta().kind.is_graded()) {
        let meta = exercise.meta();
        if let Some(chain) = exercise.as_chain() {
            trials.push(derivation(chapter, short, chain));
            continue;
        }
        let checks: Vec<&str> = exercise.checks().into_iter().map(|(name, _)| name).collect();
        let trial = Trial::test(format!("{short}::{}::{}", meta.id, meta.name), move || {
            grade(name, meta.id, &checks)
        });
        let waits = source.is_empty() || reader::untouched(&source, meta.id);
        trials.push(trial.with_ignored_flag(waits));
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

/// The chapter's binary, or the compiler's own message.
fn compiles(chapter: &str) -> Result<&'static Path, Failed> {
    stub_exists(chapter)?;
    static BUILT: OnceLock<Result<BTreeMap<String, Built>, String>> = OnceLock::new();
    let built = BUILT.get_or_init(|| reader::build(root()).map_err(|why| why.to_string()));
    match built.as_ref().map_err(Failed::from)?.get(chapter) {
        Some(Built::Ready(binary)) => Ok(binary),
        Some(Built::Broken(why)) => Err(format!("chapters/{chapter}.rs does not compile:\n\n{why}").into()),
        None => Err(format!("chapters/Cargo.toml has no binary called {chapter}").into()),
    }
}

/// A stub file that is gone is said to be gone, not to be broken.
fn stub_exists(chapter: &str) -> Result<(), Failed> {
    match root().join("chapters").join(chapter).with_extension("rs").exists() {
        true => Ok(()),
        false => {
            let lost = format!("chapters/{chapter}.rs is missing; `cargo workbook stubs` makes it anew");
            Err(lost.into())
        }
    }
}

fn grade(chapter: &str, id: &str, checks: &[&str]) -> Result<(), Failed> {
    let binary = compiles(chapter).map_err(|_| Failed::from(format!("{chapter} does not compile")))?;
    let outcome = reader::run(binary, id, checks, LIMIT)?;
    match reader::tell(id, &outcome) {
        None => Ok(()),
        Some(why) => Err(why.into()),
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
