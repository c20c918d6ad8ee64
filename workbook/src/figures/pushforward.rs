//! Figure `pushforward`: noise goes in below, through the generator, and comes out at
//! the left; the slider bends the generator.

use super::axis::{Axis, number};
use super::curve::{curve, pieces};
use super::error::FigureError;
use super::figure::Figure;
use super::frames::{Frame, Frames};
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::ch01_generative_modelling::{Bend, Map, Pushforward};
use vdm::density::{Density, Gaussian};

pub(super) const FIGURE: Figure = Figure {
    id: "pushforward",
    chapter: 1,
    title: "Noise, generator, samples",
    description: "A generator as a curve over the noise. Below the curve the Gaussian density of the noise, at its left \
                  the density of what comes out, drawn sideways. A slider bends the curve and changes that density.",
    draw,
};

/// The slider's bends: −1 to 1 by tenths, and where it starts.
const BENDS: std::ops::RangeInclusive<i32> = -10..=10;
const BENDS_PER_UNIT: f64 = 10.0;
const START: i32 = 6;

/// The plane: the curve stands right of `STRIP.0` and above `STRIP.1`; left of it and
/// below are the densities.
const Z: (f64, f64) = (-5.4, 3.0);
const X: (f64, f64) = (-5.4, 4.4);
const STRIP: (f64, f64) = (-3.2, -3.2);
/// How long a density of 1 is drawn.
const TALL: f64 = 2.9;
/// How long the tick of a sample is drawn.
const RUG: f64 = 0.22;
/// The noise whose way is followed, and how many samples are shown.
const FOLLOWED: (f64, f64) = (0.5, 1.5);
const SAMPLES: usize = 30;
/// Places at which a density is drawn.
const PLACES: u32 = 91;

type Points = Vec<(f64, f64)>;

/// What `vdm` says about one bend.
struct Bent {
    theta: f64,
    model: Pushforward<Gaussian, Bend>,
    samples: Vec<f64>,
}

impl Bent {
    fn of(theta: f64) -> Result<Self, FigureError> {
        let model = Pushforward::new(Gaussian::new(0.0, 1.0)?, Bend::new(theta)?)?;
        // The same noise for every bend: the slider moves samples, it does not draw new ones.
        let samples = model.samples(SAMPLES, &mut ChaCha8Rng::seed_from_u64(1));
        Ok(Self { theta, model, samples })
    }

    fn g(&self, z: f64) -> f64 {
        self.model.map().apply(z)
    }

    /// The part of the plane in which the curve is drawn.
    fn window() -> (Axis, Axis) {
        (Axis::new("z", STRIP.0, Z.1, &[]), Axis::new("x", STRIP.1, X.1, &[]))
    }

    fn map(&self) -> Result<Points, FigureError> {
        let (z, x) = Self::window();
        // Coarse enough for a slider: the curve is smooth.
        let whole: Points = z.places(PLACES).map(|z| (z, self.g(z))).collect();
        Ok(pieces(&whole, &x).concat())
    }

    /// The density of what comes out, drawn to the right from the left edge.
    fn density(&self) -> Points {
        let (_, x) = Self::window();
        x.places(PLACES).map(|x| (Z.0 + TALL * self.model.ln_density(x).exp(), x)).collect()
    }

    /// The part of it that the followed noise makes.
    fn band(&self) -> Points {
        let (low, high) = (self.g(FOLLOWED.0), self.g(FOLLOWED.1));
        let x = Axis::new("x", low, high, &[]);
        let edge = x.places(25).map(|x| (Z.0 + TALL * self.model.ln_density(x).exp(), x));
        [(Z.0, low)].into_iter().chain(edge).chain([(Z.0, high)]).collect()
    }

    /// From the noise up to the curve, and left to what it makes.
    fn way(&self, z: f64) -> Points {
        vec![(z, X.0), (z, self.g(z)), (Z.0, self.g(z))]
    }

    /// The samples as ticks at the left edge: a comb.
    fn rug(&self) -> Points {
        let mut inside: Vec<f64> =
            self.samples.iter().copied().filter(|x| (STRIP.1..X.1).contains(x)).collect();
        inside.sort_by(f64::total_cmp);
        inside.into_iter().flat_map(|x| [(Z.0, x), (Z.0 + RUG, x), (Z.0, x)]).collect()
    }

    fn say(&self) -> String {
        let [theta, low, high] = [(self.theta, 1), (self.g(FOLLOWED.0), 2), (self.g(FOLLOWED.1), 2)]
            .map(|(value, digits)| number(value, digits));
        let share = self.model.cdf(self.g(FOLLOWED.1)) - self.model.cdf(self.g(FOLLOWED.0));
        format!(
            "θ = {theta}: noise between 0.5 and 1.5 becomes x between {low} and {high}; both shaded areas are {}",
            number(share, 2)
        )
    }
}

fn draw() -> Result<Drawing, FigureError> {
    let start = Bent::of(f64::from(START) / BENDS_PER_UNIT)?;
    let noise = *start.model.noise();
    let mut panel = Panel {
        title: "x = g(z): noise below, model at the left".to_owned(),
        alternative: format!(
            "A rising curve, the generator, over the noise z from −3 to 3. Below it the bell of the Gaussian noise, with \
             the part between 0.5 and 1.5 shaded and {SAMPLES} draws as ticks. At the left, sideways, the density of \
             x = g(z), with the image of the shaded part and the images of the draws. {}. Where the curve is steep the \
             density at the left is low and wide, where it is flat high and narrow.",
            start.say()
        ),
        size: (420.0, 420.0),
        margin_right: 18.0,
        x: Axis::new("z", Z.0, Z.1, &[-2.0, 0.0, 2.0]),
        y: Axis::new("", X.0, X.1, &[-2.0, 0.0, 2.0, 4.0]),
        marks: Vec::new(),
    };
    let (z, _) = Bent::window();
    let height = |z: f64| X.0 + TALL * noise.ln_density(z).exp();
    let shaded = Axis::new("z", FOLLOWED.0, FOLLOWED.1, &[]);
    let band: Points = [(FOLLOWED.0, X.0)]
        .into_iter()
        .chain(shaded.places(25).map(|z| (z, height(z))))
        .chain([(FOLLOWED.1, X.0)])
        .collect();
    let (ink, model) = (Pen::of(Hue::Series(1)), Pen::of(Hue::Series(3)));
    panel.marks.push(Mark::Area(band, ink, 0.35));
    panel.marks.push(Mark::Area(start.band(), model.part("band"), 0.35));
    for piece in curve("the noise's density", &z, &panel.y, height)? {
        panel.marks.push(Mark::Line(piece, ink.width(2.5)));
    }
    let mut draws =
        Pushforward::new(noise, Bend::new(0.0)?)?.samples(SAMPLES, &mut ChaCha8Rng::seed_from_u64(1));
    draws.sort_by(f64::total_cmp);
    let ticks = draws.into_iter().flat_map(|z| [(z, X.0), (z, X.0 + RUG), (z, X.0)]).collect();
    let guide = Pen::guide().dash(Dash::Dashed);
    panel.marks.extend([
        Mark::Line(ticks, ink.width(1.3)),
        Mark::Line(start.way(FOLLOWED.0), guide.part("way-low")),
        Mark::Line(start.way(FOLLOWED.1), guide.part("way-high")),
        Mark::Line(start.density(), model.width(2.5).part("density")),
        Mark::Line(start.rug(), model.width(1.3).part("rug")),
        Mark::Line(start.map()?, Pen::of(Hue::Series(2)).width(3.0).part("map")),
        text((-2.9, -4.5), "noise: p(z)", Hue::Series(1)),
        text((Z.0 + 0.25, X.1 - 0.3), "model: p_θ(x)", Hue::Series(3)),
    ]);
    let frames = frames(&panel)?;
    Ok(Drawing { panels: vec![panel], frames: Some(frames) })
}

fn text(at: (f64, f64), words: &str, hue: Hue) -> Mark {
    Mark::Text { at, shift: (0.0, 0.0), text: words.to_owned(), pen: Pen::of(hue) }
}

/// The slider's frames: the same marks at every bend.
fn frames(panel: &Panel) -> Result<Frames, FigureError> {
    let moves =
        ["band", "way-low", "way-high", "density", "rug", "map"].map(|part| (part, "points")).to_vec();
    let start = BENDS.clone().position(|step| step == START).unwrap_or(0);
    let frames =
        BENDS.map(|step| frame(f64::from(step) / BENDS_PER_UNIT, panel)).collect::<Result<_, _>>()?;
    Ok(Frames { label: "Bend θ of the generator", start, moves, frames })
}

fn frame(theta: f64, panel: &Panel) -> Result<Frame, FigureError> {
    let bent = Bent::of(theta)?;
    let parts =
        [bent.band(), bent.way(FOLLOWED.0), bent.way(FOLLOWED.1), bent.density(), bent.rug(), bent.map()?];
    let set = parts
        .iter()
        .map(|points| {
            let places: Vec<String> = panel.locate(points)?.iter().map(|(x, y)| format!("{x},{y}")).collect();
            Ok(places.join(" "))
        })
        .collect::<Result<_, FigureError>>()?;
    let values = vec![theta, bent.g(FOLLOWED.0), bent.g(FOLLOWED.1)];
    Ok(Frame { values, say: bent.say(), set })
}
