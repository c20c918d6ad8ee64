//! Results as text and as JSON.

use labs::fgan::measure::Mean;
use labs::fgan::run::Outcome;
use labs::fgan::table::{Column, PAPER};
use labs::{LabError, Result};
use serde::Serialize;
use std::path::Path;

/// One line of JSON on stdout.
pub(crate) fn json(value: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(value)
        .map_err(|error| LabError::File { path: Path::new("stdout").into(), source: error.into() })?;
    println!("{text}");
    Ok(())
}

/// A run's result in a few lines.
pub(crate) fn outcome(outcome: &Outcome) {
    let Outcome { divergence, data, seed, steps, bound, seconds, .. } = outcome;
    println!("{divergence} on {data}, seed {seed}: {steps} steps in {seconds:.1} s");
    println!("bound F    {} (standard error)", plus_minus(bound));
    if let Some(line) = &outcome.line {
        let fit = line.learned;
        println!("exact D_f  {:.4} at μ = {:.4}, σ = {:.4}", fit.divergence, fit.mean, fit.deviation);
        match line.best {
            Some(fit) => {
                println!(
                    "optimum    {:.4} at μ* = {:.4}, σ* = {:.4}",
                    fit.divergence, fit.mean, fit.deviation
                );
            }
            None => println!("optimum    not found: the divergence is infinite, or has no minimum"),
        }
    }
    if let Some(quality) = &outcome.quality {
        println!(
            "{} modes, {:.1} % high quality (a perfect sampler: 98.9 %), reverse KL {:.3}",
            quality.modes,
            100.0 * quality.high_quality,
            quality.reverse_kl
        );
    }
}

fn plus_minus(mean: &Mean) -> String {
    match mean.standard_error {
        Some(error) => format!("{:.4} ± {error:.4}", mean.mean),
        None => format!("{:.4}", mean.mean),
    }
}

/// The table, one line a divergence, and the cross-table.
pub(crate) fn table(columns: &[Column]) {
    println!("mean ± standard error over the seeds; D_f in nats, exact values by quadrature\n");
    println!(
        "{:<24} {:>8} {:>17} {:>17} {:>8} {:>7} {:>17} {:>7} {:>17}",
        "trained with", "D_f*", "D_f(P‖Q̂)", "bound F", "gap", "μ*", "μ̂", "σ*", "σ̂"
    );
    for column in columns {
        let best = |value: fn(&labs::fgan::exact::Fit) -> f64| {
            column.best.as_ref().map_or_else(|| "-".into(), |fit| format!("{:.4}", value(fit)))
        };
        println!(
            "{:<24} {:>8} {:>17} {:>17} {:>6.2} % {:>7} {:>17} {:>7} {:>17}{}",
            column.divergence,
            best(|fit| fit.divergence),
            plus_minus(&column.exact),
            plus_minus(&column.bound),
            100.0 * column.gap.mean,
            best(|fit| fit.mean),
            plus_minus(&column.mean),
            best(|fit| fit.deviation),
            plus_minus(&column.deviation),
            if column.closed { "" } else { "  (numeric loss)" },
        );
        for failure in &column.failed {
            println!("    a run ended early: {failure}");
        }
    }
    println!("\nexact divergences at what was learned\n");
    println!("{:<24} {}", "trained with", PAPER.map(|name| format!("{name:>18}")).join(""));
    for column in columns {
        let cells: String = column.across.iter().map(|mean| format!("{:>18}", plus_minus(mean))).collect();
        println!("{:<24} {cells}", column.divergence);
    }
}
