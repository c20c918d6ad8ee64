//! Quadrature at the limits of f64 and of its budget: an answer is right within
//! its error, or it is refused.

use vdm::Interval;
use vdm::quadrature::{Quadrature, QuadratureError, integrate};

#[test]
fn an_integral_beyond_the_largest_number_is_refused() {
    let overflows: [fn(f64) -> f64; 3] = [|_| 1e308, |_| -1e308, |x| (-x / 1e9).exp() * 1e305];
    for f in overflows {
        let got = integrate(f, 0.0, 1e10);
        assert!(
            matches!(got, Err(QuadratureError::Overflow { at }) if (0.0..=1e10).contains(&at)),
            "{got:?}"
        );
    }
    // Parts that overflow with both signs have no sum either.
    let got = integrate(|x| if x < 0.3 { 1e308 } else { -1e308 }, -1e3, 1e3);
    assert!(matches!(got, Err(QuadratureError::Overflow { .. })), "{got:?}");
}

#[test]
fn large_values_over_a_short_interval_are_no_overflow() {
    let got = integrate(|_| 1.7e308, 0.0, 0.5).unwrap();
    assert!((got.value - 0.85e308).abs() <= got.error && got.error < 1e295, "{got:?}");
    // Its one wide panel overflows, the halves do not.
    let got = integrate(|x: f64| 1e300 * (-x.abs() / 3e6).exp(), -1e10, 1e10).unwrap();
    assert!((got.value - 6e306).abs() <= got.error && got.error < 1e297, "{got:?}");
}

#[test]
fn what_underflows_has_an_error() {
    let got = integrate(|_| 1e-310, 0.0, 1e-10).unwrap();
    assert!((got.value - 1e-320).abs() <= got.error && got.error > 0.0, "{got:?}");
    let got = integrate(|_| 1e-310, 0.0, 1e-20).unwrap();
    assert!(got.error > 0.0, "{got:?}");
    // A function that is 0 is integrated exactly.
    assert_eq!(integrate(|_| 0.0, 0.0, 1.0).map(|e| (e.value, e.error)), Ok((0.0, 0.0)));
}

#[test]
fn a_singularity_where_a_half_line_begins_is_integrated() {
    type Case = (&'static str, fn(f64) -> f64, f64, f64, f64);
    let cases: [Case; 4] = [
        ("Γ(½)", |x| x.powf(-0.5) * (-x).exp(), 0.0, f64::INFINITY, std::f64::consts::PI.sqrt()),
        ("Γ(0.1)", |x| x.powf(-0.9) * (-x).exp(), 0.0, f64::INFINITY, 9.513_507_698_668_732),
        ("−γ", |x| x.ln() * (-x).exp(), 0.0, f64::INFINITY, -0.577_215_664_901_532_9),
        ("mirrored", |x| (-x).powf(-0.5) * x.exp(), f64::NEG_INFINITY, 0.0, std::f64::consts::PI.sqrt()),
    ];
    for (name, f, low, high, truth) in cases {
        let got = integrate(f, low, high).unwrap_or_else(|e| panic!("{name}: {e}"));
        let off = (got.value - truth).abs();
        assert!(off <= got.error && got.error < 1e-9 * truth.abs(), "{name}: off by {off:e}, {got:?}");
    }
}

#[test]
fn the_first_evaluations_count_against_the_budget_too() {
    let little = Quadrature { budget: 100, ..Quadrature::default() };
    let breaks: Vec<f64> = (1..50).map(|k| f64::from(k) / 50.0).collect();
    let mut calls = 0;
    let count = |x: f64| {
        calls += 1;
        x
    };
    let got = little.integrate(count, Interval::open(0.0, 1.0), &breaks).unwrap_err();
    assert_eq!(got, QuadratureError::Budget { needed: 50 * 21, budget: 100 });
    assert_eq!(calls, 0);
    assert!(got.to_string().contains("1050") && got.to_string().contains("100;"), "{got}");
}

#[test]
fn exchanged_ends_are_told_as_such() {
    let got = integrate(|x| x, 2.0, -1.5).unwrap_err();
    assert_eq!(got, QuadratureError::Reversed { low: 2.0, high: -1.5 });
    let told = got.to_string();
    assert!(told.contains("from 2 down to -1.5") && told.contains("exchange the ends"), "{told}");
}
