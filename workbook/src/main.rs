//! `cargo workbook …`, and `cargo run --release` in the project's root.

use std::process::ExitCode;

fn main() -> ExitCode {
    workbook::command::run()
}
