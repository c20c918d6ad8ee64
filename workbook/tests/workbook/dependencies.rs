//! Who may know whom: the direction of the design, on the packages that cargo
//! resolved.

use crate::project;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

/// Packages by name, each with those that it depends on.
type Graph = BTreeMap<String, BTreeSet<String>>;

fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        // Only what this platform builds: cargo has fetched no more than that.
        let platform = format!("--filter-platform={}", env!("PLATFORM"));
        MetadataCommand::new()
            .manifest_path(project().root().join("Cargo.toml"))
            .other_options(["--offline".to_owned(), "--locked".to_owned(), platform])
            .exec()
            .expect("cargo's metadata")
    })
}

/// What is needed to build (and, with `tests`, to test) each package.
fn graph(tests: bool) -> Graph {
    let metadata = metadata();
    let names: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (&package.id, package.name.to_string())).collect();
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let needed = |kinds: &[cargo_metadata::DepKindInfo]| {
        kinds.iter().any(|kind| tests || kind.kind != DependencyKind::Development)
    };
    resolve
        .nodes
        .iter()
        .map(|node| {
            let to = node.deps.iter().filter(|dep| needed(&dep.dep_kinds)).map(|dep| names[&dep.pkg].clone());
            (names[&node.id].clone(), to.collect())
        })
        .collect()
}

/// A path from a package to one whose name is, or begins with (`name*`), one of these.
fn path_to(graph: &Graph, from: &str, forbidden: &[&str]) -> Option<Vec<String>> {
    let is_forbidden = |name: &str| {
        forbidden
            .iter()
            .any(|rule| rule.strip_suffix('*').map_or(name == *rule, |start| name.starts_with(start)))
    };
    let mut seen = BTreeSet::from([from.to_owned()]);
    let mut open = VecDeque::from([vec![from.to_owned()]]);
    while let Some(path) = open.pop_front() {
        let last = path.last()?;
        if path.len() > 1 && is_forbidden(last) {
            return Some(path);
        }
        for next in graph.get(last).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push_back(path.iter().chain([next]).cloned().collect());
            }
        }
    }
    None
}

/// Terminals, pages, pictures, proofs, tensors: not the library's business.
const NOT_MATHS: [&str; 14] = [
    "candle*",
    "mdbook*",
    "plotters*",
    "egg",
    "clap*",
    "indicatif",
    "console",
    "crossterm",
    "termcolor",
    "anstream",
    "derivation",
    "labs",
    "workbook",
    "chapters",
];

/// What each member must not reach.
const RULES: [(&str, &[&str]); 4] = [
    ("vdm", &NOT_MATHS),
    ("derivation", &["checks", "workbook", "chapters", "labs", "candle*", "mdbook*", "plotters*"]),
    ("checks", &["workbook", "chapters", "labs", "candle*", "mdbook*", "plotters*"]),
    ("workbook", &["labs", "chapters", "candle*"]),
];

fn violations(graph: &Graph) -> Vec<Vec<String>> {
    RULES.iter().filter_map(|(member, forbidden)| path_to(graph, member, forbidden)).collect()
}

#[test]
fn members_know_only_what_they_may() {
    let graph = graph(false);
    for (member, _) in RULES {
        assert!(graph.get(member).is_some_and(|deps| !deps.is_empty()), "{member} is not in the graph");
    }
    assert_eq!(violations(&graph), Vec::<Vec<String>>::new());
}

#[test]
fn a_forbidden_dependency_is_found() {
    for (from, to, along) in [
        ("auto_impl", "candle-core", vec!["vdm", "auto_impl", "candle-core"]),
        ("vdm", "plotters-svg", vec!["vdm", "plotters-svg"]),
        ("checks", "workbook", vec!["checks", "workbook"]),
        ("clap", "labs", vec!["workbook", "clap", "labs"]),
    ] {
        let mut graph = graph(false);
        graph.entry(from.to_owned()).or_default().insert(to.to_owned());
        assert!(
            violations(&graph).contains(&along.iter().map(|name| (*name).to_owned()).collect()),
            "{from} → {to}"
        );
    }
}

#[test]
fn default_members_never_reach_candle() {
    let reached = |graph: &Graph| {
        let members = metadata().workspace_default_packages();
        assert!(members.len() >= 3, "default members");
        members.iter().find_map(|member| path_to(graph, &member.name, &["candle*"]))
    };
    let mut graph = graph(true);
    assert_eq!(reached(&graph), None);
    graph.entry("proptest".to_owned()).or_default().insert("candle-nn".to_owned());
    assert!(reached(&graph).is_some());
}

#[test]
fn one_binary_among_the_default_members() {
    let binaries: Vec<&str> = metadata()
        .workspace_default_packages()
        .iter()
        .flat_map(|package| &package.targets)
        .filter(|target| target.is_bin())
        .map(|target| target.name.as_str())
        .collect();
    assert_eq!(binaries, ["workbook"], "`cargo run` must know which one to run");
}
