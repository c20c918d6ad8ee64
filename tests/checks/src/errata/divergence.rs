//! The hypotheses on f that the notes leave out, and the mass that their integral does
//! not see.

use super::two_points::{Two, over_two};
use crate::check::{Tally, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(hypotheses().stating(
            r"
\begin{array}{ll}
f(u) = -(u - 1)^2 & D_f(P \| Q) = -\chi^2(P \| Q) \le 0 \\[4pt]
f(u) = u \log u - (u + 1) \log (u + 1) & D_f(P \| P) = -\log 4 \\[4pt]
f(u) = \max(u - 2, 0) & D_f\bigl((\tfrac12, \tfrac12) \,\big\|\, (\tfrac14, \tfrac34)\bigr) = 0
\end{array}",
        )),
        Box::new(singular_part().stating(
            r"
\begin{array}{lcc}
P = (\tfrac12, \tfrac12),\ Q = (1, 0) & \sum_{q > 0} q\, f(p/q) & D_f(P \| Q) \\[6pt]
\text{KL} & -\tfrac12 \log 2 & \infty \\[4pt]
\text{total variation} & \tfrac14 & \tfrac12 \\[4pt]
\text{reverse KL} & \log 2 & \log 2
\end{array}",
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
