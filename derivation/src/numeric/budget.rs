//! How much is tried of a link, and what may be spent on a chain: in work and not in time,
//! so that what is tried does not depend on how busy the machine is.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// How much is tried.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Random models beyond the enumerated ones.
    pub random_models: u32,
    /// Operations for each link, in units of an operation on floats (exact ones cost
    /// more): what is not tried with them is left out, the same on every machine.
    pub work: u64,
    /// Models that are tried to simplify a counterexample.
    pub simplifications: u32,
    /// Wall-clock time for each link: a far net, so that a verdict does not depend on
    /// how busy the machine is.
    pub per_link: Duration,
    /// Of the random numbers: the same seed gives the same models.
    pub seed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            random_models: 1000,
            work: 60_000_000,
            simplifications: 400,
            per_link: Duration::from_secs(10),
            seed: 20,
        }
    }
}

/// Work for all links of a chain together: a chain of very many has less for each.
const MOST_WORK: u64 = 3_000_000_000;
/// Wall-clock time for all links of a chain together.
const LONGEST: Duration = Duration::from_secs(120);

/// What may still be spent on a chain.
#[derive(Debug)]
pub(super) struct Budget {
    work: u64,
    deadline: Instant,
}

impl Budget {
    /// For so many pairs of lines, or a share of what they have.
    pub(super) fn new(limits: &Limits, pairs: usize, share: u32) -> Self {
        let many = u32::try_from(pairs).unwrap_or(u32::MAX);
        let work = limits.work.saturating_mul(u64::from(many)).min(MOST_WORK) / u64::from(share);
        Self { work, deadline: Instant::now() + limits.per_link.saturating_mul(many).min(LONGEST) }
    }

    /// Fuel for one model; nothing once all is spent.
    pub(super) fn fuel(&self, most: u64) -> Option<Cell<u64>> {
        (self.work > 0 && Instant::now() <= self.deadline).then(|| Cell::new(most.min(self.work)))
    }

    /// Takes off what a model has used of its fuel.
    pub(super) fn spend(&mut self, most: u64, left: &Cell<u64>) {
        // No model is free, so that those which the assumptions rule out come to an end.
        let used = most.min(self.work).saturating_sub(left.get()).max(1);
        self.work = self.work.saturating_sub(used);
    }
}
