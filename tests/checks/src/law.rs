//! A law: one check, all its members, and the chaffs that it must reject.

use crate::check::{Broken, Tally, Verdict};
use crate::for_all::guarded;
use serde::Serialize;
use std::panic::Location;

/// A law over subjects of type `S`.
pub struct Law<S> {
    /// Its name, unique: `fenchel-young`. Pages cite it: `claim test=fenchel-young`.
    pub name: &'static str,
    /// What it says, in words and symbols.
    pub statement: &'static str,
    /// Everything that must obey it, by name.
    pub members: fn() -> Vec<(String, S)>,
    /// Tries it on one member.
    pub check: fn(&S) -> Verdict,
    /// Subjects with one planted mistake each, by name.
    pub chaffs: fn() -> Vec<(&'static str, S)>,
}

/// A law together with the formula that a page may display on its authority.
pub struct Stated<S> {
    law: Law<S>,
    formula: Formula,
}

/// LaTeX, and where in the sources it is stated.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Formula {
    /// The LaTeX.
    pub latex: &'static str,
    /// The file, as the compiler knows it.
    #[serde(skip)]
    pub file: &'static str,
    /// Its line.
    #[serde(skip)]
    pub line: u32,
}

impl<S> Law<S> {
    /// Ties a page's formula to the law: its LaTeX stands here, beside the code that
    /// checks it, and on the page; a `claim` whose two texts differ stops the build.
    #[track_caller]
    pub fn stating(self, latex: &'static str) -> Stated<S> {
        let place = Location::caller();
        Stated { law: self, formula: Formula { latex, file: place.file(), line: place.line() } }
    }
}

/// What running a law showed.
#[derive(Clone, Debug, Serialize)]
pub struct LawReport {
    /// The law's name.
    pub name: &'static str,
    /// What it says.
    pub statement: &'static str,
    /// The formula that it checks, if a page displays one on its authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// How many members obey it.
    pub members: usize,
    /// Cases tried over all members.
    pub cases: u64,
    /// The largest residual, as a share of its tolerance.
    pub worst_residual: f64,
    /// The chaffs, each with what caught it.
    pub chaffs: Vec<ChaffReport>,
    /// The first member that breaks it, with the counterexample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken: Option<(String, Broken)>,
}

/// A planted mistake and what caught it.
#[derive(Clone, Debug, Serialize)]
pub struct ChaffReport {
    /// The chaff's name.
    pub name: String,
    /// The law or check that caught it; nothing if it slipped through.
    pub caught_by: Option<String>,
}

impl LawReport {
    /// Do all members obey the law, and does it reject all its chaffs?
    pub fn holds(&self) -> bool {
        self.broken.is_none()
            && self.cases > 0
            && !self.chaffs.is_empty()
            && self.chaffs.iter().all(|chaff| chaff.caught_by.is_some())
    }
}

/// A law over subjects of any type.
pub trait AnyLaw: Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What it says.
    fn statement(&self) -> &'static str;
    /// Runs it on every member and every chaff.
    fn run(&self) -> LawReport;
}

impl<S> AnyLaw for Law<S> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn statement(&self) -> &'static str {
        self.statement
    }

    fn run(&self) -> LawReport {
        let members = (self.members)();
        let mut tally = Tally::default();
        let mut broken = None;
        for (name, subject) in &members {
            match guarded(|| (self.check)(subject)) {
                Ok(seen) => tally.merge(seen),
                Err(why) => {
                    broken.get_or_insert((name.clone(), *why));
                }
            }
        }
        let caught = |(name, subject): &(&'static str, S)| ChaffReport {
            name: (*name).to_owned(),
            caught_by: guarded(|| (self.check)(subject)).is_err().then(|| self.name.to_owned()),
        };
        LawReport {
            name: self.name,
            statement: self.statement,
            formula: None,
            members: members.len(),
            cases: tally.cases,
            worst_residual: tally.worst,
            chaffs: (self.chaffs)().iter().map(caught).collect(),
            broken,
        }
    }
}

impl<S> AnyLaw for Stated<S> {
    fn name(&self) -> &'static str {
        self.law.name
    }

    fn statement(&self) -> &'static str {
        self.law.statement
    }

    fn run(&self) -> LawReport {
        LawReport { formula: Some(self.formula), ..self.law.run() }
    }
}
