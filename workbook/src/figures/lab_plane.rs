//! Figures `lab-ring`, `lab-grid` and `lab-modes`: the recorded runs in the plane.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::lab_line::SHOWN;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use crate::records::{Cloud, Entry, Mean, record};
use vdm::catalogue::find;

pub(super) const RING: Figure = Figure {
    id: "lab-ring",
    chapter: 5,
    title: "Ring of eight: samples over the steps",
    description: "Samples of five generators, one a divergence, over the steps of training on eight narrow modes on a circle; \
                  a slider moves through the steps. A shapeless cloud becomes a circle, and the circle breaks into modes.",
    draw: || over_time("ring", 1.5),
};

pub(super) const GRID: Figure = Figure {
    id: "lab-grid",
    chapter: 5,
    title: "Grid of twenty-five: samples over the steps",
    description: "Samples of five generators, one a divergence, over the steps of training on a grid of twenty-five narrow \
                  modes; a slider moves through the steps.",
    draw: || over_time("grid", 5.2),
};

pub(super) const MODES: Figure = Figure {
    id: "lab-modes",
    chapter: 5,
    title: "High quality and reverse KL by divergence",
    description: "For each divergence, one dot for the ring and one for the grid: the share of samples near a mode, and how \
                  unevenly the modes share the samples.",
    draw: modes,
};

/// Parts that the slider moves, one a divergence.
const PARTS: [&str; 5] = ["cloud-1", "cloud-2", "cloud-3", "cloud-4", "cloud-5"];

/// The cloud's points inside the panel.
fn inside(cloud: &Cloud, reach: f64) -> Vec<(f64, f64)> {
    let pairs = cloud.points.chunks_exact(2).map(|pair| (pair[0], pair[1]));
    pairs.filter(|(x, y)| x.abs() < reach && y.abs() < reach).collect()
}

fn over_time(file: &'static str, reach: f64) -> Result<Drawing, FigureError> {
    let shown: Vec<(&Entry, &str, &[Cloud])> = SHOWN
        .iter()
        .filter_map(|(name, short, ..)| {
            let entry = record(file)?.entry(name)?;
            Some((entry, *short, entry.trace.as_ref()?.clouds.as_slice()))
        })
        .filter(|(.., clouds)| !clouds.is_empty())
        .collect();
    let count = shown.iter().map(|(.., clouds)| clouds.len()).min().unwrap_or(0);
    let mut panels = Vec::new();
    for ((entry, short, clouds), part) in shown.iter().zip(PARTS) {
        let quality = entry.qualities().next();
        let told = quality.map_or_else(String::new, |quality| {
            format!(
                " At the end {} modes are reached and {} % of the samples lie near one.",
                quality.modes,
                number(100.0 * quality.high_quality, 1)
            )
        });
        let pen = Pen::of(Hue::Series(2)).width(3.0).dash(Dash::Dots).part(part);
        panels.push(Panel {
            title: (*short).to_owned(),
            alternative: format!(
                "Samples trained with {short}, after {} steps.{told}",
                clouds[count - 1].step
            ),
            size: (190.0, 200.0),
            margin_right: 6.0,
            x: Axis::new("", -reach, reach, &[]),
            y: Axis::new("", -reach, reach, &[]),
            marks: vec![
                Mark::Line(centres(file), Pen::of(Hue::Muted).width(6.0).dash(Dash::Dots)),
                Mark::Line(inside(&clouds[count - 1], reach), pen),
            ],
        });
    }
    let mut frames = Vec::new();
    for at in 0..count {
        let step = shown.first().map_or(0, |(.., clouds)| clouds[at].step);
        let mut set = Vec::new();
        for ((.., clouds), panel) in shown.iter().zip(&panels) {
            set.push(super::finish::dots(&panel.locate(&inside(&clouds[at], reach))?));
        }
        frames.push(Frame { values: vec![step as f64], say: format!("after {step} steps"), set });
    }
    let moves = PARTS.into_iter().take(panels.len()).map(|part| (part, "d")).collect();
    let frames = Frames { label: "Steps of training", start: count.saturating_sub(1), moves, frames };
    Ok(Drawing { panels, frames: Some(frames) })
}

/// The centres of the modes, as the labs' benchmarks have them.
fn centres(file: &str) -> Vec<(f64, f64)> {
    if file == "ring" {
        let angle = |k: u32| std::f64::consts::TAU * f64::from(k) / 8.0;
        return (0..8).map(|k| (angle(k).cos(), angle(k).sin())).collect();
    }
    let places = [-4.0, -2.0, 0.0, 2.0, 4.0];
    places.iter().flat_map(|&x| places.iter().map(move |&y| (x, y))).collect()
}

fn modes() -> Result<Drawing, FigureError> {
    Ok(Drawing { panels: vec![chart("ring", 8.0)?, chart("grid", 25.0)?], frames: None })
}

/// One row a divergence: modes as a bar, the share of good samples in words.
fn chart(file: &'static str, all: f64) -> Result<Panel, FigureError> {
    let entries = record(file).map_or(&[][..], |record| record.divergences.as_slice());
    let mut rows = Vec::new();
    for entry in entries {
        let modes = Mean::of(entry.qualities().map(|quality| f64::from(quality.modes)));
        let good = Mean::of(entry.qualities().map(|quality| quality.high_quality));
        if let Some((modes, good)) = modes.zip(good) {
            let title = vdm::Divergence::title(&find(&entry.divergence)?);
            rows.push((title, modes.mean, good.mean));
        }
    }
    let height = rows.len().max(1) as f64;
    let x = Axis::new("modes", 0.0, all * 1.02, &[0.0, all / 2.0, all]);
    let y = Axis::new("", -height, 0.0, &[]);
    let mut marks = Vec::new();
    let mut words = Vec::new();
    for (row, (title, modes, good)) in rows.iter().enumerate() {
        let (top, bottom) = (-0.12 - row as f64, -0.88 - row as f64);
        let bar = |to: f64| vec![(0.0, top), (to, top), (to, bottom), (0.0, bottom)];
        marks.push(Mark::Area(bar(*modes), Pen::of(Hue::Series(1)), 0.25));
        marks.push(Mark::Area(bar(modes * good), Pen::of(Hue::Series(1)), 0.45));
        let share = number(100.0 * good, 0);
        let text = format!("{title}: {}, {share} %", number(*modes, 1));
        words.push(text.clone());
        let at = (0.0, (top + bottom) / 2.0);
        marks.push(Mark::Text { at, shift: (6.0, 0.0), text, pen: Pen::of(Hue::Ink) });
    }
    Ok(Panel {
        title: format!("{}: modes, share of good samples", if file == "ring" { "Ring" } else { "Grid" }),
        alternative: format!(
            "Modes that were reached, of {all}, and the share of samples near one: {}.",
            words.join("; ")
        ),
        size: (360.0, 60.0 + 26.0 * height),
        margin_right: 14.0,
        x,
        y,
        marks,
    })
}
