//! The exercises of chapter 3 with their reference solutions.
//!
//! The stubs in `chapters/` are generated from this file: each region between
//! `SOLUTION` and `END` is left out there.

// EXERCISE 3.1
/// f\*(t) for the generator of KL, f(u) = u log u on u ≥ 0.
///
/// `t` is any real slope; the value is finite for each of them.
// SOLUTION
///
/// f\*(t) = e^{t−1}, attained at u = e^{t−1}.
// END
pub fn conjugate_of_kl(t: f64) -> f64 {
    // SOLUTION
    (t - 1.0).exp()
    // END
}
