//! 4.4: the optimal critic.

use super::shared::{MEMBERS, Pair, by_definition, full_pairs, pairs, shown, two_terms};
use crate::check::{Broken, Chaff, Check, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::Divergence;
use vdm::catalogue::{Kl, PearsonChi2, ReverseKl, SquaredHellinger, TotalVariation};
use vdm::ch04_variational_bound::exercises as reference;

/// The signature of 4.4.
type Optimal = fn(&dyn Divergence, &[f64], &[f64]) -> Vec<f64>;

/// F of the answer against D_f by its definition.
fn reaches(answer: Optimal, f: &dyn Divergence, pair: &Pair) -> Result<f64, Box<Broken>> {
    let (p, q) = pair;
    let critic = answer(f, p, q);
    let at = format!("{}, {}, T* = {critic:.4?}", f.title(), shown(pair));
    if critic.len() != p.len() {
        return Err(Broken::new(at, format!("{} values", p.len()), format!("{} values", critic.len())));
    }
    let (due, size) = by_definition(f, p, q);
    let (first, second) = two_terms(f, p, q, &critic);
    agree(at, due, first - second, tolerance::of_terms(&[size, first, second]))
}

/// 4.4
pub fn optimal_critic() -> Exercise<Optimal> {
    Exercise {
        meta: Meta::implement("4.4", "optimal_critic", "The optimal critic", 3, 12),
        reference: reference::optimal_critic,
        checks: vec![
            Check {
                name: "touches",
                property: "at every point f(u) + f*(T) = u·T, with u = p/q: the line of slope T touches f at u",
                run: |answer| {
                    for_all(100, &full_pairs(), |pair| {
                        let (p, q) = pair;
                        let mut worst = 0.0_f64;
                        for f in MEMBERS {
                            for ((p, q), t) in p.iter().zip(q).zip(answer(f, p, q)) {
                                let u = p / q;
                                let terms = [f.generator(u), f.conjugate(t), u * t, 1.0];
                                let at = format!("{}, p = {p:.4}, q = {q:.4}, T = {t:.4}", f.title());
                                let near = tolerance::of_terms(&terms);
                                worst = worst.max(agree(at, terms[2], terms[0] + terms[1], near)?);
                            }
                        }
                        Ok(worst)
                    })
                },
            },
            Check {
                name: "reaches-the-divergence",
                property: "F(T*) = D_f(P‖Q), points without mass included, for eight divergences",
                run: |answer| {
                    for_all(150, &pairs(), |pair| {
                        MEMBERS.iter().try_fold(0.0_f64, |worst, f| Ok(worst.max(reaches(answer, *f, pair)?)))
                    })
                },
            },
            Check {
                name: "ends",
                property: "where p = 0 < q the value is f′(0⁺), where q = 0 < p it is f′(∞)",
                run: |answer| {
                    let inf = f64::INFINITY;
                    let ends: [(&dyn Divergence, f64, f64); 5] = [
                        (&Kl, -inf, inf),
                        (&ReverseKl, -inf, 0.0),
                        (&TotalVariation, -0.5, 0.5),
                        (&PearsonChi2, -2.0, inf),
                        (&SquaredHellinger, -inf, 1.0),
                    ];
                    for_each(ends, |(f, low, high)| {
                        let found = answer(f, &[0.0, 0.5, 0.5], &[0.5, 0.0, 0.5]);
                        let value = |i: usize| found.get(i).copied().unwrap_or(f64::NAN);
                        let at = |what: &str| format!("{}, {what}", f.title());
                        let near = tolerance::FORMULA;
                        Ok(agree(at("p = 0, q = ½"), low, value(0), near)?.max(agree(
                            at("p = ½, q = 0"),
                            high,
                            value(1),
                            near,
                        )?))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "ratio-upside-down",
                misconception: "the ratio is p/q, data over model; this is the slope at q/p",
                subject: |f, p, q| reference::optimal_critic(f, q, p),
                caught_by: "touches",
            },
            Chaff {
                name: "value-for-slope",
                misconception: "the best critic is a slope of f at the ratio, f′(p/q), not the value f(p/q)",
                subject: |f, p, q| p.iter().zip(q).map(|(p, q)| f.generator(p / q)).collect(),
                caught_by: "touches",
            },
            Chaff {
                name: "log-ratio-for-all",
                misconception: "log p/q is the best critic of KL, up to a constant; each f has its own slope",
                subject: |_, p, q| p.iter().zip(q).map(|(p, q)| (p / q).ln()).collect(),
                caught_by: "touches",
            },
            Chaff {
                name: "ratio-itself",
                misconception: "the critic is the slope at the ratio, not the ratio: that is (f*)′ of the critic",
                subject: |_, p, q| p.iter().zip(q).map(|(p, q)| p / q).collect(),
                caught_by: "touches",
            },
            Chaff {
                name: "difference-for-ratio",
                misconception: "what counts at a point is the ratio of the masses, not their difference",
                subject: |f, p, q| {
                    let slope = |(p, q): (&f64, &f64)| f.subdifferential(1.0 + p - q).representative();
                    p.iter().zip(q).map(slope).collect()
                },
                caught_by: "touches",
            },
            Chaff {
                name: "empty-points-get-zero",
                misconception: "a point that one law misses is not neutral: its slope is f′(0⁺) or f′(∞)",
                subject: |f, p, q| {
                    let slope = |(p, q): (&f64, &f64)| match p * q > 0.0 {
                        true => f.subdifferential(p / q).representative(),
                        false => 0.0,
                    };
                    p.iter().zip(q).map(slope).collect()
                },
                caught_by: "reaches-the-divergence",
            },
            Chaff {
                name: "large-number-for-infinity",
                misconception: "an infinite slope is an answer, ±∞: a large number in its place makes an infinite D_f finite",
                subject: |f, p, q| {
                    reference::optimal_critic(f, p, q).iter().map(|t| t.clamp(-1e6, 1e6)).collect()
                },
                caught_by: "ends",
            },
        ],
        fingerprint: |answer| {
            let members: [&dyn Divergence; 3] = [&Kl, &PearsonChi2, &SquaredHellinger];
            let zeros = |f| answer(f, &[0.25, 0.0, 0.75, 0.0], &[0.5, 0.5, 0.0, 0.0])[..3].to_vec();
            let full = |f| answer(f, &[0.5, 0.3, 0.2], &[0.2, 0.2, 0.6]);
            members.into_iter().flat_map(|f| [full(f), zeros(f)].concat()).collect()
        },
    }
}
