//! The records that the book keeps, by name.

use super::record::Record;
use std::sync::OnceLock;

/// The name, the path in the project and the text of every record.
pub(super) const FILES: [(&str, &str, &str); 3] = [
    ("line", "book/labs/fgan/line.json", include_str!("../../../book/labs/fgan/line.json")),
    ("ring", "book/labs/fgan/ring.json", include_str!("../../../book/labs/fgan/ring.json")),
    ("grid", "book/labs/fgan/grid.json", include_str!("../../../book/labs/fgan/grid.json")),
];

/// The names of all records.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, ..)| *name)
}

/// The record of that name; none if there is none, or none that can be read, which
/// [`check`](super::check()) reports.
pub fn record(name: &str) -> Option<&'static Record> {
    static RECORDS: OnceLock<Vec<Option<Record>>> = OnceLock::new();
    let records =
        RECORDS.get_or_init(|| FILES.iter().map(|(.., text)| serde_json::from_str(text).ok()).collect());
    records[FILES.iter().position(|(known, ..)| *known == name)?].as_ref()
}
