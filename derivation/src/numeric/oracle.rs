//! A second evaluator for tests: the tree itself, walked in plain f64, with masses read
//! straight from the model.

use super::build::Builder;
use super::compile::compile;
use super::evaluate::Evaluator;
use super::model::{FunctionModel, Model, for_each_index};
use super::program::Program;
use super::value::Value;
use crate::syntax::parse;
use crate::term::{Distance, LawAt, Term, Variable};
use std::cell::Cell;
use std::collections::HashMap;

type Points = HashMap<(String, u32), usize>;

struct Oracle<'a> {
    program: &'a Program,
    model: &'a Model,
    points: Points,
}

impl Oracle<'_> {
    fn key(variable: &Variable) -> (String, u32) {
        (variable.name.to_string(), variable.binder)
    }

    /// P[of, given] / P[given], summed over everything else.
    fn mass(&self, at: &LawAt) -> f64 {
        let index = self.program.laws.iter().position(|law| law.name == at.law).expect("declared");
        let info = &self.program.laws[index];
        let law = &self.model.laws[index];
        let wanted = |variables: &[Variable], coordinate: usize, point: usize| {
            let space = &self.program.spaces[info.spaces[coordinate]].0;
            variables.iter().find(|v| v.space == *space).is_none_or(|v| self.points[&Self::key(v)] == point)
        };
        let sum = |variables: &[Variable]| {
            let mut sum = 0.0;
            for_each_index(&self.model.dimensions(self.program, index), |flat, at| {
                if at.iter().enumerate().all(|(c, point)| wanted(variables, c, *point)) {
                    sum += law.mass[flat].to_f64();
                }
            });
            sum
        };
        let all: Vec<Variable> = at.of.iter().chain(&at.given).cloned().collect();
        let condition = if at
            .given
            .iter()
            .any(|v| info.spaces[..info.own].iter().any(|s| self.program.spaces[*s].0 == v.space))
        {
            sum(&at.given)
        } else {
            1.0
        };
        sum(&all) / condition
    }

    fn sum_over(&mut self, over: &[Variable], f: &mut dyn FnMut(&mut Self) -> f64) -> f64 {
        let Some((first, rest)) = over.split_first() else { return f(self) };
        let space = self.program.spaces.iter().position(|(name, _)| *name == first.space).expect("known");
        (0..self.model.sizes[space])
            .map(|point| {
                self.points.insert(Self::key(first), point);
                self.sum_over(rest, f)
            })
            .sum()
    }

    fn term(&mut self, term: &Term) -> f64 {
        match term {
            Term::Number(number) => super::rational::Rational::from(number).to_f64(),
            Term::Sum(terms) => terms.iter().map(|t| self.term(t)).sum(),
            Term::Product(terms) => terms.iter().map(|t| self.term(t)).product(),
            Term::Negative(a) => -self.term(a),
            Term::Quotient(a, b) => self.term(a) / self.term(b),
            Term::Log(a) => self.term(a).ln(),
            Term::Exp(a) => self.term(a).exp(),
            Term::Abs(a) => self.term(a).abs(),
            Term::Larger(terms) => terms.iter().map(|t| self.term(t)).fold(f64::NEG_INFINITY, f64::max),
            Term::Power(a, r) => self.term(a).powf(super::rational::Rational::from(r).to_f64()),
            Term::Density(at) => self.mass(at),
            Term::Function { name, arguments } => {
                let index = self.program.functions.iter().position(|f| f.name == *name).expect("declared");
                let (FunctionModel::Table(values), [Term::Point(v)]) =
                    (&self.model.functions[index], &arguments[..])
                else {
                    panic!("only tables of one point here")
                };
                values[self.points[&Self::key(v)]].to_f64()
            }
            Term::Expectation { law, body } => {
                let (law, body) = (law.clone(), body.clone());
                let of = law.of.clone();
                self.sum_over(&of, &mut |this| this.mass(&law) * this.term(&body))
            }
            Term::Integral { over, body } => self.sum_over(over, &mut |this| this.term(body)),
            Term::Distance { kind, p, q } => {
                let of = p.of.clone();
                self.sum_over(&of, &mut |this| {
                    let (a, b) = (this.mass(p), this.mass(q));
                    match kind {
                        Distance::Kl => a * (a / b).ln(),
                        Distance::Chi2 => (a - b).powi(2) / b,
                        Distance::Tv => (a - b).abs() / 2.0,
                        Distance::Hellinger2 => (a.sqrt() - b.sqrt()).powi(2) / 2.0,
                        Distance::CrossEntropy => -a * b.ln(),
                        Distance::Js => {
                            let m = f64::midpoint(a, b);
                            (a * (a / m).ln() + b * (b / m).ln()) / 2.0
                        }
                        Distance::F(_) => panic!("not here"),
                    }
                })
            }
            Term::Entropy(law) => {
                let of = law.of.clone();
                self.sum_over(&of, &mut |this| {
                    let mass = this.mass(law);
                    -mass * mass.ln()
                })
            }
            other => panic!("the oracle does not know {other:?}"),
        }
    }
}

#[track_caller]
fn check_agrees(source: &str) {
    let chain = parse("oracle", "Oracle", &format!("{source} = 0")).expect("understood");
    let (program, _) = compile(&chain, &[]).expect("resolved");
    let mut builder = Builder::new(&program, 7).expect("small");
    let mut compared = 0;
    for index in 0..400 {
        let model = builder.model(builder.enumerated() + index);
        // Where masses vanish plain f64 knows no conventions.
        if model.laws.iter().any(|law| law.mass.iter().any(super::rational::Rational::is_zero)) {
            continue;
        }
        let fuel = Cell::new(8_000_000);
        let mut evaluator = Evaluator::new(&program, &model, &fuel);
        evaluator.each_point(&program.free, |this| {
            let mut oracle = Oracle { program: &program, model: &model, points: HashMap::new() };
            for slot in &program.free {
                oracle.points.insert((program.slots[*slot].name.to_string(), 0), this.points[*slot]);
            }
            let expected = oracle.term(&chain.first);
            let value = this.node(&program.lines[0]);
            let found = value.to_f64();
            assert!(
                (found - expected).abs() <= 1e-9 * (1.0 + expected.abs()),
                "{source}: {found} and not {expected} in {model:?}"
            );
            assert!(matches!(value, Value::Exact(_) | Value::Near(_)));
            compared += 1;
        });
    }
    assert!(compared > 50, "{source}: only {compared} places");
}

#[test]
fn the_evaluator_agrees_with_plain_arithmetic() {
    for source in [
        "E[x ~ p] log (p(x) / q(x))",
        "KL(p(x, z) || q(x, z))",
        "E[x ~ p] KL(p(z|x) || q(z|x))",
        "log sum[z] p(x, z)",
        "E[z ~ q(z|x)] log (p(x, z) / q(z|x))",
        "E[x ~ p] exp T(x) - log E[x ~ q] exp T(x)",
        "E[x ~ p] (T(x)^2) / (1 + |E[x ~ p] T(x)|)",
        "TV(p(x) || q(x)) + chi2(p(x) || q(x)) * 3",
        "H2(p(x) || q(x)) + JS(p(x) || q(x))",
        "H(p(x), q(x)) - H(p(x))",
        "sum[x] larger(p(x), q(x)) * exp T(x)",
    ] {
        check_agrees(source);
    }
}
