//! The optima on the line against the f-GAN paper's, as the facts of the book have them.

use labs::fgan::{exact, table::PAPER};
use vdm::catalogue::find;

/// D_f, μ*, σ* as the paper prints them; the mixture reproduces them to 3.1e-4.
const PRINTED: [(f64, f64, f64); 5] = [
    (0.2831, 1.0100, 1.8308),
    (0.2480, 1.5782, 1.6319),
    (0.1280, 1.3070, 1.7542),
    (0.5705, 1.3218, 1.7034),
    (0.6457, 0.5737, 1.9274),
];

#[test]
fn optima_are_those_of_the_paper() {
    for (name, (value, mean, deviation)) in PAPER.iter().zip(PRINTED) {
        let best = exact::best(&find(name).expect("a member")).expect("an optimum");
        let off = [best.divergence - value, best.mean - mean, best.deviation - deviation];
        assert!(off.iter().all(|off| off.abs() < 4e-4), "{name}: {best:?}");
    }
}

#[test]
fn an_optimum_is_one() {
    let f = find("squared_hellinger").expect("a member");
    let best = exact::best(&f).expect("an optimum");
    for (mean, deviation) in [(0.01, 0.0), (-0.01, 0.0), (0.0, 0.01), (0.0, -0.01)] {
        let there = exact::divergence(&f, best.mean + mean, best.deviation + deviation).expect("a value");
        assert!(there > best.divergence);
    }
}

#[test]
fn what_is_infinite_is_said_and_what_is_no_law_refused() {
    // χ² of a mixture with tails of deviation 1.415 from a law narrower than 1.0006.
    let f = find("pearson_chi2").expect("a member");
    assert_eq!(exact::divergence(&f, 0.0, 0.9).expect("a value"), f64::INFINITY);
    assert!(exact::divergence(&f, 0.0, -1.0).is_err());
}
