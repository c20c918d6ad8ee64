//! D_f of two laws far apart, almost equal, and at the limits of f64: right within
//! an error that says something, or refused.

use vdm::catalogue;
use vdm::density::{Density, Gaussian, Uniform};
use vdm::divergence::{between, gaussian_closed_forms as closed};
use vdm::quadrature::QuadratureError;

fn gaussian(mean: f64, deviation: f64) -> Gaussian {
    Gaussian::new(mean, deviation).unwrap()
}

type Form = fn(&Gaussian, &Gaussian) -> f64;

/// The truth within the reported error, and that error at most `most` of the value.
#[track_caller]
fn check(name: &str, p: &Gaussian, q: &Gaussian, form: Form, most: f64) {
    let f = catalogue::find(name).unwrap();
    let got = between(&f, p, q).unwrap_or_else(|e| panic!("{name} of {p:?}, {q:?}: {e}"));
    let truth = form(p, q);
    let off = (got.value - truth).abs();
    assert!(off <= got.error + 64.0 * f64::EPSILON * truth, "{name} of {p:?}, {q:?}: {got:?} for {truth:e}");
    assert!(got.error <= most * truth, "{name} of {p:?}, {q:?}: {got:?} says little of {truth:e}");
}

fn tv(p: &Gaussian, q: &Gaussian) -> f64 {
    closed::total_variation(p, q).unwrap_or(f64::NAN)
}

#[test]
fn far_apart() {
    let p = gaussian(0.0, 1.0);
    for distance in [1e3, 1e6, 1e9, 1e12] {
        let q = gaussian(distance, 1.0);
        check("kl", &p, &q, closed::kl, 1e-11);
        // Q lives where neighbouring numbers are ε·distance apart, and x is rounded so.
        let most = 1e-9 + 2.0 * f64::EPSILON * distance;
        check("reverse_kl", &p, &q, closed::reverse_kl, most);
        check("squared_hellinger", &p, &q, closed::squared_hellinger, most);
        check("total_variation", &p, &q, tv, most);
        check("jeffreys", &p, &q, |p, q| closed::kl(p, q) + closed::kl(q, p), most);
    }
}

#[test]
fn of_different_scales() {
    for scale in [1e4, 1e8, 1e100, 1e-100] {
        for (p, q) in [(gaussian(0.0, 1.0), gaussian(0.0, scale)), (gaussian(0.0, scale), gaussian(0.0, 1.0))]
        {
            check("squared_hellinger", &p, &q, closed::squared_hellinger, 1e-10);
            // Where the ratio of the variances itself overflows, so may the closed form.
            if closed::kl(&p, &q).is_finite() {
                check("kl", &p, &q, closed::kl, 1e-10);
            }
        }
    }
}

/// N(0, 1) and N(d, 1) have no x at which ln p − ln q is more than rounding: what is
/// left of the divergence is the error.
#[test]
fn nearer_than_the_rounding_of_their_densities() {
    let p = gaussian(0.0, 1.0);
    for distance in [1e-150, 1e-30, 1e-17] {
        let q = gaussian(distance, 1.0);
        for (name, form) in [
            ("kl", closed::kl as Form),
            ("squared_hellinger", closed::squared_hellinger),
            ("total_variation", tv),
        ] {
            let got = between(&catalogue::find(name).unwrap(), &p, &q).unwrap();
            let truth = form(&p, &q);
            assert!((got.value - truth).abs() <= got.error, "{name}: {got:?} for {truth:e}");
            assert!(got.error < 1e-13, "{name}: {got:?}");
        }
    }
}

#[test]
fn supports_that_differ_by_a_hair_count() {
    let kl = catalogue::find("kl").unwrap();
    let reverse = catalogue::find("reverse_kl").unwrap();
    let unit = Uniform::new(0.0, 1.0).unwrap();
    for hair in [f64::EPSILON, 1e-15, 1e-12] {
        let longer = Uniform::new(0.0, 1.0 + hair).unwrap();
        assert_eq!(between(&kl, &longer, &unit).unwrap().value, f64::INFINITY, "{hair:e}");
        assert_eq!(between(&reverse, &unit, &longer).unwrap().value, f64::INFINITY, "{hair:e}");
        let got = between(&kl, &unit, &longer).unwrap();
        let hair = (1.0 + hair) - 1.0;
        assert!((got.value - hair.ln_1p()).abs() <= got.error, "{hair:e}: {got:?}");
    }
}

#[test]
fn scales_at_the_limits() {
    for unit in [1e307, 1e300, 1e-300] {
        let (p, q) = (gaussian(0.0, unit), gaussian(0.0, 1.5 * unit));
        let (small_p, small_q) = (gaussian(0.0, 1.0), gaussian(0.0, 1.5));
        for (name, form) in [("kl", closed::kl as Form), ("squared_hellinger", closed::squared_hellinger)] {
            let got = between(&catalogue::find(name).unwrap(), &p, &q).unwrap();
            let truth = form(&small_p, &small_q);
            assert!((got.value - truth).abs() <= got.error && got.error < 1e-10, "{name}, {unit:e}: {got:?}");
        }
    }
    for deviation in [1e308, 1.7e308] {
        let wide = gaussian(0.0, deviation);
        assert!(wide.survival(f64::MAX) > 0.03);
        for f in catalogue::all() {
            let got = between(&f, &wide, &gaussian(0.0, 1e308));
            assert!(matches!(got, Err(QuadratureError::BeyondRange { mass }) if mass > 0.03), "{got:?}");
        }
    }
}

#[test]
fn a_divergence_beyond_the_largest_number_is_refused() {
    let chi = catalogue::find("pearson_chi2").unwrap();
    for distance in [30.0, 1e3, 1e9] {
        let got = between(&chi, &gaussian(0.0, 1.0), &gaussian(distance, 1.0));
        assert!(got.is_err(), "{got:?} for e^{}", distance * distance);
    }
}
