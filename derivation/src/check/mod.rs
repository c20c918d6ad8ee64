//! Both certificates on every link of a chain, and the verdict that they give
//! together.
//!
//! A mistake is looked for in a fixed order, so that the reader is told the thing
//! that helps most: the line is false (a model shows it, and perhaps a known false
//! rule leads there); a side is undefined; it is true but does not follow from the
//! cited rule; a cited rule was not needed; the step is too long; it is right.

mod verdict;
mod written;

pub use written::sign;

use crate::chain::{Chain, Link, Relation};
use crate::report::{LinkReport, Missing, Report, Verdict};
use crate::symbolic::Proof;
use crate::{numeric, symbolic};
use written::{cited, relation};

/// How long and how hard both certificates may try.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Models.
    pub numeric: numeric::Limits,
    /// Search and replay.
    pub symbolic: symbolic::Limits,
}

/// Both certificates hold contrary opinions: a model refutes what the kernel proved.
/// One of them is wrong, so nothing they say may be displayed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(
    "{chain}, line {line}: the kernel proved this link and a model refutes it ({says}); one of the two certificates is wrong, please report it"
)]
pub struct Disagreement {
    /// The derivation's id.
    pub chain: String,
    /// The line, counted from 1 for the chain's first.
    pub line: usize,
    /// What the model says.
    pub says: String,
}

/// Checks every link and the chain from end to end.
///
/// # Errors
/// [`Disagreement`] where the two certificates contradict each other.
pub fn check(chain: &Chain, limits: &Limits) -> Result<Report, Disagreement> {
    let models = numeric::certify(chain, &limits.numeric);
    let mut steps = Vec::new();
    for (index, (link, outcome)) in chain.links.iter().zip(models.links).enumerate() {
        let proof = match unknown_rule(link) {
            Some(reason) => {
                steps.push(not_understood(link, outcome, reason));
                continue;
            }
            None => {
                let stands = matches!(outcome, numeric::Outcome::Holds(_));
                let limits = if stands { limits.symbolic } else { of_refuted(&limits.symbolic) };
                symbolic::prove(&chain.context, chain.before(index), link, &limits)
            }
        };
        let proved = is_proof(&proof);
        let refuted = matches!(outcome, numeric::Outcome::Refuted { .. });
        let against = refuted.then(|| holds_against(chain, index, &steps, &limits.numeric)).flatten();
        let hints = refuted && against.is_none() && limits.symbolic.hints;
        let notes = if hints { notes(chain, index, &limits.numeric) } else { vec![] };
        let report = verdict::of_link(chain, index, outcome, proof, against, notes, limits.symbolic.hints);
        disagreement(chain, index, &report, proved)?;
        steps.push(report);
    }
    let end_to_end = (chain.links.len() > 1).then(|| end_to_end(chain, models.end_to_end, &steps));
    Ok(Report { id: chain.id.to_string(), steps, end_to_end })
}

/// A line that a model refutes is looked at for a contradiction only: nothing that would
/// prove it helps anybody, and a search that is to find nothing is the longest.
fn of_refuted(limits: &symbolic::Limits) -> symbolic::Limits {
    symbolic::Limits { hints: false, rounds: limits.rounds / 2, nodes: limits.nodes / 4, ..*limits }
}

/// The last line before a run of false ones that ends right before this link, if this
/// link holds against it: then it is not here that the mistake is.
fn holds_against(
    chain: &Chain,
    index: usize,
    steps: &[LinkReport],
    limits: &numeric::Limits,
) -> Option<usize> {
    let is_false = |step: &LinkReport| matches!(step.verdict, Verdict::Refuted { .. });
    let run = steps.iter().rev().take_while(|step| is_false(step)).count();
    let link = &chain.links[index];
    if run == 0 || link.attained.is_some() {
        return None;
    }
    let from = index - run;
    let mut between = chain.links[from..=index].iter().map(|link| link.relation);
    let relation = between.find(|relation| *relation != Relation::Equal).unwrap_or(Relation::Equal);
    let skipping = Chain {
        first: chain.before(from).clone(),
        links: vec![Link { relation, by: Vec::new(), ..link.clone() }],
        ..chain.clone()
    };
    let holds = matches!(numeric::certify(&skipping, limits).end_to_end, numeric::Outcome::Holds(_));
    holds.then_some(from + 1)
}

/// What else helps to mend a false line: a point that nothing binds any more, and the
/// relation with which the line would hold.
fn notes(chain: &Chain, index: usize, limits: &numeric::Limits) -> Vec<String> {
    let (before, link) = (chain.before(index), &chain.links[index]);
    let unbound = symbolic::unbound(before, &link.term);
    let mut notes: Vec<String> = unbound
        .iter()
        .map(|point| {
            format!("Nothing binds `{point}` in this line, and the line before does. Is an expectation or a sum over it missing?")
        })
        .collect();
    let others: &[Relation] = match (link.relation, chain.direction()) {
        (Relation::Equal, Relation::Equal) => &[Relation::AtLeast, Relation::AtMost],
        (Relation::Equal, Relation::AtLeast) | (Relation::AtMost, _) => &[Relation::AtLeast],
        (Relation::Equal, Relation::AtMost) | (Relation::AtLeast, _) => &[Relation::AtMost],
    };
    let holds = |relation: &&Relation| {
        let other = Chain {
            first: before.clone(),
            links: vec![Link { relation: **relation, by: Vec::new(), ..link.clone() }],
            ..chain.clone()
        };
        let outcome = numeric::certify(&other, limits).links.into_iter().next();
        matches!(outcome, Some(numeric::Outcome::Holds(_)))
    };
    if unbound.is_empty()
        && link.attained.is_none()
        && let Some(relation) = others.iter().find(holds)
    {
        let (with, written) = (sign(*relation), sign(link.relation));
        notes.push(format!("With `{with}` in place of `{written}` it holds in every model that was tried."));
    }
    notes
}

/// A rule that does not exist, with the nearest that does.
fn unknown_rule(link: &Link) -> Option<String> {
    link.by
        .iter()
        .find_map(|citation| symbolic::find_rule(&citation.rule).err())
        .map(|unknown| unknown.to_string())
}

/// A link whose reason cannot be read is still tried on models: if it is false, that
/// is what matters.
fn not_understood(link: &Link, outcome: numeric::Outcome, reason: String) -> LinkReport {
    let (numeric, refuted) = verdict::of_models(outcome);
    LinkReport {
        relation: relation(link).to_owned(),
        rules: cited(link),
        verdict: refuted.unwrap_or(Verdict::NotUnderstood { reason }),
        numeric,
        symbolic: None,
    }
}

/// Did the kernel prove the link, be it without a rule that it cites or with others?
fn is_proof(proof: &Proof) -> bool {
    match proof {
        Proof::Found(_) | Proof::Missing(Missing::NotUsed { .. }) => true,
        Proof::Missing(Missing::DoesNotFollow { would_follow_by }) => !would_follow_by.is_empty(),
        Proof::Missing(_) => false,
    }
}

fn disagreement(chain: &Chain, index: usize, report: &LinkReport, proved: bool) -> Result<(), Disagreement> {
    let says = match &report.verdict {
        Verdict::Refuted { counterexample, .. } | Verdict::Undefined { counterexample, .. } if proved => {
            counterexample.says.clone()
        }
        _ => return Ok(()),
    };
    Err(Disagreement { chain: chain.id.to_string(), line: index + 2, says })
}

/// The first line against the last. Links that are proved prove it; the models are
/// asked all the same.
fn end_to_end(chain: &Chain, outcome: numeric::Outcome, steps: &[LinkReport]) -> LinkReport {
    let (numeric, refuted) = verdict::of_models(outcome);
    let unproved = steps.iter().position(|step| step.verdict != Verdict::Proved);
    let followed = match unproved {
        None => Verdict::Proved,
        Some(at) => Verdict::NotRefuted { missing: Missing::Link { line: at + 2 } },
    };
    LinkReport {
        relation: sign(chain.direction()).to_owned(),
        rules: Vec::new(),
        verdict: refuted.unwrap_or(followed),
        numeric,
        symbolic: None,
    }
}
