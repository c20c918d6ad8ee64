//! Values of 5.1–5.4 far out, where the naive forms break. They come from
//! `tests/witnesses/stable_composites.py`: mpmath, from the definitions.

use crate::check::{Verdict, agree, number};
use crate::for_all::for_each;
use crate::tolerance;

/// The smallest step between two numbers: below it no relative accuracy exists.
const LEAST: f64 = 5e-324;

pub(super) const ACTIVATION_OF_GAN: [(f64, f64); 10] = [
    (-1e4, -1e4),
    (-800.0, -800.0),
    (-745.0, -745.0),
    (-40.0, -40.0),
    (-37.5, -37.5),
    (36.0, -2.319522830243569e-16),
    (37.5, -5.175555005801868e-17),
    (40.0, -4.248354255291589e-18),
    (745.0, -5e-324),
    (1e4, -0.0),
];

pub(super) const COMPOSITE_OF_GAN: [(f64, f64); 10] = [
    (-1e4, 0.0),
    (-745.0, 5e-324),
    (-40.0, 4.248354255291589e-18),
    (-37.5, 5.175555005801868e-17),
    (36.0, 36.0),
    (37.5, 37.5),
    (40.0, 40.0),
    (745.0, 745.0),
    (800.0, 800.0),
    (1e4, 1e4),
];

/// (α, v, value)
pub(super) const COMPOSITE_OF_ALPHA: [(f64, f64, f64); 11] = [
    (0.5, -1e4, -1.9996),
    (0.5, 300.0, 7.769705580965023e130),
    (0.5, 700.0, 4.056928218940018e304),
    (0.0625, 1e4, 5.4405545157158686e290),
    (0.0625, -1e4, -7.303952615091826),
    (-1.0, 1e4, 1.0),
    (-1.0, 50.0, 0.9999999999803595),
    (-1.0, -1e4, -140.4213562373095),
    (-2.0, 1e4, 0.5),
    (-2.0, 40.0, 0.49999999999727185),
    (0.25, 1500.0, 6.179412520619636e217),
];

/// Compares with given values to the rounding of a formula, relatively: a tiny value
/// errs by its own size, an exponential by its logarithm.
pub(super) fn at(answer: impl Fn(f64) -> f64, values: &[(f64, f64)]) -> Verdict {
    for_each(values, |&(v, due)| agree(format!("v = {}", number(v)), due, answer(v), near(due)))
}

pub(super) fn at_alpha(answer: fn(f64, f64) -> f64) -> Verdict {
    for_each(COMPOSITE_OF_ALPHA, |(alpha, v, due)| {
        agree(format!("α = {}, v = {}", number(alpha), number(v)), due, answer(alpha, v), near(due))
    })
}

fn near(due: f64) -> f64 {
    let logarithm = if due == 0.0 { 0.0 } else { due.abs().ln() };
    tolerance::of_terms(&[due, due * logarithm]) + LEAST
}
