//! Terms and chains as text: the language itself, and LaTeX.
//!
//! | module | what it makes |
//! |---|---|
//! | [`plain`](fn@plain) | the language itself, which can be read back |
//! | [`latex`](fn@latex) | LaTeX, as a textbook sets it |
//! | [`chain`](fn@chain) | a derivation's lines, relations, reasons and assumptions |

mod chain;
mod latex;
mod laws;
mod legible;
mod name;
mod plain;
mod weight;

pub use chain::{Line, Lines, chain};
pub use latex::latex;
pub use name::name;
pub use plain::plain;
