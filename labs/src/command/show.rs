//! Results as text and as JSON.

use labs::fgan::exact::Fit;
use labs::fgan::measure::Mean;
use labs::fgan::run::Outcome;
use labs::fgan::table::{Column, PAPER};
use labs::{LabError, Result};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Writes to stdout. A reader who has read enough (`| head`) is no error.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = std::io::stdout();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(on_stdout(error)),
        _ => Ok(()),
    }
}

/// Writes a line to stderr, if anybody is there to read it.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn on_stdout(source: std::io::Error) -> LabError {
    LabError::File { path: Path::new("stdout").into(), source }
}

/// One line of JSON on stdout.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    print(&serde_json::to_string(value).map_err(|error| on_stdout(error.into()))?)
}

/// A run's result in a few lines.
pub(crate) fn outcome(outcome: &Outcome) -> Result<()> {
    let Outcome { divergence, data, seed, steps, bound, seconds, .. } = outcome;
    let mut lines = vec![format!("{divergence} on {data}, seed {seed}: {steps} steps in {seconds:.1} s")];
    let measured = if matches!(data.as_str(), "line" | "ring" | "grid") {
        "standard error"
    } else {
        "standard error; on the points it was trained with, which it may know by heart"
    };
    lines.push(format!("bound F    {} ({measured})", plus_minus(bound)));
    let at = |name: &str, fit: Fit, mean: &str, deviation: &str| {
        format!(
            "{name} {} at {mean} = {}, {deviation} = {}",
            short(fit.divergence),
            short(fit.mean),
            short(fit.deviation)
        )
    };
    if let Some(line) = &outcome.line {
        lines.push(at("exact D_f ", line.learned, "μ", "σ"));
        lines.push(line.best.map_or_else(
            || "optimum    not found: the divergence is infinite, or has no minimum".into(),
            |fit| at("optimum   ", fit, "μ*", "σ*"),
        ));
    }
    if let Some(quality) = &outcome.quality {
        lines.push(format!(
            "{} modes, {:.1} % high quality (a perfect sampler: 98.9 %), reverse KL {:.3}",
            quality.modes,
            100.0 * quality.high_quality,
            quality.reverse_kl
        ));
    }
    print(&lines.join("\n"))
}

fn plus_minus(mean: &Mean) -> String {
    match mean.standard_error {
        Some(error) => format!("{} ± {}", short(mean.mean), short(error)),
        None => short(mean.mean),
    }
}

/// Four decimals; a power of ten where they would not do, and nothing where there is no number.
fn short(value: f64) -> String {
    match value.abs() {
        size if size.is_nan() => "-".into(),
        size if size.is_finite() && size >= 1e6 => format!("{value:.1e}"),
        _ => format!("{value:.4}"),
    }
}

/// The table, one line a divergence, and the cross-table.
pub(crate) fn table(columns: &[Column]) -> Result<()> {
    let mut text =
        String::from("mean ± standard error over the seeds; D_f in nats, exact values by quadrature\n\n");
    let mut line = |line: String| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{line}");
    };
    line(format!(
        "{:<24} {:>8} {:>17} {:>17} {:>8} {:>7} {:>17} {:>7} {:>17}",
        "trained with", "D_f*", "D_f(P‖Q̂)", "bound F", "gap", "μ*", "μ̂", "σ*", "σ̂"
    ));
    for column in columns {
        let best =
            |value: fn(&Fit) -> f64| column.best.as_ref().map_or_else(|| "-".into(), |fit| short(value(fit)));
        let gap = 100.0 * column.gap.mean;
        line(format!(
            "{:<24} {:>8} {:>17} {:>17} {:>8} {:>7} {:>17} {:>7} {:>17}{}",
            column.divergence,
            best(|fit| fit.divergence),
            plus_minus(&column.exact),
            plus_minus(&column.bound),
            if gap.is_finite() { format!("{gap:.2} %") } else { "-".into() },
            best(|fit| fit.mean),
            plus_minus(&column.mean),
            best(|fit| fit.deviation),
            plus_minus(&column.deviation),
            if column.closed { "" } else { "  (numeric loss)" },
        ));
        for failure in &column.failed {
            line(format!("    a run ended early: {failure}"));
        }
    }
    line("\nexact divergences at what was learned\n".into());
    line(format!("{:<24} {}", "trained with", PAPER.map(|name| format!("{name:>18}")).join("")));
    for column in columns {
        let cells: String = column.across.iter().map(|mean| format!("{:>18}", plus_minus(mean))).collect();
        line(format!("{:<24} {cells}", column.divergence));
    }
    print(text.trim_end())
}
