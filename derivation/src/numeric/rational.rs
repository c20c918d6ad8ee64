//! Exact rational numbers: two machine words while they fit, big integers beyond.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;

/// Numbers with more bits than this are no longer computed exactly: the memory that a
/// value takes stays bounded.
const MOST_BITS: u64 = 1024;

/// A rational number in lowest terms with a positive denominator. `Small` whenever
/// both parts fit, so that equal numbers are equal values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Rational {
    /// Numerator and denominator.
    Small(i64, i64),
    /// What does not fit.
    Big(Box<BigRational>),
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        // Most operands fit a machine word, whose division is many times faster.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_word(x, y));
        }
        (a, b) = (b, a % b);
    }
    a
}

/// Greatest common divisor of two machine words.
pub(super) fn gcd_word(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Rational {
    pub(super) const ZERO: Rational = Rational::Small(0, 1);
    pub(super) const ONE: Rational = Rational::Small(1, 1);

    /// `numerator / denominator`; the denominator is not 0.
    pub(super) fn new(numerator: i64, denominator: i64) -> Self {
        Self::reduce(i128::from(numerator), i128::from(denominator))
    }

    pub(super) fn integer(n: i64) -> Self {
        Rational::Small(n, 1)
    }

    fn reduce(numerator: i128, denominator: i128) -> Self {
        if numerator == 0 {
            return Self::ZERO;
        }
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
        let sign = denominator.signum();
        let (n, d) = (sign * (numerator / divisor), sign * (denominator / divisor));
        match (i64::try_from(n), i64::try_from(d)) {
            (Ok(n), Ok(d)) => Rational::Small(n, d),
            _ => Rational::Big(Box::new(BigRational::new_raw(BigInt::from(n), BigInt::from(d)))),
        }
    }

    pub(super) fn from_big(big: BigRational) -> Self {
        match (big.numer().to_i64(), big.denom().to_i64()) {
            (Some(n), Some(d)) => Rational::Small(n, d),
            _ => Rational::Big(Box::new(big)),
        }
    }

    pub(super) fn to_big(&self) -> BigRational {
        match self {
            Rational::Small(n, d) => BigRational::new_raw(BigInt::from(*n), BigInt::from(*d)),
            Rational::Big(big) => (**big).clone(),
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Rational::Small(0, _))
    }

    pub(super) fn is_one(&self) -> bool {
        matches!(self, Rational::Small(1, 1))
    }

    /// Bits of what does not fit into words.
    pub(super) fn bits(&self) -> u64 {
        match self {
            Rational::Small(..) => 0,
            Rational::Big(big) => big.numer().bits() + big.denom().bits(),
        }
    }

    /// Has it grown beyond what is computed exactly?
    pub(super) fn is_huge(&self) -> bool {
        self.bits() > MOST_BITS
    }

    /// −1, 0 or 1 as an ordering against 0.
    pub(super) fn sign(&self) -> Ordering {
        match self {
            Rational::Small(n, _) => n.cmp(&0),
            Rational::Big(big) if big.is_positive() => Ordering::Greater,
            Rational::Big(_) => Ordering::Less,
        }
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        match (self, other) {
            (Rational::Small(a, b), Rational::Small(c, d)) if b == d => {
                Self::reduce(i128::from(*a) + i128::from(*c), i128::from(*b))
            }
            (Rational::Small(a, b), Rational::Small(c, d)) => {
                let (a, b, c, d) = (i128::from(*a), i128::from(*b), i128::from(*c), i128::from(*d));
                Self::reduce(a * d + c * b, b * d)
            }
            _ => Self::from_big(self.to_big() + other.to_big()),
        }
    }

    pub(super) fn negative(&self) -> Self {
        match self {
            Rational::Small(n, d) => Self::reduce(-i128::from(*n), i128::from(*d)),
            Rational::Big(big) => Self::from_big(-(**big).clone()),
        }
    }

    pub(super) fn sub(&self, other: &Self) -> Self {
        self.add(&other.negative())
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        match (self, other) {
            (Rational::Small(a, b), Rational::Small(c, d)) => {
                Self::reduce(i128::from(*a) * i128::from(*c), i128::from(*b) * i128::from(*d))
            }
            _ => Self::from_big(self.to_big() * other.to_big()),
        }
    }

    /// Nothing if the number is 0.
    pub(super) fn reciprocal(&self) -> Option<Self> {
        match self {
            Rational::Small(0, _) => None,
            Rational::Small(n, d) => Some(Self::reduce(i128::from(*d), i128::from(*n))),
            Rational::Big(big) => Some(Self::from_big(big.recip())),
        }
    }

    /// Nothing if `other` is 0.
    pub(super) fn div(&self, other: &Self) -> Option<Self> {
        Some(self.mul(&other.reciprocal()?))
    }

    /// Nothing for 0 to a negative power, and where the result would be huge.
    pub(super) fn power(&self, exponent: i64) -> Option<Self> {
        let base = if exponent < 0 { self.reciprocal()? } else { self.clone() };
        let times = u32::try_from(exponent.unsigned_abs()).ok()?;
        let big = base.to_big();
        let bits = (big.numer().bits() + big.denom().bits()).saturating_sub(2);
        if bits.saturating_mul(u64::from(times)) > MOST_BITS {
            return None;
        }
        Some(Self::from_big(BigRational::new_raw(big.numer().pow(times), big.denom().pow(times))))
    }

    /// The exact root of a number ≥ 0, if it is rational.
    pub(super) fn root(&self, degree: u32) -> Option<Self> {
        if self.sign() == Ordering::Less || degree == 0 || degree > 64 {
            return None;
        }
        let big = self.to_big();
        let (n, d) = (big.numer().nth_root(degree), big.denom().nth_root(degree));
        let exact = n.pow(degree) == *big.numer() && d.pow(degree) == *big.denom();
        exact.then(|| Self::from_big(BigRational::new(n, d)))
    }

    /// The nearest f64, or one next to it.
    pub(super) fn to_f64(&self) -> f64 {
        match self {
            // Both parts are rounded once, the quotient again: within 2 ulp.
            Rational::Small(n, d) => *n as f64 / *d as f64,
            Rational::Big(big) => big.to_f64().unwrap_or(f64::NAN),
        }
    }

    /// A rational next to `x`, with a denominator of at most `most`; nothing for what is
    /// not a number of moderate size.
    pub(super) fn near(x: f64, most: i64) -> Option<Self> {
        if !x.is_finite() || x.abs() > 1e9 {
            return None;
        }
        Some(Self::new((x * most as f64).round() as i64, most))
    }

    /// The integer that it is, if it is one of moderate size.
    pub(super) fn to_integer(&self) -> Option<i64> {
        match self {
            Rational::Small(n, 1) => Some(*n),
            _ => None,
        }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Rational::Small(a, b), Rational::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rational::Small(n, 1) => write!(f, "{n}"),
            Rational::Small(n, d) => write!(f, "{n}/{d}"),
            Rational::Big(big) if big.denom().is_one() => write!(f, "{}", big.numer()),
            Rational::Big(big) => write!(f, "{}/{}", big.numer(), big.denom()),
        }
    }
}

impl From<&BigRational> for Rational {
    fn from(big: &BigRational) -> Self {
        if big.is_zero() { Self::ZERO } else { Self::from_big(big.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_big_integers_agree() {
        let large = Rational::new(i64::MAX, 3);
        let sum = large.add(&large);
        assert_eq!(sum.to_big(), large.to_big() + large.to_big());
        assert_eq!(sum.sub(&large), large, "comes back to the small form");
        assert_eq!(Rational::new(i64::MIN, 1).negative().to_string(), "9223372036854775808");
        assert_eq!(Rational::new(6, -4), Rational::new(-3, 2));
        assert!(Rational::new(1, 3) < Rational::new(1, 2));
    }

    #[test]
    fn powers_and_roots() {
        assert_eq!(Rational::new(2, 3).power(-2), Some(Rational::new(9, 4)));
        assert_eq!(Rational::ZERO.power(-1), None);
        assert_eq!(Rational::new(2, 3).power(i64::MAX), None, "bounded memory");
        assert_eq!(Rational::new(4, 9).root(2), Some(Rational::new(2, 3)));
        assert_eq!(Rational::new(2, 9).root(2), None);
    }
}
