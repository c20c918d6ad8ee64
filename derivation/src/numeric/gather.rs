//! The models of a chain, its lines evaluated in each, and what they say of each pair.

use super::assume;
use super::budget::{Budget, Limits};
use super::build::Builder;
use super::evaluate::Evaluator;
use super::judge::{Finding, judge};
use super::model::Model;
use super::program::Program;
use super::value::Value;
use crate::chain::{Chain, Relation};
use crate::report::Evaluation;
use std::cell::Cell;
use std::cmp::Ordering;

/// Work that the lines of one model may take together.
const FUEL: u64 = 24_000_000;
/// How near two enclosed values are that may be shown as an equality: some tens of
/// roundings of numbers of size 1.
const NEAR: f64 = 1e-14;
/// Attempts for each model that is wanted, where assumptions rule many out.
const ATTEMPTS: u64 = 4;

/// A pair of lines that is judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) left: usize,
    pub(super) relation: Relation,
    pub(super) right: usize,
    /// Does the right line say that an element attains the extremum on the left?
    pub(super) attained: bool,
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
    /// Does the element that is said to attain the extremum lie outside its range?
    pub(super) outside: bool,
}

/// Each link, and, of more than one, the first line against the last.
pub(super) fn pairs(chain: &Chain) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = chain
        .links
        .iter()
        .enumerate()
        .map(|(i, link)| Pair {
            left: i,
            relation: link.relation,
            right: i + 1,
            attained: link.attained.is_some(),
        })
        .collect();
    if chain.links.len() > 1 {
        pairs.push(Pair { left: 0, relation: chain.direction(), right: chain.links.len(), attained: false });
    }
    pairs
}

/// What all models say of a pair.
pub(super) struct Says {
    pub(super) refuted: Option<Place>,
    pub(super) undefined: Option<Place>,
    pub(super) equality: Option<Place>,
    /// Values that enclosures do not tell apart, as near as rounding allows.
    pub(super) near: Option<Place>,
    pub(super) strict: Option<Place>,
    pub(super) example: Option<Place>,
    pub(super) kind: Evaluation,
    pub(super) residual: f64,
    pub(super) decided: u64,
    pub(super) open: u64,
}

pub(super) struct Gathered {
    pub(super) says: Vec<Says>,
    pub(super) trials: Vec<Trial>,
}

/// Tries finite models; none where a space is the line.
///
/// # Errors
/// Why there is no model.
pub(super) fn gather(
    program: &Program,
    pairs: &[Pair],
    limits: &Limits,
    on_the_line: bool,
) -> Result<Gathered, String> {
    let mut builder = Builder::new(program, limits.seed)
        .ok_or("the laws have too many points together for a table of their masses")?;
    let says = pairs.iter().map(|_| Says {
        refuted: None,
        undefined: None,
        equality: None,
        near: None,
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
    let mut budget = Budget::new(limits, pairs.len(), 1);
    let enumerated = builder.enumerated();
    let wanted = enumerated + u64::from(limits.random_models);
    let mut not_a_law = None;
    for index in 0..wanted * ATTEMPTS {
        if gathered.trials.len() as u64 >= wanted {
            break;
        }
        let Some(fuel) = budget.fuel(FUEL) else { break };
        // What the assumptions rule out is replaced by random models.
        let mut model = builder.model(index);
        assume::settle(program, &mut model, &fuel);
        let admitted = admit(program, &model, &fuel);
        if let Admitted::Yes = admitted {
            let random = index >= enumerated;
            let findings = gathered.try_model(program, pairs, &model, random, &fuel);
            gathered.trials.push(Trial { model, findings });
        }
        budget.spend(FUEL, &fuel);
        if let Admitted::NotALaw(law) = admitted {
            not_a_law = Some(law);
        }
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

/// What is found of a pair at a value of the free points.
pub(super) struct Judged<'v> {
    /// Which of the pairs.
    pub(super) pair: usize,
    pub(super) finding: Finding,
    pub(super) points: &'v [usize],
    pub(super) left: &'v Value,
    pub(super) right: &'v Value,
    pub(super) outside: bool,
}

impl Judged<'_> {
    /// As a place in the model.
    pub(super) fn place(&self, model: &Model) -> Place {
        Place {
            model: model.clone(),
            points: self.points.to_vec(),
            left: self.left.clone(),
            right: self.right.clone(),
            outside: self.outside,
        }
    }
}

/// Judges pairs at every value of the free points.
pub(super) fn judged(
    program: &Program,
    model: &Model,
    pairs: &[Pair],
    fuel: &Cell<u64>,
    mut see: impl FnMut(Judged<'_>),
) {
    let mut lines: Vec<usize> = pairs.iter().flat_map(|pair| [pair.left, pair.right]).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut evaluator = Evaluator::new(program, model, fuel);
    evaluator.each_point(&program.free, |this| {
        let mut values = vec![Value::Unknown; program.lines.len()];
        for line in &lines {
            values[*line] = this.node(&program.lines[*line]);
        }
        let points: Vec<usize> = program.free.iter().map(|slot| this.points[*slot]).collect();
        for (index, pair) in pairs.iter().enumerate() {
            let (left, right) = (&values[pair.left], &values[pair.right]);
            let mut finding = judge(left, pair.relation, right);
            let outside = pair.attained
                && matches!(finding, Finding::Holds { .. } | Finding::Open)
                && program.attained[pair.left].as_ref().is_some_and(|element| this.is_outside(element));
            if outside {
                finding = Finding::False;
            }
            see(Judged { pair: index, finding, points: &points, left, right, outside });
        }
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
        judged(program, model, pairs, fuel, |at| {
            let place = || Some(at.place(model));
            self.says[at.pair].note(at.finding, pairs[at.pair].relation, random, place);
            let known = &mut findings[at.pair];
            *known = Some(known.map_or(at.finding, |known| worse(known, at.finding)));
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
                        None if self.near.is_none() && residual <= NEAR => self.near = place(),
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
