//! Five conjugates, step by step: each displayed line is a subject of its own.

use super::generators;
use super::supremum::supremum;
use crate::check::{Tally, Verdict, agree, at_least, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, strategies, tolerance};
use proptest::strategy::Strategy;

/// The lines of one derivation on the page.
#[derive(Clone, Copy)]
struct Derivation {
    /// The generator.
    f: fn(f64) -> f64,
    /// t·u − f(u) as rewritten, in (u, t); where the page rewrites it.
    rewritten: Option<fn(f64, f64) -> f64>,
    /// ∂(t·u − f(u))/∂u, in (u, t); where the page differentiates.
    slope: Option<fn(f64, f64) -> f64>,
    /// The u that attains the supremum at t; nothing where none does.
    top: fn(f64) -> Option<f64>,
    /// Each further line of the chain, as a function of t.
    values: &'static [fn(f64) -> f64],
}

/// Ratios of a size at which difference quotients still resolve the slope.
fn moderate_ratios() -> impl Strategy<Value = f64> {
    (-4.0..4.0f64).prop_map(f64::exp)
}

fn check(derivation: &Derivation) -> Verdict {
    let mut tally = lines_in_u(derivation)?;
    tally.merge(lines_in_t(derivation)?);
    Ok(tally)
}

/// The lines that contain u, against f itself and its difference quotients.
fn lines_in_u(derivation: &Derivation) -> Result<Tally, Box<crate::Broken>> {
    for_all(200, &(moderate_ratios(), strategies::reals(20.0)), |&(u, t)| {
        let at = format!("u = {}, t = {}", number(u), number(t));
        let objective = |u: f64| t * u - (derivation.f)(u);
        let terms = (t * u).abs() + (derivation.f)(u).abs() + u + 1.0;
        let mut worst = 0.0_f64;
        if let Some(rewritten) = derivation.rewritten {
            // A completed square is as large as (u + |t|)², whatever it leaves.
            let tolerance = tolerance::of_terms(&[terms, (u + t.abs() + 1.0).powi(2)]);
            worst = worst.max(agree(at.clone(), objective(u), rewritten(u, t), tolerance)?);
        }
        if let Some(slope) = derivation.slope {
            // A concave function's slope lies between its two difference quotients.
            let step = u * f64::from(2.0_f32.powi(-20));
            let tolerance = tolerance::of_terms(&[terms]) / step;
            let right = (objective(u + step) - objective(u)) / step;
            let left = (objective(u) - objective(u - step)) / step;
            let slope = slope(u, t);
            worst = worst
                .max(at_least(at.clone(), "slope ≥ quotient to the right", slope, right, tolerance)?)
                .max(at_least(at, "slope ≤ quotient to the left", left, slope, tolerance)?);
        }
        Ok(worst)
    })
}

/// The lines that contain t alone, against the supremum found by search.
fn lines_in_t(derivation: &Derivation) -> Verdict {
    for_all(200, &strategies::reals(20.0), |&t| {
        let at = format!("t = {}", number(t));
        let sup = supremum(derivation.f, t);
        let tolerance = tolerance::of_terms(&[sup.terms]) + tolerance::of_conjugate(t, sup.u, sup.value);
        let mut worst = 0.0_f64;
        for value in derivation.values {
            worst = worst.max(agree(at.clone(), sup.value, value(t), tolerance)?);
        }
        if let Some(u) = (derivation.top)(t) {
            let attained = t * u - (derivation.f)(u);
            worst = worst.max(agree(format!("{at}, u = {}", number(u)), sup.value, attained, tolerance)?);
        }
        Ok(worst)
    })
}

const KL: Derivation = Derivation {
    f: generators::kl,
    rewritten: None,
    slope: Some(|u, t| t - 1.0 - u.ln()),
    top: |t| Some((t - 1.0).exp()),
    values: &[|t| t * (t - 1.0).exp() - (t - 1.0).exp() * (t - 1.0), |t| (t - 1.0).exp()],
};

const REVERSE_KL: Derivation = Derivation {
    f: generators::reverse_kl,
    rewritten: None,
    slope: Some(|u, t| t + 1.0 / u),
    top: |t| (t < 0.0).then(|| -1.0 / t),
    values: &[
        |t| if t < 0.0 { -1.0 + (-1.0 / t).ln() } else { f64::INFINITY },
        |t| if t < 0.0 { -1.0 - (-t).ln() } else { f64::INFINITY },
    ],
};

const TOTAL_VARIATION: Derivation = Derivation {
    f: generators::total_variation,
    rewritten: Some(|u, t| if u <= 1.0 { (t + 0.5) * u - 0.5 } else { (t - 0.5) * u + 0.5 }),
    slope: None,
    top: |t| (t <= 0.5).then_some(if t < -0.5 { 0.0 } else { 1.0 }),
    values: &[
        // The larger of the two suprema, left and right of 1.
        |t| (-0.5_f64).max(t).max(if t <= 0.5 { t } else { f64::INFINITY }),
        |t| if t <= 0.5 { t.max(-0.5) } else { f64::INFINITY },
    ],
};

const PEARSON: Derivation = Derivation {
    f: generators::pearson,
    rewritten: Some(|u, t| t + t * t / 4.0 - (u - 1.0 - t / 2.0).powi(2)),
    slope: None,
    top: |t| Some(if t >= -2.0 { 1.0 + t / 2.0 } else { 0.0 }),
    values: &[|t| if t >= -2.0 { t + t * t / 4.0 } else { -1.0 }],
};

const GAN: Derivation = Derivation {
    f: generators::gan,
    rewritten: None,
    slope: Some(|u, t| t - (u / (u + 1.0)).ln()),
    top: |t| (t < 0.0).then(|| t.exp() / -t.exp_m1()),
    values: &[
        |t| if t < 0.0 { (t.exp() / -t.exp_m1()).ln_1p() } else { f64::INFINITY },
        |t| if t < 0.0 { -(-t.exp_m1()).ln() } else { f64::INFINITY },
    ],
};

/// One law for each derivation.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(Law {
            name: "conjugate-of-kl",
            statement: "f(u) = u log u has f*(t) = e^{t−1} on all of ℝ, attained at u = e^{t−1}",
            members: || vec![("kl".into(), KL)],
            check,
            chaffs: || {
                vec![
                    ("the 1 of f' is lost: e^t", Derivation { values: &[f64::exp], ..KL }),
                    ("slope t − log u", Derivation { slope: Some(|u, t| t - u.ln()), ..KL }),
                    ("touches at e^t", Derivation { top: |t| Some(t.exp()), ..KL }),
                    ("f(u*) is not subtracted", Derivation { values: &[|t| t * (t - 1.0).exp()], ..KL }),
                ]
            },
        }.stating(
            r"
\begin{aligned}
f(u) &= u \log u \quad (u > 0), \qquad f(0) = 0 \\
\frac{\partial}{\partial u}\bigl(t u - u \log u\bigr) &= t - 1 - \log u
   \quad\text{vanishes at } u = e^{t-1} \\
f^*(t) &= t\,e^{t-1} - e^{t-1}(t - 1) = e^{t-1}, \qquad \operatorname{dom} f^* = \mathbb{R}
\end{aligned}",
        )),
        Box::new(Law {
            name: "conjugate-of-reverse-kl",
            statement: "f(u) = −log u has f*(t) = −1 − log(−t) for t < 0 and +∞ for t ≥ 0",
            members: || vec![("reverse-kl".into(), REVERSE_KL)],
            check,
            chaffs: || {
                vec![
                    (
                        "the domain is forgotten",
                        Derivation { values: &[|t| -1.0 - t.abs().ln()], ..REVERSE_KL },
                    ),
                    (
                        "+1 for −1",
                        Derivation {
                            values: &[|t| if t < 0.0 { 1.0 - (-t).ln() } else { f64::INFINITY }],
                            ..REVERSE_KL
                        },
                    ),
                    ("slope t − 1/u", Derivation { slope: Some(|u, t| t - 1.0 / u), ..REVERSE_KL }),
                ]
            },
        }.stating(
            r"
\begin{aligned}
f(u) &= -\log u \quad (u > 0), \qquad f(0) = \infty \\
\frac{\partial}{\partial u}\bigl(t u + \log u\bigr) &= t + \frac{1}{u}
   \quad\text{vanishes at } u = -\frac{1}{t} \text{ if } t < 0, \text{ is positive if } t \ge 0 \\
f^*(t) &= \begin{cases} -1 + \log(-1/t) = -1 - \log(-t) & t < 0 \\ \infty & t \ge 0 \end{cases}
\end{aligned}",
        )),
        Box::new(Law {
            name: "conjugate-of-total-variation",
            statement: "f(u) = ½|u − 1| on u ≥ 0 has f*(t) = max(t, −½) for t ≤ ½ and +∞ beyond",
            members: || vec![("total-variation".into(), TOTAL_VARIATION)],
            check,
            chaffs: || {
                vec![
                    (
                        "t, as printed, on all of t ≤ ½",
                        Derivation {
                            values: &[|t| if t <= 0.5 { t } else { f64::INFINITY }],
                            ..TOTAL_VARIATION
                        },
                    ),
                    (
                        "the domain is open at ½",
                        Derivation {
                            values: &[|t| if t < 0.5 { t.max(-0.5) } else { f64::INFINITY }],
                            ..TOTAL_VARIATION
                        },
                    ),
                    (
                        "the right half takes the left half's line",
                        Derivation { rewritten: Some(|u, t| (t + 0.5) * u - 0.5), ..TOTAL_VARIATION },
                    ),
                ]
            },
        }.stating(
            r"
\begin{aligned}
t u - \tfrac12 |u - 1| &= \begin{cases} (t + \tfrac12)\,u - \tfrac12 & 0 \le u \le 1 \\[2pt]
   (t - \tfrac12)\,u + \tfrac12 & u \ge 1 \end{cases} \\
\sup_{0 \le u \le 1} &= \max(-\tfrac12,\, t), \qquad
\sup_{u \ge 1} = \begin{cases} t & t \le \tfrac12 \\ \infty & t > \tfrac12 \end{cases} \\
f^*(t) &= \begin{cases} \max(t, -\tfrac12) & t \le \tfrac12 \\ \infty & t > \tfrac12 \end{cases}
\end{aligned}",
        )),
        Box::new(Law {
            name: "conjugate-of-pearson",
            statement: "f(u) = (u − 1)² on u ≥ 0 has f*(t) = t + t²/4 for t ≥ −2 and −1 below",
            members: || vec![("pearson".into(), PEARSON)],
            check,
            chaffs: || {
                vec![
                    ("as printed, for every t", Derivation { values: &[|t| t + t * t / 4.0], ..PEARSON }),
                    (
                        "t²/2 for t²/4",
                        Derivation {
                            values: &[|t| if t >= -2.0 { t + t * t / 2.0 } else { -1.0 }],
                            ..PEARSON
                        },
                    ),
                    ("touches at a negative ratio", Derivation { top: |t| Some(1.0 + t / 2.0), ..PEARSON }),
                ]
            },
        }.stating(
            r"
\begin{aligned}
t u - (u - 1)^2 &= t + \frac{t^2}{4} - \Bigl(u - 1 - \frac{t}{2}\Bigr)^2 \\
f^*(t) &= \begin{cases} t + \dfrac{t^2}{4} & t \ge -2, \text{ at } u = 1 + \tfrac{t}{2} \\[6pt]
   -1 & t < -2, \text{ at } u = 0 \end{cases}
\end{aligned}",
        )),
        Box::new(Law {
            name: "conjugate-of-gan",
            statement: "f(u) = u log u − (u+1) log(u+1) has f*(t) = −log(1 − e^t) for t < 0, else +∞",
            members: || vec![("gan".into(), GAN)],
            check,
            chaffs: || {
                vec![
                    (
                        "the conjugate of f-GAN's JS",
                        Derivation { values: &[|t| -(2.0 - t.exp()).ln()], ..GAN },
                    ),
                    (
                        "the sign of the logarithm",
                        Derivation {
                            values: &[|t| if t < 0.0 { (-t.exp_m1()).ln() } else { f64::INFINITY }],
                            ..GAN
                        },
                    ),
                    ("touches at e^t", Derivation { top: |t| (t < 0.0).then(|| t.exp()), ..GAN }),
                ]
            },
        }.stating(
            r"
\begin{aligned}
f(u) &= u \log u - (u + 1) \log(u + 1), \qquad f(0) = 0 \\
\frac{\partial}{\partial u}\bigl(t u - f(u)\bigr) &= t - \log \frac{u}{u + 1}
   \quad \begin{cases} \text{vanishes at } u = \frac{e^t}{1 - e^t} & t < 0 \\[2pt] \text{is positive} & t \ge 0 \end{cases} \\
f^*(t) &= u \log\frac{u}{u+1} - f(u) = \log(u + 1) \quad\text{at that } u \\
&= \begin{cases} -\log(1 - e^t) & t < 0 \\ \infty & t \ge 0 \end{cases}
\end{aligned}",
        )),
    ]
}
