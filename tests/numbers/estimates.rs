//! Estimates from samples: pooled and running ones against the whole, and what is
//! refused.

use crate::density::ROUNDINGS;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::catalogue::{Kl, ReverseKl};
use vdm::ch02_intractable_densities::{
    Estimate, EstimateError, GridError, ImportanceError, PlugIn, PlugInError, TailError, estimate,
    importance, monte_carlo, running, tail_index, tensor_midpoint,
};
use vdm::density::{Density, DensityError, Finite, Gaussian, StudentT};

fn draws(law: &dyn Density, n: usize) -> Vec<f64> {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    (0..n).map(|_| law.sample(&mut rng)).collect()
}

#[track_caller]
fn check_same(found: &Estimate, due: &Estimate, size: f64) {
    // Each of n values moves the mean by a rounding of its own share.
    let near = ROUNDINGS * size;
    let same = (found.mean - due.mean).abs() <= near
        && (found.standard_error - due.standard_error).abs() <= near
        && found.count == due.count;
    assert!(same, "{found:?}, due {due:?}");
}

#[test]
fn pooled_and_running_estimates_are_those_of_all_values() {
    for (law, shift) in [(Gaussian::new(0.0, 1.0).unwrap(), 0.0), (Gaussian::new(0.0, 1.0).unwrap(), 1e6)] {
        let values: Vec<f64> = draws(&law, 1000).iter().map(|x| x + shift).collect();
        let whole = estimate(&values).unwrap();
        for cut in [2, 3, 500, 998] {
            let (a, b) = (estimate(&values[..cut]).unwrap(), estimate(&values[cut..]).unwrap());
            check_same(&a.merge(&b), &whole, 10.0 + shift);
        }
        let counts = [2, 10, 11 + 3, 700, 1000];
        for (found, n) in running(&values, &counts).unwrap().iter().zip(counts) {
            check_same(found, &estimate(&values[..n]).unwrap(), 10.0 + shift);
        }
    }
}

#[test]
fn large_values_have_means_and_no_nan() {
    let far = estimate(&[1.5e308, 1.7e308, -1.6e308]).unwrap();
    assert!((far.mean / (1.6e308 / 3.0) - 1.0).abs() < 1e-12, "{far:?}");
    assert_eq!(far.standard_error, f64::INFINITY);
    let far = estimate(&[1e200, 1e200, 1e200]).unwrap();
    assert_eq!((far.mean, far.standard_error), (1e200, 0.0));
    assert_eq!(far.band(2.0), (1e200, 1e200));
    assert_eq!(far.variance(), 0.0);
}

#[test]
fn a_mean_without_a_variance_still_settles() {
    let heavy = StudentT::new(3.0, 1.0, 1.5).unwrap();
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let found = monte_carlo(&heavy, 200_000, &mut rng, |x| x).unwrap();
    // A deviation of n^(−1/3)·5 has a chance of a few per cent; the seed is fixed.
    assert!((found.mean - 3.0).abs() < 5.0 * 200_000_f64.powf(-1.0 / 3.0), "{found:?}");
}

#[test]
fn laws_of_one_family_share_their_random_numbers() {
    let signs = |freedom| -> Vec<bool> {
        let law = StudentT::new(0.0, 1.0, freedom).unwrap();
        draws(&law, 100).iter().map(|x| *x > 0.0).collect()
    };
    assert_eq!(signs(1.0), signs(30.0));
    for (freedom, mean, variance) in [(1.0, None, None), (1.5, Some(2.0), None), (4.0, Some(2.0), Some(18.0))]
    {
        let law = StudentT::new(2.0, 3.0, freedom).unwrap();
        assert_eq!((law.mean(), law.variance()), (mean, variance));
    }
    for freedom in [0.0, -1.0, f64::NAN, 2e6, f64::INFINITY] {
        let refused = StudentT::new(0.0, 1.0, freedom).unwrap_err();
        assert!(matches!(refused, DensityError::Freedom { .. }), "{refused:?}");
    }
}

#[test]
fn what_is_refused_says_where() {
    assert_eq!(estimate(&[]), Err(EstimateError::TooFew { count: 0 }));
    assert_eq!(
        estimate(&[1.0, f64::INFINITY]),
        Err(EstimateError::NotFinite { index: 1, value: f64::INFINITY })
    );
    let values = [1.0, 2.0, 3.0, f64::NEG_INFINITY];
    let infinite = EstimateError::NotFinite { index: 3, value: f64::NEG_INFINITY };
    assert_eq!(running(&values, &[2, 4]), Err(infinite));
    for (counts, before, count) in [([2, 3], 2, 3), ([1, 3], 0, 1), ([3, 2], 3, 2), ([2, 9], 2, 9)] {
        assert_eq!(running(&values, &counts), Err(EstimateError::Path { before, count, values: 4 }));
    }
    let unequal = ImportanceError::UnequalLengths { ln_weights: 1, values: 2 };
    assert_eq!(importance(&[0.0], &[1.0, 2.0]), Err(unequal));
    assert_eq!(importance(&[0.0], &[1.0]), Err(ImportanceError::TooFew { count: 1 }));
    let infinite = ImportanceError::NotAWeight { index: 1, value: f64::INFINITY };
    assert_eq!(importance(&[0.0, f64::INFINITY], &[1.0; 2]), Err(infinite));
    let none = importance(&[f64::NEG_INFINITY; 3], &[1.0; 3]);
    assert_eq!(none, Err(ImportanceError::NoWeight { count: 3 }));
    let q = Finite::new(&[0.5, 0.5]).unwrap();
    assert_eq!(PlugIn::new(vec![1], &q), Err(PlugInError::UnequalLengths { counts: 1, points: 2 }));
    assert_eq!(PlugIn::new(vec![1, 0], &q), Err(PlugInError::TooFew { draws: 1 }));
    assert_eq!(tail_index(&[1.0, 2.0], 2), Err(TailError::Count { k: 2, values: 2 }));
    assert_eq!(tail_index(&[0.0, 0.0, 2.0], 1), Err(TailError::Zeros { nonzero: 1 }));
    assert_eq!(tensor_midpoint(0, 3, |_| 1.0), Err(GridError::Empty { dimension: 0, per_axis: 3 }));
    let many = GridError::TooMany { dimension: 784, per_axis: 2 };
    assert_eq!(tensor_midpoint(784, 2, |_| 1.0), Err(many));
    assert!(matches!(tensor_midpoint(1, 2, |_| f64::NAN), Err(GridError::NotFinite { .. })));
}

#[test]
fn importance_and_counts_know_their_extremes() {
    let shifted = importance(&[900.0, 901.0], &[1.0, 3.0]).unwrap();
    let weight = 1.0_f64.exp() / (1.0 + 1.0_f64.exp());
    assert!((shifted.self_normalised.mean - (1.0 + 2.0 * weight)).abs() < 1e-12);
    assert!(shifted.self_normalised.standard_error > 0.0 && shifted.effective_sample_size < 2.0);
    let q = Finite::new(&[0.25, 0.25, 0.5]).unwrap();
    let counted = PlugIn::new(vec![3, 1, 0], &q).unwrap();
    // A point that was never drawn: f(0) = ∞, with and without a correction.
    assert_eq!(counted.divergence(&ReverseKl), f64::INFINITY);
    assert_eq!(counted.jackknifed(&ReverseKl), f64::INFINITY);
    assert!(counted.jackknifed(&Kl) < counted.divergence(&Kl));
    assert_eq!(counted.bias_of_kl(), 1.0 / 8.0);
}
