//! Figure `integral-to-samples`: from an integral that nobody can evaluate to two sample
//! means, with one pair of laws followed through the steps.

use super::axis::number;
use super::error::FigureError;
use super::figure::Figure;
use super::flow::{Step, flow};
use super::panel::Drawing;
use super::pen::Hue;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::catalogue::Kl;
use vdm::ch04_variational_bound::{Bins, EmpiricalBound, bound_on_line};
use vdm::density::Gaussian;
use vdm::divergence::between;

pub(super) const FIGURE: Figure = Figure {
    id: "integral-to-samples",
    chapter: 4,
    title: "From an integral to two sample means",
    description: "Four boxes joined by arrows: the definition, the supremum over all critics, a class of critics, \
                  and sample means. KL of two Gaussians is followed through them, with its value in each box.",
    draw,
};

/// P = N(1, 1), Q = N(0, 1).
const MEANS: (f64, f64) = (1.0, 0.0);
/// The class in the third box: critics that are constant on bins of this range.
const BINS: usize = 6;
const RANGE: (f64, f64) = (-2.5, 3.5);
/// Samples of each law in the last box.
const SAMPLES: usize = 1_000;

fn draw() -> Result<Drawing, FigureError> {
    let (p, q) = (Gaussian::new(MEANS.0, 1.0)?, Gaussian::new(MEANS.1, 1.0)?);
    let truth = between(&Kl, &p, &q)?.value;
    // 1 + log p/q for these two laws.
    let middle = f64::midpoint(MEANS.0, MEANS.1);
    let all = bound_on_line(&Kl, &p, &q, |x| 1.0 + x - middle, &[])?.value;
    let class = Bins::equal(RANGE.0, RANGE.1, BINS)?.best_critic(&Kl, &p, &q);
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let sampled = EmpiricalBound::from_draws(&Kl, |x| class.at(x), &p, &q, SAMPLES, &mut rng)?;

    let steps = [
        Step {
            lines: vec![
                "D_f = E_Q f(p/q)".to_owned(),
                "needs the ratio p/q, which nobody knows".to_owned(),
                format!("KL of N(1, 1) from N(0, 1): {}", number(truth, 4)),
            ],
            hue: Hue::Series(5),
            then: "f by its lines; a slope for each point",
        },
        Step {
            lines: vec![
                "sup over all T:  E_P T − E_Q f*(T)".to_owned(),
                "no ratio left; too many functions".to_owned(),
                format!("at T* = x + ½: {}", number(all, 4)),
            ],
            hue: Hue::Series(1),
            then: "a class that can be searched: from = to ≥",
        },
        Step {
            lines: vec![
                "sup over a class:  E_P T − E_Q f*(T)".to_owned(),
                "two expectations of known functions".to_owned(),
                format!("constant on {BINS} bins: {}", number(class.bound, 4)),
            ],
            hue: Hue::Series(3),
            then: "sample means for expectations",
        },
        Step {
            lines: vec![
                "mean of T(xᵢ) − mean of f*(T(yⱼ))".to_owned(),
                "fresh samples: data xᵢ, generated yⱼ".to_owned(),
                format!(
                    "{} of each: {} ± {}",
                    "1,000",
                    number(sampled.value, 3),
                    number(sampled.standard_error, 3)
                ),
            ],
            hue: Hue::Series(2),
            then: "",
        },
    ];
    let told: Vec<String> = steps.iter().map(|step| step.lines.join("; ")).collect();
    let alternative = format!(
        "Four boxes, each with an arrow to the next. {}. The first two values are equal, the third is smaller, the \
         last scatters around the third.",
        told.join(". Then: ")
    );
    let panel = flow("From the intractable to the tractable", alternative, &steps);
    Ok(Drawing { panels: vec![panel], frames: None })
}
