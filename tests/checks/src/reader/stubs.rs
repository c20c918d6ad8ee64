//! A folder of stubs: built when first asked for, each answer graded in a process of its
//! own.

use super::{Built, build, run, tell, untouched};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

/// A folder of stubs, one small binary a file.
#[derive(Debug)]
pub struct Stubs {
    /// The project's root.
    pub root: &'static Path,
    /// The folder of the stubs in it.
    pub folder: &'static str,
    /// What cargo builds: see [`build`].
    pub packages: &'static [&'static str],
    /// How long the checks of one exercise may take.
    pub limit: Duration,
    built: OnceLock<Result<BTreeMap<String, Built>, String>>,
}

impl Stubs {
    /// A folder of stubs, not built yet.
    pub const fn new(
        root: &'static Path,
        folder: &'static str,
        packages: &'static [&'static str],
        limit: Duration,
    ) -> Self {
        Self { root, folder, packages, limit, built: OnceLock::new() }
    }

    /// The stub file of a chapter.
    pub fn file(&self, chapter: &str) -> PathBuf {
        self.root.join(self.folder).join(chapter).with_extension("rs")
    }

    /// Which of these exercises wait for an answer.
    pub fn waiting<'a>(&self, chapter: &str, ids: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        // A file that is no UTF-8 is rustc's to complain about; what is untouched in it stays so.
        let bytes = std::fs::read(self.file(chapter)).unwrap_or_default();
        let source = String::from_utf8_lossy(&bytes);
        ids.into_iter().filter(|id| source.is_empty() || untouched(&source, id)).collect()
    }

    /// The chapter's binary.
    ///
    /// # Errors
    /// The compiler's own message, or that the file is gone.
    pub fn compiled(&self, chapter: &str) -> Result<&Path, String> {
        let shown = format!("{}/{chapter}.rs", self.folder);
        if !self.file(chapter).exists() {
            return Err(format!("{shown} is missing; `cargo workbook stubs` makes it anew"));
        }
        let build = || build(self.root, self.packages).map_err(|why| why.to_string());
        match self.built.get_or_init(build).as_ref().map_err(Clone::clone)?.get(chapter) {
            Some(Built::Ready(binary)) => Ok(binary),
            Some(Built::Broken(why)) => Err(format!("{shown} does not compile:\n\n{why}")),
            None => Err(format!("{}/Cargo.toml has no binary called {chapter}", self.folder)),
        }
    }

    /// Grades the answer to exercise `id`, which has these `checks`.
    ///
    /// # Errors
    /// What is said of an answer that did not pass.
    pub fn grade(&self, chapter: &str, id: &str, checks: &[&str]) -> Result<(), String> {
        let binary = self.compiled(chapter).map_err(|_| format!("{chapter} does not compile"))?;
        let outcome = run(binary, id, checks, self.limit).map_err(|why| why.to_string())?;
        tell(id, &outcome).map_or(Ok(()), Err)
    }
}
