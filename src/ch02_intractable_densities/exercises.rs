//! The exercises of chapter 2 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there. The rest of the crate calls these
//! functions, never the reverse.

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
