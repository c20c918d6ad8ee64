//! Figure `definition-and-bound`: D_f by its definition is the upper edge of its bounds.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl};
use vdm::ch04_variational_bound::bound_on_line;
use vdm::density::{Density, Gaussian, Mixture};
use vdm::divergence::between;

pub(super) const FIGURE: Figure = Figure {
    id: "definition-and-bound",
    chapter: 4,
    title: "D_f by its definition, and three bounds",
    description: "D_f of a mixture of Q and P from Q, against the share of P, as a convex curve; below it the bounds of three \
                  fixed critics, which are straight lines and touch the curve where the critic is the best one.",
    draw,
};

/// Mean and deviation of P and of Q.
const P: (f64, f64) = (1.5, 0.8);
const Q: (f64, f64) = (0.0, 1.0);
/// The shares for which the three critics are the best ones.
const BEST_AT: [(f64, Hue, Dash); 3] = [
    (0.2, Hue::Series(2), Dash::Dashed),
    (0.55, Hue::Series(3), Dash::DashDot),
    (0.9, Hue::Series(4), Dash::Dotted),
];
/// Places of the curve: it is smooth, and each is a quadrature.
const PLACES: u32 = 41;

fn draw() -> Result<Drawing, FigureError> {
    let panels = vec![
        panel(&Kl, "KL", Axis::new("", -0.3, 1.5, &[0.0, 0.5, 1.0, 1.5]))?,
        panel(&FganJs, "f-GAN JS", Axis::new("", -0.1, 0.6, &[0.0, 0.2, 0.4, 0.6]))?,
    ];
    Ok(Drawing { panels, frames: None })
}

/// The law that takes this share from P and the rest from Q.
fn mixture(share: f64) -> Result<Mixture, FigureError> {
    Ok(Mixture::of_gaussians(&[(share, P.0, P.1), (1.0 - share, Q.0, Q.1)])?)
}

fn panel(f: &dyn Divergence, name: &str, y: Axis) -> Result<Panel, FigureError> {
    let q = Gaussian::new(Q.0, Q.1)?;
    let x = Axis::new("λ", 0.0, 1.0, &[0.0, 0.5, 1.0]);
    let mut marks = Vec::new();
    let truth = x
        .places(PLACES)
        .map(|share| Ok((share, between(f, &mixture(share)?, &q)?.value)))
        .collect::<Result<Vec<_>, FigureError>>()?;
    let mut touched = Vec::new();
    for (share, hue, dash) in BEST_AT {
        let fitted = mixture(share)?;
        let critic = |x: f64| f.optimal_critic(fitted.ln_density(x) - q.ln_density(x));
        let bound =
            |share: f64| Ok::<_, FigureError>(bound_on_line(f, &mixture(share)?, &q, critic, &[])?.value);
        // A straight line: two of its points, each by quadrature.
        let (zero, one) = (bound(0.0)?, bound(1.0)?);
        for piece in curve("a bound", &x, &y, |l| zero + (one - zero) * l)? {
            let ends = [piece.first(), piece.last()].into_iter().flatten().copied().collect();
            marks.push(Mark::Line(ends, Pen::of(hue).dash(dash)));
        }
        let at = (share, bound(share)?);
        marks.push(Mark::Dot(at, Pen::of(hue)));
        touched.push(format!("at λ = {} with the value {}", number(share, 2), number(at.1, 3)));
    }
    marks.insert(0, Mark::Line(truth.clone(), Pen::of(Hue::Series(1)).width(3.0)));
    let end = truth.last().map_or(0.0, |last| last.1);
    Ok(Panel {
        title: format!("{name} of (1 − λ)Q + λP from Q"),
        alternative: format!(
            "The divergence as a convex curve that rises from 0 at λ = 0 to {} at λ = 1. Three straight lines below it, one a \
             critic, touch it {}.",
            number(end, 3),
            touched.join(", ")
        ),
        size: (360.0, 280.0),
        margin_right: 18.0,
        x,
        y,
        marks,
    })
}
