//! A run in pictures: what lies in its folder, drawn.
//!
//! ```text
//! bound.svg      the bound on the batches; on the line the divergence above it
//! densities.svg  on the line: the data's law and the generator's
//! critic.svg     on the line: the trained critic and the best one, T* = f′(p/q)
//! samples.svg    in the plane: samples over time
//! ```

use crate::data::LINE;
use crate::fgan::{Game, exact, measure};
use crate::folder::{Cloud, Folder, Metrics};
use crate::random::{Random, Stream};
use crate::{LabError, Result, checkpoint};
use plotters::coord::Shift;
use plotters::prelude::*;
use std::ops::Range;
use std::path::Path;
use vdm::density::{Density, Gaussian, Mixture};

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = std::result::Result<(), Box<dyn std::error::Error>>;
type Points = Vec<(f64, f64)>;

/// One curve of a picture.
struct Curve {
    name: &'static str,
    colour: RGBColor,
    points: Points,
}

const DATA: RGBColor = RGBColor(31, 111, 235);
const MODEL: RGBColor = RGBColor(188, 76, 0);
const GREY: RGBColor = RGBColor(120, 120, 120);

/// Draws what the folder of a run holds.
///
/// # Errors
/// [`LabError::File`] if a picture cannot be written, and those of candle.
pub fn draw(game: &Game, folder: &Folder) -> Result<()> {
    let (metrics, clouds) = folder.course()?;
    let on_line = metrics.last().is_some_and(|line| line.mean.is_some());
    let mut curves = vec![Curve {
        name: "bound F on the batches",
        colour: MODEL,
        points: metrics.iter().map(|line| (line.step as f64, line.bound)).collect(),
    }];
    if on_line {
        curves.push(Curve { name: "divergence D_f", colour: DATA, points: divergences(game, &metrics) });
    }
    let title = format!("{}: the bound over the steps", game.config.divergence);
    picture(&folder.path().join("bound.svg"), (720, 400), |area| lines(area, &title, &curves))?;
    if on_line {
        let (mean, deviation) = measure::gaussian(game)?;
        let (p, q) = (Mixture::of_gaussians(&LINE)?, Gaussian::new(mean, deviation)?);
        let critic = measure::critic(game)?;
        let curve = |name, colour, value: &dyn Fn(f64) -> f64| Curve {
            name,
            colour,
            points: critic.iter().map(|&(x, _)| (x, value(x))).collect(),
        };
        let laws = [
            curve("data p", DATA, &|x| p.ln_density(x).exp()),
            curve("generator q", MODEL, &|x| q.ln_density(x).exp()),
        ];
        let title = format!("Densities: q = N({mean:.3}, {deviation:.3}²)");
        picture(&folder.path().join("densities.svg"), (720, 400), |area| lines(area, &title, &laws))?;
        let f = game.loss().divergence();
        let critics = [
            curve("best critic T* = f′(p/q)", DATA, &|x| {
                f.optimal_critic(p.ln_density(x) - q.ln_density(x))
            }),
            Curve { name: "trained critic T", colour: MODEL, points: critic.clone() },
        ];
        let title = format!("{}: the critic", game.config.divergence);
        picture(&folder.path().join("critic.svg"), (720, 400), |area| lines(area, &title, &critics))?;
    } else if game.data.dimension() == 2 && !clouds.is_empty() {
        picture(&folder.path().join("samples.svg"), (1080, 580), |area| over_time(area, game, &clouds))?;
    }
    Ok(())
}

/// D_f at the μ and σ of each line.
fn divergences(game: &Game, metrics: &[Metrics]) -> Points {
    let value = |line: &Metrics| {
        let (mean, deviation) = line.mean.zip(line.deviation)?;
        let there = exact::divergence(game.loss().divergence(), mean, deviation).ok()?;
        there.is_finite().then_some((line.step as f64, there))
    };
    metrics.iter().filter_map(value).collect()
}

/// Draws into an SVG and puts it in its place.
fn picture(path: &Path, size: (u32, u32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> Result<()> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        area.fill(&WHITE)
            .map_err(|error| error.to_string())
            .and_then(|()| draw(&area).map_err(|error| error.to_string()))
            .and_then(|()| area.present().map_err(|error| error.to_string()))
            .map_err(|error| LabError::file(path)(std::io::Error::other(error)))?;
    }
    checkpoint::replace(path, svg.as_bytes())
}

/// A range around these numbers, without the hundredth of them that lies furthest out.
fn range(numbers: impl Iterator<Item = f64>) -> Range<f64> {
    let mut sorted: Vec<f64> = numbers.filter(|x| x.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let out = sorted.len() / 100;
    let (low, high) = match sorted.get(out..sorted.len() - out) {
        Some([low, .., high]) if low < high => (*low, *high),
        Some([only, ..]) => (only - 1.0, only + 1.0),
        _ => (0.0, 1.0),
    };
    let rim = 0.05 * (high - low);
    low - rim..high + rim
}

fn lines(area: &Area<'_>, title: &str, curves: &[Curve]) -> Drawn {
    let all = || curves.iter().flat_map(|curve| curve.points.iter());
    let x = all().fold(f64::INFINITY..f64::NEG_INFINITY, |x, p| x.start.min(p.0)..x.end.max(p.0));
    let y = range(all().map(|p| p.1));
    let mut chart = ChartBuilder::on(area)
        .caption(title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(32)
        .y_label_area_size(56)
        .build_cartesian_2d(x, y.clone())?;
    chart.configure_mesh().light_line_style(TRANSPARENT).draw()?;
    for curve in curves {
        // Beyond the picture a curve runs along its edge.
        let inside = |&(x, value): &(f64, f64)| (x, value.clamp(y.start, y.end));
        let colour = curve.colour;
        chart
            .draw_series(LineSeries::new(curve.points.iter().map(inside), colour.stroke_width(2)))?
            .label(curve.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2)));
    }
    chart.configure_series_labels().background_style(WHITE.mix(0.8)).draw()?;
    Ok(())
}

/// A panel a moment: the data in grey, what the generator made in colour.
fn over_time(area: &Area<'_>, game: &Game, clouds: &[Cloud]) -> Drawn {
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let data: Vec<f64> = game.data.sample(400, &mut random).into_iter().map(f64::from).collect();
    let pairs = |points: &[f64]| points.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect::<Points>();
    let data = pairs(&data);
    let (x, y) = (range(data.iter().map(|p| p.0)), range(data.iter().map(|p| p.1)));
    for (panel, cloud) in area.split_evenly((2, clouds.len().div_ceil(2))).iter().zip(clouds) {
        let title = format!("after {} steps", cloud.step);
        let mut chart = ChartBuilder::on(panel)
            .caption(title, ("sans-serif", 16))
            .margin(8)
            .build_cartesian_2d(x.clone(), y.clone())?;
        chart.configure_mesh().disable_mesh().draw()?;
        let inside = |p: &(f64, f64)| x.contains(&p.0) && y.contains(&p.1);
        for (points, colour) in [(&data, GREY), (&pairs(&cloud.points), MODEL)] {
            let shown = points.iter().copied().filter(inside);
            chart.draw_series(shown.map(|at| Circle::new(at, 2, colour.mix(0.6).filled())))?;
        }
    }
    Ok(())
}
