//! Rules of calculation: sums, means of them, logarithms and exponentials.

use super::super::facts::Facts;
use super::super::rewrite::Rewrite;
use super::super::rule::Rule;
use super::super::{arith, extrema, gradients, lemmas, logs, measure};
use crate::term::Term;

/// In the order of the reference.
pub(in super::super) const RULES: &[Rule] = &[
    Rule {
        name: "algebra",
        aliases: &["arithmetic", "cancel", "expand", "log-one"],
        statement: &["a * (b + c) = a * b + a * c"],
        conditions: &["what is cancelled is finite and not 0"],
        definedness: "each side is defined where the other is",
        explanation: "Sums and products in a normal form with exact coefficients. Nothing that may be infinite or 0 is cancelled without a fact that rules it out.",
        definition: true,
        rewrites: &[],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "constant",
        aliases: &["constants", "mean of a constant"],
        statement: &["E[z ~ q(z)] log p(x) = log p(x)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "What does not depend on the point is its own mean, because a law's whole mass is 1.",
        definition: false,
        rewrites: &[measure::constant, gradients::of_constant],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "linearity",
        aliases: &["linear", "linearity of e", "linearity of expectation"],
        statement: &["E[z ~ q(z)] { h(z) + k(z) } = E[z ~ q(z)] h(z) + E[z ~ q(z)] k(z)"],
        conditions: &["all but one of the means are finite"],
        definedness: "the sum of means needs all but one of them finite; then each side is defined where the other is",
        explanation: "E and the integral pass through sums and constant factors, as long as no two means are opposite infinities.",
        definition: false,
        rewrites: &[measure::linearity, extrema::constants, gradients::linear, gradients::factors],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-ratio",
        aliases: &[
            "log-mul",
            "log ratio",
            "log-product",
            "logarithm",
            "log-quotient",
            "log-inverse",
            "log-power",
        ],
        statement: &["log (p(x) / q(x)) = log p(x) - log q(x)"],
        conditions: &["all parts are non-negative"],
        definedness: "each side is defined where the other is",
        explanation: "The logarithm of a product is the sum of the logarithms, of a ratio their difference. With log 0 = -inf both sides are undefined together at 0/0.",
        definition: false,
        rewrites: &[log_spread, log_gather, log_inverted],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-exp",
        aliases: &["exp-log", "inverse"],
        statement: &["log exp a = a"],
        conditions: &["exp log a = a needs a >= 0"],
        definedness: "each side is defined where the other is",
        explanation: "Logarithm and exponential undo each other.",
        definition: false,
        rewrites: &[log_undo],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "exp-add",
        aliases: &["exp-mul", "exp-sum", "exponent"],
        statement: &["exp(a + b) = (exp a) * (exp b)"],
        conditions: &[],
        definedness: "each side is defined where the other is",
        explanation: "The exponential of a sum is the product of the exponentials.",
        definition: false,
        rewrites: &[exp_split, exp_join],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "positive part",
        aliases: &["larger", "max as absolute value", "larger and absolute value"],
        statement: &["larger(a, b) = (a + b + |a - b|) / 2", "smaller(a, b) = (a + b - |a - b|) / 2"],
        conditions: &["a lemma needs 0 <= A <= 1: A * a <= larger(a, 0)"],
        definedness: "the sum needs both finite",
        explanation: "The larger of two numbers is half their sum and distance, so that a positive part is (a + |a|)/2; and no weight between 0 and 1 makes more of a than its positive part.",
        definition: false,
        rewrites: &[larger],
        witnessed: None,
        lemma: Some(lemmas::weighted),
    },
];

fn log_spread(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    logs::spread(facts, term)
        .into_iter()
        .chain(logs::spread_numbers(facts, term))
        .map(Rewrite::same)
        .collect()
}

/// The logarithm of a product is defined where the sum was; the other way only if it can
/// be spread.
fn log_gather(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let to = logs::gather(facts, term);
    to.into_iter()
        .map(|to| {
            let whole = to.clone();
            let spreads =
                move |f: &Facts| arith::summands(&whole).iter().any(|t| logs::spread(f, t).is_some());
            Rewrite::same(to.clone()).needs_backward(facts, "a logarithm that can be spread", &to, spreads)
        })
        .collect()
}

fn log_inverted(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    Rewrite::stands_for(logs::inverted(facts, term))
}

fn log_undo(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    Rewrite::stands_for(logs::undo(facts, term))
}

fn exp_split(_: &Facts, term: &Term) -> Vec<Rewrite> {
    Rewrite::stands_for(logs::split_exponent(term))
}

fn exp_join(_: &Facts, term: &Term) -> Vec<Rewrite> {
    Rewrite::stands_for(logs::join_exponents(term))
}

/// The larger of two numbers is (a + b + |a − b|)/2, the smaller (a + b − |a − b|)/2.
fn larger(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    let (list, up) = match term {
        Term::Larger(list) => (list, true),
        Term::Smaller(list) => (list, false),
        _ => return vec![],
    };
    let [a, b] = list.as_slice() else { return vec![] };
    let gap = Term::Abs(Box::new(arith::sum(vec![a.clone(), arith::negative(b.clone())])));
    let gap = if up { gap } else { arith::negative(gap) };
    let to = arith::quotient(arith::sum(vec![a.clone(), b.clone(), gap]), arith::number(2));
    let both = [a.clone(), b.clone()];
    vec![Rewrite::same(to).needs_forward_list(facts, "finite", &both, |f| f.finite(a) && f.finite(b))]
}
