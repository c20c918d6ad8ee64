//! The language in which the book's chains of equations are written once, typeset
//! and checked.
//!
//! A text is read ([`syntax`]) to a chain of terms; two certificates that share no code try
//! each line, on models ([`numeric`]) and by rules ([`symbolic`]); [`check`](mod@check) gives
//! the verdict, [`tell`] the words, [`typeset`] the formulas, and [`certificate`] keeps all of
//! it for a page.
//!
//! | module | what it holds |
//! |---|---|
//! | [`term`] | the typed syntax tree |
//! | [`context`] | declarations and assumptions |
//! | [`chain`] | a derivation: a context and a chain of terms |
//! | [`conventions`] | what terms mean |
//! | [`syntax`] | text to chains, with diagnostics |
//! | [`numeric`] | the certificate by models |
//! | [`symbolic`] | the certificate by rules: a search, and the kernel that replays what it finds |
//! | [`check`](mod@check) | both certificates, and the verdict that they give together |
//! | [`report`] | verdicts and certificates, as data |
//! | [`tell`] | reports in words |
//! | [`typeset`] | terms and chains to text and LaTeX |
//! | [`certificate`] | a derivation read, typeset and checked |

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
