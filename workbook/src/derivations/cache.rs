//! Certificates on disk, each under a hash of the derivation's text and of the
//! checker: what neither has changed is not checked again.

use crate::files;
use crate::project::Project;
use derivation::certificate::Certificate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// The checker, as the build script has hashed its sources.
const CHECKER: &str = env!("CHECKER_HASH");

/// A folder of certificates.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    checker: &'static str,
}

/// What a file holds: the text too, so that nothing rests on the hash alone.
#[derive(Serialize, Deserialize)]
struct Entry {
    checker: String,
    id: String,
    source: String,
    certificate: Certificate,
}

impl Cache {
    /// The project's own, below its `target/`.
    pub fn of(project: &Project) -> Self {
        Self::at(project.root().join("target/certificates"))
    }

    /// The cache in that folder.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into(), checker: CHECKER }
    }

    /// The same folder as a checker with these sources would see it.
    #[must_use]
    pub fn with_checker(self, checker: &'static str) -> Self {
        Self { checker, ..self }
    }

    fn path(&self, id: &str, source: &str) -> PathBuf {
        let mut hash = Sha256::new();
        for part in [self.checker, id, source] {
            hash.update(format!("{}:", part.len()));
            hash.update(part);
        }
        let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(name).with_extension("json")
    }

    /// The certificate of that text, if there is a sound one: a file that cannot be
    /// read or that speaks of something else counts as none.
    pub fn get(&self, id: &str, source: &str) -> Option<Certificate> {
        let bytes = std::fs::read(self.path(id, source)).ok()?;
        let entry: Entry = serde_json::from_slice(&bytes).ok()?;
        let same = entry.checker == self.checker && entry.id == id && entry.source == source;
        let whole = entry.certificate.lines.len() == entry.certificate.report.steps.len();
        (same && whole).then_some(entry.certificate)
    }

    /// Keeps a certificate. Where that fails the next build simply checks again.
    pub fn put(&self, id: &str, source: &str, certificate: &Certificate) {
        let entry = Entry {
            checker: self.checker.to_owned(),
            id: id.to_owned(),
            source: source.to_owned(),
            certificate: certificate.clone(),
        };
        if let Ok(json) = serde_json::to_string(&entry) {
            // A full disk is no reason to stop.
            let _ = files::write(&self.path(id, source), &json);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use derivation::certificate::Line;
    use derivation::report::Report;

    fn certificate() -> Certificate {
        let first = Line {
            relation: String::new(),
            latex: "a".into(),
            attained: None,
            by: Vec::new(),
            label: None,
            span: 0..1,
        };
        let report = Report { id: "a".into(), steps: Vec::new(), end_to_end: None };
        let (spaces, declarations, assumptions) = Default::default();
        Certificate { spaces, declarations, assumptions, first, lines: Vec::new(), report }
    }

    #[test]
    fn a_certificate_belongs_to_its_text_and_its_checker() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        assert_eq!(cache.get("a", "x = x"), None);
        cache.put("a", "x = x", &certificate());
        assert_eq!(cache.get("a", "x = x"), Some(certificate()));
        assert_eq!(cache.get("a", "x = y"), None);
        assert_eq!(cache.get("b", "x = x"), None);
        assert_eq!(cache.with_checker("another").get("a", "x = x"), None);
    }

    #[test]
    fn a_damaged_file_counts_as_none_and_is_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::at(folder.path());
        let path = cache.path("a", "x = x");
        cache.put("a", "x = x", &certificate());
        let other = std::fs::read_to_string(&path).unwrap().replace("x = x", "x = y");
        for damaged in [&b"\xff\xfe"[..], b"", b"{", b"null", other.as_bytes()] {
            std::fs::write(&path, damaged).unwrap();
            assert_eq!(cache.get("a", "x = x"), None);
        }
        cache.put("a", "x = x", &certificate());
        assert_eq!(cache.get("a", "x = x"), Some(certificate()));
    }
}
