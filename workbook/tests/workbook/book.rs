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

/// What the tests ask of a page, read once for all of them.
struct Page {
    /// Addresses that a browser would fetch from elsewhere to show it.
    elsewhere: Vec<String>,
    /// For each formula: has it a form to be read aloud and one that is only looked at?
    formulas: Vec<bool>,
    /// What a reader reads.
    words: String,
}

impl Page {
    fn of(text: &str) -> Self {
        let page = Html::parse_document(text);
        let mut elsewhere = Vec::new();
        for element in select(&page, "link[href], script[src], img[src], iframe[src], source[src]") {
            let address = element.value().attr("src").or(element.value().attr("href"));
            elsewhere.extend(address.filter(|address| address.contains("//")).map(str::to_owned));
        }
        let [spoken, seen] = ["math", ".katex-html[aria-hidden=true]"].map(selector);
        let readable = |formula: &scraper::ElementRef<'_>| {
            [&spoken, &seen].iter().all(|form| formula.select(form).count() == 1)
        };
        let words = select(&page, "main p, main li, main td, main h2, main h3");
        Self {
            elsewhere,
            formulas: select(&page, ".katex").iter().map(readable).collect(),
            words: words.iter().flat_map(scraper::ElementRef::text).collect(),
        }
    }
}

/// The book's pages, each by its path.
fn pages() -> &'static BTreeMap<PathBuf, Page> {
    static PAGES: OnceLock<BTreeMap<PathBuf, Page>> = OnceLock::new();
    PAGES.get_or_init(|| {
        let mut texts = texts(html());
        // All pages once more, one after the other.
        texts.remove(Path::new("print.html")).expect("a page to print");
        texts.into_iter().map(|(path, text)| (path, Page::of(&text))).collect()
    })
}

/// The HTML files of a folder, each by its path in it.
fn texts(folder: &Path) -> BTreeMap<PathBuf, String> {
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

fn selector(what: &str) -> Selector {
    Selector::parse(what).expect("a selector")
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&selector(what)).collect()
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    // The build has run it too; here its silence is asked for by name.
    workbook::links::check(&project(), html()).unwrap_or_else(|problems| panic!("{problems}"));
}

#[test]
fn no_page_needs_a_network() {
    for (path, page) in pages() {
        assert_eq!(page.elsewhere, Vec::<String>::new(), "{}", path.display());
    }
    assert_eq!(Page::of("<script src='https://cdn.example/x.js'></script>").elsewhere.len(), 1);
    assert_eq!(Page::of("<link href='//cdn.example/x.css'>").elsewhere.len(), 1);
}

#[test]
fn every_formula_can_be_read_aloud() {
    for (path, page) in pages() {
        assert!(page.formulas.iter().all(|readable| *readable), "{}", path.display());
    }
    let formulas: usize = pages().values().map(|page| page.formulas.len()).sum();
    assert!(formulas > 100, "only {formulas} formulas");
    let mute = "<span class='katex'><span class='katex-html' aria-hidden='true'>x</span></span>";
    assert_eq!(Page::of(mute).formulas, [false]);
}

#[test]
fn nothing_of_the_sources_shows_through() {
    for (path, page) in pages() {
        for trace in ["$$", "{{#", "// SOLUTION", "// ANCHOR", "// EXERCISE", "</section>", "</details>"] {
            assert!(!page.words.contains(trace), "`{trace}` shows in {}", path.display());
        }
    }
    assert!(Page::of("<main><p>a $$x$$</p></main>").words.contains("$$"));
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
