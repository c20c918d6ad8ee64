//! Values in [−∞, ∞] or undefined: what they are, how they compare, how they are shown.
//! Their arithmetic is in `arithmetic`.

use super::exact::Exact;
use super::interval::Interval;
use super::rational::Rational;
use crate::report::Evaluation;
use std::cmp::Ordering;
use std::fmt;

/// Why a value is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    ZeroOverZero,
    InfinityOverInfinity,
    InfinityMinusInfinity,
    ZeroTimesInfinity,
    NegativeOverZero,
    LogOfNegative,
    PowerOfNegative,
    BothPartsInfinite,
    NotAttained,
    NoDerivative,
    OutsideDomain,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::ZeroOverZero => "0/0",
            Reason::InfinityOverInfinity => "∞/∞",
            Reason::InfinityMinusInfinity => "∞ − ∞",
            Reason::ZeroTimesInfinity => "0 · ∞",
            Reason::NegativeOverZero => "a negative number over 0",
            Reason::LogOfNegative => "the logarithm of a negative number",
            Reason::PowerOfNegative => "a root of a negative number",
            Reason::BothPartsInfinite => "an expectation of which both parts are infinite",
            Reason::NotAttained => "no element attains the extremum",
            Reason::NoDerivative => "there is no derivative here",
            Reason::OutsideDomain => "outside the domain",
        })
    }
}

/// A reason, and the point of the innermost binder where it first arose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Why {
    pub(super) reason: Reason,
    /// Slot of the variable and index of the point.
    pub(super) at: Option<(usize, usize)>,
}

impl From<Reason> for Value {
    fn from(reason: Reason) -> Self {
        Value::Undefined(Why { reason, at: None })
    }
}

/// What a term denotes in a model.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A real number, exactly.
    Exact(Exact),
    /// A real number (or, for a witness, an extended one) in an interval.
    Near(Interval),
    /// ∞ if true, −∞ if false.
    Infinite(bool),
    /// No value, by the conventions.
    Undefined(Why),
    /// Nothing could be found out; says nothing about the term.
    Unknown,
}

use Value::{Infinite, Near, Undefined, Unknown};

impl From<Rational> for Value {
    fn from(r: Rational) -> Self {
        Exact::from(r).into()
    }
}

impl From<Exact> for Value {
    fn from(exact: Exact) -> Self {
        if exact.is_huge() { Near(exact.interval()) } else { Value::Exact(exact) }
    }
}

impl Value {
    pub(super) fn zero() -> Self {
        Rational::ZERO.into()
    }

    pub(super) fn one() -> Self {
        Rational::ONE.into()
    }

    pub(super) fn integer(n: i64) -> Self {
        Rational::integer(n).into()
    }

    /// A value computed in f64, with the relative and absolute error that it may have.
    pub(super) fn numeric(x: f64, error: f64) -> Self {
        if x.is_nan() {
            Unknown
        } else if x.is_infinite() {
            Infinite(x > 0.0)
        } else {
            Near(Interval::numeric(x, error))
        }
    }

    /// A place that a search in floats found: the float itself, without exact arithmetic.
    pub(super) fn point(x: f64) -> Self {
        if x == 0.0 { Self::zero() } else { Near(Interval::new(x, x, Evaluation::Enclosed)) }
    }

    pub(super) fn as_rational(&self) -> Option<&Rational> {
        match self {
            Value::Exact(exact) => exact.as_rational(),
            _ => None,
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Value::Exact(exact) if exact.is_zero())
    }

    /// How it was evaluated.
    pub(super) fn kind(&self) -> Evaluation {
        match self {
            Near(interval) => interval.kind,
            Unknown => Evaluation::Undecided,
            _ => Evaluation::Exact,
        }
    }

    /// The nearest float that is known, for search and display; NaN if there is none.
    pub(super) fn to_f64(&self) -> f64 {
        match self {
            Value::Exact(exact) => exact.to_f64(),
            Near(interval) => interval.middle(),
            Infinite(true) => f64::INFINITY,
            Infinite(false) => f64::NEG_INFINITY,
            Undefined(_) | Unknown => f64::NAN,
        }
    }

    /// An enclosure of an extended real value; nothing if there is none.
    pub(super) fn interval(&self) -> Option<Interval> {
        match self {
            Value::Exact(exact) => Some(exact.interval()),
            Near(interval) => Some(*interval),
            Infinite(_) => {
                let end = self.to_f64();
                Some(Interval { low: end, high: end, kind: Evaluation::Exact })
            }
            Undefined(_) | Unknown => None,
        }
    }

    /// The sign, where it is certain.
    pub(super) fn sign(&self) -> Option<Ordering> {
        match self {
            Value::Exact(exact) => exact.sign(),
            Near(x) if x.low > 0.0 => Some(Ordering::Greater),
            Near(x) if x.high < 0.0 => Some(Ordering::Less),
            Near(x) if x.low == 0.0 && x.high == 0.0 => Some(Ordering::Equal),
            Infinite(true) => Some(Ordering::Greater),
            Infinite(false) => Some(Ordering::Less),
            _ => None,
        }
    }

    /// Order of two values, where it is certain.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Undefined(_) | Unknown, _) | (_, Undefined(_) | Unknown) => None,
            (Infinite(a), Infinite(b)) => Some(a.cmp(b)),
            (Value::Exact(a), Value::Exact(b)) => a.add(&b.scale(&Rational::integer(-1))).sign(),
            _ => {
                let (a, b) = (self.interval()?, other.interval()?);
                // Ends at infinity of a witness are bounds only: ∞ itself is possible.
                if a.high < b.low {
                    Some(Ordering::Less)
                } else if a.low > b.high {
                    Some(Ordering::Greater)
                } else {
                    None
                }
            }
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Exact(exact) if exact.logs.is_empty() => match exact.rational {
                Rational::Big(_) => write!(f, "{:.6}…", exact.to_f64()),
                Rational::Small(..) => write!(f, "{exact}"),
            },
            Value::Exact(exact) => {
                let text = exact.to_string();
                // Long sums of logarithms tell a reader nothing.
                if text.len() > 40 {
                    write!(f, "{:.6}…", exact.to_f64())
                } else {
                    write!(f, "{text} = {:.4}…", exact.to_f64())
                }
            }
            Near(x) if x.kind == Evaluation::Undecided && x.low.is_finite() => {
                write!(f, "at least {:.6}", x.low)
            }
            Near(x) if x.kind == Evaluation::Undecided && x.high.is_finite() => {
                write!(f, "at most {:.6}", x.high)
            }
            Near(x) if x.kind == Evaluation::Undecided => f.write_str("not known"),
            Near(x) => write!(f, "{:.6}…", x.middle()),
            Infinite(true) => f.write_str("∞"),
            Infinite(false) => f.write_str("−∞"),
            Undefined(why) => write!(f, "undefined: {}", why.reason),
            Unknown => f.write_str("not known"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_witness_bounds_from_one_side_only() {
        let sup = Near(Interval::new(1.0, f64::INFINITY, Evaluation::Undecided));
        assert_eq!(sup.compare(&Value::zero()), Some(Ordering::Greater));
        assert_eq!(sup.compare(&Value::integer(2)), None);
        assert_eq!(sup.negative().compare(&Value::zero()), Some(Ordering::Less));
    }
}
