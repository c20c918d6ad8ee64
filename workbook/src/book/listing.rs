//! A derivation as it is typed, fitted to the width of a page: reasons close behind what
//! they are for, and on a line of their own where both are too long together. It is the
//! same derivation: white space separates, and a reason may stand on the next line.

/// The characters that fit into a line of a box.
const WIDTH: usize = 76;

/// The text, fitted.
pub(super) fn fitted(text: &str) -> String {
    let lines: Vec<(&str, Option<&str>)> = text.lines().map(split).collect();
    let longest = |fits: &dyn Fn(usize) -> bool| {
        let lengths = lines.iter().filter(|(_, by)| by.is_some()).map(|(line, _)| line.chars().count());
        lengths.filter(|length| fits(*length)).max().unwrap_or(0)
    };
    let reason = lines.iter().filter_map(|(_, by)| *by).map(|by| by.chars().count()).max().unwrap_or(0);
    let column = longest(&|length| length + GAP + reason <= WIDTH) + GAP;
    let fit = |(line, by): &(&str, Option<&str>)| match by {
        None => (*line).to_owned(),
        Some(by) if line.chars().count() + GAP <= column => format!("{line:<column$}{by}"),
        Some(by) => format!("{line}\n      {by}"),
    };
    lines.iter().map(fit).collect::<Vec<_>>().join("\n")
}

/// Between a term and its reason.
const GAP: usize = 3;

/// A line and its reason, if some spaces stand between them.
fn split(line: &str) -> (&str, Option<&str>) {
    let line = line.trim_end();
    match line.rfind("  by ") {
        Some(at) if !line[..at].trim().is_empty() && !line.trim_start().starts_with("--") => {
            (line[..at].trim_end(), Some(line[at..].trim_start()))
        }
        _ => (line, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_stand_below_each_other_and_long_lines_are_broken() {
        assert_eq!(
            fitted("a\n  = b          by constant\n  = c + d      by bayes"),
            "a\n  = b       by constant\n  = c + d   by bayes"
        );
        let long = "x".repeat(70);
        assert_eq!(
            fitted(&format!("a\n  = b        by bayes\n  = {long}        by constant")),
            format!("a\n  = b   by bayes\n  = {long}\n      by constant")
        );
        assert_eq!(fitted("-- end it with  by reason\na"), "-- end it with  by reason\na");
    }
}
