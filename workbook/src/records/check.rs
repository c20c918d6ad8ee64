//! Records held to what they must agree with.

use super::kept::FILES;
use super::record::{Entry, Fit, Record};
use crate::problem::{Problem, Problems};
use std::path::Path;
use vdm::Divergence;
use vdm::catalogue::find;
use vdm::density::{Gaussian, Mixture};
use vdm::divergence::between_with;
use vdm::quadrature::Quadrature;

/// The data on the line: 0.33·N(−1, 0.255²) + 0.67·N(2, 1.415²).
pub(crate) const LINE: [(f64, f64, f64); 2] = [(0.33, -1.0, 0.255), (0.67, 2.0, 1.415)];

/// Both sides compute to nine digits.
const RELATIVE: f64 = 1e-8;
/// From an optimum so far aside, the divergence is larger.
const ASIDE: f64 = 0.01;
/// A bound on fresh samples is below the divergence but for chance: five standard errors
/// are exceeded once in 3·10⁶ runs, and a record has some hundreds.
const ERRORS: f64 = 5.0;

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// It cannot be read.
    #[error("this is no record of the labs ({0}); make it again by its recipe")]
    Unreadable(#[from] serde_json::Error),
    /// It does not say how it was made.
    #[error("the recipe lacks its commands, versions or machine; make the record again by `labs record`")]
    NoRecipe,
    /// A divergence that there is none of.
    #[error("the catalogue has no divergence `{0}`")]
    UnknownDivergence(String),
    /// A divergence or a seed a second time, or a divergence without a run.
    #[error("`{0}`: each divergence stands once, with at least one run and each seed once")]
    Runs(String),
    /// A run with an outcome and a failure, or neither, or with the outcome of other data.
    #[error("`{0}`, seed {1}: a run has either a whole outcome or a failure")]
    Outcome(String, u64),
    /// A number out of its range.
    #[error("`{0}`, seed {1}: {2} is out of its range")]
    Range(String, u64, &'static str),
    /// Another divergence than quadrature finds.
    #[error("`{name}`: the record says D_f = {recorded} at μ = {mean}, σ = {deviation}; it is {exact}")]
    Exact {
        /// The divergence.
        name: String,
        /// μ
        mean: f64,
        /// σ
        deviation: f64,
        /// As recorded.
        recorded: f64,
        /// By quadrature.
        exact: f64,
    },
    /// An optimum that is none.
    #[error(
        "`{name}`: the divergence is smaller at μ = {mean}, σ = {deviation} than at the recorded optimum"
    )]
    NoOptimum {
        /// The divergence.
        name: String,
        /// μ
        mean: f64,
        /// σ
        deviation: f64,
    },
    /// A bound that is none.
    #[error(
        "`{name}`, seed {seed}: the bound {bound} exceeds the divergence {divergence} by more than chance"
    )]
    Above {
        /// The divergence.
        name: String,
        /// The seed.
        seed: u64,
        /// The bound.
        bound: f64,
        /// D_f at what was learned.
        divergence: f64,
    },
    /// Curves of different lengths.
    #[error("`{0}`: the curves of the trace have different lengths, or a number that is none")]
    Trace(String),
}

/// Checks every record.
///
/// # Errors
/// Everything that is wrong with one of them.
pub fn check() -> Result<(), Problems> {
    let mut problems = Problems::default();
    for (_, path, text) in FILES {
        for error in errors(text) {
            problems.push(Problem::at(Path::new(path), 1, error));
        }
    }
    problems.or(())
}

/// What is wrong with the text of a record.
pub(super) fn errors(text: &str) -> Vec<RecordError> {
    let record: Record = match serde_json::from_str(text) {
        Ok(record) => record,
        Err(error) => return vec![error.into()],
    };
    let mut errors = Vec::new();
    let recipe = &record.recipe;
    if recipe.commands.is_empty() || recipe.versions.is_empty() || recipe.machine.is_empty() {
        errors.push(RecordError::NoRecipe);
    }
    for (at, entry) in record.divergences.iter().enumerate() {
        let twice = record.divergences[..at].iter().any(|other| other.divergence == entry.divergence);
        errors.extend(entry_errors(&record, entry, twice).err());
    }
    errors
}

fn entry_errors(record: &Record, entry: &Entry, twice: bool) -> Result<(), RecordError> {
    let name = || entry.divergence.clone();
    let f = find(&entry.divergence).map_err(|_| RecordError::UnknownDivergence(name()))?;
    let mut seeds: Vec<u64> = entry.runs.iter().map(|run| run.seed).collect();
    seeds.sort_unstable();
    seeds.dedup();
    if twice || seeds.is_empty() || seeds.len() != entry.runs.len() {
        return Err(RecordError::Runs(name()));
    }
    let on_line = record.settings.data == "line";
    for run in &entry.runs {
        let seed = run.seed;
        let outcome = match (&run.outcome, &run.failed) {
            (Some(outcome), None) if outcome.line.is_some() == on_line => outcome,
            (None, Some(_)) => continue,
            _ => return Err(RecordError::Outcome(name(), seed)),
        };
        if let Some(line) = outcome.line {
            agrees(f.as_ref(), line.learned)?;
            let (bound, divergence) = (outcome.bound.mean, line.learned.divergence);
            let error = outcome.bound.standard_error.unwrap_or(f64::INFINITY);
            if bound > divergence + ERRORS * error {
                return Err(RecordError::Above { name: name(), seed, bound, divergence });
            }
        }
        match outcome.quality {
            None if on_line => {}
            Some(quality) if !on_line => {
                let modes = if record.settings.data == "ring" { 8 } else { 25 };
                if quality.modes > modes {
                    return Err(RecordError::Range(name(), seed, "the number of modes"));
                }
                if !(0.0..=1.0).contains(&quality.high_quality) {
                    return Err(RecordError::Range(name(), seed, "the high-quality share"));
                }
                if !(-1e-9..=f64::from(modes).ln() + 1e-9).contains(&quality.reverse_kl) {
                    return Err(RecordError::Range(name(), seed, "the reverse KL"));
                }
            }
            _ => return Err(RecordError::Outcome(name(), seed)),
        }
    }
    if let Some(best) = entry.best {
        agrees(f.as_ref(), best)?;
        for (mean, deviation) in [(ASIDE, 0.0), (-ASIDE, 0.0), (0.0, ASIDE), (0.0, -ASIDE)] {
            let (mean, deviation) = (best.mean + mean, best.deviation + deviation);
            if exact(f.as_ref(), mean, deviation).is_some_and(|there| there < best.divergence) {
                return Err(RecordError::NoOptimum { name: name(), mean, deviation });
            }
        }
    }
    if let Some(trace) = &entry.trace {
        let places = trace.steps.len();
        let whole = |curve: &[f64]| curve.len() == places && curve.iter().all(|x| x.is_finite());
        let curves =
            if on_line { vec![&trace.bound, &trace.mean, &trace.deviation] } else { vec![&trace.bound] };
        let clouds = trace.clouds.iter().all(|cloud| cloud.points.iter().all(|x| x.is_finite()));
        if places == 0 || !clouds || !curves.into_iter().all(|curve| whole(curve)) {
            return Err(RecordError::Trace(name()));
        }
    }
    Ok(())
}

/// D_f(P‖N(μ, σ²)), as far as quadrature reaches.
pub(crate) fn exact(f: &dyn Divergence, mean: f64, deviation: f64) -> Option<f64> {
    let p = Mixture::of_gaussians(&LINE).ok()?;
    let q = Gaussian::new(mean, deviation).ok()?;
    let quadrature = Quadrature { relative: RELATIVE / 10.0, ..Quadrature::default() };
    Some(between_with(&quadrature, f, &p, &q).ok()?.value)
}

fn agrees(f: &dyn Divergence, fit: Fit) -> Result<(), RecordError> {
    let exact = exact(f, fit.mean, fit.deviation).unwrap_or(f64::NAN);
    let same = exact == fit.divergence || (exact - fit.divergence).abs() <= RELATIVE * exact.abs();
    if same {
        return Ok(());
    }
    let Fit { mean, deviation, divergence: recorded } = fit;
    Err(RecordError::Exact { name: f.name(), mean, deviation, recorded, exact })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_records_are_sound() {
        check().unwrap_or_else(|problems| panic!("{:?}", problems.0));
    }

    /// What a record says after one change of its text.
    fn changed(file: usize, change: impl FnOnce(&mut Value)) -> String {
        let mut record: Value = serde_json::from_str(FILES[file].2).unwrap();
        change(&mut record);
        errors(&record.to_string()).iter().map(ToString::to_string).collect()
    }

    type Change = fn(&mut Value);

    #[test]
    fn every_planted_mistake_is_told() {
        let line: [(Change, &str); 11] = [
            (|record| record["recipe"]["commands"] = json!([]), "the recipe lacks"),
            (|record| record["divergences"][0]["divergence"] = json!("kll"), "no divergence `kll`"),
            (|record| record["divergences"][1] = record["divergences"][0].clone(), "each seed once"),
            (|record| record["divergences"][0]["runs"][0]["failed"] = json!("x"), "either a whole outcome"),
            (|record| record["divergences"][0]["runs"][0]["outcome"]["line"] = json!(null), "either a whole"),
            (
                |record| {
                    let fit = &mut record["divergences"][0]["runs"][0]["outcome"]["line"]["learned"];
                    fit["divergence"] = json!(fit["divergence"].as_f64().unwrap() + 1e-6);
                },
                "it is",
            ),
            (
                |record| {
                    let fit = &mut record["divergences"][0]["runs"][0]["outcome"]["line"]["learned"];
                    fit["mean"] = json!(fit["mean"].as_f64().unwrap() + 1e-3);
                },
                "it is",
            ),
            // The optimum of another divergence, with this one's value there.
            (
                |record| {
                    let other = record["divergences"][1]["best"].clone();
                    let [mean, deviation] = ["mean", "deviation"].map(|key| other[key].as_f64().unwrap());
                    let f = find(record["divergences"][0]["divergence"].as_str().unwrap()).unwrap();
                    let there = exact(f.as_ref(), mean, deviation).unwrap();
                    record["divergences"][0]["best"] =
                        json!({ "mean": mean, "deviation": deviation, "divergence": there });
                },
                "smaller at",
            ),
            (
                |record| {
                    let outcome = &mut record["divergences"][0]["runs"][0]["outcome"];
                    let above = outcome["line"]["learned"]["divergence"].as_f64().unwrap();
                    let error = outcome["bound"]["standard_error"].as_f64().unwrap();
                    outcome["bound"]["mean"] = json!(above + 6.0 * error);
                },
                "more than chance",
            ),
            (|record| record["divergences"][0]["trace"]["mean"] = json!([1.0]), "different lengths"),
            (|record| record["samples"] = json!("many"), "no record of the labs"),
        ];
        for (change, said) in line {
            let found = changed(0, change);
            assert!(found.contains(said), "`{found}` lacks `{said}`");
        }
        let plane: [(Change, &str); 3] = [
            (|record| record["divergences"][0]["runs"][0]["outcome"]["quality"]["modes"] = json!(9), "modes"),
            (
                |record| {
                    record["divergences"][0]["runs"][0]["outcome"]["quality"]["high_quality"] = json!(98.9);
                },
                "high-quality share",
            ),
            (
                |record| record["divergences"][0]["runs"][0]["outcome"]["quality"]["reverse_kl"] = json!(2.1),
                "reverse KL",
            ),
        ];
        for (change, said) in plane {
            let found = changed(1, change);
            assert!(found.contains(said), "`{found}` lacks `{said}`");
        }
    }
}
