//! Curves: a function sampled finely where it bends, cut where it leaves the panel.

use super::axis::Axis;
use super::error::FigureError;

/// How often an interval may be halved; the finest step is 2⁻¹⁴ of the axis.
const DEEPEST: u32 = 14;
/// Halvings that are always done, so that no wave is missed.
const SHALLOWEST: u32 = 5;
/// A chord may miss the curve by this part of the panel's height: about a tenth of a
/// CSS pixel.
const FLATNESS: f64 = 4e-4;

type Point = (f64, f64);

/// The pieces of the graph of `f` inside the panel.
///
/// +∞ (outside a domain) and values beyond the vertical axis end a piece, they do
/// not bend it.
///
/// # Errors
/// [`FigureError::NotANumber`] where `f` is NaN.
pub(super) fn curve(
    name: &str,
    x: &Axis,
    y: &Axis,
    f: impl Fn(f64) -> f64,
) -> Result<Vec<Vec<Point>>, FigureError> {
    let mut points = vec![(x.low, f(x.low))];
    refine(&f, (x.low, points[0].1), (x.high, f(x.high)), y, 0, &mut points);
    match points.iter().find(|(_, value)| value.is_nan()) {
        Some(&(x, _)) => Err(FigureError::NotANumber { curve: name.to_owned(), x }),
        None => Ok(pieces(&points, y)),
    }
}

/// Appends the points after `a` up to and including `b`.
fn refine(f: &impl Fn(f64) -> f64, a: Point, b: Point, y: &Axis, depth: u32, points: &mut Vec<Point>) {
    let x = a.0 / 2.0 + b.0 / 2.0;
    let middle = (x, f(x));
    let beyond = |p: Point| (p.1 > y.high, p.1 < y.low);
    let aside = beyond(a) == beyond(middle) && beyond(b) == beyond(middle) && beyond(a) != (false, false);
    let miss = (middle.1 - (a.1 / 2.0 + b.1 / 2.0)).abs();
    let flat = aside || miss <= FLATNESS * y.length();
    if middle.1.is_nan() || (depth >= SHALLOWEST && flat) || depth == DEEPEST {
        points.extend([middle, b]);
    } else {
        refine(f, a, middle, y, depth + 1, points);
        refine(f, middle, b, y, depth + 1, points);
    }
}

/// Cuts a line through `points` at the ends of the vertical axis.
pub(super) fn pieces(points: &[Point], y: &Axis) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    for pair in points.windows(2) {
        let Some((from, to)) = segment(pair[0], pair[1], y) else { continue };
        match pieces.last_mut() {
            Some(piece) if piece.last() == Some(&from) => piece.push(to),
            _ => pieces.push(vec![from, to]),
        }
    }
    pieces
}

/// The part of a segment between the ends of the vertical axis.
fn segment(a: Point, b: Point, y: &Axis) -> Option<(Point, Point)> {
    if !a.1.is_finite() || !b.1.is_finite() {
        return None;
    }
    if a.1.max(b.1) < y.low || a.1.min(b.1) > y.high {
        return None;
    }
    let cut = |p: Point| {
        let end = p.1.clamp(y.low, y.high);
        if end == p.1 { p } else { (a.0 + (b.0 - a.0) * (end - a.1) / (b.1 - a.1), end) }
    };
    Some((cut(a), cut(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes() -> (Axis, Axis) {
        (Axis::new("x", -1.0, 1.0, &[]), Axis::new("", -1.0, 1.0, &[]))
    }

    #[test]
    fn nan_is_an_error_that_says_where() {
        let (x, y) = axes();
        let error = curve("√x", &x, &y, f64::sqrt).unwrap_err().to_string();
        assert_eq!(error, "√x is not a number at -1: plot it inside its domain");
    }

    #[test]
    fn infinity_ends_a_piece() {
        let (x, y) = axes();
        let step = |x: f64| if x.abs() < 0.5 { f64::INFINITY } else { 0.5 };
        let pieces = curve("step", &x, &y, step).unwrap();
        assert_eq!(pieces.len(), 2);
        // The finest step is 2⁻¹⁴ of the axis.
        let end = pieces[0].last().unwrap().0;
        assert!((end + 0.5).abs() <= 2.0 / f64::from(1 << DEEPEST), "{end}");
    }

    #[test]
    fn a_curve_is_cut_at_the_panel_and_not_bent() {
        let (x, y) = axes();
        let pieces = curve("steep", &x, &y, |x| 4.0 * x).unwrap();
        let points = pieces.concat();
        assert!(points.iter().all(|&(x, y)| (y - 4.0 * x).abs() <= 1e-12 && y.abs() <= 1.0));
        assert_eq!((points[0].1, points[points.len() - 1].1), (-1.0, 1.0));
    }

    #[test]
    fn a_curve_is_sampled_where_it_bends() {
        let (x, y) = axes();
        for points in curve("parabola", &x, &y, |x| x * x).unwrap() {
            for pair in points.windows(2) {
                let middle = (pair[0].0 / 2.0 + pair[1].0 / 2.0).powi(2);
                let miss = (middle - pair[0].1 / 2.0 - pair[1].1 / 2.0).abs();
                assert!(miss <= FLATNESS * y.length(), "{miss}");
            }
        }
    }
}
