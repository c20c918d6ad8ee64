//! The lab's tables, from its recorded runs.

use super::table::Table;
use crate::records::{Entry, Mean, Settings, by_coverage, errors, exact, gap, plain, record};
use vdm::catalogue::find;

/// The divergences of the f-GAN paper's table, with its own |μ̂ − μ\*| and |σ̂ − σ\*|,
/// from its printed values. Source: Nowozin, Cseke, Tomioka 2016, table 3.
const PAPER: [(&str, f64, f64); 5] = [
    ("kl", 0.0235, 0.0072),
    ("reverse_kl", 0.0158, 0.0084),
    ("fgan_js", 0.0216, 0.0117),
    ("jeffreys", 0.0923, 0.1053),
    ("pearson_chi2", 0.0420, 0.0243),
];

fn title(name: &str) -> String {
    find(name).map_or_else(|_| name.to_owned(), |f| vdm::Divergence::title(&f))
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { head: head.iter().map(|cell| (*cell).to_owned()).collect(), rows }
}

/// A cell that may be empty.
fn cell(value: Option<String>) -> String {
    value.unwrap_or_else(|| "–".to_owned())
}

/// How many seeds a row has, and how many of their runs ended early.
fn seeds(entry: &Entry) -> String {
    match entry.failures() {
        0 => entry.runs.len().to_string(),
        failed => format!("{}, {failed} ended early", entry.runs.len()),
    }
}

/// How far the learned divergence is above the best, as a share of it.
fn excess(entry: &Entry) -> Option<f64> {
    let best = entry.best?.divergence;
    Some(Mean::of(entry.learned().map(|fit| (fit.divergence - best) / best.abs()))?.mean)
}

fn entries(file: &str) -> impl Iterator<Item = &'static Entry> {
    record(file).into_iter().flat_map(|record| record.divergences.iter())
}

/// Those of the paper, in its order.
fn of_the_paper() -> impl Iterator<Item = &'static Entry> {
    PAPER.iter().filter_map(|(name, ..)| record("line")?.entry(name))
}

/// The paper's divergences: the optimum, what was learned, and how far off.
pub(super) fn line() -> Table {
    let rows = of_the_paper().zip(PAPER).map(|(entry, (_, mean, deviation))| {
        let best = entry.best;
        let errors = errors(entry);
        vec![
            title(&entry.divergence),
            cell(best.map(|fit| format!("{}, {}", plain(fit.mean, 3), plain(fit.deviation, 3)))),
            cell(errors.map(|(mean, _)| mean.with_error(4))),
            plain(mean, 4),
            cell(errors.map(|(_, deviation)| deviation.with_error(4))),
            plain(deviation, 4),
            entry.runs.len().to_string(),
        ]
    });
    let head = [
        "trained with",
        "$\\mu^*, \\sigma^*$",
        "$\\vert \\hat\\mu - \\mu^* \\vert$",
        "paper’s",
        "$\\vert \\hat\\sigma - \\sigma^* \\vert$",
        "paper’s",
        "seeds",
    ];
    table(&head, rows.collect())
}

/// Bound and divergence at what was learned.
pub(super) fn bounds() -> Table {
    let rows = of_the_paper().map(|entry| {
        vec![
            title(&entry.divergence),
            cell(entry.best.map(|fit| plain(fit.divergence, 4))),
            cell(Mean::of(entry.learned().map(|fit| fit.divergence)).map(|mean| mean.with_error(4))),
            cell(Mean::of(entry.outcomes().map(|outcome| outcome.bound.mean)).map(|mean| mean.with_error(4))),
            cell(gap(entry).map(|gap| format!("{}\u{a0}%", plain(100.0 * gap.mean, 2)))),
            cell(Mean::of(entry.outcomes().filter_map(|o| o.bound.standard_error)).map(|e| plain(e.mean, 4))),
        ]
    });
    let head = [
        "trained with",
        "$D_f(P \\| Q_{\\theta^*})$",
        "$D_f(P \\| \\hat Q)$",
        "bound $F$",
        "$F/D_f - 1$",
        "standard error of one $F$",
    ];
    table(&head, rows.collect())
}

/// Rows trained with, columns exact divergences.
pub(super) fn cross() -> Table {
    let mut head = vec!["trained with".to_owned()];
    head.extend(PAPER.iter().map(|(name, ..)| title(name)));
    let rows = of_the_paper().map(|entry| {
        let mut row = vec![title(&entry.divergence)];
        for (name, ..) in PAPER {
            let value = find(name).ok().and_then(|f| {
                Mean::of(entry.learned().map(|fit| exact(&f, fit.mean, fit.deviation).unwrap_or(f64::NAN)))
            });
            row.push(cell(value.map(|mean| plain(mean.mean, 4))));
        }
        row
    });
    Table { head, rows: rows.collect() }
}

/// Every other member of the catalogue on the line, the nearest to its best first.
pub(super) fn others() -> Table {
    let mut others: Vec<&Entry> =
        entries("line").filter(|entry| !PAPER.iter().any(|(name, ..)| *name == entry.divergence)).collect();
    let far = |entry: &Entry| excess(entry).unwrap_or(f64::INFINITY);
    others.sort_by(|a, b| far(a).total_cmp(&far(b)));
    let rows = others.into_iter().map(|entry| {
        let mean = |value: Option<Mean>, digits| cell(value.map(|mean| plain(mean.mean, digits)));
        vec![
            title(&entry.divergence),
            cell(entry.best.map(|fit| format!("{}, {}", plain(fit.mean, 3), plain(fit.deviation, 3)))),
            format!(
                "{}, {}",
                mean(Mean::of(entry.learned().map(|fit| fit.mean)), 3),
                mean(Mean::of(entry.learned().map(|fit| fit.deviation)), 3)
            ),
            cell(entry.best.map(|fit| plain(fit.divergence, 4))),
            mean(Mean::of(entry.learned().map(|fit| fit.divergence)), 4),
            cell(excess(entry).map(|excess| format!("{}\u{a0}%", plain(100.0 * excess, 2)))),
            mean(Mean::of(entry.outcomes().map(|outcome| outcome.bound.mean)), 4),
            seeds(entry),
        ]
    });
    let head = [
        "trained with",
        "$\\mu^*, \\sigma^*$",
        "$\\hat\\mu, \\hat\\sigma$",
        "$D_f(P \\| Q_{\\theta^*})$",
        "$D_f(P \\| \\hat Q)$",
        "above the best",
        "bound $F$",
        "seeds",
    ];
    table(&head, rows.collect())
}

/// Modes, quality and evenness in the plane.
pub(super) fn plane(file: &str) -> Table {
    let entries = record(file).map(by_coverage).unwrap_or_default();
    let rows = entries.into_iter().map(|entry| {
        let modes = Mean::of(entry.qualities().map(|quality| f64::from(quality.modes)));
        let least = entry.qualities().map(|quality| quality.modes).min();
        vec![
            title(&entry.divergence),
            cell(modes.map(|modes| modes.with_error(1))),
            cell(least.map(|least| least.to_string())),
            cell(
                Mean::of(entry.qualities().map(|quality| 100.0 * quality.high_quality))
                    .map(|m| m.with_error(1)),
            ),
            cell(Mean::of(entry.qualities().map(|quality| quality.reverse_kl)).map(|m| m.with_error(3))),
            seeds(entry),
        ]
    });
    let head =
        ["trained with", "modes", "fewest", "high quality, %", "reverse KL of the modes’ shares", "seeds"];
    table(&head, rows.collect())
}

/// The settings of a record in words; what it did without is left out.
fn said(settings: &Settings) -> String {
    let Settings { steps, batch, hidden, critic_rate, generator_rate, .. } = settings;
    let mut said = format!("{steps} steps");
    if settings.polish > 0 {
        said += &format!(", then {} of the critic", settings.polish);
    }
    said += &format!("; batch {batch}, hidden {hidden}; rates {critic_rate} and {generator_rate}");
    if settings.average > 0.0 {
        said += &format!("; averaged over the last {} %", plain(100.0 * settings.average, 0));
    }
    said
}

/// How each record was made.
pub(super) fn recipes() -> Table {
    let rows = crate::records::names().filter_map(|file| {
        let made = record(file)?;
        let settings = &made.settings;
        let commands: Vec<String> = made.recipe.commands.iter().map(|c| format!("`{c}`")).collect();
        Some(vec![
            file.to_owned(),
            commands.join(", "),
            said(settings),
            made.recipe.versions.join(", "),
            made.recipe.machine.clone(),
        ])
    });
    table(&["record", "command", "settings", "versions", "machine"], rows.collect())
}
