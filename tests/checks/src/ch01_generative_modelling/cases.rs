//! Generators that the checks of this chapter share, with their inverse and slope by
//! hand, and the distribution function of what they make.

use crate::Broken;
use crate::check::agree;
use crate::tolerance::{self, EPS};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::Interval;
use vdm::density::{Density, Gaussian};

/// A strictly monotone generator, worked out by hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) g: fn(f64) -> f64,
    pub(super) preimage: fn(f64) -> Option<f64>,
    pub(super) slope: fn(f64) -> f64,
    pub(super) increasing: bool,
    pub(super) image: Interval,
}

const POSITIVE: Interval = Interval::open(0.0, f64::INFINITY);

/// Increasing ones first.
pub(super) const CASES: [Case; 6] = [
    Case {
        name: "g(z) = 1 + 2z",
        g: |z| 1.0 + 2.0 * z,
        preimage: |x| Some((x - 1.0) / 2.0),
        slope: |_| 2.0,
        increasing: true,
        image: Interval::REAL,
    },
    Case {
        name: "g(z) = e^z",
        g: f64::exp,
        preimage: |x| if x > 0.0 { Some(x.ln()) } else { None },
        slope: f64::exp,
        increasing: true,
        image: POSITIVE,
    },
    Case {
        name: "g(z) = sinh z",
        g: f64::sinh,
        preimage: |x| Some(x.asinh()),
        slope: f64::cosh,
        increasing: true,
        image: Interval::REAL,
    },
    Case {
        name: "g(z) = 1 − 3z",
        g: |z| 1.0 - 3.0 * z,
        preimage: |x| Some((1.0 - x) / 3.0),
        slope: |_| -3.0,
        increasing: false,
        image: Interval::REAL,
    },
    Case {
        name: "g(z) = e^{−z/2}",
        g: |z| (-z / 2.0).exp(),
        preimage: |x| if x > 0.0 { Some(-2.0 * x.ln()) } else { None },
        slope: |z| -0.5 * (-z / 2.0).exp(),
        increasing: false,
        image: POSITIVE,
    },
    Case {
        name: "g(z) = −sinh(z)/4",
        g: |z| -z.sinh() / 4.0,
        preimage: |x| Some((-4.0 * x).asinh()),
        slope: |z| -z.cosh() / 4.0,
        increasing: false,
        image: Interval::REAL,
    },
];

/// How many of them increase.
pub(super) const INCREASING: usize = 3;

/// The noise N(½, 1): not symmetric about 0, so that a mirrored answer shows.
pub(super) fn noise() -> Gaussian {
    Gaussian::new(0.5, 1.0).unwrap_or_else(|why| unreachable!("{why}"))
}

/// Seeded randomness; each check has a seed of its own.
pub(super) fn random(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

impl Case {
    /// P[g(z) ≤ x], from the noise's tails alone.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        match (self.preimage)(x) {
            Some(z) if self.increasing => noise().cdf(z),
            Some(z) => noise().survival(z),
            None => 0.0, // the images here that end, end below
        }
    }

    /// The density at g(z), from differences of the distribution function.
    pub(super) fn density_by_differences(&self, z: f64) -> Slope {
        let reach = (self.slope)(z).abs() / 128.0;
        slope_by_differences(|x| self.cdf(x), (self.g)(z), reach)
    }
}

/// A slope found by differences, and how far it may be off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slope {
    pub(super) value: f64,
    pub(super) error: f64,
}

/// F′(x) from central differences with steps h and 2h, extrapolated to h = 0. What the
/// smaller step errs by is about a third of the difference of the two, and of that the
/// extrapolation removes all but the next order; two values of F near 1 are rounded by
/// ε each.
pub(super) fn slope_by_differences(f: impl Fn(f64) -> f64, x: f64, h: f64) -> Slope {
    let central = |h: f64| (f(x + h) - f(x - h)) / (2.0 * h);
    let (fine, coarse) = (central(h), central(2.0 * h));
    // x ± h is rounded too, which moves the place by ε·|x|.
    let rounding = 4.0 * EPS * (1.0 + x.abs() * fine.abs()) / h;
    Slope { value: fine + (fine - coarse) / 3.0, error: (fine - coarse).abs() / 3.0 + rounding }
}

/// Are these samples of the law with this distribution function? By the greatest
/// distance of the empirical one from it (Kolmogorov and Smirnov).
pub(super) fn of_law(name: &str, samples: &[f64], cdf: impl Fn(f64) -> f64) -> Result<f64, Box<Broken>> {
    let n = samples.len();
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut worst = (0.0, f64::NAN);
    for (i, &x) in sorted.iter().enumerate() {
        let (below, above) = (i as f64 / n as f64, (i + 1) as f64 / n as f64);
        let due = cdf(x);
        let off = (due - below).max(above - due);
        if off.is_nan() || off > worst.0 {
            worst = (off, x);
        }
        if off.is_nan() {
            break;
        }
    }
    let (off, x) = worst;
    let due = cdf(x);
    agree(
        format!("{name}, the share of {n} samples up to x = {x:.4}"),
        due,
        due + off,
        tolerance::of_distribution(n),
    )
}
