//! Which forgotten assumption would repair a false or undefined link?
//!
//! The candidates are what the chain itself suggests: its divergences are finite, one of
//! its laws is absolutely continuous to another, a density is positive, an expectation
//! finite, a generator closed. Of those that rule out every model in which the link
//! fails, the one that leaves most models is the weakest.

use super::evaluate::Evaluator;
use super::gather::Trial;
use super::judge::Finding;
use super::program::{Assumed, Program};
use super::sample;
use crate::chain::Chain;
use crate::context::{Assumption, Comparison, Property};
use crate::syntax::{self, substitute::visit};
use crate::term::{Distance, LawAt, Name, Over, Range, Term, Variable};
use crate::typeset::plain;
use num_rational::BigRational;
use num_traits::Zero;
use std::cell::Cell;

/// Candidates at most, and models that must be left for a candidate to mean something.
const MOST_CANDIDATES: usize = 60;
const LEAST_MODELS: usize = 10;
const FUEL: u64 = 1_600_000;

/// An assumption that may have been forgotten.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) assumption: Assumption,
    /// As the text would say it.
    text: String,
    /// Of two equally weak ones the earlier kind is told.
    order: u32,
}

/// The term is > 0, ≥ 0, ≠ 0, …; of densities more is known, or said elsewhere. Of a
/// function at every point it is said where it is declared.
fn compared(
    add: &mut impl FnMut(u32, Assumption, String),
    chain: &Chain,
    term: &Term,
    comparison: Comparison,
) {
    let (sign, range) = match comparison {
        Comparison::Greater => (">", Some("(0, inf)")),
        Comparison::AtLeast => (">=", Some("[0, inf)")),
        Comparison::Less => ("<", None),
        _ => ("!=", None),
    };
    let zero = Term::Number(BigRational::zero());
    let assumption = Assumption::Compares(term.clone(), comparison, zero);
    match term {
        Term::Number(_) | Term::Density(_) => {}
        Term::Function { name, arguments } => {
            let declared = chain.context.functions.iter().find(|f| f.name == *name);
            let every = arguments.iter().all(|argument| matches!(argument, Term::Point(_)));
            if let (Some(function), Some(range), true) = (declared, range, every)
                && function.definition.is_none()
                && function.range == Range::Real
            {
                add(2, assumption, format!("let {} in {range}", plain(term)));
            }
        }
        _ => add(2, assumption, format!("{} {sign} 0", plain(term))),
    }
}

/// What the terms of a chain suggest.
pub(super) fn candidates(chain: &Chain) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |order: u32, assumption: Assumption, text: String| {
        if all.len() < MOST_CANDIDATES && !all.iter().any(|known| known.text == text) {
            all.push(Candidate { assumption, text, order });
        }
    };
    let mut laws: Vec<LawAt> = Vec::new();
    let lines = std::iter::once(&chain.first).chain(chain.links.iter().map(|link| &link.term));
    for line in lines {
        visit(line, &mut |term| match term {
            Term::Distance {
                kind: Distance::Kl | Distance::F(_) | Distance::Chi2 | Distance::CrossEntropy,
                p,
                q,
            } => {
                let finite = Assumption::Compares(term.clone(), Comparison::Less, Term::Infinity);
                add(0, finite, format!("{} < inf", plain(term)));
                laws.extend([p.clone(), q.clone()]);
            }
            Term::Distance { p, q, .. } => laws.extend([p.clone(), q.clone()]),
            Term::Density(law) => {
                let zero = Term::Number(BigRational::zero());
                let positive = Assumption::Compares(term.clone(), Comparison::Greater, zero);
                add(2, positive, format!("{} > 0", plain(term)));
                laws.push(law.clone());
            }
            Term::Expectation { law, .. } => {
                add(3, Assumption::Finite(term.clone()), format!("{} is finite", plain(term)));
                laws.push(law.clone());
            }
            Term::Entropy(law) => laws.push(law.clone()),
            Term::Log(argument) | Term::Quotient(_, argument) => {
                for comparison in [Comparison::Greater, Comparison::AtLeast, Comparison::Different] {
                    compared(&mut add, chain, argument, comparison);
                }
            }
            Term::Parameter(_) => {
                for comparison in [Comparison::Greater, Comparison::AtLeast, Comparison::Less] {
                    compared(&mut add, chain, term, comparison);
                }
            }
            _ => {}
        });
    }
    laws.dedup();
    let names = |variables: &[Variable]| variables.iter().map(|v| v.name.clone()).collect::<Vec<_>>();
    for p in &laws {
        for q in laws.iter().filter(|q| !q.of.is_empty()) {
            // A joint law is compared by its conditional on what the other is no law of.
            let Some(p) = &conditional(p, &names(&q.of)) else { continue };
            // Two laws at points of the same names are meant at the same points.
            let at = LawAt { of: p.of.clone(), ..q.clone() };
            let (left, right) = (plain(&Term::Density(p.clone())), plain(&Term::Density(at.clone())));
            if left != right {
                add(1, Assumption::AbsolutelyContinuous(p.clone(), at), format!("{left} << {right}"));
            }
        }
    }
    for generator in &chain.context.generators {
        for (property, text) in [
            (Property::Closed, "closed"),
            (Property::Differentiable, "differentiable"),
            (Property::Normalised, "normalised"),
        ] {
            let text = format!("{} is {text}", generator.name);
            add(4, Assumption::Has(generator.name.clone(), property), text);
        }
    }
    // What cannot be written is no advice.
    all.retain(|candidate| {
        free(&candidate.assumption)
            && (candidate.text.starts_with("let ")
                || syntax::assuming(&chain.context, &candidate.text).is_ok())
    });
    all.sort_by_key(|candidate| candidate.order);
    all
}

/// The law of the variables with these names, given its others.
fn conditional(law: &LawAt, names: &[Name]) -> Option<LawAt> {
    let (of, rest): (Vec<_>, Vec<_>) = law.of.iter().cloned().partition(|v| names.contains(&v.name));
    let named: Vec<Name> = of.iter().map(|v| v.name.clone()).collect();
    let given = law.given.iter().cloned().chain(rest).collect();
    (named == names).then(|| LawAt { of, given, ..law.clone() })
}

/// Does it say nothing of what an extremum around it binds?
fn free(assumption: &Assumption) -> bool {
    let (Assumption::Compares(term, ..) | Assumption::Finite(term)) = assumption else { return true };
    let mut bound: Vec<&Name> = Vec::new();
    visit(term, &mut |part| {
        if let Term::Extremum { over: Over::Number { name, .. } | Over::Function { name, .. }, .. } = part {
            bound.push(name);
        }
    });
    let mut free = true;
    visit(term, &mut |part| {
        if let Term::Parameter(name) | Term::Function { name, .. } = part {
            free &= syntax::displayed(name) == &**name || bound.contains(&name);
        }
    });
    free
}

/// The weakest candidate under which a pair holds in every model that was tried.
pub(super) fn weakest(
    program: &Program,
    candidates: &[Candidate],
    assumed: &[Option<Assumed>],
    trials: &[Trial],
    pair: usize,
) -> Option<String> {
    let failing = |trial: &Trial| matches!(trial.findings[pair], Finding::False | Finding::Undefined);
    // What is false somewhere must be seen to hold elsewhere.
    let refuted = trials.iter().any(|trial| trial.findings[pair] == Finding::False);
    let stands = |trial: &Trial| {
        matches!(trial.findings[pair], Finding::Holds { .. }) || (!refuted && !failing(trial))
    };
    let mut best: Option<(usize, &Candidate)> = None;
    for (candidate, assumed) in candidates.iter().zip(assumed) {
        // Failing models first: most candidates are out at once.
        let repairs = !trials
            .iter()
            .filter(|trial| failing(trial))
            .any(|trial| holds(program, candidate, assumed.as_ref(), trial) != Some(false));
        if !repairs {
            continue;
        }
        let left = trials
            .iter()
            .filter(|trial| stands(trial) && holds(program, candidate, assumed.as_ref(), trial) == Some(true))
            .count();
        // A property of f rules out odd functions, which are many among the models and
        // few among those that anybody uses.
        let odd = matches!(candidate.assumption, Assumption::Has(..));
        let weight = if odd { 2 * left } else { left };
        if left >= LEAST_MODELS && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, candidate));
        }
    }
    best.map(|(_, candidate)| candidate.text.clone())
}

fn holds(program: &Program, candidate: &Candidate, assumed: Option<&Assumed>, trial: &Trial) -> Option<bool> {
    if let Assumption::Has(name, property) = &candidate.assumption {
        let index = program.generators.iter().position(|info| info.name == *name)?;
        return Some(sample::has(&trial.model.generators[index], &[*property]));
    }
    let fuel = Cell::new(FUEL);
    Evaluator::new(program, &trial.model, &fuel).holds(assumed?)
}
