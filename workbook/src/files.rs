//! Writing files whole or not at all, and copies of what a reader wrote.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

/// A file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Reading failed.
    #[error("{} cannot be read: {why}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: std::io::Error,
    },
    /// The file is not text as Rust and the workbook know it.
    #[error("{} is not UTF-8 in line {line}; save it as UTF-8 (it is left as it was)", .path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Where it first is not, from 1.
        line: usize,
    },
    /// Writing failed; the file is as it was.
    #[error("{} cannot be written, it is left as it was: {why}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        why: std::io::Error,
    },
}

/// The text of a file.
///
/// # Errors
/// [`FileError::Read`], or [`FileError::NotUtf8`] if it is no text.
pub fn read(path: &Path) -> Result<String, FileError> {
    let bytes = std::fs::read(path).map_err(|why| FileError::Read { path: path.to_owned(), why })?;
    String::from_utf8(bytes).map_err(|why| {
        let valid = &why.as_bytes()[..why.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        FileError::NotUtf8 { path: path.to_owned(), line }
    })
}

/// A text with the line ends of another: CRLF where the other has any.
pub fn with_line_ends_of(other: &str, text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    if other.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}

/// Writes a file whole or not at all: into a neighbour first, then renamed.
///
/// # Errors
/// [`FileError::Write`]; the file is then as it was.
pub fn write(path: &Path, text: &str) -> Result<(), FileError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        let mut neighbour = tempfile::Builder::new().prefix(".workbook-").tempfile_in(folder)?;
        neighbour.write_all(text.as_bytes())?;
        readable(neighbour.path(), 0o644)?;
        neighbour.as_file().sync_all()?;
        neighbour.persist(path).map(drop).map_err(|failed| failed.error)
    });
    written.map_err(|why| FileError::Write { path: path.to_owned(), why })
}

/// An empty folder beside `folder`, to be filled and then put in its place.
///
/// # Errors
/// [`FileError::Write`]
pub fn stage(folder: &Path) -> Result<TempDir, FileError> {
    let parent = folder.parent().unwrap_or(Path::new("."));
    let staged = std::fs::create_dir_all(parent)
        .and_then(|()| tempfile::Builder::new().prefix(".workbook-").tempdir_in(parent));
    staged.map_err(|why| FileError::Write { path: folder.to_owned(), why })
}

/// Puts a staged folder in the place of another, which goes.
///
/// # Errors
/// [`FileError::Write`]
pub fn put(staged: TempDir, folder: &Path) -> Result<(), FileError> {
    let put = readable(staged.path(), 0o755)
        .and_then(|()| if folder.exists() { std::fs::remove_dir_all(folder) } else { Ok(()) })
        .and_then(|()| std::fs::rename(staged.path(), folder));
    put.map_err(|why| FileError::Write { path: folder.to_owned(), why })?;
    // Its folder has moved: there is nothing left to clean up.
    let _ = staged.keep();
    Ok(())
}

/// What is temporary is its owner's only; what it becomes is not.
#[cfg(unix)]
fn readable(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &Path, _: u32) -> std::io::Result<()> {
    Ok(())
}

/// Replaces a file and keeps a copy of what it was, if it was there and differs. The
/// new text takes the line ends of the old one. The copy's path, if one was made.
///
/// # Errors
/// [`FileError`]; nothing is replaced before the copy is there.
pub fn replace(path: &Path, text: &str) -> Result<Option<PathBuf>, FileError> {
    let old = match read(path) {
        Err(FileError::Read { why, .. }) if why.kind() == std::io::ErrorKind::NotFound => {
            write(path, text)?;
            return Ok(None);
        }
        old => old?,
    };
    let text = with_line_ends_of(&old, text);
    if old == text {
        return Ok(None);
    }
    let copy = keep(path, &old)?;
    write(path, &text)?;
    Ok(Some(copy))
}

/// Writes `old` beside `path` under a name of its own: never over an older copy.
fn keep(path: &Path, old: &str) -> Result<PathBuf, FileError> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let copy = (0..)
        .map(|n| if n == 0 { format!("{name}.{seconds}.bak") } else { format!("{name}.{seconds}-{n}.bak") })
        .map(|name| path.with_file_name(name))
        .find(|copy| !copy.exists())
        .unwrap_or_else(|| path.with_extension("bak"));
    write(&copy, old)?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_replacement_keeps_its_own_copy() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ch99.rs");
        assert_eq!(replace(&file, "new").unwrap(), None);
        assert_eq!(replace(&file, "new").unwrap(), None);
        let copies = ["a", "b"].map(|text| replace(&file, text).unwrap().unwrap());
        assert_ne!(copies[0], copies[1]);
        assert_eq!(copies.map(|copy| read(&copy).unwrap()), ["new", "a"]);
        assert_eq!(read(&file).unwrap(), "b");
    }

    #[test]
    fn a_staged_folder_replaces_the_old_one() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("html");
        for name in ["old", "new"] {
            let staged = stage(&target).unwrap();
            write(&staged.path().join(name), name).unwrap();
            put(staged, &target).unwrap();
        }
        assert!(target.join("new").exists() && !target.join("old").exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("blocker");
        std::fs::write(&file, "").unwrap();
        let error = write(&file.join("inside.rs"), "text").unwrap_err().to_string();
        assert!(error.contains("inside.rs"), "{error}");
    }
}
