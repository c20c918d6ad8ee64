//! The language in which the book's chains of equations are written once, typeset
//! and checked.
//!
//! | module | what it holds |
//! |---|---|
//! | [`term`] | the typed syntax tree |
//! | [`context`] | declarations and assumptions |
//! | [`chain`] | a derivation: a context and a chain of terms |
//! | [`conventions`] | what terms mean |
//! | [`numeric`] | the certificate by models |
//! | [`report`] | verdicts and certificates |
//! | [`syntax`] | text to chains, with diagnostics |
//! | [`typeset`] | terms and chains to text and LaTeX |

pub mod chain;
pub mod context;
pub mod conventions;
pub mod numeric;
pub mod report;
pub mod syntax;
pub mod term;
pub mod typeset;
