//! The hypotheses on f that the notes leave out, the mass that their integral does not
//! see, and why a divergence is no distance.

use super::{Two, over_two};
use crate::check::{Tally, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(hypotheses().stating(
            r"
\begin{aligned}
\text{not convex:} && f(u) &= -(u - 1)^2 & D_f(P \| Q) &= -\chi^2(P \| Q) \;\le\; 0 = D_f(P \| P) \\
f(1) \ne 0: && f(u) &= u \log u - (u + 1) \log (u + 1) & D_f(P \| P) &= -\log 4 \\
\text{flat at } 1: && f(u) &= \max(u - 2, 0) & D_f\bigl((\tfrac12, \tfrac12) \,\big\|\, (\tfrac14, \tfrac34)\bigr) &= 0
\end{aligned}",
        )),
        Box::new(singular_part().stating(
            r"
\begin{array}{lcc}
P = (\tfrac12, \tfrac12),\ Q = (1, 0) & \sum_{q > 0} q\, f(p/q) & D_f(P \| Q) \\[2pt]
\text{KL} & -\tfrac12 \log 2 & \infty \\
\text{total variation} & \tfrac14 & \tfrac12 \\
\text{reverse KL} & \log 2 & \log 2
\end{array}",
        )),
        Box::new(no_metric().stating(
            r"
\begin{gathered}
P = (\tfrac12, \tfrac12), \qquad Q = (\tfrac14, \tfrac34), \qquad R = (\tfrac1{10}, \tfrac9{10}) \\
\mathrm{KL}(P \| Q) = \tfrac12 \log \tfrac43 \;\ne\; \tfrac34 \log 3 - \log 2 = \mathrm{KL}(Q \| P) \\
\mathrm{KL}(P \| R) = \log \tfrac53 \;>\; \tfrac12 \log \tfrac43 + \log \tfrac56 + \tfrac14 \log 3
   = \mathrm{KL}(P \| Q) + \mathrm{KL}(Q \| R)
\end{gathered}",
        )),
    ]
}

/// A generator.
type Generator = fn(f64) -> f64;

/// Σ q·f(p/q) over two points with q > 0.
fn average(f: Generator, laws: Two) -> f64 {
    over_two(laws, |p, q| q * f(p / q))
}

/// The three generators, and what the page says of each.
#[derive(Clone, Copy)]
struct Hypotheses {
    concave: Generator,
    in_terms_of_chi2: fn(f64) -> f64,
    unnormalised: Generator,
    of_itself: f64,
    flat: Generator,
    different: Two,
}

const HYPOTHESES: Hypotheses = Hypotheses {
    concave: |u| -(u - 1.0).powi(2),
    in_terms_of_chi2: |chi2| -chi2,
    unnormalised: |u| u * u.ln() - (u + 1.0) * (u + 1.0).ln(),
    of_itself: -1.386_294_361_119_890_6,
    flat: |u| (u - 2.0).max(0.0),
    different: (0.5, 0.25),
};

fn hypotheses() -> Law<Hypotheses> {
    Law {
        name: "generator-needs-its-hypotheses",
        statement: "without convexity, f(1) = 0, strictness at 1 the value is no divergence: negative, not 0 for P = Q, 0 for P ≠ Q",
        members: || vec![("three-generators".into(), HYPOTHESES)],
        check: |lines| {
            let mut tally = for_all(200, &(0.05..0.95f64, 0.05..0.95f64), |&(p, q)| {
                let at = format!("P = ({0}, 1 − {0}), Q = ({1}, 1 − {1})", number(p), number(q));
                // Pearson as Σ p²/q − 1.
                let second = over_two((p, q), |p, q| p * p / q);
                let near = tolerance::of_terms(&[second, second, 1.0]);
                let value = average(lines.concave, (p, q));
                let chain = agree(at.clone(), (lines.in_terms_of_chi2)(second - 1.0), value, near)?;
                let below = at_least(at.clone(), "0 ≥ the value", 0.0, value, near)?;
                let same = average(lines.unnormalised, (p, p));
                let itself = agree(at, lines.of_itself, same, tolerance::of_terms(&[4.0]))?;
                Ok(chain.max(below).max(itself))
            })?;
            let (p, q) = lines.different;
            tally.count(agree("the flat f", 0.0, average(lines.flat, (p, q)), 0.0)?);
            tally.count(at_least("the two laws", "they differ", (p - q).abs(), 0.25, 0.0)?);
            // Convex all the same: a chord of max(u − 2, 0) is never below it.
            tally.merge(for_each([(0.0, 1.0), (1.0, 3.0), (2.0, 6.0)], |(a, b)| {
                let chord = (lines.flat)(a) / 2.0 + (lines.flat)(b) / 2.0;
                at_least(format!("between {a} and {b}"), "chord ≥ f", chord, (lines.flat)((a + b) / 2.0), 0.0)
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                (
                    "+χ²: the sign of the generator lost",
                    Hypotheses { in_terms_of_chi2: |chi2| chi2, ..HYPOTHESES },
                ),
                ("the GAN generator taken as normalised", Hypotheses { of_itself: 0.0, ..HYPOTHESES }),
                ("max(u − 1, 0): not flat at 1", Hypotheses { flat: |u| (u - 1.0).max(0.0), ..HYPOTHESES }),
                ("P = Q", Hypotheses { different: (0.5, 0.5), ..HYPOTHESES }),
            ]
        },
    }
}

/// A row of the table: f, the sum over q > 0, and the divergence.
#[derive(Clone, Copy)]
struct Row {
    f: Generator,
    seen: f64,
    whole: f64,
}

fn rows() -> Vec<(String, Row)> {
    let row = |name: &str, f: Generator, seen: f64, whole: f64| (name.to_owned(), Row { f, seen, whole });
    let half_log = 0.5 * std::f64::consts::LN_2;
    vec![
        row("kl", |u| u * u.ln(), -half_log, f64::INFINITY),
        row("total-variation", |u| 0.5 * (u - 1.0).abs(), 0.25, 0.5),
        row("reverse-kl", |u| -u.ln(), 2.0 * half_log, 2.0 * half_log),
    ]
}

fn singular_part() -> Law<Row> {
    /// ∞ is seen as growth: by ½ log 2 each time that the second point's mass is halved.
    fn limit(f: Generator) -> (f64, f64) {
        let at = |exponent: i32| average(f, (0.5, 1.0 - 2.0_f64.powi(-exponent)));
        let (near, nearer) = (at(30), at(31));
        if nearer - near > 0.1 { (f64::INFINITY, 0.0) } else { (nearer, (nearer - near).abs()) }
    }
    Law {
        name: "mass-where-q-vanishes",
        statement: "for P = (½, ½), Q = (1, 0) the sum over q > 0 misses what D_f, the limit of Q = (1 − ε, ε), counts",
        members: rows,
        check: |row| {
            let mut tally = Tally::default();
            tally.count(agree("the sum over q > 0", (row.f)(0.5), row.seen, tolerance::of_terms(&[1.0]))?);
            let (whole, step) = limit(row.f);
            // The limit converges at least like ε: what is left is at most the last step.
            tally.count(agree("D_f", whole, row.whole, 2.0 * step + tolerance::of_terms(&[1.0, 30.0]))?);
            Ok(tally)
        },
        chaffs: || {
            let mut chaffs = Vec::new();
            for (name, row) in rows() {
                match name.as_str() {
                    "kl" => chaffs.push(("KL: the sum is all there is", Row { whole: row.seen, ..row })),
                    "total-variation" => {
                        chaffs.push((
                            "total variation: the sum is all there is",
                            Row { whole: row.seen, ..row },
                        ));
                        chaffs.push(("total variation: f(½) = ½", Row { seen: 0.5, ..row }));
                    }
                    _ => chaffs.push(("reverse KL: f′(∞) taken as ∞", Row { whole: f64::INFINITY, ..row })),
                }
            }
            chaffs
        },
    }
}

/// The numbers of the page.
#[derive(Clone, Copy)]
struct Numbers {
    forth: f64,
    back: f64,
    direct: f64,
    second_leg: f64,
}

/// ½ log 4⁄3, ¾ log 3 − log 2, log 5⁄3, log 5⁄6 + ¼ log 3.
fn numbers() -> Numbers {
    let log = f64::ln;
    Numbers {
        forth: 0.5 * log(4.0 / 3.0),
        back: 0.75 * log(3.0) - log(2.0),
        direct: log(5.0 / 3.0),
        second_leg: log(5.0 / 6.0) + 0.25 * log(3.0),
    }
}

fn no_metric() -> Law<Numbers> {
    /// KL of two laws on two points as an integral, ∫ (p − s)/(s(1 − s)) ds from q to p:
    /// by Simpson's rule, without a logarithm.
    fn kl(p: f64, q: f64) -> f64 {
        const PARTS: u32 = 2000;
        let step = (p - q) / f64::from(PARTS);
        let at = |k: u32| {
            let s = q + step * f64::from(k);
            let weight = if k == 0 || k == PARTS { 1.0 } else { f64::from(2 + 2 * (k % 2)) };
            weight * (p - s) / (s * (1.0 - s))
        };
        (0..=PARTS).map(at).sum::<f64>() * step / 3.0
    }
    Law {
        name: "kl-is-no-metric",
        statement: "KL(P‖Q) ≠ KL(Q‖P), and KL(P‖R) > KL(P‖Q) + KL(Q‖R) for three laws on two points",
        members: || vec![("three-laws".into(), numbers())],
        check: |numbers| {
            // Simpson's error is h⁴/180 of the fourth derivative over the interval's length.
            // On [0.1, 0.5] that is at most 24·(p/s⁵ + 1/s⁵) ≤ 4e6; h ≤ 2e-4.
            let simpson = 0.4 * 2e-4_f64.powi(4) / 180.0 * 4e6;
            let near = simpson + tolerance::of_terms(&[1.0; 4]);
            let (p, q, r) = (0.5, 0.25, 0.1);
            let mut tally = Tally::default();
            for (name, due, found) in [
                ("KL(P‖Q)", kl(p, q), numbers.forth),
                ("KL(Q‖P)", kl(q, p), numbers.back),
                ("KL(P‖R)", kl(p, r), numbers.direct),
                ("KL(Q‖R)", kl(q, r), numbers.second_leg),
            ] {
                tally.count(agree(name, due, found, near)?);
            }
            let apart = (numbers.forth - numbers.back).abs();
            tally.count(at_least("both ways", "they differ", apart, 0.01, 0.0)?);
            let detour = numbers.forth + numbers.second_leg;
            tally.count(at_least("by Q", "the way by Q is shorter", numbers.direct, detour + 0.1, 0.0)?);
            Ok(tally)
        },
        chaffs: || {
            let true_ones = numbers();
            vec![
                ("symmetric", Numbers { back: true_ones.forth, ..true_ones }),
                ("the direct way is the shorter one", Numbers { direct: 0.2, ..true_ones }),
                (
                    "log 3 for ¼ log 3",
                    Numbers { second_leg: (5.0_f64 / 6.0).ln() + 3.0_f64.ln(), ..true_ones },
                ),
            ]
        },
    }
}
