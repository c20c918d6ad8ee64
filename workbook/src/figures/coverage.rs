//! Figure `coverage`: how often an interval of two standard errors holds, and how long it
//! is, with and without a variance.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use super::sampled::draws;
use vdm::ch02_intractable_densities::{estimate, exercises};
use vdm::density::{Density, Gaussian, StudentT};

pub(super) const FIGURE: Figure = Figure {
    id: "coverage",
    chapter: 2,
    title: "How often two standard errors hold, and how long they are",
    description: "Left: the share of samples whose interval of two standard errors contains the mean, against the sample size. \
                  Right: the median standard error. For a Gaussian, for Student's t with 1.5 degrees of freedom, and for its \
                  absolute value.",
    draw,
};

/// Sample sizes.
const SIZES: [usize; 5] = [10, 30, 100, 300, 1000];
/// Samples of each size: the share is known to 2 %.
const SAMPLES: usize = 600;

/// One law and an integrand, measured.
struct Measured {
    name: &'static str,
    hue: Hue,
    dash: Dash,
    /// (n, coverage, median standard error)
    rows: Vec<(usize, f64, f64)>,
}

fn measure(law: &dyn Density, h: fn(f64) -> f64, truth: f64) -> Result<Vec<(usize, f64, f64)>, FigureError> {
    SIZES
        .iter()
        .map(|&n| {
            let values: Vec<f64> = draws(law, n * SAMPLES, 41).into_iter().map(h).collect();
            let samples: Vec<Vec<f64>> = values.chunks(n).map(<[f64]>::to_vec).collect();
            let mut errors = samples
                .iter()
                .map(|sample| Ok(estimate(sample)?.standard_error))
                .collect::<Result<Vec<f64>, FigureError>>()?;
            errors.sort_by(f64::total_cmp);
            Ok((n, exercises::coverage(&samples, truth, 2.0), errors[SAMPLES / 2]))
        })
        .collect()
}

fn all() -> Result<[Measured; 3], FigureError> {
    let gaussian = Gaussian::new(0.0, 1.0)?;
    let heavy = StudentT::new(0.0, 1.0, 1.5)?;
    let distance = heavy.mean_distance().unwrap_or(f64::NAN);
    Ok([
        Measured {
            name: "N(0, 1)",
            hue: Hue::Series(1),
            dash: Dash::Solid,
            rows: measure(&gaussian, |x| x, 0.0)?,
        },
        Measured {
            name: "t, ν = 1.5",
            hue: Hue::Series(3),
            dash: Dash::DashDot,
            rows: measure(&heavy, |x| x, 0.0)?,
        },
        Measured {
            name: "|t|, ν = 1.5",
            hue: Hue::Series(2),
            dash: Dash::Dashed,
            rows: measure(&heavy, f64::abs, distance)?,
        },
    ])
}

fn draw() -> Result<Drawing, FigureError> {
    let measured = all()?;
    let x = || Axis::of_powers("sample size n", 0.9, 3.1, &[1.0, 2.0]);
    let shares = panel(
        "Share of intervals that hold",
        (x(), Axis::new("", 0.5, 1.03, &[0.5, 0.6, 0.7, 0.8, 0.9, 1.0])),
        &measured,
        |row| row.1,
        &[0, 2],
    );
    let lengths = panel(
        "Median standard error",
        (x(), Axis::of_powers("", -1.7, 0.1, &[-1.0, 0.0])),
        &measured,
        |row| row.2.log10(),
        &[0, 1],
    );
    let mut panels = [shares, lengths];
    let at_end = |row: fn(&(usize, f64, f64)) -> f64| -> String {
        let tell = |m: &Measured| {
            let ends = m.rows.first().zip(m.rows.last());
            ends.map_or_else(String::new, |(a, b)| {
                format!(
                    "{}: {} at n = {}, {} at n = {}",
                    m.name,
                    number(row(a), 3),
                    a.0,
                    number(row(b), 3),
                    b.0
                )
            })
        };
        measured.iter().map(tell).collect::<Vec<_>>().join("; ")
    };
    panels[0].marks.push(Mark::Line(vec![(0.9, NOMINAL), (3.1, NOMINAL)], Pen::guide()));
    panels[0].alternative = format!(
        "Three lines of coverage against the sample size, with a dotted line at {}. {}. Only the absolute value stays far below.",
        number(NOMINAL, 4),
        at_end(|row| row.1)
    );
    panels[1].alternative = format!(
        "Three falling lines on logarithmic axes. {}. The two without a variance fall more slowly.",
        at_end(|row| row.2)
    );
    Ok(Drawing { panels: panels.into(), frames: None })
}

/// P[|Z| ≤ 2] for a standard normal Z, to four digits.
const NOMINAL: f64 = 0.9545;

fn panel(
    title: &str,
    (x, y): (Axis, Axis),
    measured: &[Measured],
    of: impl Fn(&(usize, f64, f64)) -> f64,
    named: &[usize],
) -> Panel {
    let mut marks = Vec::new();
    for (i, m) in measured.iter().enumerate() {
        let line: Vec<(f64, f64)> = m.rows.iter().map(|row| ((row.0 as f64).log10(), of(row))).collect();
        if named.contains(&i) || title.starts_with("Median") {
            let at = line.get(line.len() / 2).copied().unwrap_or((x.low, y.low));
            let shift = if title.starts_with("Share") {
                (4.0, if i == 0 { 20.0 } else { 30.0 })
            } else {
                match i {
                    0 => (-62.0, 18.0),
                    1 => (8.0, -14.0),
                    _ => (-96.0, 4.0),
                }
            };
            marks.push(Mark::Text { at, shift, text: m.name.to_owned(), pen: Pen::of(m.hue) });
        } else if let Some(at) = line.first() {
            marks.push(Mark::Text {
                at: *at,
                shift: (24.0, -30.0),
                text: m.name.to_owned(),
                pen: Pen::of(m.hue),
            });
        }
        marks.extend(line.iter().map(|at| Mark::Dot(*at, Pen::of(m.hue))));
        marks.push(Mark::Line(line, Pen::of(m.hue).dash(m.dash).width(2.5)));
    }
    Panel {
        title: title.to_owned(),
        alternative: String::new(),
        size: (360.0, 280.0),
        margin_right: 20.0,
        x,
        y,
        marks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four standard errors of a share of 600 samples.
    fn near(share: f64) -> f64 {
        4.0 * (share * (1.0 - share) / SAMPLES as f64).sqrt()
    }

    #[test]
    fn shares_are_those_of_the_laws() {
        let [normal, symmetric, absolute] = all().unwrap();
        for (n, share, error) in normal.rows {
            let due = 1.0 - 2.0 * StudentT::new(0.0, 1.0, n as f64 - 1.0).unwrap().survival(2.0);
            assert!((share - due).abs() < near(due), "n = {n}: {share}, {due}");
            // The median of s is below σ by about 1/(3n).
            assert!((error * (n as f64).sqrt() - 1.0).abs() < 0.1, "n = {n}: {error}");
        }
        // Without a variance a symmetric law keeps its coverage, a skew one does not.
        assert!(symmetric.rows.iter().skip(1).all(|row| row.1 > NOMINAL - near(NOMINAL)));
        assert!(absolute.rows.iter().all(|row| row.1 < 0.85));
        // n^(−1/3) in place of n^(−1/2): from 10 to 1000 a factor 4.6 in place of 10.
        let fall = symmetric.rows[0].2 / symmetric.rows[4].2;
        assert!((3.0..6.0).contains(&fall), "{fall}");
    }
}
