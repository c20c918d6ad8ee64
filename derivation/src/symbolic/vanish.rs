//! Is a derivative 0? A stationary point is one where it is, and that takes a proof of its
//! own, by the rules that need no extrema.

use super::equality::equality;
use super::facts::Facts;
use super::limits::Limits;
use super::rule::{Cited, Rule};
use super::rules::{calculation, laws};
use super::{arith, extrema, fraction, logs};
use crate::term::Term;

/// Not for citing: a slope of f* at a slope of f, all that a stationary point needs.
static SLOPE: Rule = Rule {
    name: "slope of f*",
    aliases: &[],
    statement: &[],
    conditions: &["u > 0"],
    definedness: "each side is defined where the other is",
    explanation: "u is a slope of f* at f'(u).",
    definition: true,
    rewrites: &[extrema::slope_of_slope],
    witnessed: None,
    lemma: None,
};

/// Rules by which a derivative is shown to vanish.
const VANISHING: &[&str] =
    &["log-exp", "exp-add", "linearity", "constant", "importance", "marginal", "log-ratio"];

/// Is the term 0? Asked of derivatives at stationary points.
pub(super) fn is_zero(facts: &Facts, term: &Term) -> bool {
    let term = facts.names.canonical(&logs::tidy(facts, term));
    let spread = logs::tidy(facts, &logs::spread_all(facts, &term));
    let zero = arith::number(0);
    if term == zero || [&term, &spread].into_iter().any(|t| *t == zero || fraction::equal(facts, t, &zero)) {
        return true;
    }
    let rules = || calculation::RULES.iter().chain(laws::RULES);
    let plain = VANISHING.iter().filter_map(|name| rules().find(|rule| rule.name == *name));
    let slope = std::iter::once(&SLOPE);
    let cited: Vec<Cited> = plain.chain(slope).map(|rule| Cited { rule, witness: None }).collect();
    let limits = Limits { rounds: 6, ..Limits::default() };
    equality(facts, &cited, &term, &arith::number(0), false, false, &limits).is_ok()
}
