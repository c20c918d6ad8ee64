//! Stubs of chapter 3.
fn main() {}
