//! Random draws against quadrature: the estimate lies where its standard error says.

use crate::check::{Broken, agree};
use crate::for_all::for_each;
use crate::{AnyLaw, Law, tolerance};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, TotalVariation};
use vdm::ch04_variational_bound::{EmpiricalBound, bound_on_line};
use vdm::density::{Density, Exponential, Gaussian, Laplace};
use vdm::quadrature::Quadrature;

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

/// The variance of a value, and of (value − mean)², by quadrature.
struct Moments {
    variance: f64,
    of_square: f64,
}

impl Moments {
    fn of(law: &dyn Density, value: &dyn Fn(f64) -> f64) -> Self {
        let integral = |g: &dyn Fn(f64) -> f64| {
            // Where the density underflows nothing is left: 0·∞ = 0.
            let weighted = |x: f64| match law.ln_density(x).exp() {
                0.0 => 0.0,
                density => density * g(x),
            };
            let quadrature = Quadrature { relative: 1e-8, absolute: 1e-12, ..Default::default() };
            quadrature
                .integrate(weighted, law.support(), &law.landmarks())
                .map_or(f64::NAN, |found| found.value)
        };
        let mean = integral(value);
        let variance = integral(&|x| (value(x) - mean).powi(2));
        let of_square = integral(&|x| (value(x) - mean).powi(4)) - variance * variance;
        Self { variance, of_square }
    }
}

fn draws() -> Law<Draws> {
    Law {
        name: "bound-from-draws",
        statement: "the bound from fresh draws is F(T) and its standard error √(variance/n), each to its own spread",
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
                (&Kl, |x| 0.125 * x, &wide, &laplace),
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
                let (of_p, of_q) =
                    (Moments::of(*p, &|x| critic(x)), Moments::of(*q, &|x| f.conjugate(critic(x))));
                let n = COUNT as f64;
                let due = (of_p.variance + of_q.variance) / n;
                let within = agree(at.clone(), truth.value, value, tolerance::of_normal_mean(due.sqrt()))?;
                // s² is nearly a mean of (value − mean)², and that is what this is the variance of.
                let spread = (of_p.of_square + of_q.of_square).sqrt() / n / n.sqrt();
                let at = format!("{at}: the square of the standard error");
                Ok(within.max(agree(at, due, error * error, tolerance::of_normal_mean(spread))?))
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
