//! Figure `tangent`: tangents of f = u log u, whose intercepts are −f\*(t).

use super::axis::{Axis, number};
use super::curve::{curve, pieces};
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::panel::{Drawing, Mark, Panel, units};
use super::pen::{Dash, Hue, Pen};
use vdm::Divergence;
use vdm::catalogue::Kl;

pub(super) const FIGURE: Figure = Figure {
    id: "tangent",
    chapter: 3,
    title: "A tangent's intercept is −f*(t)",
    description: "Left: f(u) = u log u with tangents of three slopes; each meets the vertical axis at −f*(t). \
                  Right: the same heights against the slope t; they are the curve −f*.",
    draw,
};

/// The tangents that stand still, and how they are told apart.
const STILL: [(f64, Hue, Dash); 2] =
    [(-0.5, Hue::Series(2), Dash::Dashed), (1.25, Hue::Series(4), Dash::DashDot)];
/// The tangent that the slider moves, and where it starts.
const MOVING: (f64, Hue) = (0.5, Hue::Series(3));
/// The slider's slopes: −1.5 to 1.5 by a twentieth.
const SLOPES: std::ops::RangeInclusive<i32> = -30..=30;
const SLOPES_PER_UNIT: f64 = 20.0;

/// Where labels stand beside their marks, in CSS pixels to the right and down.
const TOUCH_SHIFT: (f64, f64) = (-4.0, -14.0);
const SLOPE_SHIFT: (f64, f64) = (5.0, 0.0);
const HEIGHT_SHIFT: (f64, f64) = (8.0, -9.0);

/// What `vdm` says about the tangent of slope t.
struct Tangent {
    t: f64,
    u: f64,
    conjugate: f64,
}

impl Tangent {
    fn of(t: f64) -> Self {
        Self { t, u: Kl.conjugate_subdifferential(t).representative(), conjugate: Kl.conjugate(t) }
    }

    /// The line's part inside the panel, from the vertical axis to where it leaves.
    fn line(&self, panel: &Panel) -> [(f64, f64); 2] {
        let at = |u: f64| (u, self.t * u - self.conjugate);
        let whole = [at(0.0), at(panel.x.high)];
        match pieces(&whole, &panel.y).first().map(Vec::as_slice) {
            Some(&[from, to]) => [from, to],
            _ => whole,
        }
    }

    fn touch(&self) -> (f64, f64) {
        (self.u, Kl.generator(self.u))
    }

    /// Its height on the vertical axis, where it also meets the graph of −f\*.
    fn intercept(&self) -> f64 {
        -self.conjugate
    }

    fn label(&self) -> String {
        format!("t = {}", number(self.t, 2))
    }

    fn say(&self) -> String {
        let [t, intercept, u] = [self.t, self.intercept(), self.u].map(|x| number(x, 2));
        format!("slope {t}, intercept −f*(t) = {intercept}, touches at u = {u}")
    }
}

fn draw() -> Result<Drawing, FigureError> {
    let heights = Axis::new("", -2.0, 1.8, &[-2.0, -1.0, 0.0, 1.0]);
    let mut tangents = Panel {
        title: "f(u) = u log u and its tangents".to_owned(),
        alternative: String::new(),
        size: (360.0, 320.0),
        margin_right: 62.0,
        x: Axis::new("u", 0.0, 2.2, &[0.0, 0.5, 1.0, 1.5, 2.0]),
        y: heights.clone(),
        marks: Vec::new(),
    };
    let mut intercepts = Panel {
        title: "Their intercepts: −f*(t) against t".to_owned(),
        alternative: String::new(),
        size: (360.0, 320.0),
        margin_right: 36.0,
        x: Axis::new("t", -1.6, 1.6, &[-1.0, 0.0, 1.0]),
        y: heights,
        marks: Vec::new(),
    };
    let (t, hue) = MOVING;
    let moving = Tangent::of(t);
    let still = STILL.map(|(t, hue, dash)| (Tangent::of(t), Pen::of(hue).dash(dash).still()));
    for piece in curve("u log u", &tangents.x, &tangents.y, |u| Kl.generator(u))? {
        tangents.marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(3.0)));
    }
    for piece in curve("−e^{t−1}", &intercepts.x, &intercepts.y, |t| -Kl.conjugate(t))? {
        intercepts.marks.push(Mark::Line(piece, Pen::of(Hue::Series(1)).width(3.0)));
    }
    for (tangent, pen) in &still {
        mark(&mut tangents, &mut intercepts, tangent, |_| *pen);
    }
    mark(&mut tangents, &mut intercepts, &moving, |part| Pen::of(hue).width(2.5).part(part));

    let all: Vec<_> = [&still[0].0, &moving, &still[1].0].map(Tangent::say).into();
    tangents.alternative = format!(
        "The convex curve u log u and three of its tangents, which lie below it. Each meets the vertical axis at \
         minus the conjugate of its slope: {}. A steeper tangent touches further to the right and starts lower.",
        all.join("; ")
    );
    intercepts.alternative = format!(
        "The concave, falling curve −f*(t) = −exp(t − 1) on the same vertical scale, with the three intercepts \
         marked on it: {}.",
        all.join("; ")
    );
    let frames = frames(&tangents, &intercepts)?;
    Ok(Drawing { panels: vec![tangents, intercepts], frames: Some(frames) })
}

/// Puts one tangent into both panels; `pen` gives the pen for a part of it.
fn mark(left: &mut Panel, right: &mut Panel, tangent: &Tangent, pen: impl Fn(&'static str) -> Pen) {
    let guide = |part| Pen { dash: Dash::Dotted, width: 1.3, ..pen(part) };
    let height = tangent.intercept();
    let line = tangent.line(left);
    left.marks.extend([
        Mark::Line(vec![(0.0, height), (left.x.high, height)], guide("guide-left")),
        Mark::Line(line.to_vec(), pen("line")),
        Mark::Dot(tangent.touch(), pen("touch")),
        Mark::Dot((0.0, height), pen("intercept")),
        Mark::Text { at: tangent.touch(), shift: TOUCH_SHIFT, text: "u*".to_owned(), pen: pen("touch-name") },
        Mark::Text { at: line[1], shift: SLOPE_SHIFT, text: tangent.label(), pen: pen("slope") },
    ]);
    right.marks.extend([
        Mark::Line(vec![(right.x.low, height), (tangent.t, height)], guide("guide-right")),
        Mark::Dot((tangent.t, height), pen("value")),
        Mark::Text {
            at: (tangent.t, height),
            shift: HEIGHT_SHIFT,
            text: number(height, 2),
            pen: pen("height"),
        },
    ]);
}

/// The slider's frames: the same marks at every slope.
fn frames(left: &Panel, right: &Panel) -> Result<Frames, FigureError> {
    let moves = vec![
        ("line", "points"),
        ("touch", "cx"),
        ("touch", "cy"),
        ("intercept", "cy"),
        ("guide-left", "points"),
        ("touch-name", "x"),
        ("touch-name", "y"),
        ("slope", "x"),
        ("slope", "y"),
        ("slope", "text"),
        ("guide-right", "points"),
        ("value", "cx"),
        ("value", "cy"),
        ("height", "x"),
        ("height", "y"),
        ("height", "text"),
    ];
    let slopes = SLOPES.map(|step| f64::from(step) / SLOPES_PER_UNIT);
    let start = slopes.clone().position(|t| t == MOVING.0).unwrap_or(0);
    let frames = slopes.map(|t| frame(&Tangent::of(t), left, right)).collect::<Result<_, _>>()?;
    Ok(Frames { label: "Slope t of the tangent", start, moves, frames })
}

fn frame(tangent: &Tangent, left: &Panel, right: &Panel) -> Result<Frame, FigureError> {
    let height = tangent.intercept();
    let line = tangent.line(left);
    let at_left = left.locate(&[line[0], line[1], tangent.touch(), (left.x.high, height)])?;
    let at_right = right.locate(&[(right.x.low, height), (tangent.t, height)])?;
    let pair = |a: (i32, i32), b: (i32, i32)| format!("{},{} {},{}", a.0, a.1, b.0, b.1);
    let beside = |at: (i32, i32), shift: (f64, f64)| (at.0 + units(shift.0), at.1 + units(shift.1));
    let [from, to, touch, edge] = [at_left[0], at_left[1], at_left[2], at_left[3]];
    let [side, value] = [at_right[0], at_right[1]];
    let (touch_name, slope, label) =
        (beside(touch, TOUCH_SHIFT), beside(to, SLOPE_SHIFT), beside(value, HEIGHT_SHIFT));
    let set = vec![
        pair(from, to),
        touch.0.to_string(),
        touch.1.to_string(),
        from.1.to_string(),
        pair(from, edge),
        touch_name.0.to_string(),
        touch_name.1.to_string(),
        slope.0.to_string(),
        slope.1.to_string(),
        tangent.label(),
        pair(side, value),
        value.0.to_string(),
        value.1.to_string(),
        label.0.to_string(),
        label.1.to_string(),
        number(height, 2),
    ];
    Ok(Frame { values: vec![tangent.t, tangent.u, tangent.conjugate], say: tangent.say(), set })
}
