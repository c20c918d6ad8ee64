//! Marginals and kernels of a model's laws, computed once a model.

use super::evaluate::{Evaluable, Evaluator};
use super::model::for_each_index;
use super::scalar::Scalar;
use super::value::Value;
use std::rc::Rc;

impl<S: Evaluable> Evaluator<'_, S> {
    /// The joint masses of a law: its own coordinates outermost.
    fn joint(&mut self, law: usize) -> Rc<[S]> {
        if let Some(known) = &self.joints[law] {
            return known.clone();
        }
        let (program, model) = (self.program, self.model);
        let info = &program.laws[law];
        let joint: Rc<[S]> = if let Some((slots, density)) = &info.definition {
            let dimensions = model.dimensions(program, law);
            let mut masses = Vec::with_capacity(dimensions.iter().product());
            let before: Vec<usize> = slots.iter().map(|slot| self.points[*slot]).collect();
            for_each_index(&dimensions, |_, index| {
                for (slot, at) in slots.iter().zip(index) {
                    self.points[*slot] = *at;
                }
                masses.push(self.node(density));
            });
            for (slot, point) in slots.iter().zip(before) {
                self.points[*slot] = point;
            }
            masses.into()
        } else {
            let law_model = &model.laws[law];
            let direction = self.wrt.and_then(|wrt| info.parameters.iter().position(|p| *p == wrt));
            let mass = |at: usize| match direction.and_then(|d| law_model.slopes.get(d)) {
                Some(slope) if S::DUAL => {
                    S::with_derivative(law_model.mass[at].clone().into(), slope[at].clone().into())
                }
                _ => S::rational(&law_model.mass[at]),
            };
            (0..law_model.mass.len()).map(mass).collect()
        };
        self.joints[law] = Some(joint.clone());
        joint
    }

    /// The table of a shape: its variables before the bar outermost, then those behind.
    pub(super) fn table(&mut self, shape: usize) -> Rc<[S]> {
        if let Some(known) = &self.tables[shape] {
            return known.clone();
        }
        let (program, model) = (self.program, self.model);
        let info = &program.shapes[shape];
        let law = info.law;
        let joint = self.joint(law);
        let dimensions = model.dimensions(program, law);
        let own = program.laws[law].own;
        let conditioned = info.given.iter().any(|c| *c < own);
        let numerator = sum_out(&joint, &dimensions, &info.of, &info.given);
        let table: Rc<[S]> = if conditioned {
            let denominator = sum_out(&joint, &dimensions, &[], &info.given);
            let fallback: Vec<S> = model.laws[law].fallback.iter().map(S::rational).collect();
            let other = sum_out(&fallback, &dimensions, &info.of, &info.given);
            let total = sum_out(&fallback, &dimensions, &[], &info.given);
            (0..numerator.len())
                .map(|at| {
                    let condition = at % denominator.len();
                    if denominator[condition].is_zero() {
                        other[at].div(&total[condition])
                    } else {
                        numerator[at].div(&denominator[condition])
                    }
                })
                .collect()
        } else {
            numerator.into()
        };
        self.tables[shape] = Some(table.clone());
        table
    }

    /// Does a defined law have a negative mass or a sum other than 1? Nothing where
    /// that is not certain.
    pub(super) fn is_a_law(&mut self, law: usize) -> Option<bool> {
        let (program, model) = (self.program, self.model);
        let own = program.laws[law].own;
        let dimensions = model.dimensions(program, law);
        let joint = self.joint(law);
        let given: Vec<usize> = (own..dimensions.len()).collect();
        let mut certain = Some(true);
        for mass in joint.iter() {
            match &*mass.value() {
                Value::Exact(exact) if exact.sign() != Some(std::cmp::Ordering::Less) => {}
                Value::Near(x) if x.high >= 0.0 => {}
                Value::Unknown => certain = None,
                _ => return Some(false),
            }
        }
        for total in sum_out(&joint, &dimensions, &[], &given) {
            match total.value().compare(&Value::one()) {
                Some(std::cmp::Ordering::Equal) => {}
                Some(_) => return Some(false),
                None => match &*total.value() {
                    Value::Near(_) => {}
                    Value::Unknown => certain = None,
                    _ => return Some(false),
                },
            }
        }
        certain
    }
}

/// Sums an array over all coordinates but `of` and `given`, which index the result in
/// this order.
fn sum_out<S: Scalar>(joint: &[S], dimensions: &[usize], of: &[usize], given: &[usize]) -> Vec<S> {
    let kept: Vec<usize> = of.iter().chain(given).copied().collect();
    let size: usize = kept.iter().map(|c| dimensions[*c]).product();
    let mut sums: Vec<Option<S>> = vec![None; size];
    for_each_index(dimensions, |flat, index| {
        let at = kept.iter().fold(0, |at, c| at * dimensions[*c] + index[*c]);
        sums[at] = Some(match &sums[at] {
            None => joint[flat].clone(),
            Some(sum) => sum.add(&joint[flat]),
        });
    });
    sums.into_iter().map(|sum| sum.unwrap_or_else(|| S::constant(Value::zero()))).collect()
}
