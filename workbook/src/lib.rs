//! What the command and the mdBook preprocessor are made of.

pub mod figures;
