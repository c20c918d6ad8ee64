//! Figure `grid-hull`: samples, their lower hull, and why the conjugate of a grid
//! comes out too small.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::Kl;
use vdm::ch03_convex_conjugate::exercises::{grid_conjugate, legendre, lower_hull};

pub(super) const FIGURE: Figure = Figure {
    id: "grid-hull",
    chapter: 3,
    title: "Samples, their lower hull and their conjugate",
    description: "Left: samples of a function, their lower convex hull and a line resting on it. Right: the conjugate \
                  of the samples lies below that of the function; the gap is shaded.",
    draw,
};

const SIZE: (f64, f64) = (360.0, 260.0);
/// Samples of the function itself, where the figure needs its true conjugate and
/// `vdm` has no closed form.
const FINE: u32 = 20_001;

/// Samples of a function, in the order of u.
struct Samples {
    us: Vec<f64>,
    fs: Vec<f64>,
}

impl Samples {
    fn of(f: impl Fn(f64) -> f64, us: Vec<f64>) -> Self {
        let fs = us.iter().map(|&u| f(u)).collect();
        Self { us, fs }
    }

    fn point(&self, i: usize) -> (f64, f64) {
        (self.us[i], self.fs[i])
    }
}

/// Neither convex nor smooth to the eye: a parabola with a wave on it.
fn wavy(u: f64) -> f64 {
    0.5 * (u - 1.1).powi(2) + 0.28 * (5.5 * u).cos()
}

fn draw() -> Result<Drawing, FigureError> {
    let x = Axis::new("u", 0.0, 2.5, &[0.0, 1.0, 2.0]);
    let coarse = Samples::of(|u| Kl.generator(u), x.places(6).collect());
    let kl = samples_panel(
        "u log u on a grid of step ½",
        "u log u",
        |u| Kl.generator(u),
        &coarse,
        0.75,
        (x.clone(), Axis::new("", -0.9, 2.3, &[0.0, 1.0, 2.0])),
    )?;
    let t = Axis::new("t", -1.0, 1.5, &[-1.0, 0.0, 1.0]);
    let y = Axis::new("", -0.2, 1.8, &[0.0, 1.0]);
    let kl_conjugates = conjugates_panel(&coarse, |t| Kl.conjugate(t), (t, y))?;

    let samples = Samples::of(wavy, x.places(11).collect());
    let waves = samples_panel(
        "A wavy function, step ¼",
        "the wavy function",
        wavy,
        &samples,
        0.4,
        (x.clone(), Axis::new("", -0.6, 1.3, &[0.0, 1.0])),
    )?;
    let fine = Samples::of(wavy, x.places(FINE).collect());
    let hull = lower_hull(&fine.us, &fine.fs);
    let true_conjugate =
        |t: f64| legendre(&fine.us, &fine.fs, &hull, &[t]).first().copied().unwrap_or(f64::NAN);
    let t = Axis::new("t", -1.0, 1.5, &[-1.0, 0.0, 1.0]);
    let y = Axis::new("", -0.8, 2.8, &[0.0, 1.0, 2.0]);
    let wavy_conjugates = conjugates_panel(&samples, true_conjugate, (t, y))?;
    Ok(Drawing { panels: vec![kl, kl_conjugates, waves, wavy_conjugates], frames: None })
}

/// The function, its samples, their hull, and the line of slope t resting on it.
fn samples_panel(
    title: &str,
    name: &str,
    f: impl Fn(f64) -> f64,
    samples: &Samples,
    t: f64,
    (x, y): (Axis, Axis),
) -> Result<Panel, FigureError> {
    let hull = lower_hull(&samples.us, &samples.fs);
    let conjugate = grid_conjugate(&samples.us, &samples.fs, t);
    let mut marks: Vec<Mark> = curve(name, &x, &y, f)?
        .into_iter()
        .map(|piece| Mark::Line(piece, Pen::of(Hue::Series(1)).width(1.5)))
        .collect();
    for piece in curve("the line", &x, &y, |u| t * u - conjugate)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(3)).dash(Dash::DashDot)));
    }
    let end = x.ticks.last().copied().unwrap_or(x.high);
    marks.push(Mark::Text {
        at: (end, t * end - conjugate),
        shift: (-10.0, 18.0),
        text: format!("slope {}", number(t, 2)),
        pen: Pen::of(Hue::Series(3)),
    });
    let edge: Vec<_> = hull.iter().map(|&i| samples.point(i)).collect();
    marks.push(Mark::Line(edge, Pen::of(Hue::Series(2)).width(2.5).dash(Dash::Dashed)));
    for i in 0..samples.us.len() {
        let on_hull = hull.contains(&i);
        let pen = Pen::of(if on_hull { Hue::Series(2) } else { Hue::Muted });
        marks.push(if on_hull {
            Mark::Dot(samples.point(i), pen)
        } else {
            Mark::Open(samples.point(i), pen)
        });
    }
    Ok(Panel {
        title: title.to_owned(),
        alternative: format!(
            "The curve of {name} with {} samples, {} of which, the filled ones, lie on the dashed lower convex hull. \
             A line of slope {} rests on the hull from below and meets u = 0 at {}.",
            samples.us.len(),
            hull.len(),
            number(t, 2),
            number(-conjugate, 2)
        ),
        size: SIZE,
        margin_right: 20.0,
        x,
        y,
        marks,
    })
}

/// f\* (solid), the conjugate of the samples (dashed), and the gap between them.
fn conjugates_panel(
    samples: &Samples,
    conjugate: impl Fn(f64) -> f64,
    (x, y): (Axis, Axis),
) -> Result<Panel, FigureError> {
    let of_samples = |t: f64| grid_conjugate(&samples.us, &samples.fs, t);
    let upper = x.places(101).map(|t| (t, conjugate(t).min(y.high)));
    let lower = x.places(101).map(|t| (t, of_samples(t).min(y.high)));
    let shade: Vec<_> = upper.chain(lower.collect::<Vec<_>>().into_iter().rev()).collect();
    let gap = x.places(101).map(|t| conjugate(t) - of_samples(t)).fold(0.0, f64::max);
    let mut marks = vec![Mark::Area(shade, Pen::of(Hue::Series(4)), 0.35)];
    for piece in curve("f*", &x, &y, conjugate)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(2.0)));
    }
    for piece in curve("the conjugate of the samples", &x, &y, of_samples)? {
        marks.push(Mark::Line(piece, Pen::of(Hue::Series(2)).width(2.0).dash(Dash::Dashed)));
    }
    Ok(Panel {
        title: format!("f*, and that of the samples: gap {}", number(gap, 3)),
        alternative: format!(
            "The conjugate of the function, solid, and that of its samples, dashed and made of straight pieces: it \
             lies nowhere above the other. The shaded gap is at most {} for t from {} to {}.",
            number(gap, 3),
            number(x.low, 1),
            number(x.high, 1)
        ),
        size: SIZE,
        margin_right: 20.0,
        x,
        y,
        marks,
    })
}
