//! The labs' command: `cargo run --release -p labs -- fgan`.

mod command;

use clap::Parser;
use command::{Arguments, Command};
use labs::{LabError, interrupt};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = interrupt::listen().and_then(|()| match arguments.command {
        Command::Fgan(arguments) => command::fgan::run(&arguments),
        Command::Record(arguments) => command::record::run(&arguments),
        Command::Bench { command } => command::bench::run(&command),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error @ LabError::Stopped { .. }) => {
            command::tell(&error.to_string());
            ExitCode::from(interrupt::EXIT_CODE)
        }
        Err(error) => {
            // One line: what candle adds below its first is for its own developers.
            let text = error.to_string();
            command::tell(&format!("error: {}", text.lines().next().unwrap_or_default()));
            ExitCode::FAILURE
        }
    }
}
