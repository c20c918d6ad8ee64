//! Where code and lecture notes go wrong: the conjugate of another row, a supremum
//! called maximum, a missing minus.

use super::generators;
use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, oracle, tolerance};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(gan_on_js().stating(
            r"
\begin{aligned}
f_{\text{GAN}}(u) &= f_{\text{JS}}(u) - (u + 1) \log 2 \\
\sup_T \bigl\{\mathbb{E}_P T - \mathbb{E}_Q f^*_{\text{GAN}}(T)\bigr\} &= 2\,\mathrm{JSD}(P, Q) - \log 4
\end{aligned}",
        )), Box::new(not_attained().stating(r"f(u) = \frac{(1 - u)^2}{u}: \qquad 1 \cdot u - f(u) = 2 - \frac{1}{u} \;<\; 2 \;=\; f^*(1) \qquad (u > 0)")), Box::new(missing_minus().stating(r"\sup_t \{\, t u - e^{t-1} \,\} = u \log u, \qquad\qquad \sup_t \{\, t u \cdot e^{t-1} \,\} = \infty"))]
}

/// f-GAN's JS: u log u − (u + 1) log((u + 1)/2).
fn js(u: f64) -> f64 {
    if u == 0.0 { 2.0_f64.ln() } else { u * u.ln() - (u + 1.0) * ((u + 1.0) / 2.0).ln() }
}

/// Two lines: f_JS(u) turned into f_GAN(u), and 2·JSD turned into the supremum.
#[derive(Clone, Copy)]
struct OtherRow {
    generator: fn(f64, f64) -> f64,
    supremum: fn(f64) -> f64,
}

const OTHER_ROW: OtherRow =
    OtherRow { generator: |u, js| js - (u + 1.0) * 2.0_f64.ln(), supremum: |jsd| 2.0 * jsd - 4.0_f64.ln() };

fn gan_on_js() -> Law<OtherRow> {
    Law {
        name: "gan-conjugate-on-js",
        statement: "with f* = −log(1 − e^t) the bound reaches 2·JSD − log 4, not 2·JSD",
        members: || vec![("laws-on-two-points".into(), OTHER_ROW)],
        check: |lines| {
            for_all(100, &(0.05..0.95f64, 0.05..0.95f64), |&(p, q)| {
                let at = format!("P = ({0}, 1 − {0}), Q = ({1}, 1 − {1})", number(p), number(q));
                let points = [(p, q), (1.0 - p, 1.0 - q)];
                let conjugate = |t: f64| if t < 0.0 { -(-t.exp_m1()).ln() } else { f64::INFINITY };
                let (mut reached, mut jsd, mut worst) = (0.0, 0.0, 0.0_f64);
                for (p, q) in points {
                    let m = (p + q) / 2.0;
                    jsd += 0.5 * (p * (p / m).ln() + q * (q / m).ln());
                    reached += q * oracle::biconjugate(conjugate, p / q, (-7.0, 0.0)).value;
                    let u = p / q;
                    let tolerance = tolerance::of_terms(&[(u + 1.0) * (u + 2.0).ln(), 1.0]);
                    worst = worst.max(agree(
                        format!("u = {}", number(u)),
                        generators::gan(u),
                        (lines.generator)(u, js(u)),
                        tolerance,
                    )?);
                }
                Ok(worst.max(agree(at, reached, (lines.supremum)(jsd), tolerance::of_terms(&[4.0, 4.0]))?))
            })
        },
        chaffs: || {
            vec![
                ("2·JSD all the same", OtherRow { supremum: |jsd| 2.0 * jsd, ..OTHER_ROW }),
                ("JSD − log 4", OtherRow { supremum: |jsd| jsd - 4.0_f64.ln(), ..OTHER_ROW }),
                (
                    "u log 2 for (u + 1) log 2",
                    OtherRow { generator: |u, js| js - u * 2.0_f64.ln(), ..OTHER_ROW },
                ),
            ]
        },
    }
}

/// u − f(u) as displayed, and its supremum.
#[derive(Clone, Copy)]
struct NotAttained {
    objective: fn(f64) -> f64,
    supremum: f64,
}

const NOT_ATTAINED: NotAttained = NotAttained { objective: |u| 2.0 - 1.0 / u, supremum: 2.0 };

fn not_attained() -> Law<NotAttained> {
    Law {
        name: "neyman-supremum-not-attained",
        statement: "u − (1 − u)²/u = 2 − 1/u < 2 for every u > 0, and comes as near to 2 as one likes",
        members: || vec![("neyman".into(), NOT_ATTAINED)],
        check: |lines| {
            let mut tally = for_all(200, &(-10.0..10.0f64), |&log_u| {
                let u = log_u.exp();
                let value = u - generators::neyman(u);
                let tolerance = tolerance::of_terms(&[u, generators::neyman(u), 2.0]);
                let at = format!("u = {}", number(u));
                let same = agree(at.clone(), value, (lines.objective)(u), tolerance)?;
                if (lines.objective)(u) < lines.supremum {
                    Ok(same)
                } else {
                    Err(Broken::new(at, format!("< {}", lines.supremum), number((lines.objective)(u))))
                }
            })?;
            // The least upper bound: within 1/u at u = 2, 2⁵, 2¹⁰, 2²⁰. Powers of two, whose
            // reciprocals are exact; f itself is the judge.
            tally.merge(for_each([1, 5, 10, 20], |exponent| {
                let u = 2.0_f64.powi(exponent);
                let value = u - generators::neyman(u);
                let tolerance = tolerance::of_terms(&[u, u]);
                at_least(
                    format!("u = {u}"),
                    "within 1/u of the supremum",
                    value,
                    lines.supremum - 1.0 / u,
                    tolerance,
                )
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("a bound that is not the least", NotAttained { supremum: 3.0, ..NOT_ATTAINED }),
                ("a value that is attained", NotAttained { supremum: 1.0, ..NOT_ATTAINED }),
                ("2 + 1/u", NotAttained { objective: |u| 2.0 + 1.0 / u, ..NOT_ATTAINED }),
            ]
        },
    }
}

/// Both suprema as displayed, at u.
#[derive(Clone, Copy)]
struct Minus {
    with: fn(f64) -> f64,
    without: fn(f64) -> f64,
}

const MINUS: Minus = Minus { with: |u| u * u.ln(), without: |_| f64::INFINITY };

fn missing_minus() -> Law<Minus> {
    Law {
        name: "missing-minus",
        statement: "sup over t of t·u − e^{t−1} is u log u; of the product t·u·e^{t−1} it is ∞",
        members: || vec![("kl".into(), MINUS)],
        check: |lines| {
            for_all(150, &(-4.0..4.0f64), |&log_u| {
                let u = log_u.exp();
                let at = format!("u = {}", number(u));
                let sup = oracle::biconjugate(|t: f64| (t - 1.0).exp(), u, (-4.0, 4.0));
                let with =
                    agree(at.clone(), sup.value, (lines.with)(u), tolerance::of_terms(&[sup.terms, 1.0]))?;
                // The product exceeds every bound: already at t = 600 it is beyond 1e200.
                let product = 600.0 * u * 599.0_f64.exp();
                let without = if product > 1e200 { f64::INFINITY } else { product };
                Ok(with.max(agree(at, without, (lines.without)(u), 0.0)?))
            })
        },
        chaffs: || {
            vec![
                ("the product is f as well", Minus { without: |u| u * u.ln(), ..MINUS }),
                ("−u log u", Minus { with: |u| -u * u.ln(), ..MINUS }),
            ]
        },
    }
}
