//! Integrals with known values, each against the error that is reported for it.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, PI, SQRT_2};
use vdm::Interval;
use vdm::quadrature::rule;
use vdm::quadrature::{Estimate, Quadrature, QuadratureError, integrate};

type Integrand = fn(f64) -> f64;

struct Case {
    name: &'static str,
    f: Integrand,
    interval: Interval,
    breaks: &'static [f64],
    truth: f64,
}

/// No reported error may exceed this part of the value: an honest error that says
/// nothing would be no use.
const LARGEST_RELATIVE_ERROR: f64 = 1e-9;

const WIDTH: f64 = 1e-6;

fn cases() -> Vec<Case> {
    let unit = Interval::open(0.0, 1.0);
    let from_0 = Interval::open(0.0, f64::INFINITY);
    let from_1 = Interval::open(1.0, f64::INFINITY);
    let case = |name, f, interval, breaks, truth| Case { name, f, interval, breaks, truth };
    vec![
        case("exp", f64::exp, unit, &[], 1f64.exp_m1()),
        case("a polynomial", |x| 7.0 * x.powi(6) - 3.0 * x * x, Interval::open(-1.0, 2.0), &[], 120.0),
        case("oscillating", |x| (100.0 * x).cos(), unit, &[], 100f64.sin() / 100.0),
        case("odd, about 0", |x| x.powi(3) + 1.0, Interval::open(-1.0, 1.0), &[], 2.0),
        case("√x", f64::sqrt, unit, &[], 2.0 / 3.0),
        case("ln x", f64::ln, unit, &[], -1.0),
        case("1/√x", |x| 1.0 / x.sqrt(), unit, &[], 2.0),
        case("x^−0.9", |x| x.powf(-0.9), unit, &[], 10.0),
        case("a kink off the break", |x| (x - 1.0 / 3.0).abs(), unit, &[], 5.0 / 18.0),
        case("a jump", |x| if x < FRAC_1_SQRT_2 { 1.0 } else { 3.0 }, unit, &[], 3.0 - SQRT_2),
        case(
            "a Lorentz peak of width 1e-6",
            |x| WIDTH / ((x - 0.3).powi(2) + WIDTH * WIDTH),
            unit,
            &[],
            (0.7 / WIDTH).atan() + (0.3 / WIDTH).atan(),
        ),
        case(
            "a Gaussian peak of width 1e-6, at a break",
            |x| (-((x - 0.3) / WIDTH).powi(2) / 2.0).exp(),
            unit,
            &[0.3 - 8.0 * WIDTH, 0.3, 0.3 + 8.0 * WIDTH],
            (2.0 * PI).sqrt() * WIDTH,
        ),
        case("a bell on the line", |x| (-x * x).exp(), Interval::REAL, &[], PI.sqrt()),
        case(
            "a bell far out",
            |x| (-(x - 1000.0).powi(2)).exp(),
            Interval::REAL,
            &[995.0, 1000.0, 1005.0],
            PI.sqrt(),
        ),
        case("exponential", |x| (-x).exp(), from_0, &[], 1.0),
        case("damped sine", |x| (-x).exp() * x.sin(), from_0, &[], 0.5),
        case("Cauchy", |x| 1.0 / (1.0 + x * x), from_0, &[], FRAC_PI_2),
        case(
            "Cauchy's tail",
            |x| 1.0 / (1.0 + x * x),
            Interval::open(f64::NEG_INFINITY, -1e3),
            &[],
            1e-3_f64.atan(),
        ),
        case("E√|X| under Cauchy", |x| x.abs().sqrt() / (PI * (1.0 + x * x)), Interval::REAL, &[0.0], SQRT_2),
        case("x^−1.5", |x| x.powf(-1.5), from_1, &[], 2.0),
        case("x^−1.1", |x| x.powf(-1.1), from_1, &[], 10.0),
        case("ln x/x²", |x| x.ln() / (x * x), from_1, &[], 1.0),
        case("x²/(1 + x⁴)", |x| x * x / (1.0 + x.powi(4)), Interval::REAL, &[], PI / SQRT_2),
    ]
}

type Integrator = fn(&Case) -> Result<Estimate, QuadratureError>;

fn reference(case: &Case) -> Result<Estimate, QuadratureError> {
    Quadrature::default().integrate(case.f, case.interval, case.breaks)
}

/// The truth within the reported error, and that error of some use.
fn check(case: &Case, integrator: Integrator) -> Result<(), String> {
    let got = integrator(case).map_err(|e| format!("{}: {e}", case.name))?;
    let off = (got.value - case.truth).abs();
    if off > got.error {
        return Err(format!("{}: off by {off:e}, reported {:e}", case.name, got.error));
    }
    let most = LARGEST_RELATIVE_ERROR * case.truth.abs();
    if got.error > most {
        return Err(format!("{}: reported {:e}, more than {most:e}", case.name, got.error));
    }
    Ok(())
}

#[test]
fn known_integrals_lie_within_the_reported_error() {
    let failures: Vec<String> = cases().iter().filter_map(|case| check(case, reference).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Also when little accuracy is asked for, where the error is not just rounding.
#[test]
fn errors_are_honest_at_every_accuracy() {
    let mut failures = Vec::new();
    for case in &cases() {
        for relative in [1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8] {
            let target = Quadrature { relative, ..Quadrature::default() };
            let got = target.integrate(case.f, case.interval, case.breaks).unwrap();
            let off = (got.value - case.truth).abs();
            if off > got.error || got.error > 1.001 * relative * got.value.abs() {
                failures.push(format!("{} at {relative}: off by {off:e}, {got:?}", case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn planted_mistakes_in_the_integrator_are_caught() {
    let chaffs: [(&str, Integrator); 4] = [
        ("an error estimate divided by a million", |case| {
            reference(case).map(|e| Estimate { error: e.error / 1e6, ..e })
        }),
        ("tails dropped beyond 10", |case| {
            let cut = Interval::open(case.interval.low().max(-10.0), case.interval.high().min(10.0));
            Quadrature::default().integrate(case.f, cut, case.breaks)
        }),
        ("one panel, no halving", |case| {
            let once = rule::apply(case.f, case.interval.low(), case.interval.high());
            let error = 1e-12 * once.absolute;
            Ok(Estimate { value: once.kronrod, error, evaluations: rule::POINTS })
        }),
        ("breaks ignored", |case| Quadrature::default().integrate(case.f, case.interval, &[])),
    ];
    for (name, chaff) in chaffs {
        let caught = cases().iter().filter(|case| check(case, chaff).is_err()).count();
        assert!(caught > 0, "not caught: {name}");
    }
}

#[test]
fn what_does_not_converge_is_reported() {
    let cases: [(&str, Integrand, f64, f64); 4] = [
        ("1/x at 0", |x| 1.0 / x, 0.0, 1.0),
        ("1/x at ∞", |x| 1.0 / x, 1.0, f64::INFINITY),
        ("1/(1 + |x|) on the line", |x| 1.0 / (1.0 + x.abs()), f64::NEG_INFINITY, f64::INFINITY),
        ("sin x at ∞", f64::sin, 0.0, f64::INFINITY),
    ];
    for (name, f, low, high) in cases {
        let got = integrate(f, low, high);
        assert!(matches!(got, Err(QuadratureError::NotConverged { .. })), "{name}: {got:?}");
    }
}

#[test]
fn values_that_are_not_finite_are_named_with_their_place() {
    let got = integrate(|x| if x > 0.75 { f64::NAN } else { 1.0 }, 0.0, 1.0).unwrap_err();
    assert!(matches!(got, QuadratureError::NotFinite { at, value } if at > 0.75 && value.is_nan()));
    let got = integrate(|x| 1.0 / x, -1.0, 1.0).unwrap_err();
    assert!(matches!(got, QuadratureError::NotFinite { at: 0.0, value: f64::INFINITY }));
    for (low, high) in [(0.0, 0.0), (f64::NAN, 1.0), (f64::INFINITY, f64::INFINITY)] {
        assert!(matches!(integrate(|x| x, low, high), Err(QuadratureError::Domain { .. })));
    }
}

#[test]
fn the_budget_is_kept_and_the_best_estimate_handed_over() {
    let little = Quadrature { budget: 210, ..Quadrature::default() };
    let got = little.integrate(|x| x.powf(-0.9), Interval::open(0.0, 1.0), &[]).unwrap_err();
    let QuadratureError::NotConverged { estimate } = got else { panic!("{got:?}") };
    assert!(estimate.evaluations <= 210);
    assert!((estimate.value - 10.0).abs() <= estimate.error);
}
