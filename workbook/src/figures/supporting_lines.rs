//! Figure `supporting-lines`: f\*\* as the upper envelope of lines u·t − f\*(t).

use super::axis::{Axis, number};
use super::curve::{curve, pieces};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::Kl;

pub(super) const FIGURE: Figure = Figure {
    id: "supporting-lines",
    chapter: 3,
    title: "Supporting lines and their upper edge",
    description: "Two, four, eight and sixteen supporting lines u·t − f*(t) of f(u) = u log u. Their upper edge \
                  closes in on f from below.",
    draw,
};

/// How many lines each panel has.
const COUNTS: [u32; 4] = [2, 4, 8, 16];
/// They touch f in the middles of this many equal parts of [0, `LAST`].
const LAST: f64 = 2.0;
/// Where the gap between f and the envelope is measured: its maximum over this many
/// places.
const PLACES: u32 = 2001;

fn draw() -> Result<Drawing, FigureError> {
    let panels = COUNTS.into_iter().map(panel).collect::<Result<_, _>>()?;
    Ok(Drawing { panels, frames: None })
}

fn panel(count: u32) -> Result<Panel, FigureError> {
    let x = Axis::new("u", 0.0, LAST, &[0.0, 1.0]);
    let y = Axis::new("", -1.0, 1.4, &[-1.0, 0.0, 1.0]);
    let touching = (0..count).map(|k| LAST * (f64::from(k) + 0.5) / f64::from(count));
    let slopes = touching.map(|u| Kl.subdifferential(u).representative());
    let lines: Vec<_> = slopes.map(|t| (t, Kl.conjugate(t))).collect();
    let envelope =
        |u: f64| lines.iter().map(|(t, conjugate)| t * u - conjugate).fold(f64::NEG_INFINITY, f64::max);
    let gap = x.places(PLACES).map(|u| Kl.generator(u) - envelope(u)).fold(0.0, f64::max);

    let mut marks = Vec::new();
    for (t, conjugate) in &lines {
        let whole = [0.0, x.high].map(|u| (u, t * u - conjugate));
        marks.extend(
            pieces(&whole, &y).into_iter().map(|piece| Mark::Line(piece, Pen::of(Hue::Muted).width(0.8))),
        );
    }
    for piece in curve("u log u", &x, &y, |u| Kl.generator(u))? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.5)));
    }
    for piece in curve("the envelope", &x, &y, envelope)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed)));
    }
    Ok(Panel {
        title: format!("{count} lines: gap {}", number(gap, 3)),
        alternative: format!(
            "{count} straight lines below the curve u log u, which they touch at equally spaced points. Their upper \
             edge lies below the curve by at most {} for u from 0 to 2; the gap is widest at u = 0, where no line \
             touches.",
            number(gap, 3)
        ),
        size: (180.0, 190.0),
        margin_right: 10.0,
        x,
        y,
        marks,
    })
}
