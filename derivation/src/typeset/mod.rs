//! Terms and chains as text: the language itself, and LaTeX.

mod plain;

pub use plain::plain;
