//! How an answer fared, and which checks caught a planted mistake.

use crate::check::{Broken, Tally};
use serde::{Deserialize, Serialize};

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
