//! The Gauss–Kronrod rule: the recorded constants, exact for polynomials.

use crate::witness::{numbers, read};
use vdm::quadrature::rule::{GAUSS, KRONROD, NODES};

/// Exact to degree 31 (Kronrod) and 19 (Gauss), and no further.
fn check_exactness(kronrod: &[f64; 11], gauss: &[f64; 5]) -> Result<(), String> {
    let sum = |degree: i32, weight: &dyn Fn(usize) -> f64| -> f64 {
        (0..11)
            .map(|i| {
                let (x, w) = (NODES[i], weight(i));
                w * if i == 10 { x.powi(degree) } else { x.powi(degree) + (-x).powi(degree) }
            })
            .sum()
    };
    let of_kronrod = |i: usize| kronrod[i];
    let of_gauss = |i: usize| if i % 2 == 1 { gauss[i / 2] } else { 0.0 };
    for degree in 0..=31 {
        let truth = if degree % 2 == 0 { 2.0 / f64::from(degree + 1) } else { 0.0 };
        let near = |got: f64| (got - truth).abs() <= 4.0 * f64::EPSILON;
        if !near(sum(degree, &of_kronrod)) {
            return Err(format!("Kronrod is not exact for x^{degree}"));
        }
        if degree <= 19 && !near(sum(degree, &of_gauss)) {
            return Err(format!("Gauss is not exact for x^{degree}"));
        }
    }
    if (sum(20, &of_gauss) - 2.0 / 21.0).abs() < 1e-8 {
        return Err("Gauss is exact beyond its degree: it is another rule".into());
    }
    Ok(())
}

#[test]
fn the_rule_is_the_recorded_one_and_exact_for_polynomials() {
    let record = read("gauss_kronrod.json");
    assert_eq!(numbers(&record["nodes"]), NODES);
    assert_eq!(numbers(&record["kronrod"]), KRONROD);
    assert_eq!(numbers(&record["gauss"]), GAUSS);
    check_exactness(&KRONROD, &GAUSS).unwrap();
    for i in 0..11 {
        let mut wrong = KRONROD;
        wrong[i] += 1e-14;
        check_exactness(&wrong, &GAUSS).unwrap_err();
    }
    for i in 0..5 {
        let mut wrong = GAUSS;
        wrong[i] += 1e-14;
        check_exactness(&KRONROD, &wrong).unwrap_err();
    }
}
