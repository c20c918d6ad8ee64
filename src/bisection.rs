//! Bisection over the floating-point numbers themselves.
//!
//! A midpoint by arithmetic is NaN between −∞ and ∞ and needs a thousand steps
//! to reach 1e-300 from 1. In their order the numbers of type f64 are integers
//! of 64 bits: halving those reaches any of them, infinite and subnormal ones
//! included, in 64 steps.

/// The least x in \[`low`, `high`\] that is `beyond`, for a property that stays once
/// it holds; `high` if none below it is. For ends that are no interval: `high`.
pub(crate) fn first(low: f64, high: f64, beyond: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut above) = (place(low), place(high));
    if below < above && beyond(low) {
        return low;
    }
    while below < above && above.abs_diff(below) > 1 {
        // Rounded down, without the overflow of a sum.
        let middle = (below & above) + ((below ^ above) >> 1);
        if beyond(number(middle)) {
            above = middle;
        } else {
            below = middle;
        }
    }
    // Not −0, which is no place of its own on the line.
    number(above) + 0.0
}

/// The place of a number among all of them, as [`f64::total_cmp`] orders them.
fn place(x: f64) -> i64 {
    flip(x.to_bits().cast_signed())
}

/// The number at a place.
fn number(place: i64) -> f64 {
    f64::from_bits(flip(place).cast_unsigned())
}

/// Reverses the order of the negative numbers, whose bits grow with their size.
/// Its own inverse.
fn flip(bits: i64) -> i64 {
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

#[cfg(test)]
mod tests {
    use super::first;
    use std::cell::Cell;

    #[test]
    fn every_number_is_found_in_64_steps() {
        let ends = (f64::NEG_INFINITY, f64::INFINITY);
        for sought in [-1e308, -37.5, -1e-310, 0.0, 5e-324, 1.0, 1e300, f64::MAX, f64::INFINITY] {
            let steps = Cell::new(0);
            let found = first(ends.0, ends.1, |x| {
                steps.set(steps.get() + 1);
                x >= sought
            });
            assert_eq!(found, sought);
            assert!(steps.get() <= 65, "{sought}: {} steps", steps.get());
        }
    }

    #[test]
    fn ends_without_an_interval_come_back() {
        assert_eq!(first(2.0, 2.0, |_| true), 2.0);
        assert_eq!(first(3.0, 2.0, |_| false), 2.0);
        assert!(first(0.0, f64::NAN, |_| false).is_nan());
        assert!(first(0.0, 1.0, |_| false) == 1.0 && first(0.0, 1.0, |_| true) == 0.0);
    }
}
