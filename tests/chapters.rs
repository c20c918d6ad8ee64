//! The reader's chapters: builds them when it runs, and grades every answer in a
//! process of its own. `cargo test ch03` grades chapter 3.
//!
//! An exercise whose stub still holds its `todo!` is listed as ignored.

use checks::reader::{self, Built, LIMIT};
use checks::{Chapter, Kind};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

fn main() {
    let arguments = Arguments::from_args();
    let trials = checks::chapters().iter().flat_map(trials).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// One trial for each graded exercise, and one that the chapter compiles.
fn trials(chapter: &Chapter) -> Vec<Trial> {
    let name = chapter.name;
    let short = name.split('_').next().unwrap_or(name);
    let stub = root().join("chapters").join(name).with_extension("rs");
    // A file that is no UTF-8 is rustc's to complain about; what is untouched in it stays so.
    let source = String::from_utf8_lossy(&std::fs::read(&stub).unwrap_or_default()).into_owned();
    let mut trials = vec![Trial::test(format!("{short}::compiles"), move || compiles(name).map(drop))];
    for exercise in chapter.exercises.iter().filter(|exercise| exercise.meta().kind == Kind::Implement) {
        let meta = exercise.meta();
        let checks: Vec<&str> = exercise.checks().into_iter().map(|(name, _)| name).collect();
        let trial = Trial::test(format!("{short}::{}::{}", meta.id, meta.name), move || {
            grade(name, meta.id, &checks)
        });
        let waits = source.is_empty() || reader::untouched(&source, meta.id);
        trials.push(trial.with_ignored_flag(waits));
    }
    trials
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
