//! Is an integral finite? Densities are integrated one after the other, and what is bounded
//! changes nothing.

use super::arith::factors;
use super::facts::Facts;
use super::{arith, normal, tree};
use crate::term::{LawAt, Term, Variable};
use num_traits::{One, Zero};

impl Facts<'_> {
    /// Is the argument r/q for the law q, with ∫ r finite?
    pub(super) fn finite_ratio(&self, law: &LawAt, ratio: &Term) -> bool {
        let apart = split_off(ratio, &law.of);
        let product = normal::form(self, &arith::product(vec![Term::Density(law.clone()), apart]));
        let each = |term: &Term| arith::summands(term).iter().all(|t| self.finite_mass(law, &upright(t)));
        each(&product)
            || each(&normal::form(self, &joined(&product)))
            || own_kernels(law, ratio)
                .into_iter()
                .any(|split| each(&normal::form(self, &arith::product(vec![split, ratio.clone()]))))
    }

    fn finite_mass(&self, law: &LawAt, product: &Term) -> bool {
        let above = match product {
            Term::Quotient(a, b) if tree::independent(b, &law.of) && self.positive(b) => &**a,
            other => other,
        };
        let (moving, fixed): (Vec<_>, Vec<_>) =
            factors(above).into_iter().partition(|t| !tree::independent(t, &law.of));
        fixed.iter().all(|t| self.finite(t)) && self.integrable_density(&moving, &law.of)
    }

    /// Is ∫ of the absolute value finite, because each summand's is?
    pub(super) fn integrable_sum(&self, body: &Term, over: &[Variable]) -> bool {
        match body {
            Term::Sum(list) | Term::Larger(list) | Term::Smaller(list) => {
                list.iter().all(|t| self.integrable_sum(t, over))
            }
            Term::Negative(a) | Term::Abs(a) => self.integrable_sum(a, over),
            Term::Number(n) => n.is_zero(),
            other => {
                let list = factors(&upright(other));
                if self.integrable_density(&list, over) {
                    return true;
                }
                // What is bounded, times one thing more.
                let (_, wild): (Vec<_>, Vec<_>) = list.iter().partition(|t| self.bounded(t, over));
                matches!(wild.as_slice(), [one] if matches!(one, Term::Sum(_) | Term::Abs(_) | Term::Larger(_) | Term::Smaller(_)) && self.integrable_sum(one, over))
            }
        }
    }

    /// Is ∫ of the product of densities and bounded factors finite, because one can
    /// integrate one density after the other?
    pub(super) fn integrable_density(&self, list: &[Term], over: &[Variable]) -> bool {
        let mut left: Vec<&LawAt> = vec![];
        for factor in list {
            match factor {
                Term::Density(law) => left.push(law),
                other if self.bounded(other, over) => {}
                _ => return false,
            }
        }
        let mut variables: Vec<&Variable> = over.iter().collect();
        while !variables.is_empty() {
            // Of p(x)² neither factor is next: each stands in the other's way.
            let next = left.iter().enumerate().find(|(i, d)| {
                let others = || left.iter().enumerate().filter(|(j, _)| j != i);
                let mut here = d.of.iter().filter(|v| variables.contains(v)).peekable();
                here.peek().is_some()
                    && here.all(|v| others().all(|(_, o)| !o.of.contains(v) && !o.given.contains(v)))
            });
            let Some((next, _)) = next else { return false };
            let gone = left.remove(next);
            // On the real line only a law of these variables alone integrates to a finite
            // number; its other points must be fixed, where its marginal is finite.
            variables.retain(|v| !gone.of.contains(v));
        }
        true
    }

    /// Is the sum of logarithms log(r/q) for the law q, with ∫ r finite?
    pub(super) fn log_ratio(&self, law: &LawAt, sum: &Term) -> bool {
        let terms = match sum {
            Term::Sum(terms) => terms.clone(),
            other => vec![other.clone()],
        };
        // What is bounded changes nothing.
        let tame = |t: &Term| match t {
            Term::Log(a) => matches!(&**a, Term::Exp(b) if self.bounded(b, &law.of)),
            other => self.bounded(other, &law.of),
        };
        let mut ratio = vec![];
        for term in &terms {
            match term {
                Term::Negative(a) if tame(a) => {}
                term if tame(term) => {}
                Term::Log(a) => ratio.push((**a).clone()),
                Term::Negative(a) => match &**a {
                    Term::Log(b) => ratio.push(Term::Quotient(Box::new(Term::Number(One::one())), b.clone())),
                    _ => return false,
                },
                other if tree::independent(other, &law.of) && self.below(other) => {}
                _ => return false,
            }
        }
        !ratio.is_empty() && self.finite_ratio(law, &arith::product(ratio))
    }
}

/// p(x, z) as p(x)·p(z | x), where only z is among these variables.
fn split_off(term: &Term, of: &[Variable]) -> Term {
    let Term::Density(law) = term else { return tree::map_children(term, &mut |t| split_off(t, of)) };
    let (inner, outer): (Vec<Variable>, Vec<Variable>) = law.of.iter().cloned().partition(|v| of.contains(v));
    if inner.is_empty() || outer.is_empty() || law.given.iter().any(|v| of.contains(v)) {
        return term.clone();
    }
    let mut given: Vec<Variable> = law.given.iter().chain(&outer).cloned().collect();
    given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
    let marginal = LawAt { of: outer, ..law.clone() };
    let kernel = LawAt { of: inner, given, ..law.clone() };
    Term::Product(vec![Term::Density(marginal), Term::Density(kernel)])
}

/// The law's density p(x, y) as p(x)·p(y | x) where the ratio divides by such a kernel.
fn own_kernels(law: &LawAt, ratio: &Term) -> Vec<Term> {
    let Term::Quotient(_, below) = ratio else { return vec![] };
    let kernel = |factor: Term| {
        let Term::Density(kernel) = factor else { return None };
        let of: Vec<Variable> = law.of.iter().filter(|v| !kernel.of.contains(v)).cloned().collect();
        let head = LawAt { of, ..law.clone() };
        (super::positivity::join(&kernel, &head)? == *law)
            .then(|| Term::Product(vec![Term::Density(head), Term::Density(kernel)]))
    };
    factors(below).into_iter().filter_map(kernel).collect()
}

/// Densities of one law joined, p(x)·p(z | x) to p(x, z), above and below.
fn joined(term: &Term) -> Term {
    let join = |term: &Term| {
        let mut list = factors(term);
        loop {
            let pair = list.iter().enumerate().find_map(|(i, a)| {
                list.iter().enumerate().find_map(|(j, b)| match (a, b) {
                    (Term::Density(a), Term::Density(b)) if i != j => {
                        Some((i, j, super::positivity::join(a, b)?))
                    }
                    _ => None,
                })
            });
            let Some((i, j, joint)) = pair else { return arith::product(list) };
            list.remove(i.max(j));
            list.remove(i.min(j));
            list.push(Term::Density(joint));
        }
    };
    match term {
        Term::Quotient(a, b) => arith::quotient(join(a), join(b)),
        other => join(other),
    }
}

/// Is the term made of densities by products, quotients and powers?
pub(super) fn bare_ratio(term: &Term) -> bool {
    match term {
        Term::Density(_) | Term::Number(_) => true,
        Term::Product(_) | Term::Quotient(..) | Term::Power(..) => {
            tree::children(term).into_iter().all(bare_ratio)
        }
        _ => false,
    }
}

/// A summand without its number, which changes nothing about whether its mass is finite.
fn upright(term: &Term) -> Term {
    let (c, rest) = arith::coefficient(term);
    if c.is_zero() { term.clone() } else { rest }
}

/// ∫ q·h as E_q h, for a density q of the variables integrated over.
pub(super) fn mean(over: &[Variable], body: &Term) -> Option<Term> {
    let list = factors(body);
    let same = |law: &LawAt| law.of.len() == over.len() && over.iter().all(|v| law.of.contains(v));
    let (at, law) = list.iter().enumerate().find_map(|(i, factor)| match factor {
        Term::Density(law) if same(law) => Some((i, law.clone())),
        _ => None,
    })?;
    let rest = list.into_iter().enumerate().filter(|(i, _)| *i != at).map(|(_, t)| t).collect();
    Some(Term::Expectation { law, body: Box::new(arith::product(rest)) })
}
