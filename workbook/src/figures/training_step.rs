//! Figure `training-step`: what happens in one step of training, as a chart.

use super::error::FigureError;
use super::figure::Figure;
use super::flow::{Step, flow};
use super::panel::Drawing;
use super::pen::Hue;

pub(super) const FIGURE: Figure = Figure {
    id: "training-step",
    chapter: 5,
    title: "One step of training",
    description: "A chart of four boxes: draw a batch of data and of noise, score both by the critic, average to the \
                  objective F, move both players.",
    draw,
};

fn draw() -> Result<Drawing, FigureError> {
    let step = |lines: &[&str], hue, then| Step {
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        hue: Hue::Series(hue),
        then,
    };
    let steps = [
        step(&["Draw a batch", "n data points x, n noise points z"], 1, "the generator makes x̂ = g_θ(z)"),
        step(
            &["Score every point", "raw output V_ω, a real number", "critic T = g_f(V_ω), in dom f*"],
            2,
            "average",
        ),
        step(
            &["The objective on the batch", "F = mean of T(x) − mean of f*(T(x̂))"],
            3,
            "one backward pass: ∂F/∂θ and ∂F/∂ω",
        ),
        step(
            &["Move both players", "critic:  ω ← ω + η ∂F/∂ω  (up)", "generator:  θ ← θ − η ∂F/∂θ  (down)"],
            4,
            "",
        ),
    ];
    let alternative = "Four boxes in a column. First: draw a batch, n data points x and n noise points z; the generator \
                       makes x̂ = g_θ(z). Second: score every point, by the raw output V and the critic T = g_f(V), which \
                       lies in the domain of f*. Third: the objective on the batch, the mean of T over the data minus the \
                       mean of f*(T) over the generated points; one backward pass gives both gradients. Fourth: the critic \
                       moves up the gradient, the generator down, and the next batch is drawn.";
    let panel = flow("One simultaneous step", alternative.to_owned(), &steps);
    Ok(Drawing { panels: vec![panel], frames: None })
}
