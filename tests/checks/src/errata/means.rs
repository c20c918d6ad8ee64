//! What the law of large numbers does not promise, and what dimension does not cost.

use crate::check::{Tally, agree, at_least};
use crate::for_all::for_each;
use crate::{AnyLaw, Law, tolerance};
use vdm::Interval;
use vdm::density::{Density, Gaussian};
use vdm::quadrature::Quadrature;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(coins().stating(
            r"
\begin{gathered}
\Pr\bigl[\, \lvert \bar h_n - \tfrac12 \rvert \ge \tfrac14 \,\bigr] = \tfrac{5}{8},\ \tfrac{37}{128},\ \tfrac{2517}{32768}
   \quad\text{at } n = 4,\ 8,\ 16 \text{ tosses of a fair coin} \\
\Pr\bigl[\, \bar h_n = 1 \,\bigr] = 2^{-n} > 0 \quad\text{for every } n
\end{gathered}",
        )),
        Box::new(dimension().stating(
            r"
\begin{gathered}
p = N(\mu, I_d), \qquad q = N(0, I_d), \qquad \lvert \mu \rvert = 1 \\
\mathbb{E}_p\Bigl[\log \frac{p}{q}\Bigr] = \tfrac12, \qquad \operatorname{Var}_p\Bigl[\log \frac{p}{q}\Bigr] = 1 \qquad\text{in every dimension } d
\end{gathered}",
        )),
    ]
}

/// Chances as displayed: as numerator and denominator by n, and that of n heads.
#[derive(Clone, Copy)]
struct Coins {
    far: [(u32, u32, u32); 3],
    all_heads: fn(u32) -> f64,
}

const COINS: Coins =
    Coins { far: [(4, 5, 8), (8, 37, 128), (16, 2517, 32768)], all_heads: |n| 0.5_f64.powi(n as i32) };

fn coins() -> Law<Coins> {
    Law {
        name: "averages-may-stay-away",
        statement: "the chance that an average of fair tosses is far from ½ falls with n and is never 0",
        members: || vec![("coin".into(), COINS)],
        check: |lines| {
            let mut tally = Tally::default();
            for (n, over, under) in lines.far {
                // Every sequence of tosses is a number of n bits.
                let sequences = 1_u32 << n;
                let far = (0..sequences).filter(|tosses| {
                    let heads = tosses.count_ones();
                    4 * heads <= n || 4 * heads >= 3 * n
                });
                let (due, found) =
                    (far.count() as f64 / f64::from(sequences), f64::from(over) / f64::from(under));
                tally.count(agree(format!("far, n = {n}"), due, found, 0.0)?);
                let heads = (0..sequences).filter(|tosses| tosses.count_ones() == n).count();
                let due = heads as f64 / f64::from(sequences);
                tally.count(agree(format!("all heads, n = {n}"), due, (lines.all_heads)(n), 0.0)?);
            }
            tally.merge(for_each([1, 100, 1000], |n| {
                at_least(
                    format!("n = {n}"),
                    "all heads has a chance",
                    (lines.all_heads)(n),
                    f64::MIN_POSITIVE,
                    0.0,
                )
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("0 from n = 16 on", Coins { far: [(4, 5, 8), (8, 37, 128), (16, 0, 1)], ..COINS }),
                ("one side only", Coins { far: [(4, 5, 16), (8, 37, 256), (16, 2517, 65536)], ..COINS }),
                ("n heads cannot happen", Coins { all_heads: |_| 0.0, ..COINS }),
            ]
        },
    }
}

/// Mean and variance as displayed, for a dimension.
#[derive(Clone, Copy)]
struct Moments {
    mean: fn(usize) -> f64,
    variance: fn(usize) -> f64,
}

fn dimension() -> Law<Moments> {
    const MOMENTS: Moments = Moments { mean: |_| 0.5, variance: |_| 1.0 };
    Law {
        name: "log-ratio-in-every-dimension",
        statement: "mean ½ and variance 1 of log p/q for two Gaussians at distance 1: a sample of given size serves any dimension",
        members: || vec![("gaussians".into(), MOMENTS)],
        check: |lines| {
            for_each([1, 2, 10, 100, 3072], |d: usize| {
                // Coordinates are independent: means and variances add. Each by quadrature.
                let shift = (1.0 / d as f64).sqrt();
                let told = |why: &dyn std::fmt::Display| {
                    crate::Broken::new(format!("d = {d}"), "a number", why.to_string())
                };
                let law = |mean| Gaussian::new(mean, 1.0).map_err(|why| told(&why));
                let (p, q) = (law(shift)?, law(0.0)?);
                let log_ratio = |x: f64| p.ln_density(x) - q.ln_density(x);
                let expected = |h: &dyn Fn(f64) -> f64| {
                    let line = Interval::open(f64::NEG_INFINITY, f64::INFINITY);
                    let integrand = |x: f64| p.ln_density(x).exp() * h(x);
                    Quadrature::default().integrate(integrand, line, &p.landmarks()).map_err(|why| told(&why))
                };
                let first = expected(&log_ratio)?;
                let second = expected(&|x| (log_ratio(x) - first.value).powi(2))?;
                let near = |error: f64| d as f64 * error + tolerance::of_terms(&[1.0]);
                let at = format!("d = {d}");
                let mean = agree(at.clone(), d as f64 * first.value, (lines.mean)(d), near(first.error))?;
                Ok(mean.max(agree(at, d as f64 * second.value, (lines.variance)(d), near(second.error))?))
            })
        },
        chaffs: || {
            vec![
                ("the variance grows with d", Moments { variance: |d| d as f64, ..MOMENTS }),
                ("the mean grows with d", Moments { mean: |d| d as f64 / 2.0, ..MOMENTS }),
                ("the variance is the mean", Moments { variance: |_| 0.5, ..MOMENTS }),
            ]
        },
    }
}
