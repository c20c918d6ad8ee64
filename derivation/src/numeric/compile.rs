//! From a chain to a [`Program`].

use super::kinks::{Target, mentions};
use super::program::{
    Argument, Assumed, Bounds, Claim, Element, FunctionInfo, GeneratorInfo, Image, LawInfo, LawRef, Measure,
    NamedDistance, Node, Program, Shape, Slot, SlotInfo,
};
use super::rational::Rational;
use crate::chain::{Chain, Link};
use crate::context::{Assumption, Context, GeneratorKind, Property, Pushforward, Space};
use crate::syntax::substitute::visit;
use crate::term::{Distance, End, LawAt, Name, Over, Range, Term, Variable};
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

    fn properties(&self, name: &Name) -> Vec<Property> {
        let has = |assumption: &Assumption| match assumption {
            Assumption::Has(of, property) if of == name => Some(*property),
            _ => None,
        };
        self.context.assumptions.iter().filter_map(has).collect()
    }

    /// What is assumed of a name; where a defined function is assumed smooth, what it is
    /// made of is taken smooth, so that it is.
    fn properties_with_uses(&self, name: &Name) -> Vec<Property> {
        let mut found = self.properties(name);
        for function in &self.context.functions {
            let says = self.properties(&function.name);
            let Some((_, body)) = &function.definition else { continue };
            if ![Property::Regular, Property::Differentiable].iter().any(|p| says.contains(p)) {
                continue;
            }
            visit(body, &mut |term| match term {
                Term::Generator { name: used, .. } if used == name => {
                    found.extend([Property::Differentiable, Property::StrictlyConvex]);
                }
                Term::Function { name: used, .. } if used == name => found.push(Property::Regular),
                _ => {}
            });
        }
        found
    }

    fn declare(&mut self) -> Result<(), NoModel> {
        let context = self.context;
        for (name, space) in &context.spaces {
            let index = self.space(name);
            self.program.spaces[index].1 = *space;
        }
        for name in &context.numbers {
            let parameter = self.parameter(name);
            self.program.free_parameters.push(parameter);
        }
        for law in &context.laws {
            for name in &law.parameters {
                let parameter = self.parameter(name);
                if !self.program.free_parameters.contains(&parameter) {
                    self.program.free_parameters.push(parameter);
                }
            }
        }
        for generator in &context.generators {
            self.program.generators.push(GeneratorInfo {
                name: generator.name.clone(),
                kind: generator.kind.clone(),
                formula: None,
                properties: self.properties_with_uses(&generator.name),
            });
        }
        for (name, range) in &context.classes {
            let bounds = self.bounds(range)?;
            self.program.classes.push((name.clone(), bounds));
        }
        for function in context.functions.iter().filter(|f| f.definition.is_none()) {
            let spaces = function
                .of
                .iter()
                .map(|name| {
                    (!context.numbers.contains(name) || self.is_space(name)).then(|| self.space(name))
                })
                .collect::<Vec<_>>();
            let bounds = self.bounds(&function.range)?;
            self.functions.insert(function.name.clone(), self.program.functions.len());
            self.program.functions.push(FunctionInfo {
                name: function.name.clone(),
                of_numbers: spaces.iter().any(Option::is_none),
                spaces,
                bounds,
                properties: self.properties_with_uses(&function.name),
            });
        }
        for (index, law) in context.laws.iter().enumerate() {
            let spaces: Vec<usize> = law.of.iter().chain(&law.given).map(|name| self.space(name)).collect();
            let parameters = law.parameters.iter().map(|name| self.parameter(name)).collect();
            self.laws.insert(law.name.clone(), index);
            self.program.law_properties.push(self.properties(&law.name));
            self.program.laws.push(LawInfo {
                name: law.name.clone(),
                spaces,
                own: law.of.len(),
                parameters,
                definition: None,
                pushforward: None,
            });
            if let Some((points, density)) = &law.definition {
                let slots: Vec<Slot> = law
                    .of
                    .iter()
                    .chain(&law.given)
                    .filter_map(|space| points.iter().find(|point| point.space == *space))
                    .map(|point| self.slot(point))
                    .collect();
                if slots.len() != law.of.len() + law.given.len() {
                    return Err(NoModel::Variables);
                }
                self.bound.extend(&slots);
                let node = self.term(density)?;
                self.bound.truncate(self.bound.len() - slots.len());
                self.program.laws[index].definition = Some((slots, node));
            }
            if let Some(push) = &law.pushforward
                && !self.given_map(push)
            {
                let map = self.functions.get(&push.map).copied();
                let map = map.ok_or_else(|| NoModel::Function(push.map.clone()))?;
                let numbers = push.arguments.iter().map(|argument| match argument {
                    Term::Parameter(name) => Some(self.parameter(name)),
                    _ => None,
                });
                let numbers = numbers.collect();
                self.binders(&push.noise.of);
                let noise = self.law(&push.noise)?;
                self.bound.truncate(self.bound.len() - push.noise.of.len());
                self.program.laws[index].pushforward = Some(Image { map, numbers, noise });
            }
        }
        for (index, generator) in context.generators.iter().enumerate() {
            if let GeneratorKind::Formula(name, value) = &generator.kind {
                let parameter = self.parameter(name);
                let node = self.term(value)?;
                self.program.generators[index].formula = Some((parameter, node));
            }
        }
        Ok(())
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

    fn boxed(&mut self, term: &Term) -> Result<Box<Node>, NoModel> {
        Ok(Box::new(self.term(term)?))
    }

    fn all(&mut self, terms: &[Term]) -> Result<Vec<Node>, NoModel> {
        terms.iter().map(|term| self.term(term)).collect()
    }

    /// Compiles under binders, which end with it.
    fn under(&mut self, binders: usize, body: &Term) -> Result<Box<Node>, NoModel> {
        let body = self.boxed(body);
        self.bound.truncate(self.bound.len() - binders);
        body
    }

    fn term(&mut self, term: &Term) -> Result<Node, NoModel> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(NoModel::TooLarge(MOST_NODES));
        }
        if self.depth >= DEEPEST {
            return Err(NoModel::TooDeep(DEEPEST));
        }
        self.depth += 1;
        let node = self.node(term);
        self.depth -= 1;
        node
    }

    fn node(&mut self, term: &Term) -> Result<Node, NoModel> {
        Ok(match term {
            Term::Number(number) => Node::Number(Rational::from(number)),
            Term::Infinity => Node::Infinity,
            Term::Parameter(name) => Node::Parameter(self.parameter(name)),
            Term::Point(variable) => match self.point(variable) {
                Argument::Point(slot) => Node::Point(slot),
                Argument::Number(node) => node,
            },
            Term::Sum(terms) => Node::Sum(self.all(terms)?),
            Term::Product(terms) => {
                let (mut densities, mut factors) = (Vec::new(), Vec::new());
                for term in terms {
                    match term {
                        Term::Density(at) => densities.push(self.law(at)?),
                        _ => factors.push(self.term(term)?),
                    }
                }
                Node::Product { densities, factors }
            }
            Term::Negative(a) => Node::Negative(self.boxed(a)?),
            Term::Quotient(a, b) => Node::Quotient(self.boxed(a)?, self.boxed(b)?),
            Term::Power(a, exponent) => Node::Power(self.boxed(a)?, Rational::from(exponent)),
            Term::Log(a) => Node::Log(self.boxed(a)?),
            Term::Exp(a) => Node::Exp(self.boxed(a)?),
            Term::Abs(a) => Node::Abs(self.boxed(a)?),
            Term::Larger(terms) => Node::Larger(self.all(terms)?),
            Term::Smaller(terms) => Node::Smaller(self.all(terms)?),
            Term::Function { name, arguments } => self.function(name, arguments)?,
            Term::Density(at) => Node::Density(self.law(at)?),
            Term::Generator { name, part, argument } => Node::Generator {
                generator: self.generator(name)?,
                part: *part,
                argument: self.boxed(argument)?,
            },
            Term::Expectation { law, body } if self.noise(law).is_some() => self.over_noise(law, body)?,
            Term::Expectation { law, body } => {
                self.binders(&law.of);
                let law_ref = self.law(law)?;
                Node::Expectation { law: law_ref, body: self.under(law.of.len(), body)? }
            }
            Term::Integral { over, body } => {
                let slots = self.binders(over);
                Node::Integral { over: slots, body: self.under(over.len(), body)? }
            }
            Term::Extremum { kind, over: Over::Number { name, range }, body } => Node::Best {
                kind: *kind,
                bounds: self.bounds(range)?,
                parameter: self.parameter(name),
                body: self.boxed(body)?,
            },
            Term::Extremum { kind, over: Over::Function { name, of, range }, body } => {
                let bounds = self.bounds(range)?;
                let function = self.program.bound_functions;
                self.program.bound_functions += 1;
                self.bound_functions.insert(name.clone(), function);
                let of = self.binders(of);
                let body = self.under(of.len(), body)?;
                Node::BestFunction { kind: *kind, function, of, bounds, body }
            }
            Term::Gradient { parameter, body } => {
                // What stands for a point outside would be differentiated along within.
                let slot = Target::Parameter(self.parameter(parameter));
                let moves = |by: &Argument| matches!(by, Argument::Number(node) if mentions(node, slot));
                let mut captured = false;
                visit(body, &mut |term| {
                    if let Term::Point(v) = term {
                        captured |= self.inlined.iter().any(|(point, by)| point == v && moves(by));
                    }
                });
                if captured {
                    return Err(NoModel::Captured(parameter.clone()));
                }
                Node::Gradient { parameter: self.parameter(parameter), body: self.boxed(body)? }
            }
            Term::Distance { kind, p, q } => {
                self.binders(&p.of);
                let pair = (self.law(p)?, self.law(q)?);
                self.bound.truncate(self.bound.len() - p.of.len());
                if pair.0.slots[..pair.0.of] != pair.1.slots[..pair.1.of] {
                    return Err(NoModel::Variables);
                }
                let measure = match kind {
                    Distance::F(name) => Measure::F(self.generator(name)?),
                    _ => NamedDistance::of(kind).map(Measure::Named).ok_or(NoModel::Variables)?,
                };
                Node::Distance { kind: measure, p: pair.0, q: pair.1 }
            }
            Term::Entropy(law) => {
                self.binders(&law.of);
                let at = self.law(law)?;
                self.bound.truncate(self.bound.len() - law.of.len());
                Node::Distance { kind: Measure::Named(NamedDistance::CrossEntropy), p: at.clone(), q: at }
            }
        })
    }

    /// Is the map given by a formula?
    fn given_map(&self, push: &Pushforward) -> bool {
        self.context.functions.iter().any(|f| f.name == push.map && f.definition.is_some())
    }

    /// Of which map and noise is it the law, if the map is given by a formula?
    fn noise(&self, law: &LawAt) -> Option<Pushforward> {
        let declared = self.context.laws.iter().find(|l| l.name == law.law)?;
        declared.pushforward.clone().filter(|push| self.given_map(push))
    }

    /// The mean under the law of a given map, as one over the noise: such a law has no
    /// density in the models.
    fn over_noise(&mut self, law: &LawAt, body: &Term) -> Result<Node, NoModel> {
        let no_density = || NoModel::NoDensity(law.law.clone());
        let (Some(push), [image]) = (self.noise(law), law.of.as_slice()) else { return Err(no_density()) };
        // Points of its own, so that two means under the same law do not share them.
        self.images += 1;
        let binder = u32::MAX / 2 + self.images;
        let fresh = |v: &Variable| Variable { binder, ..v.clone() };
        let noise = LawAt { of: push.noise.of.iter().map(fresh).collect(), ..push.noise.clone() };
        let arguments: Vec<Term> = push
            .arguments
            .iter()
            .map(|argument| match argument {
                Term::Point(v) => Term::Point(fresh(v)),
                number => number.clone(),
            })
            .collect();
        self.binders(&noise.of);
        let at = self.law(&noise)?;
        let value = self.function(&push.map, &arguments)?;
        self.inlined.push((image.clone(), Argument::Number(value)));
        let body = self.under(noise.of.len(), body);
        self.inlined.pop();
        Ok(Node::Expectation { law: at, body: body? })
    }

    fn function(&mut self, name: &Name, arguments: &[Term]) -> Result<Node, NoModel> {
        let arguments = arguments
            .iter()
            .map(|argument| match argument {
                Term::Point(variable) => Ok(self.point(variable)),
                other => self.term(other).map(Argument::Number),
            })
            .collect::<Result<Vec<_>, _>>()?;
        if let Some(&function) = self.bound_functions.get(name) {
            let slots = arguments.iter().map(|argument| match argument {
                Argument::Point(slot) => Ok(*slot),
                Argument::Number(_) => Err(NoModel::Function(name.clone())),
            });
            return Ok(Node::Bound { function, arguments: slots.collect::<Result<_, _>>()? });
        }
        if let Some(&function) = self.functions.get(name) {
            let info = &mut self.program.functions[function];
            if info.spaces.len() != arguments.len() {
                return Err(NoModel::Function(name.clone()));
            }
            info.of_numbers |= arguments.iter().any(|argument| matches!(argument, Argument::Number(_)));
            return Ok(Node::Function { function, arguments });
        }
        let context = self.context;
        let declared = context.functions.iter().find(|function| function.name == *name);
        let Some((points, body)) = declared.and_then(|function| function.definition.as_ref()) else {
            return Err(NoModel::Function(name.clone()));
        };
        if points.len() != arguments.len() {
            return Err(NoModel::Function(name.clone()));
        }
        // The definition's own points first, so that its arguments are not captured.
        let outer = std::mem::take(&mut self.inlined);
        self.inlined = points.iter().cloned().zip(arguments).collect();
        let node = self.term(body);
        self.inlined = outer;
        node
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

    /// That a function which the text defines has a value wherever it is asked for one;
    /// of others that goes without saying.
    fn has_values(&mut self, name: &Name) -> Result<Option<Assumed>, NoModel> {
        let context = self.context;
        let declared = context.functions.iter().find(|function| function.name == *name);
        let Some((points, body)) = declared.and_then(|function| function.definition.as_ref()) else {
            return Ok(None);
        };
        if !points.iter().all(|point| self.is_space(&point.space)) {
            return Ok(None);
        }
        self.used.clear();
        let what = Claim::Finite(self.term(body)?);
        Ok(Some(Assumed { free: std::mem::take(&mut self.used).into_iter().collect(), what }))
    }

    fn assumption(&mut self, assumption: &Assumption) -> Result<Option<Assumed>, NoModel> {
        self.used.clear();
        let what = match assumption {
            Assumption::Has(name, Property::Bounded | Property::Integrable) => return self.has_values(name),
            Assumption::Has(..) => return Ok(None),
            Assumption::AbsolutelyContinuous(p, q) => Claim::AbsolutelyContinuous(self.law(p)?, self.law(q)?),
            Assumption::Compares(a, comparison, b) => {
                Claim::Compares(self.term(a)?, *comparison, self.term(b)?)
            }
            Assumption::Finite(term) => Claim::Finite(self.term(term)?),
            Assumption::Subgradient { slope, generator, at } => Claim::Subgradient {
                slope: self.term(slope)?,
                generator: self.generator(generator)?,
                at: self.term(at)?,
            },
            Assumption::In(term, range) => Claim::In(self.term(term)?, self.bounds(range)?),
        };
        Ok(Some(Assumed { free: std::mem::take(&mut self.used).into_iter().collect(), what }))
    }
}
