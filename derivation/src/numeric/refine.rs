//! The sign of a sum of logarithms that f64 cannot tell from 0: each in fixed point, with
//! as many digits as it takes.

use super::rational::Rational;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// Bits after the point, tried in turn.
const PRECISIONS: [u32; 5] = [128, 256, 512, 1024, 2048];

/// The sign of a + Σ cᵢ log bᵢ, which is not 0; nothing if 2048 bits do not tell.
pub(super) fn sign(a: &Rational, logs: &[(u64, Rational)]) -> Option<Ordering> {
    PRECISIONS.iter().find_map(|&bits| {
        let one = BigInt::one() << bits;
        let (mut low, mut high) = bounds(&a.to_big(), &one, &one);
        for (base, times) in logs {
            let (log_low, log_high) = log(*base, bits);
            let (below, above) = bounds(&times.to_big(), &log_low, &log_high);
            low += below;
            high += above;
        }
        match (low.is_positive(), high.is_negative()) {
            (true, _) => Some(Ordering::Greater),
            (_, true) => Some(Ordering::Less),
            _ => None,
        }
    })
}

/// Integers below and above `times` · \[`low`, `high`\], where 0 < low ≤ high.
fn bounds(times: &BigRational, low: &BigInt, high: &BigInt) -> (BigInt, BigInt) {
    let (small, large) = if times.is_negative() { (high, low) } else { (low, high) };
    let below = (times * BigRational::from_integer(small.clone())).floor().to_integer();
    let above = (times * BigRational::from_integer(large.clone())).ceil().to_integer();
    (below, above)
}

/// Integers below and above 2^bits · log n, for n ≥ 2.
fn log(n: u64, bits: u32) -> (BigInt, BigInt) {
    // n = 2^k m with m in [1, 2): log n = k log 2 + 2 artanh((m − 1)/(m + 1)), and
    // log 2 = 2 artanh(1/3).
    let k = n.ilog2();
    let power = 1_u64 << k;
    let (a, b) = twice_artanh(&BigInt::one(), &BigInt::from(3), bits);
    let (c, d) = twice_artanh(&BigInt::from(n - power), &(BigInt::from(n) + power), bits);
    (a * k + c, b * k + d)
}

/// Integers below and above 2^bits · 2 artanh(n/d), for 0 ≤ n/d ≤ 1/3.
fn twice_artanh(n: &BigInt, d: &BigInt, bits: u32) -> (BigInt, BigInt) {
    let (n2, d2) = (n * n, d * d);
    let mut power = ((BigInt::one() << (bits + 1)) * n) / d;
    let mut sum = BigInt::zero();
    let mut terms = 0_u32;
    let mut odd = 1_u32;
    while !power.is_zero() {
        sum += &power / odd;
        power = power * &n2 / &d2;
        odd += 2;
        terms += 1;
    }
    // Every division rounded down by less than 1, and the errors of the powers add up
    // to less than another 2 a term; the tail is below 1.
    (sum.clone(), sum + 3 * (terms + 1))
}
