//! Axes: a range, the few places where a number stands, and a name.

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use std::ops::Range;

/// One axis of a panel.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Where a number stands.
    pub ticks: Vec<f64>,
    /// The symbol at its end.
    pub name: &'static str,
    /// Do its places stand for powers of ten? A tick at 3 then reads 10³.
    pub powers: bool,
}

impl Axis {
    pub(super) fn new(name: &'static str, low: f64, high: f64, ticks: &[f64]) -> Self {
        Self { low, high, ticks: ticks.to_vec(), name, powers: false }
    }

    /// A logarithmic axis: its places are the exponents of ten.
    pub(super) fn of_powers(name: &'static str, low: f64, high: f64, ticks: &[f64]) -> Self {
        Self { powers: true, ..Self::new(name, low, high, ticks) }
    }

    /// What stands at a tick.
    pub(super) fn label(&self, at: f64) -> String {
        if self.powers { power_of_ten(at) } else { tick(at) }
    }

    pub(super) fn contains(&self, x: f64) -> bool {
        (self.low..=self.high).contains(&x)
    }

    pub(super) fn length(&self) -> f64 {
        self.high - self.low
    }

    /// `count` places from end to end, equally far apart.
    pub(super) fn places(&self, count: u32) -> impl Iterator<Item = f64> + use<> {
        let (low, length) = (self.low, self.length());
        (0..count).map(move |i| low + length * f64::from(i) / f64::from(count - 1))
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (start, end): (i32, i32)) -> i32 {
        start + ((value - self.low) / self.length() * f64::from(end - start)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        // Light points are those of the fine mesh; there is none.
        if hint.weight().allow_light_points() { Vec::new() } else { self.ticks.clone() }
    }

    fn range(&self) -> Range<f64> {
        self.low..self.high
    }
}

impl ValueFormatter<f64> for Axis {
    fn format(value: &f64) -> String {
        tick(*value)
    }
}

/// A number as a figure shows it: with a true minus sign, and no −0.
pub(super) fn number(x: f64, digits: usize) -> String {
    let text = format!("{x:.digits$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.chars().all(|c| c == '0' || c == '.') => rest.to_owned(),
        Some(rest) => format!("−{rest}"),
        None => text,
    }
}

/// 10³ for 3: with raised digits, which every font of the page has.
fn power_of_ten(exponent: f64) -> String {
    let raised = |c| match c {
        '−' => '⁻',
        '.' => '·',
        c => c.to_digit(10).and_then(|d| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(d as usize)).unwrap_or(c),
    };
    match exponent {
        0.0 => "1".to_owned(),
        1.0 => "10".to_owned(),
        _ => format!("10{}", tick(exponent).chars().map(raised).collect::<String>()),
    }
}

/// A number at a tick: with no more digits than it needs.
pub(super) fn tick(x: f64) -> String {
    let digits = (0..3).find(|digits| (x * 10_f64.powi(*digits)).fract() == 0.0).unwrap_or(2);
    number(x, digits as usize)
}
