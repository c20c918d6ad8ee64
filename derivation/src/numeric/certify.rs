//! The certificate of a chain: what all models together say of each line.

use super::budget::{Budget, Limits};
use super::compile::compile;
use super::gather::{Place, gather, pairs};
use super::judge::Finding;
use super::{convex, real, repair, shrink, words};
use crate::chain::Chain;
use crate::context::Space;
use crate::report::{Counterexample, Evaluation, Numeric};

/// What the models say of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No model refutes it.
    Holds(Numeric),
    /// A model in which it is false.
    Refuted {
        /// The model.
        counterexample: Counterexample,
        /// The weakest assumption found under which the link holds in every model.
        true_if: Option<String>,
    },
    /// A model in which a side is undefined, and none in which it is false.
    Undefined {
        /// The model.
        counterexample: Counterexample,
        /// The weakest assumption found under which the link holds in every model.
        true_if: Option<String>,
    },
    /// No model could be built.
    Unmodelled(String),
}

/// The numeric certificate of a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// One a link.
    pub links: Vec<Outcome>,
    /// The first line against the last.
    pub end_to_end: Outcome,
}

/// Certifies a chain by models.
pub fn certify(chain: &Chain, limits: &Limits) -> Certificate {
    let links = chain.links.len();
    let all = |reason: String| Certificate {
        links: vec![Outcome::Unmodelled(reason.clone()); links],
        end_to_end: Outcome::Unmodelled(reason),
    };
    let candidates = repair::candidates(chain);
    let assumptions: Vec<_> = candidates.iter().map(|c| c.assumption.clone()).collect();
    let (program, tried) = match compile(chain, &assumptions) {
        Ok(compiled) => compiled,
        Err(reason) => return all(reason.to_string()),
    };
    if let Some(reason) = convex::no_generator(&program, limits.seed) {
        return all(reason);
    }
    let pairs = pairs(chain);
    let on_the_line = program.spaces.iter().any(|(_, kind)| *kind == Space::Real)
        || program.laws.iter().any(|law| law.pushforward.is_some());
    // Finite models first: they are exact.
    let gathered = match gather(&program, &pairs, limits, on_the_line) {
        Ok(gathered) => gathered,
        Err(reason) => return all(reason),
    };
    let lines = if real::applies(&program) {
        let (models, share) = if on_the_line { (60, 1) } else { (12, 8) };
        let budget = Budget::new(limits, pairs.len(), share);
        real::gather(&program, &pairs, limits.seed, models, budget)
    } else {
        vec![real::RealSays::default(); pairs.len()]
    };
    if on_the_line && lines.iter().all(|says| says.decided == 0) {
        return all("no integral of the chain could be evaluated on the line".into());
    }
    let repaired = |pair: usize| repair::weakest(&program, &candidates, &tried, &gathered.trials, pair);
    let shrunk = |pair: usize, place: &Place, how: Finding| {
        let place = shrink::shrink(&program, pairs[pair], place, how, limits.simplifications);
        words::counterexample(&program, pairs[pair], &place)
    };
    let outcome = |pair: usize| {
        let says = &gathered.says[pair];
        let link = pairs[pair];
        if let Some(place) = &says.refuted {
            return Outcome::Refuted {
                counterexample: shrunk(pair, place, Finding::False),
                true_if: repaired(pair),
            };
        }
        let line = &lines[pair];
        if let Some(counterexample) = &line.refuted {
            return Outcome::Refuted { counterexample: counterexample.clone(), true_if: None };
        }
        if let Some(place) = &says.undefined {
            return Outcome::Undefined {
                counterexample: shrunk(pair, place, Finding::Undefined),
                true_if: repaired(pair),
            };
        }
        let tell =
            |place: &Option<Place>| place.as_ref().map(|place| words::counterexample(&program, link, place));
        // What is said of finite models counts; the line can only refute them.
        let decided = if on_the_line { line.decided } else { says.decided };
        let kind = if says.open > decided || decided == 0 {
            Evaluation::Undecided
        } else if on_the_line {
            Evaluation::Numeric
        } else {
            says.kind
        };
        Outcome::Holds(Numeric {
            models: decided.max(if kind == Evaluation::Undecided { says.open } else { 0 }),
            kind,
            worst_residual: if on_the_line { line.residual } else { says.residual },
            equality: tell(&says.equality).or_else(|| tell(&says.near)).or_else(|| line.equality.clone()),
            strict: tell(&says.strict).or_else(|| line.strict.clone()),
            example: tell(&says.example).or_else(|| line.example.clone()),
        })
    };
    let links: Vec<Outcome> = (0..links).map(outcome).collect();
    // A chain of one link is that link.
    let end_to_end = match &links[..] {
        [only] => only.clone(),
        _ => outcome(links.len()),
    };
    Certificate { links, end_to_end }
}
