//! 1.2: the log-density of what a monotone generator makes.

use super::cases::{CASES, Case, INCREASING, noise};
use crate::check::{Broken, Chaff, Check, Verdict, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use vdm::ch01_generative_modelling::exercises as reference;
use vdm::density::Density;
use vdm::quadrature::Quadrature;

/// The signature of 1.2.
type LnDensity = fn(&dyn Fn(f64) -> f64, &dyn Fn(f64) -> Option<f64>, &dyn Fn(f64) -> f64, f64) -> f64;

/// The answer on one of the cases.
fn on(answer: LnDensity, case: &Case, x: f64) -> f64 {
    answer(&|z| noise().ln_density(z), &case.preimage, &case.slope, x)
}

/// 1.2
pub fn ln_density_of_generator() -> Exercise<LnDensity> {
    Exercise {
        meta: Meta::implement(
            "1.2",
            "ln_density_of_generator",
            "The density of what a generator makes",
            3,
            15,
        ),
        reference: reference::ln_density_of_generator,
        checks: vec![
            Check {
                name: "slope-of-the-cdf",
                property: "g increasing: the density is the slope of P[g(z) ≤ x] in x",
                run: |answer| slope_of_the_cdf(answer, 0..INCREASING),
            },
            Check {
                name: "decreasing-maps",
                property: "g decreasing: likewise, and never NaN or a negative density",
                run: |answer| slope_of_the_cdf(answer, INCREASING..CASES.len()),
            },
            Check {
                name: "total-mass",
                property: "the density integrates to 1",
                run: |answer| for_each(&CASES, |case| total_mass(answer, case)),
            },
            Check {
                name: "outside-the-image",
                property: "where no z has g(z) = x the density is 0, its logarithm −∞",
                run: |answer| {
                    for_each([(1, -1.0), (1, 0.0), (4, -0.5)], |(case, x)| {
                        let case = &CASES[case];
                        let at = format!("{}, x = {x}", case.name);
                        agree(at, f64::NEG_INFINITY, on(answer, case, x), 0.0)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "slope-without-absolute-value",
                misconception: "a falling g has a negative slope, and its logarithm is NaN: take |g′|",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) - slope(z).ln(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "decreasing-maps",
            },
            Chaff {
                name: "jacobian-added",
                misconception: "where g stretches, the mass thins out: log|g′| is subtracted, not added",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) + slope(z).abs().ln(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "slope-of-the-cdf",
            },
            Chaff {
                name: "jacobian-at-the-image",
                misconception: "g′ belongs at the noise z that was sent to x, not at x",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) - slope(x).abs().ln(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "slope-of-the-cdf",
            },
            Chaff {
                name: "noise-density-at-the-image",
                misconception: "the noise's density belongs at z, the preimage of x",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(x) - slope(z).abs().ln(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "slope-of-the-cdf",
            },
            Chaff {
                name: "jacobian-forgotten",
                misconception: "the noise's density at the preimage does not integrate to 1 in x: divide by |g′|",
                subject: |ln_density, preimage, _, x| preimage(x).map_or(f64::NEG_INFINITY, ln_density),
                caught_by: "total-mass",
            },
            Chaff {
                name: "slope-not-its-logarithm",
                misconception: "the density is divided by |g′|, so its logarithm loses log|g′|, not |g′|",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) - slope(z).abs(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "total-mass",
            },
            Chaff {
                name: "logarithm-divided",
                misconception: "it is the density that is divided by |g′|, not its logarithm",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) / slope(z).abs(),
                    None => f64::NEG_INFINITY,
                },
                caught_by: "slope-of-the-cdf",
            },
            Chaff {
                name: "zero-outside",
                misconception: "a density of 0 has the logarithm −∞; 0 is the logarithm of 1",
                subject: |ln_density, preimage, slope, x| match preimage(x) {
                    Some(z) => ln_density(z) - slope(z).abs().ln(),
                    None => 0.0,
                },
                caught_by: "outside-the-image",
            },
        ],
        fingerprint: |answer| {
            let probes = [-2.0, 0.75, 1.5];
            CASES.iter().flat_map(|case| probes.map(|x| on(answer, case, x))).collect()
        },
    }
}

fn slope_of_the_cdf(answer: LnDensity, cases: std::ops::Range<usize>) -> Verdict {
    for_all(120, &(cases, -10i32..=14), |&(case, quarter)| {
        let case = &CASES[case];
        let z = f64::from(quarter) / 4.0;
        let x = (case.g)(z);
        let due = case.density_by_differences(z);
        let at = format!("{}, z ~ N(½, 1), the density at x = {}", case.name, number(x));
        agree(at, due.value, on(answer, case, x).exp(), due.error)
    })
}

fn total_mass(answer: LnDensity, case: &Case) -> Result<f64, Box<Broken>> {
    let at = format!("{}, z ~ N(½, 1), the integral of the density", case.name);
    let breaks: Vec<f64> = noise().landmarks().into_iter().map(case.g).collect();
    let density = |x: f64| on(answer, case, x).exp();
    let area = Quadrature { relative: 1e-9, ..Quadrature::default() }
        .integrate(density, case.image, &breaks)
        .map_err(|why| Broken::new(&at, "1", why.to_string()))?;
    agree(at, 1.0, area.value, area.error + tolerance::FORMULA)
}
