//! The labs against independent witnesses: `vdm` in f64, finite differences, candle's
//! own optimiser, and runs that are killed.

mod adam;
mod command;
#[cfg(feature = "cuda")]
mod cuda;
mod data;
mod exact;
mod losses;
mod mlp;
mod numbers;
mod odd;
mod random;
mod records;
mod runs;
mod same_run;
