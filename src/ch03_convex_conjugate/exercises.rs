//! The exercises of chapter 3 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

use vdm::special::exp_remainder;

// EXERCISE 3.1
/// f\*(t) for the generator of KL, f(u) = u log u on u ≥ 0.
///
/// `t` is any slope, ±∞ included; the value is finite for each real one, unless it
/// is too large for an f64.
// SOLUTION
///
/// f\*(t) = e^{t−1}, attained at u = e^{t−1}.
// END
pub fn conjugate_of_kl(t: f64) -> f64 {
    // SOLUTION
    (t - 1.0).exp()
    // END
}

// EXERCISE 3.2
/// f\*(t) for the generator of reverse KL, f(u) = −log u on u > 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
// SOLUTION
///
/// f\*(t) = −1 − log(−t) for t < 0, attained at u = −1/t; +∞ for t ≥ 0.
// END
pub fn conjugate_of_reverse_kl(t: f64) -> f64 {
    // SOLUTION
    if t >= 0.0 { f64::INFINITY } else { -1.0 - (-t).ln() }
    // END
}

// EXERCISE 3.3
/// f\*(t) for the generator of total variation, f(u) = ½|u − 1| on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
// SOLUTION
///
/// f\*(t) = max(t, −½) for t ≤ ½; +∞ beyond. Below −½ the supremum sits at u = 0.
// END
pub fn conjugate_of_total_variation(t: f64) -> f64 {
    // SOLUTION
    if t > 0.5 {
        f64::INFINITY
    } else if t < -0.5 {
        -0.5
    } else {
        t
    }
    // END
}

// EXERCISE 3.4
/// f\*(t) for the generator of Pearson's χ², f(u) = (u − 1)² on u ≥ 0.
///
/// `t` is any slope, ±∞ included; the value is finite for each real one, unless it
/// is too large for an f64.
// SOLUTION
///
/// f\*(t) = t²/4 + t for t ≥ −2 and −1 below, where the supremum sits at u = 0.
// END
pub fn conjugate_of_pearson(t: f64) -> f64 {
    // SOLUTION
    if t < -2.0 { -1.0 } else { t * (t / 4.0 + 1.0) }
    // END
}

// EXERCISE 3.5
/// f\*(t) for the generator of the f-GAN paper's Jensen–Shannon divergence,
/// f(u) = u log u − (u + 1) log((u + 1)/2) on u ≥ 0.
///
/// `t` is any slope, ±∞ included. The value is +∞ (`f64::INFINITY`) outside dom f\*.
/// Near t = 0, where f\*(t) ≈ t, it keeps full relative accuracy.
// SOLUTION
///
/// f\*(t) = −log(2 − e^t) for t < log 2; +∞ from there on. 2 − e^t = 1 − (e^t − 1).
// END
pub fn conjugate_of_js(t: f64) -> f64 {
    // SOLUTION
    if t >= std::f64::consts::LN_2 { f64::INFINITY } else { -(-t.exp_m1()).ln_1p() }
    // END
}

// EXERCISE 3.6
/// The u at which the supremum of f\*(t) is attained, for the generator of 3.5:
/// where f(u) + f\*(t) = u·t.
///
/// `t` < log 2, the interior of dom f\*.
// SOLUTION
///
/// (f\*)′(t) = e^t / (2 − e^t), the inverse of f′(u) = log(2u/(1 + u)).
// END
pub fn touching_point_of_js(t: f64) -> f64 {
    // SOLUTION
    t.exp() / (1.0 - t.exp_m1())
    // END
}

// EXERCISE 3.7
/// The gap f(u) + f\*(t) − u·t ≥ 0 of the Fenchel–Young inequality for KL.
///
/// `u` ≥ 0 and any real `t`. It is 0 where t = 1 + log u, never negative, and
/// accurate near there, where the three terms cancel.
// SOLUTION
///
/// With d = t − 1 − log u the gap is u·(e^d − 1 − d); at u = 0 it is e^{t−1}.
// END
pub fn fenchel_young_gap_of_kl(u: f64, t: f64) -> f64 {
    // SOLUTION
    if u == 0.0 {
        return (t - 1.0).exp();
    }
    u * exp_remainder(t - 1.0 - u.ln())
    // END
}

// EXERCISE 3.8
/// The conjugate at `t` of u ↦ a·f(u) + c·(u − 1), from the `conjugate` f\* of f.
///
/// `a` > 0 and any real `c`. A divergence scaled by a and shifted by a multiple
/// of u − 1 needs no new calculation.
// SOLUTION
///
/// a·f\*((t − c)/a) + c.
// END
pub fn conjugate_of_scaled_and_shifted(conjugate: &dyn Fn(f64) -> f64, a: f64, c: f64, t: f64) -> f64 {
    // SOLUTION
    a * conjugate((t - c) / a) + c
    // END
}

// EXERCISE 3.9
/// The conjugate at `t` of the samples fs\[i\] = f(us\[i\]): the largest
/// t·us\[i\] − fs\[i\].
///
/// `us` and `fs` have the same length; without samples the supremum is −∞.
// SOLUTION
///
/// A supremum over fewer points: never above f\*(t).
// END
pub fn grid_conjugate(us: &[f64], fs: &[f64], t: f64) -> f64 {
    // SOLUTION
    us.iter().zip(fs).map(|(u, f)| t * u - f).fold(f64::NEG_INFINITY, f64::max)
    // END
}

// EXERCISE 3.10
/// The indices of the samples (us\[i\], fs\[i\]) on their lower convex hull, from
/// left to right.
///
/// `us` increases strictly; both slices are finite and of the same length; without
/// samples the hull is empty. Takes time linear in that length, so that ten million
/// samples are no trouble.
// SOLUTION
///
/// Andrew's monotone chain: a point goes as soon as it lies on or above the
/// segment between its neighbours.
// END
pub fn lower_hull(us: &[f64], fs: &[f64]) -> Vec<usize> {
    // SOLUTION
    let mut hull: Vec<usize> = Vec::with_capacity(us.len());
    for c in 0..us.len() {
        while let [.., a, b] = hull[..] {
            let step = |from: usize, to: usize| (us[to] - us[from], fs[to] - fs[from]);
            if vdm::special::slope_is_less(step(a, b), step(b, c)) {
                break;
            }
            hull.pop();
        }
        hull.push(c);
    }
    hull
    // END
}

// EXERCISE 3.11
/// The conjugate of the samples at each of the `slopes`, in one sweep.
///
/// `hull` holds the indices of the lower convex hull, `slopes` increases. Takes
/// time linear in the number of hull points and slopes together. Without samples
/// each value is −∞.
// SOLUTION
///
/// The maximiser moves to the right as the slope grows, so it is never looked for
/// on its left again.
// END
pub fn legendre(us: &[f64], fs: &[f64], hull: &[usize], slopes: &[f64]) -> Vec<f64> {
    // SOLUTION
    let Some((&first, mut ahead)) = hull.split_first() else {
        return vec![f64::NEG_INFINITY; slopes.len()];
    };
    let (mut u, mut f) = (us[first], fs[first]);
    slopes
        .iter()
        .map(|t| {
            while let [next, rest @ ..] = ahead {
                if fs[*next] - f > t * (us[*next] - u) {
                    break;
                }
                (u, f, ahead) = (us[*next], fs[*next], rest);
            }
            t * u - f
        })
        .collect()
    // END
}

// EXERCISE 3.12
/// The biconjugate f\*\* of the samples, at each of the us\[i\]: the largest
/// convex function that lies nowhere above them.
///
/// `us` increases strictly; both slices are finite and of the same length; without
/// samples there are no values.
// SOLUTION
///
/// The lower convex hull, interpolated linearly between its points.
// END
pub fn grid_biconjugate(us: &[f64], fs: &[f64]) -> Vec<f64> {
    // SOLUTION
    let mut envelope = fs.to_vec();
    for corner in lower_hull(us, fs).windows(2) {
        let (a, b) = (corner[0], corner[1]);
        for i in a + 1..b {
            let share = (us[i] - us[a]) / (us[b] - us[a]);
            envelope[i] = (fs[a] + share * (fs[b] - fs[a])).min(fs[i]);
        }
    }
    envelope
    // END
}
