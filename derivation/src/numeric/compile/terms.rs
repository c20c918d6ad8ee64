//! A term to a node of a program: names become indices.

use super::super::kinks::{Target, mentions};
use super::super::program::{Argument, Measure, NamedDistance, Node};
use super::super::rational::Rational;
use super::{Compiler, DEEPEST, MOST_NODES, NoModel};
use crate::context::Pushforward;
use crate::syntax::substitute::visit;
use crate::term::{Distance, LawAt, Name, Over, Term, Variable};

impl Compiler<'_> {
    pub(super) fn boxed(&mut self, term: &Term) -> Result<Box<Node>, NoModel> {
        Ok(Box::new(self.term(term)?))
    }

    fn all(&mut self, terms: &[Term]) -> Result<Vec<Node>, NoModel> {
        terms.iter().map(|term| self.term(term)).collect()
    }

    /// Compiles under binders, which end with it.
    pub(super) fn under(&mut self, binders: usize, body: &Term) -> Result<Box<Node>, NoModel> {
        let body = self.boxed(body);
        self.bound.truncate(self.bound.len() - binders);
        body
    }

    pub(super) fn term(&mut self, term: &Term) -> Result<Node, NoModel> {
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
    pub(super) fn given_map(&self, push: &Pushforward) -> bool {
        self.context.functions.iter().any(|f| f.name == push.map && f.definition.is_some())
    }

    /// Of which map and noise is it the law, if the map is given by a formula?
    pub(super) fn noise(&self, law: &LawAt) -> Option<Pushforward> {
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
}
