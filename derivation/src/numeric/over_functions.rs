//! Extrema over functions in finite models.
//!
//! A class is finite. For piecewise linear f every combination of kinks is tried, which
//! needs no interchange of supremum and expectation; else the best is sought coordinate
//! by coordinate, from below, and from above where the objective is a sum over the
//! values.

use super::ascent::SWEEPS;
use super::best::{Best, maximises, must_attain, within};
use super::ends::Ends;
use super::evaluate::Evaluator;
use super::kinks::{Kinks, Target};
use super::program::{Bounds, Node, Slot};
use super::rational::Rational;
use super::value::{Reason, Value};
use crate::term::Extremum;
use std::cmp::Ordering;
use std::rc::Rc;

/// Combinations of kinks that are tried at most.
const MOST_COMBINATIONS: usize = 4096;

impl Evaluator<'_, Value> {
    /// An extremum over functions.
    pub(super) fn best_function(
        &mut self,
        kind: Extremum,
        function: usize,
        of: &[Slot],
        bounds: &Bounds,
        body: &Node,
    ) -> Value {
        let model = self.model;
        let size: usize = of.iter().map(|slot| model.sizes[self.program.slots[*slot].space]).product();
        if let Bounds::Class(class) = bounds {
            let mut best = Best::new();
            for values in &model.classes[*class] {
                best.offer(
                    &self.with_function(kind, function, values[..size.min(values.len())].into(), body),
                    true,
                );
            }
            return best.finish(kind);
        }
        let Some(mut ends) = self.ends(bounds) else { return Value::Unknown };
        let before = std::mem::replace(&mut self.bound[function], Rc::from(vec![Value::zero(); size]));
        let mut found = Kinks::default();
        let degree = self.kinks(body, Target::Function(function), &mut found);
        self.bound[function] = before;
        // Only functions for which f*(T) is bounded.
        for generator in &found.conjugates {
            if let Some(domain) = self.ends(&Bounds::ConjugateDomain(*generator)) {
                let ordered = domain.high.compare(&ends.high);
                if ordered == Some(Ordering::Less)
                    || (ordered == Some(Ordering::Equal) && !domain.high_closed)
                {
                    (ends.high, ends.high_closed) = (domain.high, domain.high_closed);
                }
            }
        }
        if size > 0 && ends.are_empty() {
            return Best::new().finish(kind);
        }
        if !found.curved {
            let exact = match degree {
                Some(0 | 1) => self.by_combinations(kind, function, size, &ends, body, found.at),
                Some(_) => self.by_single_values(kind, function, size, &ends, body, &found.at),
                None => None,
            };
            if let Some(best) = exact {
                return best.finish(kind);
            }
        }
        self.by_coordinates(kind, function, size, &ends, body, degree.is_some())
    }

    fn with_function(&mut self, kind: Extremum, function: usize, values: Rc<[Value]>, body: &Node) -> Value {
        let before = std::mem::replace(&mut self.bound[function], values);
        let value = self.node(body);
        self.bound[function] = before;
        if maximises(kind) { value } else { value.negative() }
    }

    /// Every combination of kinks of a sum of piecewise linear functions of the values.
    fn by_combinations(
        &mut self,
        kind: Extremum,
        function: usize,
        size: usize,
        ends: &Ends,
        body: &Node,
        mut kinks: Vec<Rational>,
    ) -> Option<Best> {
        let low = (!matches!(ends.low, Value::Infinite(_))).then(|| ends.low.as_rational().cloned());
        let high = (!matches!(ends.high, Value::Infinite(_))).then(|| ends.high.as_rational().cloned());
        // Ends that are no rationals are left to the search.
        let (low, high) =
            (low.map_or(Some(None), |l| l.map(Some))?, high.map_or(Some(None), |h| h.map(Some))?);
        kinks.extend(low.iter().chain(high.iter()).cloned());
        kinks.retain(|x| low.as_ref().is_none_or(|l| x >= l) && high.as_ref().is_none_or(|h| x <= h));
        if kinks.is_empty() {
            kinks.push(Rational::ZERO);
        }
        kinks.sort();
        kinks.dedup();
        let total = kinks.len().checked_pow(u32::try_from(size).ok()?)?;
        if total > MOST_COMBINATIONS {
            return None;
        }
        let mut best = Best::new();
        let mut winner: Option<Vec<Value>> = None;
        let mut choice = vec![0_usize; size];
        for _ in 0..total {
            let values: Vec<Value> = choice.iter().map(|i| kinks[*i].clone().into()).collect();
            let inside = values.iter().all(|value| ends.holds(value) == Some(true));
            let value = self.with_function(kind, function, values.as_slice().into(), body);
            let better = value.compare(&best.value) == Some(Ordering::Greater);
            best.offer(&value, inside);
            if better {
                winner = Some(values);
            }
            for digit in &mut choice {
                *digit += 1;
                if *digit < kinks.len() {
                    break;
                }
                *digit = 0;
            }
        }
        // Beyond the outermost kinks each value can still run to ±∞.
        let winner = winner?;
        let mut beyond: Vec<Rational> = Vec::new();
        if low.is_none() {
            beyond.push(kinks[0].sub(&Rational::ONE));
        }
        if high.is_none() {
            beyond.push(kinks[kinks.len() - 1].add(&Rational::ONE));
        }
        for place in &beyond {
            for coordinate in 0..size {
                let mut values = winner.clone();
                values[coordinate] = place.clone().into();
                let value = self.with_function(kind, function, values.as_slice().into(), body);
                if value.compare(&best.value) == Some(Ordering::Greater) {
                    best.value = Value::Infinite(true);
                    best.attained = false;
                    return Some(best);
                }
                best.offer(&value, true);
            }
        }
        Some(best)
    }

    /// A sum of piecewise quadratic functions of the values: the best of each.
    fn by_single_values(
        &mut self,
        kind: Extremum,
        function: usize,
        size: usize,
        ends: &Ends,
        body: &Node,
        kinks: &[Rational],
    ) -> Option<Best> {
        let start = kinks.iter().find(|kink| ends.holds(&(*kink).clone().into()) == Some(true))?;
        let start: Vec<Value> = vec![start.clone().into(); size];
        let base = self.with_function(kind, function, start.as_slice().into(), body);
        let mut total = base.clone();
        let mut attained = true;
        for coordinate in 0..size {
            let mut objective = |this: &mut Self, x: Value| {
                let mut values = start.clone();
                values[coordinate] = x;
                this.with_function(kind, function, values.into(), body)
            };
            let best = self.by_pieces(ends, kinks.to_vec(), &mut objective).filter(|best| best.certain)?;
            total = total.add(&best.value.sub(&base));
            attained &= best.attained;
        }
        let known = matches!(total, Value::Exact(_) | Value::Near(_) | Value::Infinite(true));
        known.then_some(Best { value: total, attained, certain: true })
    }

    /// Coordinate ascent; the gaps of the coordinates add up to one from above where the
    /// objective is a sum over the values.
    fn by_coordinates(
        &mut self,
        kind: Extremum,
        function: usize,
        size: usize,
        ends: &Ends,
        body: &Node,
        separable: bool,
    ) -> Value {
        let Some(span) = ends.span() else { return Value::Unknown };
        let sweeps = if separable { 1 } else { SWEEPS };
        let found = self.search(|floats| floats.ascent(kind, function, size, span, body, sweeps));
        let Some(found) = found else { return Value::Unknown };
        if must_attain(kind) && separable && found.escapes {
            return Reason::NotAttained.into();
        }
        let values: Vec<Value> = found.places[..size].iter().map(|x| Value::point(*x)).collect();
        let best = self.with_function(kind, function, values.into(), body);
        let value = within(&best, found.gap.filter(|_| separable));
        if maximises(kind) { value } else { value.negative() }
    }
}
