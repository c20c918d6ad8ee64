//! Exact real numbers a + Σ cᵢ log bᵢ with rational a, cᵢ and integers bᵢ.
//!
//! Sums, rational multiples and logarithms of rationals stay within the form, and so
//! do KL, entropies and evidence bounds on finite spaces. Logarithms of primes and 1
//! are linearly independent over ℚ (a product of rational powers of primes is no
//! power of e), so the number is 0 only if all coefficients are: equality is decided by
//! integers, never by a tolerance.

use super::interval::Interval;
use super::primes::{self, CERTAINLY_PRIME, SPLIT_OFF};
use super::rational::{Rational, gcd_word};
use super::refine;
use std::cmp::Ordering;
use std::fmt;

/// a + Σ cᵢ log bᵢ, ordered by bᵢ, no cᵢ = 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Exact {
    pub(super) rational: Rational,
    pub(super) logs: Vec<(u64, Rational)>,
}

impl From<Rational> for Exact {
    fn from(rational: Rational) -> Self {
        Self { rational, logs: Vec::new() }
    }
}

impl Exact {
    /// The number itself, if no logarithm is left in it.
    pub(super) fn as_rational(&self) -> Option<&Rational> {
        self.logs.is_empty().then_some(&self.rational)
    }

    /// log r for r > 0; nothing if r has parts too large to factor.
    pub(super) fn log(r: &Rational) -> Option<Self> {
        let Rational::Small(n, d) = r else { return None };
        let mut logs: Vec<(u64, Rational)> = Vec::new();
        let mut add = |base: u64, times: i64| logs.push((base, Rational::integer(times)));
        primes::factor(u64::try_from(*n).ok()?, &mut add);
        primes::factor(u64::try_from(*d).ok()?, |base, times| add(base, -times));
        logs.sort_by_key(|(base, _)| *base);
        Some(Self { rational: Rational::ZERO, logs: separate(logs) })
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let rational = self.rational.add(&other.rational);
        if other.logs.is_empty() {
            return Self { rational, logs: self.logs.clone() };
        }
        if self.logs.is_empty() {
            return Self { rational, logs: other.logs.clone() };
        }
        let mut logs = Vec::with_capacity(self.logs.len() + other.logs.len());
        let (mut a, mut b) = (self.logs.iter().peekable(), other.logs.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.0.cmp(&y.0) {
                Ordering::Less => logs.extend(a.next().cloned()),
                Ordering::Greater => logs.extend(b.next().cloned()),
                Ordering::Equal => {
                    let sum = x.1.add(&y.1);
                    if !sum.is_zero() {
                        logs.push((x.0, sum));
                    }
                    a.next();
                    b.next();
                }
            }
        }
        logs.extend(a.cloned());
        logs.extend(b.cloned());
        Self { rational, logs: separate(logs) }
    }

    pub(super) fn scale(&self, by: &Rational) -> Self {
        if by.is_zero() {
            return Rational::ZERO.into();
        }
        let logs = self.logs.iter().map(|(base, times)| (*base, times.mul(by))).collect();
        Self { rational: self.rational.mul(by), logs }
    }

    /// e to this number, where that is rational and of moderate size.
    pub(super) fn exp(&self) -> Option<Rational> {
        if !self.rational.is_zero() {
            return None;
        }
        self.logs.iter().try_fold(Rational::ONE, |product, (base, times)| {
            let base = Rational::integer(i64::try_from(*base).ok()?);
            let product = product.mul(&base.power(times.to_integer()?)?);
            (!product.is_huge()).then_some(product)
        })
    }

    pub(super) fn is_zero(&self) -> bool {
        self.rational.is_zero() && self.logs.is_empty()
    }

    /// How much arithmetic with it costs beyond that of a plain fraction.
    pub(super) fn weight(&self) -> u64 {
        let logs = self.logs.iter().map(|(_, times)| 2 + times.bits());
        self.rational.bits() + logs.sum::<u64>()
    }

    pub(super) fn is_huge(&self) -> bool {
        self.rational.is_huge() || self.logs.len() > 400 || self.logs.iter().any(|(_, c)| c.is_huge())
    }

    /// An enclosure in f64.
    pub(super) fn interval(&self) -> Interval {
        let start = Interval::around(self.rational.to_f64(), 3);
        self.logs.iter().fold(start, |sum, (base, times)| {
            let log = Interval::around((*base as f64).ln(), 3);
            sum.add(&log.mul(&Interval::around(times.to_f64(), 3)))
        })
    }

    /// Its sign, by enclosures refined until they exclude 0; nothing for a number so
    /// near to 0 that [`refine`] gives up.
    pub(super) fn sign(&self) -> Option<Ordering> {
        if self.logs.is_empty() {
            return Some(self.rational.sign());
        }
        let enclosure = self.interval();
        if enclosure.low > 0.0 {
            Some(Ordering::Greater)
        } else if enclosure.high < 0.0 {
            Some(Ordering::Less)
        } else {
            refine::sign(&self.rational, &self.logs)
        }
    }

    pub(super) fn to_f64(&self) -> f64 {
        self.logs.iter().map(|(base, times)| times.to_f64() * (*base as f64).ln()).sum::<f64>()
            + self.rational.to_f64()
    }
}

/// Makes the bases pairwise coprime, so that equal numbers have equal forms. Primes
/// are; this only concerns what was too large to factor.
fn separate(mut logs: Vec<(u64, Rational)>) -> Vec<(u64, Rational)> {
    let large = logs.partition_point(|(base, _)| *base < SPLIT_OFF);
    if logs.last().is_none_or(|(base, _)| *base < CERTAINLY_PRIME) {
        merge(&mut logs);
        return logs;
    }
    let mut pending: Vec<(u64, Rational)> = logs.split_off(large);
    let mut coprime: Vec<(u64, Rational)> = Vec::new();
    while let Some((base, times)) = pending.pop() {
        if base == 1 {
            continue;
        }
        match coprime.iter().position(|(other, _)| gcd_word(*other, base) > 1) {
            None => coprime.push((base, times)),
            Some(at) => {
                let (other, others) = coprime.swap_remove(at);
                let common = gcd_word(other, base);
                if other == base {
                    pending.push((base, times.add(&others)));
                } else {
                    pending.push((common, times.add(&others)));
                    pending.push((base / common, times));
                    pending.push((other / common, others));
                }
            }
        }
    }
    logs.extend(coprime);
    merge(&mut logs);
    logs
}

/// Orders by base, adds what has the same base, drops zeros.
fn merge(logs: &mut Vec<(u64, Rational)>) {
    logs.sort_by_key(|(base, _)| *base);
    logs.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 = kept.1.add(&later.1);
        }
        same
    });
    logs.retain(|(_, times)| !times.is_zero());
}

impl fmt::Display for Exact {
    /// As a reader would write it: `1/2 log 3 - log 2`, and `log(3/2)` where all
    /// coefficients are ±1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<(bool, String)> = Vec::new();
        if !self.rational.is_zero() || self.logs.is_empty() {
            let negative = self.rational.sign() == Ordering::Less;
            let size = if negative { self.rational.negative() } else { self.rational.clone() };
            parts.push((negative, size.to_string()));
        }
        let whole = Exact { rational: Rational::ZERO, logs: self.logs.clone() };
        match whole.exp().filter(|ratio| matches!(ratio, Rational::Small(n, d) if *n < 10_000 && *d < 10_000))
        {
            _ if self.logs.is_empty() => {}
            Some(Rational::Small(1, d)) => parts.push((true, format!("log {d}"))),
            Some(ratio) if ratio.to_integer().is_some() => parts.push((false, format!("log {ratio}"))),
            Some(ratio) => parts.push((false, format!("log({ratio})"))),
            None => parts.extend(self.logs.iter().map(|(base, times)| {
                let negative = times.sign() == Ordering::Less;
                let size = if negative { times.negative() } else { times.clone() };
                (negative, if size.is_one() { format!("log {base}") } else { format!("{size} log {base}") })
            })),
        }
        for (i, (negative, text)) in parts.iter().enumerate() {
            match (i, negative) {
                (0, true) => write!(f, "-{text}")?,
                (0, false) => write!(f, "{text}")?,
                (_, true) => write!(f, " - {text}")?,
                (_, false) => write!(f, " + {text}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(n: i64, d: i64) -> Exact {
        Exact::log(&Rational::new(n, d)).expect("factors")
    }

    #[test]
    fn logarithms_are_additive_and_exact() {
        assert!(log(6, 35).add(&log(35, 6)).is_zero());
        assert_eq!(log(4, 1), log(2, 1).scale(&Rational::integer(2)));
        assert_eq!(log(9, 4).scale(&Rational::new(1, 2)).exp(), Some(Rational::new(3, 2)));
        assert_eq!(log(2, 1).add(&Rational::ONE.into()).exp(), None);
        // (10^9+7)(10^9+9) is beyond the table: coprime refinement splits it.
        let (a, b) = (1_000_000_007, 1_000_000_009);
        let joint = log(a * b, 1);
        assert!(joint.add(&log(1, a)).add(&log(1, b)).is_zero());
        assert!(!joint.add(&log(1, a)).is_zero());
    }

    #[test]
    fn signs_of_near_misses_are_decided() {
        // 2^84 against 3^53: log 2 · 84 − log 3 · 53 ≈ −0.002; far closer below.
        let close = log(2, 1).scale(&Rational::integer(84)).add(&log(1, 3).scale(&Rational::integer(53)));
        assert_eq!(close.sign(), Some(Ordering::Less));
        // A convergent of log 2 to 27 digits minus log 2: f64 cannot tell.
        let near = Rational::from_big(num_rational::BigRational::new(
            "693147180559945309417232121".parse().expect("digits"),
            "1000000000000000000000000000".parse().expect("digits"),
        ));
        let difference = Exact::from(near).add(&log(1, 2));
        assert!(difference.interval().contains(0.0));
        assert_eq!(difference.sign(), Some(Ordering::Less));
    }

    #[test]
    fn display_reads_well() {
        assert_eq!(log(3, 2).to_string(), "log(3/2)");
        assert_eq!(log(1, 2).to_string(), "-log 2");
        assert_eq!(
            log(2, 1).scale(&Rational::new(-1, 2)).add(&Rational::ONE.into()).to_string(),
            "1 - 1/2 log 2"
        );
        assert_eq!(Exact::from(Rational::ZERO).to_string(), "0");
    }
}
