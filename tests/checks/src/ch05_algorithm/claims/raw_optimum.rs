//! What the raw output of an optimal critic is.

use crate::check::{Verdict, agree, at_least, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, tolerance};
use vdm::Divergence;
use vdm::catalogue::{FganJs, Gan, Kl, NeymanChi2, PearsonChi2, ReverseKl, SquaredHellinger};

/// A function of u = p/q.
type OfRatio = fn(f64) -> f64;

/// The raw output displayed for a row.
#[derive(Clone, Copy)]
struct Raw {
    row: &'static dyn Divergence,
    optimum: OfRatio,
}

/// It gives the whole of f(u), and its neighbours give less.
fn check(raw: &Raw) -> Verdict {
    for_all(120, &(-40i32..=40), |&tenth| {
        let u = (f64::from(tenth) / 10.0).exp();
        let gain = |v: f64| u * raw.row.output_activation(v) - raw.row.conjugate_of_activation(v);
        let v = (raw.optimum)(u);
        let at = format!("u = {}, V* = {}", number(u), number(v));
        let near = tolerance::of_terms(&[
            u * raw.row.output_activation(v),
            raw.row.conjugate_of_activation(v),
            // g_f may be a difference of two numbers of size 1.
            u,
            1.0,
        ]);
        let whole = agree(at.clone(), raw.row.generator(u), gain(v), near)?;
        let beside = [-1.0, -0.25, 0.25, 1.0].map(|by| gain(v + by));
        let best = beside.iter().fold(f64::NEG_INFINITY, |best, x| best.max(*x));
        Ok(whole.max(at_least(at, "no neighbour does better", gain(v), best, near)?))
    })
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(
        Law {
            name: "raw-output-of-an-optimal-critic",
            statement: "g_f(V*) = f'(u): V* is log u for reverse KL, GAN and JS, 1 + log u for KL, ½ log u for Hellinger, 2 log u for Neyman, 2(u − 1) for Pearson",
            members: || {
                let rows: [(&'static dyn Divergence, OfRatio); 7] = [
                    (&ReverseKl, f64::ln),
                    (&Gan, f64::ln),
                    (&FganJs, f64::ln),
                    (&Kl, |u| 1.0 + u.ln()),
                    (&SquaredHellinger, |u| u.ln() / 2.0),
                    (&NeymanChi2, |u| 2.0 * u.ln()),
                    (&PearsonChi2, |u| 2.0 * (u - 1.0)),
                ];
                rows.map(|(row, optimum)| (row.name(), Raw { row, optimum })).into()
            },
            check,
            chaffs: || {
                vec![
                    ("the critic T* itself", Raw { row: &ReverseKl, optimum: |u| -1.0 / u }),
                    ("the ratio upside down", Raw { row: &Gan, optimum: |u| -u.ln() }),
                    ("log D of the GAN", Raw { row: &Gan, optimum: |u| (u / (1.0 + u)).ln() }),
                    ("KL without its 1", Raw { row: &Kl, optimum: f64::ln }),
                    ("Hellinger without its half", Raw { row: &SquaredHellinger, optimum: f64::ln }),
                ]
            },
        }
        .stating(
            r"
\begin{aligned}
g_f(V^*) = f'(u): \qquad
V^* &= \log u && \text{reverse KL, GAN, f-GAN JS} \\
V^* &= 1 + \log u && \text{KL} \\
V^* &= \tfrac12 \log u && \text{squared Hellinger} \\
V^* &= 2 \log u && \text{Neyman} \\
V^* &= 2(u - 1) && \text{Pearson}
\end{aligned}",
        ),
    )]
}
