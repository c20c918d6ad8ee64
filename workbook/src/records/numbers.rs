//! Numbers of a record, by name: what the pages' text and tables are made of.

use super::kept::{names, record};
use super::modes;
use super::record::{Entry, Quality, Record};
use crate::counts::grouped;
use crate::problem::near;
use std::cmp::Ordering;
use vdm::Divergence;
use vdm::catalogue::find;
use vdm::ch02_intractable_densities::estimate;

/// A mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error; none of fewer than two seeds.
    pub error: Option<f64>,
}

impl Mean {
    /// Of some numbers; none of no numbers.
    pub fn of(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let numbers: Vec<f64> = numbers.collect();
        if numbers.is_empty() {
            return None;
        }
        Some(match estimate(&numbers) {
            Ok(found) => Self { mean: found.mean, error: Some(found.standard_error) },
            Err(_) => Self { mean: numbers.iter().sum::<f64>() / numbers.len() as f64, error: None },
        })
    }

    /// In so many decimals, with its error; it breaks before the ±.
    pub fn with_error(self, digits: usize) -> String {
        let mean = plain(self.mean, digits);
        self.error.map_or_else(|| mean.clone(), |error| format!("{mean} ±\u{a0}{}", plain(error, digits)))
    }
}

/// A number with a true minus sign.
pub(crate) fn plain(x: f64, digits: usize) -> String {
    if x == f64::INFINITY {
        return "∞".to_owned();
    }
    let text = format!("{x:.digits$}");
    let zero = text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    if zero { text.trim_start_matches('-').to_owned() } else { text.replace('-', "−") }
}

/// A name that stands for no number.
#[derive(Debug, thiserror::Error)]
#[error(
    "there is no recorded number `{0}`{1}; a name is record.divergence.quantity, as in line.kl.mean-error"
)]
pub struct NoNumber(String, String);

/// A number of an entry as text; none where the entry has none.
type Quantity = fn(&Entry) -> Option<String>;

/// What can be asked of an entry.
const QUANTITIES: [(&str, Quantity); 12] = [
    ("seeds", |entry| Some(entry.runs.len().to_string())),
    ("failed", |entry| Some(entry.failures().to_string())),
    ("seconds", |entry| Some(plain(largest(entry.outcomes().map(|outcome| outcome.seconds))?, 0))),
    ("mean-error", |entry| Some(plain(errors(entry)?.0.mean, 4))),
    ("deviation-error", |entry| Some(plain(errors(entry)?.1.mean, 4))),
    ("divergence", |entry| Some(plain(Mean::of(entry.learned().map(|fit| fit.divergence))?.mean, 4))),
    ("best-deviation", |entry| Some(plain(entry.best?.deviation, 3))),
    ("gap", |entry| Some(format!("{} %", plain(100.0 * gap(entry)?.mean.abs(), 1)))),
    ("modes", |entry| Some(plain(Mean::of(entry.qualities().map(|q| f64::from(q.modes)))?.mean, 1))),
    ("least-modes", |entry| entry.qualities().map(|quality| quality.modes).min().map(|n| n.to_string())),
    ("high-quality", |entry| {
        Some(format!("{} %", plain(100.0 * Mean::of(entry.qualities().map(|q| q.high_quality))?.mean, 1)))
    }),
    ("reverse-kl", |entry| Some(plain(Mean::of(entry.qualities().map(|q| q.reverse_kl))?.mean, 3))),
];

fn largest(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    numbers.reduce(f64::max)
}

/// |μ̂ − μ\*| and |σ̂ − σ\*| over the seeds.
pub(crate) fn errors(entry: &Entry) -> Option<(Mean, Mean)> {
    let best = entry.best?;
    let mean = Mean::of(entry.learned().map(|fit| (fit.mean - best.mean).abs()))?;
    Some((mean, Mean::of(entry.learned().map(|fit| (fit.deviation - best.deviation).abs()))?))
}

/// (F − D_f)/|D_f| over the seeds.
pub(crate) fn gap(entry: &Entry) -> Option<Mean> {
    let gaps = entry.outcomes().filter_map(|outcome| {
        let divergence = outcome.line?.learned.divergence;
        Some((outcome.bound.mean - divergence) / divergence.abs())
    });
    Mean::of(gaps)
}

/// The recorded number of that name, as the book shows it.
///
/// # Errors
/// [`NoNumber`], with the nearest name.
pub fn number(name: &str) -> Result<String, NoNumber> {
    let parts: Vec<&str> = name.splitn(2, '.').collect();
    let [file, rest] = parts[..] else { return Err(unknown(name, names())) };
    let Some(record) = record(file) else { return Err(unknown(name, names())) };
    if let Some(value) = of_record(record, rest) {
        return Ok(value);
    }
    let Some((divergence, quantity)) = rest.rsplit_once('.') else {
        return Err(unknown(name, QUANTITIES.iter().map(|(known, _)| *known)));
    };
    let Some(entry) = record.entry(divergence) else {
        return Err(unknown(name, record.divergences.iter().map(|entry| entry.divergence.as_str())));
    };
    let value = QUANTITIES.iter().find(|(known, _)| *known == quantity).and_then(|(_, value)| value(entry));
    value.ok_or_else(|| unknown(name, QUANTITIES.iter().map(|(known, _)| *known)))
}

/// What can be asked of a record as a whole.
fn of_record(record: &Record, quantity: &str) -> Option<String> {
    let all = || record.divergences.iter();
    Some(match quantity {
        "steps" => record.settings.steps.to_string(),
        "polish" => record.settings.polish.to_string(),
        "hidden" => record.settings.hidden.to_string(),
        "batch" => record.settings.batch.to_string(),
        "samples" => grouped(record.samples),
        "average" => format!("{} %", plain(100.0 * record.settings.average, 0)),
        "divergences" => record.divergences.len().to_string(),
        "runs" => all().map(|entry| entry.runs.len()).sum::<usize>().to_string(),
        "whole" => all().filter(|entry| is_whole(record, entry)).count().to_string(),
        "dropping" => listed(all().filter(|entry| drops(record, entry))),
        "failing" => listed(all().filter(|entry| entry.failures() > 0)),
        "seconds" => {
            plain(largest(all().flat_map(|entry| entry.outcomes().map(|outcome| outcome.seconds)))?, 0)
        }
        _ => return None,
    })
}

/// The entries of a record in the plane: those that reach most modes first, in their worst run
/// before the mean, then those with most good samples; what never came to its end is last.
pub(crate) fn by_coverage(record: &Record) -> Vec<&Entry> {
    let key = |entry: &Entry| {
        let least = entry.qualities().map(|quality| quality.modes).min().map_or(-1.0, f64::from);
        let mean = |of: fn(Quality) -> f64| Mean::of(entry.qualities().map(of)).map_or(-1.0, |m| m.mean);
        [least, mean(|quality| f64::from(quality.modes)), mean(|quality| quality.high_quality)]
    };
    let mut entries: Vec<&Entry> = record.divergences.iter().collect();
    entries.sort_by(|a, b| {
        let pairs = key(b).into_iter().zip(key(a));
        pairs.map(|(b, a)| b.total_cmp(&a)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    entries
}

/// Does every seed reach all modes?
fn is_whole(record: &Record, entry: &Entry) -> bool {
    entry.failures() == 0 && !drops(record, entry)
}

/// Does a run that came to its end leave a mode out?
fn drops(record: &Record, entry: &Entry) -> bool {
    let all = modes::centres(&record.settings.data).len() as u32;
    entry.qualities().any(|quality| quality.modes < all)
}

/// Divergences by their names in a sentence.
fn listed<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let titles: Vec<String> = entries.map(title).collect();
    // Some names have a comma of their own.
    if titles.is_empty() { "none".to_owned() } else { titles.join("; ") }
}

/// The divergence's name for readers.
pub(crate) fn title(entry: &Entry) -> String {
    find(&entry.divergence).map_or_else(|_| entry.divergence.clone(), |f| f.title())
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> NoNumber {
    let last = name.rsplit('.').next().unwrap_or(name);
    NoNumber(name.to_owned(), near(last, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_name_or_refused() {
        assert_eq!(number("line.kl.best-deviation").unwrap(), "1.831");
        assert!(number("ring.steps").unwrap().parse::<u64>().is_ok());
        for wrong in
            ["line", "lines.kl.seeds", "line.kll.seeds", "line.kl.seed", "line.kl.modes", "ring.kl.gap"]
        {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        assert!(number("line.kl.seed").unwrap_err().to_string().contains("`seeds`"));
    }

    #[test]
    fn what_drops_modes_is_told() {
        let dropping = number("grid.dropping").unwrap();
        assert!(dropping.contains("reverse Kullback–Leibler"), "{dropping}");
        let of = |quantity: &str| number(&format!("grid.{quantity}")).unwrap().parse::<usize>().unwrap();
        assert!(0 < of("whole") && of("whole") < of("divergences"));
    }

    #[test]
    fn minus_is_a_minus_and_zero_has_none() {
        assert_eq!([plain(-0.5, 1), plain(-1e-9, 2), plain(f64::INFINITY, 2)], ["−0.5", "0.00", "∞"]);
    }
}
