//! Certifying many derivations, on all cores, through the cache.

use super::cache::Cache;
use crate::cores::on_all_cores;
use crate::progress::Progress;
use crate::project::Project;
use derivation::certificate::Certificate;
use derivation::syntax::Diagnostic;

/// Reads, typesets and checks one derivation: its id and its text.
pub type Certify = fn(&str, &str) -> Result<Certificate, Vec<Diagnostic>>;

/// What certifies derivations.
#[derive(Clone, Debug)]
pub struct Certifier {
    certify: Certify,
    cache: Option<Cache>,
}

impl Certifier {
    /// The project's: the real checker, with the project's cache if wanted.
    pub fn of(project: &Project, cache: bool) -> Self {
        Self::new(derivation::certificate::certify, cache.then(|| Cache::of(project)))
    }

    /// The real checker without a cache.
    pub fn bare() -> Self {
        Self::new(derivation::certificate::certify, None)
    }

    /// With a cache, or without one: then everything is checked anew.
    pub fn new(certify: Certify, cache: Option<Cache>) -> Self {
        Self { certify, cache }
    }

    /// One derivation.
    ///
    /// # Errors
    /// Where its text cannot be read.
    pub fn one(&self, id: &str, source: &str) -> Result<Certificate, Vec<Diagnostic>> {
        if let Some(kept) = self.cache.as_ref().and_then(|cache| cache.get(id, source)) {
            return Ok(kept);
        }
        let certificate = (self.certify)(id, source)?;
        if let Some(cache) = &self.cache {
            cache.put(id, source, &certificate);
        }
        Ok(certificate)
    }

    /// Many, in their order: ids and texts.
    pub fn all(
        &self,
        derivations: &[(&str, &str)],
        progress: &Progress,
    ) -> Vec<Result<Certificate, Vec<Diagnostic>>> {
        progress.start(derivations.len(), "checking derivations");
        let done = on_all_cores(derivations, |(id, source)| {
            let certified = self.one(id, source);
            progress.step(id);
            certified
        });
        progress.finish();
        done
    }
}
