//! 2.1 and 2.2: a mean with its standard error, and how often the interval holds.

use super::draws::normal;
use crate::check::{Broken, Chaff, Check, Verdict, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::ch02_intractable_densities::exercises as reference;
use vdm::density::{Density, StudentT};

/// The signature of 2.1.
type MeanAndError = fn(&[f64]) -> (f64, f64);
/// The signature of 2.2.
type Coverage = fn(&[Vec<f64>], f64, f64) -> f64;

/// A few values with short decimals.
fn values() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec((-40i32..=40).prop_map(|k| f64::from(k) / 4.0), 2..9)
}

/// Mean and standard error without a mean: s² is the mean of ½(xᵢ − xⱼ)² over all pairs.
/// For values of a short binary fraction each term is exact.
pub(super) fn by_pairs(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mut squares = 0.0;
    for (i, x) in values.iter().enumerate() {
        squares += values[..i].iter().map(|y| (x - y).powi(2)).sum::<f64>();
    }
    // n(n − 1)/2 pairs, halved squares, and another n for the mean.
    (values.iter().sum::<f64>() / n, (squares / (n * n * (n - 1.0))).sqrt())
}

/// Both numbers of a pair, each within its tolerance.
pub(super) fn agree_both(
    at: &str,
    due: (f64, f64),
    found: (f64, f64),
    near: (f64, f64),
) -> Result<f64, Box<Broken>> {
    let mean = agree(format!("{at}: the mean"), due.0, found.0, near.0)?;
    Ok(mean.max(agree(format!("{at}: its standard error"), due.1, found.1, near.1)?))
}

/// 2.1
pub fn mean_and_standard_error() -> Exercise<MeanAndError> {
    Exercise {
        meta: Meta::implement("2.1", "mean_and_standard_error", "A mean and its standard error", 2, 10),
        reference: reference::mean_and_standard_error,
        checks: vec![
            Check {
                name: "definition",
                property: "the mean Σx/n and s/√n, with s² = Σ(x − mean)²/(n − 1)",
                run: |answer| {
                    for_all(200, &values(), |values| {
                        let near = tolerance::of_terms(&[10.0, 10.0]);
                        agree_both(&format!("{values:?}"), by_pairs(values), answer(values), (near, near))
                    })
                },
            },
            Check {
                name: "nearly-equal",
                property: "values near a billion keep the digits of their differences",
                run: |answer| {
                    for_all(100, &values(), |values| {
                        const FAR: f64 = 1e9;
                        let (mean, error) = by_pairs(values);
                        let moved: Vec<f64> = values.iter().map(|x| FAR + x).collect();
                        // A mean that is off by its rounding moves each difference by it.
                        let near = tolerance::of_terms(&[FAR]);
                        let place = format!("10⁹ + {values:?}");
                        agree_both(&place, (FAR + mean, error), answer(&moved), (near, near))
                    })
                },
            },
            Check {
                name: "shrinks",
                property: "the same values four times over: the error falls by √((n − 1)/(4n − 1))",
                run: |answer| {
                    for_all(100, &values(), |values| {
                        let n = values.len() as f64;
                        let (mean, error) = answer(values);
                        let four = answer(&values.repeat(4));
                        let due = error * ((n - 1.0) / (4.0 * n - 1.0)).sqrt();
                        let near = tolerance::of_terms(&[10.0, 10.0]);
                        agree_both(&format!("4 × {values:?}"), (mean, due), four, (near, near))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "sum-for-mean",
                misconception: "this is the sum: a mean is divided by n",
                subject: |xs| {
                    let (mean, error) = reference::mean_and_standard_error(xs);
                    (mean * xs.len() as f64, error)
                },
                caught_by: "definition",
            },
            Chaff {
                name: "standard-deviation",
                misconception: "s says how far single values scatter; their mean scatters √n times less",
                subject: |xs| {
                    let (mean, error) = reference::mean_and_standard_error(xs);
                    (mean, error * (xs.len() as f64).sqrt())
                },
                caught_by: "shrinks",
            },
            Chaff {
                name: "n-for-n-minus-one",
                misconception: "the mean was fitted to the same values, which makes Σ(x − mean)² too small: divide by n − 1",
                subject: |xs| {
                    let (mean, error) = reference::mean_and_standard_error(xs);
                    let n = xs.len() as f64;
                    (mean, error * ((n - 1.0) / n).sqrt())
                },
                caught_by: "definition",
            },
            Chaff {
                name: "variance-for-error",
                misconception: "s²/n is the variance of the mean; the standard error is its root",
                subject: |xs| {
                    let (mean, error) = reference::mean_and_standard_error(xs);
                    (mean, error * error)
                },
                caught_by: "definition",
            },
            Chaff {
                name: "divided-by-n-twice",
                misconception: "s/n falls too fast: variances add up, so the error of a mean falls like 1/√n",
                subject: |xs| {
                    let (mean, error) = reference::mean_and_standard_error(xs);
                    (mean, error / (xs.len() as f64).sqrt())
                },
                caught_by: "shrinks",
            },
            Chaff {
                name: "mean-of-squares",
                misconception: "the mean of squares less the square of the mean is a small difference of large numbers: it cancels",
                subject: |xs| {
                    let n = xs.len() as f64;
                    let mean = xs.iter().sum::<f64>() / n;
                    let squares = xs.iter().map(|x| x * x).sum::<f64>() / n;
                    (mean, ((squares - mean * mean).max(0.0) / (n - 1.0)).sqrt())
                },
                caught_by: "nearly-equal",
            },
        ],
        fingerprint: |answer| {
            let far = answer(&[1e9, 1e9 + 1.0, 1e9 + 4.0]);
            let (mean, error) = answer(&[1.0, 2.5, -0.5, 7.0, 3.25]);
            // One that cancels gives noise; that it is far off is what counts.
            vec![mean, error, far.0, f64::from(u8::from((far.1 - 1.2).abs() < 0.1))]
        },
    }
}

/// How many samples the normal check splits its draws into, and their size.
const SAMPLES: (usize, usize) = (8_000, 20);

/// The coverage of ± 2 standard errors for normal values is P[|T| ≤ 2] with n − 1 degrees
/// of freedom, exactly.
fn normal_coverage(answer: Coverage) -> Verdict {
    let (count, size) = SAMPLES;
    let samples: Vec<Vec<f64>> = normal()[..count * size].chunks(size).map(<[f64]>::to_vec).collect();
    let tails = StudentT::new(0.0, 1.0, size as f64 - 1.0).map_or(f64::NAN, |law| 2.0 * law.survival(2.0));
    let near = tolerance::of_bounded_mean_with_variance(count, tails * (1.0 - tails), 1.0);
    for_each([()], |()| {
        agree("8,000 samples of 20 normal draws, ± 2 errors", 1.0 - tails, answer(&samples, 0.0, 2.0), near)
    })
}

/// 2.2
pub fn coverage() -> Exercise<Coverage> {
    Exercise {
        meta: Meta::implement("2.2", "coverage", "How often the interval holds", 2, 10),
        reference: reference::coverage,
        checks: vec![
            Check {
                name: "counted",
                property: "the share of samples with |mean − truth| ≤ width · s/√n",
                run: |answer| {
                    let cases = (proptest::collection::vec(values(), 1..6), -20i32..=20, 1i32..=12);
                    for_all(200, &cases, |(samples, truth, width)| {
                        // Off the quarters on which means and ends of intervals fall.
                        let (truth, width) = (f64::from(*truth) / 4.0 + 0.031_7, f64::from(*width) / 4.0);
                        let inside = samples.iter().filter(|sample| {
                            let (mean, error) = by_pairs(sample);
                            (mean - width * error..=mean + width * error).contains(&truth)
                        });
                        let due = inside.count() as f64 / samples.len() as f64;
                        let place = format!("{samples:?}, truth {truth}, width {width}");
                        agree(place, due, answer(samples, truth, width), tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "ends",
                property: "the ends belong to the interval, also where it is one point: s = 0 and the mean is the truth",
                run: |answer| {
                    // One point on the truth, one beside it, and 1 ± 1 error with the truth at an end.
                    let cases: [(&[f64], f64, f64, f64); 4] = [
                        (&[2.5, 2.5], 2.5, 2.0, 1.0),
                        (&[2.5, 2.5, 2.5, 2.5], 2.25, 2.0, 0.0),
                        (&[0.0, 2.0], 0.0, 1.0, 1.0),
                        (&[0.0, 2.0], 2.0, 1.0, 1.0),
                    ];
                    for_each(cases, |(sample, truth, width, due)| {
                        let place = format!("one sample {sample:?}, truth {truth}, width {width}");
                        agree(place, due, answer(&[sample.to_vec()], truth, width), tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "normal",
                property: "for normal values the share is that of Student's t within ± width",
                run: normal_coverage,
            },
        ],
        chaffs: vec![
            Chaff {
                name: "standard-deviation",
                misconception: "mean ± 2s is where single values lie; the mean's own interval is √n times shorter",
                subject: |samples, truth, width| {
                    let covers = |sample: &&Vec<f64>| {
                        let (mean, error) = reference::mean_and_standard_error(sample);
                        (mean - truth).abs() <= width * error * (sample.len() as f64).sqrt()
                    };
                    samples.iter().filter(covers).count() as f64 / samples.len() as f64
                },
                caught_by: "normal",
            },
            Chaff {
                name: "standard-deviation-of-n",
                misconception: "mean ± 2s is where single values lie, whether s² divides by n − 1 or, as here, by n; the mean's own interval is √n times shorter",
                subject: |samples, truth, width| {
                    let covers = |sample: &&Vec<f64>| {
                        let (mean, error) = reference::mean_and_standard_error(sample);
                        (mean - truth).abs() <= width * error * (sample.len() as f64 - 1.0).sqrt()
                    };
                    samples.iter().filter(covers).count() as f64 / samples.len() as f64
                },
                caught_by: "normal",
            },
            Chaff {
                name: "ends-left-out",
                misconception: "the ends belong to the interval: with < a sample whose values are all the truth is counted as a miss",
                subject: |samples, truth, width| {
                    let covers = |sample: &&Vec<f64>| {
                        let (mean, error) = reference::mean_and_standard_error(sample);
                        (mean - truth).abs() < width * error
                    };
                    samples.iter().filter(covers).count() as f64 / samples.len() as f64
                },
                caught_by: "ends",
            },
            Chaff {
                name: "one-sided",
                misconception: "an interval has two ends: this counts every mean that is too small, however far",
                subject: |samples, truth, width| {
                    let covers = |sample: &&Vec<f64>| {
                        let (mean, error) = reference::mean_and_standard_error(sample);
                        mean - truth <= width * error
                    };
                    samples.iter().filter(covers).count() as f64 / samples.len() as f64
                },
                caught_by: "normal",
            },
            Chaff {
                name: "number-for-share",
                misconception: "this is how many; the share is divided by the number of samples",
                subject: |samples, truth, width| {
                    reference::coverage(samples, truth, width) * samples.len() as f64
                },
                caught_by: "counted",
            },
            Chaff {
                name: "misses-counted",
                misconception: "these are the samples that miss; coverage is the share that contains the truth",
                subject: |samples, truth, width| 1.0 - reference::coverage(samples, truth, width),
                caught_by: "counted",
            },
            Chaff {
                name: "whole-width",
                misconception: "the width goes to each side: the interval is 2 · width standard errors long",
                subject: |samples, truth, width| reference::coverage(samples, truth, width / 2.0),
                caught_by: "normal",
            },
            Chaff {
                name: "one-error-for-all",
                misconception: "each sample has a standard error of its own, short where it happened to be narrow",
                subject: |samples, truth, width| {
                    let all: Vec<(f64, f64)> =
                        samples.iter().map(|sample| reference::mean_and_standard_error(sample)).collect();
                    let error = all.iter().map(|(_, error)| error).sum::<f64>() / all.len() as f64;
                    let covers = |(mean, _): &&(f64, f64)| (mean - truth).abs() <= width * error;
                    all.iter().filter(covers).count() as f64 / all.len() as f64
                },
                caught_by: "counted",
            },
        ],
        fingerprint: |answer| {
            let samples = [vec![0.0, 1.0], vec![2.0, 4.0, 2.5], vec![-3.0, 0.5, 1.0, 9.0], vec![5.0, 5.5]];
            let probes =
                [(0.3, 1.0), (1.1, 2.0), (3.2, 1.5), (4.9, 0.7), (2.4, 3.0), (0.6, 0.15), (1.28, 0.7)];
            let mut seen: Vec<f64> =
                probes.iter().map(|(truth, width)| answer(&samples, *truth, *width)).collect();
            seen.push(answer(&[vec![2.5, 2.5]], 2.5, 2.0));
            seen
        },
    }
}
