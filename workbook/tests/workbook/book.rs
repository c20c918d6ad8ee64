//! The rendered book: links, ids, formulas, nothing from the network, the report.

use crate::project;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use workbook::build::build;
use workbook::progress::Progress;

/// The book, built once for all tests, into a folder of its own.
fn html() -> &'static Path {
    static FOLDER: OnceLock<tempfile::TempDir> = OnceLock::new();
    FOLDER
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            build(&project(), folder.path(), &Progress::default()).unwrap_or_else(|why| panic!("{why}"));
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

/// `..` and `.` resolved, without asking the file system.
fn resolved(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut sum, part| {
        match part {
            Component::ParentDir => drop(sum.pop()),
            Component::CurDir => {}
            part => sum.push(part),
        }
        sum
    })
}

/// Links inside the pages that lead nowhere, and ids that stand twice.
fn broken(pages: &BTreeMap<PathBuf, String>, exists: impl Fn(&Path) -> bool) -> Vec<String> {
    let parsed: BTreeMap<&PathBuf, Html> =
        pages.iter().map(|(path, text)| (path, Html::parse_document(text))).collect();
    let mut complaints = Vec::new();
    let mut ids: BTreeMap<&Path, HashSet<&str>> = BTreeMap::new();
    for (path, page) in &parsed {
        let seen = ids.entry(path.as_path()).or_default();
        for id in select(page, "[id]").iter().filter_map(|element| element.value().attr("id")) {
            if !seen.insert(id) {
                complaints.push(format!("{}: the id `{id}` stands twice", path.display()));
            }
        }
    }
    for (path, page) in &parsed {
        let folder = path.parent().unwrap_or(Path::new(""));
        for element in select(page, "[href], [src]") {
            let Some(to) = element.value().attr("href").or(element.value().attr("src")) else { continue };
            if ["http:", "https:", "mailto:", "data:"].iter().any(|scheme| to.starts_with(scheme)) {
                continue;
            }
            let (file, fragment) = to.split_once('#').map_or((to, None), |(file, id)| (file, Some(id)));
            let target = if file.is_empty() { (*path).clone() } else { resolved(&folder.join(file)) };
            let found = if file.is_empty() { true } else { exists(&target) };
            let anchor = fragment
                .filter(|id| !id.is_empty())
                .is_none_or(|id| ids.get(target.as_path()).is_none_or(|ids| ids.contains(id)));
            if !found || !anchor {
                complaints.push(format!("{}: `{to}` leads nowhere", path.display()));
            }
        }
    }
    complaints
}

#[test]
fn every_link_and_anchor_leads_somewhere() {
    let html = html();
    let mut pages = pages(html);
    // mdBook's own pages: one resolves links from the site's root, which a folder
    // has none of; the other repeats all pages and renames ids.
    pages.remove(Path::new("404.html"));
    pages.remove(Path::new("print.html"));
    let complaints = broken(&pages, |target| html.join(target).exists());
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn a_broken_link_is_found() {
    let page = |body: &str| BTreeMap::from([(PathBuf::from("a/b.html"), body.to_owned())]);
    let here = |target: &Path| target == Path::new("a/b.html") || target == Path::new("c.html");
    assert!(broken(&page("<p id=x><a href='../c.html'>c</a><a href='b.html#x'>x</a>"), here).is_empty());
    for body in ["<a href='c.html'>c</a>", "<a href='#y'>y</a>", "<img src='../d.png'>", "<p id=x><p id=x>"] {
        assert_eq!(broken(&page(body), here).len(), 1, "{body}");
    }
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
