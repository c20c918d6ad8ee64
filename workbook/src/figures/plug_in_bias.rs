//! Figure `plug-in-bias`: a divergence from counts of a law with itself.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use super::sampled::draws;
use vdm::catalogue::Kl;
use vdm::ch02_intractable_densities::PlugIn;
use vdm::density::{Finite, Uniform};

pub(super) const FIGURE: Figure = Figure {
    id: "plug-in-bias",
    chapter: 2,
    title: "The divergence of a law from itself, estimated from counts",
    description: "Mean plug-in estimate of KL(P ‖ P) = 0 from n draws on k equal bins, the leading term (k − 1)/(2n), and the \
                  jackknifed estimate, for 10 and for 100 bins.",
    draw,
};

/// Numbers of draws.
const SIZES: [usize; 7] = [10, 30, 60, 100, 300, 1000, 3000];
/// Samples of each size.
const SAMPLES: usize = 200;

/// From the number of bins: (n, mean plug-in estimate, mean jackknifed estimate).
fn measure(bins: usize) -> Result<Vec<(usize, f64, f64)>, FigureError> {
    let q = Finite::new(&vec![1.0 / bins as f64; bins])?;
    let unit = Uniform::new(0.0, 1.0)?;
    SIZES
        .iter()
        .map(|&n| {
            let (mut plain, mut corrected) = (0.0, 0.0);
            for sample in draws(&unit, n * SAMPLES, 61).chunks(n) {
                let mut counts = vec![0; bins];
                for x in sample {
                    counts[((x * bins as f64) as usize).min(bins - 1)] += 1;
                }
                let counted = PlugIn::new(counts, &q)?;
                plain += counted.divergence(&Kl) / SAMPLES as f64;
                corrected += counted.jackknifed(&Kl) / SAMPLES as f64;
            }
            Ok((n, plain, corrected))
        })
        .collect()
}

fn draw() -> Result<Drawing, FigureError> {
    let panels = [10, 100].map(panel).into_iter().collect::<Result<_, _>>()?;
    Ok(Drawing { panels, frames: None })
}

fn panel(bins: usize) -> Result<Panel, FigureError> {
    let x = Axis::of_powers("draws n", 0.9, 3.6, &[1.0, 2.0, 3.0]);
    let y = if bins < 50 {
        Axis::new("", -0.15, 0.62, &[0.0, 0.2, 0.4, 0.6])
    } else {
        Axis::new("", -0.6, 2.6, &[0.0, 1.0, 2.0])
    };
    let rows = measure(bins)?;
    let line = |of: fn(&(usize, f64, f64)) -> f64| -> Vec<(f64, f64)> {
        rows.iter().map(|row| ((row.0 as f64).log10(), of(row))).collect()
    };
    let k = bins as f64;
    let leading = curve("(k − 1)/(2n)", &x, &y, |exponent| (k - 1.0) / (2.0 * 10_f64.powf(exponent)))?;
    let mut marks: Vec<Mark> = leading
        .into_iter()
        .map(|piece| Mark::Line(piece, Pen::of(Hue::Series(2)).dash(Dash::Dashed)))
        .collect();
    for (points, hue, dash, text, shift) in [
        (line(|row| row.1), Hue::Series(1), Dash::Solid, "plug-in", (10.0, -12.0)),
        (line(|row| row.2), Hue::Series(3), Dash::DashDot, "jackknifed", (-10.0, 20.0)),
    ] {
        let at = points[if text == "plug-in" { 1 } else { 3 }];
        marks.push(Mark::Text { at, shift, text: text.to_owned(), pen: Pen::of(hue) });
        marks.extend(points.iter().map(|at| Mark::Dot(*at, Pen::of(hue))));
        marks.push(Mark::Line(points, Pen::of(hue).dash(dash).width(2.5)));
    }
    let tell = |n: usize| {
        let row = rows.iter().find(|row| row.0 == n);
        row.map_or_else(String::new, |row| {
            format!("{} and {} at n = {n}", number(row.1, 3), number(row.2, 3))
        })
    };
    Ok(Panel {
        title: format!("KL(P ‖ P) on {bins} bins"),
        alternative: format!(
            "The mean plug-in estimate falls towards 0 from above, along the dashed (k − 1)/(2n) where n is larger than k; the \
             jackknifed one is near 0 much earlier. Plug-in and jackknifed: {}, {}.",
            tell(100),
            tell(1000)
        ),
        size: (360.0, 260.0),
        margin_right: 20.0,
        x,
        y,
        marks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bias_is_the_leading_term_once_bins_are_full() {
        for bins in [10, 100] {
            for (n, plain, corrected) in measure(bins).unwrap() {
                let leading = (bins as f64 - 1.0) / (2.0 * n as f64);
                if n >= 10 * bins {
                    // 2n·KL is nearly χ² with k − 1 degrees of freedom; 200 samples, four errors.
                    let near = 4.0 * (2.0 * (bins as f64 - 1.0) / SAMPLES as f64).sqrt() / (2.0 * n as f64);
                    assert!((plain - leading).abs() < near + 0.05 * leading, "{bins} bins, n = {n}: {plain}");
                    assert!(corrected.abs() < near + 0.05 * leading, "{bins} bins, n = {n}: {corrected}");
                }
                assert!(plain > 0.0);
            }
        }
    }
}
