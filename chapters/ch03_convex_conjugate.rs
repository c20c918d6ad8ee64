//! Stubs of chapter 3.

use checks::ch03_convex_conjugate as exercises;

/// f*
pub fn conjugate_of_kl(t: f64) -> f64 {
    todo!("3.1 conjugate_of_kl")
}

fn main() -> std::process::ExitCode {
    checks::reader::answer(vec![exercises::conjugate_of_kl().on(conjugate_of_kl)])
}
