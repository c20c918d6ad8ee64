//! 6.4: true, or a pair of laws that shows why not.
//!
//! Whether a statement is true is not written down here: it is tried on every pair of
//! laws on two and three points with probabilities in sixths.

use crate::check::{Broken, Chaff, Check, Verdict};
use crate::for_all::for_each;
use crate::{Exercise, Meta, tolerance};
use std::sync::OnceLock;
use vdm::ch06_review::{Pair, Statement, exercises as reference};

/// The signature of 6.4.
type Judge = fn(Statement) -> Option<Pair>;

/// 6.4
pub fn counterexample() -> Exercise<Judge> {
    Exercise {
        meta: Meta::implement("6.4", "counterexample", "True, or a counterexample", 4, 25),
        reference: reference::counterexample,
        checks: vec![
            Check {
                name: "verdicts",
                property: "None for the statements that hold for every pair of laws, and for no other",
                run: |answer| {
                    for_each(Statement::ALL, |statement| {
                        let told = |refuted| {
                            if refuted {
                                "a counterexample: some pair of laws contradicts it"
                            } else {
                                "None: no pair of laws contradicts it"
                            }
                        };
                        let (due, found) = (is_refutable(statement), answer(statement).is_some());
                        let found_told = if found { "a counterexample" } else { "None" };
                        if due == found {
                            Ok(0.0)
                        } else {
                            Err(Broken::new(format!("{statement:?}"), told(due), found_told))
                        }
                    })
                },
            },
            Check {
                name: "laws",
                property: "what is given as a counterexample is a pair of laws on the same points",
                run: |answer| {
                    given(
                        answer,
                        |_, pair| is_pair(pair),
                        "two laws: probabilities ≥ 0 that add up to 1, as many of P as of Q",
                    )
                },
            },
            Check {
                name: "refutes",
                property: "the laws contradict the statement, by more than rounding",
                run: |answer| {
                    // What is no pair of laws, or no answer at all, is told by the other checks.
                    given(
                        answer,
                        |statement, pair| {
                            !is_pair(pair) || !is_refutable(statement) || contradicts(statement, pair)
                        },
                        "laws for which the statement is false",
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "all-true",
                misconception: "several of them are false: try P = (½, ½) and Q = (¼, ¾) on each",
                subject: |_| None,
                caught_by: "verdicts",
            },
            Chaff {
                name: "divergence-taken-for-a-metric",
                misconception: "KL is not symmetric: a divergence is no distance",
                subject: |s| if s == Statement::KlSymmetric { None } else { reference::counterexample(s) },
                caught_by: "verdicts",
            },
            Chaff {
                name: "singular-part-forgotten",
                misconception: "the integral over q > 0 does not see the mass that P has where q = 0; TV does",
                subject: |s| {
                    if s == Statement::TvWithoutSingularPart { None } else { reference::counterexample(s) }
                },
                caught_by: "verdicts",
            },
            Chaff {
                name: "strictness-forgotten",
                misconception: "D_f = 0 ⇒ P = Q needs f strictly convex at 1; max(u − 2, 0) is flat there",
                subject: |s| if s == Statement::ZeroMeansEqual { None } else { reference::counterexample(s) },
                caught_by: "verdicts",
            },
            Chaff {
                name: "log-ratio-for-the-critic",
                misconception: "the slope of u log u is 1 + log u: T = log(p/q) loses 1/e, whatever the laws",
                subject: |s| {
                    if s == Statement::LogRatioIsOptimal { None } else { reference::counterexample(s) }
                },
                caught_by: "verdicts",
            },
            Chaff {
                name: "pinsker-doubted",
                misconception: "Pinsker's inequality holds: KL ≥ 2·TV², with this constant",
                subject: |s| {
                    if s == Statement::KlAboveTwiceTvSquared {
                        quarter()
                    } else {
                        reference::counterexample(s)
                    }
                },
                caught_by: "verdicts",
            },
            Chaff {
                name: "pearson-doubted",
                misconception: "KL ≤ log(1 + χ²) ≤ χ²: it holds, and where q = 0 < p both are infinite",
                subject: |s| {
                    if s == Statement::PearsonAboveKl { quarter() } else { reference::counterexample(s) }
                },
                caught_by: "verdicts",
            },
            Chaff {
                name: "weights-for-probabilities",
                misconception: "a law's probabilities add up to 1",
                subject: |s| {
                    if s == Statement::KlSymmetric {
                        Some((vec![1.0, 1.0], vec![1.0, 3.0]))
                    } else {
                        reference::counterexample(s)
                    }
                },
                caught_by: "laws",
            },
            Chaff {
                name: "equal-laws",
                misconception: "for P = Q both sides are 0: the laws must differ",
                subject: |s| {
                    if s == Statement::KlSymmetric {
                        Some((vec![0.5; 2], vec![0.5; 2]))
                    } else {
                        reference::counterexample(s)
                    }
                },
                caught_by: "refutes",
            },
            Chaff {
                name: "mass-on-the-wrong-side",
                misconception: "where p = 0 < q KL pays f(0) = 0: it is infinite only where q = 0 < p",
                subject: |s| {
                    if s == Statement::KlFinite {
                        Some((vec![1.0, 0.0], vec![0.5, 0.5]))
                    } else {
                        reference::counterexample(s)
                    }
                },
                caught_by: "refutes",
            },
        ],
        // For each statement: left alone, refuted, not refuted, not even laws.
        fingerprint: |answer| {
            let told = |statement| match answer(statement) {
                None => 0.0,
                Some(pair) if !is_pair(&pair) => 3.0,
                Some(pair) if contradicts(statement, &pair) => 1.0,
                Some(_) => 2.0,
            };
            Statement::ALL.map(told).to_vec()
        },
    }
}

/// P = (½, ½), Q = (¼, ¾).
fn quarter() -> Option<Pair> {
    Some((vec![0.5, 0.5], vec![0.25, 0.75]))
}

/// Tries a property on every counterexample that is given.
fn given(answer: Judge, right: fn(Statement, &Pair) -> bool, due: &str) -> Verdict {
    for_each(Statement::ALL, |statement| match answer(statement) {
        Some(pair) if !right(statement, &pair) => {
            let (p, q) = pair;
            Err(Broken::new(format!("{statement:?}"), due, format!("P = {p:?}, Q = {q:?}")))
        }
        _ => Ok(0.0),
    })
}

/// Are these two laws on the same points?
fn is_pair((p, q): &Pair) -> bool {
    let law = |masses: &[f64]| {
        let sum: f64 = masses.iter().sum();
        masses.iter().all(|mass| *mass >= 0.0) && (sum - 1.0).abs() <= tolerance::of_terms(&[1.0])
    };
    p.len() == q.len() && law(p) && law(q)
}

/// Does some pair of laws in sixths contradict it?
fn is_refutable(statement: Statement) -> bool {
    static REFUTABLE: OnceLock<Vec<Statement>> = OnceLock::new();
    let search = || {
        let mut laws: Vec<Vec<f64>> = (0..=6).map(|k| vec![sixths(k), sixths(6 - k)]).collect();
        laws.extend(
            (0..=6).flat_map(|k| (0..=6 - k).map(move |l| vec![sixths(k), sixths(l), sixths(6 - k - l)])),
        );
        let pairs: Vec<Pair> = laws
            .iter()
            .flat_map(|p| laws.iter().filter(|q| q.len() == p.len()).map(|q| (p.clone(), q.clone())))
            .collect();
        let refuted = |statement: &Statement| pairs.iter().any(|pair| contradicts(*statement, pair));
        Statement::ALL.into_iter().filter(refuted).collect()
    };
    REFUTABLE.get_or_init(search).contains(&statement)
}

fn sixths(k: i32) -> f64 {
    f64::from(k) / 6.0
}

/// Is the statement false for these laws, by more than rounding?
fn contradicts(statement: Statement, pair: &Pair) -> bool {
    let (p, q) = (&pair.0, &pair.1);
    let (kl, tv, chi2) = (kl(p, q), half_difference(p, q, |_| true), chi2(p, q));
    let near = tolerance::of_terms(&[1.0, kl, chi2]);
    let differ = |a: f64, b: f64| a != b && (a - b).abs() > near;
    match statement {
        Statement::KlSymmetric => differ(kl, self::kl(q, p)),
        Statement::KlFinite => kl == f64::INFINITY,
        Statement::KlAboveTwiceTvSquared => kl < 2.0 * tv * tv - near,
        Statement::TotalVariationAtMostOne => tv > 1.0 + near,
        Statement::TvWithoutSingularPart => differ(half_difference(p, q, |q| q > 0.0), tv),
        Statement::JsdAtMostLogTwo => jsd(p, q) > std::f64::consts::LN_2 + near,
        Statement::ZeroMeansEqual => hinge(p, q) <= near && tv > near,
        Statement::LogRatioIsOptimal => positive(p) && positive(q) && differ(bound_at_log_ratio(p, q), kl),
        Statement::PearsonAboveKl => kl > chi2 + near,
        Statement::MergingKeepsKl => differ(self::kl(&merged(p), &merged(q)), kl),
    }
}

fn positive(masses: &[f64]) -> bool {
    masses.iter().all(|mass| *mass > 0.0)
}

/// Σ p log(p/q), infinite where q = 0 < p.
fn kl(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).filter(|(p, _)| **p > 0.0).map(|(p, q)| p * (p / q).ln()).sum()
}

/// ½ Σ |p − q| over some points.
fn half_difference(p: &[f64], q: &[f64], counts: fn(f64) -> bool) -> f64 {
    p.iter().zip(q).filter(|(_, q)| counts(**q)).map(|(p, q)| (p - q).abs() / 2.0).sum()
}

fn chi2(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).filter(|(p, q)| p != q).map(|(p, q)| (p - q).powi(2) / q).sum()
}

fn jsd(p: &[f64], q: &[f64]) -> f64 {
    let mixture: Vec<f64> = p.iter().zip(q).map(|(p, q)| (p + q) / 2.0).collect();
    (kl(p, &mixture) + kl(q, &mixture)) / 2.0
}

/// Σ q·max(p/q − 2, 0), and the slope 1 of f times the mass that P has where q = 0: as
/// one sum, Σ max(p − 2q, 0).
fn hinge(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).map(|(p, q)| (p - 2.0 * q).max(0.0)).sum()
}

/// E_p T − E_q e^{T−1} at T = log(p/q).
fn bound_at_log_ratio(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).map(|(p, q)| p * (p / q).ln() - q * ((p / q).ln() - 1.0).exp()).sum()
}

fn merged(masses: &[f64]) -> Vec<f64> {
    let (first, rest) = masses.split_at(masses.len().min(2));
    std::iter::once(first.iter().sum()).chain(rest.iter().copied()).collect()
}
