//! The supremum of a function of one number: a place from below by search, and where
//! the function looks concave a bound from above by its secants.

/// An interval of search; ends may be infinite.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) low_closed: bool,
    pub(super) high_closed: bool,
}

/// What a search found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Where the best value is taken that was met, and that value.
    pub(super) at: f64,
    pub(super) value: f64,
    /// How far the supremum can lie above it; nothing if no bound is known.
    pub(super) gap: Option<f64>,
    /// Did it rise all the way to an end that does not belong to the span, so that
    /// nothing attains it?
    pub(super) escapes: bool,
}

/// Evaluations of a local search at most.
const STEPS: usize = 60;
/// The value is flat at the top: a place known to this, relative and absolute,
/// determines it to 1e-14.
const NARROW: f64 = 1e-7;
/// The part of an interval that the golden section cuts off.
const GOLDEN: f64 = 0.381_966_011_250_105;

/// Searches a span; nothing if no value was real or infinite.
pub(super) fn climb(span: Span, mut objective: impl FnMut(f64) -> f64) -> Option<Found> {
    let all: Vec<(f64, f64)> = grid(span).into_iter().map(|x| (x, objective(x))).collect();
    let defined = all.iter().enumerate().filter(|(_, (_, y))| !y.is_nan());
    let (place, &(at, value)) = defined.max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)))?;
    if value.is_infinite() {
        return Some(Found { at, value, gap: Some(0.0), escapes: false });
    }
    let samples: Vec<(f64, f64)> = all.iter().copied().filter(|(_, y)| y.is_finite()).collect();
    // Far out the rise is lost in rounding: what is as high as can be told from the best
    // there counts as the end.
    if let Some(end) = flat_end(span, &samples, value) {
        return Some(Found { escapes: escapes(span, &samples), value, at: end, gap: None });
    }
    // Where the objective has no value beside the best place, its domain may end anywhere
    // up to there.
    let left = place.checked_sub(1).map(|i| all[i].0);
    let right = all.get(place + 1).map(|sample| sample.0);
    let (low, high) = (left.unwrap_or(at), right.unwrap_or(at));
    let (at, value) = ascend(low, high, (at, value), &mut objective);
    let ends = [(left.is_none(), span.low, span.low_closed), (right.is_none(), span.high, span.high_closed)];
    // At a closed end that belongs to the interval one secant is enough; an open or
    // infinite end leaves the supremum open.
    let open = ends.iter().any(|(at_end, end, closed)| *at_end && !(*closed && end.is_finite()));
    let gap = (!open && is_concave(&samples)).then(|| secants(span, at, value, &mut objective)).flatten();
    Some(Found { at, value, gap, escapes: open && escapes(span, &samples) })
}

/// From a place that is near the best one: it may find another top than [`climb`], so
/// that it serves only to go on with a search.
pub(super) fn climb_from(span: Span, near: f64, mut objective: impl FnMut(f64) -> f64) -> Option<(f64, f64)> {
    let start = objective(near);
    if !start.is_finite() {
        return None;
    }
    let mut best = (near, start);
    let mut ends = [near, near];
    for (end, direction) in ends.iter_mut().zip([-1.0, 1.0]) {
        let mut step = 1e-3 * (1.0 + near.abs());
        let mut place = best;
        for _ in 0..STEPS / 2 {
            let next = (place.0 + direction * step).clamp(span.low, span.high);
            // At infinity there is no way on, nor back.
            if !next.is_finite() {
                break;
            }
            let value = if next == place.0 { f64::NAN } else { objective(next) };
            *end = next;
            // Also where there is no value.
            if value.partial_cmp(&place.1) != Some(std::cmp::Ordering::Greater) {
                break;
            }
            place = (next, value);
            step *= 4.0;
        }
        if place.1 > best.1 {
            best = place;
        }
    }
    Some(ascend(ends[0].min(best.0), ends[1].max(best.0), best, &mut objective))
}

/// The best place between two, by Brent's method: parabolas, and golden sections where
/// these do not serve. What is not a number counts as −∞.
fn ascend(low: f64, high: f64, start: (f64, f64), objective: &mut impl FnMut(f64) -> f64) -> (f64, f64) {
    let (mut a, mut b) = (low, high);
    // The best place, the second best, and the one before that.
    let (mut x, mut w, mut v) = (start, start, start);
    let (mut step, mut before): (f64, f64) = (0.0, b - a);
    for _ in 0..STEPS {
        let tolerance = NARROW * (1.0 + x.0.abs()) / 4.0;
        if b - a <= 4.0 * tolerance {
            break;
        }
        let parabola = top(x, w, v)
            .filter(|top| top.is_finite() && *top > a && *top < b && (top - x.0).abs() < before.abs() / 2.0);
        before = step;
        step = match parabola {
            Some(top) => top - x.0,
            None => {
                before = if x.0 - a > b - x.0 { a - x.0 } else { b - x.0 };
                GOLDEN * before
            }
        };
        if step.abs() < tolerance {
            step = tolerance.copysign(if step == 0.0 { (a + b) / 2.0 - x.0 } else { step });
        }
        let place = (x.0 + step).clamp(a, b);
        let value = objective(place);
        let value = if value.is_nan() { f64::NEG_INFINITY } else { value };
        if value >= x.1 {
            *(if place >= x.0 { &mut a } else { &mut b }) = x.0;
            (v, w, x) = (w, x, (place, value));
        } else {
            *(if place < x.0 { &mut a } else { &mut b }) = place;
            if value >= w.1 || w.0 == x.0 {
                (v, w) = (w, (place, value));
            } else if value >= v.1 || v.0 == x.0 || v.0 == w.0 {
                v = (place, value);
            }
        }
    }
    x
}

/// The top of the parabola through three places, if it has one.
fn top(x: (f64, f64), w: (f64, f64), v: (f64, f64)) -> Option<f64> {
    let (r, q) = ((x.0 - w.0) * (x.1 - v.1), (x.0 - v.0) * (x.1 - w.1));
    let above = (x.0 - v.0) * q - (x.0 - w.0) * r;
    let below = 2.0 * (q - r);
    // A curve that opens upwards has its bottom there.
    let slope = |a: (f64, f64), b: (f64, f64)| (a.1 - b.1) / (a.0 - b.0);
    let bends = (slope(x, w) - slope(x, v)) / (w.0 - v.0);
    (below != 0.0 && bends < 0.0).then(|| x.0 - above / below)
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
/// Nothing if it rises from there.
fn secants(span: Span, at: f64, value: f64, objective: &mut impl FnMut(f64) -> f64) -> Option<f64> {
    let h = 1e-5 * (1.0 + at.abs());
    let rounding = 1e-12 * (1.0 + value.abs());
    let mut gap = rounding;
    for x in [at - h, at + h] {
        if x <= span.low || x >= span.high {
            continue;
        }
        let drop = value - objective(x);
        if drop < -rounding {
            return None;
        }
        // Outside the domain within a step: the other side must do.
        if drop.is_finite() {
            gap = gap.max(drop);
        }
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
    fn a_search_from_far_out_ends_before_infinity() {
        let all = Span { low: f64::NEG_INFINITY, high: f64::INFINITY, low_closed: false, high_closed: false };
        for near in [1e300, -1e300, 0.0] {
            for direction in [1.0, -1.0] {
                let (at, _) = climb_from(all, near, |t| direction * t).expect("a value");
                assert!(at.is_finite() && at * direction >= near * direction, "{at} from {near}");
            }
        }
    }

    #[test]
    fn finds_and_bounds_a_concave_maximum() {
        let span = Span { low: 0.0, high: f64::INFINITY, low_closed: true, high_closed: false };
        // sup of u − u log u is 1, at u = 1.
        let mut calls = 0;
        let objective = |u: f64| {
            calls += 1;
            if u > 0.0 { u - u * u.ln() } else { f64::NAN }
        };
        let found = climb(span, objective).expect("values");
        assert!((found.value - 1.0).abs() < 1e-12);
        assert!(found.gap.is_some_and(|gap| gap < 1e-9));
        assert!(calls < 45, "{calls} evaluations");
    }

    #[test]
    fn goes_on_from_a_place_nearby() {
        let span =
            Span { low: f64::NEG_INFINITY, high: f64::INFINITY, low_closed: false, high_closed: false };
        for (near, top) in [(0.0, 0.3), (0.0, -20.0), (5.0, 5.0), (30.0, -2.0)] {
            let mut calls = 0;
            let objective = |x: f64| {
                calls += 1;
                x - (x - top).exp()
            };
            let (at, _) = climb_from(span, near, objective).expect("a value");
            assert!((at - top).abs() < 1e-5 * (1.0 + top.abs()), "{at} for {top}");
            assert!(calls < 60, "{calls} evaluations");
        }
    }

    #[test]
    fn the_end_of_a_domain_between_two_places_is_found() {
        // Both domains end between two places of the grid.
        let span = Span { low: -6.0, high: 6.0, low_closed: true, high_closed: true };
        let found = climb(span, |t| if t < 0.37 { t } else { f64::NEG_INFINITY }).expect("values");
        assert!((found.value - 0.37).abs() < 1e-5, "{found:?}");
        let found = climb(span, |t| (0.37 - t).ln() + 4.0 * t).expect("values");
        assert!((found.at - 0.12).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn a_limit_at_an_end_is_not_attained() {
        let below = Span { low: f64::NEG_INFINITY, high: 0.0, low_closed: false, high_closed: false };
        let rising = climb(below, |t| (-t.exp()).ln_1p()).expect("values");
        assert!(rising.escapes && rising.gap.is_none());
        let flat = climb(below, |t| -t.max(-0.5)).expect("values");
        assert!(!flat.escapes);
        let linear = climb(below, |t| t).expect("values");
        assert!(linear.escapes, "rises to 0, which is outside");
    }

    #[test]
    fn a_convex_function_has_no_bound_from_above() {
        let span = Span { low: -1.0, high: 1.0, low_closed: false, high_closed: false };
        let found = climb(span, |u| u * u).expect("values");
        assert_eq!(found.gap, None);
    }
}
