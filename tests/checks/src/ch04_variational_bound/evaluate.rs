//! 4.2: the bound on a finite space.

use super::shared::{MEMBERS, by_definition, full_pairs, quarters, shown};
use crate::check::{Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, ReverseKl, SquaredHellinger, TotalVariation};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.2.
type Bound = fn(&dyn Divergence, &[f64], &[f64], &[f64]) -> f64;

const INF: f64 = f64::INFINITY;

/// A name, f, the values of p, q and T on two points, and the bound.
type ByHand = (&'static str, &'static dyn Divergence, [[f64; 2]; 3], f64);

/// Laws and critics where a point carries no mass of one law: the value by hand.
fn cases_with_zeros() -> Vec<ByHand> {
    let half_log_two = 0.5 * std::f64::consts::LN_2;
    vec![
        (
            "Kullback–Leibler, T = −∞ where p = 0",
            &Kl,
            [[0.0, 1.0], [0.5, 0.5], [-INF, 1.0 + 2.0 * half_log_two]],
            2.0 * half_log_two,
        ),
        ("total variation of disjoint laws", &TotalVariation, [[1.0, 0.0], [0.0, 1.0], [0.5, -0.5]], 1.0),
        (
            "total variation, T outside dom f* where q = 0",
            &TotalVariation,
            [[0.5, 0.5], [0.0, 1.0], [3.0, 0.5]],
            1.25,
        ),
        ("Kullback–Leibler, T = ∞ where q = 0 < p", &Kl, [[0.5, 0.5], [0.0, 1.0], [INF, 1.0]], INF),
        ("Kullback–Leibler, T = ∞ where q = 0 = p", &Kl, [[0.0, 1.0], [0.0, 1.0], [INF, 1.0]], 0.0),
        (
            "f-GAN Jensen–Shannon, T = −∞ where p = 0",
            &FganJs,
            [[0.0, 1.0], [1.0, 0.0], [-INF, 0.5]],
            0.5 + 2.0 * half_log_two,
        ),
    ]
}

/// Critics that are infinite where both laws have mass, or where one point would gain
/// what another loses: each bounds D_f by −∞.
fn cases_at_infinity() -> Vec<(&'static str, &'static dyn Divergence, [[f64; 2]; 3])> {
    let both = [0.5, 0.5];
    vec![
        ("T = −∞ where p and q have mass", &Kl, [both, both, [-INF, 1.0]]),
        ("T = −∞ where p and q have mass", &TotalVariation, [both, both, [-INF, 0.0]]),
        ("T = −∞ where p and q have mass, f*(T) = −∞", &ReverseKl, [both, both, [-INF, -1.0]]),
        ("T = −∞ where q = 0 < p", &Kl, [both, [0.0, 1.0], [-INF, 1.0]]),
        ("T = ∞ where p and q have mass", &Kl, [both, both, [INF, 1.0]]),
        ("T = ∞ where q = 0 < p, and outside dom f* elsewhere", &ReverseKl, [both, [0.0, 1.0], [INF, 1.0]]),
    ]
}

/// 4.2
pub fn bound_on_finite_space() -> Exercise<Bound> {
    Exercise {
        meta: Meta::implement("4.2", "bound_on_finite_space", "The bound on a finite space", 2, 10),
        reference: reference::bound_on_finite_space,
        checks: vec![
            Check {
                name: "reaches-the-divergence",
                property: "with the critic f′(p/q) the bound is D_f(P‖Q), for eight divergences",
                run: |answer| {
                    for_all(100, &full_pairs(), |pair| {
                        let (p, q) = pair;
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            let slope = |(p, q): (&f64, &f64)| f.subdifferential(p / q).representative();
                            let best: Vec<f64> = p.iter().zip(q).map(slope).collect();
                            let (due, size) = by_definition(f, p, q);
                            let sizes =
                                best.iter().fold(size, |sum, t| sum + t.abs() + f.conjugate(*t).abs());
                            let at = format!("{}, {}, T = {best:.4?}", f.title(), shown(pair));
                            worst = worst.max(agree(
                                at,
                                due,
                                answer(f, p, q, &best),
                                tolerance::of_terms(&[sizes]),
                            )?);
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "gap-in-the-open",
                property: "D_f − F(T) is Σ p·(e^d − 1 − d), d = T − 1 − log p/q, for KL, and Σ q·(p/q − 1 − T/2)² for Pearson",
                run: |answer| {
                    for_all(150, &(full_pairs(), quarters()), |(pair, critic)| {
                        let (p, q) = pair;
                        // Above −2, where Pearson's conjugate is t + t²/4.
                        let critic: Vec<f64> = critic[..p.len()].iter().map(|t| t / 2.0).collect();
                        let over = |term: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
                            p.iter().zip(q).zip(&critic).map(|((p, q), t)| term(*p, *q, *t)).sum()
                        };
                        let kl_gap = over(&|p, q, t| {
                            let d = t - 1.0 - (p / q).ln();
                            p * (d.exp() - 1.0 - d)
                        });
                        let pearson_gap = over(&|p, q, t| q * (p / q - 1.0 - t / 2.0).powi(2));
                        let at = format!("{}, T = {critic:?}", shown(pair));
                        let near = |size: f64| tolerance::of_terms(&[size, 8.0]);
                        let (kl, size) = by_definition(&Kl, p, q);
                        let first = agree(
                            format!("{}, {at}", Kl.title()),
                            kl - kl_gap,
                            answer(&Kl, p, q, &critic),
                            near(size + kl_gap),
                        )?;
                        let (chi2, size) = by_definition(&PearsonChi2, p, q);
                        let found = answer(&PearsonChi2, p, q, &critic);
                        let near = near(size + pearson_gap);
                        Ok(first.max(agree(
                            format!("{}, {at}", PearsonChi2.title()),
                            chi2 - pearson_gap,
                            found,
                            near,
                        )?))
                    })
                },
            },
            Check {
                name: "outside-the-domain",
                property: "F(T) = −∞ if T leaves dom f* at one point with q > 0",
                run: |answer| {
                    let members: [&dyn Divergence; 4] =
                        [&TotalVariation, &ReverseKl, &FganJs, &SquaredHellinger];
                    for_each(members, |f| {
                        let beyond = f.conjugate_domain().high() + 0.5;
                        let found =
                            answer(f, &[0.5, 0.25, 0.25], &[0.25, 0.25, 0.5], &[-0.25, beyond, -0.25]);
                        agree(format!("{}, T = (−¼, {beyond:.2}, −¼)", f.title()), -INF, found, 0.0)
                    })
                },
            },
            Check {
                name: "no-mass-no-say",
                property: "a point without mass under a law takes no part in its expectation, whatever T is there",
                run: |answer| {
                    for_each(cases_with_zeros(), |(at, f, [p, q, critic], due)| {
                        agree(at, due, answer(f, &p, &q, &critic), tolerance::of_terms(&[2.0]))
                    })
                },
            },
            Check {
                name: "never-infinity-minus-infinity",
                property: "F(T) = −∞ as soon as T = −∞ meets p > 0, or T outside dom f* meets q > 0",
                run: |answer| {
                    for_each(cases_at_infinity(), |(what, f, [p, q, critic])| {
                        let critic_shown = critic.map(number).join(", ");
                        let at = format!("{}, {what}: P = {p:?}, Q = {q:?}, T = ({critic_shown})", f.title());
                        agree(at, -INF, answer(f, &p, &q, &critic), 0.0)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "generator-for-conjugate",
                misconception: "the second expectation is of f*(T), not of f(T): T is a slope, f takes a ratio",
                subject: |f, p, q, t| weighted(p, t, &|t| t) - weighted(q, t, &|t| f.generator(t)),
                caught_by: "reaches-the-divergence",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "T itself is averaged under P, f*(T) under Q: the two are exchanged here",
                subject: |f, p, q, t| reference::bound_on_finite_space(f, q, p, t),
                caught_by: "reaches-the-divergence",
            },
            Chaff {
                name: "both-under-p",
                misconception: "the expectation of f*(T) is under Q: only the term with the ratio changed its law",
                subject: |f, p, _, t| reference::bound_on_finite_space(f, p, p, t),
                caught_by: "gap-in-the-open",
            },
            Chaff {
                name: "terms-added",
                misconception: "the second term is subtracted: f*(T) is what the line loses in height",
                subject: |f, p, q, t| weighted(p, t, &|t| t) + weighted(q, t, &|t| f.conjugate(t)),
                caught_by: "gap-in-the-open",
            },
            Chaff {
                name: "masses-forgotten",
                misconception: "an expectation weighs each point by its probability; this is a plain mean over the points",
                subject: |f, p, _, t| {
                    let flat = vec![1.0 / p.len() as f64; p.len()];
                    reference::bound_on_finite_space(f, &flat, &flat, t)
                },
                caught_by: "gap-in-the-open",
            },
            Chaff {
                name: "infinite-terms-left-out",
                misconception: "f*(T) = ∞ is a verdict, not a missing value: such a critic's bound is −∞",
                subject: |f, p, q, t| {
                    let finite = |t: f64| if f.conjugate(t).is_finite() { f.conjugate(t) } else { 0.0 };
                    weighted(p, t, &|t| t) - weighted(q, t, &finite)
                },
                caught_by: "outside-the-domain",
            },
            Chaff {
                name: "infinity-minus-infinity",
                misconception: "∞ − ∞ is NaN in floating point: one point that makes the bound −∞ settles it, whatever the others gain",
                subject: |f, p, q, t| weighted(p, t, &|t| t) - weighted(q, t, &|t| f.conjugate(t)),
                caught_by: "never-infinity-minus-infinity",
            },
            Chaff {
                name: "zero-times-infinity",
                misconception: "0·∞ is NaN in floating point: a point without mass has to be left out of the sum",
                subject: |f, p, q, t| {
                    let terms = p.iter().zip(q).zip(t).map(|((p, q), t)| p * t - q * f.conjugate(*t));
                    terms.sum()
                },
                caught_by: "no-mass-no-say",
            },
        ],
        fingerprint: |answer| {
            let dense: [&dyn Divergence; 3] = [&Kl, &PearsonChi2, &TotalVariation];
            let (p, q, t) = ([0.5, 0.3, 0.2], [0.2, 0.2, 0.6], [0.4, 0.25, -0.3]);
            let mut seen: Vec<f64> = dense.iter().map(|f| answer(*f, &p, &q, &t)).collect();
            seen.push(answer(&TotalVariation, &p, &q, &[0.4, 0.75, 0.0]));
            seen.extend(cases_at_infinity().iter().map(|(_, f, [p, q, t])| answer(*f, p, q, t)));
            seen.extend(cases_with_zeros().iter().map(|(_, f, [p, q, t], _)| answer(*f, p, q, t)));
            seen
        },
    }
}

/// Σ mass·g(T), over the points with mass.
fn weighted(law: &[f64], critic: &[f64], g: &dyn Fn(f64) -> f64) -> f64 {
    law.iter().zip(critic).filter(|(mass, _)| **mass > 0.0).map(|(mass, t)| mass * g(*t)).sum()
}
