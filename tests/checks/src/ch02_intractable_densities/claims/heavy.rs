//! Heavy tails: which moments Student's t has, and the mean of Cauchy draws.

use super::super::draws::{MANY, cauchy, distance, heavy};
use crate::check::{agree, at_least};
use crate::for_all::for_each;
use crate::{AnyLaw, Broken, Law, tolerance};
use vdm::Interval;
use vdm::ch02_intractable_densities::exercises::coverage;
use vdm::density::{Cauchy, Density, StudentT};
use vdm::quadrature::Quadrature;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(moments().stating(
            r"
\begin{aligned}
\mathbb{E}|T_\nu|^r < \infty &\iff r < \nu \\
\mathbb{E}|T_\nu| &= \frac{2 \sqrt{\nu}\; \Gamma\bigl(\frac{\nu+1}{2}\bigr)}{(\nu - 1) \sqrt{\pi}\; \Gamma\bigl(\frac{\nu}{2}\bigr)} && (\nu > 1) \\
\operatorname{Var} T_\nu &= \frac{\nu}{\nu - 2} && (\nu > 2)
\end{aligned}",
        )),
        Box::new(mean_of_cauchy().stating(
            r"x_1, \dots, x_n \sim \text{Cauchy} \quad\Longrightarrow\quad \frac1n \sum_{i=1}^n x_i \sim \text{Cauchy}, \quad \text{for every } n",
        )),
        Box::new(coverage_without_variance().stating(
            r"
\Pr\Bigl[\, \bigl|\bar h_n - \mathbb{E}|T_{1.5}|\bigr| \le 2\,\frac{s}{\sqrt{n}} \,\Bigr] \approx \begin{cases} .63 & n = 10 \\ .73 & n = 100 \end{cases}
\qquad \text{for } h(x) = |x|",
        )),
    ]
}

/// From ν: is E|T|^r finite, and the two displayed moments.
#[derive(Clone, Copy)]
struct Moments {
    is_finite: fn(f64, f64) -> bool,
    mean_distance: fn(f64) -> f64,
    variance: fn(f64) -> f64,
}

const MOMENTS: Moments = Moments {
    is_finite: |r, nu| r < nu,
    mean_distance: |nu| {
        let law = StudentT::new(0.0, 1.0, nu);
        law.ok().and_then(|law| law.mean_distance()).unwrap_or(f64::INFINITY)
    },
    variance: |nu| {
        let law = StudentT::new(0.0, 1.0, nu);
        law.ok().and_then(|law| law.variance()).unwrap_or(f64::INFINITY)
    },
};

/// 2·∫ x^r p over [low, high], by quadrature.
fn part(law: &StudentT, r: f64, low: f64, high: f64) -> Result<(f64, f64), Box<Broken>> {
    let integrand = |x: f64| 2.0 * x.powf(r) * law.ln_density(x).exp();
    let breaks: Vec<f64> = (-3..12).map(|k| 10_f64.powi(k)).filter(|x| low < *x && *x < high).collect();
    let found = Quadrature::default().integrate(integrand, Interval::open(low, high), &breaks);
    let found =
        found.map_err(|why| Broken::new(format!("{law:?}, r = {r}"), "an integral", why.to_string()))?;
    Ok((found.value, found.error))
}

/// The part of E|T|^r beyond x behaves like ∫ x^{r−ν−1}: the share that a further factor
/// of 1000 adds tends to 0 or grows with r − ν.
fn moments() -> Law<Moments> {
    Law {
        name: "moments-of-student",
        statement: "E|T|^r is finite for r < ν only; E|T| and Var T by their formulas",
        members: || vec![("formulas".into(), MOMENTS)],
        check: |claim| {
            let cases = [0.5, 1.0, 1.5, 2.0, 2.5, 4.0].into_iter().flat_map(|nu| [1.0, 2.0].map(|r| (nu, r)));
            let mut tally = for_each(cases, |(nu, r)| {
                let law = StudentT::new(0.0, 1.0, nu)
                    .map_err(|why| Broken::new(format!("ν = {nu}"), "a law", why.to_string()))?;
                let (near, _) = part(&law, r, 1e4, 1e7)?;
                let (far, _) = part(&law, r, 1e7, 1e10)?;
                // Equal parts (r = ν) add up to infinity too.
                let shrinks = far < 0.5 * near;
                if shrinks != (claim.is_finite)(r, nu) {
                    let found = format!("{near:.3e} from 10⁴ to 10⁷, {far:.3e} from 10⁷ to 10¹⁰");
                    let due = format!("E|T|^{r} {}", if shrinks { "finite" } else { "infinite" });
                    return Err(Broken::new(format!("ν = {nu}"), due, found));
                }
                Ok(0.0)
            })?;
            tally.merge(for_each([1.5, 2.5, 3.0, 7.0], |nu| {
                let law = StudentT::new(0.0, 1.0, nu)
                    .map_err(|why| Broken::new(format!("ν = {nu}"), "a law", why.to_string()))?;
                let mut worst = 0.0_f64;
                for (r, due) in [(1.0, (claim.mean_distance)(nu)), (2.0, (claim.variance)(nu))] {
                    if r >= nu {
                        continue;
                    }
                    // Beyond 10⁹ a power is left: its integral is known.
                    let (middle, error) = part(&law, r, 0.0, 1e9)?;
                    let tail = 2.0 * 1e9_f64.powf(r + 1.0) * law.ln_density(1e9).exp() / (nu - r);
                    let near = error + tolerance::of_terms(&[due, tail]);
                    worst = worst.max(agree(format!("ν = {nu}, r = {r}"), middle + tail, due, near)?);
                }
                Ok(worst)
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("finite at r = ν too", Moments { is_finite: |r, nu| r <= nu, ..MOMENTS }),
                (
                    "finite below ν + 1, as the density falls",
                    Moments { is_finite: |r, nu| r < nu + 1.0, ..MOMENTS },
                ),
                ("the scale for the variance", Moments { variance: |_| 1.0, ..MOMENTS }),
                ("(ν − 2)/ν", Moments { variance: |nu| (nu - 2.0) / nu, ..MOMENTS }),
                (
                    "half of E|T|",
                    Moments { mean_distance: |nu| (MOMENTS.mean_distance)(nu) / 2.0, ..MOMENTS },
                ),
            ]
        },
    }
}

/// Draws, and what is said of the mean of n of them: P[mean ≤ x].
#[derive(Clone, Copy)]
struct Means {
    draws: fn() -> &'static [f64],
    below: fn(f64, f64) -> f64,
}

fn cauchy_below(scale: f64, x: f64) -> f64 {
    Cauchy::new(0.0, scale).map_or(f64::NAN, |law| law.cdf(x))
}

const MEANS: Means = Means { draws: cauchy, below: |_, x| cauchy_below(1.0, x) };

fn mean_of_cauchy() -> Law<Means> {
    Law {
        name: "mean-of-cauchy",
        statement: "the mean of n Cauchy draws is distributed like one of them",
        members: || vec![("cauchy".into(), MEANS)],
        check: |claim| {
            for_each([1usize, 4, 25], |n| {
                let means: Vec<f64> =
                    (claim.draws)().chunks_exact(n).map(|xs| xs.iter().sum::<f64>() / n as f64).collect();
                let near = tolerance::of_distribution(MANY / n);
                let apart = distance(means, |x| (claim.below)(n as f64, x));
                at_least(format!("means of {n}"), "distance ≤ DKW", near, apart, 0.0)?;
                Ok(apart / near)
            })
        },
        chaffs: || {
            vec![
                ("narrower by √n", Means { below: |n, x| cauchy_below(1.0 / n.sqrt(), x), ..MEANS }),
                ("narrower by n", Means { below: |n, x| cauchy_below(1.0 / n, x), ..MEANS }),
                (
                    "t with ν = 1.5, which has a mean",
                    Means {
                        draws: heavy,
                        below: |_, x| StudentT::new(0.0, 1.0, 1.5).map_or(f64::NAN, |law| law.cdf(x)),
                    },
                ),
            ]
        },
    }
}

/// From n, the displayed share of intervals that hold.
type Shares = fn(f64) -> f64;

/// Measured on draws, with E|T| by its formula, which the law above checks.
fn coverage_without_variance() -> Law<Shares> {
    /// The page shows two digits.
    const SHOWN: f64 = 0.005;
    Law {
        name: "coverage-without-variance",
        statement: "for |T| with ν = 1.5 two standard errors hold in .63 (n = 10) and .73 (n = 100) of the samples",
        members: || vec![("measured".into(), (|n| if n < 50.0 { 0.63 } else { 0.73 }) as Shares)],
        check: |shares| {
            let truth = (MOMENTS.mean_distance)(1.5);
            for_each([10_usize, 100], |n| {
                let samples: Vec<Vec<f64>> =
                    heavy().chunks_exact(n).map(|xs| xs.iter().map(|x| x.abs()).collect()).collect();
                let due = shares(n as f64);
                let near =
                    SHOWN + tolerance::of_bounded_mean_with_variance(samples.len(), due * (1.0 - due), 1.0);
                agree(format!("{} samples of {n}", samples.len()), due, coverage(&samples, truth, 2.0), near)
            })
        },
        chaffs: || {
            vec![
                ("as if there were a variance", |_| 0.95),
                ("as for T itself, which is symmetric", |n| if n < 50.0 { 0.946 } else { 0.976 }),
                ("the same for every n", |_| 0.63),
                ("exchanged", |n| if n < 50.0 { 0.73 } else { 0.63 }),
            ]
        },
    }
}
