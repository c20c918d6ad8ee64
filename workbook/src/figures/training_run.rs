//! Figure `training-run`: the bound and the divergence while both players learn.

use super::axis::{Axis, number};
use super::curve::pieces;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::ch05_algorithm::{CriticHead, GeneratorLoss, LineTraining, Snapshot, Updates};
use vdm::density::Gaussian;

pub(super) const FIGURE: Figure = Figure {
    id: "training-run",
    chapter: 5,
    title: "A training run on the line",
    description: "Left: the divergence, the bound and its value on the batch over 600 steps of training; the bound lies \
                  below the divergence, at first far below, and both end near 0. Right: the divergence over 1,200 steps \
                  from a far start, for the saddle's loss and for the heuristic.",
    draw,
};

/// One seed for every run: the book is the same each time it is built.
const SEED: u64 = 5;

fn run(start: (f64, f64), loss: GeneratorLoss, steps: usize) -> Result<Vec<Snapshot>, FigureError> {
    let training = LineTraining {
        data: &Gaussian::new(0.0, 1.0)?,
        start: Gaussian::new(start.0, start.1)?,
        head: CriticHead::FganJs,
        loss,
        updates: Updates::Simultaneous,
        batch: 256,
        step: 0.05,
        steps,
        record_every: 5,
    };
    Ok(training.run(&mut ChaCha8Rng::seed_from_u64(SEED))?)
}

fn line(seen: &[Snapshot], y: &Axis, value: impl Fn(&Snapshot) -> f64, pen: Pen) -> Vec<Mark> {
    let points: Vec<(f64, f64)> = seen.iter().map(|at| (at.step as f64, value(at))).collect();
    pieces(&points, y).into_iter().map(|piece| Mark::Line(piece, pen)).collect()
}

fn text(at: (f64, f64), words: &str, hue: Hue) -> Mark {
    Mark::Text { at, shift: (0.0, 0.0), text: words.to_owned(), pen: Pen::of(hue) }
}

fn draw() -> Result<Drawing, FigureError> {
    Ok(Drawing { panels: vec![near()?, far()?], frames: None })
}

const DIVERGENCE: Pen = Pen::of(Hue::Series(1)).width(2.5);
const BOUND: Pen = Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed);
const BATCH: Pen = Pen::of(Hue::Muted).width(1.0);

fn near() -> Result<Panel, FigureError> {
    let seen = run((3.0, 0.5), GeneratorLoss::Saddle, 600)?;
    let y = Axis::new("", -0.3, 1.4, &[0.0, 0.5, 1.0]);
    let mut marks = line(&seen, &y, |at| at.estimate, BATCH);
    marks.extend(line(&seen, &y, |at| at.bound, BOUND));
    marks.extend(line(&seen, &y, |at| at.divergence, DIVERGENCE));
    marks.push(text((290.0, 1.15), "2·JSD(P, Q)", Hue::Series(1)));
    marks.push(text((290.0, 0.95), "the bound F", Hue::Series(2)));
    marks.push(text((290.0, 0.75), "F on the batch", Hue::Muted));
    let least = seen.iter().min_by(|a, b| a.bound.total_cmp(&b.bound));
    let least = least.map_or(String::new(), |at| {
        format!(
            " After {} steps the bound is {}, while the divergence is {}.",
            at.step,
            number(at.bound, 2),
            number(at.divergence, 2)
        )
    });
    Ok(Panel {
        title: "From N(3, ¼): F stays below".to_owned(),
        alternative: format!(
            "Over the steps of training the divergence falls from {} to nearly 0. The bound starts at 0, with the critic \
             that knows nothing, and never exceeds the divergence; its value on the batch scatters about it.{least}",
            number(seen.first().map_or(f64::NAN, |at| at.divergence), 2)
        ),
        size: (360.0, 280.0),
        margin_right: 14.0,
        x: Axis::new("step", 0.0, 600.0, &[0.0, 200.0, 400.0]),
        y,
        marks,
    })
}

fn far() -> Result<Panel, FigureError> {
    let saddle = run((5.0, 0.5), GeneratorLoss::Saddle, 1200)?;
    let heuristic = run((5.0, 0.5), GeneratorLoss::Heuristic, 1200)?;
    let y = Axis::new("", -0.1, 1.5, &[0.0, 0.5, 1.0]);
    let mut marks = line(&saddle, &y, |at| at.divergence, DIVERGENCE);
    marks.extend(line(&heuristic, &y, |at| at.divergence, BOUND));
    marks.push(text((560.0, 1.25), "the saddle's loss", Hue::Series(1)));
    marks.push(text((560.0, 1.05), "the heuristic", Hue::Series(2)));
    // The first step after which the divergence stays below a tenth of a nat.
    let arrives = |seen: &[Snapshot]| {
        seen.iter().rev().take_while(|at| at.divergence < 0.1).last().map_or(0, |at| at.step)
    };
    Ok(Panel {
        title: "From N(5, ¼): 2·JSD with two losses".to_owned(),
        alternative: format!(
            "The divergence over the steps, from a start so far off that the critic soon rejects every generated point. \
             With the saddle's loss it stays at its plateau, near log 4, and is below 0.1 for good after {} steps; with the \
             heuristic after {}.",
            arrives(&saddle),
            arrives(&heuristic)
        ),
        size: (360.0, 280.0),
        margin_right: 14.0,
        x: Axis::new("step", 0.0, 1200.0, &[0.0, 400.0, 800.0]),
        y,
        marks,
    })
}
