//! Figure `generator-flow`: the lecture's figure 1, with what is known and what is not.

use super::axis::Axis;
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};

pub(super) const FIGURE: Figure = Figure {
    id: "generator-flow",
    chapter: 1,
    title: "Learning a generator",
    description: "A flow chart in two columns. Left: the unknown law of the data, then the data. Right: noise, the \
                  generator, its samples. Both end in a comparison, from which an arrow leads back to the generator.",
    draw,
};

/// Lengths in CSS pixels at the nominal size.
const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 322.0;
const LINE: f64 = 20.0;
const PADDING: f64 = 8.0;
/// The two columns: their left ends and their width.
const LEFT: f64 = 2.0;
const RIGHT: f64 = 206.0;
const COLUMN: f64 = 182.0;

/// A box with its upper left corner, and what is written in it.
struct Block {
    corner: (f64, f64),
    width: f64,
    lines: [&'static str; 2],
    pen: Pen,
}

impl Block {
    fn height() -> f64 {
        2.0 * LINE + 2.0 * PADDING
    }

    fn marks(&self) -> Vec<Mark> {
        let ((left, top), right) = (self.corner, self.corner.0 + self.width);
        let bottom = top - Self::height();
        let outline = vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        let line = |index: usize| Mark::Text {
            at: (left + 11.0, top - PADDING - LINE * (index as f64 + 0.5)),
            shift: (0.0, 0.0),
            text: self.lines[index].to_owned(),
            pen: Pen::of(if index == 0 { self.pen.hue } else { Hue::Ink }),
        };
        vec![Mark::Line(outline, self.pen), line(0), line(1)]
    }
}

/// A line through `points` that ends in an arrowhead; its last part runs down or left.
fn arrow(points: &[(f64, f64)], pen: Pen) -> Vec<Mark> {
    let (before, end) = (points[points.len() - 2], points[points.len() - 1]);
    let head = if before.0 == end.0 {
        vec![end, (end.0 - 5.0, end.1 + 10.0), (end.0 + 5.0, end.1 + 10.0)]
    } else {
        vec![end, (end.0 + 10.0, end.1 - 5.0), (end.0 + 10.0, end.1 + 5.0)]
    };
    vec![Mark::Line(points.to_vec(), pen), Mark::Area(head, Pen { dash: Dash::Solid, ..pen }, 1.0)]
}

fn draw() -> Result<Drawing, FigureError> {
    let step = Block::height() + 32.0;
    let row = |index: usize| HEIGHT - 2.0 - step * index as f64;
    let pen = |series| Pen::of(Hue::Series(series)).width(2.0);
    let block = |column, at, width, lines, pen| Block { corner: (column, row(at)), width, lines, pen };
    let compare = WIDTH - 32.0 - LEFT;
    let blocks = [
        block(LEFT, 0, COLUMN, ["the law of the data, p_x", "nobody knows it"], pen(2).dash(Dash::Dashed)),
        block(LEFT, 1, COLUMN, ["data x₁, x₂, …, xₙ", "all that we ever see"], pen(2)),
        block(RIGHT, 0, COLUMN, ["noise z ~ N(0, I)", "as much as we like"], pen(1)),
        block(RIGHT, 1, COLUMN, ["generator x̂ = g_θ(z)", "a network, weights θ"], pen(3)),
        block(RIGHT, 2, COLUMN, ["samples of p_θ", "the law of g_θ(z)"], pen(3)),
        block(
            LEFT,
            3,
            compare,
            ["how far is p_θ from p_x?", "D_f(p_x ‖ p_θ), to be made small through θ"],
            pen(4),
        ),
    ];
    let below = |at: usize| row(at) - Block::height();
    let quiet = Pen::of(Hue::Muted).width(1.6);
    let (left, right) = (LEFT + COLUMN / 2.0, RIGHT + COLUMN / 2.0);
    let mut marks: Vec<Mark> = blocks.iter().flat_map(Block::marks).collect();
    marks.extend(arrow(&[(left, below(0)), (left, row(1))], quiet.dash(Dash::Dashed)));
    marks.extend(arrow(&[(left, below(1)), (left, row(3))], quiet));
    for at in 0..3 {
        marks.extend(arrow(&[(right, below(at)), (right, row(at + 1))], quiet));
    }
    // Back to the generator, along the right edge.
    let (edge, back) = (WIDTH - 12.0, row(1) - Block::height() / 2.0);
    let from = row(3) - Block::height() / 2.0;
    let home = [(LEFT + compare, from), (edge, from), (edge, back), (RIGHT + COLUMN, back)];
    marks.extend(arrow(&home, Pen::of(Hue::Series(4)).width(1.6)));
    let panel = Panel {
        title: "Two ways to a picture, one comparison".to_owned(),
        alternative: "Two columns of boxes. On the left the unknown law of the data, from which come the data x₁ to xₙ. \
                      On the right noise z, which we draw ourselves, goes into the generator g_θ, out of which come \
                      samples of the model p_θ. Arrows lead from the data and from the samples to one box: how far is \
                      p_θ from p_x? From there an arrow leads back to the generator: change θ."
            .to_owned(),
        size: (WIDTH, HEIGHT + 32.0),
        margin_right: 0.0,
        x: Axis::new("", 0.0, WIDTH, &[]),
        y: Axis::new("", 0.0, HEIGHT, &[]),
        marks,
    };
    Ok(Drawing { panels: vec![panel], frames: None })
}
