//! The child's side: the `main` of a chapter's binary.

use crate::exercise::{Attempt, Grade};
use std::path::Path;
use std::process::ExitCode;

/// Grades answers. With `--grade ID --report FILE` one of them, its [`Grade`] as
/// JSON into FILE; without arguments all of them, as text.
///
/// The report goes into a file and not to standard output, which belongs to the
/// reader's own prints.
pub fn answer(attempts: &[Attempt]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            for attempt in attempts {
                print(&attempt.grade());
            }
            ExitCode::SUCCESS
        }
        ["--grade", id, "--report", file] => match attempts.iter().find(|attempt| attempt.meta.id == id) {
            Some(attempt) => {
                limit_memory();
                let file = Path::new(file);
                // For the parent, should this process not come to an end.
                let note = |property: &str| drop(std::fs::write(super::run::progress(file), property));
                report(&attempt.grade_noting(&note), file)
            }
            None => complain(&format!(
                "exercise {id} is not in the list of this file's `main`: put `main` back as it was"
            )),
        },
        _ => complain("usage: no arguments, or --grade ID --report FILE"),
    }
}

fn print(grade: &Grade) {
    println!("{}: {}", grade.id, if grade.passed() { "passed" } else { "not yet" });
    for check in &grade.checks {
        if let Err(broken) = &check.verdict {
            println!("  {}\n{broken}", check.property);
        }
    }
}

fn report(grade: &Grade, file: &Path) -> ExitCode {
    let written =
        serde_json::to_vec(grade).map_err(std::io::Error::other).and_then(|json| std::fs::write(file, json));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => complain(&format!("the report could not be written: {why}")),
    }
}

/// Lets an answer that allocates without end fail by itself, before the machine
/// begins to swap.
fn limit_memory() {
    #[cfg(unix)]
    {
        const LIMIT: u64 = 4 << 30;
        // Without the limit the answer is graded all the same.
        let _ = rlimit::setrlimit(rlimit::Resource::AS, LIMIT, LIMIT);
    }
}

fn complain(what: &str) -> ExitCode {
    eprintln!("{what}");
    ExitCode::from(2)
}
