//! Figure `best-event`: two densities, and the event on which they disagree most.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::catalogue::TotalVariation;
use vdm::density::{Density, Gaussian};
use vdm::divergence::between;

pub(super) const FIGURE: Figure = Figure {
    id: "best-event",
    chapter: 1,
    title: "The event on which two laws disagree most",
    description: "Two bell curves p and q that cross twice. Where p lies above q the region between them is shaded; its \
                  area is the total variation of the two laws.",
    draw,
};

fn draw() -> Result<Drawing, FigureError> {
    let (p, q) = (Gaussian::new(0.0, 1.0)?, Gaussian::new(0.75, 0.6)?);
    let density = |law: Gaussian| move |x: f64| law.ln_density(x).exp();
    let (p_at, q_at) = (density(p), density(q));
    let variation = between(&TotalVariation, &p, &q)?.value;
    let x = Axis::new("x", -3.4, 3.4, &[-2.0, 0.0, 2.0]);
    let y = Axis::new("", 0.0, 0.75, &[0.0, 0.5]);
    let floor = y.low;
    // Runs of neighbouring places with p > q: the event, as intervals.
    let places: Vec<f64> = x.places(PLACES).collect();
    let event: Vec<&[f64]> = places
        .chunk_by(|a, b| (p_at(*a) > q_at(*a)) == (p_at(*b) > q_at(*b)))
        .filter(|run| p_at(run[0]) > q_at(run[0]))
        .collect();
    let mut marks = Vec::new();
    for run in &event {
        let above = run.iter().map(|x| (*x, p_at(*x)));
        let below = run.iter().rev().map(|x| (*x, q_at(*x)));
        marks.push(Mark::Area(above.chain(below).collect(), Pen::of(Hue::Series(1)), 0.3));
        let ends = vec![(run[0], floor), (run[run.len() - 1], floor)];
        marks.push(Mark::Line(ends, Pen::of(Hue::Series(1)).width(6.0)));
    }
    for piece in curve("p", &x, &y, p_at)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.5)));
    }
    for piece in curve("q", &x, &y, q_at)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed)));
    }
    let label = |at, words: &str, series| Mark::Text {
        at,
        shift: (0.0, 0.0),
        text: words.to_owned(),
        pen: Pen::of(Hue::Series(series)),
    };
    marks.extend([label((-1.75, 0.3), "p", 1), label((1.35, 0.55), "q", 2), label((-2.6, 0.06), "A", 1)]);
    let ends: Vec<String> = event.iter().map(|run| number(run[run.len() - 1], 2)).collect();
    let starts: Vec<String> = event.iter().map(|run| number(run[0], 2)).collect();
    Ok(Drawing {
        panels: vec![Panel {
            title: format!("TV(P, Q) = {}, the shaded area", number(variation, 3)),
            alternative: format!(
                "The densities of P = N(0, 1) and Q = N(0.75, 0.6²). P lies above Q left of {} and right of {}; there \
                 the region between the curves is shaded and the stretch of the axis is drawn thick: the event A. The \
                 shaded area is P[A] − Q[A] = {}.",
                ends.first().map_or("", String::as_str),
                starts.last().map_or("", String::as_str),
                number(variation, 3)
            ),
            size: (420.0, 250.0),
            margin_right: 24.0,
            x,
            y,
            marks,
        }],
        frames: None,
    })
}

/// Places at which the shaded region is drawn.
const PLACES: u32 = 681;
