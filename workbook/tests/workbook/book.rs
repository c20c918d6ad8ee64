//! The rendered book: links, ids, formulas, nothing from the network, the report.

use crate::project;
use scraper::{Html, Selector};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use workbook::build::build;
use workbook::progress::Progress;

/// The book, built once for all tests, into a folder of its own.
fn html() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            build(&project(), folder.path(), true, &Progress::default())
                .unwrap_or_else(|why| panic!("{why}"));
            folder
        })
        .path()
}

/// The HTML files of a folder, each by its path in it.
fn pages(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inside) = open.pop() {
        for entry in std::fs::read_dir(&inside).expect("a readable folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|kind| kind == "html") {
                let text = std::fs::read_to_string(&path).expect("a readable page");
                pages.insert(path.strip_prefix(folder).unwrap_or(&path).to_owned(), text);
            }
        }
    }
    pages
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(what).expect("a selector")).collect()
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    // The build has run it too; here its silence is asked for by name.
    workbook::links::check(&project(), html()).unwrap_or_else(|problems| panic!("{problems}"));
}

/// Addresses that a browser would fetch from elsewhere to show a page.
fn from_elsewhere(page: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    select(&page, "link[href], script[src], img[src], iframe[src], source[src]")
        .iter()
        .filter_map(|element| element.value().attr("src").or(element.value().attr("href")))
        .filter(|address| address.contains("//"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn no_page_needs_a_network() {
    for (path, text) in pages(html()) {
        assert_eq!(from_elsewhere(&text), Vec::<String>::new(), "{}", path.display());
    }
    assert_eq!(from_elsewhere("<script src='https://cdn.example/x.js'></script>").len(), 1);
    assert_eq!(from_elsewhere("<link href='//cdn.example/x.css'>").len(), 1);
}

#[test]
fn every_formula_can_be_read_aloud() {
    let mut formulas = 0;
    for (path, text) in pages(html()) {
        let page = Html::parse_document(&text);
        for formula in select(&page, ".katex") {
            formulas += 1;
            let inside = |what: &str| formula.select(&Selector::parse(what).expect("a selector")).count();
            assert!(
                inside("math") == 1 && inside(".katex-html[aria-hidden=true]") == 1,
                "{}",
                path.display()
            );
        }
    }
    assert!(formulas > 100, "only {formulas} formulas");
}

#[test]
fn nothing_of_the_sources_shows_through() {
    for (path, text) in pages(html()) {
        let page = Html::parse_document(&text);
        let words: String = select(&page, "main p, main li, main td, main h2, main h3")
            .iter()
            .flat_map(scraper::ElementRef::text)
            .collect();
        for trace in ["$$", "{{#", "// SOLUTION", "// ANCHOR", "// EXERCISE", "</section>", "</details>"] {
            assert!(!words.contains(trace), "`{trace}` shows in {}", path.display());
        }
    }
}

#[test]
fn the_report_has_what_the_page_shows() {
    let text = std::fs::read_to_string(html().join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let count = |key: &str| report[key].as_array().map_or(0, Vec::len);
    assert_eq!(count("laws"), checks::laws().len());
    assert_eq!(
        count("exercises"),
        checks::chapters().iter().map(|chapter| chapter.exercises.len()).sum::<usize>()
    );
    assert!(count("claims") > 0 && count("figures") > 0);
    for law in report["laws"].as_array().into_iter().flatten() {
        let chaffs = law["chaffs"].as_array().expect("chaffs");
        assert!(!chaffs.is_empty() && chaffs.iter().all(|chaff| chaff["caught_by"].is_string()), "{law}");
        assert!(law["cases"].as_u64() > Some(0) && law["worst_residual"].is_number(), "{law}");
    }
}
