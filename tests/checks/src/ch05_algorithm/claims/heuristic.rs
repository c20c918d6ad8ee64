//! The divergence that the generator's heuristic really minimises.

use super::difference::{Family, curvature, families, near_curvature, near_slope, slope};
use crate::check::{Verdict, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law};

/// A generator's slope f′ and the generator h that the page names for it.
#[derive(Clone, Copy)]
struct Row {
    slope: fn(f64) -> f64,
    h: fn(f64) -> f64,
}

fn js(u: f64) -> f64 {
    u * u.ln() - (u + 1.0) * ((u + 1.0) / 2.0).ln()
}

const KL: Row = Row { slope: |u| 1.0 + u.ln(), h: |u| -u.ln() };
const GAN: Row = Row { slope: |u| (u / (u + 1.0)).ln(), h: |u| -u.ln() - js(u) };

/// h″ = f″/u, and ∂D_h = −∂E_q T with T held at f′(p/q).
fn check(row: &Row) -> Verdict {
    let mut tally = for_each([0.25, 0.5, 1.0, 1.5, 3.0, 6.0], |u: f64| {
        let (of_h, of_f) = (curvature(row.h, u), slope(row.slope, u) / u);
        // Fifth and sixth derivatives grow like 6!/u⁶ at the smallest u, times the step's h⁴.
        let size = 1.0 + (row.h)(u).abs() + u.powi(-6);
        agree(format!("h'' at u = {}", number(u)), of_f, of_h, near_curvature(30.0 * size))
    })?;
    tally.merge(for_all(100, &families(), |family: &Family| {
        let divergence = |theta: f64| {
            let law = family.law(theta);
            Family::sum(|i| law[i] * (row.h)(family.p[i] / law[i]))
        };
        let held = -Family::sum(|i| (row.slope)(family.p[i] / family.q[i]) * family.d[i]);
        let size = Family::sum(|i| {
            let u = family.p[i] / family.q[i];
            family.q[i] * ((row.h)(u).abs() + (row.slope)(u).abs() + u + 1.0 / u + 1.0)
        });
        agree(family.told(), held, slope(divergence, 0.0), near_slope(size))
    })?);
    Ok(tally)
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(
        Law {
            name: "heuristic-divergence",
            statement: "−∂E_Q T at T = f'(p/q) is ∂D_h with h'' = f''/u: reverse KL for KL, ½ Neyman for reverse KL, 2 KL for Pearson, reverse KL − 2 JSD for GAN and JS",
            members: || {
                let rows = [
                    ("kl", KL),
                    ("reverse_kl", Row { slope: |u| -1.0 / u, h: |u| (1.0 - u).powi(2) / (2.0 * u) }),
                    ("pearson_chi2", Row { slope: |u| 2.0 * (u - 1.0), h: |u| 2.0 * u * u.ln() }),
                    ("gan", GAN),
                    ("fgan_js", Row { slope: |u| (2.0 * u / (u + 1.0)).ln(), ..GAN }),
                ];
                rows.map(|(name, row)| (name.to_owned(), row)).into()
            },
            check,
            chaffs: || {
                vec![
                    ("KL stays KL", Row { h: |u| u * u.ln(), ..KL }),
                    ("JSD itself for the GAN", Row { h: js, ..GAN }),
                    ("reverse KL alone for the GAN", Row { h: |u| -u.ln(), ..GAN }),
                    ("reverse KL + 2 JSD", Row { h: |u| -u.ln() + js(u), ..GAN }),
                    ("KL − 2 JSD", Row { h: |u| u * u.ln() - js(u), ..GAN }),
                    ("2 KL upside down", Row { slope: |u| 2.0 * (u - 1.0), h: |u| -2.0 * u.ln() }),
                ]
            },
        }
        .stating(
            r"
\begin{aligned}
-\frac{\partial}{\partial \theta}\, \mathbb{E}_{Q_\theta}[T] \,\Big|_{T = f'(p/q_\theta)}
  &= \frac{\partial}{\partial \theta}\, D_h(P \| Q_\theta), \qquad h''(u) = \frac{f''(u)}{u} \\
\text{KL:} \quad & D_h = \mathrm{KL}(Q_\theta \| P) \\
\text{reverse KL:} \quad & D_h = \tfrac12\, \chi^2_{\text{Neyman}}(P \| Q_\theta) \\
\text{Pearson:} \quad & D_h = 2\, \mathrm{KL}(P \| Q_\theta) \\
\text{GAN, f-GAN JS:} \quad & D_h = \mathrm{KL}(Q_\theta \| P) - 2\, \mathrm{JSD}(P, Q_\theta)
\end{aligned}",
        ),
    )]
}
