//! One verdict from what the models said and what the kernel proved.

use super::{cited, relation};
use crate::chain::Chain;
use crate::numeric::Outcome;
use crate::report::{LinkReport, Numeric, Report, Verdict};
use crate::symbolic::{self, Proof};

/// The verdict on a link.
pub(super) fn of_link(chain: &Chain, index: usize, outcome: Outcome, proof: Proof) -> LinkReport {
    let link = &chain.links[index];
    let (numeric, refuted) = of_models(outcome);
    let refuted = refuted.map(|verdict| match verdict {
        Verdict::Refuted { counterexample, .. } => Verdict::Refuted {
            counterexample,
            looks_like: symbolic::looks_like(&chain.context, chain.before(index), link)
                .map(|rule| rule.name.to_owned()),
        },
        other => other,
    });
    let (symbolic, unproved) = match proof {
        Proof::Found(symbolic) => (Some(symbolic), None),
        Proof::Missing(missing) => (None, Some(Verdict::NotRefuted { missing })),
    };
    LinkReport {
        relation: relation(link).to_owned(),
        rules: cited(link),
        verdict: refuted.or(unproved).unwrap_or(Verdict::Proved),
        numeric,
        symbolic,
    }
}

/// What the models said: a certificate, or the verdict that they force.
pub(super) fn of_models(outcome: Outcome) -> (Option<Numeric>, Option<Verdict>) {
    match outcome {
        Outcome::Holds(numeric) => (Some(numeric), None),
        Outcome::Refuted(counterexample) => (None, Some(Verdict::Refuted { counterexample, looks_like: None })),
        Outcome::Undefined { counterexample, true_if } => {
            (None, Some(Verdict::Undefined { counterexample, true_if }))
        }
        Outcome::Unmodelled(reason) => (None, Some(Verdict::NotUnderstood { reason })),
    }
}

impl Report {
    /// Does every link stand: proved, and by no model refuted, from end to end as well?
    pub fn stands(&self) -> bool {
        let proved = |report: &LinkReport| report.verdict == Verdict::Proved;
        !self.steps.is_empty() && self.steps.iter().chain(&self.end_to_end).all(proved)
    }

    /// The first line that does not stand, counted from 1 for the chain's first line.
    pub fn first_fault(&self) -> Option<(usize, &LinkReport)> {
        let broken = |step: &&LinkReport| step.verdict != Verdict::Proved;
        let at = self.steps.iter().position(|step| broken(&step))?;
        Some((at + 2, &self.steps[at]))
    }
}

/// How many links got which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All links.
    pub links: usize,
    /// Of these, proved.
    pub proved: usize,
    /// Models tried, all links together.
    pub models: u64,
}

/// Adds up what was checked.
pub fn counts<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Counts {
    let mut sum = Counts::default();
    for step in reports.into_iter().flat_map(|report| &report.steps) {
        sum.links += 1;
        sum.proved += usize::from(step.verdict == Verdict::Proved);
        sum.models += step.numeric.as_ref().map_or(0, |numeric| numeric.models);
    }
    sum
}
