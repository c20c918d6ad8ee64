//! A displayed formula laid out for its page: statements beside each other where there
//! is room and below each other where there is not, and rows that do not touch.
//!
//! Nothing is added to the LaTeX and nothing left out: it is cut where it says `\qquad`
//! or begins a new row. Rows aligned at a sign cannot be broken by a browser, so these
//! have a second form for a narrow page, where each is a formula of its own.

use super::math::{Math, MathError};
use std::fmt::Write as _;

/// A formula, as HTML.
pub(super) fn display(math: &Math, tex: &str) -> Result<String, MathError> {
    let tex = tex.trim_end();
    match Environment::of(tex) {
        None => pieces(math, tex, tex),
        Some(Environment { name: "gathered", body }) => {
            rows(body).into_iter().map(|row| pieces(math, tex, row)).collect()
        }
        Some(Environment { name: "aligned", body }) => {
            let rows = rows(body);
            // An error is told at its place in the LaTeX as it stands.
            math.display(tex)?;
            let wide = math.display(&format!("\\begin{{aligned}}{}\\end{{aligned}}", apart(&rows)))?;
            let narrow: String = rows.iter().map(|row| freed(math, row)).collect::<Result<_, _>>()?;
            Ok(format!(
                "<div class=\"formula-wide\">{wide}</div><div class=\"formula-narrow\">{narrow}</div>"
            ))
        }
        Some(_) => math.display(tex),
    }
}

/// The statements of a row, each free to break.
fn pieces(math: &Math, whole: &str, row: &str) -> Result<String, MathError> {
    let mut html = String::new();
    let statements = cut(row, "\\qquad");
    for statement in &statements {
        let typeset = math
            .display(statement)
            .map_err(|why| why.behind(statement.as_ptr() as usize - whole.as_ptr() as usize))?;
        html.push_str(&typeset);
    }
    Ok(match statements.len() {
        1 => html,
        _ => format!("<div class=\"formula-pieces\">{html}</div>"),
    })
}

/// An aligned row without its marks of alignment: its statements, each free to break, beside
/// each other where there is room. What begins at a mark goes on from the row above.
fn freed(math: &Math, row: &str) -> Result<String, MathError> {
    let cells = split(row, "&");
    let goes_on = cells[0].trim().is_empty() && cells.get(1).is_some_and(|cell| !cell.trim().is_empty());
    let class = if goes_on { "formula-row formula-goes-on" } else { "formula-row" };
    let mut html = format!("<div class=\"{class}\">");
    // Between the marks of a pair stands one statement, between pairs is space.
    for pair in cells.chunks(2) {
        for statement in cut(&pair.join(" "), "\\qquad") {
            for part in before_words(statement) {
                html.push_str(&math.display(&part)?);
            }
        }
    }
    html.push_str("</div>");
    Ok(html)
}

/// A statement cut before the words that follow it at a distance.
fn before_words(statement: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in cut(statement, "\\quad") {
        match parts.last_mut() {
            Some(last) if !part.trim_start().starts_with("\\text") => {
                last.push_str("\\quad");
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}

/// Rows with room between them: KaTeX sets the next one right below what is deep.
fn apart(rows: &[&str]) -> String {
    let mut latex = String::new();
    for (index, row) in rows.iter().enumerate() {
        latex.push_str(row);
        if index + 1 < rows.len() {
            let _ = write!(latex, "\\\\[{:.2}em]", (depth(row) - STRUT + ROOM).max(ROOM));
        }
    }
    latex
}

/// How deep KaTeX's strut of a row is, in em, and how much room to leave below a row.
const STRUT: f64 = 0.36;
const ROOM: f64 = 0.2;

/// About how deep a row reaches below its baseline, in em.
fn depth(row: &str) -> f64 {
    let cases = row.matches("\\begin{cases}").count();
    if cases > 0 {
        let lines = row
            .split("\\begin{cases}")
            .skip(1)
            .map(|case| case.split("\\end{cases}").next().unwrap_or_default().matches("\\\\").count() + 1);
        // Lines of 1.44 em, half of them below the axis.
        return 0.72 * lines.max().unwrap_or(1) as f64 - 0.25;
    }
    let holds = |any: &[&str]| any.iter().any(|word| row.contains(word));
    match () {
        () if holds(&["\\sum_{"]) => 1.3,
        () if holds(&["\\frac", "\\dfrac", "\\int"]) => 0.95,
        () if holds(&["\\sum_", "\\max_", "\\min_", "\\sup_", "\\inf_", "arg"]) => 0.85,
        () => STRUT,
    }
}

/// A formula that is one environment.
struct Environment<'a> {
    name: &'a str,
    body: &'a str,
}

impl<'a> Environment<'a> {
    fn of(tex: &'a str) -> Option<Self> {
        let (name, rest) = tex.trim_start().strip_prefix("\\begin{")?.split_once('}')?;
        let body = rest.trim_end().strip_suffix(&format!("\\end{{{name}}}"))?;
        (!body.contains(&format!("\\end{{{name}}}"))).then_some(Self { name, body })
    }
}

/// The rows of an environment, without the space that one asks for below it.
fn rows(body: &str) -> Vec<&str> {
    let unspaced = |row: &'_ str| match row.trim_start().strip_prefix('[') {
        Some(spaced) => spaced.find("pt]").map_or(0, |end| row.len() - spaced.len() + end + 3),
        None => 0,
    };
    cut(body, "\\\\").into_iter().map(|row| &row[unspaced(row)..]).collect()
}

/// The pieces of LaTeX between separators that stand in no group or environment, but for
/// empty ones.
fn cut<'a>(tex: &'a str, separator: &str) -> Vec<&'a str> {
    let mut pieces = split(tex, separator);
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// All of these pieces.
fn split<'a>(tex: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut pieces, mut start, mut deep, mut at) = (Vec::new(), 0, 0_i32, 0);
    while at < tex.len() {
        let rest = &tex[at..];
        if deep == 0 && rest.starts_with(separator) {
            pieces.push(&tex[start..at]);
            at += separator.len();
            start = at;
            continue;
        }
        match () {
            () if rest.starts_with("\\begin{") => deep += 1,
            () if rest.starts_with("\\end{") => deep -= 1,
            () if rest.starts_with('{') => deep += 1,
            () if rest.starts_with('}') => deep -= 1,
            () => {}
        }
        // A backslash takes the next character with it: `\{` opens no group.
        let is_escape =
            rest.starts_with('\\') && !rest.starts_with("\\begin{") && !rest.starts_with("\\end{");
        let step = if is_escape { 2 } else { 1 };
        at += rest.chars().take(step).map(char::len_utf8).sum::<usize>();
    }
    pieces.push(&tex[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_cut_where_no_group_is_open() {
        assert_eq!(cut("a \\qquad b", "\\qquad"), ["a ", " b"]);
        assert_eq!(cut("\\{a\\qquad b\\}", "\\qquad"), ["\\{a", " b\\}"]);
        assert_eq!(cut("{a \\qquad b}\\qquad\\qquad c", "\\qquad"), ["{a \\qquad b}", " c"]);
        let cases = "f = \\begin{cases} 1 & a \\\\ 2 & b \\end{cases} \\\\[2pt] g";
        assert_eq!(rows(cases), ["f = \\begin{cases} 1 & a \\\\ 2 & b \\end{cases} ", " g"]);
    }

    #[test]
    fn a_gathered_row_is_a_formula_of_its_own() {
        let math = Math::new();
        let html = display(&math, "\\begin{gathered} a, \\qquad b \\\\ c \\end{gathered}").unwrap();
        assert_eq!(html.matches("class=\"katex-display\"").count(), 3, "{html}");
        assert_eq!(html.matches("formula-pieces").count(), 1, "{html}");
    }

    #[test]
    fn aligned_rows_have_a_second_form_that_can_break() {
        let math = Math::new();
        let html = display(&math, "\\begin{aligned} f &= a \\\\ &= b \\qquad c && d \\end{aligned}").unwrap();
        assert_eq!(html.matches("class=\"formula-row\"").count(), 1, "{html}");
        assert_eq!(html.matches("formula-goes-on").count(), 1, "{html}");
        // The whole, then f = a, = b, c and d.
        assert_eq!(html.matches("class=\"katex-display\"").count(), 5, "{html}");
        assert!(html.starts_with("<div class=\"formula-wide\">"), "{html}");
    }

    #[test]
    fn an_error_in_a_piece_knows_its_place_in_the_whole() {
        let tex = "a \\qquad \\nonsense{b}";
        assert_eq!(display(&Math::new(), tex).unwrap_err().offset, 9);
        let tex = "\\begin{gathered} a \\\\ \\nonsense{b} \\end{gathered}";
        assert_eq!(display(&Math::new(), tex).unwrap_err().offset, tex.find("\\nonsense").unwrap());
    }
}
