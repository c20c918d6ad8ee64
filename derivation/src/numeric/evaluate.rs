//! Evaluation of a term in a finite model, in any kind of number.

use super::float::Float;
use super::model::{FunctionModel, Model, Smooth};
use super::program::{Argument, LawRef, Node, Program};
use super::rational::Rational;
use super::scalar::{Dual, Scalar};
use super::value::Value;
use crate::term::Part;
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

/// A scalar in which whole terms are evaluated: it says how an extremum is taken.
pub(super) trait Evaluable: Scalar {
    /// The extremum that a node is.
    fn extremum(evaluator: &mut Evaluator<'_, Self>, node: &Node) -> Self;
}

/// Evaluates terms of a program in a model, at the points where it stands.
pub(super) struct Evaluator<'a, S> {
    pub(super) program: &'a Program,
    pub(super) model: &'a Model,
    /// By slot.
    pub(super) points: Vec<usize>,
    pub(super) parameters: Vec<S>,
    /// Values of functions that extrema bind.
    pub(super) bound: Vec<Rc<[S]>>,
    pub(super) joints: Vec<Option<Rc<[S]>>>,
    pub(super) tables: Vec<Option<Rc<[S]>>>,
    /// The parameter in which derivatives are taken.
    pub(super) wrt: Option<usize>,
    /// Operations left; at 0 every value is unknown.
    pub(super) fuel: &'a Cell<u64>,
    /// Where the extremum over each number was last found, by parameter.
    pub(super) last: HashMap<usize, f64>,
    /// Searches for extrema at the same place.
    pub(super) searcher: Option<Box<Evaluator<'a, Float>>>,
}

impl<'a, S> Evaluator<'a, S> {
    /// At no place yet.
    fn nowhere(program: &'a Program, model: &'a Model, fuel: &'a Cell<u64>) -> Self {
        Self {
            program,
            model,
            points: Vec::new(),
            parameters: Vec::new(),
            bound: Vec::new(),
            joints: vec![None; program.laws.len()],
            tables: vec![None; program.shapes.len()],
            wrt: None,
            fuel,
            last: HashMap::new(),
            searcher: None,
        }
    }
}

impl<'a> Evaluator<'a, Value> {
    pub(super) fn new(program: &'a Program, model: &'a Model, fuel: &'a Cell<u64>) -> Self {
        Self {
            points: vec![0; program.slots.len()],
            parameters: model.parameters.clone(),
            bound: vec![Rc::from([]); program.bound_functions],
            ..Self::nowhere(program, model, fuel)
        }
    }

    /// Runs a search at the place where this evaluator stands.
    pub(super) fn search<T>(&mut self, run: impl FnOnce(&mut Evaluator<'a, Float>) -> T) -> T {
        let (program, model, fuel) = (self.program, self.model, self.fuel);
        let mut searcher =
            self.searcher.take().unwrap_or_else(|| Box::new(Evaluator::nowhere(program, model, fuel)));
        searcher.points.clone_from(&self.points);
        searcher.parameters = self.parameters.iter().map(|x| Float(x.to_f64())).collect();
        let floats = |values: &Rc<[Value]>| values.iter().map(|x| Float(x.to_f64())).collect();
        searcher.bound = self.bound.iter().map(floats).collect();
        if program.laws.iter().any(|law| !law.parameters.is_empty() || law.definition.is_some()) {
            searcher.joints.fill(None);
            searcher.tables.fill(None);
        }
        let result = run(&mut searcher);
        self.searcher = Some(searcher);
        result
    }
}

impl<'a, S: Evaluable> Evaluator<'a, S> {
    /// The same place, with derivatives in a parameter.
    fn dual(&self, parameter: usize) -> Evaluator<'a, Dual> {
        let parameters = self.parameters.iter().enumerate().map(|(i, x)| {
            let derivative = if i == parameter { Value::one() } else { Value::zero() };
            Dual::with_derivative(x.value().into_owned(), derivative)
        });
        let duals =
            |values: &Rc<[S]>| values.iter().map(|x| Dual::constant(x.value().into_owned())).collect();
        Evaluator {
            points: self.points.clone(),
            parameters: parameters.collect(),
            bound: self.bound.iter().map(duals).collect(),
            wrt: Some(parameter),
            ..Evaluator::nowhere(self.program, self.model, self.fuel)
        }
    }

    pub(super) fn unknown() -> S {
        S::constant(Value::Unknown)
    }

    /// The mass at the arguments of a density.
    pub(super) fn mass(&mut self, at: &LawRef) -> S {
        let table = self.table(at.shape);
        let index = at.slots.iter().fold(0, |index, slot| {
            index * self.model.sizes[self.program.slots[*slot].space] + self.points[*slot]
        });
        table[index].clone()
    }

    /// Evaluates a term.
    pub(super) fn node(&mut self, node: &Node) -> S {
        if !self.spend(S::COST) {
            return Self::unknown();
        }
        let value = self.evaluated(node);
        // Long numbers cost more: a text of many of them comes to an end as well.
        self.spend(value.weight());
        value
    }

    /// Takes fuel; false where there is not so much.
    fn spend(&self, cost: u64) -> bool {
        let left = self.fuel.get().checked_sub(cost);
        self.fuel.set(left.unwrap_or(0));
        left.is_some()
    }

    fn evaluated(&mut self, node: &Node) -> S {
        match node {
            Node::Number(r) => S::rational(r),
            Node::Infinity => S::constant(Value::Infinite(true)),
            Node::Parameter(slot) => self.parameters[*slot].clone(),
            Node::Point(slot) => {
                let space = self.program.slots[*slot].space;
                S::rational(&self.model.numbers[space][self.points[*slot]])
            }
            Node::Sum(terms) => self.fold(terms, S::add),
            Node::Product { densities, factors } => self.product(densities, factors),
            Node::Negative(a) => self.node(a).negative(),
            Node::Quotient(a, b) => {
                let a = self.node(a);
                a.div(&self.node(b))
            }
            Node::Power(a, exponent) => self.node(a).power(exponent),
            Node::Log(a) => self.node(a).log(),
            Node::Exp(a) => self.node(a).exp(),
            Node::Abs(a) => self.node(a).abs(),
            Node::Larger(terms) => self.fold(terms, S::larger),
            Node::Smaller(terms) => self.fold(terms, S::smaller),
            Node::Function { function, arguments } => self.function(*function, arguments),
            Node::Bound { function, arguments } => {
                let index = arguments.iter().fold(0, |index, slot| {
                    index * self.model.sizes[self.program.slots[*slot].space] + self.points[*slot]
                });
                self.bound[*function].get(index).cloned().unwrap_or_else(Self::unknown)
            }
            Node::Density(at) => self.mass(at),
            Node::Generator { generator, part, argument } => {
                let argument = self.node(argument);
                self.generator(*generator, *part, &argument)
            }
            Node::Expectation { law, body } => self.expectation(law, body),
            Node::Integral { over, body } => self.integral(over, body),
            Node::Best { .. } | Node::BestFunction { .. } => S::extremum(self, node),
            // Second derivatives are not computed.
            Node::Gradient { .. } if S::DUAL => Self::unknown(),
            Node::Gradient { parameter, body } => S::constant(self.dual(*parameter).node(body).derivative()),
            Node::Distance { kind, p, q } => self.distance(*kind, p, q),
        }
    }

    fn fold(&mut self, terms: &[Node], f: impl Fn(&S, &S) -> S) -> S {
        let mut terms = terms.iter();
        let Some(first) = terms.next() else { return S::constant(Value::zero()) };
        let mut total = self.node(first);
        for term in terms {
            total = f(&total, &self.node(term));
        }
        total
    }

    fn product(&mut self, densities: &[LawRef], factors: &[Node]) -> S {
        let mut product: Option<S> = None;
        let mut times = |factor: S| {
            product = Some(match &product {
                None => factor,
                Some(product) => product.mul(&factor),
            });
        };
        for at in densities {
            let mass = self.mass(at);
            // Where a density is 0 the product is, whatever else stands in it.
            if mass.is_zero() {
                return S::constant(Value::zero());
            }
            times(mass);
        }
        for factor in factors {
            times(self.node(factor));
        }
        product.unwrap_or_else(|| S::constant(Value::one()))
    }

    /// A part of a generator, with the chain rule.
    pub(super) fn generator(&mut self, generator: usize, part: Part, x: &S) -> S {
        if let Some((parameter, formula)) = &self.program.generators[generator].formula {
            return self.formula(generator, *parameter, formula, part, x);
        }
        S::part(&self.model.generators[generator], part, x)
    }

    fn function(&mut self, function: usize, arguments: &[Argument]) -> S {
        match &self.model.functions[function] {
            FunctionModel::Table(values) => {
                let mut index = 0;
                for argument in arguments {
                    let Argument::Point(slot) = argument else { return Self::unknown() };
                    index = index * self.model.sizes[self.program.slots[*slot].space] + self.points[*slot];
                }
                S::constant(values.get(index).cloned().unwrap_or(Value::Unknown))
            }
            FunctionModel::Smooth(smooth) => {
                let arguments: Vec<S> = arguments
                    .iter()
                    .map(|argument| match argument {
                        Argument::Point(slot) => self.node(&Node::Point(*slot)),
                        Argument::Number(node) => self.node(node),
                    })
                    .collect();
                apply(smooth, &arguments)
            }
        }
    }

    /// Evaluates with a number bound to a value.
    pub(super) fn with_parameter(&mut self, parameter: usize, value: S, node: &Node) -> S {
        let before = std::mem::replace(&mut self.parameters[parameter], value);
        // Laws may depend on the number.
        let laws = &self.program.laws;
        let depends = laws.iter().any(|law| law.parameters.contains(&parameter) || law.definition.is_some());
        let tables = depends.then(|| {
            let empty = vec![None; self.tables.len()];
            let none = vec![None; self.joints.len()];
            (std::mem::replace(&mut self.tables, empty), std::mem::replace(&mut self.joints, none))
        });
        let result = self.node(node);
        if let Some((tables, joints)) = tables {
            self.tables = tables;
            self.joints = joints;
        }
        self.parameters[parameter] = before;
        result
    }
}

fn apply<S: Scalar>(smooth: &Smooth, arguments: &[S]) -> S {
    let number = S::rational;
    let mut sum = number(smooth.constant.as_ref().unwrap_or(&Rational::ZERO));
    for (b, x) in smooth.linear.iter().zip(arguments) {
        if !b.is_zero() {
            sum = sum.add(&number(b).mul(x));
        }
    }
    for (i, j, c) in &smooth.quadratic {
        if let (Some(x), Some(y)) = (arguments.get(*i), arguments.get(*j)) {
            sum = sum.add(&number(c).mul(&x.mul(y)));
        }
    }
    for (weight, i, knot) in &smooth.kinks {
        if let Some(x) = arguments.get(*i) {
            let above = x.add(&number(&knot.negative())).larger(&S::constant(Value::zero()));
            sum = sum.add(&number(weight).mul(&above));
        }
    }
    sum
}
