//! A check, what it counted, and how it broke.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A named property that an implementation `F` must have.
#[derive(Clone, Copy)]
pub struct Check<F> {
    /// A short name, unique among its siblings: `supremum`, `outside-the-domain`.
    pub name: &'static str,
    /// What must hold, in words and symbols.
    pub property: &'static str,
    /// Tries the property on an implementation.
    pub run: fn(F) -> Verdict,
}

/// An implementation with one planted mistake.
#[derive(Clone, Copy)]
pub struct Chaff<F> {
    /// A short name: `swapped-arguments`.
    pub name: &'static str,
    /// The misconception behind it, as one would tell it to its owner.
    pub misconception: &'static str,
    /// The wrong implementation.
    pub subject: F,
    /// The name of the check that is meant to catch it.
    pub caught_by: &'static str,
}

/// What came of running a check.
pub type Verdict = Result<Tally, Box<Broken>>;

/// What a check that passed has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// How many cases were tried.
    pub cases: u64,
    /// The largest residual as a share of its tolerance: at most 1.
    pub worst: f64,
}

impl Tally {
    /// One case more, whose residual was `share` of its tolerance.
    pub fn count(&mut self, share: f64) {
        self.cases += 1;
        self.worst = self.worst.max(share);
    }

    /// Both tallies together.
    pub fn merge(&mut self, other: Tally) {
        self.cases += other.cases;
        self.worst = self.worst.max(other.worst);
    }
}

/// In which way a check broke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Manner {
    /// A value that contradicts the property.
    Wrong,
    /// NaN where a number (or ±∞) was due.
    NotANumber,
    /// The implementation panicked.
    Panicked,
}

/// A counterexample: the property, the place, what was due and what came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Broken {
    /// In which way.
    pub manner: Manner,
    /// The place, such as `t = 1`.
    pub at: String,
    /// What the property asks for there.
    pub expected: String,
    /// What the implementation gave.
    pub found: String,
    /// |found − expected|, where both are numbers and finite.
    pub off_by: Option<f64>,
    /// How far off it may be by rounding; 0 where the value is exact, or infinite.
    pub allowed: Option<f64>,
}

impl Broken {
    /// A contradiction told in words.
    pub fn new(at: impl Into<String>, expected: impl Into<String>, found: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            manner: Manner::Wrong,
            at: at.into(),
            expected: expected.into(),
            found: found.into(),
            off_by: None,
            allowed: None,
        })
    }

    /// Equal inputs gave different outputs: nothing else that is found says much.
    pub fn changing(at: impl Into<String>) -> Box<Self> {
        Self::new(
            at,
            "the same output each time for the same input",
            "different ones: does it use randomness, a clock, or state that it keeps between calls?",
        )
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "  at        {}", self.at)?;
        writeln!(f, "  expected  {}", self.expected)?;
        write!(f, "  found     {}", self.found)?;
        match (self.off_by, self.allowed) {
            (Some(off_by), Some(allowed)) => {
                write!(f, "   (off by {off_by:.3e}; rounding allows {allowed:.3e})")
            }
            (Some(off_by), None) => write!(f, "   (off by {off_by:.3e})"),
            (None, _) => Ok(()),
        }
    }
}

/// Do two numbers agree within `tolerance`? The residual as a share of it, or a
/// counterexample. Equal infinities agree; NaN agrees with nothing.
pub fn agree(at: impl Into<String>, expected: f64, found: f64, tolerance: f64) -> Result<f64, Box<Broken>> {
    if expected == found {
        return Ok(0.0);
    }
    let off_by = (found - expected).abs();
    if off_by <= tolerance && off_by.is_finite() {
        return Ok(off_by / tolerance);
    }
    Err(Box::new(Broken {
        manner: if found.is_nan() { Manner::NotANumber } else { Manner::Wrong },
        at: at.into(),
        // An oracle's own rounding is no digit to ask for.
        expected: number(if expected.abs() <= tolerance { 0.0 } else { expected }),
        found: number(found),
        off_by: off_by.is_finite().then_some(off_by),
        allowed: Some(tolerance),
    }))
}

/// Must `larger ≥ smaller − tolerance` hold? The violation as a share of the
/// tolerance, or a counterexample. `relation` tells what the two numbers are.
pub fn at_least(
    at: impl Into<String>,
    relation: &str,
    larger: f64,
    smaller: f64,
    tolerance: f64,
) -> Result<f64, Box<Broken>> {
    if larger >= smaller {
        return Ok(0.0);
    }
    let short_by = smaller - larger;
    if short_by <= tolerance && short_by.is_finite() {
        return Ok(short_by / tolerance);
    }
    Err(Box::new(Broken {
        manner: if larger.is_nan() || smaller.is_nan() { Manner::NotANumber } else { Manner::Wrong },
        at: at.into(),
        expected: relation.to_owned(),
        found: match larger.is_nan() || smaller.is_nan() {
            true => number(f64::NAN),
            false => format!("{} < {}", number(larger), number(smaller)),
        },
        off_by: short_by.is_finite().then_some(short_by),
        allowed: Some(tolerance),
    }))
}

/// NaN where `expected` was due.
pub fn not_a_number(at: impl Into<String>, expected: &str) -> Box<Broken> {
    Box::new(Broken { manner: Manner::NotANumber, ..*Broken::new(at, expected, number(f64::NAN)) })
}

/// Is `found`, a number, as `required`, which is said in words?
pub fn demand(
    at: impl Into<String>,
    required: &str,
    found: f64,
    is_so: impl Fn(f64) -> bool,
) -> Result<f64, Box<Broken>> {
    match found {
        _ if found.is_nan() => Err(not_a_number(at, required)),
        _ if is_so(found) => Ok(0.0),
        _ => Err(Broken::new(at, required, number(found))),
    }
}

/// A number as a reader would write it: ∞ for infinity, all digits otherwise.
pub fn number(x: f64) -> String {
    match x {
        f64::INFINITY => "+∞".into(),
        f64::NEG_INFINITY => "−∞".into(),
        x if x.is_nan() => "NaN".into(),
        0.0 => "0".into(),
        x if !(1e-4..1e16).contains(&x.abs()) => format!("{x:e}"),
        x => format!("{x}"),
    }
}
