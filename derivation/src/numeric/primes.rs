//! Factors of the integers under logarithms.
//!
//! Small primes are split off by a table. What remains beyond it is kept whole: two
//! such remainders may share a factor, which [`super::exact`] finds by common divisors
//! when it compares.

use std::sync::OnceLock;

/// The table reaches to here; a remainder below its square is a prime.
const TABLE: usize = 1 << 16;

/// Bases from here on may be primes or not, and may divide one another.
pub(super) const SPLIT_OFF: u64 = TABLE as u64;

/// Below this a base is certainly a prime.
pub(super) const CERTAINLY_PRIME: u64 = (TABLE as u64) * (TABLE as u64);

struct Primes {
    /// The least prime factor of every integer of the table.
    least: Vec<u16>,
    primes: Vec<u64>,
}

fn table() -> &'static Primes {
    static TABLE_OF_PRIMES: OnceLock<Primes> = OnceLock::new();
    TABLE_OF_PRIMES.get_or_init(|| {
        let mut least = vec![0_u16; TABLE];
        let mut primes = Vec::new();
        for n in 2..TABLE {
            if least[n] == 0 {
                primes.push(n as u64);
                for multiple in (n..TABLE).step_by(n) {
                    if least[multiple] == 0 {
                        // n < 2^16
                        least[multiple] = n as u16;
                    }
                }
            }
        }
        Primes { least, primes }
    })
}

/// Calls `found(base, multiplicity)` for each factor of `n` ≥ 1; the bases below
/// [`CERTAINLY_PRIME`] are primes.
pub(super) fn factor(mut n: u64, mut found: impl FnMut(u64, i64)) {
    let table = table();
    let mut take = |n: &mut u64, prime: u64| {
        let mut times = 0;
        while n.is_multiple_of(prime) {
            *n /= prime;
            times += 1;
        }
        if times > 0 {
            found(prime, times);
        }
    };
    if n >= TABLE as u64 {
        for &prime in &table.primes {
            if n < TABLE as u64 || prime * prime > n {
                break;
            }
            take(&mut n, prime);
        }
    }
    while n > 1 {
        let base = if n < TABLE as u64 { u64::from(table.least[n as usize]) } else { n };
        take(&mut n, base);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_multiply_to_the_number() {
        for n in (1..2000).chain([65_535, 65_536, 65_537, 4_294_967_291, 1_000_000_007 * 6, 1 << 62]) {
            let mut product = 1_u64;
            factor(n, |base, times| product *= base.pow(times as u32));
            assert_eq!(product, n);
        }
    }
}
