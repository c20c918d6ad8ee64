//! Examining an exercise itself: the reference passes every check, each chaff is caught
//! by the check that is meant to catch it, and each check catches one.

use crate::exercise::{AnyExercise, ChaffRow};
use std::fmt::Write;

/// The exercise's table of checks × chaffs: ● where a check catches what it is meant to,
/// ○ where it does so too.
///
/// # Errors
/// What is amiss: a reference that fails, a chaff that slips past its check or is told as
/// another mistake, a check that nobody has seen fail, fewer than three chaffs.
pub fn examine(exercise: &dyn AnyExercise) -> Result<String, String> {
    reference_passes(exercise)?;
    let (checks, rows) = (exercise.checks(), exercise.chaff_rows());
    let table = table(exercise, &rows);
    if rows.len() < 3 {
        return Err(format!("only {} chaffs: plant at least three mistakes", rows.len()));
    }
    for row in &rows {
        let chaff = row.chaff;
        if !row.is_caught(&checks) {
            return Err(format!("the chaff {} slips past its check {}{table}", chaff.name, chaff.meant));
        }
        // One that panics is told by its panic.
        if row.told.as_deref() != Some(chaff.misconception) && !chaff.name.starts_with("panics") {
            return Err(format!("the chaff {} is told as {:?}{table}", chaff.name, row.told));
        }
    }
    for (name, _) in &checks {
        if !rows.iter().any(|row| row.chaff.meant == *name) {
            return Err(format!("no chaff is meant for the check {name}: who has seen it fail?"));
        }
    }
    Ok(table)
}

fn reference_passes(exercise: &dyn AnyExercise) -> Result<(), String> {
    let grade = exercise.grade_reference().ok_or("a graded exercise has a reference")?;
    for check in &grade.checks {
        if let Err(broken) = &check.verdict {
            return Err(format!("the reference breaks {}:\n{broken}", check.name));
        }
    }
    Ok(())
}

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
        let _ = writeln!(text, "  {:<32} {cells}", row.chaff.name);
    }
    text
}
