//! Who may know whom: the direction of the design, on the packages of `Cargo.lock`.
//!
//! Not on what cargo resolves: that asks for the manifests of all packages, and a machine
//! that builds the default members alone has never fetched those of the labs.

use crate::project;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::OnceLock;

/// Packages by name, each with those that it depends on.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// The members and their manifests.
fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        MetadataCommand::new()
            .manifest_path(project().root().join("Cargo.toml"))
            .no_deps()
            .other_options(["--offline".to_owned(), "--locked".to_owned()])
            .exec()
            .expect("cargo's metadata")
    })
}

/// The part of `Cargo.lock` that is read here.
#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

/// A package, whose dependencies are names, some with a version.
#[derive(Deserialize)]
struct Locked {
    name: String,
    #[serde(default)]
    dependencies: Vec<String>,
}

/// What is needed to build (and, with `tests`, to test) each package, on any platform.
fn graph(tests: bool) -> Graph {
    let text = std::fs::read_to_string(project().root().join("Cargo.lock")).expect("Cargo.lock");
    let lock: Lock = toml::from_str(&text).expect("packages");
    let mut graph = Graph::new();
    for package in lock.package {
        let names = package.dependencies.iter().filter_map(|name| name.split(' ').next());
        graph.entry(package.name).or_default().extend(names.map(str::to_owned));
    }
    // Only members have dependencies for their tests alone.
    for member in metadata().packages.iter().filter(|_| !tests) {
        let built = |name: &String| {
            let mut kinds = member.dependencies.iter().filter(|dep| dep.name == *name).map(|dep| dep.kind);
            kinds.any(|kind| kind != DependencyKind::Development)
        };
        if let Some(needed) = graph.get_mut(member.name.as_str()) {
            needed.retain(built);
        }
    }
    graph
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
const RULES: [(&str, &[&str]); 5] = [
    ("vdm", &NOT_MATHS),
    ("derivation", &["checks", "workbook", "chapters", "labs", "candle*", "mdbook*", "plotters*"]),
    ("checks", &["workbook", "chapters", "labs", "candle*", "mdbook*", "plotters*"]),
    ("workbook", &["labs", "chapters", "candle*"]),
    ("labs", &["workbook", "chapters", "mdbook*"]),
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
