//! Compiling the reader's chapters, so that one that does not compile leaves the
//! others gradable.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What came of one chapter.
#[derive(Clone, Debug)]
pub enum Built {
    /// Its binary.
    Ready(PathBuf),
    /// The compiler's own messages, rendered.
    Broken(String),
}

/// Cargo itself could not be run, or failed before it compiled anything.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// Cargo could not be started.
    #[error("cargo could not be started ({0}); is it on the PATH?")]
    Cargo(#[from] std::io::Error),
    /// Cargo failed without a message about any chapter.
    #[error("cargo could not build the chapters:\n{0}")]
    Failed(String),
}

/// Builds every chapter among these `packages` of the project in `root`, in cargo's dev
/// profile.
///
/// `--keep-going` lets the other chapters be built when one does not compile. Beside the
/// chapters' own package name those of the `cargo test` that builds them: cargo then
/// resolves the same features and compiles nothing twice.
pub fn build(root: &Path, packages: &[&str]) -> Result<BTreeMap<String, Built>, BuildError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--keep-going", "--quiet", "--message-format=json-diagnostic-rendered-ansi"])
        .args(packages.iter().flat_map(|package| ["--package", package]))
        .args(["--bins", "--tests"])
        .stdin(Stdio::null())
        .output()?;
    let mut chapters = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        note(&mut chapters, &message);
    }
    if chapters.is_empty() {
        return Err(BuildError::Failed(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(chapters)
}

/// Takes up one of cargo's messages, if it concerns a chapter.
fn note(chapters: &mut BTreeMap<String, Built>, message: &Value) {
    let target = &message["target"];
    let Some(name) = target["name"].as_str().filter(|name| is_chapter(name)) else { return };
    if let Some(binary) = message["executable"].as_str() {
        chapters.insert(name.to_owned(), Built::Ready(binary.into()));
    } else if message["message"]["level"] == "error" {
        let text = message["message"]["rendered"].as_str().unwrap_or_default();
        match chapters.entry(name.to_owned()).or_insert_with(|| Built::Broken(String::new())) {
            Built::Broken(all) => all.push_str(text),
            Built::Ready(_) => {}
        }
    }
}

/// Is it the binary of a chapter, `ch03_…`, or of a lab, `lab_a_…`?
fn is_chapter(name: &str) -> bool {
    name.strip_prefix("ch").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || name.starts_with("lab_")
}
