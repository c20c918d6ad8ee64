//! Randomness by the block: one virtual call for many numbers.

use rand::Rng;
use rand::rand_core::TryRng;
use std::convert::Infallible;

/// How many numbers a block holds: 1 KiB, which costs far more to fill than one call.
const SIZE: usize = 128;

/// A generator that takes its numbers from another one, a block at a time.
///
/// A sampler that is generic in its generator, such as the ziggurat method, is then
/// compiled without a virtual call a number. What is left of the last block is lost.
pub(super) struct Blocks<'a> {
    source: &'a mut dyn Rng,
    block: [u64; SIZE],
    used: usize,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(source: &'a mut dyn Rng) -> Self {
        Self { source, block: [0; SIZE], used: SIZE }
    }

    #[cold]
    fn refill(&mut self) {
        let mut bytes = [0; 8 * SIZE];
        self.source.fill_bytes(&mut bytes);
        for (number, bytes) in self.block.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *number = u64::from_le_bytes(*bytes);
        }
        self.used = 0;
    }
}

impl TryRng for Blocks<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        // The high half: in some generators the low bits are the weaker ones.
        self.try_next_u64().map(|number| (number >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if self.used == SIZE {
            self.refill();
        }
        let number = self.block[self.used];
        self.used += 1;
        Ok(number)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.source.fill_bytes(bytes);
        Ok(())
    }
}
