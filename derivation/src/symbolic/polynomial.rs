//! A term as a sum of monomials: products of sums multiplied out, quotients and powers
//! turned into powers of what they are made of, as far as facts allow.

use super::arith::{product, quotient};
use super::facts::Facts;
use super::monomial::{
    HIGH, Monomial, atom, cancel, collect, constant, emit, kept_together, monic, scale, times,
};
use super::tree;
use crate::term::Term;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// Products of sums are multiplied out up to this many summands.
const WIDE: usize = 48;
/// A term whose subterms are in normal form, as a sum of monomials.
pub(super) fn monomials(facts: &Facts, term: &Term) -> Vec<Monomial> {
    match term {
        Term::Number(n) => vec![constant(n.clone())],
        Term::Sum(terms) => terms.iter().flat_map(|t| monomials(facts, t)).collect(),
        Term::Negative(a) => scale(monomials(facts, a), &-BigRational::one()),
        Term::Product(factors) => product_of(facts, term, factors),
        Term::Quotient(a, b) => quotient_of(facts, a, b),
        Term::Power(a, n) => power_of(facts, term, a, n),
        other => vec![atom(other.clone())],
    }
}

fn product_of(facts: &Facts, whole: &Term, factors: &[Term]) -> Vec<Monomial> {
    if let Some(joined) = positive_quotients(facts, factors) {
        return match &joined {
            Term::Product(factors) => product_of(facts, &joined, factors),
            other => monomials(facts, other),
        };
    }
    let place = |i: usize| facts.within(whole, i);
    let mut result = vec![constant(BigRational::one())];
    let mut frozen = vec![];
    // A sum may be multiplied out by what is finite, a quotient may join the others if
    // no density in it would hide what is undefined in them.
    let finite: Vec<bool> = factors.iter().enumerate().map(|(i, t)| place(i).finite(t)).collect();
    for (i, factor) in factors.iter().enumerate() {
        let others =
            finite.iter().enumerate().all(|(j, f)| j == i || *f || matches!(factors[j], Term::Number(_)));
        let open = match factor {
            Term::Sum(_) => others,
            Term::Quotient(..) => others || !has_density(factor),
            Term::Power(..) => others,
            _ => true,
        };
        let next = if open { monomials(&place(i), factor) } else { vec![atom(factor.clone())] };
        // What divides by a density that is positive only where another of the factors is
        // must stay beside that one, which hides it where both are 0.
        let next: Vec<Monomial> = next.into_iter().map(|m| kept_together(facts, m)).collect();
        if !open && matches!(factor, Term::Sum(_)) {
            // Still take out what is common: nothing to do, the sum is an atom here.
            frozen.push(i);
        }
        if next.len() > 1 && (result.len() * next.len() > WIDE || !others) {
            result = times(facts, &result, &[atom(factor.clone())]);
        } else {
            result = times(facts, &result, &next);
        }
    }
    // A number 0 makes 0 only of what is finite.
    if result.iter().any(|m| m.coefficient.is_zero()) && !finite.iter().all(|f| *f) {
        return vec![atom(whole.clone())];
    }
    result
}

/// (a/b)·(c/d)·e as ace/(bd), for finite a, c, e > 0 and b, d ≥ 0: both are ∞ where b or d
/// is 0.
fn positive_quotients(facts: &Facts, factors: &[Term]) -> Option<Term> {
    let parts = |t: &Term| match t {
        Term::Quotient(a, b)
            if facts.finite(a)
                && facts.positive(a)
                && facts.finite(b)
                && facts.nonnegative(b)
                && !facts.positive(b) =>
        {
            Some(((**a).clone(), (**b).clone()))
        }
        _ => None,
    };
    let (mut above, mut below, mut rest) = (vec![], vec![], vec![]);
    for factor in factors {
        match parts(factor) {
            Some((a, b)) => {
                above.push(a);
                below.push(b);
            }
            None => rest.push(factor.clone()),
        }
    }
    if above.is_empty() {
        return None;
    }
    let joins =
        |t: &Term| !matches!(t, Term::Number(_) | Term::Quotient(..)) && facts.finite(t) && facts.positive(t);
    let (joined, rest): (Vec<Term>, Vec<Term>) = rest.into_iter().partition(joins);
    above.extend(joined);
    let mut rest = rest;
    (above.len() > 1).then(|| {
        rest.push(quotient(product(above), product(below)));
        product(rest)
    })
}

fn has_density(term: &Term) -> bool {
    matches!(term, Term::Density(_))
        || matches!(
            term,
            Term::Product(_) | Term::Quotient(..) | Term::Negative(_) | Term::Power(..) | Term::Sum(_)
        ) && tree::children(term).into_iter().any(has_density)
}

fn quotient_of(facts: &Facts, a: &Term, b: &Term) -> Vec<Monomial> {
    if let Term::Power(base, n) = b
        && matches!(**base, Term::Sum(_))
        && n.is_integer()
        && facts.finite(base)
        && facts.nonzero(base)
    {
        let above = collect(facts, monomials(facts, a));
        return times(facts, &above, &[sum_to_the(facts, base, &-n)]);
    }
    let mut below = collect(facts, monomials(facts, b));
    let mut above = collect(facts, monomials(facts, a));
    if let ([one], [divisor]) = (above.as_mut_slice(), below.as_mut_slice()) {
        cancel(facts, one, divisor);
    }
    let b = &emit(&below);
    if let [divisor] = below.as_slice()
        && !divisor.coefficient.is_zero()
    {
        if facts.finite(b) && divisor.powers.keys().all(|t| facts.nonzero(t) && facts.finite(t)) {
            let inverse = Monomial {
                coefficient: divisor.coefficient.recip(),
                powers: divisor.powers.iter().map(|(t, n)| (t.clone(), -n)).collect(),
            };
            return times(facts, &above, &[inverse]);
        }
        // Only positive numbers pass through what may be 0 or ∞.
        if let [one] = above.as_slice()
            && one.coefficient.is_positive()
            && divisor.coefficient.is_positive()
        {
            let c = &one.coefficient / &divisor.coefficient;
            let plain = |m: &Monomial| emit(&[Monomial { coefficient: BigRational::one(), ..m.clone() }]);
            let rest = Term::Quotient(Box::new(plain(one)), Box::new(plain(divisor)));
            return scale(vec![atom(rest)], &c);
        }
    }
    if facts.finite(b) && facts.nonzero(b) {
        // A sum below: one number taken out, so that 2p/(p+q) and p/((p+q)/2) agree.
        let (c, monic) = monic(&below);
        let base = emit(&monic);
        let inverse =
            Monomial { coefficient: c.recip(), powers: BTreeMap::from([(base, -BigRational::one())]) };
        return times(facts, &above, &[inverse]);
    }
    vec![atom(Term::Quotient(Box::new(emit(&above)), Box::new(emit(&below))))]
}

/// A whole power of a sum that is finite and not 0, its first number taken out.
fn sum_to_the(facts: &Facts, base: &Term, n: &BigRational) -> Monomial {
    let (c, monic) = monic(&collect(facts, monomials(facts, base)));
    let k = n.to_integer().to_i32().unwrap_or(0);
    let coefficient = num_traits::pow::Pow::pow(c, k);
    Monomial { coefficient, powers: BTreeMap::from([(emit(&monic), n.clone())]) }
}

fn power_of(facts: &Facts, whole: &Term, a: &Term, n: &BigRational) -> Vec<Monomial> {
    if n.is_one() {
        return monomials(facts, a);
    }
    let inner = collect(facts, monomials(facts, a));
    let small =
        n.is_integer().then(|| n.to_integer().to_usize()).flatten().filter(|n| (1..=HIGH).contains(n));
    if let (Some(times_over), true) = (small, facts.finite(a)) {
        let mut result = vec![constant(BigRational::one())];
        for _ in 0..times_over {
            if result.len() * inner.len() > WIDE {
                return vec![atom(whole.clone())];
            }
            result = times(facts, &result, &inner);
        }
        return result;
    }
    if let [one] = inner.as_slice() {
        let positive = one.powers.keys().all(|t| facts.positive(t) && facts.finite(t));
        if one.coefficient.is_one()
            && (positive
                || n.is_positive()
                    && one.powers.len() == 1
                    && one
                        .powers
                        .iter()
                        .all(|(t, m)| m.is_positive() && facts.nonnegative(t) && facts.defined(t)))
        {
            return vec![Monomial {
                coefficient: BigRational::one(),
                powers: one.powers.iter().map(|(t, m)| (t.clone(), m * n)).collect(),
            }];
        }
        if one.powers.is_empty() && n.is_integer() && !one.coefficient.is_zero() {
            let k = n.to_integer().to_i32().filter(|k| k.abs() <= 64);
            if let Some(k) = k {
                return vec![constant(num_traits::pow::Pow::pow(one.coefficient.clone(), k))];
            }
        }
    }
    let base = emit(&inner);
    if matches!(base, Term::Sum(_))
        && n.is_integer()
        && n.is_negative()
        && n.abs() <= BigRational::from_integer(64.into())
        && facts.finite(&base)
        && facts.nonzero(&base)
    {
        return vec![sum_to_the(facts, &base, n)];
    }
    // A root of a sum as a power of it, so that two of them meet.
    if matches!(base, Term::Sum(_)) && (n.is_positive() || facts.positive(&base)) && !n.is_integer() {
        return vec![Monomial {
            coefficient: BigRational::one(),
            powers: BTreeMap::from([(base, n.clone())]),
        }];
    }
    vec![atom(Term::Power(Box::new(base), n.clone()))]
}
