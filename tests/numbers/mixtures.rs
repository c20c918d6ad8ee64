//! D_f between Gaussian mixtures against recorded mpmath values.

use crate::witness::{number, numbers, read};
use vdm::Divergence;
use vdm::catalogue;
use vdm::density::{Density, Mixture};
use vdm::divergence::between;
use vdm::quadrature::{Estimate, Quadrature, QuadratureError};

/// The accuracy that is promised, relative to D_f …
const PROMISED: f64 = 1e-10;
/// … wherever D_f is at least this.
const SMALLEST: f64 = 1e-6;

type Between = fn(&dyn Divergence, &dyn Density, &dyn Density) -> Result<Estimate, QuadratureError>;

/// A pair of mixtures with the recorded value of every row.
struct Pair {
    title: String,
    p: Mixture,
    q: Mixture,
    values: serde_json::Value,
}

fn pairs() -> Vec<Pair> {
    let mixture = |parts: &serde_json::Value| {
        let parts: Vec<_> =
            parts.as_array().unwrap().iter().map(numbers).map(|part| (part[0], part[1], part[2])).collect();
        Mixture::of_gaussians(&parts).unwrap()
    };
    let record = read("gaussian_mixtures.json");
    record
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| Pair {
            title: pair["title"].as_str().unwrap().into(),
            p: mixture(&pair["p"]),
            q: mixture(&pair["q"]),
            values: pair["values"].clone(),
        })
        .collect()
}

/// Every member with a recorded value: how many values, and which are missed.
fn misses(between: Between) -> (usize, Vec<String>) {
    let (mut seen, mut missed) = (0, Vec::new());
    for pair in pairs() {
        for f in catalogue::all() {
            let Some(recorded) = pair.values.get(f.name()) else {
                continue;
            };
            let truth = number(recorded);
            seen += 1;
            let got = match between(&f, &pair.p, &pair.q) {
                Ok(got) => got,
                Err(e) => {
                    missed.push(format!("{} of {}: {e}", f.name(), pair.title));
                    continue;
                }
            };
            if got.value == truth {
                continue;
            }
            let off = (got.value - truth).abs();
            // GAN is the one row that is negative: D_f = f(1) + a positive integral,
            // and its accuracy is that of the larger of the two.
            let size = truth.max(truth - f.at_one());
            let promised = if size >= SMALLEST { PROMISED * size } else { got.error };
            if !(off <= promised && off <= got.error + f64::EPSILON * truth.abs()) {
                missed.push(format!(
                    "{} of {}: {:e} for {truth:e}, off by {off:.1e}, reported {:.1e}",
                    f.name(),
                    pair.title,
                    got.value,
                    got.error
                ));
            }
        }
    }
    (seen, missed)
}

#[test]
fn gaussian_mixtures_reach_ten_digits_of_the_recorded_values() {
    let (seen, missed) = misses(between);
    assert!(missed.is_empty(), "{} of {seen}:\n{}", missed.len(), missed.join("\n"));
    assert!(seen >= 15 * 20, "only {seen} recorded values belong to a member");
}

#[test]
fn planted_mistakes_miss_recorded_values() {
    let chaffs: [(&str, Between); 4] = [
        ("P and Q exchanged", |f, p, q| between(f, q, p)),
        ("the definition as it stands, not centred", |f, p, q| {
            let mut landmarks = p.landmarks();
            landmarks.extend(q.landmarks());
            let naive =
                |x: f64| q.ln_density(x).exp() * f.generator((p.ln_density(x) - q.ln_density(x)).exp());
            Quadrature::default().integrate(naive, q.support(), &landmarks)
        }),
        ("f(1) forgotten", |f, p, q| between(f, p, q).map(|e| Estimate { value: e.value - f.at_one(), ..e })),
        ("an error estimate divided by a million", |f, p, q| {
            between(f, p, q).map(|e| Estimate { error: e.error / 1e6, ..e })
        }),
    ];
    for (name, chaff) in chaffs {
        let (_, missed) = misses(chaff);
        assert!(!missed.is_empty(), "not caught: {name}");
    }
}
