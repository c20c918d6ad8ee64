//! The exercises of chapter 4 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

use vdm::Divergence;
use vdm::ch02_intractable_densities::exercises::mean_and_standard_error;

// EXERCISE 4.2
/// F(T) = E_p T − E_q f\*(T) for two laws and a critic on the same finitely many
/// points.
///
/// `p` and `q` hold probabilities, zeros included; `critic` holds T, whose values may
/// be ±∞. A point without mass under a law takes no part in that law's expectation.
/// The value is −∞ as soon as T leaves dom f\* on a point with q > 0 or is −∞ on a point
/// with p > 0, whatever is gained elsewhere: it is never ∞ − ∞.
// SOLUTION
///
/// Σ p·T over {p > 0} − Σ q·f\*(T) over {q > 0}, unless one point makes it −∞.
// END
pub fn bound_on_finite_space(f: &dyn Divergence, p: &[f64], q: &[f64], critic: &[f64]) -> f64 {
    // SOLUTION
    let mut bound = 0.0;
    for ((p, q), t) in p.iter().zip(q).zip(critic) {
        let lost = if *q > 0.0 { f.conjugate(*t) } else { 0.0 };
        if (*p > 0.0 && *t == f64::NEG_INFINITY) || lost == f64::INFINITY {
            return f64::NEG_INFINITY;
        }
        if *p > 0.0 {
            bound += p * t;
        }
        bound -= q * lost;
    }
    bound
    // END
}

// EXERCISE 4.4
/// An optimal critic T\* of P and Q on finitely many points.
///
/// `p` and `q` hold probabilities, zeros included. Where q = 0 < p the value is the
/// upper end f′(∞) of dom f\*, where p = 0 < q it is f′(0⁺); either may be infinite.
/// Where both are 0 any value of dom f\* will do, and so will any slope at a kink.
// SOLUTION
///
/// A slope of f at the ratio p/q, taken in log space: the ratio may overflow.
// END
pub fn optimal_critic(f: &dyn Divergence, p: &[f64], q: &[f64]) -> Vec<f64> {
    // SOLUTION
    let best = |(p, q): (&f64, &f64)| match (*p > 0.0, *q > 0.0) {
        (_, true) => f.optimal_critic(p.ln() - q.ln()),
        (true, false) => f.slope_at_infinity(),
        (false, false) => f.slope_at_one().representative(),
    };
    p.iter().zip(q).map(best).collect()
    // END
}

// EXERCISE 4.5
/// The empirical bound: the estimate of F(T) from samples.
///
/// `on_p` holds the critic's values T(x) at samples x of P, `on_q` its values at
/// samples of Q. Neither is empty; their lengths may differ.
// SOLUTION
///
/// (1/n) Σ T(xᵢ) − (1/m) Σ f\*(T(yⱼ)).
// END
pub fn empirical_bound(f: &dyn Divergence, on_p: &[f64], on_q: &[f64]) -> f64 {
    // SOLUTION
    let first = on_p.iter().sum::<f64>() / on_p.len() as f64;
    let second = on_q.iter().map(|t| f.conjugate(*t)).sum::<f64>() / on_q.len() as f64;
    first - second
    // END
}

// EXERCISE 4.6
/// The standard error of the empirical bound of 4.5.
///
/// At least two values on each side, all of them in dom f\*.
// SOLUTION
///
/// √(s²/n + r²/m) with the sample variances s² of T and r² of f\*(T), which divide by
/// n − 1 and m − 1: the two samples are independent, so variances add.
// END
pub fn standard_error_of_bound(f: &dyn Divergence, on_p: &[f64], on_q: &[f64]) -> f64 {
    // SOLUTION
    let conjugates: Vec<f64> = on_q.iter().map(|t| f.conjugate(*t)).collect();
    let (_, first) = mean_and_standard_error(on_p);
    let (_, second) = mean_and_standard_error(&conjugates);
    first.hypot(second)
    // END
}

// EXERCISE 4.7
/// The largest value that the empirical bound takes on one batch, over all critics
/// that are constant on each of `bins` bins.
///
/// `p_bins` and `q_bins` hold the bin, 0 to `bins` − 1, of each sample of P and of Q;
/// neither is empty. The value may be +∞.
// SOLUTION
///
/// D_f of the two histograms, by the optimal critic for them.
// END
pub fn maximised_empirical_bound(f: &dyn Divergence, p_bins: &[usize], q_bins: &[usize], bins: usize) -> f64 {
    // SOLUTION
    let shares = |samples: &[usize]| {
        let mut shares = vec![0.0; bins];
        samples.iter().for_each(|bin| shares[*bin] += 1.0);
        shares.iter_mut().for_each(|share| *share /= samples.len() as f64);
        shares
    };
    let (p, q) = (shares(p_bins), shares(q_bins));
    bound_on_finite_space(f, &p, &q, &optimal_critic(f, &p, &q))
    // END
}

// EXERCISE 4.8
/// The best critic among those that are constant on bins: its value at each point.
///
/// `p` and `q` hold probabilities; point i lies in bin `bin_of[i]`. Bins are numbered
/// from 0, and some numbers may be unused.
// SOLUTION
///
/// The optimal critic of the binned laws, spread over the points of each bin.
// END
pub fn best_critic_on_bins(f: &dyn Divergence, p: &[f64], q: &[f64], bin_of: &[usize]) -> Vec<f64> {
    // SOLUTION
    let bins = bin_of.iter().max().map_or(0, |last| last + 1);
    let (mut binned_p, mut binned_q) = (vec![0.0; bins], vec![0.0; bins]);
    for ((p, q), bin) in p.iter().zip(q).zip(bin_of) {
        binned_p[*bin] += p;
        binned_q[*bin] += q;
    }
    let best = optimal_critic(f, &binned_p, &binned_q);
    bin_of.iter().map(|bin| best[*bin]).collect()
    // END
}

// EXERCISE 4.9
/// The largest bound on χ²(P‖Q) that a critic a + b·φ gives, over all real a and b,
/// with t + t²/4 for f\*(t).
///
/// `p` and `q` hold probabilities, `phi` the values of the feature φ. If φ does not
/// vary under Q, the value is 0 or +∞.
// SOLUTION
///
/// (E_p φ − E_q φ)² / Var_q φ, with 0/0 = 0.
// END
pub fn affine_pearson_bound(p: &[f64], q: &[f64], phi: &[f64]) -> f64 {
    // SOLUTION
    let mean = |law: &[f64], of: &dyn Fn(f64) -> f64| -> f64 {
        law.iter().zip(phi).filter(|(mass, _)| **mass > 0.0).map(|(mass, phi)| mass * of(*phi)).sum()
    };
    let centre = mean(q, &|phi| phi);
    // Centred first: a common shift of φ then cancels nothing.
    let shift = mean(p, &|phi| phi - centre);
    let variance = mean(q, &|phi| (phi - centre).powi(2));
    if shift == 0.0 { 0.0 } else { shift * shift / variance }
    // END
}

// EXERCISE 4.10
/// The tilted law: proportional to q·e^T.
///
/// `q` holds probabilities, `critic` the real values of T, of any size.
// SOLUTION
///
/// The largest exponent on the support of q is taken out before `exp`: e^T may
/// overflow where the tilted law is an ordinary one.
// END
pub fn tilted(q: &[f64], critic: &[f64]) -> Vec<f64> {
    // SOLUTION
    let exponents: Vec<f64> = q.iter().zip(critic).map(|(q, t)| q.ln() + t).collect();
    let largest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = exponents.iter().map(|exponent| (exponent - largest).exp()).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
    // END
}

// EXERCISE 4.11
/// The w for which the law tilted by w·φ has the mean `target`: the best critic w·φ in
/// the bound with a logarithm, when `target` is E_p φ.
///
/// `q` holds probabilities, `phi` the values of the feature φ; `target` lies strictly
/// between the least and the largest φ on the support of q.
// SOLUTION
///
/// Newton's method on the mean as a function of w: its derivative is the variance
/// under the tilted law. A bracket keeps it from running away.
// END
pub fn tilt(q: &[f64], phi: &[f64], target: f64) -> f64 {
    // SOLUTION
    // The mean of φ − target under the tilt by w, and its derivative in w.
    let excess = |w: f64| {
        let law = tilted(q, &phi.iter().map(|phi| w * (phi - target)).collect::<Vec<_>>());
        let mean: f64 = law.iter().zip(phi).map(|(mass, phi)| mass * (phi - target)).sum();
        let variance: f64 = law.iter().zip(phi).map(|(mass, phi)| mass * (phi - target - mean).powi(2)).sum();
        (mean, variance)
    };
    // The mean increases with w: double the reach until it has both signs.
    let spread = phi.iter().fold(0.0, |widest: f64, phi| widest.max((phi - target).abs()));
    let (mut low, mut high) = (-1.0 / spread, 1.0 / spread);
    while excess(low).0 > 0.0 {
        low *= 2.0;
    }
    while excess(high).0 < 0.0 {
        high *= 2.0;
    }
    let mut w = 0.0;
    for _ in 0..200 {
        let (mean, variance) = excess(w);
        if mean > 0.0 {
            high = w;
        } else {
            low = w;
        }
        let newton = w - mean / variance;
        let next = if low < newton && newton < high { newton } else { low / 2.0 + high / 2.0 };
        if next == w || mean == 0.0 {
            break;
        }
        w = next;
    }
    w
    // END
}
