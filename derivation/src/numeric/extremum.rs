//! Suprema, maxima, infima and minima over numbers in finite models: exact where the
//! objective is piecewise a polynomial of degree two at most, else by search with a
//! bound from concavity.

use super::best::{Best, maximises, must_attain, within};
use super::climb::{Span, climb, climb_from};
use super::ends::Ends;
use super::evaluate::{Evaluable, Evaluator};
use super::float::Float;
use super::kinks::{Kinks, Target};
use super::program::{Bounds, Node};
use super::rational::Rational;
use super::scalar::{Dual, Scalar};
use super::value::{Reason, Value};
use crate::term::Extremum;
use std::cmp::Ordering;

impl Evaluable for Value {
    fn extremum(evaluator: &mut Evaluator<'_, Self>, node: &Node) -> Self {
        evaluator.extremum(node)
    }
}

impl Evaluable for Dual {
    /// An extremum is not differentiated.
    fn extremum(_evaluator: &mut Evaluator<'_, Self>, _node: &Node) -> Self {
        Self::constant(Value::Unknown)
    }
}

impl Evaluable for Float {
    fn extremum(evaluator: &mut Evaluator<'_, Self>, node: &Node) -> Self {
        Self(evaluator.searched(node))
    }
}

impl<S: Evaluable> Evaluator<'_, S> {
    /// f*(t) for an f that the text gives by a formula.
    pub(super) fn formula_conjugate(&mut self, parameter: usize, formula: &Node, t: &Value) -> Value {
        let span = Span { low: 0.0, high: f64::INFINITY, low_closed: false, high_closed: false };
        let mut objective = |u: f64| {
            let f = self.with_parameter(parameter, S::constant(Value::point(u)), formula);
            t.mul(&Value::point(u)).sub(&f.value())
        };
        let found = climb(span, |u| objective(u).to_f64());
        found.map_or(Value::Unknown, |found| within(&objective(found.at), found.gap))
    }
}

impl Evaluator<'_, Float> {
    /// An extremum for a search: near the place where it was last found, if that serves.
    pub(super) fn searched(&mut self, node: &Node) -> f64 {
        match node {
            Node::Best { kind, parameter, bounds, body } => {
                let Some(span) = self.ends(bounds).and_then(|ends| ends.span()) else { return f64::NAN };
                let value = self.searched_number(*kind, *parameter, span, body);
                if maximises(*kind) { value } else { -value }
            }
            Node::BestFunction { kind, function, of, bounds, body } => {
                let value = self.searched_function(*kind, *function, of, bounds, body);
                if maximises(*kind) { value } else { -value }
            }
            _ => f64::NAN,
        }
    }

    pub(super) fn objective(&mut self, kind: Extremum, parameter: usize, body: &Node, x: f64) -> f64 {
        let value = self.with_parameter(parameter, Float(x), body).0;
        if maximises(kind) { value } else { -value }
    }

    fn searched_number(&mut self, kind: Extremum, parameter: usize, span: Span, body: &Node) -> f64 {
        let inside = |x: &f64| *x > span.low && *x < span.high;
        let near = self.last.get(&parameter).copied().filter(inside);
        if let (false, Some(near)) = (must_attain(kind), near) {
            let found = climb_from(span, near, |x| self.objective(kind, parameter, body, x));
            if let Some((at, value)) = found {
                self.last.insert(parameter, at);
                return value;
            }
        }
        let Some(found) = climb(span, |x| self.objective(kind, parameter, body, x)) else { return f64::NAN };
        if must_attain(kind) && found.escapes {
            return f64::NAN;
        }
        if found.value.is_finite() {
            self.last.insert(parameter, found.at);
        }
        found.value
    }
}

impl Evaluator<'_, Value> {
    /// The extremum that a node is.
    pub(super) fn extremum(&mut self, node: &Node) -> Value {
        match node {
            Node::Best { kind, parameter, bounds, body } => self.best_number(*kind, *parameter, bounds, body),
            Node::BestFunction { kind, function, of, bounds, body } => {
                self.best_function(*kind, *function, of, bounds, body)
            }
            _ => Value::Unknown,
        }
    }

    fn objective(&mut self, kind: Extremum, parameter: usize, body: &Node, x: Value) -> Value {
        let value = self.with_parameter(parameter, x, body);
        if maximises(kind) { value } else { value.negative() }
    }

    /// An extremum over a number.
    pub(super) fn best_number(
        &mut self,
        kind: Extremum,
        parameter: usize,
        bounds: &Bounds,
        body: &Node,
    ) -> Value {
        let Some(ends) = self.ends(bounds) else { return Value::Unknown };
        match ends.low.compare(&ends.high) {
            Some(Ordering::Less) => {}
            Some(Ordering::Equal) if ends.low_closed && ends.high_closed => {
                let Some(x) = ends.low.as_rational().cloned() else { return Value::Unknown };
                let mut best = Best::new();
                best.offer(&self.objective(kind, parameter, body, x.into()), true);
                return best.finish(kind);
            }
            Some(_) => return Best::new().finish(kind),
            None => return Value::Unknown,
        }
        let mut found = Kinks::default();
        let degree = self.kinks(body, Target::Parameter(parameter), &mut found);
        if degree.is_some() && !found.curved {
            let mut objective = |this: &mut Self, x: Value| this.objective(kind, parameter, body, x);
            if let Some(best) = self.by_pieces(&ends, found.at, &mut objective) {
                return best.finish(kind);
            }
        }
        let Some(span) = ends.span() else { return Value::Unknown };
        let found = self.search(|floats| climb(span, |x| floats.objective(kind, parameter, body, x)));
        let Some(found) = found else { return Value::Unknown };
        if must_attain(kind) && found.escapes {
            return Reason::NotAttained.into();
        }
        let value = within(&self.objective(kind, parameter, body, Value::point(found.at)), found.gap);
        if maximises(kind) { value } else { value.negative() }
    }

    /// The best over pieces on which the objective is a polynomial of degree ≤ 2, by
    /// its values at three places of each; nothing if an end is no rational.
    pub(super) fn by_pieces(
        &mut self,
        ends: &Ends,
        mut places: Vec<Rational>,
        objective: &mut dyn FnMut(&mut Self, Value) -> Value,
    ) -> Option<Best> {
        let finite = |end: &Value| match end {
            Value::Infinite(_) => Some(None),
            _ => end.as_rational().cloned().map(Some),
        };
        let (low, high) = (finite(&ends.low)?, finite(&ends.high)?);
        places.extend(low.iter().chain(high.iter()).cloned());
        places.retain(|x| low.as_ref().is_none_or(|l| x >= l) && high.as_ref().is_none_or(|h| x <= h));
        if places.is_empty() {
            places.push(Rational::ZERO);
        }
        places.sort();
        places.dedup();
        let mut best = Best::new();
        for place in &places {
            if ends.holds(&place.clone().into()) == Some(true) {
                best.offer(&objective(self, place.clone().into()), true);
            }
        }
        for pair in places.windows(2) {
            let width = pair[1].sub(&pair[0]);
            self.piece(&pair[0], &width, true, objective, &mut best);
        }
        if low.is_none() {
            self.piece(&places[0], &Rational::integer(-4), false, objective, &mut best);
        }
        if high.is_none() {
            let last = &places[places.len() - 1];
            self.piece(last, &Rational::integer(4), false, objective, &mut best);
        }
        Some(best)
    }

    /// One piece, from `start` to `start + step`, or the ray in that direction.
    fn piece(
        &mut self,
        start: &Rational,
        step: &Rational,
        ends_there: bool,
        objective: &mut dyn FnMut(&mut Self, Value) -> Value,
        best: &mut Best,
    ) {
        let quarter = step.mul(&Rational::new(1, 4));
        let values = [1, 2, 3].map(|i| {
            let x = start.add(&quarter.mul(&Rational::integer(i)));
            objective(self, x.into())
        });
        for value in &values {
            best.offer(value, true);
        }
        if !values.iter().all(|value| matches!(value, Value::Exact(_) | Value::Near(_))) {
            return;
        }
        let [a, b, c] = &values;
        // In s = 1, 2, 3: y = b + m (s − 2) + k (s − 2)².
        let half = Value::from(Rational::new(1, 2));
        let m = c.sub(a).mul(&half);
        let k = a.add(c).mul(&half).sub(b);
        let at = |s: &Value| {
            let h = s.sub(&Value::integer(2));
            b.add(&h.mul(&m.add(&h.mul(&k))))
        };
        // Limits at the ends, which the objective need not attain.
        best.offer(&at(&Value::zero()), false);
        let end = ends_there.then(|| Value::integer(4));
        match &end {
            Some(end) => best.offer(&at(end), false),
            None => match (k.sign(), m.sign()) {
                (Some(Ordering::Greater), _) | (Some(Ordering::Equal), Some(Ordering::Greater)) => {
                    best.offer(&Value::Infinite(true), false);
                }
                (None, _) | (Some(Ordering::Equal), None) => best.certain = false,
                _ => {}
            },
        }
        if k.sign() == Some(Ordering::Less) {
            let top = Value::integer(2).sub(&m.div(&k).mul(&half));
            let inside = top.sign() == Some(Ordering::Greater)
                && end.is_none_or(|end| top.compare(&end) == Some(Ordering::Less));
            if inside {
                best.offer(&at(&top), true);
            }
        }
    }
}
