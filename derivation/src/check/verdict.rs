//! One verdict from what the models said and what the kernel proved.

use super::written::{cited, relation};
use crate::chain::Chain;
use crate::numeric::Outcome;
use crate::report::{LinkReport, Numeric, Verdict};
use crate::symbolic::{self, Proof};

/// The verdict on a link; with hints, also the mistake that a false one looks like. One
/// that holds against an earlier line made none.
pub(super) fn of_link(
    chain: &Chain,
    index: usize,
    outcome: Outcome,
    proof: Proof,
    holds_against: Option<usize>,
    notes: Vec<String>,
    hints: bool,
) -> LinkReport {
    let link = &chain.links[index];
    let (numeric, refuted) = of_models(outcome);
    let refuted = refuted.map(|verdict| match verdict {
        Verdict::Refuted { counterexample, true_if, .. } => Verdict::Refuted {
            counterexample,
            true_if: true_if.filter(|_| holds_against.is_none()),
            holds_against,
            notes,
            looks_like: (hints && holds_against.is_none())
                .then(|| symbolic::looks_like(&chain.context, chain.before(index), link))
                .flatten()
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
        Outcome::Refuted { counterexample, true_if } => {
            let (looks_like, holds_against, notes) = (None, None, vec![]);
            (None, Some(Verdict::Refuted { counterexample, looks_like, true_if, holds_against, notes }))
        }
        Outcome::Undefined { counterexample, true_if } => {
            (None, Some(Verdict::Undefined { counterexample, true_if }))
        }
        Outcome::Unmodelled(reason) => (None, Some(Verdict::NotUnderstood { reason })),
    }
}
