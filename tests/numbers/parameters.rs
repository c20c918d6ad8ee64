//! What laws refuse, what they say far out, and laws on finitely many points.

use crate::density::{DRAWS, ROUNDINGS, SAMPLING_RISK, all_laws, law};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::density::{Cauchy, Density, DensityError, Exponential, Finite, Gaussian, Laplace, Mixture, Uniform};

#[test]
fn ln_densities_stay_numbers_far_out() {
    for law in all_laws() {
        for x in [-1e150, -1e20, 1e20, 1e150] {
            let ln = law.ln_density(x);
            let inside = law.support().contains(x);
            assert!(if inside { ln.is_finite() } else { !ln.is_nan() }, "{law:?} at {x}: {ln}");
        }
        for x in [f64::NEG_INFINITY, f64::INFINITY] {
            assert_eq!(law.ln_density(x), f64::NEG_INFINITY, "{law:?} at {x}");
        }
        assert!(law.ln_density(f64::NAN).is_nan(), "{law:?} hides NaN");
    }
}

#[test]
fn constructors_say_what_is_wrong() {
    let part = |w| (w, law("gaussian", &[0.0, 1.0]));
    let scale = |parameter, value| DensityError::Scale { parameter, value };
    assert_eq!(Gaussian::new(0.0, -1.0).unwrap_err(), scale("standard deviation", -1.0));
    assert_eq!(Cauchy::new(0.0, 0.0).unwrap_err(), scale("scale", 0.0));
    assert_eq!(Exponential::new(f64::INFINITY).unwrap_err(), scale("rate", f64::INFINITY));
    assert!(matches!(
        Laplace::new(f64::NAN, 1.0).unwrap_err(),
        DensityError::Location { value, .. } if value.is_nan()
    ));
    assert_eq!(Uniform::new(1.0, 1.0).unwrap_err(), DensityError::Ends { low: 1.0, high: 1.0 });
    assert_eq!(Mixture::new(vec![]).unwrap_err(), DensityError::Empty);
    assert_eq!(
        Mixture::new(vec![part(1.5), part(-0.5)]).unwrap_err(),
        DensityError::Weight { index: 1, value: -0.5 }
    );
    assert_eq!(Mixture::new(vec![part(0.5), part(0.25)]).unwrap_err(), DensityError::Sum { sum: 0.75 });
    assert_eq!(Finite::new(&[0.5, 0.25]).unwrap_err(), DensityError::Sum { sum: 0.75 });
    assert_eq!(
        Finite::from_ln_weights(&[0.0, f64::INFINITY]).unwrap_err(),
        DensityError::LnWeight { index: 1, value: f64::INFINITY }
    );
    for law in all_laws() {
        let wrong = DensityError::Probability { value: 1.25 };
        assert_eq!(law.quantile(1.25).unwrap_err(), wrong);
        assert_eq!(law.upper_quantile(1.25).unwrap_err(), wrong);
        assert!(law.quantile(f64::NAN).is_err());
        assert_eq!(law.quantile(0.0).unwrap(), law.support().low(), "{law:?}");
        assert_eq!(law.quantile(1.0).unwrap(), law.support().high(), "{law:?}");
    }
}

#[test]
fn finite_laws_draw_by_their_probabilities_and_never_a_zero() {
    let law = Finite::new(&[0.2, 0.0, 0.5, 0.3, 0.0]).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut counts = [0usize; 5];
    for _ in 0..DRAWS {
        counts[law.sample(&mut rng)] += 1;
    }
    // Hoeffding: P[|frequency − probability| > d] ≤ 2 exp(−2nd²), for five points.
    let bound = ((10.0 / SAMPLING_RISK).ln() / (2.0 * DRAWS as f64)).sqrt();
    for (i, &count) in counts.iter().enumerate() {
        let frequency = count as f64 / DRAWS as f64;
        assert!((frequency - law.probability(i)).abs() <= bound, "point {i}: {frequency}");
    }
    assert_eq!((counts[1], counts[4]), (0, 0));
    let sum: f64 = law.probabilities().iter().sum();
    assert!((sum - 1.0).abs() <= ROUNDINGS && law.len() == 5);
}
