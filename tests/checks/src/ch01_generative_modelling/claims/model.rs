//! What every pushforward has: total mass 1, any law on the line as a case, the same
//! D_f after a bijection; and the library's pushforwards themselves.

use crate::ch01_generative_modelling::cases::{CASES, Case, noise, of_law, random, slope_by_differences};
use crate::check::{agree, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, strategies, tolerance};
use std::sync::Arc;
use vdm::ch01_generative_modelling::{Affine, Bend, Map, Pushforward, Quantile};
use vdm::density::{Cauchy, Density, Exponential, Gaussian, Laplace, Mixture, Uniform};
use vdm::divergence::between;
use vdm::quadrature::Quadrature;
use vdm::{Divergence, Interval, catalogue};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(total_mass().stating(
            r"\int p_\theta(x)\, dx \;=\; \int \frac{p(g^{-1}(x))}{|g'(g^{-1}(x))|}\, dx \;=\; \int p(z)\, dz \;=\; 1",
        )),
        Box::new(inverse_transform().stating(
            r"z \text{ uniform on } (0, 1), \quad x = F^{-1}(z) \quad\Longrightarrow\quad P_\theta[\,x \le c\,] = F(c)",
        )),
        Box::new(bijections().stating(
            r"D_f(g_\sharp P \,\|\, g_\sharp Q) \;=\; D_f(P \,\|\, Q) \qquad (g \text{ one-to-one})",
        )),
        Box::new(library()),
    ]
}

fn broken(at: &str) -> impl Fn(&dyn std::error::Error) -> Box<Broken> + use<'_> {
    move |why| Broken::new(at, "a value", why.to_string())
}

/// The density of g(z), as displayed.
type Formula = fn(&Case, f64) -> f64;

fn total_mass() -> Law<Formula> {
    Law {
        name: "pushforward-total-mass",
        statement: "the density of g(z) integrates to 1 without any constant of its own",
        members: || {
            let formula: Formula = |case, x| {
                (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() / (case.slope)(z).abs())
            };
            vec![("at-the-preimage".into(), formula)]
        },
        check: |formula| {
            for_each(&CASES, |case| {
                let breaks: Vec<f64> = noise().landmarks().into_iter().map(case.g).collect();
                let area = Quadrature { relative: 1e-9, ..Quadrature::default() }
                    .integrate(|x| formula(case, x), case.image, &breaks)
                    .map_err(|why| broken(case.name)(&why))?;
                agree(case.name, 1.0, area.value, area.error + tolerance::FORMULA)
            })
        },
        chaffs: || {
            vec![
                ("no g′ at all", |case, x| (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp())),
                ("times |g′|", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() * (case.slope)(z).abs())
                }),
                ("g′ without its absolute value", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() / (case.slope)(z))
                }),
            ]
        },
    }
}

/// The generator for a law: from z in (0, 1) to x.
type Generator = fn(&dyn Density, f64) -> f64;

/// A law and its name.
type Shape = (&'static str, Arc<dyn Density>);

/// Laws of several shapes.
fn shapes() -> Result<Vec<Shape>, vdm::density::DensityError> {
    Ok(vec![
        ("N(1, 2²)", Arc::new(Gaussian::new(1.0, 2.0)?)),
        ("Exponential(3)", Arc::new(Exponential::new(3.0)?)),
        ("Laplace(−1, ½)", Arc::new(Laplace::new(-1.0, 0.5)?)),
        ("Cauchy(0, 1)", Arc::new(Cauchy::new(0.0, 1.0)?)),
        ("two Gaussians", Arc::new(Mixture::of_gaussians(&[(0.25, -2.0, 0.5), (0.75, 1.0, 1.0)])?)),
    ])
}

fn inverse_transform() -> Law<Generator> {
    Law {
        name: "inverse-transform",
        statement: "the quantile function turns uniform noise into the law: P[F⁻¹(z) ≤ c] = F(c)",
        members: || vec![("quantile".into(), (|law, z| law.quantile(z).unwrap_or(f64::NAN)) as Generator)],
        check: |generator| {
            /// Equally spaced noise: counting it errs by less than one share.
            const NOISES: u32 = 400;
            let laws = shapes().map_err(|why| broken("the laws")(&why))?;
            for_each(laws, |(name, law)| {
                let shares = (0..NOISES).map(|i| (f64::from(i) + 0.5) / f64::from(NOISES));
                let samples: Vec<f64> = shares.map(|z| generator(law.as_ref(), z)).collect();
                let mut worst = 0.0_f64;
                for c in [-3.0, -1.0, -0.25, 0.1, 0.5, 1.0, 2.5] {
                    let count = samples.iter().filter(|x| **x <= c).count();
                    let found = count as f64 / f64::from(NOISES);
                    let near = 1.0 / f64::from(NOISES);
                    worst = worst.max(agree(format!("{name}, c = {c}"), law.cdf(c), found, near)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("F for its inverse", |law, z| law.cdf(z)),
                ("the density for the quantile", |law, z| law.ln_density(z).exp()),
                ("noise that is not uniform", |law, z| law.quantile(z * z).unwrap_or(f64::NAN)),
            ]
        },
    }
}

/// D_f of two laws, and how far it may be off.
type Measured = fn(&dyn Divergence, &dyn Density, &dyn Density) -> Result<(f64, f64), Box<Broken>>;

/// A divergence as a function of two laws, and what is done to the two laws first.
#[derive(Clone)]
struct Bijected {
    divergence: Measured,
    maps: (Bend, Bend),
}

fn by_quadrature(f: &dyn Divergence, p: &dyn Density, q: &dyn Density) -> Result<(f64, f64), Box<Broken>> {
    let found = between(f, p, q).map_err(|why| broken("D_f")(&why))?;
    Ok((found.value, found.error))
}

fn bent(theta: f64) -> Bend {
    Bend::new(theta).unwrap_or_else(|why| unreachable!("{why}"))
}

fn bijections() -> Law<Bijected> {
    Law {
        name: "bijections-keep-divergences",
        statement: "sent through the same one-to-one map, two laws keep every D_f",
        members: || {
            [-1.0, 0.25, 0.75]
                .map(|theta| {
                    let maps = (bent(theta), bent(theta));
                    (format!("bend {theta}"), Bijected { divergence: by_quadrature, maps })
                })
                .to_vec()
        },
        check: |subject| {
            let members: [&dyn Divergence; 3] =
                [&catalogue::Kl, &catalogue::FganJs, &catalogue::TotalVariation];
            let pairs = (strategies::gaussians(), strategies::gaussians());
            for_all(12, &pairs, |(p, q)| {
                // Deviations near 1: bent by e^{z} wider ones have tails beyond every grid.
                let narrow = |law: &Gaussian| Gaussian::new(law.mean() / 4.0, 0.5 + law.deviation() / 8.0);
                let at = format!("P = {p:?}, Q = {q:?}, both narrowed");
                let p = narrow(p).map_err(|why| broken(&at)(&why))?;
                let q = narrow(q).map_err(|why| broken(&at)(&why))?;
                let push = |law, map| Pushforward::new(law, map).map_err(|why| broken(&at)(&why));
                let (bent_p, bent_q) = (push(p, subject.maps.0)?, push(q, subject.maps.1)?);
                let mut worst = 0.0_f64;
                for f in members {
                    let (before, error) = (subject.divergence)(f, &p, &q)?;
                    let (after, more) = (subject.divergence)(f, &bent_p, &bent_q)?;
                    // ln p after the map is rounded by what ln|g′| adds to it.
                    let near = error + more + tolerance::of_terms(&[before, 1.0]);
                    worst = worst.max(agree(format!("{}, {at}", f.name()), before, after, near)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("only P is sent", Bijected { divergence: by_quadrature, maps: (bent(0.5), bent(0.0)) }),
                ("two different maps", Bijected { divergence: by_quadrature, maps: (bent(0.5), bent(-0.5)) }),
                (
                    "the distance of the medians, which a map stretches",
                    Bijected {
                        divergence: |_, p, q| {
                            let median = |law: &dyn Density| {
                                law.quantile(0.5).map_err(|why| broken("the median")(&why))
                            };
                            Ok(((median(p)? - median(q)?).abs(), 0.0))
                        },
                        maps: (bent(0.75), bent(0.75)),
                    },
                ),
            ]
        },
    }
}

/// A bend with one planted mistake.
#[derive(Clone, Copy, Debug)]
struct WrongBend {
    right: Bend,
    slope: fn(&Bend, f64) -> f64,
    preimage: fn(&Bend, f64) -> Option<f64>,
    increasing: bool,
}

impl WrongBend {
    fn of(theta: f64) -> Self {
        Self { right: bent(theta), slope: Bend::slope, preimage: Bend::preimage, increasing: true }
    }

    fn push(self) -> Arc<dyn Density> {
        Arc::new(Pushforward::new(noise(), self).unwrap_or_else(|why| unreachable!("{why}")))
    }
}

impl Map for WrongBend {
    fn apply(&self, z: f64) -> f64 {
        self.right.apply(z)
    }

    fn preimage(&self, x: f64) -> Option<f64> {
        (self.preimage)(&self.right, x)
    }

    fn slope(&self, z: f64) -> f64 {
        (self.slope)(&self.right, z)
    }

    fn is_increasing(&self) -> bool {
        self.increasing
    }
}

/// A member's name and the member.
type Pushed = (String, Arc<dyn Density>);

/// The library's pushforwards, also through two maps in turn.
fn pushforwards() -> Result<Vec<Pushed>, Box<dyn std::error::Error>> {
    let falling = Affine::new(1.0, -0.5)?;
    let nested = Pushforward::new(Pushforward::new(noise(), falling)?, bent(0.5))?;
    let uniform = Uniform::new(0.0, 1.0)?;
    Ok(vec![
        ("affine, falling".into(), Arc::new(Pushforward::new(noise(), falling)?)),
        ("bend 1".into(), Arc::new(Pushforward::new(noise(), bent(1.0))?)),
        ("bend −½".into(), Arc::new(Pushforward::new(Gaussian::new(-1.0, 0.5)?, bent(-0.5))?)),
        ("bend 0".into(), Arc::new(Pushforward::new(noise(), bent(0.0))?)),
        ("affine, then bend".into(), Arc::new(nested)),
        ("quantile".into(), Arc::new(Pushforward::new(uniform, Quantile::new(noise()))?)),
    ])
}

/// The library itself: density, both tails, quantiles and samples tell of one law.
fn library() -> Law<Arc<dyn Density>> {
    Law {
        name: "pushforward-hangs-together",
        statement: "a pushforward's density is the slope of its cdf, its quantiles invert it, its samples follow it",
        members: || pushforwards().unwrap_or_else(|why| unreachable!("{why}")),
        check: |law| {
            let place = |share: f64| law.quantile(share).map_err(|why| broken("a quantile")(&why));
            let mut tally = for_each([0.01, 0.1, 0.3, 0.5, 0.8, 0.95], |share| {
                let x = place(share)?;
                let at = format!("the quantile of {share}, x = {}", number(x));
                agree(at.clone(), share, law.cdf(x), tolerance::of_terms(&[1.0, x]))?;
                agree(at.clone(), 1.0 - share, law.survival(x), tolerance::of_terms(&[1.0, x]))?;
                let upper = law.upper_quantile(1.0 - share).map_err(|why| broken("a quantile")(&why))?;
                agree(at.clone(), x, upper, tolerance::of_terms(&[x, 1.0]))?;
                let apart = place(share + 0.002)? - place(share - 0.002)?;
                let due = slope_by_differences(|x| law.cdf(x), x, apart);
                agree(at, due.value, law.ln_density(x).exp(), due.error)
            })?;
            tally.merge(for_each(
                [(law.support(), law.support().low()), (law.support(), law.support().high())],
                ends(law),
            )?);
            let mut rng = random(202);
            let samples: Vec<f64> = (0..4000).map(|_| law.sample(&mut rng)).collect();
            tally.count(of_law("samples", &samples, |x| law.cdf(x))?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                (
                    "the slope taken at x",
                    WrongBend { slope: |g, z| g.slope(g.apply(z)), ..WrongBend::of(0.5) }.push(),
                ),
                (
                    "the slope upside down",
                    WrongBend { slope: |g, z| 1.0 / g.slope(z), ..WrongBend::of(0.5) }.push(),
                ),
                (
                    "the inverse of another θ",
                    WrongBend { preimage: |_, x| bent(0.25).preimage(x), ..WrongBend::of(0.5) }.push(),
                ),
                ("a rising map said to fall", WrongBend { increasing: false, ..WrongBend::of(0.5) }.push()),
            ]
        },
    }
}

/// No mass beyond an end of the support.
fn ends(law: &Arc<dyn Density>) -> impl Fn((Interval, f64)) -> Result<f64, Box<Broken>> + use<'_> {
    move |(support, end)| {
        if !end.is_finite() {
            return Ok(0.0);
        }
        let outside = if end == support.low() { end - 1.0 } else { end + 1.0 };
        agree(
            format!("x = {outside}, beyond the support {support}"),
            f64::NEG_INFINITY,
            law.ln_density(outside),
            0.0,
        )
    }
}
