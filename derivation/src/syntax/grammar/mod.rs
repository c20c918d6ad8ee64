//! Tokens to tree: `grammar.ebnf`, a function for each nonterminal.
//!
//! Built on winnow's streams and combinators over tokens. The text is first cut into
//! lines, each parsed on its own, so that one mistake does not hide another; the word or
//! sign at hand decides every branch, so that a failure is final and can say exactly
//! what was expected.
//!
//! `expression`, `binder`, `primary` and `range` call one another in a circle, as the rules of
//! the grammar do: an expression stands again in brackets, in a body, at the end of a range.

mod binder;
mod expression;
mod input;
mod law;
mod line;
mod primary;
mod range;
mod statement;

use super::diagnostic::Diagnostic;
use super::lexer;
use super::limits::{DEEPEST, LONGEST};
use super::token::{Kind, Token, lines};
use super::tree::{Assumption, Derivation, Node, Says};

use crate::chain::Relation;
use crate::term::Name;
use input::{Input, State, peek};
use std::collections::BTreeSet;

/// Reads a derivation.
pub(super) fn derivation(source: &str) -> Result<Derivation, Vec<Diagnostic>> {
    let (tokens, mut diagnostics) = read(source)?;
    let state = State { depth: 0, generators: generators(&tokens) };
    let mut declarations = Vec::new();
    let mut assumptions = Vec::new();
    let mut first: Option<Node> = None;
    let mut links = Vec::new();
    let mut broken_first = false;
    let mut lines = lines(tokens).into_iter().peekable();
    let mut second = false;
    while let Some(line) = lines.next() {
        let mut input = Input { input: winnow::stream::TokenSlice::new(&line), state: state.clone() };
        let token = peek(&input).clone();
        let begun = first.is_some() || broken_first;
        let read = if token.is("let") {
            statement::declaration(&mut input).map(|declaration| declarations.push(declaration))
        } else if token.is("assuming") {
            statement::assumptions(&mut input).map(|more| assumptions.extend(more))
        } else if line::begins_link(&token) {
            line::link(&mut input).map(|link| links.push(link))
        } else if begun && !links.is_empty() && lines.peek().is_some_and(|next| line::begins_link(&next[0])) {
            // What follows belongs to another chain.
            second = true;
            diagnostics.push(line::second_chain(&token));
            break;
        } else if begun {
            Err(input::fail(line::no_relation(&token)))
        } else {
            broken_first = true;
            line::first(&mut input).map(|(node, link)| {
                first = Some(node);
                links.extend(link);
            })
        };
        if let Err(error) = read {
            diagnostics.push(input::diagnostic(error));
        }
    }
    one_a_line(source, &mut diagnostics);
    diagnostics.extend(mixed(&links).filter(|_| !second));
    let end = source.trim_end().len();
    if !diagnostics.is_empty() {
        diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        return Err(diagnostics);
    }
    match first {
        None => Err(vec![line::nothing(links.first(), end)]),
        Some(first) if links.is_empty() => Err(vec![line::no_link(&first)]),
        Some(first) => Ok(Derivation { declarations, assumptions, first, links }),
    }
}

/// Reads an expression and nothing else.
pub(super) fn expression(source: &str) -> Result<Node, Vec<Diagnostic>> {
    let (mut tokens, diagnostics) = read(source)?;
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let generators = generators(&tokens);
    let end = tokens.last().map_or(0, |token| token.span.end);
    tokens.push(Token { kind: Kind::End, text: "".into(), span: end..end, first: false });
    let state = State { depth: 0, generators };
    let mut input = Input { input: winnow::stream::TokenSlice::new(&tokens), state };
    expression::whole(&mut input).map_err(|error| vec![input::diagnostic(error)])
}

/// Reads what stands behind `assuming`, where these names are generators.
pub(super) fn assumptions(
    source: &str,
    generators: BTreeSet<Name>,
) -> Result<Vec<Assumption>, Vec<Diagnostic>> {
    let (mut tokens, diagnostics) = read(&format!("assuming {source}"))?;
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let end = tokens.last().map_or(0, |token| token.span.end);
    tokens.push(Token { kind: Kind::End, text: "".into(), span: end..end, first: false });
    let state = State { depth: 0, generators };
    let mut input = Input { input: winnow::stream::TokenSlice::new(&tokens), state };
    statement::assumptions(&mut input).map_err(|error| vec![input::diagnostic(error)])
}

/// The tokens, within the limits of size and depth.
fn read(source: &str) -> Result<(Vec<Token>, Vec<Diagnostic>), Vec<Diagnostic>> {
    if source.len() > LONGEST {
        return Err(vec![
            Diagnostic::new(0..0, format!("this derivation is too long: it has {} bytes", source.len()))
                .note(format!("a derivation has at most {} KiB, {LONGEST} bytes", LONGEST / 1024))
                .suggest("split it: the last line of one is the first of the next"),
        ]);
    }
    let (tokens, diagnostics) = lexer::tokens(source);
    let mut depth = 0_usize;
    for token in &tokens {
        match token.kind {
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(vec![input::too_deep(token)]);
        }
    }
    Ok((tokens, diagnostics))
}

/// The names that `f*(t)` and `f'(u)` can be said of: after any other name `*` is a
/// product and `'` is part of the name. They are known before a line is read: `f`, what
/// a statement calls a generator, and f of `D_f`, `dom f*`, `subdiff f(u)`.
fn generators(tokens: &[Token]) -> BTreeSet<crate::term::Name> {
    let mut names = BTreeSet::from(["f".into()]);
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1).filter(|next| next.kind == Kind::Name);
        if token.kind != Kind::Name {
            continue;
        }
        if let Some(name) = token.text.strip_prefix("D_") {
            names.insert(name.into());
        } else if token.is("dom") || token.is("subdiff") {
            names.extend(next.map(|next| next.text.clone()));
        } else if token.is("let") {
            let statement =
                tokens[at + 1..].iter().take_while(|token| !(token.first && token.kind == Kind::Name));
            if statement.clone().any(|token| token.is("generator")) {
                names.extend(next.map(|next| next.text.clone()));
            }
        }
    }
    names
}

/// Keeps the first mistake of each line of text: what follows it is often its echo. The
/// lexer's come first.
fn one_a_line(source: &str, diagnostics: &mut Vec<Diagnostic>) {
    let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at).collect();
    let mut seen = BTreeSet::new();
    diagnostics.retain(|diagnostic| seen.insert(ends.partition_point(|end| *end < diagnostic.span.start)));
}

/// A chain that turns: its first link of one direction and its first of the other.
fn mixed(links: &[super::tree::Link]) -> Option<Diagnostic> {
    let place = |wanted: Relation| {
        links.iter().find_map(|link| match &link.says {
            Says::Relates(relation, _) if *relation == wanted => Some(link.span.start),
            _ => None,
        })
    };
    let (up, down) = (place(Relation::AtMost)?, place(Relation::AtLeast)?);
    let (earlier, later, was, is) = if up < down { (up, down, "<=", ">=") } else { (down, up, ">=", "<=") };
    Some(
        Diagnostic::new(later..later + is.len(), format!("this chain runs with `{was}` and turns to `{is}`"))
            .label(format!("here it runs with `{is}`"))
            .also(earlier..earlier + was.len(), format!("here it runs with `{was}`"))
            .note("a chain of both says nothing of its ends: split it into two derivations"),
    )
}
