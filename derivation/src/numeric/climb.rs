//! The supremum of a function of one number: a witness from below by search, and where
//! the function looks concave a bound from above by its secants.

use super::value::Value;

/// An interval of search; ends may be infinite.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) low_closed: bool,
    pub(super) high_closed: bool,
}

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The best value met, and where.
    pub(super) value: Value,
    pub(super) at: f64,
    /// How far the supremum can lie above it; nothing if no bound is known.
    pub(super) gap: Option<f64>,
    /// Did it rise all the way to an end that does not belong to the span, so that
    /// nothing attains it?
    pub(super) escapes: bool,
}

const GOLDEN_STEPS: usize = 45;

/// Searches a span; nothing if no value was real or infinite.
pub(super) fn climb(span: Span, mut objective: impl FnMut(f64) -> Value) -> Option<Found> {
    let mut samples: Vec<(f64, f64)> = Vec::new();
    let mut best: Option<(f64, Value)> = None;
    for x in grid(span) {
        let value = objective(x);
        let y = value.to_f64();
        // What is undefined does not count.
        samples.push((x, if y.is_nan() { f64::NEG_INFINITY } else { y }));
        if y.is_nan() {
            continue;
        }
        if best.as_ref().is_none_or(|(_, known)| y > known.to_f64()) {
            best = Some((x, value));
        }
    }
    let (mut at, mut value) = best?;
    if matches!(value, Value::Infinite(_)) {
        return Some(Found { value, at, gap: Some(0.0), escapes: false });
    }
    let all = samples.clone();
    samples.retain(|(_, y)| y.is_finite());
    // Far out the rise is lost in rounding: what is as high as can be told from the best
    // there counts as the end.
    if let Some(end) = flat_end(span, &samples, value.to_f64()) {
        return Some(Found { escapes: escapes(span, &samples), value, at: end, gap: None });
    }
    // Beside the best the objective may fall to −∞ or end to be defined: it is still
    // there that the search goes on.
    let place = all.iter().position(|(x, _)| *x == at)?;
    let left = place.checked_sub(1).map(|i| all[i].0);
    let right = all.get(place + 1).map(|sample| sample.0);
    let (mut a, mut b) = (left.unwrap_or(at), right.unwrap_or(at));
    let ratio = (5.0_f64.sqrt() - 1.0) / 2.0;
    let mut try_at = |x: f64| {
        let found = objective(x);
        let y = found.to_f64();
        if y > value.to_f64() {
            (at, value) = (x, found);
        }
        if y.is_nan() { f64::NEG_INFINITY } else { y }
    };
    let (mut x, mut y) = (b - ratio * (b - a), a + ratio * (b - a));
    let (mut fx, mut fy) = (try_at(x), try_at(y));
    for _ in 0..GOLDEN_STEPS {
        // The value is flat at the top: this determines it to 1e-14.
        if b - a <= 1e-7 * (1.0 + a.abs()) {
            break;
        }
        if fx >= fy {
            (b, y, fy) = (y, x, fx);
            x = b - ratio * (b - a);
            fx = try_at(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + ratio * (b - a);
            fy = try_at(y);
        }
    }
    let ends = [(left.is_none(), span.low, span.low_closed), (right.is_none(), span.high, span.high_closed)];
    // At a closed end that belongs to the interval one secant is enough; an open or
    // infinite end leaves the supremum open.
    let open = ends.iter().any(|(at_end, end, closed)| *at_end && !(*closed && end.is_finite()));
    let gap = (!open && is_concave(&samples)).then(|| secants(span, at, &value, &mut objective)).flatten();
    let escapes = open && escapes(span, &samples);
    Some(Found { value, at, gap, escapes })
}

/// A rise smaller than this (relative and absolute) is taken for rounding.
const FLAT: f64 = 1e-9;
/// How far out a rise must be seen before it is taken to go on for ever.
const FAR: f64 = 7.0;

/// The last sample towards an infinite end, if it is as good as the best.
fn flat_end(span: Span, samples: &[(f64, f64)], best: f64) -> Option<f64> {
    let good = |sample: Option<&(f64, f64)>| {
        sample.filter(|(_, y)| best - y <= FLAT * (1.0 + best.abs())).map(|(x, _)| *x)
    };
    let low = if span.low.is_finite() { None } else { good(samples.first()) };
    let high = if span.high.is_finite() { None } else { good(samples.last()) };
    low.or(high).filter(|_| escapes(span, samples))
}

/// Do the samples rise strictly towards an end that does not belong to the span?
fn escapes(span: Span, samples: &[(f64, f64)]) -> bool {
    let rises = |a: f64, b: f64| b - a > FLAT * (1.0 + a.abs());
    let towards = |ordered: Vec<&(f64, f64)>, infinite: bool| {
        // Only what lies on the way: the nearer half to a finite end, all up to FAR else.
        let start = ordered.len() / 2;
        let way: Vec<&&(f64, f64)> = if infinite {
            ordered.iter().filter(|(x, _)| x.abs() >= 1.0 && x.abs() <= 2.0 * FAR).collect()
        } else {
            ordered[start..].iter().collect()
        };
        way.len() >= 3 && way.windows(2).all(|pair| rises(pair[0].1, pair[1].1))
    };
    let down = || {
        let mut reversed: Vec<&(f64, f64)> =
            samples.iter().filter(|(x, _)| span.low.is_finite() || *x < 0.0).collect();
        reversed.reverse();
        reversed
    };
    let up = || samples.iter().filter(|(x, _)| span.high.is_finite() || *x > 0.0).collect::<Vec<_>>();
    (!span.low_closed && towards(down(), !span.low.is_finite()))
        || (!span.high_closed && towards(up(), !span.high.is_finite()))
}

/// How far a concave function can rise between places around `at`.
fn secants(span: Span, at: f64, value: &Value, objective: &mut impl FnMut(f64) -> Value) -> Option<f64> {
    let h = 1e-5 * (1.0 + at.abs());
    let mut gap: f64 = 1e-12 * (1.0 + value.to_f64().abs());
    for x in [at - h, at + h] {
        if x <= span.low || x >= span.high {
            continue;
        }
        let drop = value.to_f64() - objective(x).to_f64();
        if !drop.is_finite() {
            // Outside the domain within a step: the other side must do.
            continue;
        }
        gap = gap.max(drop.abs());
    }
    Some(gap)
}

/// Do the slopes between the samples fall?
fn is_concave(samples: &[(f64, f64)]) -> bool {
    let slopes: Vec<f64> = samples.windows(2).map(|w| (w[1].1 - w[0].1) / (w[1].0 - w[0].0)).collect();
    slopes.windows(2).all(|w| w[1] <= w[0] + 1e-7 * (1.0 + w[0].abs().max(w[1].abs())))
}

/// Places over a span, dense near its finite ends and sparse far out.
fn grid(span: Span) -> Vec<f64> {
    let steps = [
        1e-6, 1e-4, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 15.0, 40.0,
        200.0, 3e3,
    ];
    let mut places = match (span.low.is_finite(), span.high.is_finite()) {
        (true, true) => {
            let width = span.high - span.low;
            let inner = [1e-6, 1e-4, 1e-2];
            let near = inner.iter().flat_map(|h| [span.low + h * width, span.high - h * width]);
            near.chain((1..20).map(|i| span.low + width * f64::from(i) / 20.0)).collect()
        }
        (true, false) => steps.iter().map(|h| span.low + h).collect(),
        (false, true) => steps.iter().map(|h| span.high - h).collect(),
        (false, false) => steps.iter().flat_map(|h| [*h, -h]).chain([0.0]).collect::<Vec<f64>>(),
    };
    if span.low_closed && span.low.is_finite() {
        places.push(span.low);
    }
    if span.high_closed && span.high.is_finite() {
        places.push(span.high);
    }
    places.sort_by(f64::total_cmp);
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_and_bounds_a_concave_maximum() {
        let span = Span { low: 0.0, high: f64::INFINITY, low_closed: true, high_closed: false };
        // sup of u − u log u is 1, at u = 1.
        let objective = |u: f64| Value::numeric(if u > 0.0 { u - u * u.ln() } else { f64::NAN }, 1e-14);
        let found = climb(span, objective).expect("values");
        assert!((found.value.to_f64() - 1.0).abs() < 1e-12);
        assert!(found.gap.is_some_and(|gap| gap < 1e-9));
    }

    #[test]
    fn a_limit_at_an_end_is_not_attained() {
        let below = Span { low: f64::NEG_INFINITY, high: 0.0, low_closed: false, high_closed: false };
        let rising = climb(below, |t| Value::numeric((-t.exp()).ln_1p(), 1e-14)).expect("values");
        assert!(rising.escapes && rising.gap.is_none());
        let flat = climb(below, |t| Value::numeric(-t.max(-0.5), 1e-14)).expect("values");
        assert!(!flat.escapes);
        let linear = climb(below, |t| Value::numeric(t, 1e-14)).expect("values");
        assert!(linear.escapes, "rises to 0, which is outside");
    }

    #[test]
    fn a_convex_function_has_no_bound_from_above() {
        let span = Span { low: -1.0, high: 1.0, low_closed: false, high_closed: false };
        let found = climb(span, |u| Value::numeric(u * u, 1e-14)).expect("values");
        assert_eq!(found.gap, None);
    }
}
