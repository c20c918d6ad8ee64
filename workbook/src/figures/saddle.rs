//! Figure `saddle`: two players on ½δθ² + θω − ½δω², for every curvature δ.

use super::axis::{Axis, number};
use super::curve::curve;
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use vdm::ch05_algorithm::{QuadraticGame, Updates};

pub(super) const FIGURE: Figure = Figure {
    id: "saddle",
    chapter: 5,
    title: "Two players near a saddle",
    description: "Paths of gradient steps on ½δθ² + θω − ½δω², simultaneous and alternating, and their rates against the \
                  curvature δ. Without curvature simultaneous steps spiral out and alternating ones circle; with enough \
                  of it both converge.",
    draw,
};

/// The step size of both players; the coupling is 1.
const STEP: f64 = 0.4;
const STEPS: usize = 60;
const START: (f64, f64) = (1.0, 0.0);
/// The slider's curvatures: 0 to 1 by a fiftieth; where it starts.
const CURVATURES: std::ops::RangeInclusive<i32> = 0..=50;
const CURVATURES_PER_UNIT: f64 = 50.0;
const FIRST: f64 = 0.0;

/// The portraits show |θ|, |ω| up to this.
const REACH: f64 = 2.0;
/// The distances shown: 10⁻⁴ to 10².
const LOWEST: f64 = -4.0;
const HIGHEST: f64 = 2.0;

/// So that the portraits, within their margins, are squares.
const SIZE: (f64, f64) = (300.0, 308.0);

/// The two orders of moves, each with the names of its parts, its colour and its dash.
const PLAYS: [Play; 2] = [
    Play {
        updates: Updates::Simultaneous,
        title: "Simultaneous steps",
        hue: Hue::Series(2),
        dash: Dash::Solid,
        path: "path-simultaneous",
        end: "end-simultaneous",
        distance: "distance-simultaneous",
        rate: "rate-simultaneous",
    },
    Play {
        updates: Updates::Alternating,
        title: "Alternating steps",
        hue: Hue::Series(1),
        dash: Dash::Dashed,
        path: "path-alternating",
        end: "end-alternating",
        distance: "distance-alternating",
        rate: "rate-alternating",
    },
];

struct Play {
    updates: Updates,
    title: &'static str,
    hue: Hue,
    dash: Dash,
    path: &'static str,
    end: &'static str,
    distance: &'static str,
    rate: &'static str,
}

impl Play {
    fn whole(&self, delta: f64) -> Result<Vec<(f64, f64)>, FigureError> {
        Ok(QuadraticGame::new(delta, delta, 1.0)?.path(self.updates, START, STEP, STEPS))
    }

    /// The path until it leaves the portrait.
    fn path(&self, delta: f64) -> Result<Vec<(f64, f64)>, FigureError> {
        let inside = |(x, y): &(f64, f64)| x.abs() <= REACH && y.abs() <= REACH;
        Ok(self.whole(delta)?.into_iter().take_while(inside).collect())
    }

    /// log₁₀ of the distance to the saddle after each step, until it leaves the panel.
    fn distances(&self, delta: f64) -> Result<Vec<(f64, f64)>, FigureError> {
        let whole = self.whole(delta)?.into_iter().enumerate();
        let points = whole.map(|(step, (x, y))| (step as f64, x.hypot(y).log10()));
        Ok(points.take_while(|(_, y)| (LOWEST..=HIGHEST).contains(y)).collect())
    }

    fn rate(&self, delta: f64) -> f64 {
        // A curvature of the slider or of the axis is a valid one.
        QuadraticGame::new(delta, delta, 1.0).map_or(f64::NAN, |game| game.rate(self.updates, STEP))
    }
}

fn draw() -> Result<Drawing, FigureError> {
    let portraits = PLAYS.iter().map(portrait).collect::<Result<Vec<_>, _>>()?;
    let mut panels = portraits;
    panels.extend([distances()?, rates()?]);
    let frames = CURVATURES
        .map(|step| frame(f64::from(step) / CURVATURES_PER_UNIT, &panels))
        .collect::<Result<Vec<_>, _>>()?;
    let start = frames.iter().position(|frame| frame.values[0] == FIRST).unwrap_or(0);
    let mut moves = Vec::new();
    for play in &PLAYS {
        moves.extend([
            (play.path, "points"),
            (play.end, "cx"),
            (play.end, "cy"),
            (play.distance, "points"),
            (play.rate, "cx"),
            (play.rate, "cy"),
        ]);
    }
    let frames = Frames { label: "Curvature δ of the saddle", start, moves, frames };
    Ok(Drawing { panels, frames: Some(frames) })
}

fn portrait(play: &Play) -> Result<Panel, FigureError> {
    let path = play.path(FIRST)?;
    let end = path.last().copied().unwrap_or(START);
    let circle = (0..=90).map(|k| f64::from(k) * 4.0_f64.to_radians()).map(|a| (a.cos(), a.sin())).collect();
    let pen = Pen::of(play.hue).width(1.8);
    let marks = vec![
        Mark::Line(circle, Pen::guide()),
        Mark::Line(vec![(0.0, -REACH), (0.0, REACH)], Pen::of(Hue::Muted).width(1.0)),
        Mark::Line(path, pen.part(play.path)),
        Mark::Open(START, Pen::of(Hue::Ink).width(1.5)),
        Mark::Dot(end, pen.part(play.end)),
    ];
    let (first, rest) = (play.rate(0.0), play.rate(1.0));
    Ok(Panel {
        title: play.title.to_owned(),
        alternative: format!(
            "The path of {} steps of size {} in the plane of θ and ω, from the open circle at (1, 0), with the unit \
             circle dotted. Without curvature the distance to the saddle changes by the factor {} a step; at curvature 1 \
             it is {}.",
            STEPS,
            number(STEP, 1),
            number(first, 3),
            number(rest, 3)
        ),
        size: SIZE,
        margin_right: 12.0,
        x: Axis::new("θ", -REACH, REACH, &[-1.0, 0.0, 1.0]),
        y: Axis::new("ω", -REACH, REACH, &[-1.0, 0.0, 1.0]),
        marks,
    })
}

/// As the attribute `points` has them.
fn points(places: &[(i32, i32)]) -> String {
    let pairs: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    pairs.join(" ")
}

fn distances() -> Result<Panel, FigureError> {
    let mut marks = Vec::new();
    for play in &PLAYS {
        let pen = Pen::of(play.hue).width(2.2).dash(play.dash).part(play.distance);
        marks.push(Mark::Line(play.distances(FIRST)?, pen));
    }
    Ok(Panel {
        title: "log₁₀ of the distance".to_owned(),
        alternative: "The logarithm of the distance to the saddle against the number of steps, for both orders of moves. \
                      Without curvature that of simultaneous steps rises along a straight line, that of alternating ones \
                      stays near 0; with curvature both fall, the alternating ones faster."
            .to_owned(),
        size: SIZE,
        margin_right: 14.0,
        x: Axis::new("n", 0.0, STEPS as f64, &[0.0, 20.0, 40.0]),
        y: Axis::new("", LOWEST, HIGHEST, &[-4.0, -2.0, 0.0, 2.0]),
        marks,
    })
}

fn rates() -> Result<Panel, FigureError> {
    let x = Axis::new("δ", 0.0, 1.0, &[0.0, 0.25, 0.5, 0.75]);
    let y = Axis::new("", 0.55, 1.15, &[0.6, 0.8, 1.0]);
    let mut marks = vec![Mark::Line(vec![(x.low, 1.0), (x.high, 1.0)], Pen::guide())];
    for play in &PLAYS {
        let pen = Pen::of(play.hue).width(2.5).dash(play.dash);
        for piece in curve(&format!("the rate of {}", play.title), &x, &y, |delta| play.rate(delta))? {
            marks.push(Mark::Line(piece, pen));
        }
        marks.push(Mark::Dot((FIRST, play.rate(FIRST)), Pen::of(play.hue).part(play.rate)));
    }
    // Where simultaneous steps begin to converge, as the rates themselves show it.
    let crossing = x.places(1001).find(|delta| PLAYS[0].rate(*delta) < 1.0).unwrap_or(x.high);
    Ok(Panel {
        title: format!("Factor a step, η = {}", number(STEP, 1)),
        alternative: format!(
            "The long-run factor of the distance against the curvature δ. Simultaneous steps, solid, start at {} and \
             fall below 1 at δ = {}; alternating ones, dashed, start at {} and lie below from the first curvature on.",
            number(PLAYS[0].rate(0.0), 3),
            number(crossing, 2),
            number(PLAYS[1].rate(0.0), 3)
        ),
        size: SIZE,
        margin_right: 14.0,
        x,
        y,
        marks,
    })
}

fn frame(delta: f64, panels: &[Panel]) -> Result<Frame, FigureError> {
    let mut set = Vec::new();
    for (number, play) in PLAYS.iter().enumerate() {
        let path = panels[number].locate(&play.path(delta)?)?;
        let distances = panels[PLAYS.len()].locate(&play.distances(delta)?)?;
        let rate = panels[PLAYS.len() + 1].locate(&[(delta, play.rate(delta))])?[0];
        let end = path.last().copied().unwrap_or_default();
        set.extend([points(&path), end.0.to_string(), end.1.to_string()]);
        set.extend([points(&distances), rate.0.to_string(), rate.1.to_string()]);
    }
    let [simultaneous, alternating] = [0, 1].map(|number| PLAYS[number].rate(delta));
    let say = format!(
        "curvature {}: simultaneous steps {} (factor {}), alternating steps {} (factor {})",
        number(delta, 2),
        fate(simultaneous),
        number(simultaneous, 3),
        fate(alternating),
        number(alternating, 3)
    );
    Ok(Frame { values: vec![delta, simultaneous, alternating], say, set })
}

/// What a long-run factor means; within a five-hundredth of 1 sixty steps show a circle.
fn fate(rate: f64) -> &'static str {
    if (rate - 1.0).abs() < 2e-3 {
        "circle"
    } else if rate > 1.0 {
        "spiral out"
    } else {
        "converge"
    }
}
