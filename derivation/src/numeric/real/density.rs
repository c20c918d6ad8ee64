//! The density of a law of a real model at points: a mixture, the image of noise, or what
//! the text defines.

use super::super::program::{Image, LawRef};
use super::evaluate::RealEvaluator;
use super::model::Factor;
use super::number::Number;

impl RealEvaluator<'_> {
    /// The density of a law at points, in logarithms.
    pub(super) fn density(&mut self, at: &LawRef) -> Number {
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
    pub(super) fn line_of(&self, image: &Image) -> Option<(f64, f64)> {
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
}
