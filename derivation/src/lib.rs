//! The language in which the book's chains of equations are written once, typeset
//! and checked.
//!
//! | module | what it holds |
//! |---|---|
//! | [`term`] | the typed syntax tree |
//! | [`context`] | declarations and assumptions |
//! | [`chain`] | a derivation: a context and a chain of terms |
//! | [`conventions`] | what terms mean |
//! | [`certificate`] | a derivation read, typeset and checked |
//! | [`numeric`] | the certificate by models |
//! | [`check`](mod@check) | both certificates, and the verdict that they give together |
//! | [`report`] | verdicts and certificates |
//! | [`symbolic`] | the symbolic certificate: rules, search, kernel |
//! | [`syntax`] | text to chains, with diagnostics |
//! | [`typeset`] | terms and chains to text and LaTeX |
//! | [`tell`] | reports in words |

pub mod certificate;
pub mod chain;
pub mod check;
pub mod context;
pub mod conventions;
pub mod numeric;
pub mod report;
pub mod symbolic;
pub mod syntax;
pub mod tell;
pub mod term;
pub mod typeset;
