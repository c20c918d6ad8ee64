//! Searches for extrema over functions, coordinate by coordinate: the value at each
//! point is one.

use super::best::{maximises, must_attain};
use super::climb::{Found, Span, climb, climb_from};
use super::evaluate::Evaluator;
use super::float::Float;
use super::program::{Bounds, Node, Slot};
use super::value::Value;
use crate::term::Extremum;

/// Rounds at most where the coordinates interact.
pub(super) const SWEEPS: usize = 8;
/// A round that gains less than this, relative and absolute, is the last.
const NEGLIGIBLE: f64 = 1e-10;

/// What a search over the values of a function found.
pub(super) struct Ascent {
    /// The function's values, and after them the numbers over which its body is again
    /// the best.
    pub(super) places: Vec<f64>,
    pub(super) value: f64,
    /// How far the supremum can lie above it, coordinate by coordinate.
    pub(super) gap: Option<f64>,
    pub(super) escapes: bool,
}

/// What is searched over: the values of a function, and numbers.
struct Coordinates<'n> {
    kind: Extremum,
    function: usize,
    size: usize,
    spans: Vec<Span>,
    numbers: Vec<usize>,
    body: &'n Node,
}

/// A place from which to begin.
fn start(span: Span) -> f64 {
    match (span.low.is_finite(), span.high.is_finite()) {
        (true, true) => f64::midpoint(span.low, span.high),
        (true, false) => span.low + 1.0,
        (false, true) => span.high - 1.0,
        (false, false) => 0.0,
    }
}

impl Evaluator<'_, Float> {
    /// sup over T of sup over c is one supremum over both: each number inside is a
    /// coordinate more, where no law depends on it.
    fn coordinates<'n>(
        &mut self,
        kind: Extremum,
        function: usize,
        size: usize,
        span: Span,
        mut body: &'n Node,
    ) -> Coordinates<'n> {
        let mut spans = vec![span; size];
        let mut numbers = Vec::new();
        let defined = self.program.laws.iter().any(|law| law.definition.is_some());
        while let Node::Best { kind: inner, parameter, bounds, body: under } = body {
            let moves = defined || self.program.laws.iter().any(|law| law.parameters.contains(parameter));
            if *inner != kind || must_attain(kind) || moves {
                break;
            }
            let Some(span) = self.ends(bounds).and_then(|ends| ends.span()) else { break };
            spans.push(span);
            numbers.push(*parameter);
            body = under;
        }
        Coordinates { kind, function, size, spans, numbers, body }
    }

    fn at(&mut self, over: &Coordinates<'_>, places: &[f64]) -> f64 {
        let (values, numbers) = places.split_at(over.size);
        self.bound[over.function] = values.iter().map(|x| Float(*x)).collect();
        for (parameter, x) in over.numbers.iter().zip(numbers) {
            self.parameters[*parameter] = Float(*x);
        }
        let value = self.node(over.body).0;
        if maximises(over.kind) { value } else { -value }
    }

    /// Coordinate by coordinate; nothing if no value was met.
    pub(super) fn ascent(
        &mut self,
        kind: Extremum,
        function: usize,
        size: usize,
        span: Span,
        body: &Node,
        sweeps: usize,
    ) -> Option<Ascent> {
        let over = self.coordinates(kind, function, size, span, body);
        let before = (self.bound[function].clone(), self.parameters.clone());
        let found = self.ascended(&over, sweeps);
        (self.bound[function], self.parameters) = before;
        found
    }

    fn ascended(&mut self, over: &Coordinates<'_>, sweeps: usize) -> Option<Ascent> {
        let mut places: Vec<f64> = over.spans.iter().map(|span| start(*span)).collect();
        let mut best = self.at(over, &places);
        let (mut gap, mut escapes) = (Some(0.0), false);
        for sweep in 0..sweeps {
            let before = best;
            for (coordinate, span) in over.spans.iter().enumerate() {
                let near = places[coordinate];
                let mut objective = |x: f64| {
                    places[coordinate] = x;
                    self.at(over, &places)
                };
                // After the first round the place is known roughly.
                let nearby = if sweep == 0 { None } else { climb_from(*span, near, &mut objective) };
                let found = match nearby {
                    Some((at, value)) => Some(Found { at, value, gap: None, escapes: false }),
                    None => climb(*span, objective),
                };
                let found = found?;
                places[coordinate] = found.at;
                best = found.value;
                if found.value.is_infinite() {
                    gap = None;
                    continue;
                }
                escapes |= found.escapes;
                gap = gap.and_then(|gap: f64| Some(gap + found.gap?));
            }
            if sweep > 0 && best - before <= NEGLIGIBLE * (1.0 + best.abs()) {
                break;
            }
        }
        Some(Ascent { places, value: best, gap, escapes })
    }

    /// An extremum over functions, for a search: what it says is only a place to look.
    pub(super) fn searched_function(
        &mut self,
        kind: Extremum,
        function: usize,
        of: &[Slot],
        bounds: &Bounds,
        body: &Node,
    ) -> f64 {
        let model = self.model;
        let size: usize = of.iter().map(|slot| model.sizes[self.program.slots[*slot].space]).product();
        if let Bounds::Class(class) = bounds {
            let before = self.bound[function].clone();
            let mut best = f64::NEG_INFINITY;
            for values in &model.classes[*class] {
                self.bound[function] = values.iter().take(size).map(|x| Float(Value::to_f64(x))).collect();
                let value = self.node(body).0;
                best = best.max(if maximises(kind) { value } else { -value });
            }
            self.bound[function] = before;
            return best;
        }
        let Some(span) = self.ends(bounds).and_then(|ends| ends.span()) else { return f64::NAN };
        self.ascent(kind, function, size, span, body, SWEEPS).map_or(f64::NAN, |found| found.value)
    }
}
