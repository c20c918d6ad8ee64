//! The normal form of arithmetic: sums of products with exact coefficients, sorted.
//!
//! Each step keeps the value *and* whether there is one: what might be ∞ − ∞ or 0/0 is
//! only simplified where a fact rules that out. So two terms with the same normal form
//! are equal in every model, defined or not.

use super::arith::{coefficient, negative, number, product, quotient, scaled, sum};
use super::facts::Facts;
use super::tree;
use crate::term::Term;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A coefficient times powers of terms that are no sums, products or quotients.
#[derive(Clone, Debug, PartialEq)]
struct Monomial {
    coefficient: BigRational,
    powers: BTreeMap<Term, BigRational>,
}

impl Monomial {
    /// Is a whole power of a sum among its factors?
    fn holds_sum(&self) -> bool {
        self.powers.iter().any(|(base, n)| matches!(base, Term::Sum(_)) && n.is_integer() && n.is_positive())
    }
}

/// Products of sums are multiplied out up to this many summands.
const WIDE: usize = 48;
/// Whole powers of sums are multiplied out up to this exponent.
const HIGH: usize = 4;

/// The normal form, by the facts at the term's place.
pub(super) fn normal(facts: &Facts, term: &Term) -> Term {
    facts.remembered(term, || {
        let inner: Vec<Term> = tree::children(term)
            .into_iter()
            .enumerate()
            .map(|(i, t)| match term {
                Term::Quotient(..) if i == 1 => normal_divisor(facts, t),
                _ => normal(&facts.within(term, i), t),
            })
            .collect();
        let term = tree::with_children(term, inner);
        match &term {
            Term::Sum(_) | Term::Product(_) | Term::Negative(_) | Term::Quotient(..) | Term::Power(..) => {
                let list = collect(facts, monomials(facts, &term));
                let once = emit(&list);
                // Roots of a sum that met leave the sum itself, to be multiplied out.
                if list.iter().any(Monomial::holds_sum) {
                    emit(&collect(facts, monomials(facts, &once)))
                } else {
                    once
                }
            }
            Term::Log(a) if matches!(&**a, Term::Number(n) if n.is_one()) => number(0),
            Term::Exp(a) if matches!(&**a, Term::Number(n) if n.is_zero()) => number(1),
            Term::Abs(a) => absolute(facts, a),
            Term::Larger(terms) | Term::Smaller(terms) => {
                let mut sorted = terms.clone();
                sorted.sort();
                if matches!(term, Term::Larger(_)) { Term::Larger(sorted) } else { Term::Smaller(sorted) }
            }
            _ => term,
        }
    })
}

/// A divisor in normal form, but for powers of sums, which are not multiplied out.
fn normal_divisor(facts: &Facts, term: &Term) -> Term {
    match term {
        Term::Power(a, n) if n.is_integer() && n.is_positive() => match normal(facts, a) {
            base @ Term::Sum(_) => Term::Power(Box::new(base), n.clone()),
            _ => normal(facts, term),
        },
        _ => normal(facts, term),
    }
}

/// |a| with what is known of a's sign taken out: numbers, factors that are never negative,
/// a density that all summands share; of a and −a the first in order.
fn absolute(facts: &Facts, a: &Term) -> Term {
    let abs = |t: Term| Term::Abs(Box::new(t));
    let tidy = |t: Term| emit(&collect(facts, monomials(facts, &t)));
    if facts.nonnegative(a) {
        return a.clone();
    }
    let (c, rest) = coefficient(a);
    match &rest {
        Term::Number(n) => Term::Number((c * n).abs()),
        Term::Sum(list) => {
            let shared = factors(&list[0]).into_iter().find(|t| {
                matches!(t, Term::Density(_)) && list.iter().all(|s| factors(&coefficient(s).1).contains(t))
            });
            if let Some(density) = shared {
                let without = |t: &Term| {
                    let (c, rest) = coefficient(t);
                    let mut list = factors(&rest);
                    if let Some(at) = list.iter().position(|t| *t == density) {
                        list.remove(at);
                    }
                    scaled(&c, product(list))
                };
                let inner = sum(list.iter().map(without).collect());
                let whole = Term::Product(vec![density.clone(), abs(inner.clone())]);
                let inner = normal(&facts.within(&whole, 1), &abs(inner));
                return tidy(product(vec![Term::Number(c.abs()), density, inner]));
            }
            let opposite = normal(facts, &negative(rest.clone()));
            let first = if opposite < rest { opposite } else { rest.clone() };
            tidy(product(vec![Term::Number(c.abs()), abs(first)]))
        }
        Term::Product(list) => {
            let known = |t: &Term| matches!(t, Term::Density(_)) || facts.nonnegative(t);
            let (outside, inside): (Vec<Term>, Vec<Term>) = list.iter().cloned().partition(known);
            let mut list = vec![Term::Number(c.abs())];
            list.extend(outside);
            list.push(abs(product(inside)));
            tidy(product(list))
        }
        other => tidy(product(vec![Term::Number(c.abs()), abs(other.clone())])),
    }
}

fn factors(term: &Term) -> Vec<Term> {
    match term {
        Term::Product(list) => list.clone(),
        other => vec![other.clone()],
    }
}

fn atom(term: Term) -> Monomial {
    Monomial { coefficient: BigRational::one(), powers: BTreeMap::from([(term, BigRational::one())]) }
}

fn constant(n: BigRational) -> Monomial {
    Monomial { coefficient: n, powers: BTreeMap::new() }
}

/// A term whose subterms are in normal form, as a sum of monomials.
fn monomials(facts: &Facts, term: &Term) -> Vec<Monomial> {
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

fn scale(list: Vec<Monomial>, by: &BigRational) -> Vec<Monomial> {
    list.into_iter().map(|m| Monomial { coefficient: m.coefficient * by, ..m }).collect()
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

/// The monomial, or as one atom if it divides by what may be 0 or infinite out here.
fn kept_together(facts: &Facts, m: Monomial) -> Monomial {
    let safe =
        |(base, n): (&Term, &BigRational)| !n.is_negative() || facts.nonzero(base) && facts.finite(base);
    if m.powers.iter().all(safe) {
        return m;
    }
    let whole = emit_one(&Monomial { coefficient: BigRational::one(), powers: m.powers });
    Monomial { coefficient: m.coefficient, ..atom(whole) }
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

fn times(facts: &Facts, a: &[Monomial], b: &[Monomial]) -> Vec<Monomial> {
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

fn merge(facts: &Facts, powers: &mut BTreeMap<Term, BigRational>, base: &Term, n: &BigRational) {
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
fn cancel(facts: &Facts, above: &mut Monomial, below: &mut Monomial) {
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

fn monic(list: &[Monomial]) -> (BigRational, Vec<Monomial>) {
    let mut sorted = list.to_vec();
    sorted.sort_by(|a, b| a.powers.cmp(&b.powers));
    let c = sorted.first().map_or_else(BigRational::one, |m| m.coefficient.abs());
    if c.is_zero() {
        return (BigRational::one(), sorted);
    }
    (c.clone(), scale(sorted, &c.recip()))
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

/// Like monomials together; opposite ones only where they are finite.
fn collect(facts: &Facts, list: Vec<Monomial>) -> Vec<Monomial> {
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

fn emit_one(m: &Monomial) -> Term {
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

fn emit(list: &[Monomial]) -> Term {
    let mut terms: Vec<Term> = list.iter().map(emit_one).collect();
    terms.sort();
    sum(terms)
}
