//! Means that are sums with weights: under a law declared as a mixture, and Jensen's
//! inequality for weights that add up to 1.

use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, definitions, normal, rename, show, tree};
use crate::term::{LawAt, Part, Term, Variable};
use num_rational::BigRational;
use num_traits::One;

/// E_m h = a·E_p h + b·E_q h for a law declared as m = a·p + b·q, a, b > 0.
///
/// The parts of h, positive and negative, have under m the mixture of their integrals
/// under p and q, and where m is 0 so are both: each side is defined where the other is.
pub(super) fn means(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Expectation { law, body } = term else { return vec![] };
    if let Some(law) = essential(facts, law, body) {
        return vec![Rewrite::same(Term::Expectation { law, body: body.clone() })];
    }
    let Some(parts) = parts(facts, law) else { return vec![] };
    let weights: Vec<Term> = parts.iter().map(|(weight, _)| weight.clone()).collect();
    let each = parts.into_iter().map(|(weight, part)| {
        arith::product(vec![weight, Term::Expectation { law: part, body: body.clone() }])
    });
    let to = Term::Sum(each.collect());
    let shown: Vec<String> = weights.iter().map(|w| show::term(facts.names, w)).collect();
    let text = format!("{} is positive", shown.join(", "));
    vec![
        Rewrite::same(to).needs_text(facts, &text, |f| {
            weights.iter().all(|weight| f.positive(weight) && f.finite(weight))
        }),
    ]
}

/// The density under which the mean is the same as under a law declared as a product of
/// densities, r(x, y) = p(x)·k(y | x): what the integrand does not depend on integrates
/// to 1, one density after the other.
pub(super) fn essential(facts: &Facts, law: &LawAt, body: &Term) -> Option<LawAt> {
    let (points, formula) = facts.law(&law.law)?.definition.as_ref().filter(|_| law.given.is_empty())?;
    let here = |point: &Variable| law.of.iter().find(|v| v.space == point.space);
    let renaming: rename::Renaming =
        points.iter().filter_map(|point| Some((point.clone(), here(point)?.clone()))).collect();
    let mut left: Vec<LawAt> = vec![];
    for factor in arith::factors(formula) {
        let Term::Density(density) = &factor else { return None };
        left.push(rename::law(density, &renaming));
    }
    let idle = |d: &LawAt, others: &[LawAt]| {
        d.of.iter().all(|v| {
            tree::independent(body, std::slice::from_ref(v))
                && others.iter().filter(|o| *o != d).all(|o| !o.of.contains(v) && !o.given.contains(v))
        })
    };
    while left.len() > 1 {
        let at = left.iter().position(|d| idle(d, &left))?;
        left.remove(at);
    }
    let [one] = left.as_slice() else { return None };
    one.of.iter().all(|v| law.of.contains(v)).then(|| one.clone())
}

/// The weights and the laws of a law declared as their mixture.
fn parts(facts: &Facts, law: &LawAt) -> Option<Vec<(Term, LawAt)>> {
    let formula = definitions::unfold_law(facts.law(&law.law)?, law)?;
    let Term::Sum(list) = normal::form(facts, &formula) else { return None };
    let points = |l: &LawAt| super::factoring::sorted(l.of.clone());
    let part = |term: &Term| {
        let (c, rest) = arith::coefficient(term);
        let (mut weight, mut own) = (vec![Term::Number(c)], None);
        for factor in arith::factors(&rest) {
            match factor {
                Term::Density(of) if points(&of) == points(law) && own.is_none() => own = Some(of),
                other if tree::independent(&other, &law.of) => weight.push(other),
                _ => return None,
            }
        }
        Some((arith::product(weight), own?))
    };
    let mut found: Vec<(Term, LawAt)> = vec![];
    for (weight, law) in list.iter().map(part).collect::<Option<Vec<_>>>()? {
        match found.iter_mut().find(|(_, known)| *known == law) {
            Some((whole, _)) => *whole = normal::form(facts, &arith::sum(vec![whole.clone(), weight])),
            None => found.push((weight, law)),
        }
    }
    Some(found)
}

/// log (a·x + b·y) ≥ a·log x + b·log y for a + b = 1, a, b ≥ 0; for exp, squares and
/// generators, which are convex, the other way.
pub(super) fn jensen(facts: &Facts, term: &Term) -> Vec<(Rewrite, Side)> {
    let two = BigRational::from_integer(2.into());
    let (argument, side) = match term {
        Term::Log(a) => (a, Side::AtLeast),
        Term::Exp(a) => (a, Side::AtMost),
        Term::Power(a, n) if *n == two => (a, Side::AtMost),
        Term::Generator { part: Part::Value | Part::Conjugate, argument, .. } => (argument, Side::AtMost),
        _ => return vec![],
    };
    let concave = side == Side::AtLeast;
    let at = |x: &Term| tree::with_children(term, vec![x.clone()]);
    let mut found = vec![];
    for split in splits(facts, argument) {
        let to = split.iter().map(|(weight, x)| arith::product(vec![weight.clone(), at(x)])).collect();
        let mut bound = Rewrite::same(Term::Sum(to));
        for (weight, x) in &split {
            bound = bound.needs_both(facts, "non-negative", weight, |f| f.nonnegative(weight));
            if concave {
                bound = bound.needs_both(facts, "non-negative", x, |f| f.nonnegative(x));
            }
        }
        found.push((bound, side));
    }
    found
}

/// So many summands are looked at, and so many ways to part them.
const MOST: usize = 4;
const MOST_WAYS: usize = 64;

/// The ways to read a sum as Σ weight·value with weights that add up to 1.
fn splits(facts: &Facts, sum: &Term) -> Vec<Vec<(Term, Term)>> {
    let list: Vec<Term> = match sum {
        Term::Sum(list) => list.clone(),
        Term::Quotient(above, below) => match &**above {
            Term::Sum(list) => list.iter().map(|t| arith::quotient(t.clone(), (**below).clone())).collect(),
            _ => return vec![],
        },
        Term::Product(factors) => {
            let Some(at) = factors.iter().position(|t| matches!(t, Term::Sum(_))) else { return vec![] };
            let Term::Sum(list) = &factors[at] else { return vec![] };
            let with = |t: &Term| {
                let mut factors = factors.clone();
                factors[at] = t.clone();
                arith::product(factors)
            };
            list.iter().map(with).collect()
        }
        _ => return vec![],
    };
    if list.len() > MOST {
        return vec![];
    }
    let mut ways: Vec<Vec<(Term, Term)>> = vec![vec![]];
    for summand in &list {
        let own = parted(summand);
        ways = ways
            .iter()
            .flat_map(|way| own.iter().map(|part| way.iter().cloned().chain([part.clone()]).collect()))
            .take(MOST_WAYS)
            .collect();
    }
    let whole = |way: &Vec<(Term, Term)>| {
        let weights = way.iter().map(|(weight, _)| weight.clone()).collect();
        normal::form(facts, &arith::sum(weights)) == arith::number(1)
    };
    ways.into_iter().filter(whole).collect()
}

/// Weight and value of a summand: its number is weight, and of its other factors one or
/// none.
fn parted(summand: &Term) -> Vec<(Term, Term)> {
    let (c, rest) = match summand {
        Term::Quotient(a, b) if matches!(&**b, Term::Number(_)) => {
            arith::coefficient(&arith::quotient((**a).clone(), (**b).clone()))
        }
        other => arith::coefficient(other),
    };
    let number = Term::Number(c.clone());
    let factors = arith::factors(&rest);
    let mut found = vec![(number.clone(), rest.clone())];
    for (at, factor) in factors.iter().enumerate().filter(|_| factors.len() > 1) {
        let others = factors.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t.clone()).collect();
        let weight =
            if c.is_one() { factor.clone() } else { arith::product(vec![number.clone(), factor.clone()]) };
        found.push((weight, arith::product(others)));
    }
    found
}
