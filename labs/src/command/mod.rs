//! What is typed after `labs`.

pub(crate) mod bench;
pub(crate) mod fgan;
mod progress;
pub(crate) mod record;
mod settings;
mod show;

use clap::{Parser, Subcommand};
pub(crate) use show::tell;

/// The labs of the workbook.
#[derive(Debug, Parser)]
#[command(name = "labs", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Train an f-GAN, on the line against the truth, in the plane, or on your own points
    Fgan(Box<fgan::FganArguments>),
    /// Record the runs that the book shows
    Record(Box<record::RecordArguments>),
    /// Time a training step
    Bench {
        #[command(subcommand)]
        command: bench::BenchCommand,
    },
}
