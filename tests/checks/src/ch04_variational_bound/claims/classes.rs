//! Restricted classes of critics: bins, affine critics, and what they cannot see.

use super::super::affine::{largest, mean, variance};
use super::super::shared::{full_pairs, quarters, shown};
use crate::check::{Broken, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, strategies, tolerance};
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, SquaredHellinger, TotalVariation};
use vdm::ch04_variational_bound::{Bins, affine_pearson, bound_on_line, project};
use vdm::density::{Density, Finite, Gaussian, Uniform};
use vdm::divergence::between;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(on_bins().stating(
            r"
\begin{aligned}
\max_{T \text{ constant on each bin of } B} F(T) &= D_f(P_B \| Q_B) \\
&\le D_f(P_{B'} \| Q_{B'}) \le D_f(P \| Q) \qquad (B' \text{ refines } B)
\end{aligned}",
        )),
        Box::new(halves().stating(
            r"
\begin{gathered}
P = U(0, 1), \quad Q = U(1, 2), \quad k \text{ equal bins of } [0, 2]: \\
\mathrm{TV}(P_B, Q_B) = \begin{cases} 1 & k \text{ even} \\ 1 - \frac{1}{k} & k \text{ odd} \end{cases}
\end{gathered}",
        )),
        Box::new(pearson().stating(
            r"
\sup_{a,\, b} \Bigl\{ \mathbb{E}_P[T] - \mathbb{E}_Q\bigl[T + \tfrac14 T^2\bigr] : T = a + b\,\varphi \Bigr\}
\;=\; \frac{\bigl(\mathbb{E}_P[\varphi] - \mathbb{E}_Q[\varphi]\bigr)^2}{\operatorname{Var}_Q[\varphi]} \;\le\; \chi^2(P \| Q)",
        )),
        Box::new(projection().stating(
            r"
\begin{aligned}
\sup_{w} \bigl\{ \mathbb{E}_P[w^{\mathsf T} \varphi] - \log \mathbb{E}_Q[e^{w^{\mathsf T} \varphi}] \bigr\}
  &= \mathrm{KL}(q_w \| q) = \mathrm{KL}(p \| q) - \mathrm{KL}(p \| q_w) \\
\text{at the } w \text{ with}\quad \mathbb{E}_{q_w}[\varphi] &= \mathbb{E}_P[\varphi], \qquad q_w \propto q\, e^{w^{\mathsf T} \varphi}
\end{aligned}",
        )),
        Box::new(blind().stating(
            r"
\begin{gathered}
P = N(0, 1), \quad Q = N(0, \theta^2): \\
\sup_{a,\, b} \bigl\{ \mathbb{E}_P[a + b x] - \mathbb{E}_Q[e^{a + b x - 1}] \bigr\} = 0, \qquad
\mathrm{KL}(P \| Q) = \log \theta + \frac{1}{2 \theta^2} - \frac12
\end{gathered}",
        )),
    ]
}

/// From f, P, Q and bins, the largest bound on them.
type OnBins = fn(&dyn Divergence, &dyn Density, &dyn Density, &Bins) -> f64;

fn bins(low: f64, high: f64, count: usize) -> Result<Bins, Box<Broken>> {
    Bins::equal(low, high, count).map_err(|why| Broken::new(format!("{count} bins"), "bins", why.to_string()))
}

fn on_bins() -> Law<OnBins> {
    Law {
        name: "critic-on-bins",
        statement: "the best critic on bins reaches the divergence of the binned laws; cutting each bin in two never lowers it",
        members: || vec![("best-critic".into(), (|f, p, q, bins| bins.best_critic(f, p, q).bound) as OnBins)],
        check: |largest| {
            let members: [&dyn Divergence; 4] = [&Kl, &FganJs, &SquaredHellinger, &TotalVariation];
            for_all(12, &(strategies::gaussians(), strategies::gaussians(), 1usize..6), |(p, q, count)| {
                let (bins, finer) = (bins(-4.0, 4.0, *count)?, bins(-4.0, 4.0, 2 * count)?);
                let mut worst = 0.0_f64;
                for f in members {
                    let at = format!("{}, P = {p:?}, Q = {q:?}, {count} bins", f.name());
                    let truth =
                        between(f, p, q).map_err(|why| Broken::new(&at, "a divergence", why.to_string()))?;
                    let (coarse, fine) = (largest(f, p, q, &bins), largest(f, p, q, &finer));
                    let (due, size) = of_masses(f, &integrated(p, &bins), &integrated(q, &bins));
                    let near = size * 1e-9;
                    // Masses by a rule of 10,000 points a bin: right to about 1e-10.
                    worst = worst.max(agree(at.clone(), due, coarse, near)?);
                    let rounding = tolerance::of_terms(&[size, fine, 64.0]);
                    worst =
                        worst.max(at_least(at.clone(), "2k bins at least k bins", fine, coarse, rounding)?);
                    worst = worst.max(at_least(
                        at.clone(),
                        "D_f at least 2k bins",
                        truth.value,
                        fine,
                        rounding + truth.error,
                    )?);
                    // The critic itself, by quadrature over its steps.
                    let critic = bins.best_critic(f, p, q);
                    if critic.values.iter().all(|t| t.abs() < 40.0) {
                        let found = bound_on_line(f, p, q, |x| critic.at(x), bins.edges())
                            .map_err(|why| Broken::new(&at, "F(T)", why.to_string()))?;
                        worst = worst.max(agree(at, coarse, found.value, found.error + rounding)?);
                    }
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("the laws exchanged", |f, p, q, bins| bins.best_critic(f, q, p).bound),
                ("one bin too few", |f, p, q, bins| {
                    let edges = bins.edges().iter().skip(1).copied().collect();
                    Bins::new(edges).map_or(f64::NAN, |bins| bins.best_critic(f, p, q).bound)
                }),
                ("the critic at the middle of each bin", |f, p, q, bins| {
                    let middle = |bin: usize| match (bin.checked_sub(1), bins.edges().get(bin)) {
                        (Some(low), Some(high)) => (bins.edges()[low] + high) / 2.0,
                        (None, Some(high)) => *high,
                        (Some(low), None) => bins.edges()[low],
                        (None, None) => 0.0,
                    };
                    let (masses_p, masses_q) = (bins.masses(p), bins.masses(q));
                    let term = |bin| {
                        let t = f.optimal_critic(p.ln_density(middle(bin)) - q.ln_density(middle(bin)));
                        masses_p[bin] * t - masses_q[bin] * f.conjugate(t)
                    };
                    (0..bins.count()).map(term).sum()
                }),
                ("the divergence itself", |f, p, q, _| between(f, p, q).map_or(f64::NAN, |d| d.value)),
            ]
        },
    }
}

/// The mass of each bin by Simpson's rule on the density, cut off at ±60.
fn integrated(law: &dyn Density, bins: &Bins) -> Vec<f64> {
    let ends = [&[-60.0], bins.edges(), &[60.0]].concat();
    let of = |low: f64, high: f64| {
        const HALVES: i32 = 5_000;
        let step = (high - low) / f64::from(2 * HALVES);
        let density = |k: i32| law.ln_density(low + step * f64::from(k)).exp();
        let inner: f64 = (1..2 * HALVES).map(|k| density(k) * if k % 2 == 1 { 4.0 } else { 2.0 }).sum();
        (density(0) + inner + density(2 * HALVES)) * step / 3.0
    };
    ends.windows(2).map(|ends| of(ends[0], ends[1])).collect()
}

/// D_f of masses by its definition, and the size of its terms with their slopes: what an
/// error of the masses is multiplied by.
fn of_masses(f: &dyn Divergence, p: &[f64], q: &[f64]) -> (f64, f64) {
    let mut sum = (0.0, 1.0);
    for (p, q) in p.iter().zip(q) {
        let u = p / q;
        let slope = f.subdifferential(u).representative();
        sum.0 += q * f.generator(u);
        sum.1 += f.generator(u).abs().min(1e3) + slope.abs() * (1.0 + u.min(1e3));
    }
    sum
}

/// TV of the binned halves from k, as displayed.
type Halves = fn(u32) -> f64;

fn halves() -> Law<Halves> {
    Law {
        name: "bins-not-monotone-in-k",
        statement: "two halves on k equal bins: TV is 1 for even k and 1 − 1/k for odd k",
        members: || {
            vec![("halves".into(), (|k| if k % 2 == 0 { 1.0 } else { 1.0 - 1.0 / f64::from(k) }) as Halves)]
        },
        check: |value| {
            let law =
                |low, high| Uniform::new(low, high).map_err(|why| Broken::new("U", "a law", why.to_string()));
            for_each(1..=64u32, |k| {
                let found = bins(0.0, 2.0, k as usize)?.best_critic(
                    &TotalVariation,
                    &law(0.0, 1.0)?,
                    &law(1.0, 2.0)?,
                );
                agree(format!("k = {k}"), found.bound, value(k), tolerance::of_terms(&[f64::from(k)]))
            })
        },
        chaffs: || {
            vec![
                ("monotone", |k| 1.0 - 1.0 / f64::from(k)),
                ("always 1", |_| 1.0),
                ("half of the middle bin", |k| if k % 2 == 0 { 1.0 } else { 1.0 - 0.5 / f64::from(k) }),
            ]
        },
    }
}

/// The displayed quotient.
type Quotient = fn(&[f64], &[f64], &[f64]) -> f64;

fn pearson() -> Law<Quotient> {
    Law {
        name: "affine-optimised-pearson",
        statement: "the best affine critic gives (E_P φ − E_Q φ)²/Var_Q φ, at most χ²",
        members: || {
            let library: Quotient = |p, q, phi| match (Finite::new(p), Finite::new(q)) {
                (Ok(p), Ok(q)) => affine_pearson(&p, &q, phi).unwrap_or(f64::NAN),
                _ => f64::NAN,
            };
            let displayed: Quotient = |p, q, phi| (mean(p, phi) - mean(q, phi)).powi(2) / variance(q, phi);
            vec![("displayed".into(), displayed), ("library".into(), library)]
        },
        check: |quotient| {
            for_all(100, &(full_pairs(), quarters()), |(pair, phi)| {
                let (p, q) = pair;
                let phi = &phi[..p.len()];
                let spread = variance(q, phi);
                if spread < 1e-3 {
                    return Ok(0.0);
                }
                let (due, found) = (largest(p, q, phi), quotient(p, q, phi));
                let near = tolerance::of_terms(&[1e3 * (1.0 + due) / spread.min(1.0)]);
                let at = format!("{}, φ = {phi:?}", shown(pair));
                let same = agree(at.clone(), due, found, near)?;
                let chi2: f64 = p.iter().zip(q).map(|(p, q)| (p - q).powi(2) / q).sum();
                Ok(same.max(at_least(at, "χ² at least the quotient", chi2, found, near)?))
            })
        },
        chaffs: || {
            vec![
                ("the variance under P", |p, q, phi| {
                    (mean(p, phi) - mean(q, phi)).powi(2) / variance(p, phi)
                }),
                ("four times too small", |p, q, phi| {
                    (mean(p, phi) - mean(q, phi)).powi(2) / variance(q, phi) / 4.0
                }),
                ("not squared", |p, q, phi| (mean(p, phi) - mean(q, phi)).abs() / variance(q, phi)),
                ("E_Q φ² for the variance", |p, q, phi| {
                    let squares: Vec<f64> = phi.iter().map(|phi| phi * phi).collect();
                    (mean(p, phi) - mean(q, phi)).powi(2) / mean(q, &squares)
                }),
            ]
        },
    }
}

/// From P, Q and features: the supremum, the weights and the tilted law.
type Project = fn(&Finite, &Finite, &[Vec<f64>]) -> Option<(f64, Vec<f64>, Vec<f64>)>;

fn kl(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).filter(|(p, _)| **p > 0.0).map(|(p, q)| p * (p / q).ln()).sum()
}

fn projection() -> Law<Project> {
    const LIBRARY: Project = |p, q, features| {
        project(p, q, features).ok().map(|best| (best.bound, best.weights, best.law.probabilities()))
    };
    Law {
        name: "tilt-projects",
        statement: "the best affine critic for KL tilts Q until the means agree: KL(q_w‖q) = KL(p‖q) − KL(p‖q_w)",
        members: || vec![("library".into(), LIBRARY)],
        check: |project| {
            for_all(80, &(full_pairs(), quarters(), quarters()), |(pair, first, second)| {
                let n = pair.0.len();
                let law = |masses: &[f64]| {
                    Finite::new(masses).map_err(|why| Broken::new(shown(pair), "a law", why.to_string()))
                };
                let features = vec![first[..n].to_vec(), second[..n].to_vec()];
                let at = format!("{}, φ = {features:?}", shown(pair));
                let (p, q) = (&pair.0, &pair.1);
                let Some((bound, weights, tilted)) = project(&law(p)?, &law(q)?, &features) else {
                    return Err(Broken::new(at, "a projection", "none"));
                };
                // The means are matched to rounding; KL is flat there.
                let near = tolerance::of_terms(&[kl(p, q), 256.0]);
                let mut worst = agree(format!("{at}: KL(q_w‖q)"), kl(&tilted, q), bound, near)?;
                let right = kl(p, q) - kl(p, &tilted);
                worst = worst.max(agree(format!("{at}: KL(p‖q) − KL(p‖q_w)"), right, bound, near)?);
                for i in 1..n {
                    let odds = (tilted[i] / tilted[0]).ln() - (q[i] / q[0]).ln();
                    let due: f64 = features.iter().zip(&weights).map(|(phi, w)| w * (phi[i] - phi[0])).sum();
                    let near = tolerance::of_terms(&[odds, due, 64.0])
                        * weights.iter().fold(1.0, |m: f64, w| m.max(w.abs()));
                    worst = worst.max(agree(format!("{at}: log odds of {i} and 0"), due, odds, near)?);
                }
                for phi in &features {
                    let due = mean(p, phi);
                    worst = worst.max(agree(
                        format!("{at}: the mean of {phi:?}"),
                        due,
                        mean(&tilted, phi),
                        near,
                    )?);
                }
                for (a, b) in [(0.0, 0.0), (0.5, 0.0), (0.0, -0.5), (-0.25, 0.5)] {
                    let t: Vec<f64> = (0..n).map(|i| a * first[i] + b * second[i]).collect();
                    let exponentials: Vec<f64> = t.iter().map(|t| t.exp()).collect();
                    let other = mean(p, &t) - mean(q, &exponentials).ln();
                    worst = worst.max(at_least(
                        format!("{at}, w = ({a}, {b})"),
                        "no w does better",
                        bound,
                        other,
                        near,
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("P itself", |p, q, features| {
                    Some((
                        kl(&p.probabilities(), &q.probabilities()),
                        vec![0.0; features.len()],
                        p.probabilities(),
                    ))
                }),
                ("no tilt", |_, q, features| Some((0.0, vec![0.0; features.len()], q.probabilities()))),
                ("KL the other way round", |p, q, features| {
                    let (_, weights, law) = LIBRARY(p, q, features)?;
                    Some((kl(&q.probabilities(), &law), weights, law))
                }),
                ("the first feature alone", |p, q, features| LIBRARY(p, q, &features[..1])),
            ]
        },
    }
}

/// The supremum over affine critics and KL, from θ.
type Blind = (fn(f64) -> f64, fn(f64) -> f64);

fn blind() -> Law<Blind> {
    const SUPREMUM: fn(f64) -> f64 = |_| 0.0;
    const DIVERGENCE: fn(f64) -> f64 = |theta| theta.ln() + 0.5 / (theta * theta) - 0.5;
    Law {
        name: "affine-critics-are-blind",
        statement: "N(0, 1) against N(0, θ²): no affine critic bounds KL by more than 0",
        members: || vec![("kl".into(), (SUPREMUM, DIVERGENCE))],
        check: |&(supremum, divergence)| {
            for_each([0.5, 1.0, 2.0, 3.0], |theta: f64| {
                let told = |why: String| Broken::new(format!("θ = {theta}"), "a value", why);
                let p = Gaussian::new(0.0, 1.0).map_err(|why| told(why.to_string()))?;
                let q = Gaussian::new(0.0, theta).map_err(|why| told(why.to_string()))?;
                let truth = between(&Kl, &p, &q).map_err(|why| told(why.to_string()))?;
                let near = truth.error + tolerance::of_terms(&[2.0, theta.ln()]);
                let mut worst = agree(format!("KL, θ = {theta}"), truth.value, divergence(theta), near)?;
                let mut best = f64::NEG_INFINITY;
                for a in [-1.0, 0.0, 0.75, 1.0, 1.25, 2.0] {
                    for b in [-1.0, -0.25, 0.0, 0.125, 0.5] {
                        let value = bound_on_line(&Kl, &p, &q, |x| a + b * x, &[])
                            .map_err(|why| told(why.to_string()))?;
                        let at = format!("θ = {theta}, T = {a} + {b}x");
                        worst = worst.max(at_least(
                            at,
                            "at most the supremum",
                            supremum(theta),
                            value.value,
                            value.error,
                        )?);
                        best = best.max(value.value + value.error);
                    }
                }
                let at = format!("θ = {theta}: T = 1 reaches {}", number(best));
                Ok(worst.max(at_least(at, "the supremum", best, supremum(theta), tolerance::FORMULA)?))
            })
        },
        chaffs: || {
            vec![
                ("the critics see it", (DIVERGENCE, DIVERGENCE)),
                ("below 0", (|_| -0.25, DIVERGENCE)),
                ("θ for θ²", (SUPREMUM, |theta| theta.ln() + 0.5 / theta - 0.5)),
            ]
        },
    }
}
