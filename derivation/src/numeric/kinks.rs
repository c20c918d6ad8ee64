//! The shape of an objective in what an extremum binds: where it is piecewise
//! polynomial of low degree, and where its pieces meet.

use super::evaluate::Evaluator;
use super::generator::Generator;
use super::program::{Argument, Node};
use super::rational::Rational;
use super::value::Value;
use crate::term::Part;
use std::rc::Rc;

/// What the extremum binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Parameter(usize),
    Function(usize),
}

/// What was found of an objective.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinks {
    /// Values of the target at which pieces may meet.
    pub(super) at: Vec<Rational>,
    /// Generators whose conjugate is taken at the target itself.
    pub(super) conjugates: Vec<usize>,
    /// Does a generator of the catalogue or of a formula occur, so that the pieces are
    /// not polynomials?
    pub(super) curved: bool,
}

/// Degree of the pieces; nothing if the objective is of another shape.
type Degree = Option<u32>;

impl Evaluator<'_, Value> {
    /// Degree in the target of the pieces of a term, whose kinks are collected. For
    /// functions any degree means a sum of functions of single values.
    pub(super) fn kinks(&mut self, node: &Node, target: Target, found: &mut Kinks) -> Degree {
        // A product of values of a function is no sum over single ones.
        let most = if matches!(target, Target::Function(_)) { 1 } else { 2 };
        match node {
            Node::Parameter(slot) => Some(u32::from(target == Target::Parameter(*slot))),
            Node::Bound { function, .. } => Some(u32::from(target == Target::Function(*function))),
            Node::Number(_) | Node::Infinity | Node::Point(_) | Node::Density(_) => Some(0),
            Node::Sum(terms) => {
                terms.iter().try_fold(0, |degree, term| Some(self.kinks(term, target, found)?.max(degree)))
            }
            Node::Negative(a) => self.kinks(a, target, found),
            Node::Product { factors, .. } => {
                let degree = factors
                    .iter()
                    .try_fold(0, |degree, factor| Some(self.kinks(factor, target, found)? + degree))?;
                (degree <= most).then_some(degree)
            }
            Node::Quotient(a, b) => {
                (self.kinks(b, target, found)? == 0).then_some(())?;
                self.kinks(a, target, found)
            }
            Node::Power(a, exponent) => match (self.kinks(a, target, found)?, exponent.to_integer()) {
                (0, _) => Some(0),
                (1, Some(2)) if is_local(a, target) => Some(2),
                (degree, Some(1)) => Some(degree),
                _ => None,
            },
            Node::Generator { generator, part, argument } => {
                let mut inner = Kinks::default();
                match self.kinks(argument, target, &mut inner)? {
                    0 => Some(0),
                    1 if inner.at.is_empty() && is_local(argument, target) => {
                        self.generator_kinks(*generator, *part, argument, target, found)
                    }
                    _ => None,
                }
            }
            Node::Abs(a) => {
                let mut inner = Kinks::default();
                match self.kinks(a, target, &mut inner)? {
                    0 => Some(0),
                    1 if inner.at.is_empty() && is_local(a, target) => {
                        self.place(a, &[Rational::ZERO], target, found)?;
                        Some(1)
                    }
                    _ => None,
                }
            }
            Node::Expectation { law, body } => self.kinks_under(&law.slots[..law.of], body, target, found),
            Node::Integral { over, body } => self.kinks_under(over, body, target, found),
            _ => (!mentions(node, target)).then_some(0),
        }
    }

    fn kinks_under(&mut self, slots: &[usize], body: &Node, target: Target, found: &mut Kinks) -> Degree {
        let mut degree = Some(0);
        self.each_point(slots, |this| {
            degree = degree.and_then(|known: u32| Some(this.kinks(body, target, found)?.max(known)));
        });
        degree
    }

    fn generator_kinks(
        &mut self,
        generator: usize,
        part: Part,
        argument: &Node,
        target: Target,
        found: &mut Kinks,
    ) -> Degree {
        let alone = matches!(argument, Node::Bound { .. } | Node::Parameter(_));
        if part == Part::Conjugate && alone && !found.conjugates.contains(&generator) {
            found.conjugates.push(generator);
        }
        let model = self.model;
        let Generator::Piecewise(f) = &model.generators[generator] else {
            found.curved = true;
            return Some(1);
        };
        let at: Vec<Rational> = match part {
            Part::Value | Part::Biconjugate => f.pieces.iter().map(|piece| piece.from.clone()).collect(),
            Part::Conjugate => f.slopes(),
            Part::Derivative | Part::ConjugateDerivative => return None,
        };
        self.place(argument, &at, target, found)?;
        Some(if f.is_linear() { 1 } else { 2 })
    }

    /// Solves `argument` = k for the target, which stands in it with degree 1.
    fn place(&mut self, argument: &Node, at: &[Rational], target: Target, found: &mut Kinks) -> Option<()> {
        let zero = self.argument_at(argument, target, Value::zero());
        let one = self.argument_at(argument, target, Value::one());
        let (b, a) = (zero.as_rational()?.clone(), one.as_rational()?.clone());
        let slope = a.sub(&b);
        for k in at {
            match k.sub(&b).div(&slope) {
                Some(place) => found.at.push(place),
                // The argument does not depend on the target after all.
                None => return Some(()),
            }
        }
        Some(())
    }

    fn argument_at(&mut self, argument: &Node, target: Target, value: Value) -> Value {
        match target {
            Target::Parameter(slot) => self.with_parameter(slot, value, argument),
            Target::Function(function) => {
                let before = self.bound[function].clone();
                self.bound[function] = Rc::from(vec![value; before.len().max(1)]);
                let result = self.node(argument);
                self.bound[function] = before;
                result
            }
        }
    }
}

/// Is a term a function of a single value of the target?
fn is_local(node: &Node, target: Target) -> bool {
    match node {
        _ if !matches!(target, Target::Function(_)) => true,
        Node::Number(_) | Node::Point(_) | Node::Density(_) | Node::Parameter(_) | Node::Bound { .. } => true,
        Node::Negative(a) => is_local(a, target),
        // Only one place at which the function stands.
        Node::Sum(nodes) | Node::Product { factors: nodes, .. } => {
            let with_target: Vec<&Node> = nodes.iter().filter(|node| mentions(node, target)).collect();
            with_target.len() <= 1 && with_target.iter().all(|node| is_local(node, target))
        }
        Node::Quotient(a, b) => is_local(a, target) && !mentions(b, target),
        other => !mentions(other, target),
    }
}

/// Does the target occur in a term? True where it is not looked for.
pub(super) fn mentions(node: &Node, target: Target) -> bool {
    let any = |nodes: &[Node]| nodes.iter().any(|node| mentions(node, target));
    match node {
        Node::Number(_) | Node::Infinity | Node::Point(_) | Node::Density(_) | Node::Distance { .. } => false,
        Node::Parameter(slot) => target == Target::Parameter(*slot),
        Node::Bound { function, .. } => target == Target::Function(*function),
        Node::Sum(nodes) | Node::Larger(nodes) | Node::Smaller(nodes) => any(nodes),
        Node::Product { factors, .. } => any(factors),
        Node::Negative(a) | Node::Power(a, _) | Node::Log(a) | Node::Exp(a) | Node::Abs(a) => {
            mentions(a, target)
        }
        Node::Quotient(a, b) => mentions(a, target) || mentions(b, target),
        Node::Generator { argument, .. } => mentions(argument, target),
        Node::Expectation { body, .. } | Node::Integral { body, .. } => mentions(body, target),
        Node::Function { arguments, .. } => arguments
            .iter()
            .any(|argument| matches!(argument, Argument::Number(node) if mentions(node, target))),
        Node::Best { .. } | Node::BestFunction { .. } | Node::Gradient { .. } => true,
    }
}
