//! The exercises themselves: the reference passes every check, each chaff is
//! caught by the check that is meant to catch it, and each check catches one.
//!
//! `cargo test --test exercises -- --nocapture` also prints the table of
//! checks × chaffs.

use checks::AnyExercise;
use checks::exercise::ChaffRow;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let exercises = checks::chapters().into_iter().flat_map(|chapter| chapter.exercises);
    let trials = exercises
        .filter(|exercise| !exercise.checks().is_empty())
        .map(|exercise| {
            let meta = exercise.meta();
            Trial::test(format!("exercise::{}::{}", meta.id, meta.name), move || examine(exercise.as_ref()))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn examine(exercise: &dyn AnyExercise) -> Result<(), Failed> {
    reference_passes(exercise)?;
    let (checks, rows) = (exercise.checks(), exercise.chaff_rows());
    print!("{}", table(exercise, &rows));
    if rows.len() < 3 {
        return Err(format!("only {} chaffs: plant at least three mistakes", rows.len()).into());
    }
    for row in &rows {
        let chaff = row.chaff;
        if !row.is_caught(&checks) {
            return Err(format!("the chaff {} slips past its check {}", chaff.name, chaff.meant).into());
        }
        // One that panics is told by its panic.
        if row.told.as_deref() != Some(chaff.misconception) && !chaff.name.starts_with("panics") {
            return Err(format!("the chaff {} is told as {:?}", chaff.name, row.told).into());
        }
    }
    for (name, _) in &checks {
        if !rows.iter().any(|row| row.chaff.meant == *name) {
            return Err(format!("no chaff is meant for the check {name}: who has seen it fail?").into());
        }
    }
    Ok(())
}

fn reference_passes(exercise: &dyn AnyExercise) -> Result<(), Failed> {
    let grade = exercise.grade_reference().ok_or("a graded exercise has a reference")?;
    for check in &grade.checks {
        if let Err(broken) = &check.verdict {
            return Err(format!("the reference breaks {}:\n{broken}", check.name).into());
        }
    }
    Ok(())
}

/// Which check catches which chaff: ● where it is meant to, ○ where it does so too.
fn table(exercise: &dyn AnyExercise, rows: &[ChaffRow]) -> String {
    let checks = exercise.checks();
    let mut text = format!("\n{} {}\n", exercise.meta().id, exercise.meta().name);
    for row in rows {
        let cell = |((name, _), caught): (&(&str, &str), &bool)| match (*name == row.chaff.meant, caught) {
            (true, true) => format!("● {name}  "),
            (false, true) => format!("○ {name}  "),
            (true, false) => format!("✗ {name}  "),
            (false, false) => String::new(),
        };
        let cells: String = checks.iter().zip(&row.caught).map(cell).collect();
        text.push_str(&format!("  {:<32} {cells}\n", row.chaff.name));
    }
    text
}
