//! The best of the values that an extremum offers: whether it is attained, whether it is
//! certain, and what may be said of one that was only searched for.

use super::interval::Interval;
use super::value::{Reason, Value};
use crate::report::Evaluation;
use crate::term::Extremum;
use std::cmp::Ordering;

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
