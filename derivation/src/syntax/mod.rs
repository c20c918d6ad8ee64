//! From text to a [`Chain`]: blocks, tokens, a tree with places, names and binders.
//!
//! | module | what it does |
//! |---|---|
//! | [`blocks`](mod@block) | finds the derivations of a file |
//! | `diagnostic` | says what is wrong, where, and what to write instead |
//! | `lexer`, `token` | text to tokens, tokens to lines |
//! | `tree` | the text's tree, with the place of each part |
//! | `grammar` | tokens to that tree: `grammar.ebnf`, function by function |
//! | `limits` | how long and deep a text may be |
//! | `elaborate` | that tree to terms: what each name is, which binder each variable has |
//! | `substitute` | values for bound numbers, functions and points |

pub mod block;
pub mod diagnostic;
mod elaborate;
mod grammar;
mod lexer;
mod limits;
mod names;
pub mod substitute;
mod token;
mod tree;

pub use block::{Block, blocks};
pub use diagnostic::Diagnostic;
pub use limits::{DEEPEST, LONGEST, MOST};
pub use names::displayed;

use crate::chain::Chain;
use crate::context::Context;
use crate::term::Term;

/// Reads one derivation. All mistakes are reported that can be told apart: one a line
/// at the least.
///
/// # Errors
/// The mistakes, in the order of the text.
pub fn parse(id: &str, title: &str, source: &str) -> Result<Chain, Vec<Diagnostic>> {
    let few = |mut faults: Vec<Diagnostic>| {
        faults.truncate(MOST);
        faults
    };
    let derivation = grammar::derivation(source).map_err(few)?;
    let mut chain = elaborate::derivation(&derivation).map_err(few)?;
    chain.id = id.into();
    chain.title = title.to_owned();
    Ok(chain)
}

/// A context with more assumptions: what may stand behind `assuming` in a text whose
/// declarations made it.
///
/// # Errors
/// The mistakes, in the order of the text.
pub fn assuming(context: &Context, source: &str) -> Result<Context, Vec<Diagnostic>> {
    let generators = context.generators.iter().map(|generator| generator.name.clone());
    let written = grammar::assumptions(source, generators.chain(["f".into()]).collect())?;
    elaborate::assuming(context, &written)
}

/// Reads one expression whose names a context declares.
///
/// # Errors
/// The mistakes, in the order of the text.
pub fn parse_term(context: &Context, source: &str) -> Result<Term, Vec<Diagnostic>> {
    let node = grammar::expression(source)?;
    elaborate::expression(context, &node)
}
