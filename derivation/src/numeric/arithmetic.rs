//! The arithmetic of values, by [`crate::conventions`]: exact where it can be, else in
//! intervals.

use super::exact::Exact;
use super::interval::Interval;
use super::rational::Rational;
use super::value::Reason;
use super::value::Value::{self, Infinite, Near, Undefined, Unknown};
use crate::report::Evaluation;
use std::cmp::Ordering;

/// Undefined wins over unknown: nothing makes an undefined argument defined.
macro_rules! absorb {
    ($a:expr, $b:expr) => {
        match ($a, $b) {
            (Undefined(why), _) | (_, Undefined(why)) => return Undefined(*why),
            (Unknown, _) | (_, Unknown) => return Unknown,
            _ => {}
        }
    };
}

impl Value {
    pub(super) fn add(&self, other: &Self) -> Self {
        absorb!(self, other);
        match (self, other) {
            (Value::Exact(a), Value::Exact(b)) => a.add(b).into(),
            (Infinite(a), Infinite(b)) if a != b => Reason::InfinityMinusInfinity.into(),
            (Infinite(a), Near(x)) | (Near(x), Infinite(a)) if x.kind == Evaluation::Undecided => {
                // The witnessed value may itself be the opposite infinity.
                let clash = if *a { x.low } else { x.high };
                if clash.is_infinite() { Unknown } else { Infinite(*a) }
            }
            (Infinite(a), _) | (_, Infinite(a)) => Infinite(*a),
            _ => self.near(other, |a, b| Some(a.add(b))),
        }
    }

    fn near(&self, other: &Self, f: impl Fn(&Interval, &Interval) -> Option<Interval>) -> Self {
        match (self.interval(), other.interval()) {
            (Some(a), Some(b)) => f(&a, &b).map_or(Unknown, Near),
            _ => Unknown,
        }
    }

    pub(super) fn negative(&self) -> Self {
        match self {
            Value::Exact(exact) => exact.scale(&Rational::integer(-1)).into(),
            Near(interval) => Near(interval.negative()),
            Infinite(positive) => Infinite(!positive),
            Undefined(_) | Unknown => self.clone(),
        }
    }

    pub(super) fn sub(&self, other: &Self) -> Self {
        self.add(&other.negative())
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        absorb!(self, other);
        match (self, other) {
            (Value::Exact(a), Value::Exact(b)) => match (a.as_rational(), b.as_rational()) {
                (Some(r), _) => b.scale(r).into(),
                (_, Some(r)) => a.scale(r).into(),
                _ => Near(a.interval().mul(&b.interval())),
            },
            (Infinite(a), x) | (x, Infinite(a)) => match x.sign() {
                Some(Ordering::Equal) => Reason::ZeroTimesInfinity.into(),
                Some(sign) => Infinite(*a == (sign == Ordering::Greater)),
                None => Unknown,
            },
            _ if self.is_zero() || other.is_zero() => Self::zero(),
            _ => self.near(other, |a, b| Some(a.mul(b))),
        }
    }

    pub(super) fn div(&self, other: &Self) -> Self {
        absorb!(self, other);
        match (self, other) {
            (Infinite(_), Infinite(_)) => Reason::InfinityOverInfinity.into(),
            (_, Infinite(_)) => Self::zero(),
            (_, b) => match (b.sign(), self) {
                (None, _) => Unknown,
                (Some(Ordering::Equal), a) => match a.sign() {
                    Some(Ordering::Greater) => Infinite(true),
                    Some(Ordering::Equal) => Reason::ZeroOverZero.into(),
                    Some(Ordering::Less) => Reason::NegativeOverZero.into(),
                    None => Unknown,
                },
                (Some(sign), Infinite(a)) => Infinite(*a == (sign == Ordering::Greater)),
                (Some(_), Value::Exact(a)) => match b.as_rational().and_then(Rational::reciprocal) {
                    Some(r) => a.scale(&r).into(),
                    None => self.near(b, |a, b| Some(a.mul(&b.reciprocal()?))),
                },
                _ => self.near(b, |a, b| Some(a.mul(&b.reciprocal()?))),
            },
        }
    }

    pub(super) fn log(&self) -> Self {
        match self {
            Infinite(true) => Infinite(true),
            Undefined(_) | Unknown => self.clone(),
            _ => match (self.sign(), self) {
                (Some(Ordering::Equal), _) => Infinite(false),
                (Some(Ordering::Less), _) => Reason::LogOfNegative.into(),
                (None, _) => Unknown,
                (_, Value::Exact(exact)) => exact
                    .as_rational()
                    .and_then(Exact::log)
                    .map(Value::from)
                    .or_else(|| exact.interval().log().map(Near))
                    .unwrap_or(Unknown),
                _ => self.interval().and_then(|x| x.log()).map_or(Unknown, Near),
            },
        }
    }

    pub(super) fn exp(&self) -> Self {
        match self {
            Infinite(true) => Infinite(true),
            Infinite(false) => Self::zero(),
            Value::Exact(exact) if exact.is_zero() => Self::one(),
            Value::Exact(exact) => exact.exp().map_or_else(|| Near(exact.interval().exp()), Value::from),
            Near(interval) => Near(interval.exp()),
            Undefined(_) | Unknown => self.clone(),
        }
    }

    pub(super) fn abs(&self) -> Self {
        match self {
            Infinite(_) => Infinite(true),
            Near(interval) => Near(interval.abs()),
            Value::Exact(exact) => match exact.sign() {
                Some(Ordering::Less) => self.negative(),
                Some(_) => self.clone(),
                None => Near(exact.interval().abs()),
            },
            Undefined(_) | Unknown => self.clone(),
        }
    }

    /// The larger one.
    pub(super) fn larger(&self, other: &Self) -> Self {
        absorb!(self, other);
        match self.compare(other) {
            Some(Ordering::Less) => other.clone(),
            Some(_) => self.clone(),
            None => self.near(other, |a, b| Some(a.larger(b))),
        }
    }

    /// To a rational power.
    pub(super) fn power(&self, exponent: &Rational) -> Self {
        let rising = exponent.sign() == Ordering::Greater;
        let whole = exponent.to_integer();
        match self {
            Undefined(_) | Unknown => self.clone(),
            _ if exponent.is_zero() => match self {
                Infinite(_) => Reason::ZeroTimesInfinity.into(),
                _ => Self::one(),
            },
            Infinite(true) if rising => Infinite(true),
            Infinite(false) if rising => match whole {
                Some(n) => Infinite(n % 2 == 0),
                None => Reason::PowerOfNegative.into(),
            },
            Infinite(_) => Self::zero(),
            _ => match (self.sign(), whole) {
                (Some(Ordering::Equal), _) if rising => Self::zero(),
                (Some(Ordering::Equal), _) => Infinite(true),
                (Some(Ordering::Less), None) => Reason::PowerOfNegative.into(),
                (sign, Some(n)) => self.integer_power(n, sign),
                (Some(_), None) => self.root_power(exponent),
                (None, None) => Unknown,
            },
        }
    }

    fn integer_power(&self, n: i64, sign: Option<Ordering>) -> Self {
        if let Some(power) = self.as_rational().and_then(|r| r.power(n)) {
            return power.into();
        }
        let (Some(interval), Ok(size)) = (self.interval(), u32::try_from(n.unsigned_abs())) else {
            return Unknown;
        };
        if size > 64 {
            return interval.power(n as f64).map_or(Unknown, Near);
        }
        let power = interval.integer_power(size);
        match (n > 0, sign) {
            (true, _) => Near(power),
            (false, Some(_)) => power.reciprocal().map_or(Unknown, Near),
            (false, None) => Unknown,
        }
    }

    fn root_power(&self, exponent: &Rational) -> Self {
        let exact = || {
            let Rational::Small(n, d) = exponent else { return None };
            self.as_rational()?.root(u32::try_from(*d).ok()?)?.power(*n)
        };
        exact().map_or_else(
            || self.interval().and_then(|x| x.power(exponent.to_f64())).map_or(Unknown, Near),
            Value::from,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conventions_hold() {
        let (zero, one, infinity) = (Value::zero(), Value::one(), Infinite(true));
        let reason = |v: Value| match v {
            Undefined(why) => Some(why.reason),
            _ => None,
        };
        assert_eq!(reason(infinity.sub(&infinity)), Some(Reason::InfinityMinusInfinity));
        assert_eq!(reason(zero.mul(&infinity)), Some(Reason::ZeroTimesInfinity));
        assert_eq!(one.div(&zero), infinity);
        assert_eq!(reason(zero.div(&zero)), Some(Reason::ZeroOverZero));
        assert_eq!(reason(Value::integer(-1).div(&zero)), Some(Reason::NegativeOverZero));
        assert_eq!(one.div(&infinity), zero);
        assert_eq!(zero.log(), Infinite(false));
        assert_eq!(Infinite(false).exp(), zero);
        assert_eq!(Value::integer(4).power(&Rational::new(-1, 2)), Rational::new(1, 2).into());
        assert_eq!(reason(Value::integer(-4).power(&Rational::new(1, 2))), Some(Reason::PowerOfNegative));
    }
}
