//! What terms are evaluated in: values, values with a derivative (dual numbers) for
//! ∂/∂θ, or plain floats ([`super::float`]) for searches. One evaluator serves all.

use super::generator::Generator;
use super::rational::Rational;
use super::value::{Reason, Value};
use crate::term::Part;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value, possibly with a derivative.
pub(super) trait Scalar: Clone + Sized {
    /// A value that does not depend on the parameter.
    fn constant(value: Value) -> Self;
    /// A rational that does not depend on the parameter.
    fn rational(r: &Rational) -> Self {
        Self::constant(r.clone().into())
    }
    /// A value with its derivative.
    fn with_derivative(value: Value, derivative: Value) -> Self;
    /// Does this kind carry derivatives?
    const DUAL: bool;
    /// What an operation costs, against one in floats.
    const COST: u64;
    fn value(&self) -> Cow<'_, Value>;
    /// Is it certainly 0?
    fn is_zero(&self) -> bool {
        self.value().is_zero()
    }
    /// The sign, where it is certain.
    fn sign(&self) -> Option<Ordering> {
        self.value().sign()
    }
    /// What it cost beyond [`Self::COST`].
    fn weight(&self) -> u64 {
        0
    }
    fn derivative(&self) -> Value;
    fn add(&self, other: &Self) -> Self;
    fn negative(&self) -> Self;
    fn mul(&self, other: &Self) -> Self;
    fn div(&self, other: &Self) -> Self;
    /// f of the value, and f′ for the chain rule (not called without derivatives).
    fn map(&self, f: impl Fn(&Value) -> Value, slope: impl Fn(&Value) -> Value) -> Self;
    fn larger(&self, other: &Self) -> Self;

    /// A part of a generator, with the chain rule.
    fn part(f: &Generator, part: Part, x: &Self) -> Self {
        x.map(|x| f.part(part, x), |x| f.derivative_of(part, x))
    }

    fn log(&self) -> Self {
        self.map(Value::log, |x| match x.sign() {
            Some(Ordering::Greater) => Value::one().div(x),
            Some(_) => Reason::NoDerivative.into(),
            None => Value::Unknown,
        })
    }

    fn exp(&self) -> Self {
        self.map(Value::exp, Value::exp)
    }

    fn power(&self, exponent: &Rational) -> Self {
        let less = exponent.sub(&Rational::ONE);
        self.map(|x| x.power(exponent), |x| Value::from(exponent.clone()).mul(&x.power(&less)))
    }

    fn abs(&self) -> Self {
        self.map(Value::abs, |x| match x.sign() {
            Some(Ordering::Greater) => Value::one(),
            Some(Ordering::Less) => Value::integer(-1),
            Some(Ordering::Equal) => Reason::NoDerivative.into(),
            None => Value::Unknown,
        })
    }

    fn smaller(&self, other: &Self) -> Self {
        self.negative().larger(&other.negative()).negative()
    }
}

impl Scalar for Value {
    const DUAL: bool = false;
    const COST: u64 = 8;

    fn constant(value: Value) -> Self {
        value
    }

    fn with_derivative(value: Value, _derivative: Value) -> Self {
        value
    }

    fn value(&self) -> Cow<'_, Value> {
        Cow::Borrowed(self)
    }

    fn weight(&self) -> u64 {
        if let Value::Exact(exact) = self { exact.weight() } else { 0 }
    }

    fn derivative(&self) -> Value {
        Value::zero()
    }

    fn add(&self, other: &Self) -> Self {
        Value::add(self, other)
    }

    fn negative(&self) -> Self {
        Value::negative(self)
    }

    fn mul(&self, other: &Self) -> Self {
        Value::mul(self, other)
    }

    fn div(&self, other: &Self) -> Self {
        Value::div(self, other)
    }

    fn map(&self, f: impl Fn(&Value) -> Value, _slope: impl Fn(&Value) -> Value) -> Self {
        f(self)
    }

    fn larger(&self, other: &Self) -> Self {
        Value::larger(self, other)
    }
}

/// A value and its derivative in one parameter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dual {
    value: Value,
    derivative: Value,
}

impl Dual {
    fn new(value: Value, derivative: Value) -> Self {
        // Where there is no real value there is no derivative.
        let derivative = match value {
            Value::Undefined(_) | Value::Unknown => value.clone(),
            Value::Infinite(_) => Reason::NoDerivative.into(),
            _ => derivative,
        };
        Self { value, derivative }
    }
}

impl Scalar for Dual {
    const DUAL: bool = true;
    const COST: u64 = 24;

    fn constant(value: Value) -> Self {
        Self::new(value, Value::zero())
    }

    fn with_derivative(value: Value, derivative: Value) -> Self {
        Self::new(value, derivative)
    }

    fn value(&self) -> Cow<'_, Value> {
        Cow::Borrowed(&self.value)
    }

    fn weight(&self) -> u64 {
        Scalar::weight(&self.value) + Scalar::weight(&self.derivative)
    }

    fn derivative(&self) -> Value {
        self.derivative.clone()
    }

    fn add(&self, other: &Self) -> Self {
        Self::new(self.value.add(&other.value), self.derivative.add(&other.derivative))
    }

    fn negative(&self) -> Self {
        Self::new(self.value.negative(), self.derivative.negative())
    }

    fn mul(&self, other: &Self) -> Self {
        let left = self.derivative.mul(&other.value);
        Self::new(self.value.mul(&other.value), left.add(&self.value.mul(&other.derivative)))
    }

    fn div(&self, other: &Self) -> Self {
        let quotient = self.value.div(&other.value);
        let slope = self.derivative.sub(&quotient.mul(&other.derivative)).div(&other.value);
        Self::new(quotient, slope)
    }

    fn map(&self, f: impl Fn(&Value) -> Value, slope: impl Fn(&Value) -> Value) -> Self {
        let derivative =
            if self.derivative.is_zero() { Value::zero() } else { slope(&self.value).mul(&self.derivative) };
        Self::new(f(&self.value), derivative)
    }

    fn larger(&self, other: &Self) -> Self {
        match self.value.compare(&other.value) {
            Some(Ordering::Less) => other.clone(),
            Some(Ordering::Greater) => self.clone(),
            Some(Ordering::Equal) if self.derivative == other.derivative => self.clone(),
            Some(Ordering::Equal) => Self::new(self.value.clone(), Reason::NoDerivative.into()),
            None => Self::new(self.value.larger(&other.value), Value::Unknown),
        }
    }
}
