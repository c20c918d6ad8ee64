//! Fenchel–Moreau and the lines of its proof: inside, outside, at the end.

use super::generators;
use super::supremum::supremum;
use crate::check::{Tally, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, oracle, tolerance};

/// A generator; everything else is found from it by search.
type Generator = fn(f64) -> f64;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(fenchel_moreau().stating(r"f \text{ proper, convex and closed} \quad\Longrightarrow\quad f^{**}(u) = f(u) \text{ for every } u \in \mathbb{R}")),
        Box::new(supporting_line().stating(
            r"
\begin{gathered}
\frac{f(u) - f(u - h)}{h} \le f'(u^-) \le f'(u^+) \le \frac{f(u + h) - f(u)}{h}
   \qquad (0 < h \le u) \\
f'(u^-) \le s \le f'(u^+) \;\Longrightarrow\; f(v) \ge f(u) + s\,(v - u) \text{ for every } v
\end{gathered}",
        )),
        Box::new(inside().stating(r"f^{**}(u) \;\ge\; s u - f^*(s) \;=\; s u - \bigl(s u - f(u)\bigr) \;=\; f(u) \qquad s \in \partial f(u)")),
        Box::new(outside().stating(
            r"
f^{**}(u) \;\ge\; u t - f^*(t) \;\ge\; u t - f^*(t_0) \;\longrightarrow\; \infty
\qquad (u < 0,\ t \le t_0,\ t \to -\infty)",
        )),
        Box::new(at_the_end().stating(r"f^{**}(0) \;=\; \lim_{u \downarrow 0} f^{**}(u) \;=\; \lim_{u \downarrow 0} f(u) \;=\; f(0)")),
    ]
}

/// Where slopes are searched: |t| < sinh 7 ≈ 548 and sinh 9 ≈ 4,051.
const ASINH_T: (f64, f64) = (-7.0, 7.0);

/// sup over t of u·t − f*(t), f* itself by search; +∞ where it keeps growing.
fn biconjugate(f: Generator, u: f64) -> f64 {
    let conjugate = |t| supremum(f, t).value;
    let near = oracle::biconjugate(conjugate, u, ASINH_T).value;
    let far = oracle::biconjugate(conjugate, u, (ASINH_T.0 - 2.0, ASINH_T.1)).value;
    if far - near > 1.0 { f64::INFINITY } else { far.max(near) }
}

/// Closed convex generators of every kind: smooth, with a kink, with a flat piece,
/// infinite at 0.
fn closed_convex() -> Vec<(String, Generator)> {
    vec![
        ("kl".into(), generators::kl),
        ("reverse-kl".into(), generators::reverse_kl),
        ("total-variation".into(), generators::total_variation),
        ("pearson".into(), generators::pearson),
        ("gan".into(), generators::gan),
        ("hinge".into(), generators::hinge),
    ]
}

fn fenchel_moreau() -> Law<Generator> {
    Law {
        name: "fenchel-moreau",
        statement: "f** = f for proper, convex, closed f, at the end u = 0 and outside too",
        members: closed_convex,
        check: |&f| {
            for_each([-1.0, -0.25, 0.0, 0.25, 0.5, 1.0, 1.75, 3.0, 8.0], |u| {
                // At 0 the lines come only as near as the steepest one searched: for KL
                // e^{−548}, for the others nothing at all.
                let tolerance = tolerance::of_terms(&[f(u), 1.0, u * u]);
                agree(format!("u = {}", number(u)), f(u), biconjugate(f, u), tolerance)
            })
        },
        chaffs: || {
            vec![
                ("not closed: jumps up at 0", generators::not_closed),
                ("not convex: two wells", generators::two_wells),
                ("not convex: √u", |u| if u < 0.0 { f64::INFINITY } else { u.sqrt() }),
            ]
        },
    }
}

/// The line of slope s through (u, f(u)), at v: from f(u), u, s and v.
type Line = fn(f64, f64, f64, f64) -> f64;

fn supporting_line() -> Law<Line> {
    /// f with f'(u⁻) and f'(u⁺).
    type WithSlopes = (Generator, fn(f64) -> (f64, f64));
    const FUNCTIONS: [WithSlopes; 4] = [
        (generators::kl, |u| (1.0 + u.ln(), 1.0 + u.ln())),
        (generators::pearson, |u| (2.0 * (u - 1.0), 2.0 * (u - 1.0))),
        (generators::total_variation, |u| {
            (if u > 1.0 { 0.5 } else { -0.5 }, if u < 1.0 { -0.5 } else { 0.5 })
        }),
        (generators::hinge, |u| (if u > 2.0 { 1.0 } else { 0.0 }, if u < 2.0 { 0.0 } else { 1.0 })),
    ];
    Law {
        name: "supporting-line",
        statement: "one-sided slopes lie between the difference quotients, and every s between them gives a line below f",
        members: || vec![("line".into(), (|f_u, u, s, v| f_u + s * (v - u)) as Line)],
        check: |line| {
            let quarters = |low: i32| {
                use proptest::strategy::Strategy;
                (low..=24).prop_map(|k| f64::from(k) / 4.0)
            };
            for_all(300, &(quarters(1), quarters(0), quarters(1), 0.0..=1.0f64), |&(u, v, h, share)| {
                let mut worst = 0.0_f64;
                for (f, slopes) in FUNCTIONS {
                    let (left, right) = slopes(u);
                    let at = format!("u = {u}, v = {v}, h = {h}");
                    let tolerance = tolerance::of_terms(&[
                        f(u),
                        f(v),
                        f(u + h),
                        left * v,
                        right * v,
                        left * u,
                        right * u,
                    ]);
                    let ahead = (f(u + h) - f(u)) / h;
                    worst = worst.max(at_least(
                        at.clone(),
                        "f'(u⁺) ≤ the quotient ahead",
                        ahead,
                        right,
                        tolerance / h,
                    )?);
                    if h <= u {
                        let behind = (f(u) - f(u - h)) / h;
                        worst = worst.max(at_least(
                            at.clone(),
                            "the quotient behind ≤ f'(u⁻)",
                            left,
                            behind,
                            tolerance / h,
                        )?);
                    }
                    let s = left + share * (right - left);
                    worst = worst.max(at_least(
                        at,
                        "f(v) ≥ the line at v",
                        f(v),
                        line(f(u), u, s, v),
                        tolerance,
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("the line goes through the origin's side: f(u) + s·v", |f_u, _, s, v| f_u + s * v),
                ("the line leans the other way", |f_u, u, s, v| f_u - s * (v - u)),
            ]
        },
    }
}

/// The lines of the chain for u > 0, from u, s, f(u) and f*(s).
#[derive(Clone, Copy)]
struct Inside {
    below: fn(f64, f64, f64) -> f64,
    conjugate: fn(f64, f64, f64) -> f64,
}

const INSIDE: Inside = Inside { below: |u, s, conjugate| s * u - conjugate, conjugate: |u, s, f| s * u - f };

fn inside() -> Law<Inside> {
    /// f with one of its slopes at each u.
    type WithSlope = (Generator, fn(f64) -> f64);
    const FUNCTIONS: [WithSlope; 4] = [
        (generators::kl, |u| 1.0 + u.ln()),
        (generators::reverse_kl, |u| -1.0 / u),
        (generators::pearson, |u| 2.0 * (u - 1.0)),
        (generators::total_variation, |u| if u > 1.0 { 0.5 } else { -0.5 }),
    ];
    Law {
        name: "biconjugate-inside",
        statement: "for s ∈ ∂f(u): f*(s) = s·u − f(u), hence f**(u) ≥ s·u − f*(s) = f(u)",
        members: || vec![("chain".into(), INSIDE)],
        check: |chain| {
            for_all(200, &(-4.0..4.0f64), |&log_u| {
                let u = log_u.exp();
                let mut worst = 0.0_f64;
                for (f, slope) in FUNCTIONS {
                    let (s, f_u) = (slope(u), f(u));
                    let sup = supremum(f, s);
                    let tolerance = tolerance::of_terms(&[sup.terms, s * u, f_u, 1.0]);
                    let at = format!("u = {}", number(u));
                    let conjugate = (chain.conjugate)(u, s, f_u);
                    worst = worst.max(agree(at.clone(), sup.value, conjugate, tolerance)?);
                    worst = worst.max(agree(at, f_u, (chain.below)(u, s, sup.value), tolerance)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("s·u + f*(s)", Inside { below: |u, s, conjugate| s * u + conjugate, ..INSIDE }),
                (
                    "the product, as self-assessment 1.2 prints it",
                    Inside { below: |u, s, conjugate| s * u * conjugate, ..INSIDE },
                ),
                ("f(u) − s·u", Inside { conjugate: |u, s, f| f - s * u, ..INSIDE }),
            ]
        },
    }
}

fn outside() -> Law<fn(f64, f64, f64) -> f64> {
    Law {
        name: "biconjugate-outside",
        statement: "for u < 0 and t ≤ t₀: u·t − f*(t) ≥ u·t − f*(t₀), which tends to ∞ as t → −∞",
        members: || vec![("bound".into(), (|u, t, at_t0| u * t - at_t0) as fn(f64, f64, f64) -> f64)],
        check: |bound| {
            for_all(150, &(-4.0..-0.1f64, -2.0..-0.25f64, 0.0..8.0f64), |&(u, t0, below)| {
                let mut worst = 0.0_f64;
                for (_, f) in closed_convex() {
                    let t = t0 - below;
                    let (at_t0, at_t) = (supremum(f, t0), supremum(f, t));
                    let tolerance = tolerance::of_terms(&[at_t0.terms, at_t.terms, u * t]);
                    let at = format!("u = {}, t₀ = {}, t = {}", number(u), number(t0), number(t));
                    let value = bound(u, t, at_t0.value);
                    worst = worst.max(at_least(
                        at.clone(),
                        "u·t − f*(t) ≥ the bound",
                        u * t - at_t.value,
                        value,
                        tolerance,
                    )?);
                    // A line in t: ten times as far out it has grown nine times |u·t|.
                    let far = bound(u, 1e4 * t, at_t0.value);
                    worst = worst.max(at_least(
                        at,
                        "the bound grows without limit",
                        far,
                        5e3 * (u * t).abs(),
                        0.0,
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("f*(t₀) is added", |u, t, at_t0| u * t + at_t0.abs() + 1.0),
                ("the sign of u", |u, t, at_t0| -u * t - at_t0),
                ("the bound does not depend on t", |u, _, at_t0| u - at_t0),
            ]
        },
    }
}

fn at_the_end() -> Law<Generator> {
    /// Near 0 a generator of the page differs from f(0) by at most u·(|log u| + 4):
    /// the slopes here are 1 + log u, ½, 2 and log u in size.
    fn modulus(u: f64) -> f64 {
        u * (u.ln().abs() + 4.0)
    }
    Law {
        name: "biconjugate-at-the-end",
        statement: "f**(0) = lim f**(u) = lim f(u) = f(0) as u ↓ 0, for closed convex f",
        members: || closed_convex().into_iter().filter(|(_, f)| f(0.0).is_finite()).collect(),
        check: |&f| {
            let at_zero = f(0.0);
            let mut tally = Tally::default();
            tally.count(agree("f**(0)", at_zero, biconjugate(f, 0.0), tolerance::of_terms(&[at_zero, 1.0]))?);
            for exponent in [4, 6, 8] {
                let u = 2.0_f64.powi(-exponent);
                let rounding = tolerance::of_terms(&[at_zero, 1.0]);
                tally.count(agree(format!("f(u), u = {u}"), at_zero, f(u), modulus(u))?);
                tally.count(agree(format!("f**(u), u = {u}"), f(u), biconjugate(f, u), rounding)?);
            }
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("f(0) above the limit", generators::not_closed),
                ("0 · log 0 taken as 1", |u| if u == 0.0 { 1.0 } else { generators::kl(u) }),
                ("f(0) below the limit: no longer convex", |u| {
                    if u == 0.0 { -1.0 } else { generators::pearson(u) }
                }),
            ]
        },
    }
}
