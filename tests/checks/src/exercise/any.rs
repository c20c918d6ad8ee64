//! An exercise of any signature, and an answer that is bound to it.

use super::grade::{ChaffMeta, ChaffRow, Grade};
use super::meta::Meta;
use crate::chains::ChainExercise;

/// Grades an answer, after noting each check's property.
type Grading = dyn Fn(&dyn Fn(&str)) -> Grade + Send + Sync;

/// An answer bound to its exercise, ready to be graded.
pub struct Attempt {
    /// The exercise's description.
    pub meta: Meta,
    grade: Box<Grading>,
}

impl Attempt {
    pub(crate) fn new(meta: Meta, grade: Box<Grading>) -> Self {
        Self { meta, grade }
    }

    /// Runs every check on the answer.
    pub fn grade(&self) -> Grade {
        self.grade_noting(&|_| ())
    }

    /// The same; each check's property is noted before it runs.
    pub fn grade_noting(&self, note: &dyn Fn(&str)) -> Grade {
        (self.grade)(note)
    }
}

/// An exercise of any signature.
pub trait AnyExercise: Send + Sync {
    /// Id, title, points.
    fn meta(&self) -> Meta;
    /// Name and property of each check, in order; none for a prose answer.
    fn checks(&self) -> Vec<(&'static str, &'static str)>;
    /// Grades the reference.
    fn grade_reference(&self) -> Option<Grade>;
    /// Its planted mistakes, in order.
    fn chaffs(&self) -> Vec<ChaffMeta>;
    /// Which checks does a planted mistake fail, whose grade is this one?
    fn caught(&self, _chaff: &str, grade: &Grade) -> Vec<bool> {
        grade.checks.iter().map(|check| check.verdict.is_err()).collect()
    }
    /// Runs every check on every chaff.
    fn chaff_rows(&self) -> Vec<ChaffRow> {
        let row = |chaff: ChaffMeta| {
            let grade = self.chaff_attempt(chaff.name)?.grade();
            Some(ChaffRow { chaff, caught: self.caught(chaff.name, &grade), told: grade.misconception })
        };
        self.chaffs().into_iter().filter_map(row).collect()
    }
    /// The chaff of that name as if a reader had handed it in.
    fn chaff_attempt(&self, name: &str) -> Option<Attempt>;
    /// The exercise as one whose answer is a derivation, if it is.
    fn as_chain(&self) -> Option<&ChainExercise> {
        None
    }
}

/// An exercise answered in prose.
pub struct Explain(pub Meta);

impl AnyExercise for Explain {
    fn meta(&self) -> Meta {
        self.0
    }

    fn checks(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn grade_reference(&self) -> Option<Grade> {
        None
    }

    fn chaffs(&self) -> Vec<ChaffMeta> {
        Vec::new()
    }

    fn chaff_attempt(&self, _: &str) -> Option<Attempt> {
        None
    }
}
