//! The objective: total variation two ways, and what a divergence is not.

use crate::ch01_generative_modelling::variation::over_all_events;
use crate::check::{agree, at_least};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, strategies, tolerance};
use vdm::catalogue::Kl;
use vdm::ch01_generative_modelling::{largest_disagreement, total_variation};
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(two_ways().stating(
            r"
\begin{aligned}
\mathrm{TV}(P, Q) &= \tfrac12 \sum_x |p(x) - q(x)| \\
&= \max_A \,\{\, P[A] - Q[A] \,\} \\
&= P[\,p > q\,] - Q[\,p > q\,]
\end{aligned}",
        )),
        Box::new(no_metric().stating(
            r"
\begin{gathered}
P = (\tfrac12, \tfrac12),\; Q = (\tfrac14, \tfrac34),\; R = (\tfrac1{10}, \tfrac9{10}) \\
\mathrm{KL}(P \| Q) = .1438\ldots, \quad \mathrm{KL}(Q \| P) = .1308\ldots \\
\mathrm{KL}(P \| R) = .5108\ldots \;>\; .2361\ldots = \mathrm{KL}(P \| Q) + \mathrm{KL}(Q \| R)
\end{gathered}",
        )),
        Box::new(concave().stating(
            r"
\begin{gathered}
f(u) = -(u - 1)^2,\; P = (\tfrac12, \tfrac12),\; Q = (\tfrac14, \tfrac34) \\
D_f(P \| P) = 0, \qquad D_f(P \| Q) = -\tfrac13
\end{gathered}",
        )),
    ]
}

/// The first and the last expression of the display, as functions of two laws.
#[derive(Clone, Copy)]
struct TwoWays {
    half_sum: fn(&Finite, &Finite) -> f64,
    on_the_event: fn(&[f64], &[f64]) -> f64,
}

const TWO_WAYS: TwoWays = TwoWays {
    half_sum: |p, q| total_variation(p, q).unwrap_or(f64::NAN),
    on_the_event: |p, q| p.iter().zip(q).filter(|(p, q)| p > q).map(|(p, q)| p - q).sum(),
};

fn two_ways() -> Law<TwoWays> {
    Law {
        name: "total-variation-two-ways",
        statement: "½ Σ |p − q| is the largest P[A] − Q[A] over all events, reached on {p > q}",
        members: || vec![("finite-laws".into(), TWO_WAYS)],
        check: |ways| {
            for_all(200, &strategies::finite_pairs(), |(p, q)| {
                let (masses_p, masses_q) = (p.probabilities(), q.probabilities());
                let at = format!("P = {masses_p:.4?}, Q = {masses_q:.4?}");
                let due = over_all_events(&masses_p, &masses_q);
                agree(format!("{at}, ½ Σ |p − q|"), due, (ways.half_sum)(p, q), tolerance::FORMULA)?;
                let on_event = (ways.on_the_event)(&masses_p, &masses_q);
                agree(format!("{at}, on p > q"), due, on_event, tolerance::FORMULA)?;
                let best = largest_disagreement(p, q)
                    .map_err(|why| Broken::new(&at, "an event", why.to_string()))?;
                agree(format!("{at}, the library's best event"), due, best.difference, tolerance::FORMULA)
            })
        },
        chaffs: || {
            vec![
                (
                    "without ½",
                    TwoWays { half_sum: |p, q| 2.0 * total_variation(p, q).unwrap_or(f64::NAN), ..TWO_WAYS },
                ),
                (
                    "the event of the single largest gap",
                    TwoWays {
                        on_the_event: |p, q| p.iter().zip(q).map(|(p, q)| p - q).fold(0.0, f64::max),
                        ..TWO_WAYS
                    },
                ),
                (
                    "the event where p is at least ½",
                    TwoWays {
                        on_the_event: |p, q| {
                            p.iter().zip(q).filter(|(p, _)| **p >= 0.5).map(|(p, q)| p - q).sum()
                        },
                        ..TWO_WAYS
                    },
                ),
            ]
        },
    }
}

/// The four printed numbers: KL(P‖Q), KL(Q‖P), KL(P‖R), the sum on the right.
type NoMetric = [f64; 4];

fn no_metric() -> Law<NoMetric> {
    Law {
        name: "kl-is-no-metric",
        statement: "KL is not symmetric, and the detour over Q is shorter than the direct way",
        members: || vec![("printed".into(), [0.1438, 0.1308, 0.5108, 0.2361])],
        check: |printed| {
            let law = |first: f64| {
                Finite::new(&[first, 1.0 - first])
                    .map_err(|why| Broken::new("a law", "masses", why.to_string()))
            };
            let (p, q, r) = (law(0.5)?, law(0.25)?, law(0.1)?);
            let kl = |p: &Finite, q: &Finite| {
                between_finite(&Kl, p, q).map_err(|why| Broken::new("KL", "two points each", why.to_string()))
            };
            let due = [kl(&p, &q)?, kl(&q, &p)?, kl(&p, &r)?, kl(&p, &q)? + kl(&q, &r)?];
            /// Four digits, the rest cut off.
            const SHOWN: f64 = 1e-4;
            let mut tally = for_each(due.into_iter().zip(printed), |(due, shown)| {
                agree(
                    "the number, cut after four digits",
                    (due / SHOWN).floor() * SHOWN,
                    *shown,
                    tolerance::FORMULA,
                )
            })?;
            tally.merge(for_each([0, 1], |line| match line {
                0 => at_least(
                    "the triangle",
                    "the direct way is longer by .2",
                    printed[2] - printed[3],
                    0.2,
                    0.0,
                ),
                _ => at_least(
                    "the two orders",
                    "they differ by .01",
                    (printed[0] - printed[1]).abs(),
                    0.01,
                    0.0,
                ),
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("the same both ways", [0.1438, 0.1438, 0.5108, 0.2361]),
                ("a triangle that holds", [0.1438, 0.1308, 0.2361, 0.5108]),
                ("in bits", [0.2075, 0.1887, 0.7369, 0.3406]),
            ]
        },
    }
}

/// f, and the printed value of D_f(P‖Q).
type Concave = (fn(f64) -> f64, f64);

fn concave() -> Law<Concave> {
    Law {
        name: "concave-generator-goes-negative",
        statement: "with f = −(u − 1)² the formula gives 0 for equal laws and −⅓ for these two",
        members: || vec![("concave".into(), (|u| -(u - 1.0) * (u - 1.0), -1.0 / 3.0))],
        check: |(f, printed)| {
            let sum = |p: [f64; 2], q: [f64; 2]| -> f64 { (0..2).map(|i| q[i] * f(p[i] / q[i])).sum() };
            let (p, q) = ([0.5, 0.5], [0.25, 0.75]);
            // Σ (p − q)²/q by hand: (1/16)/(1/4) + (1/16)/(3/4) = 1/4 + 1/12.
            let by_hand = -(0.25 + 1.0 / 12.0);
            for_each([0, 1, 2], |line| match line {
                0 => agree("D_f(P ‖ P)", 0.0, sum(p, p), 0.0),
                1 => agree("D_f(P ‖ Q)", by_hand, sum(p, q), tolerance::FORMULA),
                _ => agree("the printed value", by_hand, *printed, tolerance::FORMULA),
            })
        },
        chaffs: || {
            vec![
                ("the convex one", (|u| (u - 1.0) * (u - 1.0), -1.0 / 3.0)),
                ("the laws exchanged", (|u| -(u - 1.0) * (u - 1.0), -0.25)),
                ("not normalised", (|u| 1.0 - u * u - 0.5, -1.0 / 3.0)),
            ]
        },
    }
}
