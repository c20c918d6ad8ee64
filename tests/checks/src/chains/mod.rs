//! Exercises whose answer is a derivation: write it (start and end are given), or
//! find the false line of one and mend it.
//!
//! An answer is plain text, read by the same language that the pages use. `frame`
//! holds what an answer must leave as it is, `grade` judges it line by line, `graded`
//! makes one exercise among others of it, `stub` makes the file that the reader edits,
//! `told` says what is wrong.

mod answers;
mod exercise;
mod frame;
mod grade;
mod graded;
pub mod scripted;
mod stub;
mod told;

pub use answers::is_answer;
pub use exercise::{Certify, ChainExercise, WrongChain, with_lines};
pub use stub::{FILE_LIMIT, TODO, file_name, untouched};
pub use told::{advice, details};
