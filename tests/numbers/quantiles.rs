//! Quantiles at the smallest probabilities, where parts answer ±∞ or underflow.

use crate::density::{all_laws, law};
use std::sync::Arc;
use vdm::density::{Density, Mixture};

/// The smallest probabilities there are, and what a tail at them amounts to.
const TINY: [f64; 5] = [5e-324, 1e-310, 2e-308, 1e-305, 1e-299];

#[test]
fn the_smallest_probabilities_have_quantiles() {
    let mut laws = all_laws();
    // Parts whose answers are −∞ and −37.6, and 600 orders of magnitude apart.
    for scale in [1.0, 1e-300, 1e300] {
        let parts = vec![(0.5, law("cauchy", &[0.0, scale])), (0.5, law("gaussian", &[0.0, 1.0]))];
        laws.push(Arc::new(Mixture::new(parts).unwrap()));
    }
    for law in laws {
        for p in TINY {
            let (x, y) = (law.quantile(p).unwrap(), law.upper_quantile(p).unwrap());
            assert!(!x.is_nan() && !y.is_nan() && x < y, "{law:?} at {p:e}: {x:e}, {y:e}");
            // What is left beyond is at most p, in units of the last place of p and x.
            let step = |x: f64| if x.is_finite() { x.abs() * law.ln_density(x).exp() } else { 0.0 };
            let near = |x: f64| 1e-12 * p + 4.0 * f64::EPSILON * step(x) + 5e-324;
            let (below, above) = (law.cdf(x) - p, law.survival(y) - p);
            // Heavy tails reach past the largest number: there is no x to compare.
            let overflows = |x: f64| x.abs() > 1e307;
            assert!(overflows(x) || below.abs() <= near(x), "{law:?} at {p:e}: {x:e}, off by {below:e}");
            assert!(overflows(y) || above.abs() <= near(y), "{law:?} at {p:e}: {y:e}, off by {above:e}");
        }
    }
}

#[test]
fn minus_zero_is_the_probability_zero() {
    for law in all_laws() {
        assert_eq!(law.quantile(-0.0), law.quantile(0.0), "{law:?}");
        assert_eq!(law.upper_quantile(-0.0), law.upper_quantile(0.0), "{law:?}");
    }
}
