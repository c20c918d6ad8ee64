//! Figure `argmins`: an objective with two minimisers, and one without any.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Hue, Pen};
use vdm::catalogue::Kl;
use vdm::ch01_generative_modelling::exercises::all_minimisers;
use vdm::density::{Finite, Gaussian};
use vdm::divergence::{between_finite, gaussian_closed_forms};

pub(super) const FIGURE: Figure = Figure {
    id: "argmins",
    chapter: 1,
    title: "Two minimisers, and none",
    description: "Left: the divergence as a function of the scale θ of a Gaussian generator falls to 0 at −1 and at 1. \
                  Right: for a coin that never shows tails the divergence falls for ever and stays above 0.",
    draw,
};

fn draw() -> Result<Drawing, FigureError> {
    let data = Gaussian::new(0.0, 1.0)?;
    // The law of θz is N(0, θ²); at θ = 0 it is one point, and KL is +∞.
    let scaled = |theta: f64| match Gaussian::new(0.0, theta.abs()) {
        Ok(model) => gaussian_closed_forms::kl(&data, &model),
        Err(_) => f64::INFINITY,
    };
    let heads = Finite::new(&[1.0, 0.0])?;
    let coin = |theta: f64| {
        Finite::from_ln_weights(&[theta, 0.0])
            .ok()
            .and_then(|q| between_finite(&Kl, &heads, &q).ok())
            .unwrap_or(f64::NAN)
    };
    let y = Axis::new("", -0.15, 2.4, &[0.0, 1.0, 2.0]);
    let size = (360.0, 250.0);

    let x = Axis::new("θ", -3.2, 3.2, &[-2.0, -1.0, 0.0, 1.0, 2.0]);
    let grid: Vec<f64> = (-24..=24).map(|k| f64::from(k) / 8.0).collect();
    let values: Vec<f64> = grid.iter().map(|theta| scaled(*theta)).collect();
    let best: Vec<f64> = all_minimisers(&values, 1e-12).into_iter().map(|i| grid[i]).collect();
    let mut left = Vec::new();
    for piece in curve("KL(N(0, 1) ‖ N(0, θ²))", &x, &y, scaled)? {
        left.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.5)));
    }
    left.extend(best.iter().map(|theta| Mark::Dot((*theta, scaled(*theta)), Pen::of(Hue::Series(2)))));

    let across = Axis::new("θ", -3.2, 6.4, &[-2.0, 0.0, 2.0, 4.0, 6.0]);
    let mut right = Vec::new();
    for piece in curve("KL of the coin", &across, &y, coin)? {
        right.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.5)));
    }
    right.push(Mark::Text {
        at: (3.0, 0.38),
        shift: (0.0, 0.0),
        text: "never 0".to_owned(),
        pen: Pen::of(Hue::Series(1)),
    });
    let shown: Vec<String> = best.iter().map(|theta| number(*theta, 0)).collect();
    Ok(Drawing {
        panels: vec![
            Panel {
                title: "KL(N(0, 1) ‖ law of θz)".to_owned(),
                alternative: format!(
                    "The divergence from N(0, 1) to the law of θz against θ from −3 to 3: symmetric, infinite at θ = 0, \
                     with minima of height 0 at θ = {}, marked by dots.",
                    shown.join(" and ")
                ),
                size,
                margin_right: 20.0,
                x,
                y: y.clone(),
                marks: left,
            },
            Panel {
                title: "KL((1, 0) ‖ (σ(θ), 1 − σ(θ)))".to_owned(),
                alternative: format!(
                    "The divergence from a coin that always shows heads to one with log-odds θ: it falls from {} at θ = −2 \
                     to {} at θ = 6, ever more slowly, and stays above 0.",
                    number(coin(-2.0), 2),
                    number(coin(6.0), 4)
                ),
                size,
                margin_right: 20.0,
                x: across,
                y,
                marks: right,
            },
        ],
        frames: None,
    })
}
