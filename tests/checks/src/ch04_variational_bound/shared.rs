//! Laws, critics and slow sums that the checks of chapter 4 share.

use crate::strategies;
use proptest::strategy::Strategy;
use vdm::Divergence;
use vdm::catalogue::{
    FganJs, Kl, NeymanChi2, PearsonChi2, ReverseKl, SquaredHellinger, TotalVariation, Triangular,
};

/// Members that between them have every kind of end: finite and infinite f(0), f′(0⁺)
/// and f′(∞), a kink, an open and a closed domain.
pub(super) const MEMBERS: [&dyn Divergence; 8] =
    [&Kl, &ReverseKl, &TotalVariation, &PearsonChi2, &NeymanChi2, &SquaredHellinger, &FganJs, &Triangular];

/// Those whose D_f is always finite: f(0) and f′(∞) are.
pub(super) const BOUNDED: [&dyn Divergence; 4] = [&TotalVariation, &SquaredHellinger, &FganJs, &Triangular];

/// P and Q, as probabilities of the same points.
pub(super) type Pair = (Vec<f64>, Vec<f64>);

/// Two laws with zeros, on two to five points.
pub(super) fn pairs() -> impl Strategy<Value = Pair> {
    strategies::finite_pairs().prop_map(|(p, q)| (p.probabilities(), q.probabilities()))
}

/// Two laws without zeros, on two to five points.
pub(super) fn full_pairs() -> impl Strategy<Value = Pair> {
    let weights = |n| proptest::collection::vec(1u32..9, n);
    (2usize..=5)
        .prop_flat_map(move |n| (weights(n), weights(n)))
        .prop_map(|(p, q)| (normalised(&p), normalised(&q)))
}

/// The law proportional to positive weights.
pub(super) fn normalised(weights: &[u32]) -> Vec<f64> {
    let total: u32 = weights.iter().sum();
    weights.iter().map(|w| f64::from(*w) / f64::from(total)).collect()
}

/// Values of critics and features: quarters in [−4, 4], five of them.
pub(super) fn quarters() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-16i32..=16).prop_map(|k| f64::from(k) / 4.0), 5)
}

/// D_f by its definition, Σ q·f(p/q) + f′(∞)·P[q = 0], and the size of its terms.
pub(super) fn by_definition(f: &dyn Divergence, p: &[f64], q: &[f64]) -> (f64, f64) {
    let term = |(p, q): (&f64, &f64)| match (*p, *q) {
        (0.0, 0.0) => 0.0,
        (p, 0.0) => p * f.slope_at_infinity(),
        (p, q) => q * f.generator(p / q),
    };
    p.iter().zip(q).map(term).fold((0.0, 1.0), |(sum, size), term| (sum + term, size + term.abs()))
}

/// The two terms of F(T), each over the support of its own law: what a check sums for
/// itself.
pub(super) fn two_terms(f: &dyn Divergence, p: &[f64], q: &[f64], critic: &[f64]) -> (f64, f64) {
    let over = |law: &[f64], value: &dyn Fn(f64) -> f64| -> f64 {
        let carried = law.iter().zip(critic).filter(|(mass, _)| **mass > 0.0);
        carried.map(|(mass, t)| mass * value(*t)).sum()
    };
    (over(p, &|t| t), over(q, &|t| f.conjugate(t)))
}

/// A value inside dom f\*: `t` itself, or as far below the end as it was above.
pub(super) fn into_domain(f: &dyn Divergence, t: f64) -> f64 {
    let end = f.conjugate_domain().high();
    if t < end { t } else { 2.0 * end - t - 0.125 }
}

pub(super) fn shown((p, q): &Pair) -> String {
    format!("P = {p:.4?}, Q = {q:.4?}")
}

/// Every sample of `size` points of a law, by their indices, with its probability.
pub(super) fn every_sample(law: &[f64], size: usize) -> Vec<(Vec<usize>, f64)> {
    let mut samples = vec![(Vec::new(), 1.0)];
    for _ in 0..size {
        samples = samples
            .iter()
            .flat_map(|(drawn, probability)| {
                law.iter().enumerate().filter(|(_, mass)| **mass > 0.0).map(move |(point, mass)| {
                    let mut longer: Vec<usize> = drawn.clone();
                    longer.push(point);
                    (longer, probability * mass)
                })
            })
            .collect();
    }
    samples
}
