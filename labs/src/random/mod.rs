//! Chance: one generator with a seed, whose place in its stream can be saved.
//!
//! Numbers are drawn on the CPU and copied to the device, so that CPU and GPU see the
//! same draws; candle's own generators cannot be seeded on the CPU. The bits are ChaCha's
//! with eight rounds; many draws at once take whole blocks of them.

mod box_muller;

use box_muller::BLOCK;
use candle_core::{DType, Device, Tensor};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// What one part of a run draws from: independent streams of one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Stream {
    /// The first values of the parameters.
    Initial = 0,
    /// Batches and noise.
    Training = 1,
    /// Fresh samples for what is measured, which thus never disturbs the training.
    Evaluation = 2,
}

/// A seeded generator.
///
/// ```
/// use labs::random::{Random, Stream};
/// let mut a = Random::new(7, Stream::Training);
/// a.normals(100);
/// let mut b = Random::at(&a.place());
/// assert_eq!(a.normals(3), b.normals(3));
/// ```
#[derive(Clone, Debug)]
pub struct Random {
    rng: ChaCha8Rng,
}

/// A generator's place in its stream: all of its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    seed: [u8; 32],
    stream: u64,
    /// In words of 32 bits, as decimal digits: JSON has no integers of this width.
    word: String,
}

impl Random {
    /// The generator of a seed and a stream.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream as u64);
        Self { rng }
    }

    /// The generator at a place.
    pub fn at(place: &Place) -> Self {
        let mut rng = ChaCha8Rng::from_seed(place.seed);
        rng.set_stream(place.stream);
        rng.set_word_pos(place.word.parse().unwrap_or_default());
        Self { rng }
    }

    /// Where the generator is.
    pub fn place(&self) -> Place {
        Place {
            seed: self.rng.get_seed(),
            stream: self.rng.get_stream(),
            word: self.rng.get_word_pos().to_string(),
        }
    }

    /// Blocks of random words, enough for `count` of them.
    fn words(&mut self, count: usize) -> Vec<[u32; BLOCK]> {
        let mut words = vec![[0; BLOCK]; count.div_ceil(BLOCK)];
        self.rng.fill(words.as_flattened_mut());
        words
    }

    /// `count` independent draws of N(0, 1).
    pub fn normals(&mut self, count: usize) -> Vec<f32> {
        let words = self.words(count);
        let mut draws = vec![[0.0; BLOCK]; words.len()];
        box_muller::draws(&words, &mut draws);
        let mut draws = draws.into_flattened();
        draws.truncate(count);
        draws
    }

    /// `count` independent draws from the uniform law on [0, 1), in steps of 2⁻²⁴.
    pub fn uniforms(&mut self, count: usize) -> Vec<f32> {
        let words = self.words(count).into_flattened();
        words.iter().take(count).map(|word| (word >> 8) as f32 * 2_f32.powi(-24)).collect()
    }

    /// `count` independent draws from 0, 1, …, `below` − 1.
    pub fn indices(&mut self, count: usize, below: usize) -> Vec<usize> {
        let words = self.words(count).into_flattened();
        // Of 2³² words, each index takes ⌊2³²/below⌋ or one more.
        words.iter().take(count).map(|&word| ((u64::from(word) * below as u64) >> 32) as usize).collect()
    }

    /// A tensor of independent draws of N(0, 1), `rows` × `columns`.
    ///
    /// # Errors
    /// Those of candle.
    pub fn normal(
        &mut self,
        (rows, columns): (usize, usize),
        dtype: DType,
        device: &Device,
    ) -> candle_core::Result<Tensor> {
        matrix(self.normals(rows * columns), (rows, columns), dtype, device)
    }
}

/// A matrix of these numbers, row after row.
///
/// # Errors
/// Those of candle.
pub fn matrix(
    numbers: Vec<f32>,
    shape: (usize, usize),
    dtype: DType,
    device: &Device,
) -> candle_core::Result<Tensor> {
    Tensor::from_vec(numbers, shape, device)?.to_dtype(dtype)
}
