//! The table of activations and composites, row by row.

use crate::check::{Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, oracle, strategies, tolerance};
use vdm::special::{softplus, wright_omega};

/// A row as displayed, and the generator that it is for, by its definition.
#[derive(Clone, Copy)]
struct Row {
    f: fn(f64) -> f64,
    activation: fn(f64) -> f64,
    /// The interval that g_f fills.
    onto: (f64, f64),
    composite: fn(f64) -> f64,
    /// Raw outputs in which the printed conjugate is the true one, and in which the
    /// oracle reaches the maximiser.
    raw: (f64, f64),
}

const INF: f64 = f64::INFINITY;
/// The weight π and the parameters α at which two families are tried.
const PI: f64 = 0.25;
const BELOW: f64 = 0.5;
const NEGATIVE: f64 = -1.0;
const ABOVE: f64 = 3.0;

fn u_log_u(u: f64) -> f64 {
    if u == 0.0 { 0.0 } else { u * u.ln() }
}

fn alpha(alpha: f64, u: f64) -> f64 {
    (u.powf(alpha) - 1.0 - alpha * (u - 1.0)) / (alpha * (alpha - 1.0))
}

fn composite_below(alpha: f64, v: f64) -> f64 {
    (((1.0 - alpha) * softplus(-v)).powf(alpha / (alpha - 1.0)) - 1.0) / alpha
}

const KL: Row = Row {
    f: u_log_u,
    activation: |v| v,
    onto: (-INF, INF),
    composite: |v| (v - 1.0).exp(),
    raw: (-30.0, 30.0),
};
const REVERSE_KL: Row = Row {
    f: |u| -u.ln(),
    activation: |v| -(-v).exp(),
    onto: (-INF, 0.0),
    composite: |v| v - 1.0,
    raw: (-30.0, 30.0),
};
const GAN: Row = Row {
    f: |u| u_log_u(u) - (u + 1.0) * u.ln_1p(),
    activation: |v| -(-v).exp().ln_1p(),
    onto: (-INF, 0.0),
    composite: softplus,
    raw: (-20.0, 12.0),
};
const HELLINGER: Row = Row {
    f: |u| (u.sqrt() - 1.0).powi(2),
    activation: |v| 1.0 - (-v).exp(),
    onto: (-INF, 1.0),
    composite: |v| v.exp() - 1.0,
    raw: (-20.0, 8.0),
};

fn rows() -> Vec<(String, Row)> {
    let below = |f, end, composite| Row {
        f,
        activation: HELLINGER.activation,
        onto: (-INF, end),
        composite,
        raw: (-20.0, 8.0),
    };
    let rows = [
        (
            "total variation",
            Row {
                f: |u| (u - 1.0).abs() / 2.0,
                activation: |v| v.tanh() / 2.0,
                onto: (-0.5, 0.5),
                composite: |v| v.tanh() / 2.0,
                raw: (-15.0, 15.0),
            },
        ),
        ("KL", KL),
        ("reverse KL", REVERSE_KL),
        (
            "Pearson",
            Row { f: |u| (u - 1.0).powi(2), composite: |v| v * v / 4.0 + v, raw: (-2.0, 30.0), ..KL },
        ),
        ("Neyman", below(|u| (1.0 - u).powi(2) / u, 1.0, |v| 2.0 - 2.0 * (-v / 2.0).exp())),
        ("squared Hellinger", HELLINGER),
        (
            "Jeffreys",
            Row {
                f: |u| if u == 0.0 { INF } else { (u - 1.0) * u.ln() },
                composite: |v| {
                    let w = wright_omega(1.0 - v);
                    w + 1.0 / w + v - 2.0
                },
                ..KL
            },
        ),
        (
            "f-GAN JS",
            Row {
                f: |u| u_log_u(u) - (u + 1.0) * ((u + 1.0) / 2.0).ln(),
                activation: |v| 2.0_f64.ln() - (-v).exp().ln_1p(),
                onto: (-INF, std::f64::consts::LN_2),
                composite: |v| softplus(v) - 2.0_f64.ln(),
                raw: (-20.0, 12.0),
            },
        ),
        (
            "weighted JS, π = ¼",
            Row {
                f: |u| PI * u_log_u(u) - u_log_u(1.0 - PI + PI * u),
                activation: |v| -PI * PI.ln() - (-v).exp().ln_1p(),
                onto: (-INF, -PI * PI.ln()),
                composite: |v| {
                    let sigmoid = 1.0 / (1.0 + (-v).exp());
                    (1.0 - PI) * ((1.0 - PI).ln() - (1.0 - sigmoid.powf(1.0 / PI)).ln())
                },
                raw: (-12.0, 12.0),
            },
        ),
        ("GAN", GAN),
        (
            "α = −1",
            Row {
                activation: |v| 1.0 / (1.0 - NEGATIVE) - (-v).exp().ln_1p(),
                ..below(|u| alpha(NEGATIVE, u), 0.5, |v| composite_below(NEGATIVE, v))
            },
        ),
        (
            "α = ½",
            Row {
                activation: |v| 1.0 / (1.0 - BELOW) - (-v).exp().ln_1p(),
                ..below(|u| alpha(BELOW, u), 2.0, |v| composite_below(BELOW, v))
            },
        ),
        (
            "α = 3",
            Row {
                f: |u| alpha(ABOVE, u),
                composite: |v| ((1.0 + (ABOVE - 1.0) * v).max(0.0).powf(ABOVE / (ABOVE - 1.0)) - 1.0) / ABOVE,
                ..KL
            },
        ),
    ];
    rows.map(|(name, row)| (name.to_owned(), row)).into()
}

/// The row's activation fills its interval, increasing, and its composite is the
/// conjugate there.
fn check(row: &Row) -> Verdict {
    let mut tally = for_each([-1.0, 1.0], |side: f64| reaches(row, side))?;
    tally.merge(for_all(120, &(strategies::reals(30.0), 0.25..2.0f64), |&(v, further)| {
        let v = v.clamp(row.raw.0, row.raw.1);
        let t = (row.activation)(v);
        let at = format!("v = {}", number(v));
        if !(row.onto.0 < t && t < row.onto.1) {
            let place = format!("a value inside ({}, {})", number(row.onto.0), number(row.onto.1));
            return Err(Broken::new(at, place, number(t)));
        }
        let rises = at_least(at.clone(), "g_f increases", (row.activation)(v + further), t, 0.0)?;
        let sup = oracle::conjugate(row.f, t, (-60.0, 60.0));
        // t is a difference of numbers up to 2, and so may be off by ε; (f*)′ = u.
        let near = tolerance::of_terms(&[sup.terms, sup.u])
            + tolerance::of_conjugate(t, sup.u, sup.value)
            + lost(row, v);
        Ok(rises.max(agree(at, sup.value, (row.composite)(v), near)?))
    })?);
    Ok(tally)
}

/// What the displayed composite itself loses at v, where it is a logarithm or a power of a
/// difference that cancels: ε over the difference, e^{−|v|} at the least.
fn lost(row: &Row, v: f64) -> f64 {
    tolerance::of_terms(&[v.abs().exp().min(1e6), (row.composite)(v)])
}

/// Far out the activation comes within e⁻¹⁵ of a finite end, and beyond ±12 where there is
/// none (g_f(−15) is −15 up to the constant).
fn reaches(row: &Row, side: f64) -> Result<f64, Box<Broken>> {
    let (end, t) = (if side < 0.0 { row.onto.0 } else { row.onto.1 }, (row.activation)(15.0 * side));
    let there = if end.is_finite() { (t - end).abs() <= 1e-6 } else { t * side >= 12.0 };
    if there {
        return Ok(0.0);
    }
    Err(Broken::new(format!("v = {}", 15.0 * side), format!("a value near {}", number(end)), number(t)))
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(
        Law {
            name: "activation-table",
            statement: "row by row: g_f maps ℝ, increasing, onto the interval, and the composite is f*(g_f(v))",
            members: rows,
            check,
            chaffs: || {
                vec![
                    ("−e^v for −e^{−v}", Row { activation: |v| -v.exp(), ..REVERSE_KL }),
                    ("1 + v for v − 1", Row { composite: |v| 1.0 + v, ..REVERSE_KL }),
                    ("a sigmoid for the GAN", Row { activation: |v| 1.0 / (1.0 + (-v).exp()), ..GAN }),
                    ("−log D for −log(1 − D)", Row { composite: |v| softplus(-v), ..GAN }),
                    ("JS's constant in the GAN row", Row { composite: |v| softplus(v) - 2.0_f64.ln(), ..GAN }),
                    ("e^{−v} for e^v in Hellinger", Row { composite: |v| (-v).exp() - 1.0, ..HELLINGER }),
                    ("Neyman's composite for Hellinger", Row {
                        composite: |v| 2.0 - 2.0 * (-v / 2.0).exp(),
                        ..HELLINGER
                    }),
                    ("e^v for e^{v−1}", Row { composite: f64::exp, ..KL }),
                    ("an interval that ends too late", Row { onto: (-INF, 1.0), ..GAN }),
                ]
            },
        }
        .stating(
            r"
\begin{array}{llll}
 & g_f(v) & \text{onto} & f^*(g_f(v)) \\[4pt]
\text{total variation} & \tfrac12 \tanh v & (-\tfrac12, \tfrac12) & \tfrac12 \tanh v \\[2pt]
\text{KL} & v & \mathbb{R} & e^{v-1} \\[2pt]
\text{reverse KL} & -e^{-v} & (-\infty, 0) & v - 1 \\[2pt]
\text{Pearson} & v & \mathbb{R} & \tfrac14 v^2 + v \\[2pt]
\text{Neyman} & 1 - e^{-v} & (-\infty, 1) & 2 - 2e^{-v/2} \\[2pt]
\text{Hellinger}^2 & 1 - e^{-v} & (-\infty, 1) & e^v - 1 \\[2pt]
\text{Jeffreys} & v & \mathbb{R} & w + \tfrac1w + v - 2 \\[2pt]
\text{f-GAN JS} & \log 2 - s(-v) & (-\infty, \log 2) & s(v) - \log 2 \\[2pt]
\text{JS, weight } \pi & e_\pi - s(-v) & (-\infty, e_\pi) & (1 - \pi) \log \dfrac{1 - \pi}{1 - \sigma(v)^{1/\pi}} \\[10pt]
\text{GAN} & -s(-v) & (-\infty, 0) & s(v) \\[2pt]
\alpha < 1 & e_\alpha - s(-v) & (-\infty, e_\alpha) & \tfrac1\alpha \bigl[ \bigl((1 - \alpha)\, s(-v)\bigr)^{\alpha/(\alpha - 1)} - 1 \bigr] \\[2pt]
\alpha > 1 & v & \mathbb{R} & \tfrac1\alpha \bigl[ (1 + (\alpha - 1) v)_+^{\alpha/(\alpha - 1)} - 1 \bigr]
\end{array}",
        ),
    )]
}
