//! Integrals in a real model: quadrature on lines, with breaks where a law changes
//! character, and sums over finite spaces.

use super::super::program::Slot;
use super::evaluate::RealEvaluator;
use super::model::Factor;
use super::number::Number;
use vdm::Interval;
use vdm::quadrature::{Estimate, Quadrature, QuadratureError, Sample};

/// An integral with a larger error than this (relative and absolute) says nothing.
const USEFUL: f64 = 1e-5;
impl RealEvaluator<'_> {
    /// ∫ over the lines of the slots, ∑ over finite ones.
    pub(super) fn integrate(&mut self, slots: &[Slot], f: &mut dyn FnMut(&mut Self) -> Number) -> Number {
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
                let nothing = Sample { value: 0.0, rounding: 0.0 };
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
                Sample { value: number.value, rounding: number.error }
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
}
