//! Distances of two laws in a finite model, from their masses; and f, f′ and f* of a generator
//! that the text gives by a formula.

use super::evaluate::{Evaluable, Evaluator};
use super::program::{LawRef, Measure, NamedDistance, Node};
use super::rational::Rational;
use super::scalar::Scalar;
use super::value::{Reason, Value};
use crate::term::Part;
use std::cmp::Ordering;

/// Where the limit of a formula at 0 or ∞ is sampled.
const FAR: [f64; 2] = [1e9, 1e12];

impl<S: Evaluable> Evaluator<'_, S> {
    /// A distance of two laws at the same points.
    pub(super) fn distance(&mut self, kind: Measure, p: &LawRef, q: &LawRef) -> S {
        let slots = &p.slots[..p.of];
        let zero = S::constant(Value::zero());
        let mut sum = zero.clone();
        let mut off_support = zero;
        self.each_point(slots, |this| {
            let (mp, mq) = (this.mass(p), this.mass(q));
            let positive = |mass: &S| match mass.sign() {
                _ if mass.is_zero() => Some(false),
                sign => (sign == Some(Ordering::Greater)).then_some(true),
            };
            let (Some(has_p), Some(has_q)) = (positive(&mp), positive(&mq)) else {
                sum = Self::unknown();
                return;
            };
            let term = match kind {
                Measure::F(generator) => {
                    if has_q {
                        let ratio = mp.div(&mq);
                        Some(mq.mul(&this.generator(generator, Part::Value, &ratio)))
                    } else {
                        off_support = off_support.add(&mp);
                        None
                    }
                }
                Measure::Named(named) => contribution(named, &mp, &mq, has_p, has_q),
            };
            if let Some(term) = term {
                sum = sum.add(&term);
            }
        });
        if let Measure::F(generator) = kind {
            // A mass of 0 contributes 0, also at an infinite price.
            if !off_support.is_zero() {
                let price = S::constant(self.slope_at_infinity(generator));
                sum = sum.add(&price.mul(&off_support));
            }
        }
        sum
    }

    /// f′(∞)
    pub(super) fn slope_at_infinity(&mut self, generator: usize) -> Value {
        match &self.program.generators[generator].formula {
            None => self.model.generators[generator].slope_at_infinity(),
            Some((parameter, formula)) => self.limit(|this, x| {
                let value = this.formula_value(*parameter, formula, x);
                value / x
            }),
        }
    }

    /// A limit at ∞ read off two far values, where they tell.
    fn limit(&mut self, mut f: impl FnMut(&mut Self, f64) -> f64) -> Value {
        let [near, far] = FAR.map(|x| f(self, x));
        if near.is_nan() || far.is_nan() {
            Value::Unknown
        } else if far.is_infinite() || (far.abs() > 1.0 && (far - near).abs() > 0.2) {
            Value::Infinite(far > 0.0)
        } else {
            let step = (far - near).abs();
            match Rational::near(far, 1000) {
                Some(r) if (r.to_f64() - far).abs() < 1e-8 && step < 1e-6 => r.into(),
                _ => Value::numeric(far, 2.0 * step + 1e-9),
            }
        }
    }

    fn formula_value(&mut self, parameter: usize, formula: &Node, x: f64) -> f64 {
        let Some(u) = num_rational::BigRational::from_float(x) else { return f64::NAN };
        let u = S::constant(Rational::from_big(u).into());
        self.with_parameter(parameter, u, formula).value().to_f64()
    }

    /// A generator that the text gives by its formula on u > 0.
    pub(super) fn formula(
        &mut self,
        generator: usize,
        parameter: usize,
        formula: &Node,
        part: Part,
        x: &S,
    ) -> S {
        match (part, x.sign()) {
            (Part::Value | Part::Biconjugate, Some(Ordering::Less)) => S::constant(Value::Infinite(true)),
            (Part::Value | Part::Biconjugate, Some(Ordering::Equal)) => {
                let limit = self.limit(|this, x| this.formula_value(parameter, formula, 1.0 / x));
                S::constant(limit)
            }
            (Part::Value | Part::Biconjugate, Some(Ordering::Greater)) => {
                if matches!(*x.value(), Value::Infinite(_)) {
                    let far = self.limit(|this, x| this.formula_value(parameter, formula, x));
                    return S::constant(far);
                }
                self.with_parameter(parameter, x.clone(), formula)
            }
            (Part::Derivative, Some(Ordering::Greater)) if !S::DUAL => {
                if matches!(*x.value(), Value::Infinite(_)) {
                    return S::constant(self.slope_at_infinity(generator));
                }
                let gradient = Node::Gradient { parameter, body: Box::new(formula.clone()) };
                self.with_parameter(parameter, x.clone(), &gradient)
            }
            (Part::Derivative, Some(Ordering::Less)) => S::constant(Reason::OutsideDomain.into()),
            (Part::Conjugate, _) if !S::DUAL => {
                S::constant(self.formula_conjugate(parameter, formula, &x.value()))
            }
            _ => Self::unknown(),
        }
    }
}

/// What a point contributes to a distance; nothing where it does not matter.
fn contribution<S: Scalar>(named: NamedDistance, p: &S, q: &S, has_p: bool, has_q: bool) -> Option<S> {
    let half = || S::constant(Rational::new(1, 2).into());
    let infinite = || S::constant(Value::Infinite(true));
    let log_ratio = |a: &S, b: &S| a.mul(&a.div(b).log());
    Some(match named {
        NamedDistance::Kl | NamedDistance::CrossEntropy if !has_p => return None,
        NamedDistance::Kl | NamedDistance::CrossEntropy if !has_q => infinite(),
        NamedDistance::Kl => log_ratio(p, q),
        NamedDistance::CrossEntropy => p.mul(&q.log()).negative(),
        NamedDistance::Js => {
            let middle = half().mul(&p.add(q));
            match (has_p, has_q) {
                (false, false) => return None,
                (true, false) => half().mul(&log_ratio(p, &middle)),
                (false, true) => half().mul(&log_ratio(q, &middle)),
                (true, true) => half().mul(&log_ratio(p, &middle).add(&log_ratio(q, &middle))),
            }
        }
        NamedDistance::Chi2 => match (has_p, has_q) {
            (false, false) => return None,
            (true, false) => infinite(),
            _ => {
                let gap = p.add(&q.negative());
                gap.mul(&gap).div(q)
            }
        },
        NamedDistance::Tv => half().mul(&p.add(&q.negative()).abs()),
        // ½ (√p − √q)² = ½ (p + q) − √(pq)
        NamedDistance::Hellinger2 => {
            let mean = half().mul(&p.add(q));
            if has_p && has_q { mean.add(&p.mul(q).power(&Rational::new(1, 2)).negative()) } else { mean }
        }
    })
}
