//! The exercises of chapter 1 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

use vdm::Divergence;

// EXERCISE 1.1
/// `n` samples of the model: of the law of g(z), where z is noise.
///
/// Each call of `noise` draws a fresh z. `g` is the generator.
// SOLUTION
///
/// Draw z, send it through g; one draw a sample, in order.
// END
pub fn sample_generator(noise: &mut dyn FnMut() -> f64, g: &dyn Fn(f64) -> f64, n: usize) -> Vec<f64> {
    // SOLUTION
    (0..n).map(|_| g(noise())).collect()
    // END
}

// EXERCISE 1.2
/// log p_θ(x): the log-density at `x` of g(z), for a strictly monotone generator g.
///
/// `ln_density` is the log-density of the noise z, `slope` is g′, which may be
/// negative but is never 0. `preimage` gives the z with g(z) = x, or `None` where g
/// never takes the value x; there the result is −∞.
// SOLUTION
///
/// log p(z) − log|g′(z)| at the z with g(z) = x.
// END
pub fn ln_density_of_generator(
    ln_density: &dyn Fn(f64) -> f64,
    preimage: &dyn Fn(f64) -> Option<f64>,
    slope: &dyn Fn(f64) -> f64,
    x: f64,
) -> f64 {
    // SOLUTION
    match preimage(x) {
        Some(z) => ln_density(z) - slope(z).abs().ln(),
        None => f64::NEG_INFINITY,
    }
    // END
}

// EXERCISE 1.3
/// D_f(P‖Q) by its definition, for two laws on the same finitely many points.
///
/// `p` and `q` hold the probabilities, zeros among them; they have the same length.
/// `f.generator(u)` is f(u) for u ≥ 0, `f.slope_at_infinity()` is f′(∞). Either may
/// be +∞, and so may the result; it is never NaN.
// SOLUTION
///
/// Σ q·f(p/q) over the points with q > 0, and f′(∞) a unit of P's mass elsewhere.
// END
pub fn divergence_on_points(f: &dyn Divergence, p: &[f64], q: &[f64]) -> f64 {
    // SOLUTION
    let term = |(&p, &q): (&f64, &f64)| {
        if q > 0.0 {
            q * f.generator(p / q)
        } else if p > 0.0 {
            p * f.slope_at_infinity()
        } else {
            0.0
        }
    };
    p.iter().zip(q).map(term).sum()
    // END
}

// EXERCISE 1.4
/// TV(P, Q) of two laws on the same finitely many points: half the L¹ distance.
///
/// `p` and `q` hold the probabilities and have the same length.
// SOLUTION
///
/// ½ Σ |p − q|.
// END
pub fn total_variation_on_points(p: &[f64], q: &[f64]) -> f64 {
    // SOLUTION
    p.iter().zip(q).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0
    // END
}

// EXERCISE 1.5
/// An event A on which P and Q disagree most: one with the largest P\[A\] − Q\[A\].
///
/// One flag a point: is it in A? Where several events are best, any of them will do.
/// `p` and `q` hold the probabilities and have the same length.
// SOLUTION
///
/// {p > q}: a point with p > q raises the difference, every other one lowers it or
/// leaves it alone.
// END
pub fn best_event(p: &[f64], q: &[f64]) -> Vec<bool> {
    // SOLUTION
    p.iter().zip(q).map(|(p, q)| p > q).collect()
    // END
}

// EXERCISE 1.6
/// Every minimiser: the indices of all `values` within `tolerance` of the least one,
/// in increasing order.
///
/// Values are divergences: finite or +∞, never NaN. If all are +∞, all are minimal.
/// Without values there is no minimiser.
// SOLUTION
///
/// The argmin is a set. `v ≤ least + tolerance` also keeps v = least = +∞.
// END
pub fn all_minimisers(values: &[f64], tolerance: f64) -> Vec<usize> {
    // SOLUTION
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    (0..values.len()).filter(|&i| values[i] <= least + tolerance).collect()
    // END
}

// EXERCISE 1.7
/// D_f(P‖Q) in the plane, for two laws without a density there: P is uniform on the
/// segment from (0, 0) to (1, 0), Q on that segment moved `along` to the right and
/// `across` upwards.
///
/// `f.at_zero()` is f(0), `f.at_one()` is f(1), `f.slope_at_infinity()` is f′(∞). The
/// first and the last may be +∞, and so may the result; it is never NaN.
// SOLUTION
///
/// Moved across by anything, the segments share nothing: f(0) + f′(∞). Otherwise they
/// share the length 1 − |along|, where the ratio is 1.
// END
pub fn divergence_of_segments(f: &dyn Divergence, along: f64, across: f64) -> f64 {
    // SOLUTION
    let apart = if across == 0.0 { along.abs().min(1.0) } else { 1.0 };
    if apart == 0.0 {
        return f.at_one(); // 0·∞ would be NaN
    }
    (1.0 - apart) * f.at_one() + apart * (f.at_zero() + f.slope_at_infinity())
    // END
}
