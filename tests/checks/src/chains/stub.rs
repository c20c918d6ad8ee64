//! The file in which a reader writes a derivation.

use super::exercise::ChainExercise;
use crate::{Kind, Meta};
use std::fmt::Write as _;

/// The beginning of the line that tells an untouched file from an attempt.
pub const TODO: &str = "-- TODO";

/// An answer longer than this is not read.
pub const FILE_LIMIT: usize = 64 << 10;

/// The name of the file: `3.15-kl-is-never-negative.derivation`.
pub fn file_name(meta: &Meta) -> String {
    format!("{}-{}.derivation", meta.id, meta.name.replace('_', "-"))
}

/// Does the file still hold its TODO line?
pub fn untouched(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(TODO))
}

/// The text of an untouched file.
pub(super) fn text(exercise: &ChainExercise) -> String {
    let meta = exercise.meta;
    let mut text = format!(
        "-- {} {}: {}.\n-- `cargo workbook check` says of each line whether it stands.\n",
        meta.id,
        meta.title,
        task(meta.kind)
    );
    if !exercise.permitted.is_empty() {
        let _ = writeln!(text, "-- You may cite: {}.", exercise.permitted.join(", "));
    }
    let _ = writeln!(text, "{TODO}: take this line out when you begin.\n");
    match (meta.kind, exercise.broken.as_deref()) {
        (Kind::Repair, Some(broken)) => text.push_str(broken.trim()),
        _ => text.push_str(&between(exercise)),
    }
    text.push('\n');
    text
}

/// Statements, first line and last, without what is to be written.
fn between(exercise: &ChainExercise) -> String {
    let source = exercise.reference;
    // The tests demand that every reference can be read.
    let Ok(certificate) = (exercise.certify)(exercise.meta.id, source) else { return String::new() };
    let frame = super::frame::Frame::of(source, &certificate);
    let first = certificate.first.span.end;
    format!(
        "{}\n  -- … your lines, each with its reason: `= …  by …`; the last line needs one too\n  {} {}",
        source.get(..first).unwrap_or_default().trim(),
        frame.relation,
        frame.end
    )
}

/// What is asked, in a line of the stub.
fn task(kind: Kind) -> &'static str {
    match kind {
        Kind::Repair => "one line is false: find it and mend it",
        _ => "write the lines between the first and the last",
    }
}
