//! Intervals of f64 that enclose a value, rounded outward.
//!
//! A handful of operations is all that is needed, so they stand here: the field's
//! crate for rigorous intervals brings GMP and MPFR, which do not compile everywhere
//! that the book does. The elementary functions of the standard library are accurate
//! to an ulp or so; they are widened by four.

use crate::report::Evaluation;

/// A number in \[`low`, `high`\]. An infinite end says only that no bound is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
    /// How the ends are known: outward rounding, a numeric error bound, a witness.
    pub(super) kind: Evaluation,
}

const ULPS: u32 = 4;

fn down(x: f64, ulps: u32) -> f64 {
    (0..ulps).fold(x, |x, _| x.next_down())
}

fn up(x: f64, ulps: u32) -> f64 {
    (0..ulps).fold(x, |x, _| x.next_up())
}

/// 0 · ∞ = 0 for ends: the end at infinity is a bound and not a value.
fn times(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

impl Interval {
    pub(super) fn new(low: f64, high: f64, kind: Evaluation) -> Self {
        if low.is_nan() || high.is_nan() || low > high {
            return Self { low: f64::NEG_INFINITY, high: f64::INFINITY, kind: Evaluation::Undecided };
        }
        Self { low, high, kind }
    }

    /// `value`, known to a relative and absolute error of `error`.
    pub(super) fn numeric(value: f64, error: f64) -> Self {
        let slack = error * (1.0 + value.abs());
        Self::new(value - slack, value + slack, Evaluation::Numeric)
    }

    pub(super) fn around(value: f64, ulps: u32) -> Self {
        Self::new(down(value, ulps), up(value, ulps), Evaluation::Enclosed)
    }

    pub(super) fn middle(&self) -> f64 {
        match (self.low.is_finite(), self.high.is_finite()) {
            (true, true) => self.low / 2.0 + self.high / 2.0,
            (true, false) => self.low,
            (false, true) => self.high,
            (false, false) => 0.0,
        }
    }

    pub(super) fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }

    fn with(&self, other: &Self, low: f64, high: f64) -> Self {
        let kind = self.kind.max(other.kind);
        Self::new(down(low, 1), up(high, 1), kind)
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        // An end at −∞ plus one at ∞ cannot meet: lows add to lows.
        self.with(other, self.low + other.low, self.high + other.high)
    }

    pub(super) fn negative(&self) -> Self {
        Self { low: -self.high, high: -self.low, kind: self.kind }
    }

    pub(super) fn mul(&self, other: &Self) -> Self {
        let ends = [
            times(self.low, other.low),
            times(self.low, other.high),
            times(self.high, other.low),
            times(self.high, other.high),
        ];
        let (low, high) =
            ends.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
        self.with(other, low, high)
    }

    /// Nothing if 0 cannot be excluded.
    pub(super) fn reciprocal(&self) -> Option<Self> {
        if self.contains(0.0) {
            return None;
        }
        let (low, high) = (1.0 / self.high, 1.0 / self.low);
        Some(Self::new(down(low, 1), up(high, 1), self.kind))
    }

    /// The image under an increasing function of the standard library.
    pub(super) fn increasing(&self, f: impl Fn(f64) -> f64) -> Self {
        Self::new(down(f(self.low), ULPS), up(f(self.high), ULPS), self.kind)
    }

    pub(super) fn exp(&self) -> Self {
        let image = self.increasing(f64::exp);
        Self { low: image.low.max(0.0), ..image }
    }

    /// Nothing unless the whole interval is positive.
    pub(super) fn log(&self) -> Option<Self> {
        (self.low > 0.0).then(|| self.increasing(f64::ln))
    }

    /// To a real power; nothing unless the whole interval is positive.
    pub(super) fn power(&self, exponent: f64) -> Option<Self> {
        if self.low <= 0.0 {
            return None;
        }
        let (a, b) = (self.low.powf(exponent), self.high.powf(exponent));
        Some(Self::new(down(a.min(b), ULPS), up(a.max(b), ULPS), self.kind))
    }

    /// An integer power, by repeated multiplication.
    pub(super) fn integer_power(&self, exponent: u32) -> Self {
        let one = Self { low: 1.0, high: 1.0, kind: self.kind };
        let power = (0..exponent).fold(one, |power, _| power.mul(self));
        // Repeated multiplication forgets that even powers are not negative.
        if exponent.is_multiple_of(2) { Self { low: power.low.max(0.0), ..power } } else { power }
    }

    pub(super) fn abs(&self) -> Self {
        if self.low >= 0.0 {
            *self
        } else if self.high <= 0.0 {
            self.negative()
        } else {
            Self { low: 0.0, high: self.high.max(-self.low), kind: self.kind }
        }
    }

    pub(super) fn larger(&self, other: &Self) -> Self {
        let kind = self.kind.max(other.kind);
        Self { low: self.low.max(other.low), high: self.high.max(other.high), kind }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_enclose() {
        let third = Interval::around(1.0 / 3.0, 1);
        let one = third.add(&third).add(&third);
        assert!(one.contains(1.0) && one.high - one.low < 1e-14);
        assert!(third.log().is_some_and(|l| l.exp().contains(1.0 / 3.0)));
        let straddles = Interval::new(-1.0, 1.0, Evaluation::Enclosed);
        assert_eq!(straddles.reciprocal(), None);
        assert_eq!(straddles.log(), None);
        assert_eq!(straddles.abs().low, 0.0);
        let unknown = Interval::new(0.0, f64::INFINITY, Evaluation::Undecided);
        assert!(unknown.mul(&straddles).contains(-1e300), "bounds are kept, not NaN");
    }
}
