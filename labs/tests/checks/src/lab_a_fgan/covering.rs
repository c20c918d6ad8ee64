//! A.9: how many modes do the samples cover?

use super::meta;
use crate::tensors::{Tried, told};
use candle_core::{DType, Device, Result, Tensor};
use checks::Exercise;
use checks::check::{Broken, Chaff, Check, agree};
use checks::for_all::for_each;
use checks::tolerance::{FORMULA, of_bounded_mean_with_variance};
use labs::data::{Data, Modes};
use labs::lab_a_fgan::exercises as reference;
use labs::random::{Random, Stream};
use std::f64::consts::TAU;

/// Modes covered and the share of high quality, from samples, centres and a deviation.
type Coverage = fn(&Tensor, &Tensor, f64) -> Result<(usize, f64)>;

/// Points of the plane, one a row.
fn plane(points: &[[f64; 2]]) -> Result<Tensor> {
    Tensor::from_slice(&points.concat(), (points.len(), 2), &Device::Cpu)
}

/// The ring of the benchmarks: eight centres on the unit circle, deviation 0.01.
fn ring() -> Vec<[f64; 2]> {
    (0..8).map(|k| TAU * f64::from(k) / 8.0).map(|angle| [angle.cos(), angle.sin()]).collect()
}

const DEVIATION: f64 = 0.01;

/// The answer on some points.
fn of(answer: Coverage, at: &str, points: &[[f64; 2]], centres: &[[f64; 2]], d: f64) -> Tried<(usize, f64)> {
    let (points, centres) = (told(at, plane(points))?, told(at, plane(centres))?);
    told(at, answer(&points, &centres, d))
}

/// Both numbers are as they are due.
fn both(at: &str, due: (usize, f64), found: (usize, f64)) -> Tried<f64> {
    if due.0 != found.0 {
        return Err(Broken::new(at, format!("{} modes covered", due.0), format!("{}", found.0)));
    }
    agree(format!("{at}: the share of high quality"), due.1, found.1, FORMULA)
}

/// Small pictures with their numbers: samples, centres, deviation, modes, share.
type Picture = (&'static str, &'static [[f64; 2]], &'static [[f64; 2]], f64, (usize, f64));

const PICTURES: [Picture; 6] = [
    ("one sample at distance 3, deviation 1", &[[3.0, 0.0]], &[[0.0, 0.0]], 1.0, (1, 1.0)),
    ("one sample at (2.5, 2.5), deviation 1", &[[2.5, 2.5]], &[[0.0, 0.0]], 1.0, (0, 0.0)),
    ("one sample at distance 2, deviation ½", &[[0.0, 2.0]], &[[0.0, 0.0]], 0.5, (0, 0.0)),
    (
        "three samples at one of two centres",
        &[[0.0, 0.1], [0.1, 0.0], [0.0, 0.0]],
        &[[0.0, 0.0], [4.0, 0.0]],
        0.5,
        (1, 1.0),
    ),
    (
        "two good samples, two between the centres",
        &[[0.0, 0.1], [8.0, 0.0], [4.0, 0.0], [4.5, 1.0]],
        &[[0.0, 0.0], [8.0, 0.0], [0.0, 8.0]],
        0.5,
        (2, 0.5),
    ),
    (
        "a sample that is good for two centres counts for its nearest",
        &[[1.0, 0.0], [0.9, 0.0]],
        &[[0.0, 0.0], [1.0, 0.0]],
        1.0,
        (1, 1.0),
    ),
];

/// A.9
pub fn coverage() -> Exercise<Coverage> {
    Exercise {
        meta: meta("coverage"),
        reference: reference::coverage,
        checks: vec![
            Check {
                name: "small-pictures",
                property: "right where modes and share can be counted by hand",
                run: |answer| {
                    for_each(PICTURES, |(at, points, centres, deviation, due)| {
                        both(at, due, of(answer, at, points, centres, deviation)?)
                    })
                },
            },
            Check {
                name: "ring",
                property: "on samples of the ring, whole, with modes missing and blurred, as counted one by one",
                run: |answer| {
                    for_each([(8, 1.0), (3, 1.0), (8, 4.0), (5, 30.0)], |(modes, blur)| {
                        let points = samples(modes, blur);
                        let at = format!("2000 samples near {modes} of 8 modes, {blur} deviations wide");
                        let single: Vec<f32> = points.iter().flatten().map(|x| *x as f32).collect();
                        let points: Vec<[f64; 2]> =
                            single.chunks_exact(2).map(|p| [f64::from(p[0]), f64::from(p[1])]).collect();
                        let due = Modes::ring().quality(&single);
                        let found = of(answer, &at, &points, &ring(), DEVIATION)?;
                        both(&at, (due.modes, due.high_quality), found)
                    })
                },
            },
            Check {
                name: "ceiling",
                property: "a perfect sampler covers all 8 modes with a share of 1 − e^{−4.5}",
                run: |answer| {
                    for_each([20_000], |count| {
                        let at = "20 000 samples of the ring itself";
                        let ring_itself = told(at, Data::find("ring"))?;
                        let points = ring_itself.sample(count, &mut Random::new(3, Stream::Evaluation));
                        let samples = Tensor::from_vec(points, (count, 2), &Device::Cpu);
                        let samples = told(at, samples.and_then(|t| t.to_dtype(DType::F64)))?;
                        let (modes, share) =
                            told(at, answer(&samples, &told(at, plane(&ring()))?, DEVIATION))?;
                        if modes != 8 {
                            return Err(Broken::new(at, "8 modes covered", format!("{modes}")));
                        }
                        let due = 1.0 - (-4.5_f64).exp();
                        let near = of_bounded_mean_with_variance(count, due * (1.0 - due), 1.0);
                        agree(format!("{at}: the share"), due, share, near)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "box-of-three-deviations",
                misconception: "three deviations are a radius: a corner of the square is √2 farther out",
                subject: |samples, centres, deviation| {
                    count(samples, centres, |d| d[0].abs().max(d[1].abs()) <= 3.0 * deviation)
                },
                caught_by: "small-pictures",
            },
            Chaff {
                name: "root-forgotten",
                misconception: "the squared distance is compared with 9σ², not with 3σ",
                subject: |samples, centres, deviation| {
                    count(samples, centres, |d| d[0] * d[0] + d[1] * d[1] <= 3.0 * deviation)
                },
                caught_by: "small-pictures",
            },
            Chaff {
                name: "modes-of-every-sample",
                misconception: "every sample has a nearest mode, however far: only those of high quality cover theirs",
                subject: |samples, centres, deviation| {
                    let (_, share) = reference::coverage(samples, centres, deviation)?;
                    Ok((count(samples, centres, |_| true)?.0, share))
                },
                caught_by: "small-pictures",
            },
            Chaff {
                name: "share-of-modes",
                misconception: "the share is one of samples: that of modes says nothing about the points between them",
                subject: |samples, centres, deviation| {
                    let (modes, _) = reference::coverage(samples, centres, deviation)?;
                    Ok((modes, modes as f64 / centres.dim(0)? as f64))
                },
                caught_by: "ceiling",
            },
            Chaff {
                name: "nearest-along-the-wrong-axis",
                misconception: "the smallest entry of a row is the sample's nearest centre; that of a column is the centre's nearest sample",
                subject: |samples, centres, deviation| {
                    let difference = samples.unsqueeze(1)?.broadcast_sub(&centres.unsqueeze(0)?)?;
                    let distances = difference.sqr()?.sum(2)?.min(0)?.sqrt()?.to_vec1::<f64>()?;
                    let good = distances.iter().filter(|d| **d <= 3.0 * deviation).count();
                    Ok((good, good as f64 / distances.len() as f64))
                },
                caught_by: "small-pictures",
            },
            Chaff {
                name: "one-deviation",
                misconception: "high quality is within three deviations: within one lie only 39 % of a perfect sampler's points",
                subject: |samples, centres, deviation| reference::coverage(samples, centres, deviation / 3.0),
                caught_by: "ring",
            },
        ],
        fingerprint: |answer| {
            let mut found = Vec::new();
            for (at, points, centres, deviation, _) in PICTURES {
                let (modes, share) =
                    of(answer, at, points, centres, deviation).unwrap_or((usize::MAX, f64::NAN));
                found.extend([modes as f64, share]);
            }
            let (modes, share) =
                of(answer, "a probe", &samples(5, 1.5), &ring(), DEVIATION).unwrap_or((usize::MAX, f64::NAN));
            found.extend([modes as f64, share]);
            found
        },
    }
}

/// 2000 samples around the first `modes` of the ring, `blur` deviations wide.
fn samples(modes: usize, blur: f64) -> Vec<[f64; 2]> {
    let noise = Random::new(4, Stream::Evaluation).normals(4000);
    let centres = ring();
    let near = |(k, z): (usize, &[f32])| {
        let centre = centres[k % modes];
        let moved = |axis: usize| centre[axis] + blur * DEVIATION * f64::from(z[axis]);
        [moved(0), moved(1)]
    };
    noise.chunks_exact(2).enumerate().map(near).collect()
}

/// Modes and share, one by one: a sample is good where the way to its nearest centre is.
fn count(samples: &Tensor, centres: &Tensor, is_good: impl Fn([f64; 2]) -> bool) -> Result<(usize, f64)> {
    let (samples, centres) = (samples.to_vec2::<f64>()?, centres.to_vec2::<f64>()?);
    let mut covered = vec![false; centres.len()];
    let mut good = 0;
    for sample in &samples {
        let way = |centre: &Vec<f64>| [sample[0] - centre[0], sample[1] - centre[1]];
        let nearest = (0..centres.len()).min_by(|a, b| {
            let length = |k: usize| way(&centres[k])[0].hypot(way(&centres[k])[1]);
            length(*a).total_cmp(&length(*b))
        });
        if let Some(mode) = nearest.filter(|mode| is_good(way(&centres[*mode]))) {
            covered[mode] = true;
            good += 1;
        }
    }
    let share = f64::from(good) / samples.len() as f64;
    Ok((covered.into_iter().filter(|covered| *covered).count(), share))
}
