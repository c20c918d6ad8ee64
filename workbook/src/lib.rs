//! What the command and the mdBook preprocessor are made of.

pub mod book;
pub mod build;
pub mod command;
pub mod contents;
mod cores;
mod counts;
pub mod course;
pub mod derivations;
pub mod figures;
pub mod files;
pub mod links;
mod locate;
pub mod marked;
pub mod outline;
pub mod problem;
pub mod progress;
pub mod project;
pub mod records;
pub mod report;
pub mod stubs;
pub mod texts;
pub mod verify;
mod warnings;
