//! Slow, independent ways to the same numbers.

/// sup over u ≥ 0 of t·u − f(u), from values of f alone: a grid in log u, then
/// golden-section search around its best point. Uses neither slopes nor formulas.
///
/// u ↦ t·u − f(u) is concave, hence has one hill in log u.
#[derive(Clone, Copy, Debug)]
pub struct Supremum {
    /// The largest value found: never above the true supremum, but for rounding.
    pub value: f64,
    /// Where it was found.
    pub u: f64,
    /// |t·u| + |f(u)| there: what the rounding of the value is relative to.
    pub terms: f64,
}

/// The supremum over u = 0 and log u in `log_range`.
///
/// ```text
/// conjugate(|u| u * u.ln(), 1.0, (-50.0, 50.0)).value ≈ 1
/// ```
pub fn conjugate(f: impl Fn(f64) -> f64, t: f64, log_range: (f64, f64)) -> Supremum {
    const STEP: f64 = 1.0;
    let at = |log_u: f64| {
        let u = log_u.exp();
        candidate(&f, t, u)
    };
    let zero = candidate(&f, t, 0.0);
    let steps = ((log_range.1 - log_range.0) / STEP).ceil() as i32;
    let grid = (0..=steps).map(|k| (log_range.0 + f64::from(k) * STEP).min(log_range.1));
    let best = grid.max_by(|a, b| at(*a).value.total_cmp(&at(*b).value)).unwrap_or(0.0);
    let hill = golden_section(
        |log_u| at(log_u).value,
        (best - STEP).max(log_range.0),
        (best + STEP).min(log_range.1),
    );
    [zero, at(best), at(hill)].into_iter().max_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or(zero)
}

/// sup over t in a bounded or half-bounded range of u·t − g(t): the same for a
/// conjugate g of slopes, which may be negative. The grid is in asinh t.
pub fn biconjugate(g: impl Fn(f64) -> f64, u: f64, asinh_range: (f64, f64)) -> Supremum {
    const STEP: f64 = 8.0;
    let at = |a: f64| candidate(&g, u, a.sinh());
    let steps = ((asinh_range.1 - asinh_range.0) / STEP).ceil() as i32;
    let grid = (0..=steps).map(|k| (asinh_range.0 + f64::from(k) * STEP).min(asinh_range.1));
    let best = grid.max_by(|a, b| at(*a).value.total_cmp(&at(*b).value)).unwrap_or(0.0);
    let hill =
        golden_section(|a| at(a).value, (best - STEP).max(asinh_range.0), (best + STEP).min(asinh_range.1));
    if at(hill).value > at(best).value { at(hill) } else { at(best) }
}

/// One point of the supremum; −∞ where the value is no number or f is +∞.
fn candidate(f: &impl Fn(f64) -> f64, t: f64, u: f64) -> Supremum {
    let (product, f_u) = (t * u, f(u));
    let value = product - f_u;
    let value = if value.is_nan() { f64::NEG_INFINITY } else { value };
    Supremum { value, u, terms: product.abs() + f_u.abs() }
}

/// The place of the maximum of a function with one hill on [low, high].
fn golden_section(hill: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    const RATIO: f64 = 0.618_033_988_749_894_9;
    let mut left = high - RATIO * (high - low);
    let mut right = low + RATIO * (high - low);
    let (mut at_left, mut at_right) = (hill(left), hill(right));
    // 80 steps shrink the bracket by 1e-17: below the spacing of floats.
    for _ in 0..80 {
        if at_left < at_right {
            low = left;
            (left, at_left) = (right, at_right);
            right = low + RATIO * (high - low);
            at_right = hill(right);
        } else {
            high = right;
            (right, at_right) = (left, at_left);
            left = high - RATIO * (high - low);
            at_left = hill(left);
        }
    }
    low + (high - low) / 2.0
}
