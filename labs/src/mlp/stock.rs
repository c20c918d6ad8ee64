//! Buffers that are used again.
//!
//! A pass needs room for its hidden layers, as much in every step. Fresh memory would be
//! cleared, and is cold; what was used last is still in the cache.

use super::real::Real;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};

/// Buffers kept for each type of number; those beyond are freed.
const KEPT: usize = 64;

/// The buffers that wait.
pub struct Stock<T>(Mutex<Vec<Vec<T>>>);

impl<T> Stock<T> {
    /// None so far.
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

/// Numbers of which nothing is known until they are written; goes back when dropped.
pub(super) struct Buffer<T: Real> {
    numbers: Vec<T>,
    length: usize,
}

/// A buffer of so many numbers.
pub(super) fn take<T: Real>(length: usize) -> Buffer<T> {
    let waiting = &mut *T::stock().0.lock().unwrap_or_else(PoisonError::into_inner);
    // The last that is long enough: it was used last.
    let found = waiting.iter().rposition(|numbers| numbers.len() >= length);
    let mut numbers = found.map(|at| waiting.remove(at)).unwrap_or_default();
    if numbers.len() < length {
        numbers.resize(length, T::zero());
    }
    Buffer { numbers, length }
}

impl<T: Real> Drop for Buffer<T> {
    fn drop(&mut self) {
        let waiting = &mut *T::stock().0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < KEPT {
            waiting.push(std::mem::take(&mut self.numbers));
        }
    }
}

impl<T: Real> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.numbers[..self.length]
    }
}

impl<T: Real> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.numbers[..self.length]
    }
}
