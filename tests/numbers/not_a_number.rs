//! NaN in gives NaN or an error, never a plausible number; −0 is 0; and no number,
//! however extreme, gives NaN.

use crate::density::all_laws;
use std::sync::Arc;
use vdm::catalogue::{self, Alpha, JsWeighted};
use vdm::density::DensityError;
use vdm::divergence::{Scaled, Shifted, Symmetrised};
use vdm::{Divergence, Interval, special};

type Member = Arc<dyn Divergence>;
type Method = fn(&Member, f64) -> f64;

/// Every method of a divergence from a number to a number.
const METHODS: [(&str, Method); 10] = [
    ("generator", |f, u| f.generator(u)),
    ("generator_log", |f, l| f.generator_log(l)),
    ("ln_centred", |f, l| f.ln_centred(l)),
    ("ln_centred_over_u", |f, l| f.ln_centred_over_u(l)),
    ("conjugate", |f, t| f.conjugate(t)),
    ("printed_conjugate", |f, t| f.printed_conjugate(t)),
    ("optimal_critic", |f, l| f.optimal_critic(l)),
    ("conjugate_of_optimal_critic", |f, l| f.conjugate_of_optimal_critic(l)),
    ("output_activation", |f, v| f.output_activation(v)),
    ("conjugate_of_activation", |f, v| f.conjugate_of_activation(v)),
];

type Slopes = fn(&Member, f64) -> Interval;

const INTERVALS: [(&str, Slopes); 2] = [
    ("subdifferential", |f, u| f.subdifferential(u)),
    ("conjugate_subdifferential", |f, t| f.conjugate_subdifferential(t)),
];

/// What of a member takes NaN for a number.
fn takes_nan(f: &Member) -> Vec<&'static str> {
    let numbers = METHODS.iter().filter(|(_, method)| !method(f, f64::NAN).is_nan());
    let is_nan = |i: Interval| i.low().is_nan() && i.high().is_nan();
    let intervals = INTERVALS.iter().filter(|(_, method)| !is_nan(method(f, f64::NAN)));
    numbers.map(|(name, _)| *name).chain(intervals.map(|(name, _)| *name)).collect()
}

#[test]
fn a_divergence_gives_nan_for_nan() {
    let mut failures = Vec::new();
    for f in catalogue::all() {
        let broken = takes_nan(&f);
        if !broken.is_empty() {
            failures.push(format!("{}: {}", f.name(), broken.join(", ")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_divergence_takes_minus_zero_for_zero() {
    for f in catalogue::all() {
        for (name, method) in METHODS {
            assert_eq!(method(&f, -0.0), method(&f, 0.0), "{} of {}", name, f.name());
        }
        for (name, method) in INTERVALS {
            assert_eq!(method(&f, -0.0), method(&f, 0.0), "{} of {}", name, f.name());
        }
    }
}

#[test]
fn a_law_gives_nan_or_an_error_for_nan() {
    for law in all_laws() {
        for (name, value) in [
            ("ln_density", law.ln_density(f64::NAN)),
            ("cdf", law.cdf(f64::NAN)),
            ("survival", law.survival(f64::NAN)),
        ] {
            assert!(value.is_nan(), "{name} of {law:?} at NaN: {value}");
        }
        for answer in [law.quantile(f64::NAN), law.upper_quantile(f64::NAN)] {
            assert!(matches!(answer, Err(DensityError::Probability { value }) if value.is_nan()), "{law:?}");
        }
    }
}

#[test]
fn a_law_takes_minus_zero_for_zero() {
    for law in all_laws() {
        assert_eq!(law.ln_density(-0.0), law.ln_density(0.0), "{law:?}");
        assert_eq!((law.cdf(-0.0), law.survival(-0.0)), (law.cdf(0.0), law.survival(0.0)), "{law:?}");
    }
}

#[test]
fn special_functions_give_nan_for_nan() {
    type Function = (&'static str, fn(f64) -> f64);
    let functions: [Function; 10] = [
        ("softplus", special::softplus),
        ("ln_softplus", special::ln_softplus),
        ("ln_one_minus_exp_neg", special::ln_one_minus_exp_neg),
        ("ln_abs_exp_m1", special::ln_abs_exp_m1),
        ("ln_cosh", special::ln_cosh),
        ("ln_mixture", |x| special::ln_mixture(0.5, 0.5, x)),
        ("exp_remainder", special::exp_remainder),
        ("ln_exp_remainder", special::ln_exp_remainder),
        ("ln_exp_remainder_scaled", special::ln_exp_remainder_scaled),
        ("wright_omega", special::wright_omega),
    ];
    for (name, f) in functions {
        assert!(f(f64::NAN).is_nan(), "{name}");
        assert_eq!(f(-0.0), f(0.0), "{name} at −0");
    }
    for other in [f64::INFINITY, f64::NEG_INFINITY, 0.0, f64::NAN] {
        assert!(special::log_add_exp(other, f64::NAN).is_nan(), "log_add_exp({other}, NaN)");
        assert!(special::log_add_exp(f64::NAN, other).is_nan(), "log_add_exp(NaN, {other})");
    }
}

/// Families at the ends of their parameters.
fn extreme() -> Vec<Member> {
    let mut members: Vec<Member> = Vec::new();
    for size in [1e-300, 1e-17, 1e-9, 30.0, 1e5, 1e155, 1e300, f64::MAX] {
        for alpha in [size, -size, 1.0 + size, 1.0 - size] {
            members.extend(Alpha::new(alpha).map(|f| Arc::new(f) as Member));
        }
        members.extend(JsWeighted::new(size).map(|f| Arc::new(f) as Member));
        members.extend(JsWeighted::new(1.0 - size).map(|f| Arc::new(f) as Member));
        members.extend(Scaled::new(size, catalogue::Kl).map(|f| Arc::new(f) as Member));
        members.extend(Scaled::new(size, catalogue::TotalVariation).map(|f| Arc::new(f) as Member));
        members.extend(Shifted::new(-size, catalogue::Gan).map(|f| Arc::new(f) as Member));
    }
    members.push(Arc::new(Symmetrised::new(catalogue::ModifiedGan)));
    members
}

#[test]
fn no_parameter_and_no_number_gives_nan() {
    let sizes = [0.0, 1e-320, 1e-300, 1e-17, 0.25, 0.5, 1.0, 3.0, 700.0, 1e4, 1e17, 1e155, 1e300, f64::MAX];
    let mut failures = Vec::new();
    for f in extreme().into_iter().chain(catalogue::all()) {
        for size in sizes {
            for x in [size, -size] {
                for (name, method) in METHODS {
                    if method(&f, x).is_nan() {
                        failures.push(format!("{name} of {} at {x:e}", f.name()));
                    }
                }
                for (name, method) in INTERVALS {
                    let slopes = method(&f, x);
                    if slopes.low().is_nan() || slopes.high().is_nan() {
                        failures.push(format!("{name} of {} at {x:e}", f.name()));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of them:\n{}", failures.len(), failures.join("\n"));
}

/// Not NaN is not enough: near α = 0 and 1 the family is all but reverse KL and KL.
#[test]
fn alpha_reaches_its_limits() {
    for step in [1e-300, 1e-17, 1e-12] {
        for l in [-1e4, -30.0, -0.5, -1e-3, 1e-3, 0.5, 30.0] {
            for (name, alpha) in [("reverse_kl", step), ("reverse_kl", -step)] {
                let limit = catalogue::find(name).unwrap().ln_centred(l);
                let got = Alpha::new(alpha).unwrap().ln_centred(l);
                // f moves by about α·l of itself.
                let near = 1e-13 * (1.0 + limit.abs()) + 2.0 * step * l.abs();
                assert!((got - limit).abs() <= near, "α = {alpha:e} at {l}: {got}, limit {limit}");
            }
        }
    }
}

/// A copy of KL that takes NaN for a number, as `f64::max` does.
#[test]
fn planted_mistakes_are_caught() {
    use checks::laws::planted::Planted;
    let clipped = Planted::on(catalogue::Kl).conjugate(|t| (t.max(-1e4) - 1.0).exp()).finish();
    assert_eq!(takes_nan(&clipped), ["conjugate"]);
    let branched = Planted::on(catalogue::ReverseKl)
        .conjugate_subdifferential(|t| Interval::point(if t < 0.0 { -1.0 / t } else { f64::INFINITY }))
        .finish();
    assert_eq!(takes_nan(&branched), ["conjugate_subdifferential"]);
}
