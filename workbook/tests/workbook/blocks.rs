//! Blocks, formulas and included code: what they become, and that each mistake
//! stops the build at its own line.

use crate::project;
use checks::LawReport;
use checks::chains::scripted;
use checks::law::{ChaffReport, Formula};
use std::path::Path;
use workbook::book::Pages;
use workbook::course::Course;
use workbook::derivations::Certifier;
use workbook::problem::Problems;
use workbook::report::Report;

/// A report with one law that holds and one that does not.
fn report() -> Report {
    let law = |name, caught: bool, latex: Option<&'static str>| LawReport {
        name,
        statement: "f(u) + f*(t) ≥ u·t",
        formula: latex.map(|latex| Formula { latex, file: "laws.rs", line: 7 }),
        members: 2,
        cases: 512,
        worst_residual: 0.031,
        chaffs: vec![ChaffReport {
            name: "a <wrong> sign".into(),
            caught_by: caught.then(|| name.to_owned()),
        }],
        broken: None,
    };
    Report {
        laws: vec![
            law("fenchel-young", true, Some("a\n\\le b")),
            law("blunt", false, Some("a")),
            law("silent", true, None),
        ],
        ..Report::default()
    }
}

/// Renders a page as if it were one of the book's.
pub(crate) fn render(source: &str) -> (Result<String, Problems>, Report) {
    render_with(&Certifier::new(scripted::certify, None), source)
}

/// The same with another checker.
pub(crate) fn render_with(certifier: &Certifier, source: &str) -> (Result<String, Problems>, Report) {
    let (project, mut report) = (project(), report());
    let course = Course::load(&project).expect("the course is complete");
    let mut pages = Pages::new(&project, &course, &mut report, certifier);
    pages.add(Path::new("book/src"), Path::new("lecture-1/page.md"), source);
    let rendered = pages.render().map(|mut pages| pages.remove(0));
    (rendered, report)
}

#[track_caller]
fn good(source: &str) -> String {
    render(source).0.unwrap_or_else(|problems| panic!("{problems}"))
}

/// Each problem's line and some words of it.
#[track_caller]
pub(crate) fn check_problems(source: &str, expected: &[(usize, &str)]) {
    let problems = match render(source).0 {
        Ok(page) => panic!("nothing was found wrong; the page is\n{page}"),
        Err(problems) => problems.0,
    };
    let told: Vec<_> = problems.iter().map(|problem| (problem.line, problem.what.to_string())).collect();
    let as_expected = told.len() == expected.len()
        && told.iter().zip(expected).all(|(told, (line, words))| told.0 == *line && told.1.contains(words));
    assert!(as_expected, "expected {expected:?}\nfound    {told:?}");
    assert!(problems.iter().all(|problem| problem.file == Path::new("book/src/lecture-1/page.md")));
}

/// A block with a body.
pub(crate) fn block(info: &str, body: &str) -> String {
    format!("Words.\n\n```{info}\n{body}\n```\n")
}

const CLAIM: &str = "claim id=\"young\" test=\"fenchel-young\" title=\"Young's $f^*$\"";

#[test]
fn a_claim_shows_its_formula_and_its_law() {
    let (page, report) = render(&block(CLAIM, "a \\le b"));
    let page = page.expect("the claim is good");
    for part in
        ["id=\"young\"", "<math", "aria-hidden=\"true\"", "a &lt;wrong&gt; sign", "512 cases", "3.10 %"]
    {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let claim = &report.claims[0];
    assert_eq!((claim.id.as_str(), claim.test.as_str()), ("young", "fenchel-young"));
    assert_eq!(claim.page, "lecture-1/page.md");
}

#[test]
fn a_box_is_one_block_of_markdown() {
    let page = good(&block(CLAIM, "a\n\\le\nb"));
    let start = page.find("<section").expect("a box");
    let end = page.find("</section>").expect("its end");
    assert!(!page[start..end].contains("\n\n"), "{page}");
}

#[test]
fn a_formula_survives_markdown() {
    let page =
        good("Both $a_1 * b_2 * c$ and *this*.\n\n| $x \\vert y$ | b |\n|---|---|\n| c | $\\vert$ |\n");
    assert!(!page.contains('$') && page.contains("*this*"), "{page}");
    let html = page.lines().next().unwrap_or_default();
    let outside: String =
        html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    assert!(!outside.replace("*this*", "").contains(['*', '_']), "{outside}");
}

#[test]
fn code_is_left_alone() {
    for source in [
        "`$$x$$`\n",
        "```text\n$$ {id=\"a\"}\n```\n",
        "    $$\n",
        "costs \\$5\n",
        "```rust\nlet a = \"$\";\n```\n",
    ] {
        assert_eq!(good(source), source);
    }
}

#[test]
fn included_code_loses_its_marks() {
    let page = good("```rust\n{{#include ../../../src/ch03_convex_conjugate/exercises.rs}}\n```\n");
    assert!(page.contains("pub fn conjugate_of_kl"), "{page}");
    assert!(!["// SOLUTION", "// END", "// EXERCISE"].iter().any(|mark| page.contains(mark)), "{page}");
}

#[test]
fn an_exercise_shows_its_signature_and_hints_but_no_answer() {
    let page = good("```exercise id=\"3.1\"\n```\n");
    for part in
        ["{#exercise-3.1}", "pub fn conjugate_of_kl(t: f64) -> f64", "Hint: </span>nudge", "cargo test ch03"]
    {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    assert!(!page.contains("(t - 1.0).exp()\n    // END"), "{page}");
}

#[test]
fn display_mathematics_stands_in_blocks_only() {
    check_problems("a\n\nb $$x$$ c\n", &[(3, "`$$`")]);
    check_problems("a\n\n$$\nx\n\ny\n$$\n", &[(3, "`$$`"), (7, "`$$`")]);
    check_problems("a $x\n", &[(1, "no partner")]);
    check_problems("# About $f$\n", &[(1, "heading")]);
    check_problems("a\nb $\\nonsense$\n", &[(2, "nonsense")]);
    check_problems(&block("definition id=\"a\" title=\"b\"", "a +\n\\frac{b}"), &[(5, "typeset")]);
    check_problems(&block("definition id=\"a\" title=\"$\\nope$\"", "b"), &[(3, "nope")]);
}

#[test]
fn a_claim_needs_a_law_that_did_its_work() {
    let claim = |test: &str| block(&CLAIM.replace("fenchel-young", test), "a");
    check_problems(&claim("fenchel-yung"), &[(3, "did you mean `fenchel-young`?")]);
    check_problems(&claim("blunt"), &[(3, "does not hold, or accepts a planted mistake")]);
}

#[test]
fn a_claim_shows_what_its_law_checks() {
    let place = "laws.rs:7";
    check_problems(&block(CLAIM, "a\n\\ge b"), &[(5, place)]);
    check_problems(&block(CLAIM, "a\n\\ge b"), &[(5, "here  … \\ge b\n    law   … \\le b")]);
    check_problems(&block(CLAIM, "a\n\\le b\n+ 1"), &[(6, "(ends here)")]);
    check_problems(&block(CLAIM, "a"), &[(4, "here  … (ends here)")]);
    check_problems(&block(&CLAIM.replace("fenchel-young", "silent"), "a"), &[(3, "states no formula")]);
    let second = block(&CLAIM.replace("id=\"young\"", "id=\"again\""), "a \\le b");
    let both = format!("{}{second}", block(CLAIM, "a \\le b"));
    check_problems(&both, &[(8, "already stands behind the claim at book/src/lecture-1/page.md:3")]);
}

#[test]
fn mathematics_has_no_way_around_the_checks() {
    check_problems("a\n\n\\[ x \\]\n", &[(3, "`\\[` begins no formula")]);
    check_problems("a \\\\( x \\\\)\n", &[(1, "`\\(` begins no formula")]);
    check_problems("a\n\n<div>$$x$$</div>\n", &[(3, "`$` in raw HTML")]);
    check_problems("a <b>\\[x\\]</b>\n", &[(1, "`\\[` begins")]);
    check_problems("<p>\n\\[x\\]</p>\n", &[(2, "`\\[` in raw HTML")]);
    check_problems("a <math><mi>x</mi></math>\n", &[(1, "`<math`")]);
    check_problems("a\n\n<SCRIPT>1</SCRIPT>\n", &[(3, "`<script`")]);
    assert!(good("`\\[x\\]` and <b>a [link](b.md)</b>\n\n    \\[\n").contains("<b>"));
}

#[test]
fn a_block_ends() {
    check_problems("a\n\n```text\nb\n", &[(3, "no end: close it by a line ```` ``` ````")]);
    check_problems("a\n\n````text\nb\n```\n", &[(3, "no end")]);
    check_problems("a\n\n```claim id=\"a\" test=\"fenchel-young\" title=\"b\"\nc\n", &[(3, "no end")]);
    check_problems("> ```text\n> b\n\nc\n", &[(1, "no end")]);
    for source in ["```text\nb\n```", "~~~\nb\n~~~~\n", "- a\n\n  ```text\n  b\n  ```\n", "> ```\n> ```\n"] {
        assert_eq!(good(source), source);
    }
}

#[test]
fn every_block_names_something_that_is_there() {
    check_problems(&block("figure id=\"no-such\"", "A caption."), &[(3, "no figure `no-such`")]);
    check_problems(&block("exercise id=\"3.99\"", ""), &[(3, "no exercise 3.99")]);
    check_problems(&block("table id=\"no-such\"", "A caption."), &[(3, "no table `no-such`")]);
    check_problems(&block("coverage id=\"no-such\"", ""), &[(3, "no-such.toml cannot be read")]);
    check_problems(&block("theorem id=\"a\" title=\"b\"", "c"), &[(3, "no block `theorem`")]);
    check_problems(&block("derivation id=\"a\"", "c"), &[(3, "title=")]);
    check_problems(&block("claim id=\"a\" title=\"b\"", "c"), &[(3, "test=")]);
}

#[test]
fn bodies_are_there_or_not_as_they_should() {
    check_problems(&block("definition id=\"a\" title=\"b\"", ""), &[(3, "empty")]);
    check_problems(&block("figure id=\"tangent\"", ""), &[(3, "caption")]);
    check_problems(&block("exercise id=\"3.1\"", "words"), &[(3, "takes no body")]);
    check_problems(&block("verification", "words"), &[(3, "takes no body")]);
    check_problems(&block("coverage id=\"lecture-1\"", "words"), &[(3, "takes no body")]);
}

#[test]
fn an_id_stands_once() {
    let twice = block(CLAIM, "a \\le b").repeat(2);
    check_problems(&twice, &[(8, "already at book/src/lecture-1/page.md:3")]);
}

#[test]
fn blocks_stand_at_the_margin() {
    check_problems("- a\n\n  ```figure id=\"tangent\"\n  A caption.\n  ```\n", &[(3, "left margin")]);
}

#[test]
fn code_comes_from_a_marked_place() {
    let include = |target: &str| format!("a\n\n```rust\n{{{{#include {target}}}}}\n```\n");
    check_problems(&include("../../../src/lib.rs:no-such"), &[(4, "no `// ANCHOR: no-such`")]);
    check_problems(&include("../../../src/nothing.rs:a"), &[(4, "no file")]);
    check_problems(&include("../../../../../../../etc/hosts"), &[(4, "no file")]);
    check_problems(&include("../../../src/lib.rs:3:5"), &[(4, "line numbers")]);
    check_problems("a {{#include x.md}}\n", &[(1, "inside a fenced code block")]);
    check_problems("```rust\n{{#playground x.rs}}\n```\n", &[(2, "not used in this book")]);
    check_problems("```rust\n{{#include x.rs\n```\n", &[(2, "no `}}`")]);
    // What is put in the place of a formula or a block leaves no place inside it.
    check_problems("a\n$x = {{#recorded ring.kl.modes}}$\n", &[(2, "between words")]);
    let caption = "```figure id=\"tangent-intercept\"\nIt is {{#recorded ring.kl.modes}}.\n```\n";
    check_problems(caption, &[(2, "between words")]);
}

#[test]
fn all_problems_are_told_at_once() {
    check_problems(
        "$$a$$\n\n$\\nope$\n\n```figure id=\"x\"\nc\n```\n",
        &[(1, "$$"), (3, "nope"), (5, "no figure")],
    );
}
