//! Where the project is, and where each thing in it is.

use std::path::{Path, PathBuf};

/// The project's root folder, and the places in it that the command knows.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
}

/// The command does not know where the project is.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// No folder upwards holds the book and the workspace.
    #[error(
        "no workbook here: neither {} nor a folder above it holds book/book.toml beside a Cargo.toml; run the command inside the project",
        .0.display()
    )]
    NotFound(PathBuf),
    /// The current folder is gone or unreadable.
    #[error("the current folder cannot be read: {0}")]
    NoCurrentFolder(std::io::Error),
}

impl Project {
    /// Finds the project: from the manifest folder that cargo hands to what it
    /// runs, else from the current folder, upwards.
    ///
    /// # Errors
    /// [`ProjectError`] if no folder upwards is the project's root.
    pub fn find() -> Result<Self, ProjectError> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        if let Some(found) = manifest.as_deref().and_then(Self::above) {
            return Ok(found);
        }
        let here = std::env::current_dir().map_err(ProjectError::NoCurrentFolder)?;
        Self::above(&here).ok_or(ProjectError::NotFound(here))
    }

    /// The project whose root is that folder, whatever it holds.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn above(folder: &Path) -> Option<Self> {
        let is_root =
            |folder: &&Path| folder.join("book/book.toml").is_file() && folder.join("Cargo.toml").is_file();
        folder.ancestors().find(is_root).map(Self::at)
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of mdBook's configuration.
    pub fn book(&self) -> PathBuf {
        self.root.join("book")
    }

    /// The folder that the rendered book goes to.
    pub fn html(&self) -> PathBuf {
        self.root.join("book/html")
    }

    /// The marked source of a chapter's exercises.
    pub fn exercises(&self, chapter: &str) -> PathBuf {
        self.home(chapter).join("src").join(chapter).join("exercises.rs")
    }

    /// Where `src/` and `chapters/` of a chapter lie: those of a lab are its crate's.
    fn home(&self, chapter: &str) -> PathBuf {
        if chapter.starts_with("lab_") { self.root.join("labs") } else { self.root.clone() }
    }

    /// What the reader edits.
    pub fn stubs(&self, chapter: &str) -> PathBuf {
        self.home(chapter).join("chapters").join(format!("{chapter}.rs"))
    }

    /// A derivation that the reader writes.
    pub fn answer(&self, chapter: &str, file: &str) -> PathBuf {
        self.home(chapter).join("chapters").join(chapter).join(file)
    }

    /// Statements, hints and model answers of a chapter's exercises.
    pub fn texts(&self, chapter: &str) -> PathBuf {
        self.root.join("book/exercises").join(format!("{chapter}.md"))
    }

    /// The source of the table that says where a lecture's notes stand in the book.
    pub fn coverage(&self, name: &str) -> PathBuf {
        self.root.join("book/coverage").join(format!("{name}.toml"))
    }

    /// A path as it is shown: relative to the root where it lies inside.
    pub fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }
}
