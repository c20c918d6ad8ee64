//! Evaluation of terms in a real model: each value with a bound of its error.

use super::super::program::{Argument, LawRef, Measure, NamedDistance, Node, Program};
use super::model::{Curve, RealFunction, RealModel};
use super::number::Number;
use crate::term::Part;
use std::cell::Cell;

/// Error of a value of the catalogue, relative and absolute.
const CATALOGUE_ERROR: f64 = 1e-10;
/// What an operation costs, against one in floats without bounds.
const COST: u64 = 4;
/// Step of the difference quotients for ∂/∂θ.
const STEP: f64 = 1.0 / 64.0;

/// Evaluates in a real model.
pub(super) struct RealEvaluator<'a> {
    pub(super) program: &'a Program,
    pub(super) model: &'a RealModel,
    pub(super) points: Vec<f64>,
    pub(super) parameters: Vec<f64>,
    /// How many integrals stand around the present place.
    pub(super) depth: u32,
    pub(super) fuel: &'a Cell<u64>,
}

impl RealEvaluator<'_> {
    /// Takes the fuel of an operation; false where none is left.
    pub(super) fn spend(&self) -> bool {
        self.spend_for(1)
    }

    pub(super) fn spend_for(&self, operations: usize) -> bool {
        let left = self.fuel.get().checked_sub(COST * operations as u64);
        self.fuel.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Evaluates a term.
    pub(super) fn node(&mut self, node: &Node) -> Number {
        if !self.spend() {
            return Number::UNKNOWN;
        }
        match node {
            Node::Number(r) => Number::new(r.to_f64(), 0.0),
            Node::Infinity => Number::exact(f64::INFINITY),
            Node::Parameter(p) => Number::exact(self.parameters[*p]),
            Node::Point(slot) => Number::exact(self.points[*slot]),
            Node::Sum(terms) => terms.iter().fold(Number::exact(0.0), |sum, term| sum.add(self.node(term))),
            Node::Product { densities, factors } => {
                let mut product = Number::exact(1.0);
                for at in densities {
                    let mass = self.density(at);
                    if mass.ln().value == f64::NEG_INFINITY {
                        return Number::exact(0.0);
                    }
                    product = product.mul(mass);
                }
                factors.iter().fold(product, |product, factor| product.mul(self.node(factor)))
            }
            Node::Negative(a) => self.node(a).negative(),
            Node::Quotient(a, b) => {
                let a = self.node(a);
                a.div(self.node(b))
            }
            Node::Power(a, exponent) => self.node(a).power(exponent.to_f64()),
            Node::Log(a) => self.node(a).ln(),
            Node::Exp(a) => self.node(a).exp(),
            Node::Abs(a) => self.node(a).map(f64::abs, 1.0),
            Node::Larger(terms) => self.extreme(terms, f64::max),
            Node::Smaller(terms) => self.extreme(terms, f64::min),
            Node::Function { function, arguments } => {
                let model = self.model;
                let arguments: Vec<Number> = arguments
                    .iter()
                    .map(|argument| match argument {
                        Argument::Point(slot) => Number::exact(self.points[*slot]),
                        Argument::Number(node) => self.node(node),
                    })
                    .collect();
                apply(&model.functions[*function], &arguments)
            }
            Node::Density(at) => self.density(at),
            Node::Generator { generator, part, argument } => {
                let argument = self.node(argument);
                self.generator(*generator, *part, argument)
            }
            Node::Expectation { law, body } => {
                let slots = law.slots[..law.of].to_vec();
                self.integrate(&slots, &mut |this| {
                    let density = this.density(law);
                    // The support only.
                    if density.value == 0.0 { Number::exact(0.0) } else { density.mul(this.node(body)) }
                })
            }
            Node::Integral { over, body } => self.integrate(over, &mut |this| this.node(body)),
            Node::Gradient { parameter, body } => self.gradient(*parameter, body),
            Node::Distance { kind, p, q } => {
                let slots = p.slots[..p.of].to_vec();
                self.integrate(&slots, &mut |this| this.contribution(*kind, p, q))
            }
            Node::Bound { .. } | Node::Best { .. } | Node::BestFunction { .. } => Number::UNKNOWN,
        }
    }

    fn extreme(&mut self, terms: &[Node], f: fn(f64, f64) -> f64) -> Number {
        let mut terms = terms.iter();
        let Some(first) = terms.next() else { return Number::UNKNOWN };
        let mut best = self.node(first);
        for term in terms {
            let other = self.node(term);
            if !other.is_known() {
                return Number::UNKNOWN;
            }
            best = Number::new(f(best.value, other.value), best.error.max(other.error));
        }
        best
    }

    fn generator(&self, generator: usize, part: Part, x: Number) -> Number {
        let Some(f) = &self.model.generators[generator] else { return Number::UNKNOWN };
        let (value, slope) = match part {
            Part::Value | Part::Biconjugate => {
                (f.generator(x.value), f.subdifferential(x.value).representative())
            }
            Part::Conjugate => (f.conjugate(x.value), f.conjugate_subdifferential(x.value).representative()),
            Part::Derivative if x.error == 0.0 || x.error < 1e-12 * x.value => {
                (f.subdifferential(x.value).high(), 0.0)
            }
            Part::ConjugateDerivative if x.error == 0.0 => (f.conjugate_subdifferential(x.value).high(), 0.0),
            Part::Derivative | Part::ConjugateDerivative => return Number::UNKNOWN,
        };
        let spread = if x.error == 0.0 { 0.0 } else { slope.abs() * x.error };
        Number::new(value, spread + CATALOGUE_ERROR * (1.0 + value.abs()))
    }

    /// By difference quotients at three steps, extrapolated twice. Where one term of the
    /// error happens to vanish the next does not: both differences count.
    fn gradient(&mut self, parameter: usize, body: &Node) -> Number {
        let centre = self.parameters[parameter];
        let mut at = |x: f64| {
            self.parameters[parameter] = x;
            let number = self.node(body);
            self.parameters[parameter] = centre;
            number
        };
        let mut quotient = |h: f64| at(centre + h).add(at(centre - h).negative()).mul(Number::exact(0.5 / h));
        let [coarse, middle, fine] = [STEP, STEP / 2.0, STEP / 4.0].map(&mut quotient);
        let once = |fine: Number, coarse: Number| (4.0 * fine.value - coarse.value) / 3.0;
        let (better, best) = (once(middle, coarse), once(fine, middle));
        let value = (16.0 * best - better) / 15.0;
        let truncated = (best - better).abs() + (fine.value - middle.value).abs() / 256.0;
        Number::new(value, truncated + 2.0 * (fine.error + middle.error + coarse.error))
    }

    fn contribution(&mut self, kind: Measure, p: &LawRef, q: &LawRef) -> Number {
        let (mp, mq) = (self.density(p), self.density(q));
        let zero = Number::exact(0.0);
        let half = Number::exact(0.5);
        // Where a density underflows its contribution does too, unless the other's does
        // not; then the integral is not evaluated.
        match kind {
            Measure::F(generator) => {
                if mq.value == 0.0 {
                    return if mp.value == 0.0 { zero } else { Number::UNKNOWN };
                }
                mq.mul(self.generator(generator, Part::Value, mp.div(mq)))
            }
            Measure::Named(NamedDistance::Kl) if mp.value == 0.0 => zero,
            Measure::Named(NamedDistance::Kl) => mp.mul(mp.div(mq).ln()),
            Measure::Named(NamedDistance::CrossEntropy) if mp.value == 0.0 => zero,
            Measure::Named(NamedDistance::CrossEntropy) => mp.mul(mq.ln()).negative(),
            Measure::Named(NamedDistance::Js) => {
                let middle = half.mul(mp.add(mq));
                let part = |m: Number| if m.value == 0.0 { zero } else { m.mul(m.div(middle).ln()) };
                half.mul(part(mp).add(part(mq)))
            }
            Measure::Named(NamedDistance::Chi2) => {
                if mq.value == 0.0 {
                    return if mp.value == 0.0 { zero } else { Number::UNKNOWN };
                }
                let gap = mp.add(mq.negative());
                gap.mul(gap).div(mq)
            }
            Measure::Named(NamedDistance::Tv) => half.mul(mp.add(mq.negative()).map(f64::abs, 1.0)),
            Measure::Named(NamedDistance::Hellinger2) => {
                half.mul(mp.add(mq)).add(mp.power(0.5).mul(mq.power(0.5)).negative())
            }
        }
    }
}

fn apply(function: &RealFunction, arguments: &[Number]) -> Number {
    let inner = function
        .weights
        .iter()
        .zip(arguments)
        .fold(Number::exact(function.offset), |sum, (w, x)| sum.add(Number::exact(*w).mul(*x)));
    let curve = match function.curve {
        Curve::Tanh => inner.map(f64::tanh, 1.0),
        Curve::Cos => inner.map(f64::cos, 1.0),
        Curve::Linear => inner,
        Curve::Square => inner.mul(inner),
        Curve::Step => inner.map(|x| if x > 0.0 { 1.0 } else { 0.0 }, 0.0),
    };
    Number::exact(function.base).add(Number::exact(function.amplitude).mul(curve))
}
