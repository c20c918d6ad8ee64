//! The exercises of chapter 6 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

use vdm::ch06_review::{Pair, Statement};

// EXERCISE 6.1
/// What one critic says of KL(P‖Q) by either bound, and KL(P‖Q) itself, for two laws
/// on the same finitely many points, in this order: `[NWJ, DV, KL]`.
///
/// NWJ = E_p T − E_q e^{T−1}, DV = E_p T − log E_q e^T. `p` and `q` hold probabilities,
/// zeros included; P has no mass where q = 0. `critic` holds T: any finite numbers,
/// up to ±1e4, where e^T overflows and DV does not.
// SOLUTION
///
/// DV subtracts log-sum-exp, with the largest exponent taken out before the sum.
// END
pub fn bounds_on_kl(p: &[f64], q: &[f64], critic: &[f64]) -> [f64; 3] {
    // SOLUTION
    let (mut mean, mut kl, mut exponential) = (0.0, 0.0, 0.0);
    for ((p, q), t) in p.iter().zip(q).zip(critic) {
        if *p > 0.0 {
            mean += p * t;
            kl += p * (p / q).ln();
        }
        if *q > 0.0 {
            exponential += q * (t - 1.0).exp();
        }
    }
    let carried = || q.iter().zip(critic).filter(|(q, _)| **q > 0.0);
    let largest = carried().map(|(_, t)| *t).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = carried().map(|(q, t)| q * (t - largest).exp()).sum();
    [mean - exponential, mean - (largest + sum.ln()), kl]
    // END
}

// EXERCISE 6.2
/// f\*(t) for a generator that is not in the catalogue, f(u) = √(1 + u²) − √2 on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
/// It is accurate up to the end of the domain, where the root's argument cancels.
// SOLUTION
///
/// f\*(t) = √2 − √(1 − t²) for 0 ≤ t ≤ 1, attained at u = t/√(1 − t²) if t < 1;
/// √2 − 1 for t < 0, at u = 0; +∞ for t > 1.
// END
pub fn conjugate_of_arc_length(t: f64) -> f64 {
    // SOLUTION
    use std::f64::consts::SQRT_2;
    if t > 1.0 {
        f64::INFINITY
    } else if t < 0.0 {
        SQRT_2 - 1.0
    } else {
        SQRT_2 - ((1.0 - t) * (1.0 + t)).sqrt()
    }
    // END
}

// EXERCISE 6.3
/// The optimal critic T\* = f′(p/q) for the generator of 6.2, at a point where
/// log(p/q) is `log_ratio`.
///
/// `log_ratio` is any number, ±∞ included: the ratio itself may overflow. Every value
/// lies in \[0, 1\], and is accurate relative to itself.
// SOLUTION
///
/// f′(u) = u/√(1 + u²); for u > 1 as 1/√(1 + u⁻²), so that nothing overflows.
// END
pub fn critic_of_arc_length(log_ratio: f64) -> f64 {
    // SOLUTION
    // The smaller of u and 1/u.
    let small = (-log_ratio.abs()).exp();
    let root = (1.0 + small * small).sqrt();
    if log_ratio < 0.0 { small / root } else { 1.0 / root }
    // END
}

// EXERCISE 6.4
/// Two laws that contradict the statement, on the same points; `None` if it is true.
///
/// The laws are given by their probabilities, zeros included, each adding up to 1. Two
/// points suffice for all of them.
pub fn counterexample(statement: Statement) -> Option<Pair> {
    // SOLUTION
    let pair = |p: f64, q: f64| Some((vec![p, 1.0 - p], vec![q, 1.0 - q]));
    match statement {
        // P has mass where Q has none.
        Statement::KlFinite | Statement::TvWithoutSingularPart => pair(0.5, 1.0),
        // The ratios are 2 and 2/3: max(u − 2, 0) is 0 at both.
        Statement::KlSymmetric
        | Statement::ZeroMeansEqual
        | Statement::LogRatioIsOptimal
        | Statement::MergingKeepsKl => pair(0.5, 0.25),
        Statement::KlAboveTwiceTvSquared
        | Statement::TotalVariationAtMostOne
        | Statement::JsdAtMostLogTwo
        | Statement::PearsonAboveKl => None,
    }
    // END
}
