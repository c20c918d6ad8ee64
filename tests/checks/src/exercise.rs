//! An exercise: a reference, checks, and chaffs; erased so that a chapter's
//! exercises of different signatures stand in one list.

use crate::chains::ChainExercise;
use crate::check::{Broken, Chaff, Check, Tally};
use crate::for_all::guarded;
use serde::{Deserialize, Serialize};

/// What a reader does in an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Write a function.
    Implement,
    /// Write a derivation: start and end are given.
    Derive,
    /// Find and mend the false line of a derivation.
    Repair,
    /// Write a prose answer; it has a model answer and a rubric, and is not graded.
    Explain,
    /// Write the function that trains something; graded by what it has learned.
    Train,
}

impl Kind {
    /// Is the answer graded by the machine?
    pub const fn is_graded(self) -> bool {
        !matches!(self, Kind::Explain)
    }

    /// Is the answer a Rust function, in a file of stubs?
    pub const fn is_function(self) -> bool {
        matches!(self, Kind::Implement | Kind::Train)
    }

    /// Is the answer a derivation, in a text file of its own?
    pub const fn is_chain(self) -> bool {
        matches!(self, Kind::Derive | Kind::Repair)
    }

    /// The kind in lower case, as shown on the page.
    pub const fn word(self) -> &'static str {
        match self {
            Kind::Implement => "implement",
            Kind::Derive => "derive",
            Kind::Repair => "repair",
            Kind::Explain => "explain",
            Kind::Train => "train",
        }
    }
}

/// What is said of an exercise outside its checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// The id, equal to its place in the book: `3.1`.
    pub id: &'static str,
    /// The name of the function to write, or of the answer to give.
    pub name: &'static str,
    /// A title in words.
    pub title: &'static str,
    /// What the reader does.
    pub kind: Kind,
    /// Points in a grade.
    pub points: u32,
    /// Minutes that it is expected to take.
    pub minutes: u32,
}

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

/// An exercise answered in prose.
pub struct Explain(pub Meta);

/// How one check went.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CheckResult {
    /// The check's name.
    pub name: String,
    /// The property that it checks.
    pub property: String,
    /// What it counted, or its counterexample.
    pub verdict: Result<Tally, Broken>,
}

/// How an answer fared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Grade {
    /// The exercise's id.
    pub id: String,
    /// One result for each check, in order.
    pub checks: Vec<CheckResult>,
    /// The misconception whose behaviour the answer shows.
    pub misconception: Option<String>,
    /// For a derivation: each line that counts, and whether it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineGrade>,
    /// For a derivation: the share of the points that its lines earn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
}

/// How one line of a derivation fared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineGrade {
    /// Its number on the page: the first line is 1.
    pub number: usize,
    /// As the reader wrote it.
    pub text: String,
    /// Does it stand?
    pub stands: bool,
}

impl Grade {
    /// The share of the points earned: all or nothing, but for a derivation, whose lines
    /// count each.
    pub fn share(&self) -> f64 {
        match self.share {
            _ if self.passed() => 1.0,
            Some(share) if share.is_finite() => share.clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// Did every check pass?
    pub fn passed(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| check.verdict.is_ok())
    }
}

/// What is said of a planted mistake before any check has run on it.
#[derive(Clone, Copy, Debug)]
pub struct ChaffMeta {
    /// The chaff's name.
    pub name: &'static str,
    /// The misconception behind it.
    pub misconception: &'static str,
    /// The check that is meant to catch it.
    pub meant: &'static str,
}

/// A planted mistake and the checks that caught it.
#[derive(Clone, Debug)]
pub struct ChaffRow {
    /// The mistake.
    pub chaff: ChaffMeta,
    /// For each check in order: did it fail on this chaff?
    pub caught: Vec<bool>,
    /// The misconception as which a reader would be told it.
    pub told: Option<String>,
}

impl ChaffRow {
    /// Did the check that is meant to catch this chaff catch it?
    pub fn is_caught(&self, checks: &[(&str, &str)]) -> bool {
        checks.iter().zip(&self.caught).any(|((name, _), caught)| *name == self.chaff.meant && *caught)
    }
}

/// Grades an answer, after noting each check's property.
pub(crate) type Grading = dyn Fn(&dyn Fn(&str)) -> Grade + Send + Sync;

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

impl<F: Copy + Send + Sync + 'static> Exercise<F> {
    /// Binds an answer to this exercise. A wrong signature is the compiler's own
    /// error, at the call.
    pub fn on(self, answer: F) -> Attempt {
        let meta = self.meta;
        Attempt { meta, grade: Box::new(move |note| self.grade(answer, note)) }
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
            misconception: if failed { self.misconception(answer) } else { None },
            checks,
            lines: Vec::new(),
            share: None,
        }
    }

    /// The misconception whose chaff gives the same outputs on the probe inputs.
    fn misconception(&self, answer: F) -> Option<String> {
        let probe = |subject| guarded(|| Ok((self.fingerprint)(subject))).ok();
        let mine = probe(answer)?;
        let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        if (0..3).any(|_| probe(answer).is_none_or(|again| bits(&again) != bits(&mine))) {
            return Some(CHANGING.to_owned());
        }
        // Right on the probes and wrong elsewhere: that is no mistake known here.
        if probe(self.reference).is_some_and(|right| same(&mine, &right)) {
            return None;
        }
        let theirs: Vec<_> = self.chaffs.iter().map(|chaff| (chaff, probe(chaff.subject))).collect();
        let find = |alike: &dyn Fn(&[f64]) -> bool| {
            let found = theirs.iter().find(|(_, values)| values.as_deref().is_some_and(alike));
            found.map(|(chaff, _)| chaff.misconception.to_owned())
        };
        let right = probe(self.reference);
        find(&|values| same(&mine, values))
            .or_else(|| find(&|values| right.as_deref().is_some_and(|right| explains(values, &mine, right))))
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

/// What is said of an answer that is no function.
const CHANGING: &str = "equal inputs give different outputs from call to call: an answer may use no \
                        randomness, no clock, and no state that it keeps";

/// Equal up to rounding, NaN being equal to NaN.
fn close(x: f64, y: f64) -> bool {
    x == y
        || (x.is_nan() && y.is_nan())
        || (x - y).abs() <= crate::tolerance::SAME_MISTAKE * x.abs().max(y.abs()).min(f64::MAX)
}

/// Equal up to rounding everywhere: both made the same mistake.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| close(*x, *y))
}

/// Does the mistake that gives `theirs` explain `mine`, but for places where mine is NaN,
/// a slip of its own? Two of the numbers that both share must be wrong.
fn explains(theirs: &[f64], mine: &[f64], right: &[f64]) -> bool {
    let numbers = || mine.iter().zip(theirs).zip(right).filter(|((mine, _), _)| !mine.is_nan());
    mine.len() == theirs.len()
        && mine.len() == right.len()
        && numbers().all(|((mine, theirs), _)| close(*mine, *theirs))
        && numbers().filter(|((mine, _), right)| !close(**mine, **right)).count() >= 2
}

#[cfg(test)]
mod tests {
    use crate::ch03_convex_conjugate::conjugate_of_kl;
    use std::sync::atomic::{AtomicU64, Ordering};

    static CALLS: AtomicU64 = AtomicU64::new(0);

    /// Right but for every fifth call.
    fn changing(t: f64) -> f64 {
        let wrong = CALLS.fetch_add(1, Ordering::Relaxed).is_multiple_of(5);
        (t - 1.0).exp() + if wrong { 0.5 } else { 0.0 }
    }

    #[test]
    fn an_answer_that_changes_from_call_to_call_is_told_as_such() {
        let grade = conjugate_of_kl().on(changing).grade();
        assert!(!grade.passed());
        let told = grade.misconception.unwrap_or_default();
        assert!(told.contains("different outputs from call to call"), "{told}");
    }

    #[test]
    fn a_known_mistake_is_told_although_a_special_case_is_missing() {
        let variance_under_p = |p: &[f64], q: &[f64], phi: &[f64]| {
            let mean = |law: &[f64]| law.iter().zip(phi).map(|(mass, x)| mass * x).sum::<f64>();
            let variance: f64 = p.iter().zip(phi).map(|(mass, x)| mass * (x - mean(p)).powi(2)).sum();
            // 0/0 where the feature does not vary.
            (mean(p) - mean(q)).powi(2) / variance
        };
        let told = crate::ch04_variational_bound::affine_pearson_bound().on(variance_under_p).grade();
        assert!(told.misconception.is_some_and(|told| told.contains("its variance is that of Q")));
        let nothing_known = |_: &[f64], _: &[f64], _: &[f64]| f64::NAN;
        let told = crate::ch04_variational_bound::affine_pearson_bound().on(nothing_known).grade();
        assert_eq!(told.misconception, None);
    }

    #[test]
    fn a_failure_says_what_rounding_allows() {
        let grade = conjugate_of_kl().on(f64::exp).grade();
        let told =
            grade.checks.iter().find_map(|check| check.verdict.as_ref().err()).map(ToString::to_string);
        assert!(told.as_ref().is_some_and(|told| told.contains("; rounding allows ")), "{told:?}");
    }
}
