//! A table with every cell, and each mistake that one can plant in its source.

use super::*;
use crate::book::math::Math;
use crate::book::page::Page;

const PAGE: &str = "# 1. A page\n\n## A part {#part}\n\n\
    ```definition id=\"a-word\" title=\"A word\"\nx\n```\n\n\
    ```claim id=\"a-claim\" test=\"a-law\" title=\"Of $x$\"\nx\n```\n\n\
    ```derivation id=\"a-chain\" title=\"A chain\"\nx\n```\n\n\
    ```figure id=\"a-figure\"\nx\n```\n\n```exercise id=\"1.1\"\n```\n";
const ERRATA_PAGE: &str = "# Errata\n\n## A slip {#a-slip}\n";

const SHEET: &str = "\
[[section]]
title = 'The part'

[[section.item]]
kind = 'formula'
at = '3:21'
says = 'what $x$ is'
page = ['lecture-1/ch01_page.md#part', 'lecture-1/ch01_page.md']
block = ['a-word', 'a-claim', 'a-chain']
law = ['another-law']
exercise = ['1.1']
figure = ['a-figure']
corrected = 'it is $y$'
erratum = ['a-slip']
";

/// The table of a source, and each problem's line and words.
fn tried(source: &str) -> (String, Vec<(usize, String)>) {
    let pages = [Page::at("lecture-1/ch01_page.md", PAGE), Page::at("back/errata.md", ERRATA_PAGE)];
    let knowledge = Knowledge {
        spots: &Spots::of(&pages),
        laws: vec!["a-law", "another-law"],
        math: &Math::new(),
        here: Path::new("back/coverage.md"),
        verification: Some("verification.html"),
    };
    let mut problems = Vec::new();
    let html = render(Path::new("book/coverage/a.toml"), source, &knowledge, &mut problems);
    assert!(problems.iter().all(|problem| problem.file == Path::new("book/coverage/a.toml")));
    (html, problems.iter().map(|problem| (problem.line, problem.what.to_string())).collect())
}

#[test]
fn every_cell_is_filled_and_linked() {
    let (html, problems) = tried(SHEET);
    assert_eq!(problems, []);
    for part in [
        "formula · 3:21",
        "1 · <a href=\"../lecture-1/ch01_page.html#part\">A part</a>",
        "<li><a href=\"../lecture-1/ch01_page.html\">1. A page</a>",
        "1 · definition <a href=\"../lecture-1/ch01_page.html#a-word\">A word</a>",
        "<a href=\"verification.html#law-a-law\"><code>a-law</code></a>",
        "1 · derivation <a href=\"../lecture-1/ch01_page.html#a-chain\">A chain</a>",
        "law <a href=\"verification.html#law-another-law\">",
        "<a href=\"../lecture-1/ch01_page.html#exercise-1.1\">1.1</a>",
        "figure <a href=\"../lecture-1/ch01_page.html#figure-a-figure\">a-figure</a>",
        "Corrected: it is ",
        "<a href=\"../back/errata.html#a-slip\">A slip</a>",
    ] {
        assert!(html.contains(part), "{part} is not in\n{html}");
    }
    assert!(!html.contains("coverage-none"), "{html}");
}

#[test]
fn every_planted_mistake_is_found_at_its_line() {
    for (from, to, line, words) in [
        (
            "lecture-1/ch01_page.md#part",
            "lecture-1/ch01_pages.md#part",
            8,
            "no page `lecture-1/ch01_pages.md`; did you mean `lecture-1/ch01_page.md`?",
        ),
        ("_page.md#part", "_page.md#parts", 8, "no heading with the id `parts`; did you mean `part`?"),
        ("'a-word'", "'a-wort'", 9, "identity `a-wort`; did you mean `a-word`?"),
        ("'a-claim'", "'a-clam'", 9, "identity `a-clam`; did you mean `a-claim`?"),
        ("'a-chain'", "'another-chain'", 9, "identity `another-chain`"),
        // A figure is no formula, whatever it shows.
        ("'a-chain'", "'figure-a-figure'", 9, "identity `figure-a-figure`"),
        ("'another-law'", "'another-lew'", 10, "no law is called `another-lew`; did you mean `another-law`?"),
        ("'1.1'", "'1.2'", 11, "no page shows the exercise 1.2"),
        ("['a-figure']", "['a-figur']", 12, "no page shows the figure `a-figur`; did you mean `a-figure`?"),
        (
            "'a-slip'",
            "'a-slap'",
            14,
            "`back/errata.md` has no heading with the id `a-slap`; did you mean `a-slip`?",
        ),
        ("'1.1'", "'1.1', '1.1'", 11, "`1.1` stands twice"),
        ("'a-word', 'a-claim', 'a-chain'", "", 7, "a formula needs a definition, claim or derivation"),
        ("corrected =", "open = 'later'\ncorrected =", 13, "nothing is missing here"),
        ("$x$", "$\\nope$", 7, "cannot be typeset"),
        ("'formula'", "'formular'", 5, "cannot be read"),
        ("exercise =", "exercises =", 11, "cannot be read"),
    ] {
        assert!(SHEET.contains(from), "{from}");
        let (_, problems) = tried(&SHEET.replacen(from, to, 1));
        let told = problems.iter().map(|(line, words)| format!("{line}: {words}")).collect::<Vec<_>>();
        assert!(
            problems.len() == 1 && problems[0].0 == line && problems[0].1.contains(words),
            "{to}: {told:?}"
        );
    }
    let (_, problems) = tried("[[section]]\ntitle = 'The part'\n");
    assert!(matches!(&problems[..], [(2, words)] if words.contains("no items")), "{problems:?}");
}

#[test]
fn what_is_open_says_so() {
    let source = SHEET
        .replace("'a-word', 'a-claim', 'a-chain'", "")
        .replace("corrected =", "open = 'comes *later*'\ncorrected =");
    let (html, problems) = tried(&source);
    assert_eq!(problems, []);
    assert!(html.contains("open: comes <em>later</em>"), "{html}");
    assert!(html.contains("<dt>open</dt><dd>1</dd>"), "{html}");
}
