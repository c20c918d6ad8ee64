//! The certificate of a chain: models built, lines evaluated, findings gathered.

use super::build::Builder;
use super::compile::compile;
use super::evaluate::Evaluator;
use super::judge::{Finding, judge};
use super::model::Model;
use super::program::Program;
use super::value::Value;
use super::{assume, real, repair, shrink, words};
use crate::chain::{Chain, Relation};
use crate::context::Space;
use crate::report::{Counterexample, Evaluation, Numeric};
use std::cell::Cell;
use std::cmp::Ordering;
use std::time::{Duration, Instant};

/// How much is tried.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Random models beyond the enumerated ones.
    pub random_models: u32,
    /// Wall-clock time for each link; what was not tried by then is left out.
    pub per_link: Duration,
    /// Of the random numbers: the same seed gives the same models.
    pub seed: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { random_models: 1000, per_link: Duration::from_millis(250), seed: 20 }
    }
}

/// What the models say of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// No model refutes it.
    Holds(Numeric),
    /// A model in which it is false.
    Refuted(Counterexample),
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

/// Operations that the lines of one model may take together.
const FUEL: u64 = 3_000_000;
/// Attempts for each model that is wanted, where assumptions rule many out.
const ATTEMPTS: u64 = 4;

/// A pair of lines that is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) left: usize,
    pub(super) relation: Relation,
    pub(super) right: usize,
}

/// A model in which the assumptions hold, and what it says of each pair.
pub(super) struct Trial {
    pub(super) model: Model,
    pub(super) findings: Vec<Finding>,
}

/// A place in a model, with the values of both sides there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) model: Model,
    /// Indices of the free points.
    pub(super) points: Vec<usize>,
    pub(super) left: Value,
    pub(super) right: Value,
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
    let pairs = pairs(chain);
    let on_the_line = program.spaces.iter().any(|(_, kind)| *kind == Space::Real)
        || program.laws.iter().any(|law| law.pushforward.is_some());
    // Finite models first: they are exact.
    let gathered = match gather(&program, &pairs, limits, on_the_line) {
        Ok(gathered) => gathered,
        Err(reason) => return all(reason),
    };
    let lines = if real::applies(&program) {
        let (models, share) = if on_the_line { (60, 1) } else { (12, 4) };
        let time = limits.per_link.saturating_mul(u32::try_from(pairs.len()).unwrap_or(u32::MAX)) / share;
        real::gather(&program, &pairs, limits.seed, models, Instant::now() + time)
    } else {
        vec![real::RealSays::default(); pairs.len()]
    };
    if on_the_line && lines.iter().all(|says| says.decided == 0) {
        return all("no integral of the chain could be evaluated on the line".into());
    }
    let outcome = |pair: usize| {
        let says = &gathered.says[pair];
        let link = pairs[pair];
        if let Some(place) = &says.refuted {
            let place = shrink::shrink(&program, link, place, Finding::False);
            return Outcome::Refuted(words::counterexample(&program, link, &place));
        }
        let line = &lines[pair];
        if let Some(counterexample) = &line.refuted {
            return Outcome::Refuted(counterexample.clone());
        }
        if let Some(place) = &says.undefined {
            let place = shrink::shrink(&program, link, place, Finding::Undefined);
            return Outcome::Undefined {
                counterexample: words::counterexample(&program, link, &place),
                true_if: repair::weakest(&program, &candidates, &tried, &gathered.trials, pair),
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
            equality: tell(&says.equality).or_else(|| line.equality.clone()),
            strict: tell(&says.strict).or_else(|| line.strict.clone()),
            example: tell(&says.example).or_else(|| line.example.clone()),
        })
    };
    Certificate { links: (0..links).map(outcome).collect(), end_to_end: outcome(links) }
}

/// Each link, and the first line against the last.
fn pairs(chain: &Chain) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = chain
        .links
        .iter()
        .enumerate()
        .map(|(i, link)| Pair { left: i, relation: link.relation, right: i + 1 })
        .collect();
    pairs.push(Pair { left: 0, relation: chain.direction(), right: chain.links.len() });
    pairs
}

/// What all models say of a pair.
struct Says {
    refuted: Option<Place>,
    undefined: Option<Place>,
    equality: Option<Place>,
    strict: Option<Place>,
    example: Option<Place>,
    kind: Evaluation,
    residual: f64,
    decided: u64,
    open: u64,
}

struct Gathered {
    says: Vec<Says>,
    trials: Vec<Trial>,
}

fn gather(program: &Program, pairs: &[Pair], limits: &Limits, on_the_line: bool) -> Result<Gathered, String> {
    let mut builder = Builder::new(program, limits.seed)
        .ok_or("the laws have too many points together for a table of their masses")?;
    let says = pairs.iter().map(|_| Says {
        refuted: None,
        undefined: None,
        equality: None,
        strict: None,
        example: None,
        kind: Evaluation::Exact,
        residual: 0.0,
        decided: 0,
        open: 0,
    });
    let mut gathered = Gathered { says: says.collect(), trials: Vec::new() };
    if on_the_line {
        return Ok(gathered);
    }
    let links = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
    let deadline = Instant::now() + limits.per_link.saturating_mul(links);
    let enumerated = builder.enumerated();
    let wanted = enumerated + u64::from(limits.random_models);
    let mut not_a_law = None;
    for index in 0..wanted * ATTEMPTS {
        if gathered.trials.len() as u64 >= wanted {
            break;
        }
        if Instant::now() > deadline && !gathered.trials.is_empty() {
            break;
        }
        // What the assumptions rule out is replaced by random models.
        let mut model = builder.model(index);
        let fuel = Cell::new(FUEL);
        assume::settle(program, &mut model, &fuel);
        match admit(program, &model, &fuel) {
            Admitted::Yes => {}
            Admitted::No => continue,
            Admitted::NotALaw(law) => {
                not_a_law = Some(law);
                continue;
            }
        }
        let random = index >= enumerated;
        let findings = gathered.try_model(program, pairs, &model, random, &fuel);
        gathered.trials.push(Trial { model, findings });
        if not_a_law.is_some() && index > 50 {
            break;
        }
    }
    match not_a_law {
        Some(law) => Err(format!("{} is no law: its masses do not sum to 1", program.laws[law].name)),
        None if gathered.trials.is_empty() => Err("no model that was tried satisfies the assumptions".into()),
        None => Ok(gathered),
    }
}

pub(super) enum Admitted {
    Yes,
    No,
    NotALaw(usize),
}

/// Do the assumptions hold in a model, and are its defined laws laws?
pub(super) fn admit(program: &Program, model: &Model, fuel: &Cell<u64>) -> Admitted {
    let mut evaluator = Evaluator::new(program, model, fuel);
    if !program.assumptions.iter().all(|assumed| evaluator.holds(assumed) == Some(true)) {
        return Admitted::No;
    }
    for law in 0..program.laws.len() {
        if program.laws[law].definition.is_some() {
            match evaluator.is_a_law(law) {
                Some(true) => {}
                Some(false) => return Admitted::NotALaw(law),
                None => return Admitted::No,
            }
        }
    }
    Admitted::Yes
}

/// Calls `see` with the values of the lines at every value of the free points.
pub(super) fn lines_at_points(
    program: &Program,
    model: &Model,
    lines: &[usize],
    fuel: &Cell<u64>,
    mut see: impl FnMut(&[usize], &[Value]),
) {
    let mut evaluator = Evaluator::new(program, model, fuel);
    evaluator.each_point(&program.free, |this| {
        let values: Vec<Value> = lines.iter().map(|line| this.node(&program.lines[*line])).collect();
        let points: Vec<usize> = program.free.iter().map(|slot| this.points[*slot]).collect();
        see(&points, &values);
    });
}

/// The graver of two findings.
fn worse(a: Finding, b: Finding) -> Finding {
    let weight = |finding: &Finding| match finding {
        Finding::False => 3,
        Finding::Undefined => 2,
        Finding::Open => 1,
        Finding::Holds { .. } => 0,
    };
    if weight(&b) > weight(&a) { b } else { a }
}

impl Gathered {
    fn try_model(
        &mut self,
        program: &Program,
        pairs: &[Pair],
        model: &Model,
        random: bool,
        fuel: &Cell<u64>,
    ) -> Vec<Finding> {
        let mut findings: Vec<Option<Finding>> = vec![None; pairs.len()];
        let all: Vec<usize> = (0..program.lines.len()).collect();
        lines_at_points(program, model, &all, fuel, |points, values| {
            for (i, pair) in pairs.iter().enumerate() {
                let (left, right) = (&values[pair.left], &values[pair.right]);
                let finding = judge(left, pair.relation, right);
                let place = || {
                    Some(Place {
                        model: model.clone(),
                        points: points.to_vec(),
                        left: left.clone(),
                        right: right.clone(),
                    })
                };
                self.says[i].note(finding, pair.relation, random, place);
                findings[i] = Some(findings[i].map_or(finding, |known| worse(known, finding)));
            }
        });
        let findings: Vec<Finding> = findings.into_iter().map(|f| f.unwrap_or(Finding::Open)).collect();
        for (says, finding) in self.says.iter_mut().zip(&findings) {
            match finding {
                Finding::Open => says.open += 1,
                _ => says.decided += 1,
            }
        }
        findings
    }
}

impl Says {
    fn note(
        &mut self,
        finding: Finding,
        relation: Relation,
        random: bool,
        place: impl Fn() -> Option<Place>,
    ) {
        match finding {
            Finding::False if self.refuted.is_none() => self.refuted = place(),
            Finding::Undefined if self.undefined.is_none() => self.undefined = place(),
            Finding::Holds { kind, residual, order } => {
                self.kind = self.kind.max(kind);
                self.residual = self.residual.max(residual);
                if relation != Relation::Equal {
                    match order {
                        Some(Ordering::Equal) if self.equality.is_none() => self.equality = place(),
                        Some(Ordering::Less | Ordering::Greater) if self.strict.is_none() => {
                            self.strict = place();
                        }
                        _ => {}
                    }
                }
                if random && self.example.is_none() {
                    self.example = place();
                }
            }
            _ => {}
        }
    }
}
