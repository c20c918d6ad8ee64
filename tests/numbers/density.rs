//! Laws: scipy's values, round trips, samples against the distribution function.

use crate::witness::{number, numbers, read};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::sync::Arc;
use vdm::Interval;
use vdm::density::{
    Cauchy, Density, DensityError, Exponential, Gaussian, Laplace, Mixture, StudentT, Uniform,
};
use vdm::quadrature::Quadrature;

type Law = Arc<dyn Density>;

/// A few roundings, of each operation on the way.
pub(crate) const ROUNDINGS: f64 = 8.0 * f64::EPSILON;

/// Chance that a correct sampler fails a Kolmogorov–Smirnov check, by the
/// Dvoretzky–Kiefer–Wolfowitz inequality: P[D > d] ≤ 2 exp(−2nd²).
pub(crate) const SAMPLING_RISK: f64 = 1e-9;
pub(crate) const DRAWS: usize = 40_000;

pub(crate) fn law(name: &str, a: &[f64]) -> Law {
    match name {
        "gaussian" => Arc::new(Gaussian::new(a[0], a[1]).unwrap()),
        "laplace" => Arc::new(Laplace::new(a[0], a[1]).unwrap()),
        "exponential" => Arc::new(Exponential::new(a[0]).unwrap()),
        "cauchy" => Arc::new(Cauchy::new(a[0], a[1]).unwrap()),
        "student_t" => Arc::new(StudentT::new(a[0], a[1], a[2]).unwrap()),
        "uniform" => Arc::new(Uniform::new(a[0], a[1]).unwrap()),
        _ => panic!("no law is called {name}"),
    }
}

pub(crate) fn all_laws() -> Vec<Law> {
    let inner = Mixture::new(vec![(0.5, law("uniform", &[0.0, 1.0])), (0.5, law("uniform", &[5.0, 7.0]))]);
    vec![
        law("gaussian", &[1.5, 0.25]),
        law("laplace", &[-2.0, 3.0]),
        law("exponential", &[4.0]),
        law("cauchy", &[0.5, 2.0]),
        law("student_t", &[-1.0, 2.0, 1.5]),
        law("student_t", &[0.0, 0.5, 12.0]),
        law("uniform", &[-1.0, 3.0]),
        Arc::new(Mixture::of_gaussians(&[(0.33, -1.0, 0.255), (0.67, 2.0, 1.415)]).unwrap()),
        Arc::new(
            Mixture::new(vec![
                (0.25, law("cauchy", &[-3.0, 0.5])),
                (0.25, law("exponential", &[1.0])),
                (0.5, Arc::new(inner.unwrap())),
            ])
            .unwrap(),
        ),
    ]
}

/// Is `got` what was recorded? A tail probability e^(−s) is known no better than
/// its exponent, hence |ln| in its tolerance.
fn agrees(what: &str, x: f64, got: f64, truth: f64, tolerance: f64) -> Result<(), String> {
    if got == truth || (got - truth).abs() <= tolerance {
        Ok(())
    } else {
        Err(format!("{what} at {x}: {got:e}, recorded {truth:e}, tolerance {tolerance:e}"))
    }
}

fn check_against_scipy(law: &dyn Density, record: &serde_json::Value) -> Result<(), String> {
    for point in record["points"].as_array().into_iter().flatten() {
        let [x, ln, cdf, survival] = numbers(point)[..] else { panic!("four numbers a point") };
        agrees("ln density", x, law.ln_density(x), ln, ROUNDINGS * (1.0 + ln.abs()))?;
        let of_tail = |t: f64| ROUNDINGS * t * (1.0 - 2.0 * t.ln());
        agrees("cdf", x, law.cdf(x), cdf, of_tail(cdf))?;
        agrees("survival", x, law.survival(x), survival, of_tail(survival))?;
    }
    let scale = number(&record["quantiles"][5][2]) - number(&record["quantiles"][5][1]);
    for row in record["quantiles"].as_array().into_iter().flatten() {
        let [p, lower, upper] = numbers(row)[..] else { panic!("three numbers a quantile") };
        // A power p^(−1/ν) of a tail errs by its own logarithm.
        let power = if record["law"] == "student_t" { 1.0 - p.ln() } else { 1.0 };
        let near = |x: f64| ROUNDINGS * (x.abs() * power + scale);
        agrees("quantile", p, law.quantile(p).unwrap(), lower, near(lower))?;
        agrees("upper quantile", p, law.upper_quantile(p).unwrap(), upper, near(upper))?;
    }
    Ok(())
}

#[test]
fn laws_agree_with_scipy_far_into_both_tails() {
    for record in read("scipy_values.json")["laws"].as_array().unwrap() {
        let law = law(record["law"].as_str().unwrap(), &numbers(&record["parameters"]));
        check_against_scipy(&law, record).unwrap();
    }
}

/// Quantiles invert cdf and survival; cdf + survival = 1; the density integrates
/// to the cdf's difference.
fn check_consistency(law: &dyn Density) -> Result<(), String> {
    for p in [1e-200, 1e-30, 1e-6, 0.01, 0.1, 0.25, 0.49, 0.5, 0.6, 0.9, 0.999] {
        let (x, y) = (law.quantile(p).unwrap(), law.upper_quantile(p).unwrap());
        // Neighbouring numbers differ by ε|x|: that is the least step of the cdf.
        let step = |x: f64| x.abs() * law.ln_density(x).exp();
        let near = |x: f64| ROUNDINGS * (p * (1.0 - p.ln()) + step(x));
        agrees("cdf of the quantile", x, law.cdf(x), p, near(x))?;
        agrees("survival of the upper quantile", y, law.survival(y), p, near(y))?;
        agrees("cdf + survival", x, law.cdf(x) + law.survival(x), 1.0, ROUNDINGS)?;
    }
    let (a, b) = (law.quantile(0.05).unwrap(), law.upper_quantile(0.02).unwrap());
    let area = Quadrature::default()
        .integrate(|x| law.ln_density(x).exp(), Interval::open(a, b), &law.landmarks())
        .map_err(|e| e.to_string())?;
    agrees("∫ density", b, area.value, 0.93, area.error + ROUNDINGS)
}

#[test]
fn densities_cdfs_and_quantiles_belong_together() {
    for law in all_laws() {
        check_consistency(&law).unwrap_or_else(|e| panic!("{law:?}: {e}"));
    }
}

/// The Kolmogorov–Smirnov distance of a fixed-seed sample, against its bound.
fn check_samples(law: &dyn Density) -> Result<(), String> {
    let mut rng = ChaCha8Rng::seed_from_u64(20_160_600);
    let mut draws: Vec<f64> = (0..DRAWS).map(|_| law.sample(&mut rng)).collect();
    draws.sort_by(f64::total_cmp);
    let n = DRAWS as f64;
    let distance = draws.iter().enumerate().fold(0.0_f64, |worst, (i, &x)| {
        let cdf = law.cdf(x);
        worst.max(cdf - i as f64 / n).max((i + 1) as f64 / n - cdf)
    });
    let bound = ((2.0 / SAMPLING_RISK).ln() / (2.0 * n)).sqrt();
    if distance <= bound {
        Ok(())
    } else {
        Err(format!("distance {distance:.4} from the cdf exceeds {bound:.4}"))
    }
}

#[test]
fn samples_follow_the_cdf() {
    for law in all_laws() {
        check_samples(&law).unwrap_or_else(|e| panic!("{law:?}: {e}"));
    }
}

/// A correct law with one planted mistake.
#[derive(Clone, Debug)]
struct Planted(Law, Mistake);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mistake {
    /// σ² where σ belongs, in the sampler.
    VarianceForDeviation,
    /// ln p without −½ ln 2π.
    NoNormaliser,
    /// 1 − cdf: no digits left in the upper tail.
    SurvivalByDifference,
    /// The quantile of the other tail.
    WrongTail,
    /// A cdf that is right in the middle only.
    ShiftedCdf,
}

impl Density for Planted {
    fn ln_density(&self, x: f64) -> f64 {
        let missing = if self.1 == Mistake::NoNormaliser { 0.918_938_533 } else { 0.0 };
        self.0.ln_density(x) + missing
    }
    fn sample(&self, rng: &mut dyn Rng) -> f64 {
        let x = self.0.sample(rng);
        if self.1 == Mistake::VarianceForDeviation { 1.5 + (x - 1.5) * 0.25 } else { x }
    }
    fn cdf(&self, x: f64) -> f64 {
        self.0.cdf(if self.1 == Mistake::ShiftedCdf { x + 0.02 } else { x })
    }
    fn survival(&self, x: f64) -> f64 {
        if self.1 == Mistake::SurvivalByDifference { 1.0 - self.0.cdf(x) } else { self.0.survival(x) }
    }
    fn quantile(&self, p: f64) -> Result<f64, DensityError> {
        if self.1 == Mistake::WrongTail { self.0.upper_quantile(p) } else { self.0.quantile(p) }
    }
    fn upper_quantile(&self, p: f64) -> Result<f64, DensityError> {
        self.0.upper_quantile(p)
    }
    fn support(&self) -> Interval {
        self.0.support()
    }
    fn landmarks(&self) -> Vec<f64> {
        self.0.landmarks()
    }
}

#[test]
fn planted_mistakes_are_caught_by_the_check_meant_for_them() {
    let plant = |mistake| Planted(law("gaussian", &[1.5, 0.25]), mistake);
    let record = read("scipy_values.json");
    let gaussian = &record["laws"][0];
    check_samples(&plant(Mistake::VarianceForDeviation)).unwrap_err();
    check_samples(&plant(Mistake::ShiftedCdf)).unwrap_err();
    check_consistency(&plant(Mistake::NoNormaliser)).unwrap_err();
    check_consistency(&plant(Mistake::WrongTail)).unwrap_err();
    check_consistency(&plant(Mistake::SurvivalByDifference)).unwrap_err();
    for mistake in
        [Mistake::NoNormaliser, Mistake::SurvivalByDifference, Mistake::WrongTail, Mistake::ShiftedCdf]
    {
        check_against_scipy(&plant(mistake), gaussian).unwrap_err();
    }
}
