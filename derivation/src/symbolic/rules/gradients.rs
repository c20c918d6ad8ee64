//! Rules on derivatives in a number.

use super::super::facts::Facts;
use super::super::rewrite::Rewrite;
use super::super::rule::Rule;
use super::super::{definitions, gradients};
use crate::term::Term;

/// In the order of the reference.
pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "differentiate under E",
        aliases: &[
            "differentiation under e",
            "differentiate under int",
            "leibniz",
            "differentiate under the integral",
        ],
        statement: &[],
        conditions: &["the law is regular", "the integrand is bounded"],
        definedness: "each side is defined where the other is",
        explanation: "Derivative and mean may be exchanged where an integrable function bounds the derivative: what `regular` says.",
        definition: false,
        rewrites: &[gradients::under],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "log-derivative",
        aliases: &["score", "log derivative trick", "log-derivative trick"],
        statement: &[],
        conditions: &["the law has constant support"],
        definedness: "each side is defined where the other is",
        explanation: "The derivative of a density is the density times its score.",
        definition: false,
        rewrites: &[gradients::of_logarithm],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "derivative",
        aliases: &["differentiate", "derivative of a constant"],
        statement: &[],
        conditions: &["the factors pulled out are finite and not 0"],
        definedness: "each side is defined where the other is",
        explanation: "The rules of differentiation for what is smooth by its form.",
        definition: false,
        rewrites: &[gradients::constants, gradients::linear],
        witnessed: None,
        lemma: None,
    },
    Rule {
        name: "reparameterize",
        aliases: &[
            "reparameterise",
            "reparameterization",
            "reparametrize",
            "pushforward",
            "change of variables",
        ],
        statement: &[],
        conditions: &["the law was declared as the law of a function of noise"],
        definedness: "each side is defined where the other is",
        explanation: "The mean of h(z) under the law of g(e, theta) is the mean of h(g(e, theta)) over the noise.",
        definition: false,
        rewrites: &[pull_back],
        witnessed: None,
        lemma: None,
    },
];

fn pull_back(facts: &Facts, term: &Term) -> Vec<Rewrite> {
    Rewrite::stands_for(definitions::pull_back(facts, term))
}
