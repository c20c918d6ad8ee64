//! The report: what was checked, from which the verification page is made.

use crate::problem::near;
use crate::records::Recomputed;
use checks::{AnyExercise, Kind, LawReport};
use derivation::report::LinkReport;
use serde::Serialize;

/// What a build has checked.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Every law.
    pub laws: Vec<LawReport>,
    /// Every exercise.
    pub exercises: Vec<ExerciseReport>,
    /// Every figure that a page shows.
    pub figures: Vec<FigureReport>,
    /// Every claim of a page.
    pub claims: Vec<ClaimReport>,
    /// Every derivation and identity of a page.
    pub derivations: Vec<DerivationReport>,
    /// Every file of recorded runs.
    pub records: Vec<Recomputed>,
}

/// An exercise, its checks run on the reference and on every chaff.
#[derive(Clone, Debug, Serialize)]
pub struct ExerciseReport {
    /// Its id.
    pub id: &'static str,
    /// The number of its chapter.
    pub chapter: u32,
    /// What the reader does.
    pub kind: Kind,
    /// Its title.
    pub title: &'static str,
    /// Points in a grade.
    pub points: u32,
    /// Minutes that it is expected to take.
    pub minutes: u32,
    /// Its checks, as the reference passed them.
    pub checks: Vec<CheckReport>,
    /// Its chaffs and what caught them.
    pub chaffs: Vec<ChaffReport>,
}

/// A check, as the reference passed it.
#[derive(Clone, Debug, Serialize)]
pub struct CheckReport {
    /// Its name.
    pub name: &'static str,
    /// What it asks for.
    pub property: &'static str,
    /// Cases tried.
    pub cases: u64,
    /// The largest residual, as a share of its tolerance.
    pub worst_residual: f64,
}

/// A chaff of an exercise.
#[derive(Clone, Debug, Serialize)]
pub struct ChaffReport {
    /// Its name.
    pub name: &'static str,
    /// The misconception behind it.
    pub misconception: &'static str,
    /// The check that is meant to catch it, and did.
    pub caught_by: &'static str,
    /// For each check in order: did it fail on this chaff?
    pub caught: Vec<bool>,
}

/// A figure that a page shows.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct FigureReport {
    /// Its id.
    pub id: String,
    /// The number of its chapter.
    pub chapter: u32,
}

/// A claim of a page.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct ClaimReport {
    /// Its id on the page.
    pub id: String,
    /// Its title, in Markdown.
    pub title: String,
    /// The page, relative to the book's sources.
    pub page: String,
    /// The law behind it.
    pub test: String,
}

/// A derivation of a page, line by line.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct DerivationReport {
    /// Its id on the page.
    pub id: String,
    /// Its title, in Markdown; an identity has none.
    pub title: String,
    /// The page, relative to the book's sources.
    pub page: String,
    /// The number of its chapter, where the page is one.
    pub chapter: Option<u32>,
    /// Each line after the first.
    pub steps: Vec<LinkReport>,
    /// The first line against the last, by models.
    pub end_to_end: Option<LinkReport>,
}

/// A check that did not do its work: nothing may be shown on its authority.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// A member breaks a law.
    #[error("the law `{law}` does not hold for {member}:\n{counterexample}")]
    LawBroken {
        /// The law.
        law: String,
        /// Who breaks it.
        member: String,
        /// Where.
        counterexample: String,
    },
    /// A law tried nothing.
    #[error("the law `{0}` tried no case; give it members, and cases that apply to them")]
    LawIdle(String),
    /// A law has nothing to reject.
    #[error("the law `{0}` has no chaff: nobody has seen it fail")]
    LawUntested(String),
    /// A law accepts a planted mistake.
    #[error("the law `{law}` accepts its chaff `{chaff}`; sharpen the law or plant a real mistake")]
    LawChaff {
        /// The law.
        law: String,
        /// The chaff.
        chaff: String,
    },
    /// Two laws of one name.
    #[error("two laws are called `{0}`")]
    LawTwice(String),
    /// The reference fails a check.
    #[error("the reference of exercise {id} fails its check `{check}`:\n{counterexample}")]
    Reference {
        /// The exercise.
        id: &'static str,
        /// The check.
        check: String,
        /// Where.
        counterexample: String,
    },
    /// A check accepts the chaff that it is meant to catch.
    #[error("exercise {id}: the check `{check}` accepts the chaff `{chaff}` that it is meant to catch")]
    ExerciseChaff {
        /// The exercise.
        id: &'static str,
        /// The check.
        check: &'static str,
        /// The chaff.
        chaff: &'static str,
    },
    /// A check that no chaff fails.
    #[error("exercise {id}: no chaff fails the check `{check}`: nobody has seen it fail")]
    ExerciseUntested {
        /// The exercise.
        id: &'static str,
        /// The check.
        check: &'static str,
    },
}

impl Report {
    /// The law of that name.
    ///
    /// # Errors
    /// A question with the nearest name, to append to a message.
    pub fn law(&self, name: &str) -> Result<&LawReport, String> {
        self.laws
            .iter()
            .find(|law| law.name == name)
            .ok_or_else(|| near(name, self.laws.iter().map(|law| law.name)))
    }

    /// All cases that laws and checks tried.
    pub fn cases(&self) -> u64 {
        let checks = self.exercises.iter().flat_map(|exercise| &exercise.checks);
        self.laws.iter().map(|law| law.cases).sum::<u64>() + checks.map(|check| check.cases).sum::<u64>()
    }

    /// All lines of derivations that follow from another.
    pub fn lines(&self) -> usize {
        self.derivations.iter().map(|derivation| derivation.steps.len()).sum()
    }

    /// All planted mistakes.
    pub fn chaffs(&self) -> usize {
        self.laws.iter().map(|law| law.chaffs.len()).sum::<usize>()
            + self.exercises.iter().map(|exercise| exercise.chaffs.len()).sum::<usize>()
    }

    /// Everything in the laws that did not do its work.
    pub fn doubts(&self) -> Vec<Unverified> {
        let mut doubts = Vec::new();
        for (index, law) in self.laws.iter().enumerate() {
            let name = || law.name.to_owned();
            if self.laws[..index].iter().any(|earlier| earlier.name == law.name) {
                doubts.push(Unverified::LawTwice(name()));
            }
            if let Some((member, broken)) = &law.broken {
                let (member, counterexample) = (member.clone(), broken.to_string());
                doubts.push(Unverified::LawBroken { law: name(), member, counterexample });
            } else if law.cases == 0 {
                doubts.push(Unverified::LawIdle(name()));
            }
            if law.chaffs.is_empty() {
                doubts.push(Unverified::LawUntested(name()));
            }
            for chaff in law.chaffs.iter().filter(|chaff| chaff.caught_by.is_none()) {
                doubts.push(Unverified::LawChaff { law: name(), chaff: chaff.name.clone() });
            }
        }
        doubts
    }
}

/// Runs an exercise's checks on its reference and on its chaffs.
pub(crate) fn examine(chapter: u32, exercise: &dyn AnyExercise) -> (ExerciseReport, Vec<Unverified>) {
    let meta = exercise.meta();
    let names = exercise.checks();
    let mut doubts = Vec::new();
    let mut checks = Vec::new();
    let results = exercise.grade_reference().map_or_else(Vec::new, |grade| grade.checks);
    for ((name, property), result) in names.iter().zip(&results) {
        match &result.verdict {
            Ok(tally) => {
                checks.push(CheckReport { name, property, cases: tally.cases, worst_residual: tally.worst });
            }
            Err(broken) => doubts.push(Unverified::Reference {
                id: meta.id,
                check: result.name.clone(),
                counterexample: broken.to_string(),
            }),
        }
    }
    let rows = exercise.chaff_rows();
    for row in rows.iter().filter(|row| !row.is_caught(&names)) {
        doubts.push(Unverified::ExerciseChaff { id: meta.id, check: row.chaff.meant, chaff: row.chaff.name });
    }
    for (index, (check, _)) in names.iter().enumerate() {
        if !rows.iter().any(|row| row.caught.get(index) == Some(&true)) {
            doubts.push(Unverified::ExerciseUntested { id: meta.id, check });
        }
    }
    let chaff = |row: checks::exercise::ChaffRow| ChaffReport {
        name: row.chaff.name,
        misconception: row.chaff.misconception,
        caught_by: row.chaff.meant,
        caught: row.caught,
    };
    let report = ExerciseReport {
        id: meta.id,
        chapter,
        kind: meta.kind,
        title: meta.title,
        points: meta.points,
        minutes: meta.minutes,
        checks,
        chaffs: rows.into_iter().map(chaff).collect(),
    };
    (report, doubts)
}
