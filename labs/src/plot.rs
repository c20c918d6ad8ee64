//! A run in pictures: what lies in its folder, drawn.
//!
//! ```text
//! bound.svg      the bound on the batches; on the line the divergence above it
//! densities.svg  in one dimension: the data's law and the generator's
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

/// What a picture says of itself.
struct Words<'a> {
    title: &'a str,
    /// What goes to the right, and what goes up.
    axes: (&'a str, &'a str),
}

/// Samples that a histogram counts.
const COUNTED: usize = 20_000;

/// Draws what the folder of a run holds.
///
/// # Errors
/// [`LabError::File`] if a picture cannot be written, and those of candle.
pub fn draw(game: &Game, folder: &Folder) -> Result<()> {
    let (metrics, clouds) = folder.course()?;
    let name = &game.config.divergence;
    let mut curves = vec![Curve {
        name: "bound F on the batches",
        colour: MODEL,
        points: metrics.iter().map(|line| (line.step as f64, line.bound)).collect(),
    }];
    let gaussian = measure::is_gaussian_on_the_line(game);
    if gaussian {
        curves.push(Curve { name: "divergence D_f", colour: DATA, points: divergences(game, &metrics) });
    }
    let draw = |file, words: &Words<'_>, curves: &[Curve]| {
        picture(&folder.path().join(file), (720, 400), |area| lines(area, words, curves))
    };
    let title = format!("{name}: the bound over the steps");
    if !metrics.is_empty() {
        draw("bound.svg", &Words { title: &title, axes: ("step", "nats") }, &curves)?;
    }
    if gaussian {
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
        draw("densities.svg", &Words { title: &title, axes: ("x", "density") }, &laws)?;
        let f = game.loss().divergence();
        let critics = [
            curve("best critic T* = f′(p/q)", DATA, &|x| {
                f.optimal_critic(p.ln_density(x) - q.ln_density(x))
            }),
            Curve { name: "trained critic T", colour: MODEL, points: critic.clone() },
        ];
        let title = format!("{name}: the critic");
        draw("critic.svg", &Words { title: &title, axes: ("x", "T") }, &critics)?;
    } else if game.data.dimension() == 1 {
        let title = format!("{name}: {COUNTED} points of the data and of the generator");
        draw("densities.svg", &Words { title: &title, axes: ("x", "density") }, &histograms(game)?)?;
    } else if game.data.dimension() == 2 && !clouds.is_empty() {
        picture(&folder.path().join("samples.svg"), (1080, 600), |area| over_time(area, game, &clouds))?;
    }
    Ok(())
}

/// Histograms of data and samples in one dimension, over the same bins.
fn histograms(game: &Game) -> Result<[Curve; 2]> {
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let points = |of: Result<Vec<f64>>| of.map(|points| game.data.unscaled(&points));
    let data = points(measure::numbers(&game.batch(COUNTED, &mut random)?))?;
    let made = points(measure::numbers(&game.samples(COUNTED, &mut random)?))?;
    let over = range(data.iter().chain(&made).copied());
    let curve = |name, colour, points: &[f64]| Curve { name, colour, points: histogram(points, &over) };
    Ok([curve("data", DATA, &data), curve("generator", MODEL, &made)])
}

/// The outline of a histogram of these numbers, whose area is their share in the range.
fn histogram(numbers: &[f64], over: &Range<f64>) -> Points {
    const BINS: usize = 60;
    let width = (over.end - over.start) / BINS as f64;
    let mut counts = [0_u32; BINS];
    for x in numbers.iter().filter(|x| over.contains(x)) {
        counts[(((x - over.start) / width) as usize).min(BINS - 1)] += 1;
    }
    let edge = |bin: usize| over.start + width * bin as f64;
    let height = |count: u32| f64::from(count) / (numbers.len() as f64 * width);
    let steps = counts
        .iter()
        .enumerate()
        .flat_map(|(bin, &count)| [(edge(bin), height(count)), (edge(bin + 1), height(count))]);
    steps.collect()
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

/// Curves in one picture, which has a point at least.
fn lines(area: &Area<'_>, words: &Words<'_>, curves: &[Curve]) -> Drawn {
    let all = || curves.iter().flat_map(|curve| curve.points.iter());
    let (Some(first), Some(last)) = (
        all().map(|point| point.0).min_by(f64::total_cmp),
        all().map(|point| point.0).max_by(f64::total_cmp),
    ) else {
        return Ok(());
    };
    // An axis of no length has no marks that could be found.
    let x = if first < last { first..last } else { first - 1.0..first + 1.0 };
    let y = range(all().map(|point| point.1));
    let mut chart = ChartBuilder::on(area)
        .caption(words.title, ("sans-serif", 20))
        .margin(12)
        .margin_right(28)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d(x.clone(), y.clone())?;
    let mark = |value: &f64| short(*value);
    chart
        .configure_mesh()
        .light_line_style(TRANSPARENT)
        .x_desc(words.axes.0)
        .y_desc(words.axes.1)
        .x_label_formatter(&mark)
        .y_label_formatter(&mark)
        .label_style(("sans-serif", 13))
        .draw()?;
    // Beyond the picture a curve runs along its edge.
    let inside = |&(x, value): &(f64, f64)| (x, value.clamp(y.start, y.end));
    for curve in curves {
        let colour = curve.colour;
        chart
            .draw_series(LineSeries::new(curve.points.iter().map(inside), colour.stroke_width(2)))?
            .label(curve.name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], colour.stroke_width(2)));
    }
    let corner = emptiest_corner(all().map(inside), &x, &y);
    chart
        .configure_series_labels()
        .position(corner)
        .background_style(WHITE.mix(0.85))
        .label_font(("sans-serif", 13))
        .draw()?;
    Ok(())
}

/// A mark of an axis without the digits that rounding added.
fn short(value: f64) -> String {
    if value != 0.0 && !(1e-4..1e7).contains(&value.abs()) {
        return format!("{value:.1e}");
    }
    format!("{}", (value * 1e6).round() / 1e6)
}

/// The corner that the fewest points lie in: the place of the legend.
fn emptiest_corner(
    points: impl Iterator<Item = (f64, f64)>,
    x: &Range<f64>,
    y: &Range<f64>,
) -> SeriesLabelPosition {
    use SeriesLabelPosition::{LowerLeft, LowerRight, UpperLeft, UpperRight};
    let mut corners = [(UpperRight, 0), (UpperLeft, 0), (LowerRight, 0), (LowerLeft, 0)];
    let share = |value: f64, range: &Range<f64>| (value - range.start) / (range.end - range.start);
    for (at, value) in points {
        let (across, up) = (share(at, x), share(value, y));
        let within = [
            across > 0.6 && up > 0.7,
            across < 0.4 && up > 0.7,
            across > 0.6 && up < 0.3,
            across < 0.4 && up < 0.3,
        ];
        corners.iter_mut().zip(within).for_each(|(corner, within)| corner.1 += u32::from(within));
    }
    corners.into_iter().min_by_key(|corner| corner.1).map_or(UpperRight, |corner| corner.0)
}

/// A panel a moment: the data in grey, what the generator made in colour.
fn over_time(area: &Area<'_>, game: &Game, clouds: &[Cloud]) -> Drawn {
    let area = area.titled("grey: the data; in colour: the generator", ("sans-serif", 16))?;
    let mut random = Random::new(game.config.seed, Stream::Evaluation);
    let data: Vec<f64> = game.data.sample(400, &mut random).into_iter().map(f64::from).collect();
    let data = game.data.unscaled(&data);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_has_the_area_of_its_share() {
        let numbers: Vec<f64> = (0..1000).map(|i| f64::from(i) / 1000.0).collect();
        for (over, share) in [(0.0..1.0, 1.0), (-1.0..3.0, 1.0), (0.25..0.75, 0.5)] {
            let steps = histogram(&numbers, &over);
            let area: f64 = steps.chunks_exact(2).map(|bin| (bin[1].0 - bin[0].0) * bin[0].1).sum();
            assert!((area - share).abs() < 1e-9, "{over:?}: {area}");
        }
    }

    #[test]
    fn marks_are_short_and_the_legend_is_where_nothing_is() {
        let marks = [0.1 + 0.2, 8000.0, 0.0, -2.5, 1e-9, 3e12].map(short);
        assert_eq!(marks, ["0.3", "8000", "0", "-2.5", "1.0e-9", "3.0e12"]);
        let rising = (0..=10).map(|i| (f64::from(i), f64::from(i)));
        let corner = emptiest_corner(rising, &(0.0..10.0), &(0.0..10.0));
        assert!(matches!(corner, SeriesLabelPosition::UpperLeft), "{corner:?}");
    }
}
