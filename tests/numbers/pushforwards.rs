//! Pushforwards at the edges: NaN and infinities, ends of the image, extreme values,
//! parameters that are refused; and total variation over events.

use std::sync::Arc;
use vdm::ch01_generative_modelling::{
    Affine, Bend, EventsError, Map, MapError, Pushforward, Quantile, largest_disagreement, total_variation,
};
use vdm::density::{Cauchy, Density, Finite, Gaussian, Uniform};

fn standard() -> Gaussian {
    Gaussian::new(0.0, 1.0).unwrap()
}

fn pushed<M: Map + 'static>(map: M) -> Arc<dyn Density> {
    Arc::new(Pushforward::new(standard(), map).unwrap())
}

fn models() -> Vec<Arc<dyn Density>> {
    let uniform = Uniform::new(0.0, 1.0).unwrap();
    let bend = |theta| Bend::new(theta).unwrap();
    vec![
        pushed(Affine::new(2.0, -1e-3).unwrap()),
        pushed(Affine::new(-1e8, 1e8).unwrap()),
        pushed(bend(1.0)),
        pushed(bend(-1.0)),
        pushed(bend(0.0)),
        pushed(bend(1e-300)),
        Arc::new(Pushforward::new(Cauchy::new(0.0, 1.0).unwrap(), bend(1.0)).unwrap()),
        Arc::new(Pushforward::new(uniform, Quantile::new(standard())).unwrap()),
    ]
}

#[test]
fn nan_gives_nan_and_nothing_else_does() {
    for law in models() {
        for value in [law.ln_density(f64::NAN), law.cdf(f64::NAN), law.survival(f64::NAN)] {
            assert!(value.is_nan(), "{law:?}");
        }
        assert!(law.quantile(f64::NAN).is_err());
        for x in [0.0, -0.0, -1.0, 1.0, 1e-300, 1e300, -1e300, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
            let [density, below, above] = [law.ln_density(x), law.cdf(x), law.survival(x)];
            assert!(!density.is_nan() && density < f64::INFINITY, "ln p({x}) = {density}: {law:?}");
            assert!((below + above - 1.0).abs() <= 1e-15, "{below} + {above} at {x}: {law:?}");
        }
    }
}

#[test]
fn both_ends_of_the_support_are_quantiles() {
    for law in models() {
        let support = law.support();
        assert_eq!(law.quantile(0.0).unwrap(), support.low(), "{law:?}");
        assert_eq!(law.quantile(1.0).unwrap(), support.high(), "{law:?}");
        assert_eq!(law.upper_quantile(1.0).unwrap(), support.low(), "{law:?}");
        assert!(law.landmarks().iter().all(|x| support.closure_contains(*x)), "{law:?}");
    }
    // (e^z − 1) is above −1, (1 − e^{−z}) below 1; neither end is reached.
    assert_eq!(pushed(Bend::new(1.0).unwrap()).support().to_string(), "(−1, ∞)");
    assert_eq!(pushed(Bend::new(-1.0).unwrap()).support().to_string(), "(−∞, 1)");
    let falling = Pushforward::new(Uniform::new(0.0, 1.0).unwrap(), Affine::new(1.0, -2.0).unwrap()).unwrap();
    assert_eq!(falling.support().to_string(), "[−1, 1]");
}

#[test]
fn far_tails_keep_their_digits() {
    // ln p of the log-normal law at 1e100: −½(ln x)² − ln x − ½ ln 2π, with x + 1 for x.
    let law = pushed(Bend::new(1.0).unwrap());
    let l = 1e100_f64.ln();
    let due = -l * l / 2.0 - l - (2.0 * std::f64::consts::PI).ln() / 2.0;
    assert!((law.ln_density(1e100) / due - 1.0).abs() < 1e-14);
    // A falling map exchanges the tails without 1 − F.
    let falling = pushed(Affine::new(0.0, -1.0).unwrap());
    assert_eq!(falling.cdf(-10.0), standard().survival(10.0));
    assert_eq!(falling.quantile(1e-20).unwrap(), -standard().upper_quantile(1e-20).unwrap());
}

#[test]
fn a_nearly_straight_bend_is_straight() {
    let (bent, straight) = (pushed(Bend::new(1e-12).unwrap()), standard());
    for x in [-3.0, -0.25, 0.0, 1e-9, 2.0] {
        assert!((bent.ln_density(x) - straight.ln_density(x)).abs() < 1e-10);
        assert!((bent.cdf(x) - straight.cdf(x)).abs() < 1e-11);
    }
}

#[test]
fn what_is_no_generator_is_refused_with_its_value() {
    assert_eq!(Affine::new(0.0, 0.0), Err(MapError::Scale { value: 0.0 }));
    assert_eq!(Affine::new(f64::INFINITY, 1.0), Err(MapError::Shift { value: f64::INFINITY }));
    assert_eq!(Bend::new(1.5), Err(MapError::Bend { value: 1.5 }));
    assert!(matches!(Bend::new(f64::NAN), Err(MapError::Bend { value }) if value.is_nan()));
    let outside = Pushforward::new(standard(), Quantile::new(standard())).unwrap_err();
    assert!(outside.to_string().contains("(−∞, ∞)") && outside.to_string().contains("(0, 1)"), "{outside}");
    assert!(Affine::new(0.0, 0.0).unwrap_err().to_string().contains("no density"));
}

#[test]
fn events_are_counted_and_too_many_are_refused() {
    let uniform = |n: usize| Finite::new(&vec![1.0 / n as f64; n]).unwrap();
    assert_eq!(largest_disagreement(&uniform(3), &uniform(3)).unwrap().difference, 0.0);
    assert_eq!(
        largest_disagreement(&uniform(21), &uniform(21)),
        Err(EventsError::TooManyPoints { points: 21 })
    );
    assert!(largest_disagreement(&uniform(2), &uniform(3)).is_err());
    assert!(total_variation(&uniform(2), &uniform(3)).is_err());
}
