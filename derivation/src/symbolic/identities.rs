//! Identities that the definitions give at once: a law's whole mass, the cross-entropy,
//! χ² from the second moment.

use super::arith;
use super::facts::Facts;
use super::rewrite::Rewrite;
use super::show;
use crate::term::{Distance, Term};
use num_rational::BigRational;

/// ∫ p = 1 over all of p's variables.
pub(super) fn total_mass(_: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Integral { over, body } = term else { return vec![] };
    match &**body {
        Term::Density(law) if law.of.len() == over.len() && over.iter().all(|v| law.of.contains(v)) => {
            vec![Rewrite::same(arith::number(1))]
        }
        _ => vec![],
    }
}

/// H(p, q) = H(p) + KL(p ‖ q) where H(p) is finite: then log p has a finite mean, and
/// log q one where log(p/q) has, which is always.
pub(super) fn cross_entropy(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Distance { kind: Distance::CrossEntropy, p, q } = term else { return vec![] };
    let entropy = Term::Entropy(p.clone());
    let kl = Term::Distance { kind: Distance::Kl, p: p.clone(), q: q.clone() };
    let to = Term::Sum(vec![entropy.clone(), kl]);
    vec![Rewrite::same(to).needs_both(facts, "finite", &entropy, |f| f.finite(&entropy))]
}

/// χ²(p ‖ q) = E_q (p/q)² − 1 for p ≪ q: the mean of p/q is then 1, which is finite, so
/// that the square may be multiplied out even where its mean is infinite.
pub(super) fn chi2_moment(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let Term::Distance { kind: Distance::Chi2, p, q } = term else { return vec![] };
    let ratio = arith::quotient(Term::Density(p.clone()), Term::Density(q.clone()));
    let square = Term::Power(Box::new(ratio), BigRational::from_integer(2.into()));
    let moment = Term::Expectation { law: q.clone(), body: Box::new(square) };
    let to = Term::Sum(vec![moment, arith::number(-1)]);
    vec![Rewrite::same(to).needs_text(facts, &show::dominated(p, q), |f| f.dominated(p, q))]
}
