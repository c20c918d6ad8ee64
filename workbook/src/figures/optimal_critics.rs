//! Figure `optimal-critics`: T\* = f′(p/q) along the line, for six generators.

use super::axis::{Axis, number, tick};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::members::heading;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::find;
use vdm::density::{Density, Gaussian};

pub(super) const FIGURE: Figure = Figure {
    id: "optimal-critics",
    chapter: 4,
    title: "The best critic of six divergences",
    description: "For P = N(1, 1) and Q = N(0, 1): the optimal critic f′(p(x)/q(x)) of six generators, each \
                  with a dot where the ratio p/q is 1.",
    draw,
};

/// The members that are shown.
const MEMBERS: [&str; 6] =
    ["kl", "reverse_kl", "fgan_js", "squared_hellinger", "pearson_chi2", "total_variation"];

/// P and Q differ in their means only.
const MEANS: (f64, f64) = (1.0, 0.0);

fn draw() -> Result<Drawing, FigureError> {
    let (p, q) = (Gaussian::new(MEANS.0, 1.0)?, Gaussian::new(MEANS.1, 1.0)?);
    let log_ratio = |x: f64| p.ln_density(x) - q.ln_density(x);
    let panels = MEMBERS
        .iter()
        .map(|name| panel(&find(name)?, heading(name), &log_ratio))
        .collect::<Result<_, FigureError>>()?;
    Ok(Drawing { panels, frames: None })
}

fn panel(member: &dyn Divergence, short: &str, log_ratio: &dyn Fn(f64) -> f64) -> Result<Panel, FigureError> {
    let x = Axis::new("x", -1.5, 2.5, &[-1.0, 0.0, 1.0, 2.0]);
    let y = Axis::new("", -3.2, 4.2, &[-2.0, 0.0, 2.0, 4.0]);
    // Where two Gaussians of equal width have equal density: half way.
    let even = f64::midpoint(MEANS.0, MEANS.1);
    let threshold = member.optimal_critic(0.0);
    let at_one = member.slope_at_one();
    let slope = if at_one.low() < at_one.high() {
        format!("{} to {}", tick(at_one.low()), tick(at_one.high()))
    } else {
        format!("f′(1) = {}", tick(threshold))
    };
    let mut marks = vec![Mark::Line(vec![(even, y.low), (even, y.high)], Pen::guide())];
    let pen = Pen::of(Hue::Series(1)).width(2.5);
    // A kink of f makes the critic jump: each side is a curve of its own.
    let sides = [Axis::new("x", x.low, even - STEP, &[]), Axis::new("x", even + STEP, x.high, &[])];
    for side in &sides {
        let pieces = curve(&format!("T* of {short}"), side, &y, |x| member.optimal_critic(log_ratio(x)))?;
        marks.extend(pieces.into_iter().map(|piece| Mark::Line(piece, pen)));
    }
    if y.contains(threshold) {
        marks.push(Mark::Dot((even, threshold), Pen::of(Hue::Series(2))));
    }
    Ok(Panel {
        title: format!("{short}: {slope}"),
        alternative: format!(
            "The optimal critic of {}, increasing from left to right; at x = {}, where both densities are equal, \
             its value is {}.",
            member.title(),
            number(even, 1),
            number(threshold, 1)
        ),
        size: (230.0, 190.0),
        margin_right: 10.0,
        x,
        y,
        marks,
    })
}

/// Half the width of the gap that is left at the place where a critic may jump.
const STEP: f64 = 1e-6;
