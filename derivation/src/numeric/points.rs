//! What runs over the points of finite spaces: sums, expectations, and whatever must hold
//! at each of them.

use super::evaluate::{Evaluable, Evaluator};
use super::program::{LawRef, Node, Slot};
use super::value::{Reason, Value, Why};
use std::cmp::Ordering;

impl<S: Evaluable> Evaluator<'_, S> {
    /// Visits every value of the slots, and leaves them as they were.
    pub(super) fn each_point(&mut self, slots: &[Slot], mut visit: impl FnMut(&mut Self)) {
        let before: Vec<usize> = slots.iter().map(|slot| self.points[*slot]).collect();
        for slot in slots {
            self.points[*slot] = 0;
        }
        'all: loop {
            visit(self);
            for slot in slots.iter().rev() {
                self.points[*slot] += 1;
                if self.points[*slot] < self.model.sizes[self.program.slots[*slot].space] {
                    continue 'all;
                }
                self.points[*slot] = 0;
            }
            break;
        }
        for (slot, point) in slots.iter().zip(before) {
            self.points[*slot] = point;
        }
    }

    /// A term under binders: an undefined value remembers the point.
    fn located(&mut self, body: &Node, slots: &[Slot]) -> S {
        let value = self.node(body);
        let why = match (&*value.value(), slots.first()) {
            (Value::Undefined(why), Some(slot)) if why.at.is_none() => {
                Some(Why { at: Some((*slot, self.points[*slot])), ..*why })
            }
            _ => None,
        };
        why.map_or(value, |why| S::constant(Value::Undefined(why)))
    }

    /// ∫, which is a sum over all points.
    pub(super) fn integral(&mut self, over: &[Slot], body: &Node) -> S {
        let mut sum: Option<S> = None;
        self.each_point(over, |this| {
            let value = this.located(body, over);
            sum = Some(match &sum {
                None => value,
                Some(sum) => sum.add(&value),
            });
        });
        sum.unwrap_or_else(Self::unknown)
    }

    /// E under a law: over its support only, where both parts may not be infinite.
    pub(super) fn expectation(&mut self, law: &LawRef, body: &Node) -> S {
        let slots = &law.slots[..law.of];
        let mut sum: Option<S> = None;
        let (mut up, mut down) = (false, false);
        self.each_point(slots, |this| {
            let mass = this.mass(law);
            // The support only.
            if mass.is_zero() {
                return;
            }
            let term = match mass.sign() {
                Some(Ordering::Greater) => mass.mul(&this.located(body, slots)),
                _ => Self::unknown(),
            };
            match *term.value() {
                Value::Infinite(true) => up = true,
                Value::Infinite(false) => down = true,
                _ => {}
            }
            sum = Some(match &sum {
                None => term,
                Some(sum) => sum.add(&term),
            });
        });
        match sum {
            Some(sum) if up && down => {
                let clash = match &*sum.value() {
                    Value::Unknown => false,
                    Value::Undefined(why) => why.reason == Reason::InfinityMinusInfinity,
                    _ => true,
                };
                if clash { S::constant(Reason::BothPartsInfinite.into()) } else { sum }
            }
            Some(sum) => sum,
            None => Self::unknown(),
        }
    }
}
