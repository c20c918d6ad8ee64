//! Microseconds per D_f of two Gaussian mixtures by quadrature.
//!
//! `cargo bench --bench divergence` prints a table and, last, one line of JSON in
//! the form that `benches/peers/quad_scipy.py` prints for scipy's `quad` on the
//! same integrals, split at the same landmarks.

use std::hint::black_box;
use std::time::{Duration, Instant};
use vdm::catalogue;
use vdm::density::Mixture;
use vdm::divergence::between_with;
use vdm::quadrature::Quadrature;

/// The pairs of the record that are timed: all four divergences are finite there.
const PAIRS: [&str; 6] = [
    "unit shift",
    "near-equal means",
    "f-GAN's target and its fit",
    "a peak inside a wide law",
    "three and three",
    "a comb",
];
const DIVERGENCES: [&str; 4] = ["kl", "fgan_js", "squared_hellinger", "pearson_chi2"];

/// The accuracy that both programs ask for.
const RELATIVE: f64 = 1e-10;

/// Long enough that the clock's resolution does not matter.
const LEAST: Duration = Duration::from_millis(50);

fn main() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/witnesses/gaussian_mixtures.json");
    let text = std::fs::read_to_string(path).expect("the recorded mixtures are there");
    let record: Vec<serde_json::Value> = serde_json::from_str(&text).expect("they are JSON");
    let quadrature = Quadrature { relative: RELATIVE, ..Quadrature::default() };
    println!("{:<28} {:<18} {:>9} {:>7} {:>9}", "pair", "divergence", "µs", "evals", "off");
    let mut rows = Vec::new();
    for title in PAIRS {
        let pair = record.iter().find(|pair| pair["title"] == title).expect("recorded");
        let (p, q) = (mixture(&pair["p"]), mixture(&pair["q"]));
        for name in DIVERGENCES {
            let f = catalogue::find(name).expect("a member");
            let run = || between_with(&quadrature, &f, &p, &q).expect("it converges");
            let got = run();
            let start = Instant::now();
            let mut runs = 0;
            while start.elapsed() < LEAST {
                black_box(run());
                runs += 1;
            }
            let micros = start.elapsed().as_secs_f64() * 1e6 / f64::from(runs);
            let truth = pair["values"][name].as_f64().expect("finite");
            let off = (got.value / truth - 1.0).abs();
            println!("{title:<28} {name:<18} {micros:>9.1} {:>7} {off:>9.1e}", got.evaluations);
            rows.push(serde_json::json!({
                "pair": title, "divergence": name, "micros": micros,
                "evaluations": got.evaluations, "relative_error": off,
            }));
        }
    }
    println!("{}", serde_json::json!({ "program": "vdm", "rows": rows }));
}

fn mixture(parts: &serde_json::Value) -> Mixture {
    let parts: Vec<(f64, f64, f64)> = serde_json::from_value(parts.clone()).expect("weight, mean, deviation");
    Mixture::of_gaussians(&parts).expect("a valid mixture")
}
