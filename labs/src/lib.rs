//! The labs of the workbook: variational divergence minimisation, trained.
//!
//! An f-GAN on candle: small enough to be read, checked against `vdm` wherever the
//! truth is known, and quick on a CPU.
//!
//! | module | holds |
//! |---|---|
//! | [`loss`] | g_f and f\* ∘ g_f of every divergence, as formulas of tensors |
//! | [`mlp`] | networks, plain and fused |
//! | [`parameters`], [`adam`], [`sgd`], [`schedule`], [`clip`] | what is trained, and how it moves |
//! | [`random`] | one seeded generator for everything |
//! | [`data`] | the mixture on the line, rings and grids, files |
//! | [`fgan`] | the game, its runs and their results |
//! | [`checkpoint`], [`folder`] | runs on disk, which go on where they were killed |
//! | [`interrupt`] | Ctrl-C |
//! | [`lab_a_fgan`] | lab A's exercises: the game in small, and the reference solutions |
//! | [`plot`] | a run in pictures |
//! | [`record`] | the runs that the book shows |
//! | [`mod@bench`] | the steps that are timed |

// The exercises name things as a reader's file does.
extern crate self as labs;

pub mod adam;
pub mod bench;
pub mod checkpoint;
pub mod clip;
pub mod data;
mod device;
mod error;
mod extended;
pub mod fgan;
pub mod folder;
pub mod interrupt;
pub mod lab_a_fgan;
pub mod loss;
pub mod mlp;
pub mod parameters;
pub mod plot;
pub mod random;
pub mod record;
pub mod schedule;
pub mod sgd;

/// For this crate's commands, tests and benches alike.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub use device::DeviceChoice;
pub use error::{Computed, LabError, Result};
pub use loss::Loss;
