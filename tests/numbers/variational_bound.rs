//! The variational bound: ends, errors, and values that no check of an exercise reaches.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vdm::catalogue::{FganJs, Jeffreys, Kl, PearsonChi2, ReverseKl, TotalVariation};
use vdm::ch02_intractable_densities::EstimateError;
use vdm::ch04_variational_bound::{
    Bins, BinsError, BoundError, EmpiricalBound, affine_pearson, bound_finite, bound_on_line,
    optimal_critic_finite, project,
};
use vdm::density::{Density, Finite, Gaussian, Uniform};
use vdm::divergence::between_finite;

fn law(masses: &[f64]) -> Finite {
    Finite::new(masses).expect("a law")
}

fn gaussian(mean: f64, deviation: f64) -> Gaussian {
    Gaussian::new(mean, deviation).expect("a law")
}

#[test]
fn infinite_divergences_are_reached_too() {
    let (p, q) = (law(&[0.0, 0.5, 0.5]), law(&[0.5, 0.5, 0.0]));
    let members: [&dyn vdm::Divergence; 3] = [&Kl, &ReverseKl, &Jeffreys];
    for f in members {
        let best = optimal_critic_finite(f, &p, &q).expect("same points");
        let reached = bound_finite(f, &p, &q, &best);
        assert_eq!(reached, Ok(f64::INFINITY), "{}", f.name());
        assert_eq!(between_finite(f, &p, &q), Ok(f64::INFINITY), "{}", f.name());
    }
}

#[test]
fn what_cannot_be_said_is_an_error_that_says_so() {
    let (p, q) = (law(&[0.5, 0.5]), law(&[0.25, 0.75]));
    let lengths = bound_finite(&Kl, &p, &q, &[1.0]);
    assert_eq!(lengths, Err(BoundError::UnequalLengths { what: "the critic", expected: 2, found: 1 }));
    assert_eq!(bound_finite(&Kl, &p, &q, &[1.0, f64::NAN]), Err(BoundError::Critic { index: 1 }));
    // E_p T = −∞, and for reverse KL, whose f*(−∞) is −∞, E_q f*(T) as well.
    for f in [&ReverseKl as &dyn vdm::Divergence, &Kl] {
        let bound = bound_finite(f, &p, &q, &[f64::NEG_INFINITY, -1.0]);
        assert_eq!(bound, Ok(f64::NEG_INFINITY), "{}", f.name());
    }
    let told = BoundError::NotAttained { mean: 2.0, largest: 2.0 }.to_string();
    assert!(told.contains("drop that feature"), "{told}");
}

#[test]
fn a_projection_that_does_not_exist_is_refused() {
    let q = law(&[0.25, 0.25, 0.5]);
    let phi = vec![vec![0.0, 1.0, 2.0]];
    // P sits on the end of what Q reaches: w would be ∞.
    assert!(matches!(project(&law(&[0.0, 0.0, 1.0]), &q, &phi), Err(BoundError::NotAttained { .. })));
    // Q does not vary φ at all, and P has another mean.
    let dead = project(&law(&[0.5, 0.5]), &law(&[1.0, 0.0]), &[vec![0.0, 1.0]]);
    assert!(matches!(dead, Err(BoundError::NotAttained { .. })), "{dead:?}");
    let infinite = project(&law(&[0.5, 0.5]), &law(&[0.5, 0.5]), &[vec![0.0, f64::INFINITY]]);
    assert!(matches!(infinite, Err(BoundError::Feature { feature: 0, index: 1, .. })), "{infinite:?}");
    // Constant and repeated features add nothing and do no harm.
    let p = law(&[0.1, 0.3, 0.6]);
    let one = project(&p, &q, &phi).expect("it exists");
    let many = project(&p, &q, &[phi[0].clone(), vec![5.0; 3], vec![1.0, 3.0, 5.0]]).expect("it exists");
    assert!((one.bound - many.bound).abs() < 1e-14, "{one:?} {many:?}");
    // No feature at all sees nothing.
    assert_eq!(project(&p, &q, &[]).map(|none| none.bound), Ok(0.0));
    // All indicators see everything.
    let indicators: Vec<Vec<f64>> =
        (0..3).map(|i| (0..3).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let all = project(&p, &q, &indicators).expect("it exists");
    assert!((all.bound - between_finite(&Kl, &p, &q).expect("same points")).abs() < 1e-14);
}

#[test]
fn affine_pearson_stays_accurate_far_from_zero() {
    let (p, q) = (law(&[0.2, 0.3, 0.5]), law(&[0.4, 0.4, 0.2]));
    let near = affine_pearson(&p, &q, &[0.0, 1.0, 3.0]).expect("finite features");
    let far = affine_pearson(&p, &q, &[1e9, 1e9 + 1.0, 1e9 + 3.0]).expect("finite features");
    // Means of numbers near 1e9 are right to about 1e-7.
    assert!((near - far).abs() < 1e-6 * near, "{near} {far}");
}

#[test]
fn the_bound_on_the_line_meets_its_ends() {
    let (p, q) = (gaussian(1.0, 1.0), gaussian(0.0, 1.0));
    let outside = bound_on_line(&TotalVariation, &p, &q, |x| x, &[]).expect("a value");
    assert_eq!((outside.value, outside.error), (f64::NEG_INFINITY, 0.0));
    // Disjoint supports: TV is 1, with the critic that tells them apart.
    let (left, right) = (Uniform::new(0.0, 1.0).expect("a law"), Uniform::new(1.0, 2.0).expect("a law"));
    let apart = bound_on_line(&TotalVariation, &left, &right, |x| if x < 1.0 { 0.5 } else { -0.5 }, &[1.0]);
    assert!(apart.is_ok_and(|found| (found.value - 1.0).abs() <= found.error + 1e-15));
    // χ² of N(0, 3²) from N(0, 1) is infinite, and at its optimal critic ∞ − ∞.
    let (wide, q) = (gaussian(0.0, 3.0), gaussian(0.0, 1.0));
    let ratio = |x: f64| (wide.ln_density(x) - q.ln_density(x)).exp();
    assert!(bound_on_line(&PearsonChi2, &wide, &q, |x| 2.0 * (ratio(x) - 1.0), &[]).is_err());
}

#[test]
fn bins_say_what_is_wrong_with_them() {
    assert_eq!(Bins::equal(0.0, 1.0, 0), Err(BinsError::None));
    assert_eq!(Bins::new(vec![0.0, 0.0]), Err(BinsError::Edge { index: 1, value: 0.0 }));
    assert_eq!(Bins::new(vec![f64::INFINITY]), Err(BinsError::Edge { index: 0, value: f64::INFINITY }));
    let bins = Bins::equal(0.0, 3.0, 3).expect("bins");
    assert_eq!([-9.0, 0.5, 1.0, 1.5, 2.0, 9.0].map(|x| bins.bin(x)), [0, 0, 1, 1, 2, 2]);
    // Far in both tails the masses keep their digits.
    let far = Bins::new(vec![-12.0, -11.0, 11.0, 12.0]).expect("bins").masses(&gaussian(0.0, 1.0));
    assert!((far[1] / far[3] - 1.0).abs() < 1e-12 && far[3] > 0.0, "{far:?}");
}

#[test]
fn samples_need_finite_values() {
    let few = EmpiricalBound::from_values(&Kl, &[1.0], &[1.0, 2.0]);
    assert_eq!(few, Err(EstimateError::TooFew { count: 1 }));
    let outside = EmpiricalBound::from_values(&FganJs, &[0.1, 0.2], &[0.5, 0.9]);
    assert_eq!(outside, Err(EstimateError::NotFinite { index: 1, value: f64::INFINITY }));
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let (p, q) = (gaussian(1.0, 1.0), gaussian(0.0, 1.0));
    let outside = EmpiricalBound::from_draws(&FganJs, |x| x, &p, &q, 5_000, &mut rng);
    assert!(matches!(outside, Err(EstimateError::NotFinite { .. })), "{outside:?}");
    assert!(EmpiricalBound::from_draws(&Kl, |x| x, &p, &q, 1, &mut rng).is_err());
}

#[test]
fn chunks_and_one_piece_agree() {
    // The same draws, taken by the law at once: a chunk is a call of its own.
    let (p, q) = (gaussian(1.0, 1.0), gaussian(0.0, 1.0));
    let drawn =
        EmpiricalBound::from_draws(&Kl, |x| x + 0.5, &p, &q, 2_048, &mut ChaCha8Rng::seed_from_u64(9));
    let mut rng = ChaCha8Rng::seed_from_u64(9);
    let mut values = |law: &Gaussian| {
        let mut draws = vec![0.0; 2_048];
        law.sample_each(&mut rng, &mut draws);
        draws.iter().map(|x| x + 0.5).collect::<Vec<f64>>()
    };
    let (on_p, on_q) = (values(&p), values(&q));
    let whole = EmpiricalBound::from_values(&Kl, &on_p, &on_q).expect("finite");
    let drawn = drawn.expect("finite");
    assert!((drawn.value - whole.value).abs() < 1e-13, "{drawn:?} {whole:?}");
    assert!((drawn.standard_error / whole.standard_error - 1.0).abs() < 1e-12);
}
