//! Tables that are generated from the library.

use super::{bound_tables, lab_tables};
use checks::check::number;
use vdm::Divergence;
use vdm::divergence::Provenance;

/// A table: heads and cells are Markdown with inline formulas.
pub(super) struct Table {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// The names of all tables.
pub(super) const NAMES: [&str; 10] = [
    "catalogue",
    "bounds",
    "maximised",
    "lab-line",
    "lab-bounds",
    "lab-cross",
    "lab-others",
    "lab-ring",
    "lab-grid",
    "lab-recipes",
];

/// The table of that name.
pub(super) fn table(name: &str) -> Option<Table> {
    match name {
        "catalogue" => Some(catalogue()),
        "bounds" => Some(bound_tables::bounds()),
        "maximised" => Some(bound_tables::maximised()),
        "lab-line" => Some(lab_tables::line()),
        "lab-bounds" => Some(lab_tables::bounds()),
        "lab-cross" => Some(lab_tables::cross()),
        "lab-others" => Some(lab_tables::others()),
        "lab-ring" => Some(lab_tables::plane("ring")),
        "lab-grid" => Some(lab_tables::plane("grid")),
        "lab-recipes" => Some(lab_tables::recipes()),
        _ => None,
    }
}

/// The named divergences of the library, one a row.
fn catalogue() -> Table {
    let head = [
        "divergence",
        "$f(0)$",
        "$f'(0^+)$",
        "$f'(\\infty)$",
        "$f(1)$",
        "$f'(1)$",
        "$\\operatorname{dom} f^*$",
        "$f^*$",
    ];
    Table {
        head: head.map(str::to_owned).to_vec(),
        rows: vdm::catalogue::named().iter().map(|member| row(member.as_ref())).collect(),
    }
}

fn row(member: &dyn Divergence) -> Vec<String> {
    let slope = member.slope_at_one();
    vec![
        member.title(),
        rounded(member.at_zero()),
        rounded(member.slope_at_zero()),
        rounded(member.slope_at_infinity()),
        rounded(member.at_one()),
        if slope.is_point() { rounded(slope.representative()) } else { interval(slope) },
        interval(member.conjugate_domain()),
        match member.conjugate_provenance() {
            Provenance::ClosedForm => "formula".into(),
            Provenance::Numeric => "numeric".into(),
        },
    ]
}

/// Four decimals at most.
pub(super) fn rounded(x: f64) -> String {
    let rounded = (x * 1e4).round() / 1e4;
    let text = number(if rounded == 0.0 { 0.0 } else { rounded });
    text.replace('-', "−").replace("+∞", "∞")
}

/// An interval with rounded ends.
fn interval(interval: vdm::Interval) -> String {
    let (low, high) = (interval.low(), interval.high());
    let open = if interval.contains(low) { '[' } else { '(' };
    let close = if interval.contains(high) { ']' } else { ')' };
    // A no-break space: an interval stays on one line.
    format!("{open}{},\u{a0}{}{close}", rounded(low), rounded(high))
}
