//! Conjugates of samples: which way they err and by how much, what the hull keeps,
//! and the bound that is none.

use super::generators;
use super::supremum::supremum;
use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(grid_error().stating(
            r"
f^*_G(t) \;\le\; f^*(t) \;\le\; f^*_G(t) + \frac{(b - a)^2}{8} \max_{[a,\,b]} f''
\qquad (a \le u^* \le b)",
        )), Box::new(hull().stating(r"\max_{1 \le i \le n} \{\, t u_i - f_i \,\} \;=\; \max_{i \,\in\, \text{hull}} \{\, t u_i - f_i \,\} \qquad \text{for every } t")), Box::new(overshoot().stating(
            r"
\begin{aligned}
P = (.7, .3),\; Q = (.4, .6): \qquad
\mathrm{KL}(P \| Q) &= .7 \log 1.75 - .3 \log 2 = .18378\ldots \\
\sup_T \bigl\{ \mathbb{E}_P T - \mathbb{E}_Q f^*_G(T) \bigr\} &= .3 \log 1.5 + .1 \log 2 = .19095\ldots
\end{aligned}",
        ))]
}

/// max over i of t·uᵢ − fᵢ.
fn of_samples(us: &[f64], fs: &[f64], t: f64) -> f64 {
    us.iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::NEG_INFINITY, f64::max)
}

/// The conjugate of samples, and the displayed bound on what it lacks, from a, b and
/// the largest f'' between them.
#[derive(Clone, Copy)]
struct Grid {
    conjugate: fn(&[f64], &[f64], f64) -> f64,
    lack: fn(f64, f64, f64) -> f64,
}

const GRID: Grid = Grid { conjugate: of_samples, lack: |a, b, curvature| (b - a).powi(2) / 8.0 * curvature };

fn grid_error() -> Law<Grid> {
    /// f, f'' and the slope f' at which u is the best place.
    type Curve = (fn(f64) -> f64, fn(f64) -> f64, fn(f64) -> f64);
    // In each, f'' never increases: its largest value between a and b is at a.
    const CURVES: [Curve; 3] = [
        (generators::kl, |u| 1.0 / u, |u| 1.0 + u.ln()),
        (generators::reverse_kl, |u| 1.0 / (u * u), |u| -1.0 / u),
        (generators::pearson, |_| 2.0, |u| 2.0 * (u - 1.0)),
    ];
    Law {
        name: "grid-conjugate-error",
        statement: "f*_G ≤ f* ≤ f*_G + (b − a)²/8 · max f'' where the best place lies between neighbours a and b",
        members: || vec![("grid".into(), GRID)],
        check: |grid| {
            // Grids u = h, 2h, … , 40h; the best place at an eighth of a cell, so that
            // the middle, where a parabola reaches the bound, is among the cases.
            let cases = (1..=8i32, 1..=38i32, 0..=8i32);
            for_all(300, &cases, |&(h, cell, part)| {
                let h = f64::from(h) / 16.0;
                let us: Vec<f64> = (1..=40).map(|k| h * f64::from(k)).collect();
                let a = h * f64::from(cell);
                let best = a + h * f64::from(part) / 8.0;
                let mut worst = 0.0_f64;
                for (f, curvature, slope) in CURVES {
                    let fs: Vec<f64> = us.iter().map(|&u| f(u)).collect();
                    let t = slope(best);
                    let sup = supremum(f, t);
                    let tolerance = tolerance::of_terms(&[sup.terms, t * us[39], fs[39]]);
                    let at = format!("h = {h}, u* = {best}, t = {}", number(t));
                    let found = (grid.conjugate)(&us, &fs, t);
                    worst = worst.max(at_least(at.clone(), "f*_G ≤ f*", sup.value, found, tolerance)?);
                    let bound = found + (grid.lack)(a, a + h, curvature(a));
                    worst = worst.max(at_least(at, "f* ≤ f*_G + bound", bound, sup.value, tolerance)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("a sixteenth for an eighth", Grid { lack: |a, b, c| (b - a).powi(2) / 16.0 * c, ..GRID }),
                ("no error", Grid { lack: |_, _, _| 0.0, ..GRID }),
                (
                    "raised by h²/8: no longer below f*",
                    Grid {
                        conjugate: |us, fs, t| of_samples(us, fs, t) + (us[1] - us[0]).powi(2) / 8.0,
                        ..GRID
                    },
                ),
                (
                    "the minimum for the maximum",
                    Grid {
                        conjugate: |us, fs, t| {
                            us.iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::INFINITY, f64::min)
                        },
                        ..GRID
                    },
                ),
            ]
        },
    }
}

/// From samples, the indices that count.
type Hull = fn(&[f64], &[f64]) -> Vec<usize>;

/// Does sample `j` lie on or above the chord from `i` to `k`?
fn on_or_above(us: &[f64], fs: &[f64], [i, j, k]: [usize; 3]) -> bool {
    (fs[j] - fs[i]) * (us[k] - us[i]) >= (fs[k] - fs[i]) * (us[j] - us[i])
}

/// The pass that the page describes in words.
fn one_pass(us: &[f64], fs: &[f64]) -> Vec<usize> {
    let mut stack: Vec<usize> = Vec::new();
    for k in 0..us.len() {
        while let [.., i, j] = stack[..] {
            if !on_or_above(us, fs, [i, j, k]) {
                break;
            }
            stack.pop();
        }
        stack.push(k);
    }
    stack
}

fn hull() -> Law<Hull> {
    Law {
        name: "hull-keeps-the-conjugate",
        statement: "the maximum of t·uᵢ − fᵢ over the lower convex hull equals that over all samples, for every t",
        members: || vec![("one-pass".into(), one_pass as Hull)],
        check: |hull| {
            // Quarters: every product here is exact, so "equal" means equal.
            let samples = proptest::collection::vec((1..=8i32, -40..=40i32), 1..20);
            for_all(300, &samples, |samples| {
                let us: Vec<f64> = samples
                    .iter()
                    .scan(0, |u, (step, _)| {
                        *u += step;
                        Some(f64::from(*u) / 4.0)
                    })
                    .collect();
                let fs: Vec<f64> = samples.iter().map(|(_, f)| f64::from(*f) / 4.0).collect();
                let kept = hull(&us, &fs);
                let at = format!("u = {us:?}, f = {fs:?}");
                if let Some(corner) = kept.windows(3).find(|w| on_or_above(&us, &fs, [w[0], w[1], w[2]])) {
                    return Err(Broken::new(
                        at,
                        "chord slopes that increase",
                        format!("a corner at index {}", corner[1]),
                    ));
                }
                let (hull_us, hull_fs): (Vec<f64>, Vec<f64>) = kept.iter().map(|&i| (us[i], fs[i])).unzip();
                for k in -400..=400 {
                    let t = f64::from(k) / 4.0;
                    agree(
                        format!("{at}, t = {t}"),
                        of_samples(&us, &fs, t),
                        of_samples(&hull_us, &hull_fs, t),
                        0.0,
                    )?;
                }
                Ok(0.0)
            })
        },
        chaffs: || {
            vec![
                ("pops once where it must go on popping", |us, fs| {
                    let mut stack: Vec<usize> = Vec::new();
                    for k in 0..us.len() {
                        if let [.., i, j] = stack[..]
                            && on_or_above(us, fs, [i, j, k])
                        {
                            stack.pop();
                        }
                        stack.push(k);
                    }
                    stack
                }),
                ("the upper hull", |us, fs| one_pass(us, &fs.iter().map(|f| -f).collect::<Vec<_>>())),
                ("keeps what lies below its two neighbours", |us, fs| {
                    let end = us.len() - 1;
                    (0..=end)
                        .filter(|&i| i == 0 || i == end || !on_or_above(us, fs, [i - 1, i, i + 1]))
                        .collect()
                }),
                ("forgets the last sample", |us, fs| one_pass(&us[..us.len().max(2) - 1], fs)),
            ]
        },
    }
}

/// The two displayed values: KL, and the "bound".
type Overshoot = (fn() -> f64, fn() -> f64);

const KL_VALUE: fn() -> f64 = || 0.7 * 1.75_f64.ln() - 0.3 * 2.0_f64.ln();
const BOUND_VALUE: fn() -> f64 = || 0.3 * 1.5_f64.ln() + 0.1 * 2.0_f64.ln();

fn overshoot() -> Law<Overshoot> {
    const P: [f64; 2] = [0.7, 0.3];
    const Q: [f64; 2] = [0.4, 0.6];
    /// The page shows five digits and cuts the rest.
    const SHOWN: f64 = 1e-5;
    Law {
        name: "grid-bound-overshoots",
        statement: "KL = .18378… but the bound with the grid's conjugate (step ½) reaches .19095…",
        members: || vec![("kl-on-halves".into(), (KL_VALUE, BOUND_VALUE))],
        check: |&(kl, bound)| {
            let us: Vec<f64> = (0..=16).map(|k| f64::from(k) / 2.0).collect();
            let fs: Vec<f64> = us.iter().map(|&u| generators::kl(u)).collect();
            // p·T − q·f*_G(T) is concave and piecewise linear in T: it is largest at a
            // corner of f*_G, that is, at the slope of a chord between neighbours.
            let corners: Vec<f64> =
                us.windows(2).zip(fs.windows(2)).map(|(u, f)| (f[1] - f[0]) / (u[1] - u[0])).collect();
            let best = |p: f64, q: f64| {
                corners.iter().map(|&t| p * t - q * of_samples(&us, &fs, t)).fold(f64::NEG_INFINITY, f64::max)
            };
            let largest: f64 = P.iter().zip(Q).map(|(&p, q)| best(p, q)).sum();
            let divergence: f64 = P.iter().zip(Q).map(|(&p, q)| q * generators::kl(p / q)).sum();
            let rounding = tolerance::of_terms(&[1.0, 1.0]);
            for_each([0, 1, 2, 3, 4], |line| match line {
                0 => agree("KL(P‖Q)", divergence, kl(), rounding),
                1 => agree("the largest value of the bound", largest, bound(), rounding),
                2 => agree("KL as printed", 0.183_785, kl(), SHOWN),
                3 => agree("the bound as printed", 0.190_955, bound(), SHOWN),
                _ => at_least("both", "the bound lies above KL by 0.007", bound() - kl(), 0.007, 0.0),
            })
        },
        chaffs: || {
            vec![
                (
                    "KL with its arguments exchanged",
                    (|| 0.4 * (4.0_f64 / 7.0).ln() + 0.6 * 2.0_f64.ln(), BOUND_VALUE),
                ),
                ("the bound stays below", (KL_VALUE, KL_VALUE)),
                ("the grid's step is 1", (KL_VALUE, || 0.6 * 2.0_f64.ln())),
            ]
        },
    }
}
