//! The oracle of this page: a supremum over u ≥ 0, by search.

use crate::oracle;

/// Where ln u is searched. Below e³⁰ < 2⁵³ a ratio and its neighbour u − 1 are
/// told apart, so that straight pieces of f keep their rounding small.
const LOG_U: (f64, f64) = (-60.0, 20.0);

/// sup over u ≥ 0 of t·u − f(u) by search, +∞ where it keeps growing with the
/// range: a finite supremum that is attained below e²⁰ does not grow at all, while
/// the slowest growth met here is that of log u, 10 on the added piece.
pub(super) fn supremum(f: impl Fn(f64) -> f64, t: f64) -> oracle::Supremum {
    let near = oracle::conjugate(&f, t, LOG_U);
    let far = oracle::conjugate(&f, t, (LOG_U.0, LOG_U.1 + 10.0));
    if far.value - near.value > 1.0 {
        oracle::Supremum { value: f64::INFINITY, u: f64::INFINITY, terms: f64::INFINITY }
    } else {
        near
    }
}
