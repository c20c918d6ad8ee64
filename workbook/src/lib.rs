//! The command, the mdBook preprocessor and the figures.
//!
//! | module | what it does |
//! |---|---|
//! | [`command`] | what is typed after `cargo workbook` |
//! | [`build`] | checks everything, renders the book, writes the report |
//! | [`verify`] | runs every law and every exercise, once a build |
//! | [`book`] | the preprocessor: blocks, formulas, included code, tables and the reference of rules become HTML |
//! | [`figures`] | every figure, a file each, and what they are drawn with |
//! | [`derivations`] | derivations found, certified, kept, and told |
//! | [`records`] | the labs' recorded runs, held to `vdm` before a page shows them |
//! | [`course`], [`outline`], [`texts`] | the exercises: which there are, their words, their sources |
//! | [`marked`], [`stubs`] | references with marks, and the stubs made from them |
//! | [`contents`], [`links`] | the table of contents and the rendered pages, held to be whole |
//! | [`report`], [`problem`], [`progress`] | what was checked, what is wrong and where, how far the work is |
//! | [`project`], [`files`] | where things are, and how they are written |

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
