//! Three functions, each without one hypothesis of Fenchel–Moreau, with the
//! conjugate and biconjugate that the page shows for them.

use super::generators;
use crate::check::{Verdict, agree, number};
use crate::for_all::for_each;
use crate::{AnyLaw, Law};

/// A function, its conjugate and its biconjugate, as displayed.
#[derive(Clone, Copy)]
struct Triple {
    f: fn(f64) -> f64,
    conjugate: fn(f64) -> f64,
    biconjugate: fn(f64) -> f64,
    /// Where the page says that f** < f.
    strict_at: f64,
}

/// As near to 0 as a float comes without losing digits: where a supremum is the limit
/// u ↓ 0, this point shows it, to within four times its own size (|t| ≤ 2).
const TINY: f64 = f64::MIN_POSITIVE;

/// sup of x·y − g(y) over all eighths in [−2, 2], a point next to 0 and two far out.
/// The functions here are piecewise linear with corners at halves, so the maximum is
/// exact but for that point, and +∞ where a far point wins.
fn enumerated(g: fn(f64) -> f64, x: f64) -> f64 {
    const FAR: f64 = 1e9;
    let value = |y: f64| x * y - g(y);
    let near = (-16..=16).map(|k| value(f64::from(k) / 8.0)).fold(value(TINY), f64::max);
    let far = value(FAR).max(value(-FAR));
    if far > near + 1.0 { f64::INFINITY } else { near }
}

fn check(triple: &Triple) -> Verdict {
    let quarters = |low: i32, high: i32| (low..=high).map(|k| f64::from(k) / 4.0);
    let mut tally = for_each(quarters(-8, 8), |t| {
        agree(format!("f*, t = {}", number(t)), enumerated(triple.f, t), (triple.conjugate)(t), 4.0 * TINY)
    })?;
    tally.merge(for_each(quarters(-4, 8), |u| {
        agree(
            format!("f**, u = {}", number(u)),
            enumerated(triple.conjugate, u),
            (triple.biconjugate)(u),
            0.0,
        )
    })?);
    tally.merge(for_each([triple.strict_at], |u| {
        let (below, above) = ((triple.biconjugate)(u), (triple.f)(u));
        if below < above {
            Ok(0.0)
        } else {
            Err(crate::Broken::new(format!("u = {u}"), format!("f**(u) < {}", number(above)), number(below)))
        }
    })?);
    Ok(tally)
}

const NOT_CLOSED: Triple = Triple {
    f: generators::not_closed,
    conjugate: |t| if t <= 0.0 { 0.0 } else { f64::INFINITY },
    biconjugate: |u| if u >= 0.0 { 0.0 } else { f64::INFINITY },
    strict_at: 0.0,
};

const TWO_WELLS: Triple = Triple {
    f: generators::two_wells,
    conjugate: |t| match t {
        t if t < -1.0 => -0.5,
        t if t <= 0.0 => t / 2.0,
        t if t <= 1.0 => 1.5 * t,
        _ => f64::INFINITY,
    },
    biconjugate: |u| if u < 0.0 { f64::INFINITY } else { (0.5 - u).max(0.0).max(u - 1.5) },
    strict_at: 1.0,
};

const NOT_PROPER: Triple = Triple {
    f: |u| if u >= 0.0 { f64::NEG_INFINITY } else { f64::INFINITY },
    conjugate: |_| f64::INFINITY,
    biconjugate: |_| f64::NEG_INFINITY,
    strict_at: -1.0,
};

/// One law for each missing hypothesis.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(Law {
            name: "biconjugate-without-closedness",
            statement: "f = 0 on (0, ∞) with f(0) = 1 has f**(0) = 0 < 1",
            members: || vec![("jump".into(), NOT_CLOSED)],
            check,
            chaffs: || {
                vec![
                    ("f** = f all the same", Triple { biconjugate: generators::not_closed, ..NOT_CLOSED }),
                    (
                        "f* = −1 for t ≤ 0, as if only u = 0 counted",
                        Triple { conjugate: |t| if t <= 0.0 { -1.0 } else { f64::INFINITY }, ..NOT_CLOSED },
                    ),
                    ("f* finite for every t", Triple { conjugate: |_| 0.0, ..NOT_CLOSED }),
                ]
            },
        }.stating(
            r"
\begin{gathered}
f(u) = \begin{cases} 1 & u = 0 \\ 0 & u > 0 \end{cases} \qquad
f^*(t) = \begin{cases} 0 & t \le 0 \\ \infty & t > 0 \end{cases} \\
f^{**}(u) = 0 \text{ for all } u \ge 0, \text{ so } f^{**}(0) = 0 < 1 = f(0)
\end{gathered}",
        )),
        Box::new(Law {
            name: "biconjugate-without-convexity",
            statement: "two wells: f** fills the ground between them, f**(1) = 0 < ½ = f(1)",
            members: || vec![("two-wells".into(), TWO_WELLS)],
            check,
            chaffs: || {
                vec![
                    ("f** = f all the same", Triple { biconjugate: generators::two_wells, ..TWO_WELLS }),
                    (
                        "f* without the end u = 0",
                        Triple {
                            conjugate: |t| if t <= 1.0 { (t / 2.0).max(1.5 * t) } else { f64::INFINITY },
                            ..TWO_WELLS
                        },
                    ),
                ]
            },
        }.stating(
            r"
\begin{aligned}
f(u) &= \min\bigl(|u - \tfrac12|,\, |u - \tfrac32|\bigr), \qquad
f^*(t) = \begin{cases} -\tfrac12 & t < -1 \\ \tfrac{t}{2} & -1 \le t \le 0 \\ \tfrac{3t}{2} & 0 \le t \le 1 \\ \infty & t > 1 \end{cases} \\
f^{**}(u) &= \max\bigl(\tfrac12 - u,\, 0,\, u - \tfrac32\bigr), \text{ so } f^{**}(1) = 0 < \tfrac12 = f(1)
\end{aligned}",
        )),
        Box::new(Law {
            name: "biconjugate-without-properness",
            statement: "f = −∞ on u ≥ 0 has f* = ∞ and f** = −∞ everywhere, below f on u < 0",
            members: || vec![("improper".into(), NOT_PROPER)],
            check,
            chaffs: || {
                vec![
                    ("f** = f all the same", Triple { biconjugate: NOT_PROPER.f, ..NOT_PROPER }),
                    ("f* = −∞", Triple { conjugate: |_| f64::NEG_INFINITY, ..NOT_PROPER }),
                ]
            },
        }.stating(
            r"
\begin{gathered}
f(u) = \begin{cases} -\infty & u \ge 0 \\ \infty & u < 0 \end{cases} \qquad
f^*(t) = \infty \text{ for all } t \\
f^{**}(u) = -\infty \text{ for all } u, \text{ so } f^{**}(-1) = -\infty < \infty = f(-1)
\end{gathered}",
        )),
    ]
}
