//! The exercises of chapter 2 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

use vdm::Divergence;

// EXERCISE 2.1
/// The mean of the `values` and its standard error.
///
/// `values` are finite and at least two. The standard error keeps its digits when all
/// values are large and nearly equal: a billion plus or minus one.
// SOLUTION
///
/// The mean m = Σx/n, and s/√n with s² = Σ(x − m)²/(n − 1): in one pass, each value
/// moving m by its share and Σ(x − m)² by a product of two differences (Welford 1962).
// END
pub fn mean_and_standard_error(values: &[f64]) -> (f64, f64) {
    // SOLUTION
    let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for x in values {
        n += 1.0;
        let before = x - mean;
        // Divided one by one: a difference of two numbers near the largest overflows.
        mean += x / n - mean / n;
        squares += before * (x - mean);
    }
    (mean, (squares / (n - 1.0) / n).sqrt())
    // END
}

// EXERCISE 2.2
/// The share of the `samples` whose interval, mean ± `width` standard errors, contains
/// the `truth`.
///
/// Each sample has at least two finite values; there is at least one sample. The ends
/// belong to the interval.
// SOLUTION
///
/// Each sample has a mean and a standard error of its own.
// END
pub fn coverage(samples: &[Vec<f64>], truth: f64, width: f64) -> f64 {
    // SOLUTION
    let covers = |sample: &&Vec<f64>| {
        let (mean, standard_error) = mean_and_standard_error(sample);
        (mean - truth).abs() <= width * standard_error
    };
    samples.iter().filter(covers).count() as f64 / samples.len() as f64
    // END
}

// EXERCISE 2.3
/// E_p h and its standard error, from draws of q: `ln_weights`\[i\] is
/// log p(xᵢ)/q(xᵢ) and `values`\[i\] is h(xᵢ), with xᵢ drawn from q.
///
/// Both slices have the same length, at least two; log-weights are finite or −∞
/// (p(xᵢ) = 0), values are finite.
// SOLUTION
///
/// The plain mean of the products w·h, which are independent draws like any others.
// END
pub fn importance_mean(ln_weights: &[f64], values: &[f64]) -> (f64, f64) {
    // SOLUTION
    let products: Vec<f64> = ln_weights.iter().zip(values).map(|(ln, h)| ln.exp() * h).collect();
    mean_and_standard_error(&products)
    // END
}

// EXERCISE 2.4
/// The effective sample size (Σw)²/Σw² of weights that are given by their logarithms.
///
/// Log-weights are finite, of any size, or −∞. Without any weight above 0 it is 0.
// SOLUTION
///
/// Dividing all weights by the largest changes nothing: none overflows, and one is 1.
// END
pub fn effective_sample_size(ln_weights: &[f64]) -> f64 {
    // SOLUTION
    let largest = ln_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return 0.0;
    }
    let (mut sum, mut squares) = (0.0, 0.0);
    for ln in ln_weights {
        let weight = (ln - largest).exp();
        sum += weight;
        squares += weight * weight;
    }
    sum * sum / squares
    // END
}

// EXERCISE 2.5
/// The self-normalised estimate Σwh/Σw of E_p h, for a density p that is known up to
/// a constant factor only.
///
/// Both slices have the same length; log-weights are finite, of any size, or −∞, and
/// at least one is finite; values are finite.
// SOLUTION
///
/// The unknown factor cancels, and so does the largest weight, by which all are divided.
// END
pub fn self_normalised_mean(ln_weights: &[f64], values: &[f64]) -> f64 {
    // SOLUTION
    let largest = ln_weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut total) = (0.0, 0.0);
    for (ln, h) in ln_weights.iter().zip(values) {
        let weight = (ln - largest).exp();
        sum += weight * h;
        total += weight;
    }
    sum / total
    // END
}

// EXERCISE 2.6
/// The plug-in estimate D_f(p̂‖q) from how often each point was drawn from P, with
/// p̂ᵢ = countsᵢ/n, for a known law q on the same points.
///
/// Both slices have the same length; `q` adds up to 1 and may hold zeros; at least one
/// draw was made. Points that were never drawn count, and so do draws where q is 0:
/// `f.slope_at_infinity()` is f′(∞). The value may be +∞.
// SOLUTION
///
/// Σ over q > 0 of q·f(p̂/q), and f′(∞) for each unit of p̂ where q is 0.
// END
pub fn plug_in_divergence(f: &dyn Divergence, counts: &[u64], q: &[f64]) -> f64 {
    // SOLUTION
    let n: u64 = counts.iter().sum();
    let (mut inside, mut outside) = (0.0, 0.0);
    for (count, q) in counts.iter().zip(q) {
        let p = *count as f64 / n as f64;
        if *q > 0.0 {
            inside += q * f.generator(p / q);
        } else {
            outside += p;
        }
    }
    // 0·∞ would be no number.
    if outside > 0.0 { inside + f.slope_at_infinity() * outside } else { inside }
    // END
}

// EXERCISE 2.7
/// The jackknife: n·S − (n − 1)·S̄, where S is the `statistic` of all draws and S̄ the
/// mean, over the n draws, of the statistic without that draw.
///
/// `counts` says how often each point was drawn, n ≥ 2 draws in all. The statistic is
/// defined for n − 1 draws too; it is called once for each point that was drawn, not
/// once for each draw.
// SOLUTION
///
/// The draws at one point are alike: leaving out any of them gives the same counts.
// END
pub fn jackknife(statistic: &dyn Fn(&[u64]) -> f64, counts: &[u64]) -> f64 {
    // SOLUTION
    let n = counts.iter().sum::<u64>() as f64;
    let mut left = counts.to_vec();
    let mut mean = 0.0;
    for (i, count) in counts.iter().enumerate() {
        if *count > 0 {
            left[i] -= 1;
            mean += *count as f64 / n * statistic(&left);
            left[i] += 1;
        }
    }
    n * statistic(counts) - (n - 1.0) * mean
    // END
}

// EXERCISE 2.8
/// Hill's estimate of the tail index α from the `k` largest sizes |x| among the
/// `values`: P\[|X| > x\] falls like x^(−α), E|X|^r is finite for r < α only.
///
/// 1 ≤ k < the number of values; they are finite, and more than `k` of them are not 0.
/// Where the k + 1 largest sizes are all the same it is +∞.
// SOLUTION
///
/// 1/α̂ is the mean of log(x₍ᵢ₎/x₍ₖ₊₁₎) over i = 1 … k, sizes in falling order: beyond a
/// threshold the logarithm of a power law is exponential with mean 1/α.
// END
pub fn tail_index(values: &[f64], k: usize) -> f64 {
    // SOLUTION
    let mut sizes: Vec<f64> = values.iter().map(|x| x.abs()).collect();
    // The k largest come to the front, in any order, in linear time.
    sizes.select_nth_unstable_by(k, |a, b| b.total_cmp(a));
    let threshold = sizes[k].ln();
    let mean = sizes[..k].iter().map(|size| size.ln() - threshold).sum::<f64>() / k as f64;
    1.0 / mean
    // END
}
