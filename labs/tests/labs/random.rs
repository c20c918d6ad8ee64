//! The draws against their laws.
//!
//! A million draws of one seed; every limit is four or five standard errors of what is
//! measured, or Kolmogorov's at a confidence of 99.99 %.

use labs::random::{Random, Stream};

const COUNT: usize = 1_000_000;

fn normals() -> Vec<f64> {
    Random::new(11, Stream::Evaluation).normals(COUNT).into_iter().map(f64::from).collect()
}

fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.sum::<f64>() / COUNT as f64
}

/// max |F̂ − F|·√n, which exceeds 2.23 once in ten thousand times.
fn kolmogorov(mut numbers: Vec<f64>, law: impl Fn(f64) -> f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let n = numbers.len() as f64;
    let gap = |(at, x): (usize, &f64)| {
        let p = law(*x);
        (p - at as f64 / n).abs().max((p - (at as f64 + 1.0) / n).abs())
    };
    numbers.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
}

#[test]
fn normals_are_normal() {
    let z = normals();
    let standard_error = 1e-3;
    // Moments 1 to 4 of N(0, 1), whose estimates have variances 1, 2, 15 and 96.
    for (power, truth, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0_f64)] {
        let moment = mean(z.iter().map(|z| z.powi(power)));
        let limit = 4.0 * standard_error * variance.sqrt();
        assert!((moment - truth).abs() < limit, "moment {power}: {moment}");
    }
    let distance = kolmogorov(z.clone(), |x| 0.5 * libm::erfc(-x / std::f64::consts::SQRT_2));
    assert!(distance < 2.23, "Kolmogorov's distance: {distance}");
    // Beyond 4: a share of 6.334e-5, so 63 of a million, give or take 8.
    let far = z.iter().filter(|z| z.abs() > 4.0).count();
    assert!((32..=95).contains(&far), "{far} draws beyond 4");
}

#[test]
fn normals_do_not_know_of_each_other() {
    let z = normals();
    // The two of a pair lie 32 apart; neighbours, blocks and what is near them besides. The
    // squares too: a pair shares its radius.
    for lag in [1, 2, 31, 32, 33, 63, 64, 65, 128] {
        let pairs = || z.iter().zip(&z[lag..]);
        let product = pairs().map(|(a, b)| a * b).sum::<f64>() / COUNT as f64;
        assert!(product.abs() < 5e-3, "lag {lag}: {product}");
        let squares = pairs().map(|(a, b)| (a * a - 1.0) * (b * b - 1.0)).sum::<f64>() / COUNT as f64;
        assert!(squares.abs() < 1e-2, "squares at lag {lag}: {squares}");
    }
}

#[test]
fn uniforms_and_indices_are_uniform() {
    let mut random = Random::new(12, Stream::Evaluation);
    let u: Vec<f64> = random.uniforms(COUNT).into_iter().map(f64::from).collect();
    assert!(u.iter().all(|u| (0.0..1.0).contains(u)));
    let distance = kolmogorov(u, |x| x);
    assert!(distance < 2.23, "Kolmogorov's distance: {distance}");
    let mut counts = [0_u32; 7];
    random.indices(COUNT, 7).into_iter().for_each(|index| counts[index] += 1);
    // Binomial with a deviation of 350.
    for count in counts {
        assert!((f64::from(count) - COUNT as f64 / 7.0).abs() < 5.0 * 350.0, "{counts:?}");
    }
}

#[test]
fn a_place_is_kept_between_any_two_draws() {
    let mut random = Random::new(13, Stream::Training);
    random.normals(5);
    let place = random.place();
    let rest = (random.uniforms(3), random.indices(70, 9), random.normals(100));
    let mut again = Random::at(&place);
    assert_eq!(rest, (again.uniforms(3), again.indices(70, 9), again.normals(100)));
    // The first of more draws are the draws of fewer.
    let (mut few, mut many) = (Random::at(&place), Random::at(&place));
    assert_eq!(few.normals(70)[..], many.normals(128)[..70]);
}
