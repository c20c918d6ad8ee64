//! Evaluation of terms in a real model, by quadrature with an error bound.

use super::super::program::{Argument, Image, LawRef, Measure, NamedDistance, Node, Program, Slot};
use super::model::{Curve, Factor, RealFunction, RealModel};
use super::number::Number;
use crate::term::Part;
use std::cell::Cell;
use vdm::Interval;
use vdm::quadrature::{Estimate, Quadrature, QuadratureError};

/// Error of a value of the catalogue, relative and absolute.
const CATALOGUE_ERROR: f64 = 1e-10;
/// An integral with a larger error than this (relative and absolute) says nothing.
const USEFUL: f64 = 1e-5;
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
    fn spend(&self) -> bool {
        self.spend_for(1)
    }

    fn spend_for(&self, operations: usize) -> bool {
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

    /// The density of a law at points, in logarithms.
    fn density(&mut self, at: &LawRef) -> Number {
        let program = self.program;
        let shape = &program.shapes[at.shape];
        let info = &program.laws[shape.law];
        let place = |coordinate: usize| {
            let index = shape.of.iter().chain(&shape.given).position(|c| *c == coordinate);
            index.map(|i| self.points[at.slots[i]])
        };
        if let Some(image) = &info.pushforward {
            return self.pushed(image, at);
        }
        if info.definition.is_some() {
            return self.defined(at);
        }
        let law = &self.model.laws[shape.law];
        // Each component's logarithm and exponential, twice where there is a condition.
        if !self.spend_for(4 * law.components.len() * at.slots.len()) {
            return Number::UNKNOWN;
        }
        let moved: f64 = law
            .given
            .iter()
            .enumerate()
            .filter_map(|(i, by)| place(info.own + i).map(|x| by * x))
            .chain(law.parameters.iter().zip(&info.parameters).map(|(by, p)| by * self.parameters[*p]))
            .sum();
        let mixture = |coordinates: &[usize]| {
            let terms: Vec<f64> = law
                .components
                .iter()
                .map(|(weight, factors)| {
                    let logs = coordinates.iter().map(|c| match (&factors[*c], place(*c)) {
                        (Factor::Line(density, _), Some(x)) => density.ln_density(x - moved),
                        (Factor::Finite(masses), Some(x)) => {
                            masses.get(x as usize).map_or(f64::NAN, |m| m.ln())
                        }
                        (_, None) => f64::NAN,
                    });
                    weight.ln() + logs.sum::<f64>()
                })
                .collect();
            let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if largest == f64::NEG_INFINITY {
                return largest;
            }
            largest + terms.iter().map(|t| (t - largest).exp()).sum::<f64>().ln()
        };
        let condition: Vec<usize> = shape.given.iter().copied().filter(|c| *c < info.own).collect();
        let joint: Vec<usize> = shape.of.iter().copied().chain(condition.iter().copied()).collect();
        let given = if condition.is_empty() { 0.0 } else { mixture(&condition) };
        let log = mixture(&joint) - given;
        // Far out both underflow even as logarithms.
        if log.is_nan() { Number::UNKNOWN } else { Number::from_log(log) }
    }

    /// The density of z = Σ wᵢ aᵢ + offset, where one argument is the noise.
    fn pushed(&mut self, image: &Image, at: &LawRef) -> Number {
        let (Some((scale, rest)), [noise]) = (self.line_of(image), image.noise.slots.as_slice()) else {
            return Number::UNKNOWN;
        };
        let before = self.points[*noise];
        self.points[*noise] = (self.points[at.slots[0]] - rest) / scale;
        let density = self.density(&image.noise);
        self.points[*noise] = before;
        density.mul(Number::from_log(-scale.abs().ln()))
    }

    /// The map of a law's noise is z = scale·e + rest in the models.
    fn line_of(&self, image: &Image) -> Option<(f64, f64)> {
        let function = &self.model.functions[image.map];
        if function.weights.len() != image.numbers.len() {
            return None;
        }
        let mut scale = None;
        let mut rest = function.offset;
        for (weight, number) in function.weights.iter().zip(&image.numbers) {
            match number {
                Some(parameter) => rest += weight * self.parameters[*parameter],
                // Of two points there is no density here.
                None if scale.is_some() => return None,
                None => scale = Some(*weight),
            }
        }
        scale.map(|scale| (scale, rest))
    }

    /// A law that the text defines; only the density itself, no marginals or kernels.
    fn defined(&mut self, at: &LawRef) -> Number {
        let program = self.program;
        let shape = &program.shapes[at.shape];
        let info = &program.laws[shape.law];
        let Some((slots, density)) = &info.definition else { return Number::UNKNOWN };
        let arguments: Vec<usize> = shape.of.iter().chain(&shape.given).copied().collect();
        if arguments.len() != slots.len() || shape.of.len() != info.own {
            return Number::UNKNOWN;
        }
        let values: Vec<f64> = at.slots.iter().map(|slot| self.points[*slot]).collect();
        let before: Vec<f64> = slots.iter().map(|slot| self.points[*slot]).collect();
        for (coordinate, value) in arguments.iter().zip(values) {
            self.points[slots[*coordinate]] = value;
        }
        let value = self.node(density);
        for (slot, point) in slots.iter().zip(before) {
            self.points[*slot] = point;
        }
        value
    }

    /// ∫ over the lines of the slots, ∑ over finite ones.
    fn integrate(&mut self, slots: &[Slot], f: &mut dyn FnMut(&mut Self) -> Number) -> Number {
        let Some((slot, rest)) = slots.split_first() else { return f(self) };
        let before = self.points[*slot];
        let size = self.model.sizes[self.program.slots[*slot].space];
        let result = if size > 0 {
            (0..size).fold(Number::exact(0.0), |sum, point| {
                self.points[*slot] = point as f64;
                sum.add(self.integrate(rest, f))
            })
        } else {
            self.quadrature(*slot, rest, f)
        };
        self.points[*slot] = before;
        result
    }

    fn quadrature(&mut self, slot: Slot, rest: &[Slot], f: &mut dyn FnMut(&mut Self) -> Number) -> Number {
        let rule = match self.depth {
            0 => Quadrature { relative: 1e-9, absolute: 1e-11, budget: 20_000 },
            _ => Quadrature { relative: 1e-8, absolute: 1e-10, budget: 2_000 },
        };
        let breaks = self.breaks(slot);
        self.depth += 1;
        // The largest error of the integrand against its size: it is integrated too.
        let mut unknown = false;
        let found = rule.integrate_samples(
            |x| {
                let nothing = vdm::quadrature::Sample { value: 0.0, rounding: 0.0 };
                // A point that says nothing spoils the integral, so that the others need
                // not be looked at. Every point costs, whether or not it evaluates terms.
                unknown |= !self.spend();
                if unknown {
                    return nothing;
                }
                self.points[slot] = x;
                let number = self.integrate(rest, f);
                if !number.is_known() || number.value.is_infinite() {
                    unknown = true;
                    return nothing;
                }
                vdm::quadrature::Sample { value: number.value, rounding: number.error }
            },
            Interval::REAL,
            &breaks,
        );
        self.depth -= 1;
        let estimate: Estimate = match found {
            Ok(estimate) => estimate,
            Err(QuadratureError::NotConverged { estimate }) => estimate,
            Err(_) => return Number::UNKNOWN,
        };
        let useful = estimate.error <= USEFUL * (1.0 + estimate.value.abs());
        if unknown || !useful { Number::UNKNOWN } else { Number::new(estimate.value, estimate.error) }
    }

    /// Where the laws of a space change character, at their present place.
    fn breaks(&self, slot: Slot) -> Vec<f64> {
        let space = self.program.slots[slot].space;
        let mut breaks = Vec::new();
        for (law, info) in self.program.laws.iter().enumerate() {
            for coordinate in (0..info.own).filter(|c| info.spaces[*c] == space) {
                breaks.extend(self.landmarks(law, coordinate));
            }
        }
        breaks.retain(|x| x.is_finite());
        breaks.sort_by(f64::total_cmp);
        breaks.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
        breaks.truncate(60);
        breaks
    }

    /// Where one coordinate of a law changes character.
    fn landmarks(&self, law: usize, coordinate: usize) -> Vec<f64> {
        let info = &self.program.laws[law];
        if let Some(image) = &info.pushforward {
            // The noise's, moved with it: a peak that no break shows may be missed.
            let noise = &self.program.shapes[image.noise.shape];
            let (Some((scale, rest)), [own]) = (self.line_of(image), noise.of.as_slice()) else {
                return Vec::new();
            };
            return self.landmarks(noise.law, *own).into_iter().map(|e| scale * e + rest).collect();
        }
        let law = &self.model.laws[law];
        let by_parameters: f64 =
            law.parameters.iter().zip(&info.parameters).map(|(by, p)| by * self.parameters[*p]).sum();
        // What it depends on moves it: everywhere where a point of that space stands.
        let mut moved = vec![by_parameters];
        for (i, by) in law.given.iter().enumerate() {
            let places =
                self.program.slots.iter().enumerate().filter(|(_, s)| s.space == info.spaces[info.own + i]);
            moved = places
                .flat_map(|(s, _)| moved.iter().map(move |m| (s, *m)))
                .map(|(s, m)| m + by * self.points[s])
                .collect();
            moved.truncate(8);
        }
        let lines = law.components.iter().filter_map(|(_, factors)| match factors.get(coordinate) {
            Some(Factor::Line(density, _)) => Some(density.landmarks()),
            _ => None,
        });
        lines.flatten().flat_map(|x| moved.iter().map(move |m| x + m).collect::<Vec<_>>()).collect()
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
