//! 1.3: D_f on finitely many points, by its definition.

use crate::check::{Broken, Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use vdm::Divergence;
use vdm::ch01_generative_modelling::exercises as reference;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// The signature of 1.3.
type OnPoints = fn(&dyn Divergence, &[f64], &[f64]) -> f64;

/// 1.3
pub fn divergence_on_points() -> Exercise<OnPoints> {
    Exercise {
        meta: Meta::implement(
            "1.3",
            "divergence_on_points",
            "An f-divergence on finitely many points",
            3,
            15,
        ),
        reference: reference::divergence_on_points,
        checks: vec![
            Check {
                name: "worked-by-hand",
                property: "KL between (½, ½) and (¼, ¾), both ways round",
                run: |answer| {
                    let (half, quarter) = ([0.5, 0.5], [0.25, 0.75]);
                    let there = 0.5 * 2f64.ln() + 0.5 * (2.0 / 3.0f64).ln();
                    let back = 0.25 * 0.5f64.ln() + 0.75 * 1.5f64.ln();
                    for_each([(half, quarter, there), (quarter, half, back)], |(p, q, due)| {
                        let at = format!("{}, P = {p:?}, Q = {q:?}", vdm::catalogue::Kl.title());
                        agree(at, due, answer(&vdm::catalogue::Kl, &p, &q), tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "shared-points",
                property: "the sum of q·f(p/q), for every generator of the catalogue, where p, q > 0",
                run: |answer| {
                    let members = vdm::catalogue::all();
                    let cases = (0..members.len(), strategies::finite_pairs());
                    for_all(200, &cases, |(member, (p, q))| {
                        let n = p.len() as f64;
                        let blur = |law: &Finite| {
                            law.probabilities().iter().map(|m| (m + 1.0 / n) / 2.0).collect::<Vec<_>>()
                        };
                        compare(answer, &members[*member], &blur(p), &blur(q))
                    })
                },
            },
            Check {
                name: "zeros",
                property: "f(0) for Q's mass where p = 0, and f′(∞) for P's mass where q = 0",
                run: |answer| {
                    let members = vdm::catalogue::all();
                    let cases = (0..members.len(), strategies::finite_pairs());
                    for_all(300, &cases, |(member, (p, q))| {
                        compare(answer, &members[*member], &p.probabilities(), &q.probabilities())
                    })
                },
            },
            Check {
                name: "points-of-neither",
                property: "a point without mass under either law costs nothing: never 0·∞, never 0/0",
                run: |answer| {
                    for_each(vdm::catalogue::all(), |f| {
                        let law = [0.5, 0.0, 0.5, 0.0];
                        let at = format!("{}, P = Q = {law:?}", f.title());
                        let near = tolerance::of_terms(&[f.at_one(), 1.0]);
                        agree(at, f.at_one(), answer(&f, &law, &law), near)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "mass-outside-forgotten",
                misconception: "where q = 0 and p > 0 the curve still owes f′(∞) a unit of P's mass; the lecture leaves that out",
                subject: |f, p, q| {
                    let inside = p.iter().zip(q).filter(|(_, q)| **q > 0.0);
                    inside.map(|(p, q)| q * f.generator(p / q)).sum()
                },
                caught_by: "zeros",
            },
            Chaff {
                name: "laws-exchanged",
                misconception: "P is the data and stands above: the ratio is p/q, averaged under q",
                subject: |f, p, q| reference::divergence_on_points(f, q, p),
                caught_by: "worked-by-hand",
            },
            Chaff {
                name: "averaged-under-p",
                misconception: "f of the ratio is averaged under q, the law below; for KL, p·log(p/q) already contains the ratio",
                subject: |f, p, q| p.iter().zip(q).map(|(p, q)| p * f.generator(p / q)).sum(),
                caught_by: "shared-points",
            },
            Chaff {
                name: "points-without-data-skipped",
                misconception: "where p = 0 and q > 0 the ratio is 0 and the term is q·f(0), which need not vanish",
                subject: |f, p, q| {
                    p.iter().zip(q).filter(|(p, _)| **p > 0.0).map(|(p, q)| term(f, *p, *q)).sum()
                },
                caught_by: "zeros",
            },
            Chaff {
                name: "full-price-for-any-mass",
                misconception: "f′(∞) is the price of one unit of mass: multiply it by P[q = 0]",
                subject: |f, p, q| {
                    let pairs = || p.iter().zip(q);
                    let inside: f64 = pairs().filter(|(_, q)| **q > 0.0).map(|(p, q)| term(f, *p, *q)).sum();
                    let outside = pairs().any(|(p, q)| *p > 0.0 && *q == 0.0);
                    inside + if outside { f.slope_at_infinity() } else { 0.0 }
                },
                caught_by: "zeros",
            },
            Chaff {
                name: "zero-times-infinity",
                misconception: "0·∞ is NaN in floating point: where p = 0 too, the term is 0 by convention",
                subject: |f, p, q| {
                    let term = |(p, q): (&f64, &f64)| {
                        if *q > 0.0 { q * f.generator(p / q) } else { p * f.slope_at_infinity() }
                    };
                    p.iter().zip(q).map(term).sum()
                },
                caught_by: "points-of-neither",
            },
            Chaff {
                name: "zero-over-zero",
                misconception: "0/0 is NaN: a point that neither law ever visits has no ratio and costs nothing",
                subject: |f, p, q| p.iter().zip(q).map(|(p, q)| q * f.generator(p / q)).sum(),
                caught_by: "points-of-neither",
            },
        ],
        fingerprint: |answer| {
            let laws: [(&[f64], &[f64]); 4] = [
                (&[0.5, 0.5], &[0.25, 0.75]),
                (&[0.5, 0.5, 0.0], &[0.25, 0.25, 0.5]),
                (&[0.25, 0.25, 0.5], &[0.5, 0.5, 0.0]),
                (&[0.25, 0.75, 0.0], &[0.75, 0.25, 0.0]),
            ];
            let members: [&dyn Divergence; 4] = [
                &vdm::catalogue::Kl,
                &vdm::catalogue::TotalVariation,
                &vdm::catalogue::FganJs,
                &vdm::catalogue::SquaredHellinger,
            ];
            members.iter().flat_map(|f| laws.map(|(p, q)| answer(*f, p, q))).collect()
        },
    }
}

/// What one point adds to D_f.
fn term(f: &dyn Divergence, p: f64, q: f64) -> f64 {
    match (p, q) {
        (0.0, 0.0) => 0.0,
        (p, 0.0) => p * f.slope_at_infinity(),
        (p, q) => q * f.generator(p / q),
    }
}

/// Against the library, which sums centred terms in log space.
fn compare(answer: OnPoints, f: &dyn Divergence, p: &[f64], q: &[f64]) -> Result<f64, Box<Broken>> {
    let at = format!("{}, P = {p:.4?}, Q = {q:.4?}", f.title());
    let law = |masses: &[f64]| Finite::new(masses).map_err(|why| Broken::new(&at, "a law", why.to_string()));
    let due = between_finite(f, &law(p)?, &law(q)?)
        .map_err(|why| Broken::new(&at, "two laws on the same points", why.to_string()))?;
    let sizes: Vec<f64> = p.iter().zip(q).map(|(p, q)| term(f, *p, *q)).chain([1.0]).collect();
    let found = answer(f, p, q);
    agree(at, due, found, tolerance::of_terms(&sizes)).map_err(|mut why| {
        why.expected = number(due);
        why
    })
}
