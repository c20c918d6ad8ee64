//! Chapter 3, The convex conjugate: your answers.
//!
//! Replace a `todo!` by your answer; `cargo test ch03` grades it. A hint:
//! `cargo workbook hint 3.1`. The beginning again, with a copy of what you wrote:
//! `cargo workbook reset 3.1`.

// While a `todo!` stands, what it would use is unused.
#![allow(unused_variables, unused_imports)]

// ── 3.1 The conjugate of KL ──
/// f\*(t) for the generator of KL, f(u) = u log u on u ≥ 0.
///
/// `t` is any real slope; the value is finite for each of them.
pub fn conjugate_of_kl(t: f64) -> f64 {
    todo!("3.1 conjugate_of_kl")
}

// ── What `cargo test` runs; leave it as it is ──
fn main() -> std::process::ExitCode {
    use checks::ch03_convex_conjugate as exercises;

    checks::reader::answer(vec![exercises::conjugate_of_kl().on(conjugate_of_kl)])
}
