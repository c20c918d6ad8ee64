//! The repository itself: what must be written, named, registered, used.
//!
//! Each rule is a function of texts, tried on the repository and on a planted
//! violation.

use crate::project;
use std::path::Path;
use workbook::course::Course;
use workbook::marked::anchors;
use workbook::outline::Division;

/// A file: its path in the project and its text.
type File = (String, String);

/// The files of a folder, at any depth, whose names end so.
fn files(folder: &str, ending: &str) -> Vec<File> {
    let project = project();
    let mut found = Vec::new();
    let mut open = vec![project.root().join(folder)];
    while let Some(inside) = open.pop() {
        for entry in std::fs::read_dir(&inside).into_iter().flatten().flatten() {
            let path = entry.path();
            let shown = project.shown(&path).to_string_lossy().replace('\\', "/");
            if path.is_dir() && !shown.ends_with("/target") {
                open.push(path);
            } else if shown.ends_with(ending) {
                found.push((shown, std::fs::read_to_string(&path).expect("a readable file")));
            }
        }
    }
    found.sort();
    found
}

fn rust() -> Vec<File> {
    ["src", "derivation", "tests", "workbook", "chapters", "benches", "labs"]
        .iter()
        .flat_map(|folder| files(folder, ".rs"))
        .collect()
}

fn pages() -> Vec<File> {
    files("book/src", ".md")
}

fn planted(path: &str, text: &str) -> Vec<File> {
    vec![(path.to_owned(), text.to_owned())]
}

#[track_caller]
fn check_clean(complaints: &[String]) {
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Rust files that do not say what they are.
fn without_docs(files: &[File]) -> Vec<String> {
    let silent = |(_, text): &&File| !text.lines().next().is_some_and(|line| line.starts_with("//! "));
    files.iter().filter(silent).map(|(path, _)| format!("{path} does not begin with `//! `")).collect()
}

#[test]
fn every_rust_file_says_what_it_is() {
    let files = rust();
    assert!(files.len() > 50, "only {} files", files.len());
    check_clean(&without_docs(&files));
    assert_eq!(without_docs(&planted("a.rs", "use b;\n")).len(), 1);
}

/// Anchors that no page includes.
fn unused_anchors(sources: &[File], pages: &[File]) -> Vec<String> {
    let included =
        |path: &str, name: &str| pages.iter().any(|(_, text)| text.contains(&format!("{path}:{name}}}}}")));
    let mut complaints = Vec::new();
    for (path, text) in sources {
        for (name, line) in anchors(text).into_iter().filter(|(name, _)| !included(path, name)) {
            complaints.push(format!("{path}:{line}: no page includes `ANCHOR: {name}`"));
        }
    }
    complaints
}

#[test]
fn every_anchor_is_used() {
    let sources: Vec<File> = ["src", "chapters"].iter().flat_map(|folder| files(folder, ".rs")).collect();
    check_clean(&unused_anchors(&sources, &pages()));
    let source = planted("src/a.rs", "//! A.\n// ANCHOR: b\nx\n// ANCHOR_END: b\n");
    assert_eq!(unused_anchors(&source, &planted("p.md", "{{#include ../../src/a.rs:c}}")).len(), 1);
    assert!(unused_anchors(&source, &planted("p.md", "{{#include ../../src/a.rs:b}}")).is_empty());
}

#[test]
fn every_page_is_in_the_summary() {
    workbook::contents::check(&project()).unwrap_or_else(|problems| panic!("{problems}"));
}

/// Ids that no page shows in a block of that word.
fn unshown<'a>(word: &str, ids: impl IntoIterator<Item = &'a str>, pages: &[File]) -> Vec<String> {
    let shown = |id: &str| pages.iter().any(|(_, text)| text.contains(&format!("```{word} id=\"{id}\"")));
    ids.into_iter().filter(|id| !shown(id)).map(|id| format!("no page shows the {word} {id}")).collect()
}

#[test]
fn every_figure_and_exercise_is_on_a_page() {
    let pages = pages();
    let figures = workbook::figures::all();
    check_clean(&unshown("figure", figures.iter().map(|figure| figure.id), &pages));
    let outlines = workbook::outline::all();
    let exercises = outlines.iter().flat_map(|outline| &outline.exercises).map(|(meta, _)| meta.id);
    check_clean(&unshown("exercise", exercises, &pages));
    let page = planted("p.md", "```figure id=\"shown\"\n");
    assert_eq!(unshown("figure", ["shown", "hidden"], &page), ["no page shows the figure hidden"]);
}

#[test]
fn every_exercise_is_complete() {
    // Statement, three hints, answer, function, rubric: or this says what is missing.
    if let Err(problems) = Course::load(&project()) {
        panic!("{problems}");
    }
    for exercise in checks::chapters().iter().flat_map(|chapter| &chapter.exercises) {
        let meta = exercise.meta();
        if meta.kind.is_graded() {
            assert!(exercise.chaffs().len() >= 3, "{} needs three chaffs at least", meta.id);
            assert!(!exercise.checks().is_empty(), "{} has no check", meta.id);
        }
    }
    for (meta, _) in workbook::outline::all().iter().flat_map(|outline| &outline.exercises) {
        assert!(meta.points > 0 && (1..=60).contains(&meta.minutes), "{}: points and minutes", meta.id);
    }
}

/// Ids out of step with their places: chapter, then 1, 2, 3 …
fn misplaced(chapter: &str, ids: &[&str]) -> Vec<String> {
    let place = |index: usize| format!("{chapter}.{}", index + 1);
    ids.iter()
        .enumerate()
        .filter(|(index, id)| **id != place(*index))
        .map(|(index, id)| format!("{id} stands where {} belongs", place(index)))
        .collect()
}

#[test]
fn ids_are_places_in_the_book() {
    for outline in workbook::outline::all() {
        let ids: Vec<&str> = outline.exercises.iter().map(|(meta, _)| meta.id).collect();
        let chapter = match outline.division {
            Division::Chapter(number) => number.to_string(),
            Division::Lab(letter) => letter.to_string(),
        };
        check_clean(&misplaced(&chapter, &ids));
    }
    assert_eq!(misplaced("3", &["3.1", "3.3"]), ["3.3 stands where 3.2 belongs"]);
}

/// Files of the catalogue whose members it does not take up, in `members!` or by
/// a call.
fn unregistered(files: &[File]) -> Vec<String> {
    let module = files.iter().find(|(path, _)| path.ends_with("/mod.rs")).map_or("", |(_, text)| text);
    let list = module.split_once("members! {").map_or("", |(_, list)| list);
    let registered = |name: &str| {
        let named =
            list.lines().filter_map(|line| line.split_once("::")).any(|(first, _)| first.trim() == name);
        named || module.contains(&format!("({name}::members())"))
    };
    files
        .iter()
        .filter(|(_, text)| text.contains("fn members()"))
        .filter_map(|(path, _)| Path::new(path).file_stem().and_then(|stem| stem.to_str()))
        .filter(|name| *name != "mod" && !registered(name))
        .map(|name| format!("src/catalogue/{name}.rs is not named in `members!`"))
        .collect()
}

#[test]
fn every_divergence_is_registered() {
    check_clean(&unregistered(&files("src/catalogue", ".rs")));
    let mut files = planted("src/catalogue/mod.rs", "members! {\n    kl::{Kl},\n}\n");
    files.extend(planted("src/catalogue/kl.rs", "fn members() {}"));
    files.extend(planted("src/catalogue/new.rs", "fn members() {}"));
    assert_eq!(unregistered(&files), ["src/catalogue/new.rs is not named in `members!`"]);
}

/// What a coverage table says is still open.
fn open(tables: &[File]) -> Vec<String> {
    let lines = tables
        .iter()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(index, line)| (path, index + 1, line)));
    lines
        .filter(|(_, _, line)| line.starts_with("open ="))
        .map(|(path, line, text)| format!("{path}:{line}: {text}"))
        .collect()
}

#[test]
fn nothing_of_lecture_1_is_open() {
    let tables = files("book/coverage", "lecture-1.toml");
    assert_eq!(tables.len(), 1);
    check_clean(&open(&tables));
    assert_eq!(open(&planted("a.toml", "kind = 'figure'\nopen = 'later'\n")), ["a.toml:2: open = 'later'"]);
}
