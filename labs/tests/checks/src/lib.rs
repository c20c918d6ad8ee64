//! What grades the answers to the labs' exercises: checks, and the planted mistakes that
//! each has been seen to catch.
//!
//! As in crate `checks`, whose harness it uses; apart from that one because its subjects
//! are functions of tensors, and the maths path never compiles candle.

pub mod lab_a_fgan;
mod tensors;
mod tolerance;
