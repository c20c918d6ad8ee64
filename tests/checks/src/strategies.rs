//! Where random cases come from: one function a kind of value.
//!
//! Values start from small round numbers, so that a counterexample shrinks to one
//! that a reader can follow by hand.

use proptest::prelude::*;

/// Slopes and other reals: mostly quarters in [−8, 8], some up to ±`reach`.
pub fn reals(reach: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (-32i32..=32).prop_map(|k| f64::from(k) / 4.0),
        2 => -10.0..10.0f64,
        1 => -reach..reach,
    ]
}

/// Ratios u > 0: small round ones, and all magnitudes from 1e-300 to 1e300.
pub fn ratios() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => (1i32..=32).prop_map(|k| f64::from(k) / 8.0),
        2 => (-690.0..690.0f64).prop_map(f64::exp),
        1 => (-3.0..3.0f64).prop_map(f64::exp),
    ]
}
