//! Figure `conjugate-pairs`: f and f\* side by side for members of the catalogue.

use super::axis::{Axis, tick};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::members::heading;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::find;

pub(super) const FIGURE: Figure = Figure {
    id: "conjugate-pairs",
    chapter: 3,
    title: "Generators and their conjugates",
    description: "Eight generators f, each with its conjugate f* at its right. A dotted line marks where the domain \
                  of f* ends; dashed is the printed conjugate, or the start of its domain, where it differs from the true one.",
    draw,
};

/// The members that are shown.
const MEMBERS: [&str; 8] = [
    "kl",
    "reverse_kl",
    "total_variation",
    "pearson_chi2",
    "neyman_chi2",
    "squared_hellinger",
    "fgan_js",
    "jeffreys",
];

const SIZE: (f64, f64) = (180.0, 165.0);
/// Two conjugates that differ by rounding only, relatively, are drawn as one.
const SAME: f64 = 1e-9;

fn draw() -> Result<Drawing, FigureError> {
    let mut panels = Vec::new();
    for name in MEMBERS {
        let (member, short) = (find(name)?, heading(name));
        panels.push(generator(&member, short)?);
        panels.push(conjugate(&member, short)?);
    }
    Ok(Drawing { panels, frames: None })
}

fn generator(member: &dyn Divergence, short: &str) -> Result<Panel, FigureError> {
    let x = Axis::new("u", 0.0, 3.0, &[0.0, 1.0, 2.0]);
    let y = Axis::new("", -0.8, 2.2, &[0.0, 1.0, 2.0]);
    let pen = Pen::of(Hue::Series(1)).width(2.5);
    let mut marks: Vec<Mark> = curve(&format!("f of {short}"), &x, &y, |u| member.generator(u))?
        .into_iter()
        .map(|piece| Mark::Line(piece, pen))
        .collect();
    let start = member.at_zero();
    if y.contains(start) {
        marks.push(Mark::Dot((0.0, start), pen));
    }
    let at_zero = if start.is_finite() {
        format!("It starts at f(0) = {}", tick(start))
    } else {
        "It rises to infinity as u falls to 0".to_owned()
    };
    Ok(Panel {
        title: format!("{short}: f"),
        alternative: format!("The generator f of {}, convex and 0 at u = 1. {at_zero}.", member.title()),
        size: SIZE,
        margin_right: 10.0,
        x,
        y,
        marks,
    })
}

fn conjugate(member: &dyn Divergence, short: &str) -> Result<Panel, FigureError> {
    let x = Axis::new("t", -4.4, 2.0, &[-4.0, -2.0, 0.0]);
    let y = Axis::new("", -1.5, 2.5, &[-1.0, 0.0, 1.0, 2.0]);
    let pen = Pen::of(Hue::Series(2)).width(2.5);
    let printed = Pen::of(Hue::Series(4)).width(2.0).dash(Dash::Dashed);
    let domain = member.conjugate_domain();
    let mut marks = Vec::new();
    if x.contains(domain.high()) {
        marks.push(Mark::Line(vec![(domain.high(), y.low), (domain.high(), y.high)], Pen::guide()));
    }
    let printed_start = member.printed_conjugate_domain().low();
    if x.contains(printed_start) {
        marks.push(Mark::Line(vec![(printed_start, y.low), (printed_start, y.high)], printed.width(1.3)));
    }
    let printed_differs = x.places(101).any(|t| differs(member.conjugate(t), member.printed_conjugate(t)));
    if printed_differs {
        let pieces = curve(&format!("printed f* of {short}"), &x, &y, |t| member.printed_conjugate(t))?;
        marks.extend(pieces.into_iter().map(|piece| Mark::Line(piece, printed)));
    }
    let pieces = curve(&format!("f* of {short}"), &x, &y, |t| member.conjugate(t))?;
    marks.extend(pieces.into_iter().map(|piece| Mark::Line(piece, pen)));
    let end = member.conjugate(domain.high());
    if y.contains(end) {
        marks.push(Mark::Dot((domain.high(), end), pen));
    }
    let on = if domain.high().is_finite() {
        format!("Its domain {domain} ends at the dotted line")
    } else {
        "It is finite for every t".to_owned()
    };
    let beside = if x.contains(printed_start) {
        format!("; the printed one is infinite left of the dashed line at {}", tick(printed_start))
    } else if printed_differs {
        "; the dashed curve is the printed one, where it differs".to_owned()
    } else {
        String::new()
    };
    Ok(Panel {
        title: format!("{short}: f*"),
        alternative: format!("The conjugate f* of {}, convex and increasing. {on}{beside}.", member.title()),
        size: SIZE,
        margin_right: 10.0,
        x,
        y,
        marks,
    })
}

/// Are these two values of conjugates different? Both +∞ are the same.
fn differs(a: f64, b: f64) -> bool {
    a != b && (a - b).abs() > SAME * (1.0 + a.abs().min(b.abs()))
}
