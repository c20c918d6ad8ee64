//! The declarations and assumptions of a chain, resolved: laws, functions, generators, ranges.

use super::super::program::{Assumed, Claim, FunctionInfo, GeneratorInfo, Image, LawInfo, Slot};
use super::{Compiler, NoModel};
use crate::context::{Assumption, GeneratorKind, Property};
use crate::syntax::substitute::visit;
use crate::term::{Name, Term};

impl Compiler<'_> {
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

    pub(super) fn declare(&mut self) -> Result<(), NoModel> {
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

    pub(super) fn assumption(&mut self, assumption: &Assumption) -> Result<Option<Assumed>, NoModel> {
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
