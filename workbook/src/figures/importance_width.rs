//! Figure `importance-width`: what draws from a law of another width are worth.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use super::sampled::draws;
use vdm::ch02_intractable_densities::exercises::{effective_sample_size, importance_mean};
use vdm::density::{Density, Gaussian};
use vdm::divergence::gaussian_closed_forms::pearson_chi2;

pub(super) const FIGURE: Figure = Figure {
    id: "importance-width",
    chapter: 2,
    title: "What weighted draws are worth, as the width of q changes",
    description: "p = N(0, 1), draws from q = N(0, σ²). Left: effective sample size as a share of n, measured, and 1/(1 + χ²). Right: \
                  two standard errors of the weighted mean of x², as estimated from the draws themselves.",
    draw,
};

/// Draws for each width.
const DRAWS: usize = 2_000;
/// Widths at which draws are made.
const WIDTHS: std::ops::RangeInclusive<u32> = 4..=30;

/// From the width σ of q: the share ESS/n and the estimate of E x² with its error.
fn measure(width: f64) -> Result<(f64, f64, f64), FigureError> {
    let (p, q) = (Gaussian::new(0.0, 1.0)?, Gaussian::new(0.0, width)?);
    let xs = draws(&q, DRAWS, 51);
    let ln_weights: Vec<f64> = xs.iter().map(|x| p.ln_density(*x) - q.ln_density(*x)).collect();
    let squares: Vec<f64> = xs.iter().map(|x| x * x).collect();
    let (mean, error) = importance_mean(&ln_weights, &squares);
    Ok((effective_sample_size(&ln_weights) / DRAWS as f64, mean, error))
}

/// 1/(1 + χ²(p‖q)), 0 where χ² is infinite.
fn limit(width: f64) -> Result<f64, FigureError> {
    let (p, q) = (Gaussian::new(0.0, 1.0)?, Gaussian::new(0.0, width)?);
    Ok(1.0 / (1.0 + pearson_chi2(&p, &q)))
}

fn draw() -> Result<Drawing, FigureError> {
    let x = || Axis::new("width σ of q", 0.2, 3.05, &[0.5, 1.0, 2.0]);
    let y = Axis::new("", 0.0, 1.08, &[0.0, 0.5, 1.0]);
    let widths = WIDTHS.map(|k| f64::from(k) / 10.0);
    let measured = widths.map(|w| Ok((w, measure(w)?))).collect::<Result<Vec<_>, FigureError>>()?;
    let theory = curve("1/(1 + χ²)", &x(), &y, |w| limit(w).unwrap_or(f64::NAN))?;
    let mut marks: Vec<Mark> = theory
        .into_iter()
        .map(|piece| Mark::Line(piece, Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed)))
        .collect();
    marks.extend(measured.iter().map(|(w, found)| Mark::Dot((*w, found.0), Pen::of(Hue::Series(1)))));
    let half = 0.5_f64.sqrt();
    marks.push(Mark::Line(vec![(half, y.low), (half, y.high)], Pen::guide()));
    marks.push(Mark::Text {
        at: (1.75, 0.78),
        shift: (8.0, 0.0),
        text: "1/(1 + χ²)".to_owned(),
        pen: Pen::of(Hue::Series(2)),
    });
    let narrowest = measured.first().map_or((f64::NAN, f64::NAN), |(w, found)| (*w, found.0));
    let left = Panel {
        title: "Effective sample size / n".to_owned(),
        alternative: format!(
            "Measured shares as dots and the curve 1/(1 + χ²), which is 0 up to σ = {}, rises to 1 at σ = 1 and falls slowly beyond. Left \
             of the dotted line χ² is infinite, but the measured dots do not fall to 0: at σ = {} they still say {}.",
            number(half, 2),
            number(narrowest.0, 2),
            number(narrowest.1, 2)
        ),
        size: (360.0, 260.0),
        margin_right: 20.0,
        x: x(),
        y,
        marks,
    };
    let y = Axis::new("", 0.0, 2.0, &[0.0, 1.0, 2.0]);
    let mut marks = Vec::new();
    for (w, (_, mean, error)) in &measured {
        let ends = [mean - 2.0 * error, mean + 2.0 * error].map(|end| (*w, end.clamp(y.low, y.high)));
        marks.push(Mark::Line(ends.to_vec(), Pen::of(Hue::Series(1)).width(1.5)));
        if y.contains(*mean) {
            marks.push(Mark::Dot((*w, *mean), Pen::of(Hue::Series(1))));
        }
    }
    marks.push(Mark::Line(vec![(0.2, 1.0), (3.05, 1.0)], Pen::guide()));
    marks.push(Mark::Line(vec![(half, y.low), (half, y.high)], Pen::guide()));
    let narrow = measured.first().map_or((f64::NAN, f64::NAN), |(_, found)| (found.1, found.2));
    let right = Panel {
        title: "E x² = 1, estimated ± 2 errors".to_owned(),
        alternative: format!(
            "Intervals around the value 1. For σ from 1 to 3 they are short and contain it. For a narrow q they are short too, and lie below \
             1: the narrowest gives {} with a standard error of {}.",
            number(narrow.0, 2),
            number(narrow.1, 2)
        ),
        size: (360.0, 260.0),
        margin_right: 20.0,
        x: x(),
        y,
        marks,
    };
    Ok(Drawing { panels: vec![left, right], frames: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_laws_are_worth_what_chi_square_says() {
        for width in [1.0, 1.5, 2.0, 3.0] {
            // Weights are bounded by σ; their shares scatter by a few hundredths.
            let (share, mean, error) = measure(width).unwrap();
            assert!((share - limit(width).unwrap()).abs() < 0.05, "σ = {width}: {share}");
            assert!((mean - 1.0).abs() < 5.0 * error, "σ = {width}: {mean} ± {error}");
        }
        // A narrow q misses the tail, and its own error bar does not know.
        let (share, mean, error) = measure(0.4).unwrap();
        assert!(share > 0.0 && limit(0.4).unwrap() == 0.0 && mean + 4.0 * error < 1.0, "{mean} ± {error}");
    }
}
