//! A small game to look into: its objective number by number, and difference quotients of
//! it.

use crate::tensors::{Tried, column, numbers, told};
use crate::tolerance::STEP;
use candle_core::{DType, Tensor};
use labs::lab_a_fgan::{Aim, Players};
use labs::parameters::Parameters;
use std::sync::Arc;
use vdm::Divergence;

/// Players and a batch for them.
pub(super) struct Small {
    pub(super) players: Players,
    pub(super) x: Tensor,
    pub(super) noise: Tensor,
}

/// The rows that the steps are tried on: different functions, all with slopes.
pub(super) const ROWS: [&str; 3] = ["kl", "fgan_js", "reverse_kl"];

/// The game of a row, always the same.
pub(super) fn small(row: &str) -> Tried<Small> {
    let players = told(row, Players::example(row))?;
    let x = told(row, column(&[-1.2, 0.3, 0.9, 2.5, 3.1], DType::F64))?;
    let noise = told(row, column(&[-0.8, 0.1, 0.6, 1.4], DType::F64))?;
    Ok(Small { players, x, noise })
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

impl Small {
    fn divergence(&self) -> &Arc<dyn Divergence> {
        self.players.loss.divergence()
    }

    /// The raw outputs on generated points.
    fn on_made(&self) -> Tried<Vec<f64>> {
        let Players { theta, omega, .. } = &self.players;
        let made = self.players.make(&theta.frozen(), &self.noise);
        let raw = made.and_then(|made| self.players.judge(&omega.frozen(), &made));
        told("the game", raw.and_then(|raw| numbers(&raw)))
    }

    /// F, from the raw outputs by `vdm`'s g_f and f\* ∘ g_f, number by number.
    pub(super) fn bound(&self) -> Tried<f64> {
        let raw = self.players.judge(&self.players.omega.frozen(), &self.x);
        let on_data = told("the game", raw.and_then(|raw| numbers(&raw)))?;
        let f = self.divergence();
        Ok(mean(on_data.into_iter().map(|v| f.output_activation(v)))
            - mean(self.on_made()?.into_iter().map(|v| f.conjugate_of_activation(v))))
    }

    /// What the generator descends.
    pub(super) fn generator_loss(&self, aim: Aim) -> Tried<f64> {
        let f = self.divergence();
        let value = |v| match aim {
            Aim::Saddle => f.conjugate_of_activation(v),
            Aim::Heuristic => f.output_activation(v),
        };
        Ok(-mean(self.on_made()?.into_iter().map(value)))
    }
}

/// θ's numbers.
pub(super) fn theta(parameters: &Parameters) -> Tried<Vec<f64>> {
    told("the parameters", numbers(parameters.tracked()))
}

/// Puts these numbers into θ.
pub(super) fn put(parameters: &Parameters, values: &[f64]) -> Tried<()> {
    let tensor = Tensor::new(values, parameters.tracked().device());
    told("the parameters", tensor.and_then(|tensor| parameters.variable().set(&tensor)))
}

/// The gradient of a value in the parameters, by central differences.
pub(super) fn differences(parameters: &Parameters, value: impl Fn() -> Tried<f64>) -> Tried<Vec<f64>> {
    let start = theta(parameters)?;
    let mut quotients = Vec::with_capacity(start.len());
    for at in 0..start.len() {
        let moved = |by: f64| {
            let mut values = start.clone();
            values[at] += by;
            put(parameters, &values)?;
            value()
        };
        let (above, below) = (moved(STEP)?, moved(-STEP)?);
        quotients.push((above - below) / (2.0 * STEP));
    }
    put(parameters, &start)?;
    Ok(quotients)
}
