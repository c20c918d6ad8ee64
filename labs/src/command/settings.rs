//! The settings of a run, as they are typed.

use clap::{ArgGroup, Args, ValueEnum};
use labs::adam::Betas;
use labs::fgan::{Config, GeneratorKind, Precision, Updates};
use labs::mlp::Kernels;
use labs::schedule::Schedule;
use labs::sgd::Optimizer;

// What decides a run's numbers: a run that goes on keeps its own.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("setting").multiple(true), after_help = defaults())]
pub(crate) struct Settings {
    /// The divergence, by its name in the catalogue [default: kl]
    #[arg(long, group = "setting")]
    divergence: Option<String>,
    /// line, ring, grid, or a CSV file of one or two columns [default: line]
    #[arg(long, group = "setting")]
    data: Option<String>,
    /// The seed of everything [default: 0]
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    seed: Option<u64>,
    /// How noise becomes samples
    #[arg(long, group = "setting", value_enum)]
    generator: Option<GeneratorKind>,
    /// Numbers of noise a generating network takes
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    noise: Option<usize>,
    /// Units of a hidden layer
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    hidden: Option<usize>,
    /// Samples in a batch
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    batch: Option<usize>,
    /// Steps of both players
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    steps: Option<u64>,
    /// Further steps of the critic alone
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    polish: Option<u64>,
    /// Who moves when
    #[arg(long, group = "setting", value_enum)]
    updates: Option<Updates>,
    /// Critic steps before each of the generator, if they alternate
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    critic_steps: Option<u32>,
    /// Let the generator maximise E g(V) instead of minimising −E f*(g(V))
    #[arg(long, group = "setting", num_args = 0..=1, default_missing_value = "true")]
    heuristic: Option<bool>,
    /// Both players' learning rate
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    learning_rate: Option<f64>,
    /// The critic's learning rate
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    critic_rate: Option<f64>,
    /// The generator's learning rate
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    generator_rate: Option<f64>,
    /// How the learning rates fall
    #[arg(long, group = "setting", value_enum)]
    schedule: Option<Schedule>,
    /// Noise on data and samples at first; it falls to nothing over the run
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    blur: Option<f64>,
    /// How the players move along their gradients
    #[arg(long, group = "setting", value_enum)]
    optimizer: Option<Optimizer>,
    /// The last share of the steps, over which the generator is averaged; 0 for none
    #[arg(long, group = "setting", value_name = "SHARE", allow_negative_numbers = true)]
    average: Option<f64>,
    /// How much of its average gradient Adam keeps in a step
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    beta1: Option<f64>,
    /// The norm a gradient is clipped to; 0 for none
    #[arg(long, group = "setting", allow_negative_numbers = true)]
    clip: Option<f64>,
    /// How networks are computed
    #[arg(long, group = "setting", value_enum)]
    kernels: Option<Kernels>,
    /// The precision of the numbers
    #[arg(long, group = "setting", value_enum)]
    precision: Option<Precision>,
}

/// What the lab sets itself, for each kind of data.
fn defaults() -> String {
    let of = |names: &str, config: Config| {
        let Config { steps, polish, batch, hidden, critic_rate, generator_rate, blur, average, .. } = config;
        let kind = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| {
            value().map_or_else(String::new, |value| value.get_name().to_owned())
        };
        let generator = kind(&|| config.generator.to_possible_value());
        let updates = kind(&|| config.updates.to_possible_value());
        let schedule = kind(&|| config.schedule.to_possible_value());
        format!(
            "  {names}: --generator {generator} --updates {updates}{} --steps {steps} --polish {polish} \
             --batch {batch} --hidden {hidden} --critic-rate {critic_rate} --generator-rate \
             {generator_rate} --schedule {schedule} --blur {blur} --average {average} --beta1 {}{}\n",
            if config.heuristic { " --heuristic" } else { "" },
            config.betas.first,
            config.clip.map_or_else(String::new, |clip| format!(" --clip {clip}")),
        )
    };
    format!(
        "Settings that are not named:\n{}{}",
        of("line", Config::for_data("line")),
        of("ring, grid and files", Config::for_data("ring"))
    )
}

impl Settings {
    /// The lab's settings with what was asked for.
    pub(crate) fn config(&self) -> Config {
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
            average: self.average.unwrap_or(default.average),
            betas: Betas { first: self.beta1.unwrap_or(default.betas.first), ..default.betas },
            clip: self.clip.map_or(default.clip, |clip| Some(clip).filter(|clip| *clip != 0.0)),
            kernels: self.kernels.unwrap_or(default.kernels),
            precision: self.precision.unwrap_or(default.precision),
            seed: self.seed.unwrap_or(default.seed),
        }
    }
}
