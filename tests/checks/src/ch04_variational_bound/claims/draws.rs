//! Random draws against quadrature: the estimate lies where its standard error says.

use crate::check::{Broken, agree, at_least};
use crate::for_all::for_each;
use crate::{AnyLaw, Law, tolerance};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, TotalVariation};
use vdm::ch04_variational_bound::{EmpiricalBound, bound_on_line};
use vdm::density::{Density, Exponential, Gaussian, Laplace};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(draws())]
}

/// From f, critic, P, Q, the number of draws and a seed: value and standard error.
type Draws =
    fn(&dyn Divergence, fn(f64) -> f64, &dyn Density, &dyn Density, usize, u64) -> Option<(f64, f64)>;

const LIBRARY: Draws = |f, critic, p, q, count, seed| {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let bound = EmpiricalBound::from_draws(f, critic, p, q, count, &mut rng).ok()?;
    Some((bound.value, bound.standard_error))
};

/// How many draws of each law a case takes: a few chunks and a part of one.
const COUNT: usize = 5_000;

fn draws() -> Law<Draws> {
    Law {
        name: "bound-from-draws",
        statement: "the bound from fresh draws lies within 5 standard errors of F(T) by quadrature, and its standard error is right",
        members: || vec![("library".into(), LIBRARY)],
        check: |draws| {
            let told = |why: String| Broken::new("the laws", "valid ones", why);
            let gaussian =
                |mean, deviation| Gaussian::new(mean, deviation).map_err(|why| told(why.to_string()));
            let (p, q, wide) = (gaussian(1.0, 1.0)?, gaussian(0.0, 1.0)?, gaussian(0.5, 2.0)?);
            let laplace = Laplace::new(0.0, 1.0).map_err(|why| told(why.to_string()))?;
            let exponential = Exponential::new(1.0).map_err(|why| told(why.to_string()))?;
            type Case<'a> = (&'a dyn Divergence, fn(f64) -> f64, &'a dyn Density, &'a dyn Density);
            let cases: [Case<'_>; 5] = [
                (&Kl, |x| x + 0.5, &p, &q),
                (&Kl, |x| 0.25 * x, &wide, &laplace),
                (&PearsonChi2, |x| x.sin(), &laplace, &wide),
                (&FganJs, |x| 0.5 * x.tanh(), &exponential, &q),
                (&TotalVariation, |x| 0.5 * (x - 0.5).tanh(), &p, &wide),
            ];
            for_each(cases.iter().enumerate(), |(number, (f, critic, p, q))| {
                let at = format!("{}, P = {p:?}, Q = {q:?}", f.name());
                let truth = bound_on_line(*f, *p, *q, critic, &[0.0])
                    .map_err(|why| Broken::new(&at, "F(T)", why.to_string()))?;
                let Some((value, error)) = draws(*f, *critic, *p, *q, COUNT, 4 + number as u64) else {
                    return Err(Broken::new(at, "an estimate", "none"));
                };
                let within = agree(at.clone(), truth.value, value, tolerance::STANDARD_ERRORS * error)?;
                // E_P T² − (E_P T)² + the same of f*(T) under Q, by quadrature too.
                let of = |law: &dyn Density, value: &dyn Fn(f64) -> f64| {
                    // Where the density underflows nothing is left: 0·∞ = 0.
                    let weighted = |x: f64, v: f64| match law.ln_density(x).exp() {
                        0.0 => 0.0,
                        density => density * v,
                    };
                    let integral = |g: &dyn Fn(f64) -> f64| {
                        vdm::quadrature::Quadrature { relative: 1e-8, absolute: 1e-12, ..Default::default() }
                            .integrate(|x| weighted(x, g(x)), law.support(), &law.landmarks())
                            .map_or(f64::NAN, |found| found.value)
                    };
                    integral(&|x| value(x).powi(2)) - integral(value).powi(2)
                };
                let variance = of(*p, &|x| critic(x)) + of(*q, &|x| f.conjugate(critic(x)));
                let due = (variance / COUNT as f64).sqrt();
                // A sample variance of 5,000 values with moderate tails errs by some 3 %;
                // five times that, the rarest of the tails here included.
                let ratio = (error / due).max(due / error);
                Ok(within.max(at_least(at, "standard error within 15 % of √(variance/n)", 1.15, ratio, 0.0)?))
            })
        },
        chaffs: || {
            vec![
                ("the laws exchanged", |f, critic, p, q, n, seed| LIBRARY(f, critic, q, p, n, seed)),
                ("the spread of one value", |f, critic, p, q, n, seed| {
                    LIBRARY(f, critic, p, q, n, seed).map(|(value, error)| (value, error * (n as f64).sqrt()))
                }),
                ("the second term forgotten", |_, critic, p, q, n, seed| {
                    LIBRARY(&TotalVariation, |_| 0.0, q, q, n, seed)?;
                    let mut rng = ChaCha8Rng::seed_from_u64(seed);
                    let mean = (0..n).map(|_| critic(p.sample(&mut rng))).sum::<f64>() / n as f64;
                    Some((mean, 1.0 / (n as f64).sqrt()))
                }),
                ("the same draws for both laws", |f, critic, p, _, n, seed| {
                    LIBRARY(f, critic, p, p, n, seed)
                }),
            ]
        },
    }
}
