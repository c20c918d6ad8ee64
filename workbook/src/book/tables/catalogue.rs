//! The catalogue's table: every named divergence with its ends, slopes and conjugate.

use super::table::{Table, rounded};
use vdm::Divergence;
use vdm::divergence::Provenance;

/// The named divergences of the library, one a row.
pub(super) fn catalogue() -> Table {
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

/// An interval with rounded ends.
fn interval(interval: vdm::Interval) -> String {
    let (low, high) = (interval.low(), interval.high());
    let open = if interval.contains(low) { '[' } else { '(' };
    let close = if interval.contains(high) { ']' } else { ')' };
    // A no-break space: an interval stays on one line.
    format!("{open}{},\u{a0}{}{close}", rounded(low), rounded(high))
}
