//! Chapter 6, Review of lecture 1: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch06` grades it. A hint:
//! `cargo workbook hint 6.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 6.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

use vdm::ch06_review::{Pair, Statement};

// ── 6.1 Two bounds and what they bound ──
/// What one critic says of KL(P‖Q) by either bound, and KL(P‖Q) itself, for two laws
/// on the same finitely many points, in this order: `[NWJ, DV, KL]`.
///
/// NWJ = E_p T − E_q e^{T−1}, DV = E_p T − log E_q e^T. `p` and `q` hold probabilities,
/// zeros included; P has no mass where q = 0. `critic` holds T: any finite numbers,
/// up to ±1e4, where e^T overflows and DV does not.
pub fn bounds_on_kl(p: &[f64], q: &[f64], critic: &[f64]) -> [f64; 3] {
    todo!("6.1 bounds_on_kl")
}

// ── 6.2 A generator that you have not met ──
/// f\*(t) for a generator that is not in the catalogue, f(u) = √(1 + u²) − √2 on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
/// It is accurate up to the end of the domain, where the root's argument cancels.
pub fn conjugate_of_arc_length(t: f64) -> f64 {
    todo!("6.2 conjugate_of_arc_length")
}

// ── 6.3 Its optimal critic ──
/// The optimal critic T\* = f′(p/q) for the generator of 6.2, at a point where
/// log(p/q) is `log_ratio`.
///
/// `log_ratio` is any number, ±∞ included: the ratio itself may overflow. Every value
/// lies in \[0, 1\], and is accurate relative to itself.
pub fn critic_of_arc_length(log_ratio: f64) -> f64 {
    todo!("6.3 critic_of_arc_length")
}

// ── 6.4 True, or a counterexample ──
/// Two laws that contradict the statement, on the same points; `None` if it is true.
///
/// The laws are given by their probabilities, zeros included, each adding up to 1. Two
/// points suffice for all of them.
pub fn counterexample(statement: Statement) -> Option<Pair> {
    todo!("6.4 counterexample")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch06_review as exercises;

    checks::reader::answer(&[
        exercises::bounds_on_kl().on(bounds_on_kl),
        exercises::conjugate_of_arc_length().on(conjugate_of_arc_length),
        exercises::critic_of_arc_length().on(critic_of_arc_length),
        exercises::counterexample().on(counterexample),
    ])
}
