//! Inequalities of convexity: Jensen's, tangents of the logarithm, f** ≤ f.

use super::arith::expectation;
use super::facts::Facts;
use super::rewrite::{Rewrite, Side};
use super::{arith, mixture, normal};
use crate::chain::Witness;
use crate::term::{LawAt, Part, Term};
use num_rational::BigRational;

/// Jensen: log E h ≥ E log h; E f(h) ≥ f(E h) for a convex f; E exp h ≥ exp E h;
/// E h² ≥ (E h)².
pub(super) fn jensen(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let two = BigRational::from_integer(2.into());
    let mean = |h: &Term, law: &LawAt| Box::new(expectation(law, h.clone()));
    let weighted = mixture::jensen(facts, term);
    if !weighted.is_empty() {
        return weighted;
    }
    match term {
        Term::Log(a) => match &**a {
            Term::Expectation { law, body } => {
                let to = expectation(law, Term::Log(body.clone()));
                let inside = facts.within(a, 0);
                vec![(
                    Rewrite::same(to).needs_both(facts, "non-negative", body, |_| inside.nonnegative(body)),
                    Side::AtLeast,
                )]
            }
            _ => vec![],
        },
        Term::Generator { name, part: part @ (Part::Value | Part::Conjugate), argument } => match &**argument
        {
            Term::Expectation { law, body } => {
                let inner = Term::Generator { name: name.clone(), part: *part, argument: body.clone() };
                vec![(
                    Rewrite::same(expectation(law, inner))
                        .needs_both(facts, "finite", argument, |f| f.finite(argument)),
                    Side::AtMost,
                )]
            }
            _ => vec![],
        },
        Term::Abs(a) => match &**a {
            Term::Expectation { law, body } => {
                vec![(Rewrite::same(expectation(law, Term::Abs(body.clone()))), Side::AtMost)]
            }
            _ => vec![],
        },
        Term::Exp(a) => match &**a {
            Term::Expectation { law, body } => vec![(
                Rewrite::same(expectation(law, Term::Exp(body.clone()))).needs_both(
                    facts,
                    "defined",
                    a,
                    |f| f.defined(a),
                ),
                Side::AtMost,
            )],
            _ => vec![],
        },
        Term::Power(a, n) if *n == two => match &**a {
            Term::Expectation { law, body } => vec![(
                Rewrite::same(expectation(law, Term::Power(body.clone(), two))).needs_both(
                    facts,
                    "defined",
                    a,
                    |f| f.defined(a),
                ),
                Side::AtMost,
            )],
            _ => vec![],
        },
        Term::Expectation { law, body } => {
            let inside = facts.within(term, 0);
            match &**body {
                Term::Log(h) => vec![(
                    Rewrite::same(Term::Log(mean(h, law)))
                        .needs_both(facts, "non-negative", h, |_| inside.nonnegative(h)),
                    Side::AtMost,
                )],
                Term::Generator { name, part: part @ (Part::Value | Part::Conjugate), argument } => {
                    let inner = mean(argument, law);
                    let shown = (*inner).clone();
                    let to = Term::Generator { name: name.clone(), part: *part, argument: inner };
                    vec![(
                        Rewrite::same(to).needs_both(facts, "finite", &shown, |f| f.finite(&shown)),
                        Side::AtLeast,
                    )]
                }
                Term::Exp(h) => vec![(Rewrite::same(Term::Exp(mean(h, law))), Side::AtLeast)],
                Term::Power(h, n) if *n == two => {
                    vec![(Rewrite::same(Term::Power(mean(h, law), two)), Side::AtLeast)]
                }
                _ => vec![],
            }
        }
        _ => vec![],
    }
}

/// log x ≤ x − 1, for x ≥ 0.
pub(super) fn tangent(facts: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Log(a) = term else { return vec![] };
    let line = Term::Sum(vec![(**a).clone(), arith::number(-1)]);
    let below = Rewrite::same(line).needs_both(facts, "non-negative", a, |f| f.nonnegative(a));
    // The same of 1/x: log x ≥ 1 − 1/x.
    let inverse =
        Term::Sum(vec![arith::number(1), arith::negative(arith::quotient(arith::number(1), (**a).clone()))]);
    let above =
        Rewrite::same(normal::form(facts, &inverse)).needs_both(facts, "positive", a, |f| f.positive(a));
    vec![(below, Side::AtMost), (above, Side::AtLeast)]
}

/// f** ≤ f
pub(super) fn biconjugate(_: &Facts, term: &Term, _: Option<&Witness>) -> Vec<(Rewrite, Side)> {
    let Term::Generator { name, part, argument } = term else { return vec![] };
    let with = |part: Part| Term::Generator { name: name.clone(), part, argument: argument.clone() };
    match part {
        Part::Biconjugate => vec![(Rewrite::same(with(Part::Value)), Side::AtMost)],
        Part::Value => vec![(Rewrite::same(with(Part::Biconjugate)), Side::AtLeast)],
        _ => vec![],
    }
}
