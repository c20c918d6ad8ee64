//! Figure `bound-capacity`: the best critic on k bins, and the bound that it reaches.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::panel::{Drawing, Mark, Panel, units};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::Kl;
use vdm::ch04_variational_bound::{BinnedCritic, Bins};
use vdm::density::{Density, Gaussian, Mixture};
use vdm::divergence::between;

pub(super) const FIGURE: Figure = Figure {
    id: "bound-capacity",
    chapter: 4,
    title: "The bound against the capacity of the critic",
    description: "Left: the optimal critic of KL for a mixture of two Gaussians against one Gaussian, and the best \
                  critic on k equal bins. Right: the bound for every k, below the dashed line at KL; along k, 2k, 4k it never falls.",
    draw,
};

/// The target of the f-GAN paper's experiment on the line, and its best fit by KL.
const P: [(f64, f64, f64); 2] = [(0.33, -1.0, 0.255), (0.67, 2.0, 1.415)];
const Q: (f64, f64) = (1.0100, 1.8308);
/// The bins cut this range; the outer ones reach to ±∞.
const RANGE: (f64, f64) = (-4.0, 6.0);
/// The slider's numbers of bins, and where it starts.
const MOST: usize = 32;
const START: usize = 4;

const NAME_SHIFT: (f64, f64) = (9.0, 12.0);

/// What `vdm` says about k bins.
struct Capacity {
    bins: usize,
    critic: BinnedCritic,
}

fn draw() -> Result<Drawing, FigureError> {
    let (p, q) = (Mixture::of_gaussians(&P)?, Gaussian::new(Q.0, Q.1)?);
    let truth = between(&Kl, &p, &q)?.value;
    let capacities: Vec<Capacity> = (1..=MOST)
        .map(|bins| {
            let critic = Bins::equal(RANGE.0, RANGE.1, bins)?.best_critic(&Kl, &p, &q);
            Ok(Capacity { bins, critic })
        })
        .collect::<Result<_, FigureError>>()?;
    let start = &capacities[START - 1];

    let mut critics = Panel {
        title: "T* and the best critic on k bins".to_owned(),
        alternative: format!(
            "The optimal critic 1 + log p/q: a high peak at x = −1, a deep valley on each side of it, and a low hill on the right. \
             The best critic on {START} bins is a staircase that follows it coarsely; every bin takes the value 1 + log of \
             the ratio of its masses."
        ),
        size: (360.0, 300.0),
        margin_right: 14.0,
        x: Axis::new("x", -3.6, 5.6, &[-2.0, 0.0, 2.0, 4.0]),
        y: Axis::new("", -3.6, 3.0, &[-2.0, 0.0, 2.0]),
        marks: Vec::new(),
    };
    let best = |x: f64| Kl.optimal_critic(p.ln_density(x) - q.ln_density(x));
    for piece in curve("T*", &critics.x, &critics.y, best)? {
        critics.marks.push(Mark::Line(piece, Pen::of(Hue::Series(1))));
    }
    critics
        .marks
        .push(Mark::Line(stairs(start, &critics), Pen::of(Hue::Series(2)).width(2.5).part("stairs")));

    let mut bounds = Panel {
        title: format!("F on k bins; KL = {}", number(truth, 4)),
        alternative: format!(
            "The bound against the number of bins k from 1 to {MOST}, below a dashed line at {}. It is 0 for one bin. \
             A line joins 1, 2, 4, 8, 16 and 32 bins and never falls: {}. Between them the bound goes up and down.",
            number(truth, 4),
            doublings(&capacities).map(|(_, bound)| number(bound, 3)).collect::<Vec<_>>().join(", ")
        ),
        size: (360.0, 300.0),
        margin_right: 44.0,
        x: Axis::new("k", 0.0, 33.0, &[1.0, 8.0, 16.0, 24.0, 32.0]),
        y: Axis::new("", 0.0, 0.32, &[0.0, 0.1, 0.2, 0.3]),
        marks: Vec::new(),
    };
    let ends = [bounds.x.low, bounds.x.high].map(|k| (k, truth)).to_vec();
    bounds.marks.push(Mark::Line(ends, Pen::of(Hue::Series(1)).dash(Dash::Dashed)));
    bounds.marks.push(Mark::Line(doublings(&capacities).collect(), Pen::of(Hue::Series(3))));
    bounds.marks.extend(capacities.iter().map(|k| Mark::Open(k.point(), Pen::of(Hue::Muted).width(1.3))));
    bounds.marks.push(Mark::Dot(start.point(), Pen::of(Hue::Series(2)).part("value")));
    bounds.marks.push(Mark::Text {
        at: start.point(),
        shift: NAME_SHIFT,
        text: start.label(),
        pen: Pen::of(Hue::Series(2)).part("label"),
    });

    let moves = vec![
        ("stairs", "points"),
        ("value", "cx"),
        ("value", "cy"),
        ("label", "x"),
        ("label", "y"),
        ("label", "text"),
    ];
    let frame = |capacity: &Capacity| capacity.frame(&critics, &bounds, truth);
    let frames = capacities.iter().map(frame).collect::<Result<_, _>>()?;
    let frames = Frames { label: "Number of bins k", start: START - 1, moves, frames };
    Ok(Drawing { panels: vec![critics, bounds], frames: Some(frames) })
}

/// 1, 2, 4, … bins: each cuts the bins before it in two.
fn doublings(capacities: &[Capacity]) -> impl Iterator<Item = (f64, f64)> + use<'_> {
    capacities.iter().filter(|k| k.bins.is_power_of_two()).map(Capacity::point)
}

/// The critic's graph from end to end of the panel; values beyond it lie on its edge.
fn stairs(capacity: &Capacity, panel: &Panel) -> Vec<(f64, f64)> {
    let inside = |x: &f64| panel.x.low < *x && *x < panel.x.high;
    let edges = capacity.critic.bins().edges().iter().copied();
    let ends: Vec<f64> = std::iter::once(panel.x.low)
        .chain(edges.filter(inside))
        .chain(std::iter::once(panel.x.high))
        .collect();
    let level = |x: f64| capacity.critic.at(x).clamp(panel.y.low, panel.y.high);
    ends.windows(2)
        .flat_map(|ends| [ends[0], ends[1]].map(|x| (x, level(f64::midpoint(ends[0], ends[1])))))
        .collect()
}

impl Capacity {
    fn point(&self) -> (f64, f64) {
        (self.bins as f64, self.critic.bound)
    }

    fn label(&self) -> String {
        number(self.critic.bound, 3)
    }

    fn frame(&self, left: &Panel, right: &Panel, truth: f64) -> Result<Frame, FigureError> {
        let steps = left.locate(&stairs(self, left))?;
        let at = right.locate(&[self.point()])?[0];
        let steps: Vec<String> = steps.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let set = vec![
            steps.join(" "),
            at.0.to_string(),
            at.1.to_string(),
            (at.0 + units(NAME_SHIFT.0)).to_string(),
            (at.1 + units(NAME_SHIFT.1)).to_string(),
            self.label(),
        ];
        let plural = if self.bins == 1 { "bin" } else { "bins" };
        let say =
            format!("{} {plural}: the bound is {}, KL is {}", self.bins, self.label(), number(truth, 3));
        Ok(Frame { values: vec![self.bins as f64, self.critic.bound, truth], say, set })
    }
}
