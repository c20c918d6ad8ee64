//! The game: minimise over generators, maximise over critics,
//! F = E_p g_f(V) − E_q f\*(g_f(V)).

use super::config::{Config, Precision, Updates};
use super::players::{Generator, Player};
use crate::clip;
use crate::data::Data;
use crate::loss::Loss;
use crate::mlp::{self, Mlp};
use crate::random::{Random, Stream, matrix};
use crate::sgd::{self, Optimizer};
use crate::{Computed, LabError, Result};
use candle_core::{DType, Device, Result as TensorResult, Tensor};

/// A game in progress: all that a checkpoint has to keep, and what follows from the
/// configuration.
#[derive(Debug)]
pub struct Game {
    /// The settings.
    pub config: Config,
    /// Where the data come from.
    pub data: Data,
    /// The generator's parameters and optimiser.
    pub generator: Player,
    /// The critic's parameters and optimiser.
    pub critic: Player,
    /// The generator of batches and noise.
    pub random: Random,
    /// Steps taken.
    pub step: u64,
    loss: Loss,
    make: Generator,
    judge: Mlp,
    dtype: DType,
    device: Device,
}

/// The part of a run after which nothing is blurred.
const UNBLURRED: f64 = 0.8;
/// What is left of the blur then; it falls by the same factor in every step.
const LAST_BLUR: f64 = 0.01;

/// What a step has seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// F on the batch, before the step.
    pub bound: f64,
    /// The norm of the critic's gradient.
    pub critic_norm: f64,
    /// The norm of the generator's gradient; 0 where it did not move.
    pub generator_norm: f64,
}

impl Game {
    /// A game that has not begun.
    ///
    /// # Errors
    /// For an unknown divergence, data that cannot be read, or settings that make no
    /// sense.
    pub fn new(config: Config, device: &Device) -> Result<Self> {
        let data = Data::find(&config.data)?;
        Self::on(config, data, device)
    }

    /// A game on data that are at hand.
    ///
    /// # Errors
    /// As [`Game::new`].
    pub fn on(config: Config, data: Data, device: &Device) -> Result<Self> {
        config.check()?;
        let loss = Loss::find(&config.divergence)?;
        // One name for one divergence: `KL` is kl.
        let config = Config { divergence: loss.divergence().name(), ..config };
        let dtype = match config.precision {
            Precision::F32 => DType::F32,
            Precision::F64 => DType::F64,
        };
        let dimension = data.dimension();
        let make = Generator::new(&config, dimension);
        let judge = Mlp::new(&[dimension, config.hidden, config.hidden, 1], config.kernels);
        let mut initial = Random::new(config.seed, Stream::Initial);
        let player = |parts| Player::new(parts, config.betas, config.kernels, (dtype, device));
        let generator = player(make.parts(&mut initial))?;
        let critic = player(judge.parts(&mut initial))?;
        let random = Random::new(config.seed, Stream::Training);
        let device = device.clone();
        Ok(Self { config, data, generator, critic, random, step: 0, loss, make, judge, dtype, device })
    }

    /// The divergence's loss.
    pub fn loss(&self) -> &Loss {
        &self.loss
    }

    /// All steps of the run: both players', then the critic's alone.
    pub fn all_steps(&self) -> u64 {
        self.config.steps + self.config.polish
    }

    /// A batch of data.
    ///
    /// # Errors
    /// Those of candle.
    pub fn batch(&self, count: usize, random: &mut Random) -> Computed {
        let points = self.data.sample(count, random);
        matrix(points, (count, self.data.dimension()), self.dtype, &self.device)
    }

    /// Points as a tensor: coordinates one after another.
    ///
    /// # Errors
    /// Those of candle, if a coordinate is missing.
    pub fn points(&self, points: Vec<f32>) -> Computed {
        let dimension = self.data.dimension();
        let rows = points.len() / dimension;
        matrix(points, (rows, dimension), self.dtype, &self.device)
    }

    /// Noise for `count` samples.
    fn noise(&self, count: usize, random: &mut Random) -> Computed {
        random.normal((count, self.make.noise(&self.config)), self.dtype, &self.device)
    }

    /// Samples of the generator as it is, cut off from its gradient.
    ///
    /// # Errors
    /// Those of candle.
    pub fn samples(&self, count: usize, random: &mut Random) -> Computed {
        let noise = self.noise(count, random)?;
        Ok(self.make.forward(&self.generator.parameters.frozen(), &noise)?.detach())
    }

    /// The critic's raw output V, cut off from its gradient.
    ///
    /// # Errors
    /// Those of candle.
    pub fn raw(&self, x: &Tensor) -> Computed {
        Ok(self.judge.forward(&self.critic.parameters.frozen(), x)?.detach())
    }

    /// The points with noise on them, as long as the run blurs.
    ///
    /// Data and samples get the same noise, so that both laws are convolved with one
    /// Gaussian: early on, far modes touch, and none can be overlooked. Source: Sønderby
    /// and others, "Amortised MAP inference for image super-resolution", 2017.
    fn blurred(&self, x: Tensor, random: &mut Random) -> Computed {
        let done = self.step as f64 / self.config.steps.max(1) as f64;
        if self.config.blur == 0.0 || done >= UNBLURRED {
            return Ok(x);
        }
        let deviation = self.config.blur * LAST_BLUR.powf(done / UNBLURRED);
        let noise = random.normal(x.dims2()?, self.dtype, &self.device)?;
        x + (noise * deviation)?
    }

    /// One step of the run.
    ///
    /// # Errors
    /// [`LabError::NotFinite`] if a loss or a gradient is no number: the player whose it
    /// is has not moved then.
    pub fn advance(&mut self) -> Result<Seen> {
        // Out of `self` while it is drawn from; a failed step keeps its draws.
        let mut random = self.random.clone();
        let polishing = self.step >= self.config.steps;
        let seen = match self.config.updates {
            _ if polishing => self.critic_step(&mut random),
            Updates::Single => self.single_step(&mut random),
            Updates::Alternating => self.alternating_step(&mut random),
        }?;
        self.random = random;
        self.step += 1;
        self.average()?;
        Ok(seen)
    }

    /// Takes the generator into its mean, in the last part of the run, and puts the mean in
    /// its place after the last step of both.
    fn average(&mut self) -> TensorResult<()> {
        let Config { steps, average, .. } = self.config;
        let before = steps - (steps as f64 * average).round() as u64;
        if !(before + 1..=steps).contains(&self.step) {
            return Ok(());
        }
        let Player { parameters, average, .. } = &mut self.generator;
        average.add(parameters)?;
        if self.step == steps { average.take(parameters) } else { Ok(()) }
    }

    /// The share of the learning rates that is left.
    fn share(&self) -> f64 {
        let Config { schedule, steps, polish, .. } = self.config;
        if self.step < steps {
            schedule.share(self.step, steps)
        } else {
            0.3 * schedule.share(self.step - steps, polish)
        }
    }

    // ANCHOR: single-step
    /// Both players move at once, on the gradients of one backward pass.
    fn single_step(&mut self, random: &mut Random) -> Result<Seen> {
        let critic = self.critic.parameters.tracked();
        let generator = self.generator.parameters.tracked();
        let x = self.batch(self.config.batch, random)?;
        let noise = self.noise(self.config.batch, random)?;
        let made = self.make.forward(generator, &noise)?;
        let x = self.blurred(x, random)?;
        let made = self.blurred(made, random)?;
        let bound = self.bound(critic, &x, &made)?;
        let value = self.finite(&bound)?;
        // Both gradients before either player moves.
        let mut both = mlp::gradients(&bound, &[critic, generator])?;
        if self.config.heuristic {
            let loss = self.generator_loss(&made)?;
            both[1] = mlp::gradients(&loss, &[generator])?.remove(0);
        }
        let (up, down) = (&both[0], &both[1]);
        let critic_norm = self.norm(up, "critic's gradient")?;
        let generator_norm = self.norm(down, "generator's gradient")?;
        self.move_critic(up, critic_norm)?;
        self.move_generator(down, generator_norm)?;
        Ok(Seen { bound: value, critic_norm, generator_norm })
    }
    // ANCHOR_END: single-step

    /// The critic moves `critic_steps` times, then the generator once.
    fn alternating_step(&mut self, random: &mut Random) -> Result<Seen> {
        let mut seen = self.critic_step(random)?;
        for _ in 1..self.config.critic_steps {
            seen = self.critic_step(random)?;
        }
        let noise = self.noise(self.config.batch, random)?;
        let made = self.make.forward(self.generator.parameters.tracked(), &noise)?;
        let made = self.blurred(made, random)?;
        let loss = self.generator_loss(&made)?;
        self.finite(&loss)?;
        let down = &mlp::gradients(&loss, &[self.generator.parameters.tracked()])?[0];
        let norm = self.norm(down, "generator's gradient")?;
        self.move_generator(down, norm)?;
        Ok(Seen { generator_norm: norm, ..seen })
    }

    // ANCHOR: critic-step
    /// The critic climbs F on a batch; the generator stands still.
    fn critic_step(&mut self, random: &mut Random) -> Result<Seen> {
        let x = self.batch(self.config.batch, random)?;
        let made = self.samples(self.config.batch, random)?;
        let x = self.blurred(x, random)?;
        let made = self.blurred(made, random)?;
        let critic = self.critic.parameters.tracked();
        let bound = self.bound(critic, &x, &made)?;
        let value = self.finite(&bound)?;
        let up = &mlp::gradients(&bound, &[critic])?[0];
        let critic_norm = self.norm(up, "critic's gradient")?;
        self.move_critic(up, critic_norm)?;
        Ok(Seen { bound: value, critic_norm, generator_norm: 0.0 })
    }
    // ANCHOR_END: critic-step

    // ANCHOR: bound
    /// F on data and samples, which go through the critic as one batch.
    fn bound(&self, critic: &Tensor, x: &Tensor, made: &Tensor) -> Computed {
        let v = self.judge.forward(critic, &Tensor::cat(&[x, made], 0)?)?;
        let on_data = v.narrow(0, 0, x.dim(0)?)?;
        let on_made = v.narrow(0, x.dim(0)?, made.dim(0)?)?;
        self.loss.bound(&on_data, &on_made)
    }
    // ANCHOR_END: bound

    // ANCHOR: generator-loss
    /// What the generator descends: −E_q f*(g_f(V)), the part of F that it
    /// can change, or by the heuristic −E_q g_f(V). The critic stands still.
    fn generator_loss(&self, made: &Tensor) -> Computed {
        let critic = self.critic.parameters.frozen();
        let v = self.judge.forward(&critic, made)?;
        let paid = match self.config.heuristic {
            false => self.loss.conjugate(&v)?,
            true => self.loss.activation(&v)?,
        };
        paid.mean_all()?.neg()
    }
    // ANCHOR_END: generator-loss

    fn move_critic(&mut self, up: &Tensor, norm: f64) -> TensorResult<()> {
        let (factor, rate) = (clip::factor(norm, self.config.clip), self.config.critic_rate * self.share());
        // Optimisers descend: the critic climbs by the negative gradient.
        Self::move_along(&self.config, &mut self.critic, up, -factor, rate)
    }

    fn move_generator(&mut self, down: &Tensor, norm: f64) -> TensorResult<()> {
        let (factor, rate) =
            (clip::factor(norm, self.config.clip), self.config.generator_rate * self.share());
        Self::move_along(&self.config, &mut self.generator, down, factor, rate)
    }

    fn move_along(
        config: &Config,
        player: &mut Player,
        gradient: &Tensor,
        factor: f64,
        rate: f64,
    ) -> TensorResult<()> {
        match config.optimizer {
            Optimizer::Adam => player.adam.step(&player.parameters, gradient, factor, rate),
            Optimizer::Sgd => sgd::step(&player.parameters, gradient, factor, rate, config.kernels),
        }
    }

    /// The norm of a gradient, if it is a number.
    fn norm(&self, gradient: &Tensor, what: &'static str) -> Result<f64> {
        let value = clip::norm(gradient)?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(LabError::NotFinite { step: self.step, what, value, kept: None })
        }
    }

    /// A scalar tensor's value, if it is a number.
    fn finite(&self, loss: &Tensor) -> Result<f64> {
        let value = loss.to_dtype(DType::F64)?.to_scalar::<f64>()?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(LabError::NotFinite { step: self.step, what: "loss", value, kept: None })
        }
    }
}
