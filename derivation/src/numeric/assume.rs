//! Do the assumptions hold in a model? And some are made to hold.

use super::evaluate::Evaluator;
use super::model::Model;
use super::program::{Assumed, Claim, Element, Node, Program};
use super::value::Value;
use crate::context::Comparison;
use crate::term::Part;
use std::cell::Cell;
use std::cmp::Ordering;

impl Evaluator<'_, Value> {
    /// Does an assumption hold, at every value of its free points? Nothing where that is
    /// not certain.
    pub(super) fn holds(&mut self, assumed: &Assumed) -> Option<bool> {
        let mut all = Some(true);
        self.each_point(&assumed.free, |this| {
            if all != Some(false) {
                match this.claim(&assumed.what) {
                    Some(true) => {}
                    other => all = other,
                }
            }
        });
        all
    }

    /// Does an element lie outside its range, for certain?
    pub(super) fn is_outside(&mut self, element: &Element) -> bool {
        let mut outside = false;
        self.each_point(&element.of, |this| {
            let value = this.node(&element.value);
            // Where it has no value it need not matter: there both laws may vanish.
            let undefined = matches!(value, Value::Undefined(_));
            outside |= !undefined && this.within(&value, &element.bounds) == Some(false);
        });
        outside
    }

    fn claim(&mut self, claim: &Claim) -> Option<bool> {
        match claim {
            Claim::AbsolutelyContinuous(p, q) => {
                let (p, q) = (self.mass(p), self.mass(q));
                Some(!q.is_zero() || p.is_zero())
            }
            Claim::Compares(a, comparison, b) => {
                let (a, b) = (self.node(a), self.node(b));
                if matches!(a, Value::Undefined(_)) || matches!(b, Value::Undefined(_)) {
                    return Some(false);
                }
                let order = a.compare(&b);
                // Different enclosures of one number cannot be told from equal ones.
                let order = order?;
                Some(match comparison {
                    Comparison::Equal => order == Ordering::Equal,
                    Comparison::AtMost => order != Ordering::Greater,
                    Comparison::AtLeast => order != Ordering::Less,
                    Comparison::Less => order == Ordering::Less,
                    Comparison::Greater => order == Ordering::Greater,
                    Comparison::Different => order != Ordering::Equal,
                })
            }
            Claim::Finite(term) => match self.node(term) {
                Value::Exact(_) => Some(true),
                Value::Near(x) if x.low.is_finite() && x.high.is_finite() => Some(true),
                Value::Near(_) | Value::Unknown => None,
                Value::Infinite(_) | Value::Undefined(_) => Some(false),
            },
            Claim::Subgradient { slope, generator, at } => {
                // s ∈ ∂f(u) is equality in Fenchel–Young: f(u) + f*(s) = s u.
                let (s, u) = (self.node(slope), self.node(at));
                let value = self.generator(*generator, Part::Value, &u);
                let conjugate = self.generator(*generator, Part::Conjugate, &s);
                let gap = value.add(&conjugate).sub(&s.mul(&u));
                match gap {
                    Value::Exact(gap) => Some(gap.is_zero()),
                    Value::Near(gap) => gap.contains(0.0).then_some(true).or(Some(false)),
                    Value::Unknown => None,
                    Value::Infinite(_) | Value::Undefined(_) => Some(false),
                }
            }
            Claim::In(term, bounds) => {
                let value = self.node(term);
                if matches!(value, Value::Undefined(_)) {
                    return Some(false);
                }
                self.within(&value, bounds)
            }
        }
    }
}

/// Gives numbers the values that assumptions determine: `t = f'(u)`, `s in subdiff f(u)`.
pub(super) fn settle(program: &Program, model: &mut Model, fuel: &Cell<u64>) {
    for assumed in &program.assumptions {
        if !assumed.free.is_empty() {
            continue;
        }
        let (parameter, term) = match &assumed.what {
            Claim::Compares(Node::Parameter(parameter), Comparison::Equal, term)
            | Claim::Compares(term, Comparison::Equal, Node::Parameter(parameter)) => {
                (*parameter, term.clone())
            }
            Claim::Subgradient { slope: Node::Parameter(parameter), generator, at } => (
                *parameter,
                Node::Generator {
                    generator: *generator,
                    part: Part::Derivative,
                    argument: Box::new(at.clone()),
                },
            ),
            _ => continue,
        };
        let value = Evaluator::new(program, model, fuel).node(&term);
        if matches!(value, Value::Exact(_) | Value::Near(_)) {
            model.parameters[parameter] = value;
        }
    }
}
