//! 1.1: samples of a generator.

use super::cases::{CASES, noise, of_law, random};
use crate::check::{Broken, Chaff, Check, Verdict};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies};
use vdm::ch01_generative_modelling::exercises as reference;
use vdm::density::Density;

/// The signature of 1.1.
type Sampler = fn(&mut dyn FnMut() -> f64, &dyn Fn(f64) -> f64, usize) -> Vec<f64>;

/// 1.1
pub fn sample_generator() -> Exercise<Sampler> {
    Exercise {
        meta: Meta::implement("1.1", "sample_generator", "Sample a generator", 1, 8),
        reference: reference::sample_generator,
        checks: vec![
            Check {
                name: "how-many",
                property: "n samples: also for n = 0 and n = 1",
                run: |answer| {
                    for_each([0, 1, 2, 17], |n| {
                        let found = answer(&mut || 0.25, &|z| 2.0 * z, n).len();
                        if found == n {
                            return Ok(0.0);
                        }
                        Err(Broken::new(
                            format!("n = {n}"),
                            format!("{n} samples"),
                            format!("{found} samples"),
                        ))
                    })
                },
            },
            Check {
                name: "a-fresh-draw-each",
                property: "the noise z₁, z₂, … gives the samples g(z₁), g(z₂), …, and no draw is wasted",
                run: |answer| {
                    for_all(100, &(strategies::reals(10.0), 1usize..9), |&(start, n)| {
                        fresh_draws(answer, start, n)
                    })
                },
            },
            Check {
                name: "the-right-law",
                property: "20,000 samples follow the law of g(z)",
                run: right_law,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "one-draw-for-all",
                misconception: "each sample needs a fresh draw of the noise: one draw repeated is one sample",
                subject: |noise, g, n| vec![g(noise()); n],
                caught_by: "a-fresh-draw-each",
            },
            Chaff {
                name: "draws-wasted",
                misconception: "one sample takes one draw: every second draw here is thrown away",
                subject: |noise, g, n| {
                    let mut second = || {
                        noise();
                        noise()
                    };
                    (0..n).map(|_| g(second())).collect()
                },
                caught_by: "a-fresh-draw-each",
            },
            Chaff {
                name: "noise-itself",
                misconception: "these are samples of the noise; the model is the law of g(z)",
                subject: |noise, _, n| (0..n).map(|_| noise()).collect(),
                caught_by: "the-right-law",
            },
            Chaff {
                name: "noise-added",
                misconception: "the noise is what goes into g, not an error added to what comes out",
                subject: |noise, g, n| (0..n).map(|_| g(0.0) + noise()).collect(),
                caught_by: "the-right-law",
            },
            Chaff {
                name: "one-too-many",
                misconception: "0..=n has n + 1 numbers",
                subject: |noise, g, n| (0..=n).map(|_| g(noise())).collect(),
                caught_by: "how-many",
            },
            Chaff {
                name: "g-of-the-mean",
                misconception: "g of the average noise is one number; the law of g(z) spreads",
                subject: |noise, g, n| {
                    let mean = (0..n).map(|_| noise()).sum::<f64>() / n as f64;
                    vec![g(mean); n]
                },
                caught_by: "the-right-law",
            },
        ],
        fingerprint: |answer| {
            let mut z = 0.0;
            let mut next = || {
                z += 0.5;
                z
            };
            let mut all = answer(&mut next, &|z| z * z + 3.0, 4);
            all.extend(answer(&mut next, &|z| -z, 1));
            all.push(z);
            all
        },
    }
}

/// Noise that counts: the draws are start, start + 1, …
fn fresh_draws(answer: Sampler, start: f64, n: usize) -> Result<f64, Box<Broken>> {
    let g = |z: f64| z * z * z - 2.0;
    let draw = |k: usize| start + k as f64;
    let mut drawn = 0;
    let samples = answer(
        &mut || {
            drawn += 1;
            draw(drawn - 1)
        },
        &g,
        n,
    );
    let due: Vec<f64> = (0..n).map(|k| g(draw(k))).collect();
    let noise: Vec<f64> = (0..n).map(draw).collect();
    let at = format!("g(z) = z³ − 2, n = {n}, noise {noise:?}");
    if samples != due {
        return Err(Broken::new(at, format!("{due:?}"), format!("{samples:?}")));
    }
    if drawn != n {
        return Err(Broken::new(at, format!("{n} draws of the noise"), format!("{drawn} draws")));
    }
    Ok(0.0)
}

fn right_law(answer: Sampler) -> Verdict {
    const SAMPLES: usize = 20_000;
    for_each(CASES.iter().zip(101..), |(case, seed)| {
        let mut rng = random(seed);
        let samples = answer(&mut || noise().sample(&mut rng), &case.g, SAMPLES);
        if samples.len() != SAMPLES {
            let found = format!("{} samples", samples.len());
            return Err(Broken::new(case.name, format!("{SAMPLES} samples"), found));
        }
        of_law(case.name, &samples, |x| case.cdf(x))
    })
}
