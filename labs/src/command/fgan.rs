//! `labs fgan`: trains runs, goes on with them, and shows what they learned.

use super::progress::Progress;
use super::settings::Settings;
use super::show;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use labs::fgan::run::{News, Pace};
use labs::fgan::{Game, run, table};
use labs::folder::Folder;
use labs::{DeviceChoice, LabError, Result, interrupt, plot};
use std::path::PathBuf;
use std::time::Instant;

#[derive(Debug, Args)]
pub(crate) struct FganArguments {
    #[command(flatten)]
    settings: Settings,
    /// Where it is computed
    #[arg(long, value_enum, default_value_t)]
    device: DeviceChoice,
    /// Fresh samples that the bound is measured on
    #[arg(long, default_value_t = 1_000_000, value_parser = samples())]
    samples: u64,
    /// A folder to keep the run in
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Go on with the run in a folder, by the settings that it began with
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["run", "setting"])]
    resume: Option<PathBuf>,
    /// Steps between two lines of metrics
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = at_least(1))]
    lines: u64,
    /// Lines of metrics between two checkpoints [default: five seconds]
    #[arg(long, value_name = "N", value_parser = at_least(1))]
    saves: Option<u64>,
    /// Fill the f-GAN paper's table
    #[arg(long, conflicts_with_all = ["run", "resume", "data"])]
    table: bool,
    /// The seeds 0 to N − 1 of the table
    #[arg(long, value_name = "N", default_value_t = 10, requires = "table", value_parser = at_least(1))]
    seeds: u64,
    /// The table's divergences [default: those of the paper; `named` or `all` for the
    /// catalogue]
    #[arg(long, value_name = "NAME,…", requires = "table")]
    divergences: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Samples of a picture.
const CLOUD: usize = 500;

/// A count from `least` on.
fn at_least(least: u64) -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(least..)
}

/// As many samples as have a standard error, and as memory holds.
pub(crate) fn samples() -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(2..=100_000_000)
}

/// Runs the command.
pub(crate) fn run(arguments: &FganArguments) -> Result<()> {
    let (device, note) = arguments.device.open()?;
    if let Some(note) = note {
        show::tell(&note);
    }
    if arguments.table {
        return fill_table(arguments, &device);
    }
    let (mut game, mut folder) = match (&arguments.run, &arguments.resume) {
        (_, Some(path)) => {
            let (folder, game) = Folder::resume(path, &device)?;
            (game, Some(folder))
        }
        (path, None) => {
            let game = Game::new(arguments.settings.config(), &device)?;
            let folder = path.as_ref().map(|path| Folder::create(path, &game)).transpose()?;
            (game, folder)
        }
    };
    if !game.loss().is_closed() {
        let name = &game.config.divergence;
        show::tell(&format!("{name} has no closed conjugate: the loss is numeric, and slower"));
    }
    let start = Instant::now();
    let mut progress = Progress::new(game.all_steps(), game.step);
    let pace = Pace { lines: arguments.lines, saves: arguments.saves, cloud: CLOUD };
    run::train(&mut game, folder.as_mut(), pace, |news| {
        if let News::Line(metrics) = news {
            progress.tell(metrics);
        }
    })?;
    progress.finish();
    let outcome = run::outcome(&game, arguments.samples as usize, None, start.elapsed().as_secs_f64());
    let outcome = outcome.map_err(|error| match &folder {
        Some(folder) => error.kept_in(folder.path()),
        None => error,
    })?;
    if let Some(folder) = &folder {
        folder.finish(&outcome).map_err(|problem| folder.not_kept(problem))?;
        plot::draw(&game, folder).map_err(|problem| folder.not_kept(problem))?;
    }
    if arguments.json { show::json(&outcome) } else { show::outcome(&outcome) }
}

fn fill_table(arguments: &FganArguments, device: &candle_core::Device) -> Result<()> {
    let names = names(arguments.divergences.as_deref());
    let seeds: Vec<u64> = (0..arguments.seeds).collect();
    let start = Instant::now();
    let tell = |name: &str, seed: u64, ended: &str| {
        show::tell(&format!("{name}, seed {seed}, after {:.0} s: {ended}", start.elapsed().as_secs_f64()));
    };
    let columns =
        table::fill(&names, &seeds, &arguments.settings.config(), arguments.samples as usize, device, tell)?;
    if interrupt::asked() {
        return Err(LabError::Stopped { step: None, kept: None });
    }
    if arguments.json { show::json(&columns) } else { show::table(&columns) }
}

/// The divergences of a list; those of the paper's table if there is none.
pub(crate) fn names(list: Option<&str>) -> Vec<String> {
    match list {
        None => table::PAPER.map(String::from).into(),
        Some("all") => vdm::catalogue::all().iter().map(vdm::Divergence::name).collect(),
        Some("named") => vdm::catalogue::named().iter().map(vdm::Divergence::name).collect(),
        Some(list) => split(list),
    }
}

/// A list at its commas, but not at those inside brackets: `scaled(2, kl),gan`.
fn split(list: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    for letter in list.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                names.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(name) = names.last_mut() {
            name.push(letter);
        }
    }
    names
}
