//! What holds of conjugates in general: convexity, scaling and tilting, the two
//! gaps of the page, and the diagonal.

use super::generators;
use super::supremum::supremum;
use crate::check::{agree, at_least, number};
use crate::for_all::for_all;
use crate::laws::planted::{Planted, catalogue_members};
use crate::{AnyLaw, Law, strategies, tolerance};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::Kl;

/// A function of the slope, however it was obtained.
type OfSlope = Arc<dyn Fn(f64) -> f64>;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(convex_and_increasing().stating(
            r"
f^*\bigl(\lambda s + (1-\lambda) t\bigr) \le \lambda f^*(s) + (1-\lambda) f^*(t),
\qquad s \le t \;\Longrightarrow\; f^*(s) \le f^*(t)",
        )),
        Box::new(scaled_and_shifted().stating(
            r"
\begin{aligned}
t u - \bigl[a f(u) + c\,(u - 1) + b\bigr]
  &= a \Bigl[\tfrac{t - c}{a}\, u - f(u)\Bigr] + c - b \\
\bigl(a f + c\,(u - 1) + b\bigr)^{*}(t) &= a\, f^*\!\Bigl(\frac{t - c}{a}\Bigr) + c - b
\end{aligned}",
        )),
        Box::new(gaps().stating(
            r"
\begin{aligned}
\text{KL, } u > 0: && u \log u + e^{t-1} - u t &= u \int_0^{t - 1 - \log u} (e^s - 1)\, ds \;\ge\; 0 \\
\text{Pearson, } t \ge -2: && (u-1)^2 + t + \tfrac{t^2}{4} - u t &= \bigl(u - 1 - \tfrac{t}{2}\bigr)^2 \;\ge\; 0
\end{aligned}",
        )),
        Box::new(above_the_diagonal().stating(r"f(1) = 0 \quad\Longrightarrow\quad f^*(t) \ge t \text{ for every } t, \qquad f^*(t) = t \text{ for } t \in \partial f(1)")),
    ]
}

fn convex_and_increasing() -> Law<OfSlope> {
    /// The conjugate of f by search: no formula takes part.
    fn searched(f: fn(f64) -> f64) -> OfSlope {
        Arc::new(move |t| supremum(f, t).value)
    }
    Law {
        name: "conjugate-is-convex-and-increasing",
        statement: "f* is convex and never decreases, whatever f on u ≥ 0 is",
        members: || {
            vec![
                ("kl".into(), searched(generators::kl)),
                ("reverse-kl".into(), searched(generators::reverse_kl)),
                ("total-variation".into(), searched(generators::total_variation)),
                ("pearson".into(), searched(generators::pearson)),
                ("not-closed".into(), searched(generators::not_closed)),
                // Not convex: its corners, and +∞ beyond its last slope.
                (
                    "two-wells".into(),
                    Arc::new(|t| match t {
                        t if t > 1.0 => f64::INFINITY,
                        t => [0.0, 0.5, 1.0, 1.5]
                            .map(|u| t * u - generators::two_wells(u))
                            .into_iter()
                            .fold(f64::NEG_INFINITY, f64::max),
                    }),
                ),
            ]
        },
        check: |conjugate| {
            for_all(
                100,
                &(strategies::reals(12.0), strategies::reals(12.0), 0.01..0.99f64),
                |&(a, b, weight)| {
                    let (s, t) = (a.min(b), a.max(b));
                    let between = weight * s + (1.0 - weight) * t;
                    let (at_s, at_t, at_between) = (conjugate(s), conjugate(t), conjugate(between));
                    // The best ratio is at most e^{t−1} (KL), hence the size of t·u.
                    let size =
                        if at_t.is_finite() { at_t.abs() + (t.abs() + 1.0) * (1.0 + t.exp()) } else { 1.0 };
                    let tolerance = tolerance::of_terms(&[at_s, at_t, size]);
                    let at = format!("s = {}, t = {}, λ = {}", number(s), number(t), number(weight));
                    let chord = weight * at_s + (1.0 - weight) * at_t;
                    let convex =
                        at_least(at.clone(), "f* lies below its chord", chord, at_between, tolerance)?;
                    Ok(convex.max(at_least(at, "f*(s) ≤ f*(t)", at_t, at_s, tolerance)?))
                },
            )
        },
        chaffs: || {
            vec![
                ("Pearson as printed decreases below −2", Arc::new(|t| t + t * t / 4.0)),
                ("the sign is lost: −e^{t−1}", Arc::new(|t| -(t - 1.0).exp())),
                ("an infimum for the supremum: concave", Arc::new(|t| t.min(0.0))),
            ]
        },
    }
}

/// The new conjugate at t, from f* and [a, c, b].
type NewConjugate = fn(&dyn Fn(f64) -> f64, [f64; 3], f64) -> f64;

/// The two lines of the rule.
#[derive(Clone, Copy)]
struct Rule {
    /// t·u − [a·f(u) + c(u − 1) + b] rewritten, in (u, f(u), a, c, b, t).
    objective: fn(f64, f64, [f64; 3], f64) -> f64,
    conjugate: NewConjugate,
}

const RULE: Rule = Rule {
    objective: |u, f, [a, c, b], t| a * ((t - c) / a * u - f) + c - b,
    conjugate: |conjugate, [a, c, b], t| a * conjugate((t - c) / a) + c - b,
};

fn scaled_and_shifted() -> Law<Rule> {
    Law {
        name: "conjugate-of-scaled-and-shifted",
        statement: "(a·f + c·(u − 1) + b)*(t) = a·f*((t − c)/a) + c − b for a > 0",
        members: || vec![("rule".into(), RULE)],
        check: |rule| {
            let quarters = |low: i32, high: i32| {
                use proptest::strategy::Strategy;
                (low..=high).prop_map(|k| f64::from(k) / 4.0)
            };
            let constants =
                (quarters(2, 16), quarters(-8, 8), quarters(-8, 8), quarters(-16, 16), quarters(1, 16));
            for_all(150, &constants, |&(a, c, b, t, u)| {
                let at = format!("a = {a}, c = {c}, b = {b}, t = {t}");
                let mut worst = 0.0_f64;
                for f in [generators::kl, generators::pearson, generators::total_variation] {
                    let new = |u: f64| a * f(u) + c * (u - 1.0) + b;
                    let sizes = [a * f(u), c * u, c, b, t * u];
                    let rewritten = (rule.objective)(u, f(u), [a, c, b], t);
                    let same = tolerance::of_terms(&sizes);
                    worst = worst.max(agree(format!("{at}, u = {u}"), t * u - new(u), rewritten, same)?);
                    let sup = supremum(new, t);
                    let found = (rule.conjugate)(&|s| supremum(f, s).value, [a, c, b], t);
                    let tolerance = tolerance::of_terms(&[sup.terms, c * sup.u, c, b])
                        + tolerance::of_conjugate(t, sup.u, sup.value);
                    worst = worst.max(agree(at.clone(), sup.value, found, tolerance)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                (
                    "the outer a is forgotten",
                    Rule { conjugate: |conjugate, [a, c, b], t| conjugate((t - c) / a) + c - b, ..RULE },
                ),
                (
                    "a·t in place of t/a",
                    Rule { conjugate: |conjugate, [a, c, b], t| a * conjugate(a * (t - c)) + c - b, ..RULE },
                ),
                (
                    "− c for + c",
                    Rule { conjugate: |conjugate, [a, c, b], t| a * conjugate((t - c) / a) - c - b, ..RULE },
                ),
                (
                    "+ b for − b",
                    Rule { objective: |u, f, [a, c, b], t| a * ((t - c) / a * u - f) + c + b, ..RULE },
                ),
            ]
        },
    }
}

/// Both sides of one displayed gap, in (u, t).
#[derive(Clone, Copy)]
struct Gap {
    f: fn(f64) -> f64,
    left: fn(f64, f64) -> f64,
    right: fn(f64, f64) -> f64,
    lowest_slope: f64,
}

const KL_GAP: Gap = Gap {
    f: generators::kl,
    left: |u, t| u * u.ln() + (t - 1.0).exp() - u * t,
    right: |u, t| u * integral(f64::exp_m1, 0.0, t - 1.0 - u.ln()),
    lowest_slope: f64::NEG_INFINITY,
};

const PEARSON_GAP: Gap = Gap {
    f: generators::pearson,
    left: |u, t| (u - 1.0).powi(2) + t + t * t / 4.0 - u * t,
    right: |u, t| (u - 1.0 - t / 2.0).powi(2),
    lowest_slope: -2.0,
};

/// Both gaps against f(u) + f*(t) − u·t with f* by search.
fn gaps() -> Law<Gap> {
    Law {
        name: "fenchel-young-gaps",
        statement: "the gap f(u) + f*(t) − u·t of KL and of Pearson, rewritten so that it is seen to be ≥ 0",
        members: || vec![("kl".into(), KL_GAP), ("pearson".into(), PEARSON_GAP)],
        check: |&gap| {
            for_all(200, &(-2.0..2.0f64, strategies::reals(5.0)), |&(log_u, t)| {
                if t < gap.lowest_slope || t > 5.0 {
                    return Ok(0.0);
                }
                let u = log_u.exp();
                let sup = supremum(gap.f, t);
                let expected = (gap.f)(u) + sup.value - u * t;
                // e^{t−1} ≤ e⁴ and every other term of either side is of these sizes.
                let tolerance =
                    tolerance::of_terms(&[(gap.f)(u), sup.terms, sup.value, u * t, u * (t - 1.0 - log_u)]);
                let at = format!("u = {}, t = {}", number(u), number(t));
                let left = agree(at.clone(), expected, (gap.left)(u, t), tolerance)?;
                let right = agree(at.clone(), expected, (gap.right)(u, t), tolerance)?;
                Ok(left.max(right).max(at_least(at, "the right side ≥ 0", (gap.right)(u, t), 0.0, 0.0)?))
            })
        },
        chaffs: || {
            vec![
                (
                    "the factor u is lost",
                    Gap { right: |u, t| integral(f64::exp_m1, 0.0, t - 1.0 - u.ln()), ..KL_GAP },
                ),
                (
                    "the upper limit without its 1",
                    Gap { right: |u, t| u * integral(f64::exp_m1, 0.0, t - u.ln()), ..KL_GAP },
                ),
                (
                    "the square's middle has the wrong sign",
                    Gap { right: |u, t| (u - 1.0 + t / 2.0).powi(2), ..PEARSON_GAP },
                ),
                (
                    "Pearson's formula below −2 as well",
                    Gap { lowest_slope: f64::NEG_INFINITY, ..PEARSON_GAP },
                ),
            ]
        },
    }
}

/// ∫ from a to b by Gauss and Legendre's five points on panels of width ≤ ¼: for an
/// integrand like eˢ the error is below 1e-17 of its size.
fn integral(h: fn(f64) -> f64, a: f64, b: f64) -> f64 {
    const NODES: [(f64, f64); 3] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_1),
    ];
    let panels = ((b - a).abs() * 4.0).ceil().max(1.0);
    let half = (b - a) / panels / 2.0;
    let panel = |k: i32| {
        let middle = a + half * f64::from(2 * k + 1);
        let points = NODES.iter().map(|&(x, weight)| match x {
            0.0 => weight * h(middle),
            x => weight * (h(middle - x * half) + h(middle + x * half)),
        });
        half * points.sum::<f64>()
    };
    (0..panels as i32).map(panel).sum()
}

fn above_the_diagonal() -> Law<Arc<dyn Divergence>> {
    Law {
        name: "conjugate-above-the-diagonal",
        statement: "f(1) = 0 makes f*(t) ≥ t for every t, with equality for t ∈ ∂f(1)",
        members: || catalogue_members().into_iter().filter(|(_, member)| member.at_one() == 0.0).collect(),
        check: |d| {
            let below = for_all(200, &strategies::reals(20.0), |&t| {
                let conjugate = d.conjugate(t);
                let tolerance = tolerance::of_terms(&[t, conjugate, 1.0]);
                at_least(format!("t = {}", number(t)), "f*(t) ≥ t", conjugate, t, tolerance)
            })?;
            let slopes = d.slope_at_one();
            let mut tally =
                crate::for_all::for_each([slopes.low(), slopes.high(), slopes.representative()], |t| {
                    agree(format!("t = {}", number(t)), t, d.conjugate(t), tolerance::of_terms(&[t, 1.0]))
                })?;
            tally.merge(below);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("e^{t−1} − 1 dips below", Planted::on(Kl).conjugate(|t| (t - 1.0).exp() - 1.0).finish()),
                ("e^t never touches", Planted::on(Kl).conjugate(f64::exp).finish()),
            ]
        },
    }
}
