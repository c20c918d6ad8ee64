//! `labs fgan`.

use super::progress::Progress;
use super::show;
use clap::builder::RangedU64ValueParser;
use clap::{ArgGroup, Args};
use labs::adam::Betas;
use labs::fgan::run::Pace;
use labs::fgan::{Config, Game, GeneratorKind, Precision, Updates, run, table};
use labs::folder::Folder;
use labs::mlp::Kernels;
use labs::schedule::Schedule;
use labs::{DeviceChoice, LabError, Result, interrupt};
use std::path::PathBuf;
use std::time::Instant;

// What decides a run's numbers: a run that goes on keeps its own.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("setting").multiple(true))]
pub(crate) struct FganArguments {
    /// The divergence, by its name in the catalogue [default: kl]
    #[arg(long, group = "setting")]
    divergence: Option<String>,
    /// line, ring, grid, or a CSV file of one or two columns [default: line]
    #[arg(long, group = "setting")]
    data: Option<String>,
    /// The seed of everything [default: 0]
    #[arg(long, group = "setting")]
    seed: Option<u64>,
    /// How noise becomes samples
    #[arg(long, group = "setting", value_enum)]
    generator: Option<GeneratorKind>,
    /// Numbers of noise a generating network takes
    #[arg(long, group = "setting")]
    noise: Option<usize>,
    /// Units of a hidden layer
    #[arg(long, group = "setting")]
    hidden: Option<usize>,
    /// Samples in a batch
    #[arg(long, group = "setting")]
    batch: Option<usize>,
    /// Steps of both players
    #[arg(long, group = "setting")]
    steps: Option<u64>,
    /// Further steps of the critic alone
    #[arg(long, group = "setting")]
    polish: Option<u64>,
    /// Who moves when
    #[arg(long, group = "setting", value_enum)]
    updates: Option<Updates>,
    /// Critic steps before each of the generator, if they alternate
    #[arg(long, group = "setting")]
    critic_steps: Option<u32>,
    /// Let the generator maximise E g(V) instead of minimising −E f*(g(V))
    #[arg(long, group = "setting", num_args = 0..=1, default_missing_value = "true")]
    heuristic: Option<bool>,
    /// Both players' learning rate
    #[arg(long, group = "setting")]
    learning_rate: Option<f64>,
    /// The critic's learning rate
    #[arg(long, group = "setting")]
    critic_rate: Option<f64>,
    /// The generator's learning rate
    #[arg(long, group = "setting")]
    generator_rate: Option<f64>,
    /// How the learning rates fall
    #[arg(long, group = "setting", value_enum)]
    schedule: Option<Schedule>,
    /// Noise on data and samples at first; it falls to nothing over the run
    #[arg(long, group = "setting")]
    blur: Option<f64>,
    /// How much of its average gradient Adam keeps in a step
    #[arg(long, group = "setting")]
    beta1: Option<f64>,
    /// The norm a gradient is clipped to; 0 for none
    #[arg(long, group = "setting")]
    clip: Option<f64>,
    /// How networks are computed
    #[arg(long, group = "setting", value_enum)]
    kernels: Option<Kernels>,
    /// The precision of the numbers
    #[arg(long, group = "setting", value_enum)]
    precision: Option<Precision>,
    /// Where
    #[arg(long, value_enum, default_value_t)]
    device: DeviceChoice,
    /// Fresh samples that the bound is measured on
    #[arg(long, default_value_t = 1_000_000, value_parser = at_least(2))]
    samples: u64,
    /// A folder to keep the run in
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Go on with the run in a folder, whose settings it keeps
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
    /// The table's divergences [default: those of the paper; `all` for the catalogue]
    #[arg(long, value_name = "NAME,…", requires = "table")]
    divergences: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

impl FganArguments {
    /// The lab's settings with what was asked for.
    fn config(&self) -> Config {
        let default = Config::for_data(self.data.as_deref().unwrap_or("line"));
        Config {
            divergence: self.divergence.clone().unwrap_or(default.divergence),
            data: default.data,
            generator: self.generator.unwrap_or(default.generator),
            noise: self.noise.unwrap_or(default.noise),
            hidden: self.hidden.unwrap_or(default.hidden),
            batch: self.batch.unwrap_or(default.batch),
            steps: self.steps.unwrap_or(default.steps),
            polish: self.polish.unwrap_or(default.polish),
            updates: self.updates.unwrap_or(default.updates),
            critic_steps: self.critic_steps.unwrap_or(default.critic_steps),
            heuristic: self.heuristic.unwrap_or(default.heuristic),
            critic_rate: self.critic_rate.or(self.learning_rate).unwrap_or(default.critic_rate),
            generator_rate: self.generator_rate.or(self.learning_rate).unwrap_or(default.generator_rate),
            schedule: self.schedule.unwrap_or(default.schedule),
            blur: self.blur.unwrap_or(default.blur),
            betas: Betas { first: self.beta1.unwrap_or(default.betas.first), ..default.betas },
            clip: self.clip.map_or(default.clip, |clip| Some(clip).filter(|clip| *clip != 0.0)),
            kernels: self.kernels.unwrap_or(default.kernels),
            precision: self.precision.unwrap_or(default.precision),
            seed: self.seed.unwrap_or(default.seed),
        }
    }
}

/// A count from `least` on.
fn at_least(least: u64) -> RangedU64ValueParser {
    RangedU64ValueParser::new().range(least..)
}

/// Runs the command.
pub(crate) fn run(arguments: &FganArguments) -> Result<()> {
    let (device, note) = arguments.device.open()?;
    if let Some(note) = note {
        eprintln!("{note}");
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
            let game = Game::new(arguments.config(), &device)?;
            let folder = path.as_ref().map(|path| Folder::create(path, &game)).transpose()?;
            (game, folder)
        }
    };
    if !game.loss().is_closed() {
        eprintln!("{} has no closed conjugate: the loss is numeric, and slower", game.config.divergence);
    }
    let start = Instant::now();
    let mut progress = Progress::new(game.all_steps(), game.step);
    let pace = Pace { lines: arguments.lines, saves: arguments.saves };
    run::train(&mut game, folder.as_mut(), pace, |metrics, steps| progress.tell(metrics, steps))?;
    progress.finish();
    let outcome = run::outcome(&game, arguments.samples as usize, None, start.elapsed().as_secs_f64())?;
    if let Some(folder) = &folder {
        folder.finish(&outcome).map_err(|problem| folder.not_kept(problem))?;
    }
    if arguments.json { show::json(&outcome) } else { show_text(&outcome) }
}

fn show_text(outcome: &run::Outcome) -> Result<()> {
    show::outcome(outcome);
    Ok(())
}

fn fill_table(arguments: &FganArguments, device: &candle_core::Device) -> Result<()> {
    let names: Vec<String> = match arguments.divergences.as_deref() {
        None => table::PAPER.map(String::from).into(),
        Some("all") => vdm::catalogue::all().iter().map(vdm::Divergence::name).collect(),
        Some(list) => split(list),
    };
    let seeds: Vec<u64> = (0..arguments.seeds).collect();
    let start = Instant::now();
    let tell = |name: &str, seed: u64| {
        eprintln!("{name}, seed {seed}: done after {:.0} s", start.elapsed().as_secs_f64());
    };
    let columns = table::fill(&names, &seeds, &arguments.config(), arguments.samples as usize, device, tell)?;
    if interrupt::asked() {
        return Err(LabError::Stopped { step: None, kept: None });
    }
    if arguments.json {
        show::json(&columns)
    } else {
        show::table(&columns);
        Ok(())
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
