//! An exercise whose answer is a Rust function, and how an answer is graded.

use super::any::{AnyExercise, Attempt};
use super::grade::{ChaffMeta, CheckResult, Grade};
use super::meta::Meta;
use super::misconception;
use crate::check::{Chaff, Check};
use crate::for_all::guarded;

/// An exercise whose answer is a function of type `F`.
pub struct Exercise<F> {
    /// Id, title, points.
    pub meta: Meta,
    /// The instructor's answer.
    pub reference: F,
    /// The checks that an answer must pass.
    pub checks: Vec<Check<F>>,
    /// Wrong answers; each is caught by the check meant for it.
    pub chaffs: Vec<Chaff<F>>,
    /// Outputs on a few probe inputs: two answers with equal fingerprints make
    /// the same mistake.
    pub fingerprint: fn(F) -> Vec<f64>,
}

impl<F: Copy + Send + Sync + 'static> Exercise<F> {
    /// Binds an answer to this exercise. A wrong signature is the compiler's own
    /// error, at the call.
    pub fn on(self, answer: F) -> Attempt {
        let meta = self.meta;
        Attempt::new(meta, Box::new(move |note| self.grade(answer, note)))
    }

    fn grade(&self, answer: F, note: &dyn Fn(&str)) -> Grade {
        let checks: Vec<CheckResult> = self
            .checks
            .iter()
            .map(|check| {
                note(check.property);
                CheckResult {
                    name: check.name.to_owned(),
                    property: check.property.to_owned(),
                    verdict: guarded(|| (check.run)(answer)).map_err(|broken| *broken),
                }
            })
            .collect();
        let failed = checks.iter().any(|check| check.verdict.is_err());
        Grade {
            id: self.meta.id.to_owned(),
            misconception: if failed {
                misconception::of(answer, self.reference, &self.chaffs, self.fingerprint)
            } else {
                None
            },
            checks,
            lines: Vec::new(),
            share: None,
        }
    }
}

impl<F: Copy + Send + Sync + 'static> AnyExercise for Exercise<F> {
    fn meta(&self) -> Meta {
        self.meta
    }

    fn checks(&self) -> Vec<(&'static str, &'static str)> {
        self.checks.iter().map(|check| (check.name, check.property)).collect()
    }

    fn grade_reference(&self) -> Option<Grade> {
        Some(self.grade(self.reference, &|_| ()))
    }

    fn chaffs(&self) -> Vec<ChaffMeta> {
        let meta = |chaff: &Chaff<F>| ChaffMeta {
            name: chaff.name,
            misconception: chaff.misconception,
            meant: chaff.caught_by,
        };
        self.chaffs.iter().map(meta).collect()
    }

    fn chaff_attempt(&self, name: &str) -> Option<Attempt> {
        let chaff = *self.chaffs.iter().find(|chaff| chaff.name == name)?;
        let copy = Exercise {
            meta: self.meta,
            reference: self.reference,
            checks: self.checks.clone(),
            chaffs: self.chaffs.clone(),
            fingerprint: self.fingerprint,
        };
        Some(copy.on(chaff.subject))
    }
}
