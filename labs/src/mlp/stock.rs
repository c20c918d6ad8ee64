//! Buffers that are used again.
//!
//! A pass needs room for its hidden layers, as much in every step. Fresh memory would be
//! cleared, and is cold; what was used last is still in the cache. And each buffer begins
//! with a line of the cache: a vector of 512 bits that lies across two is two accesses.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// Buffers kept for each type of number; beyond, the one is freed that waited longest.
const KEPT: usize = 64;

/// The buffers that wait.
pub struct Stock<T>(Mutex<Vec<Vec<T>>>);

/// A number of which buffers are kept.
pub trait Stocked: Copy + Default + 'static {
    /// Buffers of such numbers that wait for their next use.
    fn stock() -> &'static Stock<Self>;
}

impl Stocked for f32 {
    fn stock() -> &'static Stock<Self> {
        static STOCK: Stock<f32> = Stock(Mutex::new(Vec::new()));
        &STOCK
    }
}

impl Stocked for f64 {
    fn stock() -> &'static Stock<Self> {
        static STOCK: Stock<f64> = Stock(Mutex::new(Vec::new()));
        &STOCK
    }
}

/// Numbers of which nothing is known until they are written; goes back when dropped.
pub(super) struct Buffer<T: Stocked> {
    numbers: Vec<T>,
    start: usize,
    length: usize,
}

/// Bytes of a line of the cache.
const LINE: usize = 64;

/// A buffer of so many numbers.
pub(super) fn take<T: Stocked>(length: usize) -> Buffer<T> {
    let waiting = &mut *T::stock().0.lock().unwrap_or_else(PoisonError::into_inner);
    let needed = length + LINE / size_of::<T>();
    // Of this length, not longer: the same lengths come again in every step, and a long
    // one that serves as a short one is missed where it is needed. The last was used last.
    let found = waiting.iter().rposition(|numbers| numbers.len() == needed);
    let numbers = found.map_or_else(|| vec![T::default(); needed], |at| waiting.remove(at));
    let start = numbers.as_ptr().align_offset(LINE).min(needed - length);
    Buffer { numbers, start, length }
}

impl<T: Stocked> Drop for Buffer<T> {
    fn drop(&mut self) {
        let waiting = &mut *T::stock().0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= KEPT {
            waiting.remove(0);
        }
        waiting.push(std::mem::take(&mut self.numbers));
    }
}

impl<T: Stocked> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.numbers[self.start..self.start + self.length]
    }
}

impl<T: Stocked> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.numbers[self.start..self.start + self.length]
    }
}
