//! Figure `parallel-segments`: divergences of two segments, moved apart across and along.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::{TotalVariation, find};
use vdm::ch01_generative_modelling::exercises::divergence_of_segments;

pub(super) const FIGURE: Figure = Figure {
    id: "parallel-segments",
    chapter: 1,
    title: "Two segments, moved across and along",
    description: "Left: moved across, two segments are at the full divergence at once, with one dot at zero. Right: moved \
                  along their own line, the divergence grows in proportion until they no longer overlap.",
    draw,
};

fn draw() -> Result<Drawing, FigureError> {
    let jsd = find("jsd")?;
    let shown: [(&dyn Divergence, Hue, Dash, &str); 2] =
        [(&TotalVariation, Hue::Series(2), Dash::Dashed, "TV"), (&jsd, Hue::Series(1), Dash::Solid, "JSD")];
    let y = Axis::new("", -0.08, 1.25, &[0.0, 0.5, 1.0]);
    let (mut across, mut along) = (Vec::new(), Vec::new());
    for (f, hue, dash, name) in shown {
        let pen = Pen::of(hue).width(2.5);
        let at = |along, across| divergence_of_segments(f, along, across);
        // Each side of the jump is a line of its own.
        for side in [-1.0, 1.0] {
            let line =
                [1.0, 0.5, 1e-9].map(|distance| (side * 1.6 * distance, at(0.0, side * 1.6 * distance)));
            across.push(Mark::Line(line.to_vec(), pen.dash(dash)));
        }
        across.push(Mark::Open((0.0, at(0.0, 1e-300)), pen.width(2.0)));
        let corners = [-1.6, -1.0, 0.0, 1.0, 1.6].map(|shift| (shift, at(shift, 0.0)));
        along.push(Mark::Line(corners.to_vec(), pen.dash(dash)));
        let label = |height| Mark::Text { at: (1.6, height), shift: (4.0, 0.0), text: name.to_owned(), pen };
        across.push(label(at(0.0, 1.6)));
        along.push(label(at(1.6, 0.0)));
    }
    across.push(Mark::Dot((0.0, divergence_of_segments(&jsd, 0.0, 0.0)), Pen::of(Hue::Series(1))));
    let (full_jsd, full_tv) =
        (divergence_of_segments(&jsd, 0.0, 1.0), divergence_of_segments(&TotalVariation, 0.0, 1.0));
    let [full_jsd, full_tv] = [full_jsd, full_tv].map(|value| number(value, 2));
    let panel = |title: &str, alternative: String, name, marks| Panel {
        title: title.to_owned(),
        alternative,
        size: (360.0, 230.0),
        margin_right: 44.0,
        x: Axis::new(name, -1.6, 1.6, &[-1.0, 0.0, 1.0]),
        y: y.clone(),
        marks,
    };
    Ok(Drawing {
        panels: vec![
            panel(
                "moved across",
                format!(
                    "Two horizontal lines, JSD at {full_jsd} and TV at {full_tv}, interrupted only at 0, where both \
                     have an open circle and a filled dot lies at height 0: there is no slope to follow."
                ),
                "across",
                across,
            ),
            panel(
                "moved along",
                format!(
                    "Two V-shaped lines that meet at 0 for segments that coincide and rise to {full_jsd} (JSD) and \
                     {full_tv} (TV) when the shift reaches 1; beyond it they are flat."
                ),
                "along",
                along,
            ),
        ],
        frames: None,
    })
}
