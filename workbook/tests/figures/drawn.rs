//! What all these tests ask for: the figures drawn once, and the marks of a panel.

use std::sync::OnceLock;
use workbook::figures::{Drawing, Figure, Frames, Hue, Mark, all};

/// Relative error of two or three operations on f64, with room for the library's exp.
pub(crate) const ROUNDING: f64 = 1e-12;

/// A figure, what it draws and what stands on the page: once for all tests.
pub(crate) struct Drawn {
    pub(crate) figure: Figure,
    pub(crate) drawing: Drawing,
    pub(crate) svg: String,
}

pub(crate) fn drawn() -> &'static [Drawn] {
    static DRAWN: OnceLock<Vec<Drawn>> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let draw = |figure: Figure| {
            let drawing = figure.drawing().unwrap_or_else(|error| panic!("{}: {error}", figure.id));
            let svg = figure.finish(&drawing).unwrap_or_else(|error| panic!("{}: {error}", figure.id));
            Drawn { figure, drawing, svg }
        };
        all().into_iter().map(draw).collect()
    })
}

pub(crate) fn find_drawn(id: &str) -> &'static Drawn {
    drawn().iter().find(|drawn| drawn.figure.id == id).unwrap_or_else(|| panic!("no figure `{id}`"))
}

pub(crate) fn drawing(id: &str) -> Drawing {
    find_drawn(id).drawing.clone()
}

pub(crate) fn frames() -> Frames {
    drawing("tangent").frames.unwrap_or_else(|| panic!("the tangent has no frames"))
}

/// The points of a panel's lines of one hue, line by line.
pub(crate) fn lines(marks: &[Mark], hue: Hue) -> Vec<&[(f64, f64)]> {
    let line = |mark| match mark {
        &Mark::Line(ref points, pen) if pen.hue == hue => Some(points.as_slice()),
        _ => None,
    };
    marks.iter().filter_map(line).collect()
}

pub(crate) fn points(marks: &[Mark], hue: Hue) -> impl Iterator<Item = (f64, f64)> {
    lines(marks, hue).into_iter().flatten().copied()
}

/// The area inside a closed line.
pub(crate) fn area(outline: &[(f64, f64)]) -> f64 {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
}
