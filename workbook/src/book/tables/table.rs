//! A table, and how a number stands in one.

use checks::check::number;

/// A table: heads and cells are Markdown with inline formulas.
pub(in crate::book) struct Table {
    pub(in crate::book) head: Vec<String>,
    pub(in crate::book) rows: Vec<Vec<String>>,
}

/// Four decimals at most.
pub(super) fn rounded(x: f64) -> String {
    let rounded = (x * 1e4).round() / 1e4;
    let text = number(if rounded == 0.0 { 0.0 } else { rounded });
    text.replace('-', "−").replace("+∞", "∞")
}
