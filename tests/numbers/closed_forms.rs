//! Closed forms between Gaussians against quadrature, near and far.

use vdm::catalogue;
use vdm::density::Gaussian;
use vdm::divergence::{between, gaussian_closed_forms as closed};

/// Rounding of the closed form itself.
const ROUNDINGS: f64 = 64.0 * f64::EPSILON;

type Form = fn(&Gaussian, &Gaussian) -> f64;

fn check(name: &str, form: Form) -> Result<(), String> {
    let f = catalogue::find(name).unwrap();
    let laws = [(0.0, 1.0), (1e-3, 1.0), (0.0, 1.001), (2.0, 0.5), (-3.0, 1.3), (0.5, 5.0), (7.0, 1.0)];
    let laws = laws.map(|(m, s)| Gaussian::new(m, s).unwrap());
    for p in &laws {
        for q in &laws {
            let truth = form(p, q);
            if truth.is_nan() {
                continue; // the form does not apply
            }
            let got = between(&f, p, q).map_err(|e| format!("{name} of {p:?}, {q:?}: {e}"))?;
            let near = (got.value - truth).abs() <= got.error + ROUNDINGS * truth;
            if !(got.value == truth || near) {
                return Err(format!("{name} of {p:?}, {q:?}: {got:?}, closed form {truth}"));
            }
        }
    }
    Ok(())
}

#[test]
fn closed_forms_agree_with_quadrature() {
    check("kl", closed::kl).unwrap();
    check("reverse_kl", closed::reverse_kl).unwrap();
    check("squared_hellinger", closed::squared_hellinger).unwrap();
    check("pearson_chi2", closed::pearson_chi2).unwrap();
    check("total_variation", |p, q| closed::total_variation(p, q).unwrap_or(f64::NAN)).unwrap();
}

#[test]
fn planted_mistakes_in_closed_forms_are_caught() {
    check("kl", closed::reverse_kl).unwrap_err();
    check("kl", |p, q| closed::kl(p, q) * (1.0 + 1e-8)).unwrap_err();
    check("squared_hellinger", |p, q| closed::squared_hellinger(p, q) / 2.0).unwrap_err();
    check("pearson_chi2", |p, q| closed::pearson_chi2(p, q) + 1.0).unwrap_err();
    check("total_variation", |p, q| 2.0 * closed::total_variation(p, q).unwrap_or(f64::NAN)).unwrap_err();
}
