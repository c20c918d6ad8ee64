//! Terms over one denominator: a/(a + b) and 1 − b/(a + b) are told equal, and the sign
//! of 1 − 1/(1 + eᵛ) is that of its numerator.

use super::facts::Facts;
use super::{arith, normal, tree};
use crate::term::Term;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A numerator over factors, all of which are finite and not 0.
pub(super) struct Fraction {
    /// Above.
    pub(super) above: Term,
    /// Below, a factor each.
    pub(super) below: Vec<Term>,
}

/// Powers are multiplied out up to this exponent.
const HIGH: usize = 4;

/// Is the term a sum, a product, a quotient, …?
pub(super) fn arithmetic(term: &Term) -> bool {
    matches!(term, Term::Sum(_) | Term::Product(_) | Term::Quotient(..) | Term::Negative(_) | Term::Power(..))
}

/// Does something in the term, but for what functions hold, divide by more than a number?
pub(super) fn has_quotient(term: &Term) -> bool {
    match term {
        Term::Quotient(_, b) => !matches!(**b, Term::Number(_)),
        Term::Power(_, n) if n.is_negative() => true,
        Term::Sum(_) | Term::Product(_) | Term::Negative(_) | Term::Power(..) => {
            tree::children(term).into_iter().any(has_quotient)
        }
        _ => false,
    }
}

/// The term over one denominator, if what it divides by is finite and not 0.
pub(super) fn over_one(facts: &Facts, term: &Term) -> Option<Fraction> {
    let plain = |above: Term| Fraction { above, below: vec![] };
    match term {
        Term::Negative(a) => {
            let a = over_one(facts, a)?;
            Some(Fraction { above: arith::negative(a.above), ..a })
        }
        Term::Sum(list) => {
            let parts = list.iter().map(|t| over_one(facts, t)).collect::<Option<Vec<_>>>()?;
            let mut below: Vec<Term> = vec![];
            for part in &parts {
                let mut left = below.clone();
                for factor in &part.below {
                    match left.iter().position(|t| t == factor) {
                        Some(at) => drop(left.remove(at)),
                        None => below.push(factor.clone()),
                    }
                }
            }
            let above = parts.into_iter().map(|part| {
                let mut missing = below.clone();
                for factor in &part.below {
                    if let Some(at) = missing.iter().position(|t| t == factor) {
                        missing.remove(at);
                    }
                }
                missing.push(part.above);
                arith::product(missing)
            });
            Some(Fraction { above: arith::sum(above.collect()), below })
        }
        Term::Product(list) => {
            let (mut above, mut below) = (vec![], vec![]);
            // By the facts around the product: where a density in it is 0, what it hides
            // may divide by 0.
            for factor in list {
                let part = over_one(facts, factor)?;
                above.push(part.above);
                below.extend(part.below);
            }
            Some(Fraction { above: arith::product(above), below })
        }
        Term::Quotient(a, b) => {
            if !facts.finite(b) || !facts.nonzero(b) {
                return None;
            }
            let (a, b) = (over_one(facts, a)?, over_one(facts, b)?);
            let (c, divisors) = divisors(facts, &b.above)?;
            let above = arith::product(std::iter::once(a.above).chain(b.below).collect());
            Some(Fraction {
                above: arith::scaled(&c.recip(), above),
                below: a.below.into_iter().chain(divisors).collect(),
            })
        }
        Term::Power(a, n) if n.is_integer() => {
            let times = n.abs().to_integer().to_usize().filter(|k| (1..=HIGH).contains(k))?;
            let one = if n.is_positive() {
                (**a).clone()
            } else {
                arith::quotient(arith::number(1), (**a).clone())
            };
            over_one(facts, &arith::product(vec![one; times]))
        }
        other => Some(plain(other.clone())),
    }
}

/// A divisor as a number and factors, each with its first number 1.
fn divisors(facts: &Facts, term: &Term) -> Option<(BigRational, Vec<Term>)> {
    let normal = normal::form(facts, term);
    let (mut c, rest) = arith::coefficient(&normal);
    if c.is_zero() || has_quotient(&rest) {
        return None;
    }
    let mut found = vec![];
    for factor in arith::factors(&rest) {
        let first = match &factor {
            Term::Sum(list) => list.first().map_or_else(BigRational::one, |t| arith::coefficient(t).0.abs()),
            _ => BigRational::one(),
        };
        if first.is_zero() {
            return None;
        }
        c *= &first;
        if factor != arith::number(1) {
            found.push(if first.is_one() {
                factor
            } else {
                normal::form(facts, &arith::product(vec![Term::Number(first.recip()), factor]))
            });
        }
    }
    Some((c, found))
}

/// Are the two finite and equal, as fractions?
pub(super) fn equal(facts: &Facts, a: &Term, b: &Term) -> bool {
    if !has_quotient(a) && !has_quotient(b) || !alike(&fingerprint(a), &fingerprint(b)) {
        return false;
    }
    facts.finite(a) && facts.finite(b) && {
        let gap = arith::sum(vec![a.clone(), arith::negative(b.clone())]);
        over_one(facts, &gap).is_some_and(|gap| {
            // Twice: roots that met are multiplied out the second time.
            normal::form(facts, &normal::form(facts, &gap.above)) == arith::number(0)
        })
    }
}

/// The prime 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// The term's value modulo a prime, with its atoms taken for numbers of their own: what
/// differs there is not equal as fractions. Nothing where that cannot be told.
pub(super) fn fingerprint(term: &Term) -> Option<u64> {
    let times = |a: u64, b: u64| u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).ok();
    let power = |base: u64, mut n: u64| {
        let (mut base, mut result) = (base, 1);
        while n > 0 {
            if n & 1 == 1 {
                result = times(result, base)?;
            }
            base = times(base, base)?;
            n >>= 1;
        }
        Some(result)
    };
    let inverse = |a: u64| if a == 0 { None } else { power(a, PRIME - 2) };
    match term {
        Term::Number(n) => {
            let prime = BigInt::from(PRIME);
            let residue = |k: &BigInt| ((k % &prime + &prime) % &prime).to_u64();
            times(residue(n.numer())?, inverse(residue(n.denom())?)?)
        }
        Term::Sum(list) => list.iter().try_fold(0, |sum, t| Some((sum + fingerprint(t)?) % PRIME)),
        Term::Product(list) => list.iter().try_fold(1, |all, t| times(all, fingerprint(t)?)),
        Term::Negative(a) => Some((PRIME - fingerprint(a)?) % PRIME),
        Term::Quotient(a, b) => times(fingerprint(a)?, inverse(fingerprint(b)?)?),
        Term::Power(a, n) if n.is_integer() => {
            let result = power(fingerprint(a)?, n.abs().to_integer().to_u64()?)?;
            if n.is_negative() { inverse(result) } else { Some(result) }
        }
        Term::Power(..) => None,
        atom => {
            let mut hasher = DefaultHasher::new();
            atom.hash(&mut hasher);
            Some(hasher.finish() % PRIME)
        }
    }
}

/// May two terms with these fingerprints be equal?
pub(super) fn alike(a: &Option<u64>, b: &Option<u64>) -> bool {
    a.is_none() || b.is_none() || a == b
}

/// Are the two equal but for fractions somewhere in them, which are equal as such?
pub(super) fn same(facts: &Facts, a: &Term, b: &Term) -> bool {
    if a == b || equal(facts, a, b) {
        return true;
    }
    let (xs, ys) = (tree::children(a), tree::children(b));
    let head = |t: &Term| tree::map_children(t, &mut |_| Term::Infinity);
    !xs.is_empty()
        && xs.len() == ys.len()
        && head(a) == head(b)
        && xs.iter().zip(&ys).enumerate().all(|(i, (x, y))| {
            // Values of an extremum's objective that are undefined do not count, and
            // those that are finite on both sides do.
            same(&facts.within(a, i), x, y)
        })
}
