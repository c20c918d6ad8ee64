//! Monomials, and sums of them: multiplied, put together where they are alike, and written
//! as terms again. What might be ∞ − ∞ or 0/0 stays apart.

use super::arith::{product, quotient, scaled, sum};
use super::facts::Facts;
use crate::term::Term;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A coefficient times powers of terms that are no sums, products or quotients.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Monomial {
    pub(super) coefficient: BigRational,
    pub(super) powers: BTreeMap<Term, BigRational>,
}

impl Monomial {
    /// Is a whole power of a sum among its factors?
    pub(super) fn holds_sum(&self) -> bool {
        self.powers.iter().any(|(base, n)| matches!(base, Term::Sum(_)) && n.is_integer() && n.is_positive())
    }
}

/// Whole powers of sums are multiplied out up to this exponent.
pub(super) const HIGH: usize = 4;

pub(super) fn atom(term: Term) -> Monomial {
    Monomial { coefficient: BigRational::one(), powers: BTreeMap::from([(term, BigRational::one())]) }
}

pub(super) fn constant(n: BigRational) -> Monomial {
    Monomial { coefficient: n, powers: BTreeMap::new() }
}

pub(super) fn scale(list: Vec<Monomial>, by: &BigRational) -> Vec<Monomial> {
    list.into_iter().map(|m| Monomial { coefficient: m.coefficient * by, ..m }).collect()
}

pub(super) fn times(facts: &Facts, a: &[Monomial], b: &[Monomial]) -> Vec<Monomial> {
    let mut result = vec![];
    for x in a {
        for y in b {
            let mut powers = x.powers.clone();
            for (base, n) in &y.powers {
                merge(facts, &mut powers, base, n);
            }
            result.push(Monomial { coefficient: &x.coefficient * &y.coefficient, powers });
        }
    }
    result
}

pub(super) fn merge(facts: &Facts, powers: &mut BTreeMap<Term, BigRational>, base: &Term, n: &BigRational) {
    let Some(m) = powers.get(base).cloned() else {
        powers.insert(base.clone(), n.clone());
        return;
    };
    let whole = |x: &BigRational| x.is_integer() && x.is_positive();
    let both_whole = whole(&m) && whole(n);
    let roots = m.is_positive() && n.is_positive() && facts.nonnegative(base) && facts.defined(base);
    if both_whole
        || roots
        || facts.positive(base) && facts.finite(base)
        || m.is_integer() && n.is_integer() && facts.nonzero(base) && facts.finite(base)
    {
        let total = m + n;
        if total.is_zero() {
            powers.remove(base);
        } else {
            powers.insert(base.clone(), total);
        }
    } else {
        // They stay apart: one of the two as a power of its own.
        let apart = Term::Power(Box::new(base.clone()), n.clone());
        let count = powers.get(&apart).cloned().unwrap_or_else(BigRational::zero) + BigRational::one();
        powers.insert(apart, count);
    }
}

/// Takes out what is above and below and is positive and finite, whatever the rest may be:
/// (w·a)/(w·b) = a/b also where b is 0.
pub(super) fn cancel(facts: &Facts, above: &mut Monomial, below: &mut Monomial) {
    let shared: Vec<(Term, BigRational)> = below
        .powers
        .iter()
        .filter(|(_, n)| n.is_positive())
        .filter_map(|(base, n)| {
            let m = above.powers.get(base).filter(|m| m.is_positive())?;
            (facts.positive(base) && facts.finite(base)).then(|| (base.clone(), m.min(n).clone()))
        })
        .collect();
    for (base, n) in shared {
        for powers in [&mut above.powers, &mut below.powers] {
            if let Some(left) = powers.get_mut(&base) {
                *left -= &n;
            }
            powers.retain(|_, left| !left.is_zero());
        }
    }
}

pub(super) fn monic(list: &[Monomial]) -> (BigRational, Vec<Monomial>) {
    let mut sorted = list.to_vec();
    sorted.sort_by(|a, b| a.powers.cmp(&b.powers));
    let c = sorted.first().map_or_else(BigRational::one, |m| m.coefficient.abs());
    if c.is_zero() {
        return (BigRational::one(), sorted);
    }
    (c.clone(), scale(sorted, &c.recip()))
}

/// The monomial, or as one atom if it divides by what may be 0 or infinite out here.
pub(super) fn kept_together(facts: &Facts, m: Monomial) -> Monomial {
    let safe =
        |(base, n): (&Term, &BigRational)| !n.is_negative() || facts.nonzero(base) && facts.finite(base);
    if m.powers.iter().all(safe) {
        return m;
    }
    let whole = emit_one(&Monomial { coefficient: BigRational::one(), powers: m.powers });
    Monomial { coefficient: m.coefficient, ..atom(whole) }
}

/// Like monomials together; opposite ones only where they are finite.
pub(super) fn collect(facts: &Facts, list: Vec<Monomial>) -> Vec<Monomial> {
    let mut result: Vec<Monomial> = vec![];
    for m in list {
        if m.coefficient.is_zero() && m.powers.is_empty() {
            continue;
        }
        let same_sign = |other: &Monomial| other.coefficient.is_negative() == m.coefficient.is_negative();
        let finite = || facts.finite(&emit_one(&Monomial { coefficient: BigRational::one(), ..m.clone() }));
        if m.coefficient.is_zero() && finite() {
            continue;
        }
        let mut at = result.iter().position(|o| o.powers == m.powers && same_sign(o));
        if at.is_none() && result.iter().any(|o| o.powers == m.powers) && finite() {
            at = result.iter().position(|o| o.powers == m.powers);
        }
        match at {
            Some(at) => {
                result[at].coefficient += &m.coefficient;
                if result[at].coefficient.is_zero() {
                    result.remove(at);
                }
            }
            None => result.push(m),
        }
    }
    result
}

pub(super) fn emit_one(m: &Monomial) -> Term {
    let (mut above, mut below) = (vec![], vec![]);
    for (base, n) in &m.powers {
        let list = if n.is_negative() { &mut below } else { &mut above };
        let n = n.abs();
        match n.to_integer().to_usize() {
            Some(k) if n.is_integer() && (k == 1 || k <= HIGH && matches!(base, Term::Density(_))) => {
                list.extend(std::iter::repeat_n(base.clone(), k));
            }
            _ => list.push(Term::Power(Box::new(base.clone()), n)),
        }
    }
    let above = product(above);
    let body = if below.is_empty() { above } else { quotient(above, product(below)) };
    scaled(&m.coefficient, body)
}

pub(super) fn emit(list: &[Monomial]) -> Term {
    let mut terms: Vec<Term> = list.iter().map(emit_one).collect();
    terms.sort();
    sum(terms)
}
