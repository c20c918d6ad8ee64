//! Samples at the limits of f64: their hull, conjugate and biconjugate.

use vdm::ch03_convex_conjugate::Sampled;

/// Samples with two corners in their hull and two above it, in units of `u` and `f`.
fn check(u: f64, f: f64) {
    let us = [0.0, 1.0, 2.0, 3.0, 5.0, 6.0].map(|x| x * u);
    let fs = [2.0, 0.5, 1.0, -1.0, 4.0, 4.0].map(|y| y * f);
    let sampled = Sampled::new(&us[..], &fs[..]).unwrap();
    assert_eq!(sampled.hull(), [0, 1, 3, 5], "u in {u:e}, f in {f:e}");
    let due = [2.0, 0.5, -0.25, -1.0, 7.0 / 3.0, 4.0];
    for (got, due) in sampled.biconjugate().iter().zip(due) {
        assert!((got / f - due).abs() <= 1e-14, "u in {u:e}, f in {f:e}: {got:e} for {due}·{f:e}");
    }
    let slopes = [-2.0, 0.0, 1.0, 2.0].map(|t| t * (f / u));
    if slopes[0].is_finite() && slopes[1..].iter().all(|t| *t == 0.0 || t.is_normal()) {
        for (got, due) in sampled.conjugate(&slopes).unwrap().iter().zip([-2.0, 1.0, 4.0, 8.0]) {
            assert!((got / f - due).abs() <= 1e-14, "u in {u:e}, f in {f:e}: {got:e} for {due}·{f:e}");
        }
    }
}

#[test]
fn samples_of_every_magnitude_have_the_same_hull() {
    for u in [1e-300, 1e-200, 1e-100, 1.0, 1e100, 1e200, 1e300] {
        for f in [1e-300, 1e-200, 1e-100, 1.0, 1e100, 1e200, 1e300] {
            // Where the slopes themselves leave f64 there is nothing to compare.
            if (1e-300..1e300).contains(&(f / u)) {
                check(u, f);
            }
        }
    }
}

#[test]
fn ratios_from_1e_minus_300_to_1e300_keep_a_convex_function() {
    let us: Vec<f64> = (-300..=300).map(|k| 10f64.powi(k)).collect();
    let sampled = Sampled::of(&us, |u| -u.ln()).unwrap();
    assert_eq!(sampled.hull().len(), us.len());
    assert_eq!(sampled.biconjugate(), sampled.values());
}
