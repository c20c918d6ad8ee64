//! Figures `lab-densities`, `lab-critics` and `lab-bounds`: the recorded runs on the line.

use super::axis::{Axis, number};
use super::curve::{curve, pieces};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use crate::records::{Entry, LINE, Mean, exact, record};
use vdm::Divergence;
use vdm::catalogue::find;
use vdm::density::{Density, Gaussian, Mixture};

pub(super) const DENSITIES: Figure = Figure {
    id: "lab-densities",
    chapter: 5,
    title: "The mixture and the five Gaussians",
    description: "The mixture with its narrow and its wide mode, and the Gaussians that were learned with five divergences. \
                  Reverse KL settles on the wide mode, Pearson spreads furthest to the left, the others lie between.",
    draw: densities,
};

pub(super) const CRITICS: Figure = Figure {
    id: "lab-critics",
    chapter: 5,
    title: "The trained critics against T*",
    description: "For each divergence the trained critic T and the best one, T* = f'(p/q), at the Gaussian that was learned. \
                  They agree where there are samples, and part in the tails.",
    draw: critics,
};

pub(super) const BOUNDS: Figure = Figure {
    id: "lab-bounds",
    chapter: 5,
    title: "The bound and the divergence over the steps",
    description: "For each divergence the bound on the batches and the exact divergence at the generator of the moment, \
                  over the steps of one run: the bound rises from below and then scatters about the divergence.",
    draw: bounds,
};

/// The divergences, with short names and pens.
pub(super) const SHOWN: [(&str, &str, Hue, Dash); 5] = [
    ("kl", "KL", Hue::Series(1), Dash::Solid),
    ("reverse_kl", "Reverse KL", Hue::Series(2), Dash::Dashed),
    ("fgan_js", "f-GAN JS", Hue::Series(3), Dash::DashDot),
    ("jeffreys", "Jeffreys", Hue::Series(4), Dash::Dotted),
    ("pearson_chi2", "Pearson χ²", Hue::Series(5), Dash::Dashed),
];

fn entries() -> impl Iterator<Item = (&'static Entry, (&'static str, Hue, Dash))> {
    SHOWN
        .into_iter()
        .filter_map(|(name, short, hue, dash)| Some((record("line")?.entry(name)?, (short, hue, dash))))
}

/// μ̂ and σ̂, averaged over the seeds.
fn learned(entry: &Entry) -> Option<(f64, f64)> {
    let mean = Mean::of(entry.learned().map(|fit| fit.mean))?;
    Some((mean.mean, Mean::of(entry.learned().map(|fit| fit.deviation))?.mean))
}

fn densities() -> Result<Drawing, FigureError> {
    let x = Axis::new("x", -5.0, 7.0, &[-4.0, -2.0, 0.0, 2.0, 4.0, 6.0]);
    let y = Axis::new("", 0.0, 0.56, &[0.0, 0.2, 0.4]);
    let p = Mixture::of_gaussians(&LINE)?;
    let mut marks = Vec::new();
    let mut words = Vec::new();
    for piece in curve("p", &x, &y, |x| p.ln_density(x).exp())? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Ink).width(3.0)));
    }
    marks.push(Mark::Text {
        at: (-0.6, 0.5),
        shift: (0.0, 0.0),
        text: "data".into(),
        pen: Pen::of(Hue::Ink),
    });
    for (row, (entry, (short, hue, dash))) in entries().enumerate() {
        let Some((mean, deviation)) = learned(entry) else { continue };
        let q = Gaussian::new(mean, deviation)?;
        let pen = Pen::of(hue).dash(dash).width(2.2);
        for piece in curve(short, &x, &y, |x| q.ln_density(x).exp())? {
            marks.push(Mark::Line(piece, pen));
        }
        let height = 0.5 - 0.045 * row as f64;
        marks.push(Mark::Line(vec![(2.6, height), (3.4, height)], pen));
        let text = format!("{short}: {}, {}", number(mean, 2), number(deviation, 2));
        words.push(text.clone());
        marks.push(Mark::Text { at: (3.55, height), shift: (0.0, 0.0), text, pen });
    }
    Ok(Drawing {
        panels: vec![Panel {
            title: "Densities; at the right μ and σ of each fit".into(),
            alternative: format!(
                "The mixture has a narrow mode at −1 and a wide one at 2. Over it lie five bell curves, with mean and \
                 deviation {}.",
                words.join("; ")
            ),
            size: (560.0, 320.0),
            margin_right: 14.0,
            x,
            y,
            marks,
        }],
        frames: None,
    })
}

fn critics() -> Result<Drawing, FigureError> {
    let p = Mixture::of_gaussians(&LINE)?;
    let mut panels = Vec::new();
    for (entry, (short, ..)) in entries() {
        let (Some(trace), Some(first)) = (&entry.trace, entry.learned().next()) else { continue };
        let f = find(&entry.divergence)?;
        let q = Gaussian::new(first.mean, first.deviation)?;
        let best = |x: f64| f.optimal_critic(p.ln_density(x) - q.ln_density(x));
        // Where the data are, between their outer hundredths, plus a rim.
        let heights: Vec<f64> = (0..=90).map(|i| best(-2.0 + 0.08 * f64::from(i))).collect();
        let (low, high) = heights.iter().fold((f64::MAX, f64::MIN), |(a, b), h| (a.min(*h), b.max(*h)));
        let (low, high) = (low.max(-6.0), high.min(8.0));
        let rim = 0.12 * (high - low);
        let x = Axis::new("x", -4.0, 7.0, &[-2.0, 1.0, 4.0]);
        let y = Axis::new("", low - rim, high + rim, &ticks(low, high));
        let mut marks: Vec<Mark> = pieces(&trace.critic, &Axis { ..y.clone() })
            .into_iter()
            .map(|piece| piece.into_iter().filter(|at| x.contains(at.0)).collect::<Vec<_>>())
            .filter(|piece| piece.len() > 1)
            .map(|piece| Mark::Line(piece, Pen::of(Hue::Series(2)).width(2.2).dash(Dash::Dashed)))
            .collect();
        for piece in curve("T*", &x, &y, best)? {
            marks.insert(0, Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.2)));
        }
        // Largest distance where nearly all samples are.
        let core = trace.critic.iter().filter(|(x, _)| (-2.0..=5.0).contains(x));
        let apart = core.map(|&(x, t)| (t - best(x)).abs()).fold(0.0, f64::max);
        panels.push(Panel {
            title: short.to_owned(),
            alternative: format!(
                "The trained critic follows the best one from −2 to 5, where nearly all samples are, within {}; further out \
                 it goes on smoothly where the best one bends away.",
                number(apart, 2)
            ),
            size: (200.0, 180.0),
            margin_right: 10.0,
            x,
            y,
            marks,
        });
    }
    Ok(Drawing { panels, frames: None })
}

/// Two or three round places between two heights.
fn ticks(low: f64, high: f64) -> Vec<f64> {
    let step = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0].into_iter().find(|step| (high - low) / step <= 3.0);
    let step = step.unwrap_or(10.0);
    (((low / step).ceil() as i32)..=((high / step).floor() as i32)).map(|i| f64::from(i) * step).collect()
}

fn bounds() -> Result<Drawing, FigureError> {
    let mut panels = Vec::new();
    for (entry, (short, ..)) in entries() {
        let (Some(trace), Some(settings)) = (&entry.trace, record("line").map(|record| &record.settings))
        else {
            continue;
        };
        let f = find(&entry.divergence)?;
        let at = |i: usize, value: f64| (trace.steps[i] as f64 / 1000.0, value);
        let divergences: Vec<(f64, f64)> = (0..trace.steps.len())
            .map(|i| at(i, exact(&f, trace.mean[i], trace.deviation[i]).unwrap_or(f64::INFINITY)))
            .collect();
        let batches: Vec<(f64, f64)> =
            trace.bound.iter().enumerate().map(|(i, bound)| at(i, *bound)).collect();
        let last = divergences.last().map_or(1.0, |at| at.1);
        let end = (settings.steps + settings.polish) as f64 / 1000.0;
        let x = Axis::new("10³ steps", 0.0, end, &ticks(0.0, 0.6 * end));
        let y = Axis::new("", 0.0, 1.6 * last, &ticks(0.0, 1.6 * last));
        let mut marks: Vec<Mark> = Vec::new();
        let turn = settings.steps as f64 / 1000.0;
        marks.push(Mark::Line(vec![(turn, 0.0), (turn, y.high)], Pen::guide()));
        for piece in pieces(&batches, &y) {
            marks.push(Mark::Line(piece, Pen::of(Hue::Series(2)).width(1.4)));
        }
        for piece in pieces(&divergences, &y) {
            marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.4)));
        }
        panels.push(Panel {
            title: short.to_owned(),
            alternative: format!(
                "The divergence falls to {} and stays there; the bound on the batches rises to it and scatters about it. \
                 From the dotted line on, only the critic moves.",
                number(last, 3)
            ),
            size: (200.0, 180.0),
            margin_right: 14.0,
            x,
            y,
            marks,
        });
    }
    Ok(Drawing { panels, frames: None })
}
