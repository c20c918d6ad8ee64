//! The mean of a player's parameters over the last part of a run.
//!
//! A player that takes steps of one length never comes to rest: its parameters wander
//! around the place where the gradient vanishes, because every batch is another. Their
//! mean wanders far less. Source: B. T. Polyak, A. B. Juditsky, "Acceleration of
//! stochastic approximation by averaging", 1992; for GANs: Y. Yazıcı and others, "The
//! unusual effectiveness of averaging in GAN training", 2019.

use crate::parameters::Parameters;
use candle_core::{Result, Tensor};

/// A running mean of θ.
#[derive(Debug)]
pub struct Average {
    mean: Tensor,
    count: u64,
}

impl Average {
    /// A mean of nothing yet.
    ///
    /// # Errors
    /// Those of candle.
    pub fn new(parameters: &Parameters) -> Result<Self> {
        Ok(Self { mean: parameters.tracked().zeros_like()?.detach().copy()?, count: 0 })
    }

    /// The mean so far, laid out as θ is, and of how many it is.
    pub fn state(&self) -> (&Tensor, u64) {
        (&self.mean, self.count)
    }

    /// Takes up a saved state.
    ///
    /// # Errors
    /// Those of candle.
    pub fn restore(&mut self, mean: &Tensor, count: u64) -> Result<()> {
        (self.mean, self.count) = (mean.detach().copy()?, count);
        Ok(())
    }

    /// Takes θ as it is into the mean.
    ///
    /// # Errors
    /// Those of candle.
    // ANCHOR: average
    pub fn add(&mut self, parameters: &Parameters) -> Result<()> {
        self.count += 1;
        let way = (parameters.frozen() - &self.mean)?;
        self.mean = (&self.mean + (way / self.count as f64)?)?.detach();
        Ok(())
    }
    // ANCHOR_END: average

    /// Puts the mean in the place of θ.
    ///
    /// # Errors
    /// Those of candle.
    pub fn take(&self, parameters: &Parameters) -> Result<()> {
        if self.count == 0 { Ok(()) } else { parameters.variable().set(&self.mean) }
    }
}
