//! Figure `elbo-split`: log p(x) as the sum of the ELBO and the gap, as q moves.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::catalogue::Kl;
use vdm::density::Finite;
use vdm::divergence::between_finite;

pub(super) const FIGURE: Figure = Figure {
    id: "elbo-split",
    chapter: 8,
    title: "The evidence, split into the ELBO and the gap",
    description: "A horizontal line at log p(x); below it the ELBO as a function of q(z = 1 | x), which touches the \
                  line at the posterior. Shaded between them: the KL divergence from q to the posterior.",
    draw,
};

/// p(x, z) at the observed x, for z = 0 and z = 1.
const JOINT: [f64; 2] = [0.15, 0.35];

fn draw() -> Result<Drawing, FigureError> {
    let evidence: f64 = JOINT.iter().sum();
    let posterior = Finite::new(&JOINT.map(|mass| mass / evidence))?;
    let top = evidence.ln();
    // KL by the library, the ELBO by its definition: the sum is not put in.
    let elbo = |q: f64| -> f64 {
        [1.0 - q, q]
            .iter()
            .zip(JOINT)
            .filter(|(mass, _)| **mass > 0.0)
            .map(|(mass, joint)| mass * (joint / mass).ln())
            .sum()
    };
    let gap = |q: f64| Finite::new(&[1.0 - q, q]).ok().and_then(|q| between_finite(&Kl, &q, &posterior).ok());
    let x = Axis::new("q(z = 1 | x)", 0.0, 1.0, &[0.0, 0.5, 1.0]);
    let y = Axis::new("", -2.2, -0.4, &[-2.0, -1.5, -1.0, -0.5]);
    let best = JOINT[1] / evidence;

    let mut marks = Vec::new();
    let lower: Vec<_> = x.places(PLACES).map(|q| (q, elbo(q))).collect();
    let upper = lower.iter().rev().map(|&(q, low)| (q, low + gap(q).unwrap_or(f64::NAN)));
    marks.push(Mark::Area(lower.iter().copied().chain(upper).collect(), Pen::of(Hue::Series(2)), 0.25));
    marks.push(Mark::Line(vec![(best, y.low), (best, y.high)], Pen::guide()));
    marks.push(Mark::Line(
        vec![(0.0, top), (1.0, top)],
        Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed),
    ));
    for piece in curve("the ELBO", &x, &y, elbo)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.5)));
    }
    marks.push(Mark::Text {
        at: (0.03, top),
        shift: (0.0, -11.0),
        text: "log p(x)".to_owned(),
        pen: Pen::of(Hue::Series(2)),
    });
    marks.push(Mark::Text {
        at: (0.3, -1.45),
        shift: (0.0, 0.0),
        text: "ELBO".to_owned(),
        pen: Pen::of(Hue::Series(1)),
    });
    Ok(Panel {
        title: format!("log p(x) = {}", number(top, 3)),
        alternative: format!(
            "The evidence {} as a horizontal line. The ELBO lies below it, equals {} at q = 0 and {} at q = 1, and \
             touches the line at q = {}, the posterior. The gap between them is shaded.",
            number(top, 3),
            number(elbo(0.0), 3),
            number(elbo(1.0), 3),
            number(best, 1)
        ),
        size: (420.0, 260.0),
        margin_right: 86.0,
        x,
        y,
        marks,
    })
    .map(|panel| Drawing { panels: vec![panel], frames: None })
}

/// Places at which the shaded region is drawn.
const PLACES: u32 = 201;
