//! Figure `lln-paths`: running means of Student's t with their bands, as the tail gets
//! heavier.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use super::sampled::{counts, line, path};
use vdm::ch02_intractable_densities::Estimate;
use vdm::density::StudentT;

pub(super) const FIGURE: Figure = Figure {
    id: "lln-paths",
    chapter: 2,
    title: "Running means and their bands of two standard errors",
    description: "Left: the mean of the first n draws, with its band of two standard errors. Right: six such paths. The slider \
                  changes the law, Student's t with ν degrees of freedom, and keeps the random numbers.",
    draw,
};

/// The slider's laws: without a mean (1), with a mean but no variance (to 2), with both.
const FREEDOMS: [f64; 12] = [1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0, 30.0];
/// Where it starts.
const START: f64 = 4.0;
/// The seed of the path with a band, and those of the six without.
const SEED: u64 = 5;
const SEEDS: [u64; 6] = [5, 6, 7, 8, 9, 10];
const PARTS: [&str; 6] = ["path-1", "path-2", "path-3", "path-4", "path-5", "path-6"];
const PLACES: u32 = 90;

fn x() -> Axis {
    Axis::of_powers("draws n", 1.0, 4.0, &[1.0, 2.0, 3.0])
}

fn y() -> Axis {
    Axis::new("", -1.5, 1.5, &[-1.0, 0.0, 1.0])
}

/// Everything that depends on the law.
struct Case {
    freedom: f64,
    paths: Vec<Vec<Estimate>>,
}

impl Case {
    fn of(freedom: f64) -> Result<Self, FigureError> {
        let law = StudentT::new(0.0, 1.0, freedom)?;
        let counts = counts(&x(), PLACES);
        let paths = SEEDS.iter().map(|seed| path(&law, &counts, *seed)).collect::<Result<_, _>>()?;
        Ok(Self { freedom, paths })
    }

    /// The path that has a band.
    fn banded(&self) -> &[Estimate] {
        SEEDS.iter().position(|seed| *seed == SEED).map_or(&[], |i| &self.paths[i])
    }

    /// The outline of the band, there and back.
    fn band(&self) -> Vec<(f64, f64)> {
        let mut outline = line(self.banded(), &y(), |e| e.band(2.0).1);
        outline.extend(line(self.banded(), &y(), |e| e.band(2.0).0).into_iter().rev());
        outline
    }

    fn mean(&self) -> Vec<(f64, f64)> {
        line(self.banded(), &y(), |e| e.mean)
    }

    fn name(&self) -> String {
        let has = match self.freedom {
            nu if nu <= 1.0 => "no mean",
            nu if nu <= 2.0 => "a mean, no variance",
            _ => "mean and variance",
        };
        format!("ν = {}: {has}", number(self.freedom, if self.freedom.fract() == 0.0 { 0 } else { 2 }))
    }

    fn say(&self) -> String {
        let last = self.banded().last().map_or([f64::NAN; 2], |e| [e.mean, 2.0 * e.standard_error]);
        let [mean, reach] = last.map(|x| number(x, 3));
        format!("{}; after 10,000 draws {mean} ± {reach}", self.name())
    }
}

fn draw() -> Result<Drawing, FigureError> {
    let start = Case::of(START)?;
    let panel = |title: &str| Panel {
        title: title.to_owned(),
        alternative: String::new(),
        size: (360.0, 300.0),
        margin_right: 22.0,
        x: x(),
        y: y(),
        marks: Vec::new(),
    };
    let mut left = panel("A running mean ± 2 standard errors");
    left.alternative = format!(
        "The mean of the first n draws, from 10 to 10,000 on a logarithmic axis, in a shaded band that narrows to both sides of \
         it. The law is Student's t, {}.",
        start.say()
    );
    left.marks = vec![
        Mark::Area(start.band(), Pen::of(Hue::Series(1)).part("band"), 0.25),
        Mark::Line(start.mean(), Pen::of(Hue::Series(1)).width(2.5).part("mean")),
        Mark::Text {
            at: (2.0, 1.25),
            shift: (0.0, 0.0),
            text: start.name(),
            pen: Pen::of(Hue::Ink).part("name"),
        },
    ];
    let mut right = panel("Six paths from other draws");
    let ends: Vec<String> =
        start.paths.iter().filter_map(|path| path.last()).map(|e| number(e.mean, 3)).collect();
    right.alternative = format!(
        "Six running means on the same axes. They start far apart and close in on 0; after 10,000 draws they are at {}.",
        ends.join(", ")
    );
    for ((path, part), i) in start.paths.iter().zip(PARTS).zip(0_u8..) {
        let dash = [Dash::Solid, Dash::Dashed, Dash::DashDot][usize::from(i % 3)];
        let pen = Pen::of(Hue::Series(i + 1)).dash(dash).width(1.8).part(part);
        right.marks.push(Mark::Line(line(path, &y(), |e| e.mean), pen));
    }
    let frames = frames(&left, &right)?;
    Ok(Drawing { panels: vec![left, right], frames: Some(frames) })
}

fn frames(left: &Panel, right: &Panel) -> Result<Frames, FigureError> {
    let mut moves = vec![("band", "points"), ("mean", "points"), ("name", "text")];
    moves.extend(PARTS.map(|part| (part, "points")));
    let start = FREEDOMS.iter().position(|nu| *nu == START).unwrap_or(0);
    let frame = |freedom: &f64| -> Result<Frame, FigureError> {
        let case = Case::of(*freedom)?;
        let places = |panel: &Panel, points: &[(f64, f64)]| -> Result<String, FigureError> {
            let places = panel.locate(points)?;
            Ok(places.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" "))
        };
        let mut set = vec![places(left, &case.band())?, places(left, &case.mean())?, case.name()];
        for path in &case.paths {
            set.push(places(right, &line(path, &y(), |e| e.mean))?);
        }
        let last = case.banded().last();
        let values =
            vec![*freedom, last.map_or(f64::NAN, |e| e.mean), last.map_or(f64::NAN, |e| e.standard_error)];
        Ok(Frame { values, say: case.say(), set })
    };
    let frames = FREEDOMS.iter().map(frame).collect::<Result<_, _>>()?;
    Ok(Frames { label: "Degrees of freedom ν", start, moves, frames })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_tails_settle_and_the_band_says_how_far() {
        for freedom in [4.0, 10.0, 30.0] {
            let case = Case::of(freedom).unwrap();
            let deviation = (freedom / (freedom - 2.0)).sqrt();
            for path in &case.paths {
                let last = path.last().unwrap();
                // Six of its own standard deviations, which are within a tenth of what it says.
                assert!(last.mean.abs() < 6.0 * deviation / 100.0, "ν = {freedom}: {last:?}");
                assert!(
                    (last.standard_error * 100.0 / deviation - 1.0).abs() < 0.1,
                    "ν = {freedom}: {last:?}"
                );
            }
        }
        // Without a mean the band does not narrow at all.
        let case = Case::of(1.0).unwrap();
        assert!(case.paths.iter().all(|path| path.last().unwrap().standard_error > 0.2));
    }

    #[test]
    fn the_start_is_a_position_of_the_slider() {
        let frames = draw().unwrap().frames.unwrap();
        assert_eq!(frames.frames[frames.start].values[0], START);
        assert!(frames.frames.iter().all(|frame| frame.set.len() == frames.moves.len()));
    }
}
