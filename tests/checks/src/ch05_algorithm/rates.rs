//! 5.9, 5.10: how fast simultaneous steps on a quadratic game converge, and up to
//! which step size.

use crate::check::{Broken, Chaff, Check, agree, number};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, tolerance};
use proptest::strategy::Strategy;
use vdm::ch05_algorithm::exercises as reference;

/// A game ½aθ² + cθω − ½bω² in quarters and a step in sixteenths.
type Rate = fn(f64, f64, f64, f64) -> f64;

/// A 2×2 matrix.
pub(super) type Matrix = [[f64; 2]; 2];

/// What a simultaneous step does to (θ, ω), column by column.
pub(super) fn simultaneous(a: f64, b: f64, c: f64, step: f64) -> Matrix {
    [[1.0 - step * a, -step * c], [step * c, 1.0 - step * b]]
}

fn times(m: &Matrix, n: &Matrix) -> Matrix {
    let entry = |i: usize, j: usize| m[i][0] * n[0][j] + m[i][1] * n[1][j];
    [[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]]
}

/// The growth of a step in the long run, without eigenvalues: ‖Mⁿ‖^{1/n} for n = 2⁵⁰,
/// by squaring, the size kept apart as a logarithm.
pub(super) fn long_run_growth(m: Matrix) -> f64 {
    let (mut power, mut ln_size, mut share) = (m, 0.0, 1.0);
    for _ in 0..50 {
        let size = power.iter().flatten().fold(0.0_f64, |most, x| most.max(x.abs()));
        if size == 0.0 {
            return 0.0;
        }
        ln_size += share * size.ln();
        power = power.map(|row| row.map(|x| x / size));
        power = times(&power, &power);
        share /= 2.0;
    }
    ln_size.exp()
}

/// Twice the distance of the two eigenvalues, squared; 0 where they are equal.
fn discriminant(a: f64, b: f64, c: f64) -> f64 {
    (a - b).powi(2) - 4.0 * c * c
}

/// Quarters; no double eigenvalue, where a rounding of ε moves it by √ε.
fn games() -> impl Strategy<Value = (f64, f64, f64)> {
    (0i32..=16, 0i32..=16, -8i32..=8)
        .prop_map(|(a, b, c)| (f64::from(a) / 4.0, f64::from(b) / 4.0, f64::from(c) / 4.0))
        .prop_filter("a double eigenvalue", |&(a, b, c)| discriminant(a, b, c) != 0.0)
}

/// What the oracle may be off by. Its roundings are of the size ε of the entries, at
/// most 16; they move an eigenvalue by that over the distance of the two, at least ¼·η.
const GROWTH: f64 = 16.0 * 16.0 * 16.0 * tolerance::FORMULA;

fn told(a: f64, b: f64, c: f64) -> String {
    format!("a = {}, b = {}, c = {}", number(a), number(b), number(c))
}

/// 5.9
pub fn rate_of_simultaneous_steps() -> Exercise<Rate> {
    Exercise {
        meta: Meta::implement("5.9", "rate_of_simultaneous_steps", "The rate on a quadratic saddle", 4, 20),
        reference: reference::rate_of_simultaneous_steps,
        checks: vec![
            Check {
                name: "long-run",
                property: "after many steps the distance to the saddle has changed by this factor a step",
                run: |answer| {
                    for_all(200, &(games(), 1i32..=32), |&((a, b, c), sixteenths)| {
                        let step = f64::from(sixteenths) / 16.0;
                        let due = long_run_growth(simultaneous(a, b, c, step));
                        let at = format!("{}, η = {}", told(a, b, c), number(step));
                        agree(at, due, answer(a, b, c, step), GROWTH)
                    })
                },
            },
            Check {
                name: "spiral",
                property: "on F = cθω it is √(1 + η²c²) > 1",
                run: |answer| {
                    for_each([(1.0, 0.5), (1.0, 0.1), (-2.0, 0.25), (3.0, 1e-3)], |(c, step): (f64, f64)| {
                        let due = (1.0 + (step * c).powi(2)).sqrt();
                        let at = format!("{}, η = {}", told(0.0, 0.0, c), number(step));
                        agree(at, due, answer(0.0, 0.0, c, step), tolerance::of_terms(&[due]))
                    })
                },
            },
            Check {
                name: "without-coupling",
                property: "with c = 0 each player is on its own: the larger of |1 − ηa| and |1 − ηb|",
                run: |answer| {
                    for_all(100, &(0i32..=16, 0i32..=16, 1i32..=32), |&(a, b, sixteenths)| {
                        let (a, b, step) =
                            (f64::from(a) / 4.0, f64::from(b) / 4.0, f64::from(sixteenths) / 16.0);
                        let due = (1.0 - step * a).abs().max((1.0 - step * b).abs());
                        let at = format!("{}, η = {}", told(a, b, 0.0), number(step));
                        agree(at, due, answer(a, b, 0.0, step), tolerance::of_terms(&[due, step * (a + b)]))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "root-of-the-determinant",
                misconception: "√det is the modulus of a conjugate pair; two real eigenvalues are of different size",
                subject: |a, b, c, step| {
                    ((1.0 - step * a) * (1.0 - step * b) + (step * c).powi(2)).abs().sqrt()
                },
                caught_by: "long-run",
            },
            Chaff {
                name: "real-part-only",
                misconception: "the imaginary part turns *and* stretches: the modulus is √(re² + im²)",
                subject: |a, b, c, step| {
                    let (middle, half) = (1.0 - step * (a + b) / 2.0, step * (a - b) / 2.0);
                    middle.abs() + (half * half - (step * c).powi(2)).max(0.0).sqrt()
                },
                caught_by: "spiral",
            },
            Chaff {
                name: "symmetric-matrix",
                misconception: "one player ascends: the entries off the diagonal are −ηc and +ηc, so (ηc)² is subtracted under the root",
                subject: |a, b, c, step| {
                    let (middle, half) = (1.0 - step * (a + b) / 2.0, step * (a - b) / 2.0);
                    middle.abs() + half.hypot(step * c)
                },
                caught_by: "spiral",
            },
            Chaff {
                name: "eigenvalue-without-its-modulus",
                misconception: "an eigenvalue of −3 grows too: take the largest modulus, not the largest eigenvalue",
                subject: |a, b, c, step| {
                    let (middle, half) = (1.0 - step * (a + b) / 2.0, step * (a - b) / 2.0);
                    let under_the_root = half * half - (step * c).powi(2);
                    if under_the_root >= 0.0 {
                        middle + under_the_root.sqrt()
                    } else {
                        middle.hypot((-under_the_root).sqrt())
                    }
                },
                caught_by: "without-coupling",
            },
            Chaff {
                name: "squared-modulus",
                misconception: "det is the square of the modulus: it is the rate of the squared distance",
                subject: |a, b, c, step| {
                    let (middle, half) = (1.0 - step * (a + b) / 2.0, step * (a - b) / 2.0);
                    let under_the_root = half * half - (step * c).powi(2);
                    if under_the_root >= 0.0 {
                        middle.abs() + under_the_root.sqrt()
                    } else {
                        middle * middle - under_the_root
                    }
                },
                caught_by: "spiral",
            },
        ],
        fingerprint: |answer| {
            let probes =
                [(0.0, 0.0, 1.0, 0.5), (4.0, 1.0, 0.5, 1.0), (1.0, 1.0, 2.0, 0.25), (3.0, 0.0, 0.0, 1.5)];
            probes.map(|(a, b, c, step)| answer(a, b, c, step)).into()
        },
    }
}

/// The limit of stable steps, of a, b and c.
type Limit = fn(f64, f64, f64) -> f64;

/// 5.10
pub fn largest_stable_step() -> Exercise<Limit> {
    Exercise {
        meta: Meta::implement("5.10", "largest_stable_step", "The largest stable step", 4, 20),
        reference: reference::largest_stable_step,
        checks: vec![
            Check {
                name: "separates",
                property: "a step 1 % below the limit converges, one 1 % above it does not",
                run: |answer| {
                    for_all(200, &games(), |&(a, b, c)| {
                        let limit = answer(a, b, c);
                        let growth = |step: f64| long_run_growth(simultaneous(a, b, c, step));
                        let broken = |expected: &str, step: f64| {
                            let found =
                                format!("the factor {} at η = {}", number(growth(step)), number(step));
                            Err(Broken::new(
                                format!("{}, limit {}", told(a, b, c), number(limit)),
                                expected,
                                found,
                            ))
                        };
                        let converges = limit > 0.0 && limit.is_finite();
                        if converges && growth(0.99 * limit) >= 1.0 {
                            return broken("convergence below the limit", 0.99 * limit);
                        }
                        // Where no step converges a small one must show it.
                        let above = if converges { 1.01 * limit } else { 1e-3 };
                        if growth(above) < 1.0 - GROWTH {
                            return broken("no convergence above the limit", above);
                        }
                        if limit.is_nan() || limit < 0.0 || limit.is_infinite() {
                            return Err(Broken::new(told(a, b, c), "a step size", number(limit)));
                        }
                        Ok(0.0)
                    })
                },
            },
            Check {
                name: "by-hand",
                property: "2δ/(δ² + c²) for a = b = δ; 2/max(a, b) without coupling",
                run: |answer| {
                    let cases = [
                        ((1.0, 1.0, 1.0), 1.0),
                        ((1.0, 1.0, 0.0), 2.0),
                        ((0.5, 0.5, 2.0), 1.0 / 4.25),
                        ((2.0, 1.0, 0.0), 1.0),
                        ((1.0, 4.0, 0.0), 0.5),
                        ((3.0, 0.0, 1.0), 4.0 / (3.0 + 5.0_f64.sqrt())),
                        ((0.0, 1.0, 2.0), 0.25),
                    ];
                    for_each(cases, |((a, b, c), due)| {
                        agree(told(a, b, c), due, answer(a, b, c), tolerance::of_terms(&[due]))
                    })
                },
            },
            Check {
                name: "never",
                property: "0 where no step converges: θω, and a player whom nothing moves",
                run: |answer| {
                    for_each(
                        [(0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 2.0, 0.0), (0.0, 0.0, 0.0)],
                        |(a, b, c)| agree(told(a, b, c), 0.0, answer(a, b, c), 0.0),
                    )
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "rule-of-descent",
                misconception: "2/L is the limit of gradient descent; in a game the coupling turns, and turning needs smaller steps",
                subject: |a, b, c| if a * b + c * c > 0.0 { 2.0 / a.max(b).max(c.abs()) } else { 0.0 },
                caught_by: "separates",
            },
            Chaff {
                name: "coupling-ignored",
                misconception: "2/max(a, b) is each player's own limit; coupled players turn about each other, and that needs smaller steps",
                subject: |a, b, _| if a.min(b) > 0.0 { 2.0 / a.max(b) } else { 0.0 },
                caught_by: "by-hand",
            },
            Chaff {
                name: "two-over-the-modulus",
                misconception: "2/√(ab + c²) is 2/|λ|; the limit is 2 Re λ/|λ|², smaller the more the step turns",
                subject: |a, b, c| {
                    let determinant = a * b + c * c;
                    if determinant > 0.0 { 2.0 / determinant.sqrt() } else { 0.0 }
                },
                caught_by: "by-hand",
            },
            Chaff {
                name: "conjugate-pair-always",
                misconception: "(a + b)/(ab + c²) is right for a conjugate pair; with two real eigenvalues the larger one decides",
                subject: |a, b, c| if a * b + c * c > 0.0 { (a + b) / (a * b + c * c) } else { 0.0 },
                caught_by: "by-hand",
            },
            Chaff {
                name: "best-step",
                misconception: "this is the step that converges fastest; twice as long a step still converges",
                subject: |a, b, c| reference::largest_stable_step(a, b, c) / 2.0,
                caught_by: "separates",
            },
            Chaff {
                name: "coupling-not-squared",
                misconception: "|λ|² = ab + c²: the coupling is squared",
                subject: |a, b, c| {
                    let (middle, half) = ((a + b) / 2.0, (a - b) / 2.0);
                    if half * half >= c * c {
                        return reference::largest_stable_step(a, b, c);
                    }
                    2.0 * middle / (a * b + c.abs())
                },
                caught_by: "by-hand",
            },
            Chaff {
                name: "zero-eigenvalue-overlooked",
                misconception: "along an eigenvalue 0 nothing moves, so no step brings that coordinate to the saddle",
                subject: |a, b, c| {
                    if a * b + c * c > 0.0 { reference::largest_stable_step(a, b, c) } else { 2.0 / a.max(b) }
                },
                caught_by: "never",
            },
        ],
        fingerprint: |answer| {
            let probes =
                [(1.0, 1.0, 2.0), (4.0, 1.0, 0.5), (1.0, 0.0, 0.0), (0.5, 0.25, 3.0), (2.0, 1.0, 0.25)];
            probes.map(|(a, b, c)| answer(a, b, c)).into()
        },
    }
}
