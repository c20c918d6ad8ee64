//! Figures `lab-ring`, `lab-grid` and `lab-modes`: the recorded runs in the plane.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::lab_line::SHOWN;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use crate::records::{Cloud, Entry, Mean, by_coverage, modes, record, title};

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
    title: "Modes and good samples by divergence",
    description: "For each divergence a bar for the ring and one for the grid: the modes that were reached, averaged over the \
                  seeds, and the share of samples near one. Those that drop modes have short bars.",
    draw: charts,
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
                Mark::Line(modes::centres(file), Pen::of(Hue::Muted).width(6.0).dash(Dash::Dots)),
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

fn charts() -> Result<Drawing, FigureError> {
    Ok(Drawing { panels: vec![chart("ring", 8.0)?, chart("grid", 25.0)?], frames: None })
}

/// Widths of the chart of modes in CSS pixels: names, bars, and the numbers after them.
const NAMES: f64 = 236.0;
const BARS: f64 = 110.0;
const NUMBERS: f64 = 96.0;
/// Height of a row.
const ROW: f64 = 22.0;

/// One row a divergence: its name, its modes as a bar, and the share of good samples.
fn chart(file: &'static str, all: f64) -> Result<Panel, FigureError> {
    let entries = record(file).map(by_coverage).unwrap_or_default();
    let height = entries.len().max(1) as f64;
    // One unit across is a mode, one down a row; a word starts where its column does.
    let pixel = all / BARS;
    let x = Axis::new("", -NAMES * pixel, all + NUMBERS * pixel, &[]);
    let y = Axis::new("", -height, 0.0, &[]);
    let (mut marks, mut words) = (Vec::new(), Vec::new());
    for (row, entry) in entries.into_iter().enumerate() {
        let reached = Mean::of(entry.qualities().map(|quality| f64::from(quality.modes)));
        let good = Mean::of(entry.qualities().map(|quality| quality.high_quality));
        let (top, middle, bottom) = (-0.14 - row as f64, -0.5 - row as f64, -0.86 - row as f64);
        let told = reached.zip(good).map_or_else(
            || "ended early".to_owned(),
            |(modes, good)| format!("{}, {} %", number(modes.mean, 1), number(100.0 * good.mean, 0)),
        );
        for (to, opacity) in reached
            .zip(good)
            .map_or([(0.0, 0.0); 2], |(modes, good)| [(modes.mean, 0.3), (modes.mean * good.mean, 0.55)])
        {
            let bar = vec![(0.0, top), (to, top), (to, bottom), (0.0, bottom)];
            marks.push(Mark::Area(bar, Pen::of(Hue::Series(1)), opacity));
        }
        let name = title(entry);
        words.push(format!("{name}: {told}"));
        for (at, text) in [(-NAMES * pixel, name), (all + 6.0 * pixel, told)] {
            let pen = Pen::of(Hue::Ink);
            marks.push(Mark::Text { at: (at, middle), shift: (0.0, 0.0), text, pen });
        }
    }
    marks.push(Mark::Line(vec![(all, 0.0), (all, -height)], Pen::guide()));
    Ok(Panel {
        title: format!(
            "{}: modes of {all}, share of good samples",
            if file == "ring" { "Ring" } else { "Grid" }
        ),
        alternative: format!(
            "Modes that were reached, of {all}, and the share of samples near one: {}.",
            words.join("; ")
        ),
        size: (NAMES + BARS + NUMBERS, 34.0 + ROW * height),
        margin_right: 4.0,
        x,
        y,
        marks,
    })
}
