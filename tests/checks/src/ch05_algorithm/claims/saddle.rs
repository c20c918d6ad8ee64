//! The two-variable saddle: alternating steps that stay, and rates of convergence.

use crate::ch05_algorithm::rates::{Matrix, long_run_growth, simultaneous};
use crate::check::{Verdict, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, tolerance};

/// By what factor θ² + ω² may grow on F = θω under alternating steps, and below which
/// step size.
#[derive(Clone, Copy)]
struct Bounded {
    factor: fn(f64) -> f64,
    up_to: f64,
}

const BOUNDED: Bounded = Bounded { factor: |step| (2.0 + step) / (2.0 - step), up_to: 2.0 };

/// The largest θ² + ω² in so many alternating steps, relative to the start's.
fn largest_growth(start: (f64, f64), step: f64, steps: usize) -> f64 {
    let (mut theta, mut omega) = start;
    let mut most = 0.0_f64;
    for _ in 0..steps {
        omega += step * theta;
        theta -= step * omega;
        most = most.max(theta * theta + omega * omega);
    }
    most / (start.0 * start.0 + start.1 * start.1)
}

fn stays_bounded(bounded: &Bounded) -> Verdict {
    const STEPS: usize = 400;
    let mut tally = for_all(60, &(1i32..40, -8i32..=8, -8i32..8), |&(share, theta, omega)| {
        // Up to a fortieth below the end.
        let step = bounded.up_to * f64::from(share) / 40.0;
        let start = (f64::from(theta), f64::from(omega) + 0.5);
        let at = format!("η = {}, start {start:?}", number(step));
        let most = largest_growth(start, step, STEPS);
        // Each step rounds the invariant, which near η = 2 is (1 − η/2)⁻¹ times as small.
        let near = tolerance::of_terms(&[most * STEPS as f64 / (1.0 - step / 2.0).abs()]);
        at_least(at, "θ² + ω² stays below its bound", (bounded.factor)(step), most, near)
    })?;
    tally.merge(for_each([bounded.up_to + 0.0625], |step| {
        let most = largest_growth((1.0, 0.0), step, STEPS);
        at_least(format!("η = {step}"), "a larger step grows without bound", most, 1e9, 0.0)
    })?);
    Ok(tally)
}

/// Rates on F = ½δθ² + cθω − ½δω²: of δ, c and the step where there is one.
#[derive(Clone, Copy)]
struct Rates {
    rate: fn(f64, f64, f64) -> f64,
    limit: fn(f64, f64) -> f64,
    best: fn(f64, f64) -> f64,
    least: fn(f64, f64) -> f64,
}

const RATES: Rates = Rates {
    rate: |delta, c, step| (1.0 - step * delta).hypot(step * c),
    limit: |delta, c| 2.0 * delta / (delta * delta + c * c),
    best: |delta, c| delta / (delta * delta + c * c),
    least: |delta, c| c.abs() / delta.hypot(c),
};

/// Curvatures and couplings in quarters, a step in sixteenths.
fn quarters() -> (std::ops::RangeInclusive<i32>, std::ops::RangeInclusive<i32>, std::ops::RangeInclusive<i32>)
{
    (1..=12, 1..=12, 1..=24)
}

/// What the oracle may be off by: the squarings round entries of modulus at most 8, and the
/// eigenvalues are 2ηc ≥ 1/32 apart.
const GROWTH: f64 = 8.0 * 64.0 * tolerance::FORMULA;

fn rates_hold(rates: &Rates) -> Verdict {
    for_all(100, &quarters(), |&(delta, c, step)| {
        let (delta, c, step) = (f64::from(delta) / 4.0, f64::from(c) / 4.0, f64::from(step) / 16.0);
        let growth = |step: f64| long_run_growth(simultaneous(delta, delta, c, step));
        let at = format!("δ = {}, c = {}", number(delta), number(c));
        let mut worst =
            agree(format!("{at}, η = {}", number(step)), growth(step), (rates.rate)(delta, c, step), GROWTH)?;
        let limit = (rates.limit)(delta, c);
        for (share, converges) in [(0.99, true), (1.01, false)] {
            if (growth(share * limit) < 1.0) != converges {
                let expected = if converges { "a factor below 1" } else { "a factor above 1" };
                let place = format!("{at}, η = {}", number(share * limit));
                return Err(Broken::new(place, expected, number(growth(share * limit))));
            }
        }
        let best = (rates.best)(delta, c);
        worst = worst.max(agree(format!("{at}, the least"), growth(best), (rates.least)(delta, c), GROWTH)?);
        for share in [0.9, 1.1] {
            let beside = growth(share * best);
            worst = worst.max(at_least(at.clone(), "no other step is faster", beside, growth(best), GROWTH)?);
        }
        Ok(worst)
    })
}

/// What an alternating step does to (θ, ω), column by column: the critic first.
fn alternating(delta: f64, c: f64, step: f64) -> Matrix {
    let after = |theta: f64, omega: f64| {
        let omega = omega + step * (c * theta - delta * omega);
        (theta - step * (delta * theta + c * omega), omega)
    };
    let ((a, b), (c, d)) = (after(1.0, 0.0), after(0.0, 1.0));
    [[a, c], [b, d]]
}

/// The rate of alternating steps, of δ, c and the step.
type Alternating = fn(f64, f64, f64) -> f64;

fn alternating_rate_holds(rate: &Alternating) -> Verdict {
    for_all(150, &quarters(), |&(delta, c, step)| {
        let (delta, c, step) = (f64::from(delta) / 4.0, f64::from(c) / 4.0, f64::from(step) / 16.0);
        // The displayed condition, kept off its edge, where the eigenvalues meet.
        if step * delta >= 0.95 || (step * c).powi(2) >= 3.8 * (1.0 - step * delta) {
            return Ok(0.0);
        }
        let at = format!("δ = {}, c = {}, η = {}", number(delta), number(c), number(step));
        agree(at, long_run_growth(alternating(delta, c, step)), rate(delta, c, step), 8.0 * GROWTH)
    })
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(
            Law {
                name: "alternating-stays-bounded",
                statement: "on F = θω alternating steps with η < 2 keep θ² + ω² below (2 + η)/(2 − η) times its start",
                members: || vec![("product".into(), BOUNDED)],
                check: stays_bounded,
                chaffs: || {
                    vec![
                        ("never beyond the start", Bounded { factor: |_| 1.0, ..BOUNDED }),
                        ("1 + η", Bounded { factor: |step| 1.0 + step, ..BOUNDED }),
                        ("for steps up to 3", Bounded { up_to: 3.0, ..BOUNDED }),
                        ("up to 1 only", Bounded { up_to: 1.0, ..BOUNDED }),
                    ]
                },
            }
            .stating(
                r"\theta_n^2 + \omega_n^2 \;\le\; \frac{2 + \eta}{2 - \eta}\, {(\theta_0^2 + \omega_0^2)} \qquad \text{for every } n, \quad 0 < \eta < 2",
            ),
        ),
        Box::new(
            Law {
                name: "simultaneous-rate",
                statement: "on ½δθ² + cθω − ½δω² the rate is √((1 − ηδ)² + η²c²), below 1 for η < 2δ/(δ² + c²), least at half of that",
                members: || vec![("strongly-convex-concave".into(), RATES)],
                check: rates_hold,
                chaffs: || {
                    vec![
                        ("1 − ηδ alone", Rates { rate: |delta, _, step| (1.0 - step * delta).abs(), ..RATES }),
                        ("a limit without the coupling", Rates { limit: |delta, _| 2.0 / delta, ..RATES }),
                        ("c for c²", Rates { limit: |delta, c| 2.0 * delta / (delta * delta + c), ..RATES }),
                        ("the limit as the best step", Rates { best: RATES.limit, ..RATES }),
                        ("δ over the root", Rates { least: |delta, c| delta / delta.hypot(c), ..RATES }),
                    ]
                },
            }
            .stating(
                r"
\begin{aligned}
\rho(\eta) &= \sqrt{(1 - \eta\delta)^2 + \eta^2 c^2} \;<\; 1 \quad\Longleftrightarrow\quad 0 < \eta < \frac{2\delta}{\delta^2 + c^2} \\
\min_\eta \rho(\eta) &= \frac{|c|}{\sqrt{\delta^2 + c^2}} \quad \text{at } \eta = \frac{\delta}{\delta^2 + c^2}
\end{aligned}",
            ),
        ),
        Box::new(
            Law {
                name: "alternating-rate",
                statement: "alternating steps converge at the rate 1 − ηδ if ηδ < 1 and η²c² < 4(1 − ηδ)",
                members: || -> Vec<(String, Alternating)> {
                    vec![("critic-first".into(), |delta, _, step| 1.0 - step * delta)]
                },
                check: alternating_rate_holds,
                chaffs: || {
                    vec![
                        ("as simultaneous steps", |delta, c, step| (1.0 - step * delta).hypot(step * c)),
                        ("twice as fast", |delta, _, step| (1.0 - step * delta).powi(2)),
                        ("never below 1", |_, _, _| 1.0),
                    ]
                },
            }
            .stating(
                r"\rho_{\text{alternating}}(\eta) = 1 - \eta\delta \qquad \text{if } \eta\delta < 1 \text{ and } \eta^2 c^2 < 4\,(1 - \eta\delta)",
            ),
        ),
    ]
}
