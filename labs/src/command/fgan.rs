//! `labs fgan`.

use super::progress::Progress;
use super::show;
use clap::Args;
use labs::adam::Betas;
use labs::fgan::run::Pace;
use labs::fgan::{Config, Game, GeneratorKind, Precision, Updates, run, table};
use labs::folder::Folder;
use labs::mlp::Kernels;
use labs::schedule::Schedule;
use labs::sgd::Optimizer;
use labs::{DeviceChoice, Result};
use std::path::PathBuf;
use std::time::Instant;

#[derive(Debug, Args)]
pub(crate) struct FganArguments {
    /// The divergence, by its name in the catalogue [default: kl]
    #[arg(long)]
    divergence: Option<String>,
    /// line, ring, grid, or a CSV file of one or two columns [default: line]
    #[arg(long)]
    data: Option<String>,
    /// The seed of everything [default: 0]
    #[arg(long)]
    seed: Option<u64>,
    /// How noise becomes samples
    #[arg(long, value_enum)]
    generator: Option<GeneratorKind>,
    /// Numbers of noise a generating network takes
    #[arg(long)]
    noise: Option<usize>,
    /// Units of a hidden layer
    #[arg(long)]
    hidden: Option<usize>,
    /// Samples in a batch
    #[arg(long)]
    batch: Option<usize>,
    /// Steps of both players
    #[arg(long)]
    steps: Option<u64>,
    /// Further steps of the critic alone
    #[arg(long)]
    polish: Option<u64>,
    /// Who moves when
    #[arg(long, value_enum)]
    updates: Option<Updates>,
    /// Critic steps before each of the generator, if they alternate
    #[arg(long)]
    critic_steps: Option<u32>,
    /// Let the generator maximise E g(V) instead of minimising −E f*(g(V))
    #[arg(long, num_args = 0..=1, default_missing_value = "true")]
    heuristic: Option<bool>,
    /// Both players' learning rate
    #[arg(long)]
    learning_rate: Option<f64>,
    /// The critic's learning rate
    #[arg(long)]
    critic_rate: Option<f64>,
    /// The generator's learning rate
    #[arg(long)]
    generator_rate: Option<f64>,
    /// How the learning rates fall
    #[arg(long, value_enum)]
    schedule: Option<Schedule>,
    /// Noise on data and samples at first; it falls to nothing over the run
    #[arg(long)]
    blur: Option<f64>,
    /// How the players move along their gradients
    #[arg(long, value_enum)]
    optimizer: Option<Optimizer>,
    /// How much of its average gradient Adam keeps in a step
    #[arg(long)]
    beta1: Option<f64>,
    /// The norm a gradient is clipped to; 0 for none
    #[arg(long)]
    clip: Option<f64>,
    /// How networks are computed
    #[arg(long, value_enum)]
    kernels: Option<Kernels>,
    /// The precision of the numbers
    #[arg(long, value_enum)]
    precision: Option<Precision>,
    /// Where
    #[arg(long, value_enum, default_value_t)]
    device: DeviceChoice,
    /// Fresh samples that the bound is measured on
    #[arg(long, default_value_t = 1_000_000)]
    samples: usize,
    /// A folder to keep the run in
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    /// Go on with the run in a folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "run")]
    resume: Option<PathBuf>,
    /// Steps between two lines of metrics
    #[arg(long, value_name = "N", default_value_t = 100)]
    lines: u64,
    /// Lines of metrics between two checkpoints [default: five seconds]
    #[arg(long, value_name = "N")]
    saves: Option<u64>,
    /// Fill the f-GAN paper's table
    #[arg(long, conflicts_with_all = ["run", "resume", "data"])]
    table: bool,
    /// The seeds 0 to N − 1 of the table
    #[arg(long, value_name = "N", default_value_t = 10, requires = "table")]
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
            optimizer: self.optimizer.unwrap_or(default.optimizer),
            betas: Betas { first: self.beta1.unwrap_or(default.betas.first), ..default.betas },
            clip: self.clip.map_or(default.clip, |clip| Some(clip).filter(|clip| *clip != 0.0)),
            kernels: self.kernels.unwrap_or(default.kernels),
            precision: self.precision.unwrap_or(default.precision),
            seed: self.seed.unwrap_or(default.seed),
        }
    }
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
    let pace = Pace { lines: arguments.lines.max(1), saves: arguments.saves.map(|saves| saves.max(1)) };
    run::train(&mut game, folder.as_mut(), pace, |metrics, steps| progress.tell(metrics, steps))?;
    progress.finish();
    let outcome = run::outcome(&game, arguments.samples, None, start.elapsed().as_secs_f64())?;
    if let Some(folder) = &folder {
        folder.finish(&outcome)?;
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
    let seeds: Vec<u64> = (0..arguments.seeds.max(1)).collect();
    let start = Instant::now();
    let tell = |name: &str, seed: u64| {
        eprintln!("{name}, seed {seed}: done after {:.0} s", start.elapsed().as_secs_f64());
    };
    let columns = table::fill(&names, &seeds, &arguments.config(), arguments.samples, device, tell)?;
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
