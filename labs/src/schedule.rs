//! How the learning rate falls over a run.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// The share of the learning rate that a step takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Schedule {
    /// Always the whole.
    Constant,
    /// Down to 0 along a straight line.
    Linear,
    /// Down to 0 along half a wave of the cosine.
    #[default]
    Cosine,
}

impl Schedule {
    /// The share at `step` of `steps`, counted from 0.
    ///
    /// ```
    /// use labs::schedule::Schedule;
    /// assert_eq!(Schedule::Linear.share(25, 100), 0.75);
    /// assert_eq!(Schedule::Cosine.share(0, 100), 1.0);
    /// ```
    pub fn share(self, step: u64, steps: u64) -> f64 {
        let done = step.min(steps) as f64 / steps.max(1) as f64;
        match self {
            Self::Constant => 1.0,
            Self::Linear => 1.0 - done,
            Self::Cosine => (1.0 + (PI * done).cos()) / 2.0,
        }
    }
}
