//! What is said when something is wrong: short, and of use.

use vdm::catalogue::{self, Alpha};
use vdm::density::{DensityError, Finite, Gaussian, Mixture, Uniform};
use vdm::quadrature::integrate;
use vdm::{Divergence, Interval};

#[test]
fn names_are_found_in_any_case() {
    for (given, name) in [
        ("KL", "kl"),
        ("Squared-Hellinger", "squared_hellinger"),
        ("Total-Variation ", "total_variation"),
        ("ALPHA(-1)", "alpha(-1)"),
        ("JS_Weighted( 0.3 )", "js_weighted(0.3)"),
        ("Adjoint(Scaled(1E-3, Reverse-KL))", "adjoint(scaled(0.001, reverse_kl))"),
        ("shifted(-2, kl)", "shifted(-2, kl)"),
    ] {
        let found = catalogue::find(given).unwrap_or_else(|e| panic!("{given}: {e}")).name();
        assert_eq!(found, name);
    }
    for f in catalogue::all() {
        assert_eq!(catalogue::find(&f.name().to_uppercase()).unwrap().name(), f.name());
    }
}

#[test]
fn a_name_that_is_not_known_finds_what_was_meant() {
    for (given, meant) in [
        ("hellinger", "squared_hellinger"),
        ("tv", "total_variation"),
        ("chi2", "pearson_chi2"),
        ("jensen-shannon", "js_weighted(0.5)"),
        ("kullback", "kl"),
        ("reversekl", "reverse_kl"),
        ("Jefreys", "jeffreys"),
        ("pearson", "pearson_chi2"),
        ("alpha", "alpha(2)"),
    ] {
        let told = catalogue::find(given).unwrap_err().to_string();
        assert!(told.contains(meant), "{given}: {told}");
    }
}

#[test]
fn no_message_is_long() {
    let long = "x".repeat(100_000);
    let messages = [
        catalogue::find(&long).unwrap_err().to_string(),
        catalogue::find(&format!("alpha({long})")).unwrap_err().to_string(),
        catalogue::find(&format!("scaled({long}, kl)")).unwrap_err().to_string(),
        catalogue::find(&format!("js_weighted(1{})", "0".repeat(250))).unwrap_err().to_string(),
        Gaussian::new(0.0, -1e300).unwrap_err().to_string(),
        Uniform::new(1e300, -1e300).unwrap_err().to_string(),
        Finite::new(&[1e300, 1e300]).unwrap_err().to_string(),
        Finite::new(&[-1e-300]).unwrap_err().to_string(),
        integrate(|x| x, 1e300, -1e300).unwrap_err().to_string(),
        integrate(|x| 1e300 / x, -1e-300, 1.0).unwrap_err().to_string(),
        integrate(|x| 1e300 / x, 0.0, 1.0).unwrap_err().to_string(),
        Interval::closed(-1e300, 1e-300).to_string(),
        Alpha::new(1e300).unwrap().name(),
    ];
    for message in messages {
        assert!(message.chars().count() < 250, "{message}");
    }
}

#[test]
fn names_with_extreme_parameters_are_found_again() {
    for alpha in [1e300, -1e-300, 1.5, -2.0] {
        let name = Alpha::new(alpha).unwrap().name();
        assert_eq!(catalogue::find(&name).unwrap().name(), name);
    }
}

#[test]
fn small_ends_of_an_interval_are_not_shown_as_0() {
    assert_eq!(Interval::closed(1e-9, 0.5).to_string(), "[1.0000e−9, 0.5000]");
    assert_eq!(Interval::open(0.0, 3.0).to_string(), "(0, 3)");
}

#[test]
fn weights_that_are_all_0_have_no_sum_to_divide_by() {
    assert_eq!(Finite::new(&[0.0, 0.0]).unwrap_err(), DensityError::Empty);
    assert_eq!(Mixture::of_gaussians(&[(0.0, 0.0, 1.0)]).unwrap_err(), DensityError::Empty);
}
