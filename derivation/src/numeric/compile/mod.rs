//! From a chain to a [`Program`]: every name is looked up once, so that a model need not.

mod declare;
mod terms;

use super::program::{Argument, Assumed, Bounds, Element, LawRef, Node, Program, Shape, Slot, SlotInfo};
use crate::chain::{Chain, Link};
use crate::context::{Assumption, Context, Space};
use crate::term::{End, LawAt, Name, Over, Range, Term, Variable};
use std::collections::{BTreeSet, HashMap};

/// Why no model of a chain can be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoModel {
    #[error("the law {0} is not declared")]
    Law(Name),
    #[error("the function {0} is not declared")]
    Function(Name),
    #[error("the generator {0} is not declared")]
    Generator(Name),
    #[error("the class {0} is not declared")]
    Class(Name),
    #[error("the law {law} has no coordinate {variable}")]
    Coordinate { law: Name, variable: Name },
    #[error("the law {law} depends on {space}, which is not given")]
    NotGiven { law: Name, space: Name },
    #[error("the law {0} is used with other parameters than it is declared with")]
    Parameters(Name),
    #[error("the law {0} of a given map has no density in the models; write means under it over the noise")]
    NoDensity(Name),
    #[error("a derivative in {0} stands under a mean whose point depends on it")]
    Captured(Name),
    #[error("the two laws of a distance range over different variables")]
    Variables,
    #[error("the text unfolds into more than {0} operations")]
    TooLarge(usize),
    #[error("the text is nested more than {0} deep")]
    TooDeep(usize),
}

const MOST_NODES: usize = 20_000;
const DEEPEST: usize = 200;

/// Resolves a chain, and assumptions that are only tried out (what cannot be resolved
/// among these is left out).
pub(super) fn compile(
    chain: &Chain,
    candidates: &[Assumption],
) -> Result<(Program, Vec<Option<Assumed>>), NoModel> {
    let mut compiler = Compiler::new(&chain.context);
    compiler.declare()?;
    for variable in &chain.context.points {
        compiler.slot(variable);
    }
    compiler.used.clear();
    compiler.used.extend(chain.context.points.iter().map(|v| compiler.slots[&(v.name.clone(), v.binder)]));
    let lines = std::iter::once(&chain.first).chain(chain.links.iter().map(|link| &link.term));
    for line in lines {
        let node = compiler.term(line)?;
        compiler.program.lines.push(node);
    }
    for (index, link) in chain.links.iter().enumerate() {
        let element = compiler.element(chain.before(index), link)?;
        compiler.program.attained.push(element);
    }
    compiler.program.free = compiler.used.iter().copied().collect();
    for assumption in &chain.context.assumptions {
        if let Some(assumed) = compiler.assumption(assumption)? {
            compiler.program.assumptions.push(assumed);
        }
    }
    compiler.program.stated = compiler.program.shapes.len();
    let tried = candidates.iter().map(|c| compiler.assumption(c).ok().flatten()).collect();
    Ok((compiler.program, tried))
}

struct Compiler<'a> {
    context: &'a Context,
    program: Program,
    spaces: HashMap<Name, usize>,
    laws: HashMap<Name, usize>,
    /// Declared functions without a definition.
    functions: HashMap<Name, usize>,
    parameters: HashMap<Name, usize>,
    slots: HashMap<(Name, u32), Slot>,
    bound_functions: HashMap<Name, usize>,
    /// What the points of definitions stand for while they are unfolded.
    inlined: Vec<(Variable, Argument)>,
    bound: Vec<Slot>,
    used: BTreeSet<Slot>,
    nodes: usize,
    depth: usize,
    /// Means under laws of given maps so far.
    images: u32,
}

impl<'a> Compiler<'a> {
    fn new(context: &'a Context) -> Self {
        Self {
            context,
            program: Program::default(),
            spaces: HashMap::new(),
            laws: HashMap::new(),
            functions: HashMap::new(),
            parameters: HashMap::new(),
            slots: HashMap::new(),
            bound_functions: HashMap::new(),
            inlined: Vec::new(),
            bound: Vec::new(),
            used: BTreeSet::new(),
            nodes: 0,
            depth: 0,
            images: 0,
        }
    }

    fn is_space(&self, name: &Name) -> bool {
        self.context.spaces.iter().any(|(space, _)| space == name)
    }

    fn space(&mut self, name: &Name) -> usize {
        let program = &mut self.program;
        *self.spaces.entry(name.clone()).or_insert_with(|| {
            program.spaces.push((name.clone(), Space::Any));
            program.spaces.len() - 1
        })
    }

    fn parameter(&mut self, name: &Name) -> usize {
        let program = &mut self.program;
        *self.parameters.entry(name.clone()).or_insert_with(|| {
            program.parameters.push(name.clone());
            program.parameters.len() - 1
        })
    }

    fn slot(&mut self, variable: &Variable) -> Slot {
        let space = self.space(&variable.space);
        let program = &mut self.program;
        let slot = *self.slots.entry((variable.name.clone(), variable.binder)).or_insert_with(|| {
            program.slots.push(SlotInfo { name: variable.name.clone(), space });
            program.slots.len() - 1
        });
        if !self.bound.contains(&slot) {
            self.used.insert(slot);
        }
        slot
    }

    /// The slot of a variable that is used: what a definition's point stands for.
    fn point(&mut self, variable: &Variable) -> Argument {
        let inlined = self.inlined.iter().rev().find(|(point, _)| point == variable);
        match inlined.map(|(_, argument)| argument.clone()) {
            Some(argument) => argument,
            None => Argument::Point(self.slot(variable)),
        }
    }

    fn binders(&mut self, variables: &[Variable]) -> Vec<Slot> {
        let fresh: Vec<bool> = variables
            .iter()
            .map(|v| self.slots.get(&(v.name.clone(), v.binder)).is_none_or(|slot| !self.used.contains(slot)))
            .collect();
        let slots: Vec<Slot> = variables.iter().map(|v| self.slot(v)).collect();
        for (slot, fresh) in slots.iter().zip(fresh) {
            if fresh {
                self.used.remove(slot);
            }
        }
        self.bound.extend(&slots);
        slots
    }

    fn law(&mut self, at: &LawAt) -> Result<LawRef, NoModel> {
        if self.noise(at).is_some() {
            return Err(NoModel::NoDensity(at.law.clone()));
        }
        let law = *self.laws.get(&at.law).ok_or_else(|| NoModel::Law(at.law.clone()))?;
        let declared = &self.context.laws[law];
        if at.parameters.iter().any(|name| !declared.parameters.contains(name)) {
            return Err(NoModel::Parameters(at.law.clone()));
        }
        let mut coordinates = Vec::new();
        let mut slots = Vec::new();
        for variable in at.of.iter().chain(&at.given) {
            let Argument::Point(slot) = self.point(variable) else {
                return Err(NoModel::Coordinate { law: at.law.clone(), variable: variable.name.clone() });
            };
            let space = self.program.slots[slot].space;
            let info = &self.program.laws[law];
            let coordinate = (0..info.spaces.len())
                .find(|c| info.spaces[*c] == space && !coordinates.contains(c))
                .ok_or_else(|| NoModel::Coordinate {
                    law: at.law.clone(),
                    variable: variable.name.clone(),
                })?;
            coordinates.push(coordinate);
            slots.push(slot);
        }
        let given = coordinates.split_off(at.of.len());
        let info = &self.program.laws[law];
        if let Some(missing) = (info.own..info.spaces.len()).find(|c| !given.contains(c)) {
            let space = self.program.spaces[info.spaces[missing]].0.clone();
            return Err(NoModel::NotGiven { law: at.law.clone(), space });
        }
        if let Some(at_of) = coordinates.iter().position(|c| *c >= info.own) {
            return Err(NoModel::Coordinate { law: at.law.clone(), variable: at.of[at_of].name.clone() });
        }
        let shape = Shape { law, of: coordinates, given };
        let index = self.program.shapes.iter().position(|known| *known == shape).unwrap_or_else(|| {
            self.program.shapes.push(shape);
            self.program.shapes.len() - 1
        });
        Ok(LawRef { shape: index, slots, of: at.of.len() })
    }

    fn end(&mut self, end: &End) -> Result<(Box<Node>, bool), NoModel> {
        Ok((Box::new(self.term(&end.at)?), end.closed))
    }

    fn bounds(&mut self, range: &Range) -> Result<Bounds, NoModel> {
        Ok(match range {
            Range::Real => Bounds::Real,
            Range::Interval(low, high) => {
                let (low, low_closed) = self.end(low)?;
                let (high, high_closed) = self.end(high)?;
                Bounds::Interval { low, low_closed, high, high_closed }
            }
            Range::Domain(name) => Bounds::Domain(self.generator(name)?),
            Range::ConjugateDomain(name) => Bounds::ConjugateDomain(self.generator(name)?),
            Range::Class(name) => Bounds::Class(
                self.program
                    .classes
                    .iter()
                    .position(|(class, _)| class == name)
                    .ok_or_else(|| NoModel::Class(name.clone()))?,
            ),
        })
    }

    fn generator(&self, name: &Name) -> Result<usize, NoModel> {
        self.context
            .generators
            .iter()
            .position(|generator| generator.name == *name)
            .ok_or_else(|| NoModel::Generator(name.clone()))
    }

    /// What is said to attain the extremum of the line before.
    fn element(&mut self, before: &Term, link: &Link) -> Result<Option<Element>, NoModel> {
        let (Term::Extremum { over, .. }, Some(witness)) = (before, &link.attained) else { return Ok(None) };
        let (of, range) = match over {
            Over::Number { range, .. } => (&[][..], range),
            Over::Function { of, range, .. } => (&of[..], range),
        };
        let bounds = self.bounds(range)?;
        let of = self.binders(of);
        let value = *self.under(of.len(), &witness.value)?;
        Ok(Some(Element { of, value, bounds }))
    }
}
