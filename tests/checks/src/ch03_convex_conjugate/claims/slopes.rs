//! ∂f* is the inverse of ∂f: smooth, and with kinks; the printed conjugate beside
//! the true one.

use super::generators;
use super::supremum::supremum;
use crate::check::{Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, strategies, tolerance};
use vdm::Interval;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(inverse().stating(r"t \in \partial f(u) \quad\Longleftrightarrow\quad f(u) + f^*(t) = u\,t \quad\Longleftrightarrow\quad u \in \partial f^*(t)")), Box::new(total_variation().stating(
            r"
\partial f(u) = \begin{cases} (-\infty, -\tfrac12] & u = 0 \\ \{-\tfrac12\} & 0 < u < 1 \\
   [-\tfrac12, \tfrac12] & u = 1 \\ \{\tfrac12\} & u > 1 \end{cases}
\qquad\qquad
\partial f^*(t) = \begin{cases} \{0\} & t < -\tfrac12 \\ [0, 1] & t = -\tfrac12 \\
   \{1\} & -\tfrac12 < t < \tfrac12 \\ [1, \infty) & t = \tfrac12 \end{cases}",
        )), Box::new(smooth().stating(
            r"
\begin{aligned}
(f^*)'\bigl(f'(u)\bigr) &= u \qquad (u > 0) \\
\text{KL:}\quad f'(u) &= 1 + \log u, & (f^*)'(t) &= e^{t-1} \\
\text{reverse KL:}\quad f'(u) &= -1/u, & (f^*)'(t) &= -1/t && (t < 0) \\
\text{Pearson:}\quad f'(u) &= 2(u - 1), & (f^*)'(t) &= 1 + t/2 && (t \ge -2) \\
\text{GAN:}\quad f'(u) &= \log\tfrac{u}{u+1}, & (f^*)'(t) &= \tfrac{e^t}{1 - e^t} && (t < 0)
\end{aligned}",
        )), Box::new(printed().stating(
            r"
\begin{aligned}
f^*_{\text{printed}}(t) = \sup_{u \in \mathbb{R}} \{t u - f(u)\} \;&\ge\; \sup_{u \ge 0} \{t u - f(u)\} = f^*(t) \\
f^*_{\text{printed}}(t) &= f^*(t) \quad\text{for } t \ge f'(0^+) \\
\text{Pearson:}\quad t + \tfrac{t^2}{4} - f^*(t) &= \begin{cases} 0 & t \ge -2 \\ (1 + \tfrac{t}{2})^2 & t < -2 \end{cases} \\
\text{total variation:}\quad f^*_{\text{printed}}(t) - f^*(t) &= \begin{cases} 0 & -\tfrac12 \le t \le \tfrac12 \\ \infty & t < -\tfrac12 \end{cases}
\end{aligned}",
        ))]
}

/// A generator with its conjugate and both subdifferentials, all exact on eighths;
/// no subdifferential where there is none.
#[derive(Clone, Copy)]
struct Pair {
    f: fn(f64) -> f64,
    conjugate: fn(f64) -> f64,
    slopes: fn(f64) -> Option<Interval>,
    places: fn(f64) -> Option<Interval>,
}

const TOTAL_VARIATION: Pair = Pair {
    f: generators::total_variation,
    conjugate: |t| if t <= 0.5 { t.max(-0.5) } else { f64::INFINITY },
    slopes: |u| match u {
        u if u < 0.0 => None,
        0.0 => Some(Interval::up_to(-0.5)),
        u if u < 1.0 => Some(Interval::point(-0.5)),
        1.0 => Some(Interval::closed(-0.5, 0.5)),
        _ => Some(Interval::point(0.5)),
    },
    places: |t| match t {
        t if t < -0.5 => Some(Interval::point(0.0)),
        -0.5 => Some(Interval::closed(0.0, 1.0)),
        t if t < 0.5 => Some(Interval::point(1.0)),
        0.5 => Some(Interval::from(1.0)),
        _ => None,
    },
};

const PEARSON: Pair = Pair {
    f: generators::pearson,
    conjugate: |t| if t >= -2.0 { t + t * t / 4.0 } else { -1.0 },
    slopes: |u| match u {
        u if u < 0.0 => None,
        0.0 => Some(Interval::up_to(-2.0)),
        u => Some(Interval::point(2.0 * (u - 1.0))),
    },
    places: |t| Some(Interval::point(if t >= -2.0 { 1.0 + t / 2.0 } else { 0.0 })),
};

const HINGE: Pair = Pair {
    f: generators::hinge,
    conjugate: |t| if t <= 1.0 { 2.0 * t.max(0.0) } else { f64::INFINITY },
    slopes: |u| match u {
        u if u < 0.0 => None,
        0.0 => Some(Interval::up_to(0.0)),
        u if u < 2.0 => Some(Interval::point(0.0)),
        2.0 => Some(Interval::closed(0.0, 1.0)),
        _ => Some(Interval::point(1.0)),
    },
    places: |t| match t {
        t if t < 0.0 => Some(Interval::point(0.0)),
        0.0 => Some(Interval::closed(0.0, 2.0)),
        t if t < 1.0 => Some(Interval::point(2.0)),
        1.0 => Some(Interval::from(2.0)),
        _ => None,
    },
};

/// The three statements at every pair of eighths: they are all true or all false.
/// Everything here is exact in f64, so "equal" means equal.
fn three_ways(pair: &Pair) -> Verdict {
    let eighths = |low: i32, high: i32| (low..=high).map(|k| f64::from(k) / 8.0);
    for_each(eighths(0, 32).flat_map(|u| eighths(-24, 24).map(move |t| (u, t))), |(u, t)| {
        let at = format!("u = {u}, t = {t}");
        let sup = supremum(pair.f, t);
        let tolerance = tolerance::of_terms(&[sup.terms]);
        let share = agree(format!("f*, t = {t}"), sup.value, (pair.conjugate)(t), tolerance)?;
        let equal = (pair.f)(u) + (pair.conjugate)(t) == u * t;
        let slope = (pair.slopes)(u).is_some_and(|slopes| slopes.contains(t));
        let place = (pair.places)(t).is_some_and(|places| places.contains(u));
        if slope == equal && equal == place {
            Ok(share)
        } else {
            let found = format!("t ∈ ∂f(u): {slope}, equality: {equal}, u ∈ ∂f*(t): {place}");
            Err(Broken::new(at, "all three or none", found))
        }
    })
}

fn inverse() -> Law<Pair> {
    Law {
        name: "subdifferentials-invert",
        statement: "t ∈ ∂f(u) ⟺ f(u) + f*(t) = u·t ⟺ u ∈ ∂f*(t)",
        members: || {
            vec![
                ("total-variation".into(), TOTAL_VARIATION),
                ("pearson".into(), PEARSON),
                ("hinge".into(), HINGE),
            ]
        },
        check: three_ways,
        chaffs: || {
            vec![
                (
                    "Pearson's place below −2 is negative",
                    Pair { places: |t| Some(Interval::point(1.0 + t / 2.0)), ..PEARSON },
                ),
                (
                    "no slopes at u = 0 but f'(0⁺)",
                    Pair { slopes: |u| (u >= 0.0).then(|| Interval::point(2.0 * (u - 1.0))), ..PEARSON },
                ),
                (
                    "the flat piece of the hinge has one place only",
                    Pair {
                        places: |t| if t == 0.0 { Some(Interval::point(0.0)) } else { (HINGE.places)(t) },
                        ..HINGE
                    },
                ),
            ]
        },
    }
}

fn total_variation() -> Law<Pair> {
    Law {
        name: "total-variation-subdifferentials",
        statement: "∂f and ∂f* of ½|u − 1|, case by case",
        members: || vec![("total-variation".into(), TOTAL_VARIATION)],
        check: three_ways,
        chaffs: || {
            vec![
                (
                    "only the middle slope at the kink",
                    Pair {
                        slopes: |u| {
                            if u == 1.0 { Some(Interval::point(0.0)) } else { (TOTAL_VARIATION.slopes)(u) }
                        },
                        ..TOTAL_VARIATION
                    },
                ),
                (
                    "at ½ only u = 1",
                    Pair {
                        places: |t| {
                            if t == 0.5 { Some(Interval::point(1.0)) } else { (TOTAL_VARIATION.places)(t) }
                        },
                        ..TOTAL_VARIATION
                    },
                ),
                (
                    "below −½ the place is 1",
                    Pair {
                        places: |t| {
                            if t < -0.5 { Some(Interval::point(1.0)) } else { (TOTAL_VARIATION.places)(t) }
                        },
                        ..TOTAL_VARIATION
                    },
                ),
            ]
        },
    }
}

/// One row of the display: f with f' and (f*)'.
#[derive(Clone, Copy)]
struct Row {
    f: fn(f64) -> f64,
    slope: fn(f64) -> f64,
    place: fn(f64) -> f64,
}

const KL: Row = Row { f: generators::kl, slope: |u| 1.0 + u.ln(), place: |t| (t - 1.0).exp() };
const REVERSE_KL: Row = Row { f: generators::reverse_kl, slope: |u| -1.0 / u, place: |t| -1.0 / t };
const SMOOTH_PEARSON: Row =
    Row { f: generators::pearson, slope: |u| 2.0 * (u - 1.0), place: |t| 1.0 + t / 2.0 };
const GAN: Row =
    Row { f: generators::gan, slope: |u| (u / (u + 1.0)).ln(), place: |t| t.exp() / -t.exp_m1() };

fn smooth() -> Law<Row> {
    Law {
        name: "slopes-invert",
        statement: "(f*)'(f'(u)) = u for smooth, strictly convex f; f' and (f*)' row by row",
        members: || {
            vec![
                ("kl".into(), KL),
                ("reverse-kl".into(), REVERSE_KL),
                ("pearson".into(), SMOOTH_PEARSON),
                ("gan".into(), GAN),
            ]
        },
        check: |row| {
            for_all(200, &(-3.0..3.0f64), |&log_u| {
                let u = log_u.exp();
                let t = (row.slope)(u);
                let at = format!("u = {}, t = {}", number(u), number(t));
                // Between the difference quotients of f, which is convex.
                let step = u * f64::from(2.0_f32.powi(-20));
                let rounding = tolerance::of_terms(&[(row.f)(u), u, 1.0]) / step;
                let ahead = ((row.f)(u + step) - (row.f)(u)) / step;
                let behind = ((row.f)(u) - (row.f)(u - step)) / step;
                let slope = at_least(at.clone(), "f'(u) ≤ the quotient ahead", ahead, t, rounding)?
                    .max(at_least(at.clone(), "f'(u) ≥ the quotient behind", t, behind, rounding)?);
                // t carries a rounding of its size, which (f*)' turns into one of size
                // |t|·(f*)'': at most (1 + u)² times that in these four rows.
                let tolerance = tolerance::of_terms(&[u, (1.0 + t.abs()) * (1.0 + u).powi(2)]);
                let back = agree(at.clone(), u, (row.place)(t), tolerance)?;
                // (f*)'(t) is where the supremum is attained.
                let sup = supremum(row.f, t);
                let place = (row.place)(t);
                let value =
                    agree(at, sup.value, t * place - (row.f)(place), tolerance::of_terms(&[sup.terms, 1.0]))?;
                Ok(slope.max(back).max(value))
            })
        },
        chaffs: || {
            vec![
                ("f' = log u", Row { slope: |u| u.ln(), ..KL }),
                ("(f*)' = f*: right for KL alone", Row { place: |t| -1.0 - (-t).ln(), ..REVERSE_KL }),
                ("the inverse of the wrong sign", Row { place: |t| 1.0 - t / 2.0, ..SMOOTH_PEARSON }),
                ("e^t/(1 + e^t)", Row { place: |t| t.exp() / (1.0 + t.exp()), ..GAN }),
            ]
        },
    }
}

/// What the page says of one printed conjugate.
#[derive(Clone, Copy)]
struct Printed {
    /// f continued to all of ℝ.
    continued: fn(f64) -> f64,
    printed: fn(f64) -> f64,
    /// printed − true, as displayed.
    excess: fn(f64) -> f64,
    /// f'(0⁺), and the end of the domain.
    range: (f64, f64),
}

const PRINTED_PEARSON: Printed = Printed {
    continued: |u| (u - 1.0).powi(2),
    printed: |t| t + t * t / 4.0,
    excess: |t| if t >= -2.0 { 0.0 } else { (1.0 + t / 2.0).powi(2) },
    range: (-2.0, f64::INFINITY),
};

const PRINTED_TOTAL_VARIATION: Printed = Printed {
    continued: |u| 0.5 * (u - 1.0).abs(),
    printed: |t| if t.abs() <= 0.5 { t } else { f64::INFINITY },
    excess: |t| if t < -0.5 { f64::INFINITY } else { 0.0 },
    range: (-0.5, 0.5),
};

fn printed() -> Law<Printed> {
    Law {
        name: "printed-against-true-conjugate",
        statement: "the printed conjugate is the supremum over all real u: ≥ the true one, equal for t ≥ f'(0⁺)",
        members: || {
            vec![("pearson".into(), PRINTED_PEARSON), ("total-variation".into(), PRINTED_TOTAL_VARIATION)]
        },
        check: |row| {
            for_all(300, &strategies::reals(20.0), |&t| {
                if t > row.range.1 {
                    return Ok(0.0);
                }
                let at = format!("t = {}", number(t));
                // sup over u ≤ 0 is a supremum over −u ≥ 0 at the slope −t.
                let (positive, negative) =
                    (supremum(row.continued, t), supremum(|u| (row.continued)(-u), -t));
                let everywhere = positive.value.max(negative.value);
                let size = tolerance::of_terms(&[positive.terms, negative.terms, 1.0]);
                let printed = agree(at.clone(), everywhere, (row.printed)(t), size)?;
                let excess = agree(at.clone(), everywhere - positive.value, (row.excess)(t), size)?;
                let larger = at_least(at.clone(), "printed ≥ true", (row.printed)(t), positive.value, size)?;
                let equal =
                    if t >= row.range.0 { agree(at, positive.value, (row.printed)(t), size)? } else { 0.0 };
                Ok(printed.max(excess).max(larger).max(equal))
            })
        },
        chaffs: || {
            vec![
                ("no difference at all", Printed { excess: |_| 0.0, ..PRINTED_PEARSON }),
                ("they agree from −3 on", Printed { range: (-3.0, f64::INFINITY), ..PRINTED_PEARSON }),
                ("t on all of t ≤ ½", Printed { printed: |t| t, ..PRINTED_TOTAL_VARIATION }),
            ]
        },
    }
}
