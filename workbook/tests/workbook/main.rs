//! The command, the book and the repository, tested from outside.
//!
//! One test binary, so that mdBook is linked once.

mod blocks;
mod book;
mod chains;
mod check;
mod command;
mod dependencies;
mod tidy;

use std::path::Path;
use workbook::project::Project;

/// The project that these tests stand in.
fn project() -> Project {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    Project::at(here.parent().unwrap_or(here))
}
