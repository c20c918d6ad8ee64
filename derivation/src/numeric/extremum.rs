//! Suprema, maxima, infima and minima over numbers in finite models: exact where the
//! objective is piecewise a polynomial of degree two at most, else by search with a
//! bound from concavity.

use super::climb::{Span, climb, climb_from};
use super::evaluate::Evaluator;
use super::float::Float;
use super::generator::Generator;
use super::interval::Interval;
use super::kinks::{Kinks, Target};
use super::program::{Bounds, Node};
use super::rational::Rational;
use super::scalar::Scalar;
use super::value::{Reason, Value};
use crate::report::Evaluation;
use crate::term::Extremum;
use num_rational::BigRational;
use std::cmp::Ordering;

/// A resolved range of numbers.
pub(super) struct Ends {
    pub(super) low: Value,
    pub(super) low_closed: bool,
    pub(super) high: Value,
    pub(super) high_closed: bool,
}

impl Ends {
    fn real() -> Self {
        Self {
            low: Value::Infinite(false),
            low_closed: false,
            high: Value::Infinite(true),
            high_closed: false,
        }
    }

    pub(super) fn holds(&self, x: &Value) -> Option<bool> {
        let above = match x.compare(&self.low)? {
            Ordering::Equal => self.low_closed,
            order => order == Ordering::Greater,
        };
        let below = match x.compare(&self.high)? {
            Ordering::Equal => self.high_closed,
            order => order == Ordering::Less,
        };
        Some(above && below)
    }

    /// Do no numbers lie between the ends, for certain?
    pub(super) fn are_empty(&self) -> bool {
        match self.low.compare(&self.high) {
            Some(Ordering::Greater) => true,
            Some(Ordering::Equal) => !(self.low_closed && self.high_closed),
            Some(Ordering::Less) | None => false,
        }
    }

    /// Nothing where an end has no value or the ends are in the wrong order.
    pub(super) fn span(&self) -> Option<Span> {
        let (low, high) = (self.low.to_f64(), self.high.to_f64());
        let (low_closed, high_closed) = (self.low_closed, self.high_closed);
        (low <= high).then_some(Span { low, high, low_closed, high_closed })
    }
}

fn exact(x: f64) -> Option<Rational> {
    BigRational::from_float(x).map(Rational::from_big)
}

/// A float as a value: of a search, which needs no exact arithmetic.
pub(super) fn point(x: f64) -> Value {
    if x == 0.0 { Value::zero() } else { Value::Near(Interval::new(x, x, Evaluation::Enclosed)) }
}

pub(super) fn maximises(kind: Extremum) -> bool {
    matches!(kind, Extremum::Sup | Extremum::Max)
}

pub(super) fn must_attain(kind: Extremum) -> bool {
    matches!(kind, Extremum::Max | Extremum::Min)
}

/// A supremum of which only a witness is known.
fn at_least(value: &Value) -> Value {
    match value.interval() {
        Some(x) => Value::Near(Interval::new(x.low, f64::INFINITY, Evaluation::Undecided)),
        None => Value::Unknown,
    }
}

/// A supremum known up to a gap, which the search measured in floats. Where the objective
/// itself was only found by a search, so far it may have been off there and elsewhere.
pub(super) fn within(value: &Value, gap: Option<f64>) -> Value {
    match (value, gap, value.interval()) {
        (Value::Infinite(_), ..) => value.clone(),
        (_, Some(gap), Some(x)) => {
            let high = x.high + gap + 2.0 * (x.high - x.low);
            Value::Near(Interval::new(x.low, high, x.kind.max(Evaluation::Numeric)))
        }
        _ => at_least(value),
    }
}

/// Collects the best of values, and whether it is attained.
pub(super) struct Best {
    pub(super) value: Value,
    pub(super) attained: bool,
    pub(super) certain: bool,
}

impl Best {
    pub(super) fn new() -> Self {
        Self { value: Value::Infinite(false), attained: false, certain: true }
    }

    pub(super) fn offer(&mut self, value: &Value, attained: bool) {
        match value {
            // Where the objective is undefined it does not count.
            Value::Undefined(_) => {}
            Value::Unknown => self.certain = false,
            _ => match value.compare(&self.value) {
                Some(Ordering::Greater) => {
                    self.value = value.clone();
                    self.attained = attained;
                }
                Some(Ordering::Equal) => self.attained |= attained,
                Some(Ordering::Less) => {}
                None => {
                    self.value = self.value.larger(value);
                    self.attained |= attained;
                }
            },
        }
    }

    pub(super) fn finish(self, kind: Extremum) -> Value {
        let value = if !self.certain {
            at_least(&self.value)
        } else if must_attain(kind) && !self.attained {
            return Reason::NotAttained.into();
        } else {
            self.value
        };
        if maximises(kind) { value } else { value.negative() }
    }
}

impl<S: Scalar> Evaluator<'_, S> {
    pub(super) fn ends(&mut self, bounds: &Bounds) -> Option<Ends> {
        let model = self.model;
        Some(match bounds {
            Bounds::Real => Ends::real(),
            Bounds::Interval { low, low_closed, high, high_closed } => Ends {
                low: self.node(low).value().into_owned(),
                low_closed: *low_closed,
                high: self.node(high).value().into_owned(),
                high_closed: *high_closed,
            },
            Bounds::Domain(generator) => {
                let low_closed = match &model.generators[*generator] {
                    Generator::Piecewise(f) => f.jump.is_some(),
                    Generator::Catalogue(f) => f.at_zero().is_finite(),
                    // The limit at 0 decides; values at 0 come out right either way.
                    Generator::Formula => true,
                };
                Ends { low: Value::zero(), low_closed, ..Ends::real() }
            }
            Bounds::ConjugateDomain(generator) => match &model.generators[*generator] {
                Generator::Piecewise(f) => match f.slope_at_infinity() {
                    Some(end) => Ends { high: end.into(), high_closed: true, ..Ends::real() },
                    None => Ends::real(),
                },
                Generator::Catalogue(f) => {
                    let domain = f.conjugate_domain();
                    let high = exact(domain.high()).map_or(Value::Infinite(true), Value::from);
                    Ends { high, high_closed: domain.is_high_closed(), ..Ends::real() }
                }
                // Outside the domain f* is ∞: such values are no candidates.
                Generator::Formula => Ends::real(),
            },
            Bounds::Class(_) => return None,
        })
    }

    /// Is a value within a range? Nothing where that is not certain.
    pub(super) fn within(&mut self, x: &Value, bounds: &Bounds) -> Option<bool> {
        if let Bounds::ConjugateDomain(generator) = bounds {
            let model = self.model;
            // f* may have a limit at −∞, which is no number.
            let infinite = matches!(x, Value::Infinite(_));
            return if infinite { Some(false) } else { model.generators[*generator].in_conjugate_domain(x) };
        }
        self.ends(bounds)?.holds(x)
    }

    /// f*(t) for an f that the text gives by a formula.
    pub(super) fn formula_conjugate(&mut self, parameter: usize, formula: &Node, t: &Value) -> Value {
        let span = Span { low: 0.0, high: f64::INFINITY, low_closed: false, high_closed: false };
        let mut objective = |u: f64| {
            let f = self.with_parameter(parameter, S::constant(point(u)), formula);
            t.mul(&point(u)).sub(&f.value())
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
        let value = within(&self.objective(kind, parameter, body, point(found.at)), found.gap);
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
