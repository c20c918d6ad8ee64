//! A hash over all sources that a derivation's certificate depends on, besides its own
//! text: with another checker every certificate is another.

use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// The checker, the library under it, and the versions of what both use.
const SOURCES: [&str; 4] = ["derivation/src", "derivation/Cargo.toml", "src", "Cargo.lock"];

fn main() -> io::Result<()> {
    let root = Path::new("..");
    let mut files = Vec::new();
    for source in SOURCES.map(|source| root.join(source)) {
        println!("cargo::rerun-if-changed={}", source.display());
        collect(&source, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        let text = std::fs::read(&file)?;
        // Name and length keep one file's end apart from the next one's beginning.
        hash.update(format!("{}:{}:", file.display(), text.len()));
        hash.update(text);
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=CHECKER_HASH={hash}");
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_owned());
    }
    Ok(())
}
