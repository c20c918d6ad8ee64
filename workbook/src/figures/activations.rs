//! Figure `activations`: g_f and f\*∘g_f for members of the catalogue.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::members::heading;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::find;

pub(super) const FIGURE: Figure = Figure {
    id: "activations",
    chapter: 5,
    title: "The critic's last layer",
    description: "For eight divergences: the activation g_f(v) as a solid curve, the loss on generated points f*(g_f(v)) \
                  as a dashed one, a dotted line where the domain of f* ends, and a dot at the threshold f′(1).",
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
    "gan",
];

fn draw() -> Result<Drawing, FigureError> {
    let panels =
        MEMBERS.iter().map(|name| panel(&find(name)?, heading(name))).collect::<Result<_, FigureError>>()?;
    Ok(Drawing { panels, frames: None })
}

fn panel(member: &dyn Divergence, short: &str) -> Result<Panel, FigureError> {
    let x = Axis::new("v", -3.0, 3.0, &[-2.0, 0.0, 2.0]);
    let y = Axis::new("", -3.0, 3.0, &[-2.0, 0.0, 2.0]);
    let ends = member.printed_conjugate_domain();
    let mut marks = Vec::new();
    for end in [ends.low(), ends.high()].into_iter().filter(|end| y.contains(*end)) {
        marks.push(Mark::Line(vec![(x.low, end), (x.high, end)], Pen::guide()));
    }
    let composite = Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed);
    let activation = Pen::of(Hue::Series(1)).width(2.5);
    for piece in curve(&format!("f*∘g_f of {short}"), &x, &y, |v| member.conjugate_of_activation(v))? {
        marks.push(Mark::Line(piece, composite));
    }
    for piece in curve(&format!("g_f of {short}"), &x, &y, |v| member.output_activation(v))? {
        marks.push(Mark::Line(piece, activation));
    }
    let threshold = member.slope_at_one().representative();
    marks.push(Mark::Dot((raw_output(member, threshold), threshold), activation));
    let meets = if member.at_one() == 0.0 {
        "the two curves meet there"
    } else {
        "the dashed curve is above it there, since this generator is not normalised"
    };
    Ok(Panel {
        title: short.to_owned(),
        alternative: format!(
            "{}: the increasing activation g_f, and f* of it, which is nowhere below. The domain of f* is {ends}. \
             At the threshold T = {} {meets}.",
            member.title(),
            number(threshold, 2),
        ),
        size: (180.0, 165.0),
        margin_right: 10.0,
        x,
        y,
        marks,
    })
}

/// The v with g_f(v) = t, by bisection on an increasing function.
fn raw_output(member: &dyn Divergence, t: f64) -> f64 {
    let (mut low, mut high) = (-64.0, 64.0);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if member.output_activation(middle) < t {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
