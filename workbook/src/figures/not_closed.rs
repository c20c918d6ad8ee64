//! Figure `not-closed`: f = 0 on (0, ∞) with f(0) = 1, and its biconjugate.

use super::axis::{Axis, number};
use super::curve::pieces;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::ch03_convex_conjugate::exercises::{legendre, lower_hull};

pub(super) const FIGURE: Figure = Figure {
    id: "not-closed",
    chapter: 3,
    title: "A convex function that is not closed, and its biconjugate",
    description: "Left: f is 0 for u > 0 and jumps up to 1 at u = 0; no line below it can follow the jump. \
                  Right: its biconjugate f** is 0 at u = 0 too.",
    draw,
};

/// Slopes of lines below f: dom f\* = (−∞, 0].
const SLOPES: [f64; 5] = [-20.0, -4.0, -1.5, -0.5, 0.0];

/// Convex and proper, but it jumps up at the end of its domain.
fn f(u: f64) -> f64 {
    if u == 0.0 { 1.0 } else { 0.0 }
}

/// f\* at the slopes, from samples that come as near to 0 as f64 allows: the
/// supremum over u > 0 is approached there and nowhere attained.
fn conjugates() -> Vec<f64> {
    let us: Vec<f64> = std::iter::once(0.0).chain((-300..=0).map(|k| 10_f64.powi(k))).collect();
    let fs: Vec<f64> = us.iter().map(|&u| f(u)).collect();
    legendre(&us, &fs, &lower_hull(&us, &fs), &SLOPES)
}

fn draw() -> Result<Drawing, FigureError> {
    let conjugates = conjugates();
    let biconjugate = |u: f64| {
        SLOPES
            .iter()
            .zip(&conjugates)
            .map(|(t, conjugate)| t * u - conjugate)
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let size = (360.0, 230.0);
    let x = Axis::new("u", -0.15, 2.0, &[0.0, 1.0]);
    let y = Axis::new("", -0.8, 1.3, &[0.0, 1.0]);
    let graph = Pen::of(Hue::Series(1)).width(3.0);
    let least = x.length() / 1e3;

    let mut left = Vec::new();
    for (t, conjugate) in SLOPES.iter().zip(&conjugates) {
        let whole = [0.0, x.high].map(|u| (u, t * u - conjugate));
        let pen = Pen::of(Hue::Series(2)).width(1.3).dash(Dash::Dashed);
        left.extend(pieces(&whole, &y).into_iter().map(|piece| Mark::Line(piece, pen)));
    }
    left.extend([
        Mark::Line(vec![(0.0, f(least)), (x.high, f(x.high))], graph),
        Mark::Open((0.0, f(least)), graph.width(2.0)),
        Mark::Dot((0.0, f(0.0)), graph),
    ]);
    let right = vec![
        Mark::Line([0.0, x.high].map(|u| (u, biconjugate(u))).to_vec(), graph),
        Mark::Dot((0.0, biconjugate(0.0)), graph),
    ];
    let panels = vec![
        Panel {
            title: "f, and lines below it".to_owned(),
            alternative: format!(
                "The graph of f is {} for every u > 0, with an open circle at its left end, and one filled dot at \
                 height {} for u = 0. Dashed lines of slope 0 and below lie under the graph; all of them start at \
                 height 0, none reaches the dot.",
                number(f(least), 0),
                number(f(0.0), 0)
            ),
            size,
            margin_right: 20.0,
            x: x.clone(),
            y: y.clone(),
            marks: left,
        },
        Panel {
            title: "Its biconjugate f**".to_owned(),
            alternative: format!(
                "The graph of f** is {} for every u from 0 on; at u = 0 a filled dot lies at height {}, where f is {}.",
                number(biconjugate(1.0), 0),
                number(biconjugate(0.0), 0),
                number(f(0.0), 0)
            ),
            size,
            margin_right: 20.0,
            x,
            y,
            marks: right,
        },
    ];
    Ok(Drawing { panels, frames: None })
}
