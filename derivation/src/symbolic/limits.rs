//! What a proof may cost.

use std::time::Duration;

/// What a proof may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rounds of the search.
    pub rounds: usize,
    /// Nodes of the search's graph.
    pub nodes: usize,
    /// Terms tried of one class a round.
    pub variants: usize,
    /// Nodes of one term.
    pub size: usize,
    /// Are the terms of a class looked at one level deeper?
    pub deep: bool,
    /// Time of one search.
    pub time: Duration,
    /// Time of all searches for one link.
    pub total: Duration,
    /// Is it looked for what would help: other rules, an assumption, a known mistake?
    pub hints: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rounds: 8,
            nodes: 6_000,
            variants: 24,
            size: 160,
            deep: false,
            // Only a safety net: rounds and nodes end a search, so that a verdict does
            // not depend on how busy the machine is.
            time: Duration::from_secs(5),
            total: Duration::from_secs(20),
            hints: true,
        }
    }
}

/// For "would follow by": a hint, on which no verdict rests, so that it may be cut short.
pub(super) const FOR_HINTS: Limits = Limits {
    rounds: 4,
    nodes: 3_000,
    variants: 12,
    size: 100,
    deep: false,
    time: Duration::from_millis(400),
    total: Duration::from_millis(1_200),
    hints: false,
};
