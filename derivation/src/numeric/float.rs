//! Values in f64 without bounds, for searches: where an extremum is taken is looked for
//! in them, what is said of it is evaluated anew.

use super::generator::Generator;
use super::piecewise::Piecewise;
use super::rational::Rational;
use super::scalar::Scalar;
use super::value::Value;
use crate::term::Part;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A number of a search; NaN for what is undefined or unknown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Float(pub(super) f64);

impl Scalar for Float {
    const DUAL: bool = false;
    const COST: u64 = 1;

    fn constant(value: Value) -> Self {
        Self(value.to_f64())
    }

    fn rational(r: &Rational) -> Self {
        Self(r.to_f64())
    }

    fn with_derivative(value: Value, _derivative: Value) -> Self {
        Self(value.to_f64())
    }

    fn value(&self) -> Cow<'_, Value> {
        Cow::Owned(if self.0.is_nan() {
            Value::Unknown
        } else if self.0.is_infinite() {
            Value::Infinite(self.0 > 0.0)
        } else {
            Value::point(self.0)
        })
    }

    fn is_zero(&self) -> bool {
        self.0 == 0.0
    }

    fn sign(&self) -> Option<Ordering> {
        self.0.partial_cmp(&0.0)
    }

    fn derivative(&self) -> Value {
        Value::zero()
    }

    fn add(&self, other: &Self) -> Self {
        Self(self.0 + other.0)
    }

    fn negative(&self) -> Self {
        Self(-self.0)
    }

    fn mul(&self, other: &Self) -> Self {
        Self(self.0 * other.0)
    }

    fn div(&self, other: &Self) -> Self {
        Self(match other.0 {
            // A negative number over 0 has no value; −0 is 0.
            0.0 if self.0 > 0.0 => f64::INFINITY,
            0.0 => f64::NAN,
            divisor => self.0 / divisor,
        })
    }

    fn map(&self, f: impl Fn(&Value) -> Value, _slope: impl Fn(&Value) -> Value) -> Self {
        Self(f(&self.value()).to_f64())
    }

    fn larger(&self, other: &Self) -> Self {
        // Not `f64::max`, which drops NaN.
        Self(if self.0.is_nan() || other.0 < self.0 { self.0 } else { other.0 })
    }

    fn log(&self) -> Self {
        // The logarithm of −0 is that of 0.
        Self((self.0 + 0.0).ln())
    }

    fn exp(&self) -> Self {
        Self(self.0.exp())
    }

    fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    fn part(f: &Generator, part: Part, x: &Self) -> Self {
        match f {
            _ if x.0.is_nan() => *x,
            Generator::Piecewise(f) if x.0.is_finite() => Self(piecewise(f, part, x.0)),
            _ => Self(f.part(part, &x.value()).to_f64()),
        }
    }
}

fn piecewise(f: &Piecewise, part: Part, x: f64) -> f64 {
    let at = |u: f64| {
        let after = f.pieces.partition_point(|piece| piece.from.to_f64() <= u);
        let piece = &f.pieces[after.saturating_sub(1)];
        let (h, slope, curvature) = (u - piece.from.to_f64(), piece.slope.to_f64(), piece.curvature.to_f64());
        (piece.value.to_f64() + h * (slope + h * curvature), slope + 2.0 * curvature * h)
    };
    match part {
        Part::Value | Part::Biconjugate if x < 0.0 => f64::INFINITY,
        Part::Value if x == 0.0 => f.jump.as_ref().map_or(f64::INFINITY, |jump| at(x).0 + jump.to_f64()),
        Part::Value | Part::Biconjugate => at(x).0,
        Part::Derivative if x < 0.0 => f64::NAN,
        Part::Derivative if x == 0.0 && f.jump.as_ref().is_none_or(|jump| !jump.is_zero()) => {
            f64::NEG_INFINITY
        }
        Part::Derivative => at(x).1,
        Part::Conjugate | Part::ConjugateDerivative => {
            let mut best = 0.0;
            for (i, piece) in f.pieces.iter().enumerate() {
                let (slope, twice) = (piece.slope.to_f64(), 2.0 * piece.curvature.to_f64());
                if slope > x {
                    break;
                }
                let end = f.pieces.get(i + 1).map_or(f64::INFINITY, |next| next.from.to_f64());
                // At the last slope itself the conjugate is still finite.
                let reach = if twice > 0.0 {
                    piece.from.to_f64() + (x - slope) / twice
                } else if end.is_infinite() && slope == x {
                    piece.from.to_f64()
                } else {
                    end
                };
                best = reach.min(end);
            }
            match part {
                Part::Conjugate if best.is_infinite() => f64::INFINITY,
                Part::Conjugate => x * best - at(best).0,
                _ if best.is_infinite() => f64::NAN,
                _ => best,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_follow_the_conventions() {
        let f = |x: f64| Float(x);
        assert!(f(0.0).div(&f(0.0)).0.is_nan() && f(-1.0).div(&f(0.0)).0.is_nan());
        assert_eq!(f(1.0).div(&f(-0.0)).0, f64::INFINITY);
        assert_eq!(f(-0.0).log().0, f64::NEG_INFINITY);
        assert!(f(f64::NAN).larger(&f(1.0)).0.is_nan() && f(1.0).larger(&f(f64::NAN)).0.is_nan());
        assert!(f(0.0).mul(&f(f64::INFINITY)).0.is_nan());
    }

    #[test]
    fn pieces_in_floats_agree_with_exact_ones() {
        let r = Rational::new;
        let kinked = [(r(0, 1), r(-1, 2), r(0, 1)), (r(1, 1), r(1, 2), r(0, 1))];
        let bent = [(r(0, 1), r(-2, 1), r(1, 1)), (r(2, 1), r(3, 1), r(0, 1))];
        for (knots, jump) in [(&kinked, Some(r(0, 1))), (&bent, Some(r(1, 2))), (&bent, None)] {
            let f = Generator::Piecewise(Piecewise::new(&r(1, 2), knots, jump));
            for part in
                [Part::Value, Part::Derivative, Part::Conjugate, Part::ConjugateDerivative, Part::Biconjugate]
            {
                for x in -8..=12 {
                    let x = r(x, 4);
                    let exact = f.part(part, &x.clone().into()).to_f64();
                    let found = Float::part(&f, part, &Float(x.to_f64())).0;
                    let same = (exact.is_nan() && found.is_nan())
                        || exact == found
                        || (exact - found).abs() < 1e-12
                        // The derivative of f* at the last slope may be any from there on.
                        || (part == Part::ConjugateDerivative && exact.is_infinite());
                    assert!(same, "{part:?} at {x}: {exact} and {found}");
                }
            }
        }
    }
}
