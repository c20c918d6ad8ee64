//! Figure `quadrature-cost`: what a grid and what samples pay for the same integral.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use vdm::Divergence;
use vdm::catalogue::Kl;
use vdm::ch02_intractable_densities::tensor_midpoint;

pub(super) const FIGURE: Figure = Figure {
    id: "quadrature-cost",
    chapter: 2,
    title: "The cost of a grid grows with the dimension, that of samples does not",
    description: "Relative error of KL between two known densities against the number of evaluations, for a midpoint grid \
                  in 1 to 6 dimensions and for Monte Carlo in 1 and in 6.",
    draw,
};

/// Dimensions of the grids.
const DIMENSIONS: std::ops::RangeInclusive<u32> = 1..=6;
/// The most evaluations of a grid.
const MOST: f64 = 2e5;
/// Each Monte Carlo error is the root mean square over this many runs.
const RUNS: u64 = 8;
/// Numbers of draws, as exponents of ten.
const EXPONENTS: [f64; 7] = [1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5];

/// Along each axis p has the density ½ + x on [0, 1], and q is uniform there.
fn density(x: f64) -> f64 {
    0.5 + x
}

/// q·f(p/q) with q = 1: the integrand of the definition, as if p were no product.
fn integrand(x: &[f64]) -> f64 {
    Kl.generator(x.iter().map(|x| density(*x)).product())
}

/// KL along one axis: ∫ v log v over v from ½ to 3/2.
fn exact() -> f64 {
    let antiderivative = |v: f64| v * v / 2.0 * v.ln() - v * v / 4.0;
    antiderivative(1.5) - antiderivative(0.5)
}

/// (log₁₀ N, log₁₀ of the relative error) of grids in `dimension` dimensions.
fn grid(dimension: u32) -> Result<Vec<(f64, f64)>, FigureError> {
    let truth = f64::from(dimension) * exact();
    let mut points = Vec::new();
    let mut per_axis = 2_usize;
    while (per_axis as f64).powf(f64::from(dimension)) <= MOST {
        let found = tensor_midpoint(dimension as usize, per_axis, integrand)?;
        let error = (found.value / truth - 1.0).abs();
        points.push(((found.evaluations as f64).log10(), error.log10()));
        // In one dimension half a decade is passed in big steps.
        per_axis = (per_axis + 1).max((per_axis as f64 * 1.4) as usize);
    }
    Ok(points)
}

/// The same for averages of log p/q over draws of p.
fn samples(dimension: u32) -> Vec<(f64, f64)> {
    let truth = f64::from(dimension) * exact();
    let mut rng = ChaCha8Rng::seed_from_u64(21);
    // P[X ≤ x] = (x + x²)/2, inverted.
    let mut draw = || ((1.0 + 8.0 * rng.random::<f64>()).sqrt() - 1.0) / 2.0;
    let of_n = |exponent: f64| {
        let n = 10_f64.powf(exponent).round();
        let mut run = || {
            let mut sum = 0.0;
            for _ in 0..n as usize {
                sum += (0..dimension).map(|_| density(draw())).product::<f64>().ln();
            }
            (sum / n / truth - 1.0).powi(2)
        };
        let square = (0..RUNS).map(|_| run()).sum::<f64>() / RUNS as f64;
        (n.log10(), square.log10() / 2.0)
    };
    EXPONENTS.into_iter().map(of_n).collect()
}

/// The evaluations at which a line first is below a hundredth; beyond its end it goes on
/// as it ended.
fn evaluations_for_a_hundredth(line: &[(f64, f64)]) -> f64 {
    const TARGET: f64 = -2.0;
    let at = |a: (f64, f64), b: (f64, f64)| a.0 + (TARGET - a.1) * (b.0 - a.0) / (b.1 - a.1);
    let crossing = line.windows(2).find(|pair| pair[1].1 <= TARGET).or_else(|| line.windows(2).last());
    crossing.map_or(f64::INFINITY, |pair| at(pair[0], pair[1]))
}

fn draw() -> Result<Drawing, FigureError> {
    let x = Axis::of_powers("evaluations N", 0.2, 5.4, &[1.0, 2.0, 3.0, 4.0]);
    let y = Axis::of_powers("", -5.2, 0.6, &[-5.0, -4.0, -3.0, -2.0, -1.0, 0.0]);
    let mut marks = Vec::new();
    let mut told = Vec::new();
    for dimension in DIMENSIONS {
        let line: Vec<_> = grid(dimension)?.into_iter().filter(|(_, error)| y.contains(*error)).collect();
        told.push(format!("10^{} in {dimension}", number(evaluations_for_a_hundredth(&line), 1)));
        let pen = Pen::of(Hue::Series(1)).width(if dimension == 1 { 2.5 } else { 1.8 });
        if let Some(end) = line.last() {
            marks.push(Mark::Text {
                at: *end,
                // The last two lines end close together.
                shift: (9.0, [-3.0, 0.0, 7.0][usize::from(dimension < 6) + usize::from(dimension == 5)]),
                text: format!("d = {dimension}"),
                pen: Pen::of(Hue::Series(1)),
            });
        }
        marks.extend(line.iter().map(|at| Mark::Dot(*at, Pen::of(Hue::Series(1)))));
        marks.push(Mark::Line(line, pen));
    }
    let mut sampled = Vec::new();
    for (dimension, dash) in [(1, Dash::Dashed), (6, Dash::DashDot)] {
        let line = samples(dimension);
        sampled.push(format!("10^{} in {dimension}", number(evaluations_for_a_hundredth(&line), 1)));
        // Where the lines run is no room: what they are stands below them all.
        let height = if dimension == 1 { -4.6 } else { -4.98 };
        marks.push(Mark::Line(
            vec![(0.28, height), (0.6, height)],
            Pen::of(Hue::Series(2)).dash(dash).width(2.5),
        ));
        marks.push(Mark::Text {
            at: (0.6, height),
            shift: (8.0, 0.0),
            text: format!("samples, d = {dimension}"),
            pen: Pen::of(Hue::Series(2)),
        });
        marks.push(Mark::Line(line, Pen::of(Hue::Series(2)).dash(dash).width(2.5)));
    }
    let panel = Panel {
        title: "Relative error of KL(p ‖ q), both densities known".to_owned(),
        alternative: format!(
            "Six falling lines for grids in one to six dimensions, each flatter than the one before. To reach an error of one \
             hundredth a grid takes about {} dimensions. Two parallel lines for samples fall with the slope one half; they reach \
             a hundredth at {} dimensions.",
            told.join(", "),
            sampled.join(" and ")
        ),
        size: (480.0, 330.0),
        margin_right: 46.0,
        x,
        y,
        marks,
    };
    Ok(Drawing { panels: vec![panel], frames: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slope between a line's first and last point.
    fn slope(line: &[(f64, f64)]) -> f64 {
        let (a, b) = (line[0], line[line.len() - 1]);
        (b.1 - a.1) / (b.0 - a.0)
    }

    #[test]
    fn grids_fall_like_minus_two_over_d_and_samples_like_minus_a_half() {
        for dimension in DIMENSIONS {
            let line = grid(dimension).unwrap();
            let due = -2.0 / f64::from(dimension);
            // Coarse grids are not yet on their asymptote.
            assert!((slope(&line) / due - 1.0).abs() < 0.08, "d = {dimension}: {}, {due}", slope(&line));
        }
        for dimension in [1, 6] {
            // A root mean square over R runs has relative error 1/√(2R): in log₁₀ 0.11 at each
            // end, over 3 decades; four times that.
            let slope = slope(&samples(dimension));
            assert!((slope + 0.5).abs() < 4.0 * 0.11 * 2.0_f64.sqrt() / 3.0, "d = {dimension}: {slope}");
        }
    }

    #[test]
    fn the_exact_value_is_that_of_a_fine_grid() {
        let fine = tensor_midpoint(1, 100_000, integrand).unwrap();
        assert!((fine.value - exact()).abs() < 1e-10);
    }
}
