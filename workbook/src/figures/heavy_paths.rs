//! Figure `heavy-paths`: the same picture for a law with a variance, for one without,
//! and for one without a mean.

use super::axis::{Axis, number};
use super::error::FigureError;
use super::figure::Figure;
use super::panel::{Drawing, Mark, Panel};
use super::pen::{Dash, Hue, Pen};
use super::sampled::{counts, line, path};
use vdm::density::{Cauchy, Density, Gaussian, StudentT};

pub(super) const FIGURE: Figure = Figure {
    id: "heavy-paths",
    chapter: 2,
    title: "A variance, a mean without a variance, no mean",
    description: "Five running means each for a Gaussian, for Student's t with 1.5 degrees of freedom and for the Cauchy law, up \
                  to 100,000 draws.",
    draw,
};

const SEEDS: [u64; 5] = [31, 32, 33, 34, 35];
const PLACES: u32 = 160;

fn draw() -> Result<Drawing, FigureError> {
    let laws: [(&str, Box<dyn Density>); 3] = [
        ("N(0, 1)", Box::new(Gaussian::new(0.0, 1.0)?)),
        ("Student’s t, ν = 1.5", Box::new(StudentT::new(0.0, 1.0, 1.5)?)),
        ("Cauchy", Box::new(Cauchy::new(0.0, 1.0)?)),
    ];
    let panels = laws.iter().map(|(name, law)| panel(name, law)).collect::<Result<_, _>>()?;
    Ok(Drawing { panels, frames: None })
}

fn panel(name: &str, law: &dyn Density) -> Result<Panel, FigureError> {
    let x = Axis::of_powers("n", 1.0, 5.0, &[1.0, 2.0, 3.0, 4.0]);
    let y = Axis::new("", -3.0, 3.0, &[-2.0, 0.0, 2.0]);
    let counts = counts(&x, PLACES);
    let mut marks = Vec::new();
    let mut ends = Vec::new();
    for (seed, i) in SEEDS.iter().zip(0_u8..) {
        let path = path(law, &counts, *seed)?;
        ends.extend(path.last().map(|e| number(e.mean, 2)));
        let dash = [Dash::Solid, Dash::Dashed, Dash::DashDot][usize::from(i % 3)];
        marks
            .push(Mark::Line(line(&path, &y, |e| e.mean), Pen::of(Hue::Series(i + 1)).dash(dash).width(1.8)));
    }
    Ok(Panel {
        title: name.to_owned(),
        alternative: format!(
            "Five running means of {name} from 10 to 100,000 draws; paths beyond the edge run along it. After 100,000 draws they \
             are at {}.",
            ends.join(", ")
        ),
        size: (200.0, 200.0),
        margin_right: 14.0,
        x,
        y,
        marks,
    })
}
