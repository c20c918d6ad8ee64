//! A reader's own points, from a file of comma-separated values.

use crate::random::Random;
use crate::{LabError, Result};
use std::path::Path;

/// Rows of numbers, brought to mean 0 and deviation 1 in every column.
#[derive(Clone, Debug)]
pub struct Points {
    dimension: usize,
    scaled: Vec<f32>,
    /// Mean and deviation of each column.
    columns: Vec<(f64, f64)>,
}

impl Points {
    pub(super) fn dimension(&self) -> usize {
        self.dimension
    }

    pub(super) fn sample(&self, count: usize, random: &mut Random) -> Vec<f32> {
        let rows = self.scaled.len() / self.dimension;
        let mut points = Vec::with_capacity(count * self.dimension);
        for row in random.indices(count, rows) {
            let start = row * self.dimension;
            points.extend_from_slice(&self.scaled[start..start + self.dimension]);
        }
        points
    }

    /// Points in the file's own units.
    pub(super) fn unscaled(&self, points: &[f64]) -> Vec<f64> {
        let columns = self.columns.iter().cycle();
        points.iter().zip(columns).map(|(x, (mean, deviation))| mean + deviation * x).collect()
    }
}

/// Reads one or two columns of numbers, with or without a line of titles.
pub(super) fn read(path: &Path) -> Result<Points> {
    let bad = |reason: String| LabError::Data { path: path.to_owned(), reason };
    let text = std::fs::read(path).map_err(LabError::file(path))?;
    if std::str::from_utf8(&text).is_err() {
        return Err(bad("is no text in UTF-8; save it as CSV in UTF-8".into()));
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(&text[..]);
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(|error| bad(format!("not comma-separated text: {error}")))?;
        let line = record.position().map_or(index as u64 + 1, csv::Position::line);
        let numbers: Result<Vec<f64>, &str> = record
            .iter()
            .map(|cell| cell.parse::<f64>().ok().filter(|x| x.is_finite()).ok_or(cell))
            .collect();
        match numbers {
            Ok(numbers) => {
                if let Some(first) = rows.first()
                    && first.len() != numbers.len()
                {
                    let (found, expected) = (numbers.len(), first.len());
                    return Err(bad(format!("line {line} has {found} numbers, the first has {expected}")));
                }
                rows.push(numbers);
            }
            // Titles: no cell of theirs is a number.
            Err(_) if index == 0 && record.iter().all(|cell| cell.parse::<f64>().is_err()) => {}
            Err("") => {
                return Err(bad(format!("line {line} has an empty cell; fill it or leave the line out")));
            }
            Err(cell) => {
                let hint = separated(cell).unwrap_or_default();
                return Err(bad(format!("line {line}: `{}` is no finite number{hint}", short(cell))));
            }
        }
    }
    let dimension = rows.first().map_or(0, Vec::len);
    if !(1..=2).contains(&dimension) || rows.len() < 2 {
        let rows = rows.len();
        return Err(bad(format!(
            "needs at least two lines of one or two numbers; found {rows} of {dimension}{}",
            if dimension > 2 { "; leave out the columns that are not to be learned" } else { "" },
        )));
    }
    let columns: Vec<(f64, f64)> = (0..dimension)
        .map(|column| moments(&rows.iter().map(|row| row[column]).collect::<Vec<_>>()))
        .collect();
    let constant = |column: &usize| rows.iter().all(|row| row[*column] == rows[0][*column]);
    if let Some(column) = (0..dimension).find(constant) {
        return Err(bad(format!("column {} is constant; there is nothing to learn", column + 1)));
    }
    if let Some(column) = columns.iter().position(|(_, deviation)| !deviation.is_finite()) {
        return Err(bad(format!("column {} spans more than a number can hold; rescale it", column + 1)));
    }
    let scale = |(x, (mean, deviation)): (&f64, &(f64, f64))| ((x - mean) / deviation) as f32;
    let scaled = rows.iter().flat_map(|row| row.iter().zip(&columns).map(scale)).collect();
    Ok(Points { dimension, scaled, columns })
}

/// Mean and deviation, also of numbers whose sum or squares are beyond f64.
fn moments(numbers: &[f64]) -> (f64, f64) {
    let count = numbers.len() as f64;
    let mean = numbers.iter().map(|x| x / count).sum::<f64>();
    let most = numbers.iter().map(|x| (x - mean).abs()).fold(0.0, f64::max);
    if most == 0.0 {
        return (mean, 0.0);
    }
    let share = numbers.iter().map(|x| ((x - mean) / most).powi(2)).sum::<f64>() / count;
    (mean, most * share.sqrt())
}

/// What to do with a cell that holds the numbers of a whole line.
fn separated(cell: &str) -> Option<String> {
    let by = [(';', "semicolons"), ('\t', "tabs"), (' ', "spaces")];
    let (_, name) = by.into_iter().find(|(mark, _)| {
        let mut parts = cell.split(*mark).map(str::trim).filter(|part| !part.is_empty());
        cell.contains(*mark) && parts.all(|part| part.parse::<f64>().is_ok())
    })?;
    Some(format!(
        "; its numbers are separated by {name}: put commas in their place, and points in the numbers"
    ))
}

/// A cell that fits a line of an error.
fn short(cell: &str) -> String {
    cell.chars().take(30).collect()
}
