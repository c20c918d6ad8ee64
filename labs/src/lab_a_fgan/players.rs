//! The two players of a small game, with nothing decided about who moves.

use crate::Loss;
use crate::data::Data;
use crate::fgan::Generator;
use crate::mlp::{Kernels, Mlp};
use crate::parameters::Parameters;
use crate::random::{Random, Stream, matrix};
use candle_core::{DType, Device, Error, Result, Tensor};

/// What the generator minimises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The saddle's loss: −E_q f\*(g_f(V)), the part of F that the generator can move.
    Saddle,
    /// The heuristic's: −E_q g_f(V).
    Heuristic,
}

/// A generator and a critic on the CPU in f64, made of candle's own operations.
#[derive(Debug)]
pub struct Players {
    /// The divergence's loss.
    pub loss: Loss,
    /// The generator's parameters θ.
    pub theta: Parameters,
    /// The critic's parameters ω.
    pub omega: Parameters,
    generator: Generator,
    critic: Mlp,
}

impl Players {
    /// Players on the line: samples are μ + σz with θ = (μ, log σ), and the critic is a
    /// network with two layers of `hidden` units. μ = `mean`, σ = `deviation` at first.
    ///
    /// # Errors
    /// Those of candle.
    pub fn on_the_line(
        loss: Loss,
        hidden: usize,
        (mean, deviation): (f64, f64),
        random: &mut Random,
    ) -> Result<Self> {
        let generator = Generator::Gaussian { dimension: 1 };
        let critic = Mlp::new(&[1, hidden, hidden, 1], Kernels::Plain);
        let mut theta = generator.parts(random);
        for (part, value) in theta.iter_mut().zip([mean, deviation.ln()]) {
            part.initial = vec![value];
        }
        let parameters = |parts| Parameters::new(parts, DType::F64, &Device::Cpu);
        let (theta, omega) = (parameters(theta)?, parameters(critic.parts(random))?);
        Ok(Self { loss, theta, omega, generator, critic })
    }

    /// The generator's samples from noise, one a row, with these parameters:
    /// `theta.tracked()`, or `theta.frozen()` where no gradient may reach them.
    ///
    /// # Errors
    /// Those of candle.
    pub fn make(&self, theta: &Tensor, noise: &Tensor) -> Result<Tensor> {
        self.generator.forward(theta, noise)
    }

    /// The critic's raw outputs V, one a row, with these parameters: `omega.tracked()`, or
    /// `omega.frozen()`.
    ///
    /// # Errors
    /// Those of candle.
    pub fn judge(&self, omega: &Tensor, x: &Tensor) -> Result<Tensor> {
        self.critic.forward(omega, x)
    }

    /// `count` fresh points of the data, one a row.
    ///
    /// # Errors
    /// Those of candle.
    pub fn batch(&self, data: &Data, count: usize, random: &mut Random) -> Result<Tensor> {
        matrix(data.sample(count, random), (count, data.dimension()), DType::F64, &Device::Cpu)
    }

    /// Fresh noise for `count` samples.
    ///
    /// # Errors
    /// Those of candle.
    pub fn noise(&self, count: usize, random: &mut Random) -> Result<Tensor> {
        random.normal((count, 1), DType::F64, &Device::Cpu)
    }

    /// Small players, the same every time: three hidden units, a generator at N(½, 1.5²).
    ///
    /// # Errors
    /// Those of candle, or for an unknown divergence.
    ///
    /// ```
    /// let players = labs::lab_a_fgan::Players::example("kl")?;
    /// assert_eq!(players.theta.tracked().dims(), [2]);
    /// # Ok::<(), labs::LabError>(())
    /// ```
    pub fn example(divergence: &str) -> crate::Result<Self> {
        let mut random = Random::new(5, Stream::Initial);
        Ok(Self::on_the_line(Loss::find(divergence)?, 3, (0.5, 1.5), &mut random)?)
    }
}

/// ∂loss/∂θ as one vector, laid out as θ is.
///
/// candle's own optimisers pass over a parameter that no gradient reaches; here that is an
/// error.
///
/// # Errors
/// If no gradient reaches the parameters, and those of candle.
pub fn gradient_of(loss: &Tensor, parameters: &Parameters) -> Result<Tensor> {
    let gradients = loss.backward()?;
    let missing = || {
        Error::Msg(
            "no gradient reaches these parameters: are they frozen, or what was made of them detached?"
                .into(),
        )
    };
    gradients.get(parameters.tracked()).cloned().ok_or_else(missing)
}
