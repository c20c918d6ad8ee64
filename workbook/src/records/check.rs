//! Records held to what they must agree with.

use super::error::RecordError;
use super::kept::FILES;
use super::modes;
use super::record::{Entry, Fit, Record, Trace};
use crate::problem::{Problem, Problems};
use serde::Serialize;
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
/// Samples that the labs count modes on.
const TOLD: f64 = 2500.0;

/// What the build found of a record by computing it anew.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Recomputed {
    /// The record, a path in the project.
    pub file: String,
    /// What was typed to make it.
    pub commands: Vec<String>,
    /// Its divergences.
    pub divergences: usize,
    /// Its runs.
    pub runs: usize,
    /// Those of them that ended early.
    pub failed: usize,
    /// Divergences of learned and best Gaussians, computed anew by quadrature.
    pub exact: usize,
    /// The largest relative difference among them.
    pub worst: f64,
    /// Bounds compared with the divergence.
    pub bounds: usize,
    /// The one that lies furthest above it, in standard errors.
    pub highest: Option<f64>,
    /// Samples that were counted anew.
    pub samples: usize,
}

/// Checks every record; tells what was computed anew.
///
/// # Errors
/// Everything that is wrong with one of them.
pub fn check() -> Result<Vec<Recomputed>, Problems> {
    let mut problems = Problems::default();
    let mut found = Vec::new();
    for (_, path, text) in FILES {
        let (recomputed, errors) = examined(path, text);
        found.push(recomputed);
        for error in errors {
            problems.push(Problem::at(Path::new(path), 1, error));
        }
    }
    problems.or(found)
}

/// What is wrong with the text of a record, and what was computed to know it.
fn examined(file: &str, text: &str) -> (Recomputed, Vec<RecordError>) {
    let mut found = Recomputed { file: file.to_owned(), ..Recomputed::default() };
    let record: Record = match serde_json::from_str(text) {
        Ok(record) => record,
        Err(error) => return (found, vec![error.into()]),
    };
    let mut errors = Vec::new();
    let recipe = &record.recipe;
    if recipe.commands.is_empty() || recipe.versions.is_empty() || recipe.machine.is_empty() {
        errors.push(RecordError::NoRecipe);
    }
    found.commands.clone_from(&recipe.commands);
    found.divergences = record.divergences.len();
    for (at, entry) in record.divergences.iter().enumerate() {
        found.runs += entry.runs.len();
        found.failed += entry.failures();
        let twice = record.divergences[..at].iter().any(|other| other.divergence == entry.divergence);
        errors.extend(found.entry(&record, entry, twice).err());
    }
    (found, errors)
}

impl Recomputed {
    /// Holds an entry to the truth.
    fn entry(&mut self, record: &Record, entry: &Entry, twice: bool) -> Result<(), RecordError> {
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
                self.agrees(f.as_ref(), line.learned)?;
                let (bound, divergence) = (outcome.bound.mean, line.learned.divergence);
                let error = outcome.bound.standard_error.unwrap_or(f64::INFINITY);
                if bound > divergence + ERRORS * error {
                    return Err(RecordError::Above { name: name(), seed, bound, divergence });
                }
                self.bounds += 1;
                let above = (bound - divergence) / error;
                self.highest = Some(self.highest.map_or(above, |highest| highest.max(above)));
            }
            match outcome.quality {
                None if on_line => {}
                Some(quality) if !on_line => {
                    let modes = modes::centres(&record.settings.data).len() as u32;
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
            self.agrees(f.as_ref(), best)?;
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
            self.counted(&record.settings.data, entry, trace)?;
        }
        Ok(())
    }

    /// The samples that a trace keeps are of the quality that its run tells.
    fn counted(&mut self, data: &str, entry: &Entry, trace: &Trace) -> Result<(), RecordError> {
        let (Some(cloud), Some(quality)) = (trace.clouds.last(), entry.qualities().next()) else {
            return Ok(());
        };
        let points: Vec<(f64, f64)> = cloud.points.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let (counted, recorded) = (modes::high_quality(data, &points), quality.high_quality);
        let variance = recorded * (1.0 - recorded) * (1.0 / points.len() as f64 + 1.0 / TOLD);
        // One sample more or less, where all or none are good.
        if (counted - recorded).abs() > ERRORS * variance.sqrt() + 1.0 / points.len() as f64 {
            return Err(RecordError::Samples { name: entry.divergence.clone(), counted, recorded });
        }
        self.samples += points.len();
        Ok(())
    }

    /// The recorded divergence is that of quadrature.
    fn agrees(&mut self, f: &dyn Divergence, fit: Fit) -> Result<(), RecordError> {
        let exact = exact(f, fit.mean, fit.deviation).unwrap_or(f64::NAN);
        let apart = if exact == fit.divergence { 0.0 } else { (exact / fit.divergence - 1.0).abs() };
        if apart <= RELATIVE {
            self.exact += 1;
            self.worst = self.worst.max(apart);
            return Ok(());
        }
        let Fit { mean, deviation, divergence: recorded } = fit;
        Err(RecordError::Exact { name: f.name(), mean, deviation, recorded, exact })
    }
}

/// D_f(P‖N(μ, σ²)), as far as quadrature reaches.
pub(crate) fn exact(f: &dyn Divergence, mean: f64, deviation: f64) -> Option<f64> {
    let p = Mixture::of_gaussians(&LINE).ok()?;
    let q = Gaussian::new(mean, deviation).ok()?;
    let quadrature = Quadrature { relative: RELATIVE / 10.0, ..Quadrature::default() };
    Some(between_with(&quadrature, f, &p, &q).ok()?.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn the_records_are_sound() {
        let found = check().unwrap_or_else(|problems| panic!("{:?}", problems.0));
        let [line, ring, grid] = &found[..] else { panic!("{found:?}") };
        // Every whole run on the line has its learned Gaussian and its bound.
        assert_eq!(line.bounds, line.runs - line.failed);
        assert!(line.exact > line.bounds && line.worst <= RELATIVE && line.highest.is_some());
        assert!(ring.samples > 0 && grid.samples > 0 && ring.exact == 0);
    }

    /// What a record says after one change of its text.
    fn changed(file: usize, change: impl FnOnce(&mut Value)) -> String {
        let mut record: Value = serde_json::from_str(FILES[file].2).unwrap();
        change(&mut record);
        examined("", &record.to_string()).1.iter().map(ToString::to_string).collect()
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
        let plane: [(Change, &str); 4] = [
            // The samples of a generator that has not begun.
            (
                |record| {
                    let clouds = &mut record["divergences"][0]["trace"]["clouds"];
                    *clouds = json!([clouds[0]]);
                },
                "more apart than chance",
            ),
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
