//! Flow charts: boxes below one another, from each an arrow to the next.

use super::axis::Axis;
use super::panel::{Mark, Panel};
use super::pen::{Hue, Pen};

/// A box: its first line is its heading.
pub(super) struct Step {
    pub(super) lines: Vec<String>,
    pub(super) hue: Hue,
    /// Beside the arrow to the next box; the last box has none.
    pub(super) then: &'static str,
}

/// All lengths in CSS pixels at the nominal size.
const WIDTH: f64 = 380.0;
const LINE: f64 = 21.0;
const PADDING: f64 = 9.0;
const ARROW: f64 = 46.0;
/// Room for the panel's heading.
const TOP: f64 = 34.0;

/// A panel without axes.
pub(super) fn flow(title: &str, alternative: String, steps: &[Step]) -> Panel {
    let tall = |step: &Step| step.lines.len() as f64 * LINE + 2.0 * PADDING;
    let boxes: f64 = steps.iter().map(tall).sum();
    let height = boxes + ARROW * (steps.len().saturating_sub(1)) as f64 + 4.0;
    let mut marks = Vec::new();
    let mut top = height - 2.0;
    for (number, step) in steps.iter().enumerate() {
        let bottom = top - tall(step);
        let pen = Pen::of(step.hue).width(2.0);
        let corners = [(2.0, top), (WIDTH - 2.0, top), (WIDTH - 2.0, bottom), (2.0, bottom), (2.0, top)];
        marks.push(Mark::Line(corners.to_vec(), pen));
        for (index, line) in step.lines.iter().enumerate() {
            let at = (12.0, top - PADDING - LINE * (index as f64 + 0.5));
            let hue = if index == 0 { step.hue } else { Hue::Ink };
            marks.push(Mark::Text { at, shift: (0.0, 0.0), text: line.clone(), pen: Pen::of(hue) });
        }
        if number + 1 < steps.len() {
            marks.extend(arrow(bottom, step.then));
        }
        top = bottom - ARROW;
    }
    Panel {
        title: title.to_owned(),
        alternative,
        size: (WIDTH, height + TOP),
        margin_right: 0.0,
        x: Axis::new("", 0.0, WIDTH, &[]),
        y: Axis::new("", 0.0, height, &[]),
        marks,
    }
}

/// An arrow from `from` down to the next box, with words beside it.
fn arrow(from: f64, words: &str) -> [Mark; 3] {
    const X: f64 = 28.0;
    let to = from - ARROW;
    let head = vec![(X, to + 1.0), (X - 5.0, to + 11.0), (X + 5.0, to + 11.0)];
    let pen = Pen::of(Hue::Muted).width(1.6);
    [
        Mark::Line(vec![(X, from), (X, to + 8.0)], pen),
        Mark::Area(head, pen, 1.0),
        Mark::Text { at: (X + 14.0, from - ARROW / 2.0), shift: (0.0, 0.0), text: words.to_owned(), pen },
    ]
}
