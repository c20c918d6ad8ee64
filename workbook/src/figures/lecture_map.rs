//! Figure `lecture-map`: from the problem to the algorithm in six boxes, with one pair
//! of laws followed through them.

use super::axis::number;
use super::error::FigureError;
use super::figure::Figure;
use super::flow::{Step, flow};
use super::panel::Drawing;
use super::pen::Hue;
use vdm::Divergence;
use vdm::catalogue::Kl;
use vdm::ch06_review::exercises::bounds_on_kl;
use vdm::density::Finite;
use vdm::divergence::between_finite;

pub(super) const FIGURE: Figure = Figure {
    id: "lecture-map",
    chapter: 6,
    title: "Lecture 1 on one page",
    description: "Six boxes, one a chapter, joined by arrows: the problem, what can be estimated, the conjugate, \
                  the bound, the game, the review. KL of one pair of laws is followed through them.",
    draw,
};

/// The pair that is followed.
const P: [f64; 2] = [0.7, 0.3];
const Q: [f64; 2] = [0.4, 0.6];
/// Samples of the estimate in the second box.
const SAMPLES: f64 = 10_000.0;

fn draw() -> Result<Drawing, FigureError> {
    let (p, q) = (Finite::new(&P)?, Finite::new(&Q)?);
    let kl = between_finite(&Kl, &p, &q).unwrap_or(f64::NAN);
    let log_ratio = |i| p.ln_probability(i) - q.ln_probability(i);
    // The standard error of a mean of log p/q over samples of P, from its exact variance.
    let variance: f64 = (0..2).map(|i| P[i] * (log_ratio(i) - kl).powi(2)).sum();
    let error = (variance / SAMPLES).sqrt();
    let best: Vec<f64> = (0..2).map(|i| Kl.optimal_critic(log_ratio(i))).collect();
    let [at_best, _, _] = bounds_on_kl(&P, &Q, &best);
    let [at_constant, _, _] = bounds_on_kl(&P, &Q, &[1.0, 1.0]);
    let ratio = log_ratio(0).exp();

    let step = |hue: u8, lines: [String; 3], then: &'static str| Step {
        lines: lines.to_vec(),
        hue: Hue::Series(hue),
        then,
    };
    let problem = [
        step(
            1,
            [
                "1  The problem".to_owned(),
                "find θ that makes D_f(p_x ‖ p_θ) small".to_owned(),
                format!("KL = {} for P = (.7, .3), Q = (.4, .6)", number(kl, 4)),
            ],
            "the ratio p_x/p_θ is unknown",
        ),
        step(
            2,
            [
                "2  What samples can do".to_owned(),
                "E h ≈ mean of h, error σ/√n in any dimension".to_owned(),
                format!("h = log p/q known: {} ± {} at n = 10⁴", number(kl, 3), number(error, 3)),
            ],
            "so take the ratio out of f",
        ),
        step(
            3,
            [
                "3  The curve by its lines".to_owned(),
                "f(u) = sup over t of { t·u − f*(t) }".to_owned(),
                format!("at u = {} the slope t = {} touches", number(ratio, 2), number(best[0], 2)),
            ],
            "",
        ),
    ];
    let algorithm = [
        step(
            3,
            [
                "4  A slope for each point: T(x)".to_owned(),
                "D_f ≥ E T(x) − E f*(T(x̂)), = for the best T".to_owned(),
                format!("best T: {}; T = 1: {}", number(at_best, 4), number(at_constant, 0)),
            ],
            "two expectations, no density",
        ),
        step(
            4,
            [
                "5  A game on mini-batches".to_owned(),
                "generator: min over θ; critic: max over T".to_owned(),
                format!(
                    "the critic's threshold is f′(1) = {}",
                    number(Kl.slope_at_one().representative(), 0)
                ),
            ],
            "and what it does not promise",
        ),
        step(
            5,
            [
                "6  Review".to_owned(),
                "takeaways, questions, errata".to_owned(),
                "a small lower bound is not a small divergence".to_owned(),
            ],
            "",
        ),
    ];
    let words = |steps: &[Step]| {
        let told: Vec<String> = steps.iter().map(|step| step.lines.join(": ")).collect();
        format!("Boxes joined by arrows. {}.", told.join(". Then "))
    };
    Ok(Drawing {
        panels: vec![
            flow("From the problem …", words(&problem), &problem),
            flow("… to the algorithm", words(&algorithm), &algorithm),
        ],
        frames: None,
    })
}
