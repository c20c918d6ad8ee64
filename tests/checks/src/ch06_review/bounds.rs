//! 6.1: what one critic says of KL by two bounds.

use crate::check::{Chaff, Check, Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use proptest::prelude::*;
use vdm::catalogue::Kl;
use vdm::ch03_convex_conjugate::exercises::fenchel_young_gap_of_kl;
use vdm::ch06_review::exercises as reference;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// The signature of 6.1.
type Bounds = fn(&[f64], &[f64], &[f64]) -> [f64; 3];

/// P, Q and a critic on the same points.
type Case = (Finite, Finite, Vec<f64>);

/// 6.1
pub fn bounds_on_kl() -> Exercise<Bounds> {
    Exercise {
        meta: Meta::implement("6.1", "bounds_on_kl", "Two bounds and what they bound", 3, 20),
        reference: reference::bounds_on_kl,
        checks: vec![
            Check {
                name: "divergence",
                property: "the third number is KL(P‖Q)",
                run: |answer| {
                    for_all(200, &cases(), |case| {
                        agree(shown(case), kl(case), run(answer, case)[2], rounding(case))
                    })
                },
            },
            Check {
                name: "gap-of-nwj",
                property: "KL − NWJ is the Fenchel–Young gap of chapter 3, averaged under Q",
                run: |answer| {
                    for_all(200, &cases(), |case| {
                        let (p, q, critic) = case;
                        let gap = |(i, t): (usize, &f64)| match q.probability(i) {
                            0.0 => 0.0,
                            mass => mass * fenchel_young_gap_of_kl(p.probability(i) / mass, *t),
                        };
                        let gap: f64 = critic.iter().enumerate().map(gap).sum();
                        agree(shown(case), kl(case) - gap, run(answer, case)[0], rounding(case))
                    })
                },
            },
            Check {
                name: "gap-of-dv",
                property: "KL − DV is KL(P‖Q_T), with Q_T the law proportional to q·e^T",
                run: |answer| {
                    for_all(200, &cases(), |case| {
                        agree(shown(case), dv(case), run(answer, case)[1], rounding(case))
                    })
                },
            },
            Check {
                name: "equal-at-the-best",
                property: "at T = 1 + log(p/q) all three numbers are equal",
                run: |answer| {
                    let positive = cases().prop_filter("no zeros", |(p, q, _)| {
                        let all = |law: &Finite| law.probabilities().iter().all(|mass| *mass > 0.0);
                        all(p) && all(q)
                    });
                    for_all(100, &positive, |(p, q, _)| {
                        let best = |i| 1.0 + p.ln_probability(i) - q.ln_probability(i);
                        let case = (p.clone(), q.clone(), (0..p.len()).map(best).collect());
                        let [nwj, dv, kl] = run(answer, &case);
                        let nwj = agree(format!("NWJ, {}", shown(&case)), kl, nwj, rounding(&case))?;
                        Ok(nwj.max(agree(format!("DV, {}", shown(&case)), kl, dv, rounding(&case))?))
                    })
                },
            },
            Check {
                name: "far-critics",
                property: "NWJ ≤ DV ≤ KL for critics up to ±1e4, and DV is accurate there",
                run: far,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "exponential-overflows",
                misconception: "e^T overflows above T ≈ 709: take the largest T out of the sum before the logarithm",
                subject: |p, q, t| {
                    let [nwj, _, kl] = reference::bounds_on_kl(p, q, t);
                    [nwj, mean(p, t) - q.iter().zip(t).map(|(q, t)| q * t.exp()).sum::<f64>().ln(), kl]
                },
                caught_by: "far-critics",
            },
            Chaff {
                name: "exponent-without-minus-one",
                misconception: "the conjugate of KL is e^{T−1}: the −1 is lost in NWJ",
                subject: |p, q, t| {
                    let [_, dv, kl] = reference::bounds_on_kl(p, q, t);
                    [mean(p, t) - q.iter().zip(t).map(|(q, t)| q * t.exp()).sum::<f64>(), dv, kl]
                },
                caught_by: "gap-of-nwj",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "T is averaged under P, its exponential under Q",
                subject: |p, q, t| {
                    let [nwj, dv, _] = reference::bounds_on_kl(q, p, t);
                    [nwj, dv, reference::bounds_on_kl(p, q, t)[2]]
                },
                caught_by: "gap-of-nwj",
            },
            Chaff {
                name: "kl-reversed",
                misconception: "this is KL(Q‖P); the bounds are bounds on KL(P‖Q)",
                subject: |p, q, t| {
                    let [nwj, dv, _] = reference::bounds_on_kl(p, q, t);
                    [nwj, dv, reference::bounds_on_kl(q, p, t)[2]]
                },
                caught_by: "divergence",
            },
            Chaff {
                name: "zero-times-log-zero",
                misconception: "p·log(p/q) is 0 where p = 0; as a product it is 0·∞, NaN",
                subject: |p, q, t| {
                    let [nwj, dv, _] = reference::bounds_on_kl(p, q, t);
                    [nwj, dv, p.iter().zip(q).map(|(p, q)| p * (p / q).ln()).sum()]
                },
                caught_by: "divergence",
            },
            Chaff {
                name: "mean-for-log-of-exponential",
                misconception: "log E_q e^T is not E_q T: by Jensen it is larger, and E_p T − E_q T is no bound",
                subject: |p, q, t| {
                    let [nwj, _, kl] = reference::bounds_on_kl(p, q, t);
                    [nwj, mean(p, t) - mean(q, t), kl]
                },
                caught_by: "gap-of-dv",
            },
            Chaff {
                name: "out-of-order",
                misconception: "NWJ is the smaller of the two: for every x, log x ≤ x/e",
                subject: |p, q, t| {
                    let [nwj, dv, kl] = reference::bounds_on_kl(p, q, t);
                    [dv, nwj, kl]
                },
                caught_by: "gap-of-nwj",
            },
            Chaff {
                name: "shifted-best",
                misconception: "e^{T−1} belongs to NWJ alone: DV does not change when T is shifted, and here it does",
                subject: |p, q, t| {
                    let [nwj, dv, kl] = reference::bounds_on_kl(p, q, t);
                    [nwj, dv + 1.0, kl]
                },
                caught_by: "equal-at-the-best",
            },
        ],
        fingerprint: |answer| {
            let probes: [[[f64; 3]; 3]; 3] = [
                [[0.5, 0.25, 0.25], [0.25, 0.25, 0.5], [1.0, -0.5, 0.25]],
                [[0.75, 0.25, 0.0], [0.5, 0.25, 0.25], [0.5, 2.0, 1.0]],
                [[0.5, 0.25, 0.25], [0.125, 0.25, 0.625], [1e4, -1e4, 0.0]],
            ];
            probes.iter().flat_map(|[p, q, t]| answer(p, q, t)).collect()
        },
    }
}

/// E of a critic that is finite.
fn mean(law: &[f64], critic: &[f64]) -> f64 {
    law.iter().zip(critic).map(|(mass, t)| mass * t).sum()
}

/// Two laws with P ≪ Q and a critic up to ±20.
fn cases() -> impl Strategy<Value = Case> {
    let critic = proptest::collection::vec(strategies::reals(20.0), 5);
    (strategies::finite_pairs(), critic).prop_filter_map("P has no mass where Q has none", |((p, q), t)| {
        let continuous = (0..p.len()).all(|i| p.probability(i) == 0.0 || q.probability(i) > 0.0);
        let t = t[..p.len()].to_vec();
        continuous.then_some((p, q, t))
    })
}

fn run(answer: Bounds, (p, q, critic): &Case) -> [f64; 3] {
    answer(&p.probabilities(), &q.probabilities(), critic)
}

fn shown((p, q, critic): &Case) -> String {
    format!("P = {:?}, Q = {:?}, T = {critic:?}", p.probabilities(), q.probabilities())
}

/// By the centred generator, another formula than Σ p log(p/q); both laws are on the
/// same points.
fn kl((p, q, _): &Case) -> f64 {
    between_finite(&Kl, p, q).unwrap_or(f64::NAN)
}

/// DV by its gap: KL less the divergence from the tilted law.
fn dv(case: &Case) -> f64 {
    let (p, q, critic) = case;
    let tilted: Vec<f64> = critic.iter().enumerate().map(|(i, t)| q.ln_probability(i) + t).collect();
    let gap = Finite::from_ln_weights(&tilted).map(|tilted| between_finite(&Kl, p, &tilted));
    kl(case) - gap.ok().and_then(Result::ok).unwrap_or(f64::NAN)
}

/// The rounding of every sum here: its terms are p·T, q·e^{T−1} and logarithms.
fn rounding((p, q, critic): &Case) -> f64 {
    let mut terms = vec![1.0];
    for (i, t) in critic.iter().enumerate() {
        let (p, q) = (p.probability(i), q.probability(i));
        terms.extend([p * t, t.abs(), q * (t - 1.0).exp() * (1.0 + t.abs())]);
        if p > 0.0 {
            terms.push(p * (p / q).ln());
        }
    }
    tolerance::of_terms(&terms)
}

fn far(answer: Bounds) -> Verdict {
    let laws = [([0.5, 0.25, 0.25], [0.25, 0.25, 0.5]), ([0.75, 0.25, 0.0], [0.125, 0.5, 0.375])];
    let critics = [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [750.0, 749.0, 0.0], [-800.0, 1e4, 9999.5]];
    let pairs = laws.iter().flat_map(|law| critics.iter().map(move |critic| (law, critic)));
    for_each(pairs, |((p, q), critic)| {
        let law = |masses: &[f64]| {
            Finite::new(masses).map_err(|why| crate::Broken::new("a law", "", why.to_string()))
        };
        let case = (law(p)?, law(q)?, critic.to_vec());
        let [nwj, found, kl] = run(answer, &case);
        // The exponential may be infinite, and NWJ with it; DV's terms are those of T.
        let near = tolerance::of_terms(critic) + tolerance::of_terms(&[4.0]);
        let at = shown(&case);
        let accurate = agree(at.clone(), dv(&case), found, near)?;
        let below = at_least(at.clone(), "DV ≥ NWJ", found, nwj, near)?;
        let above = at_least(format!("{at}, KL = {}", number(kl)), "KL ≥ DV", kl, found, near)?;
        Ok(accurate.max(below).max(above))
    })
}
