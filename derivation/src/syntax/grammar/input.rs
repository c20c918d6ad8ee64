//! The stream of tokens, and the few parsers from which all others are made.

use super::super::diagnostic::Diagnostic;
use super::super::limits::DEEPEST;
use super::super::token::{Bracket, Kind, Token};
use super::super::tree::Ident;
use crate::chain::Span;
use crate::term::Name;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use winnow::combinator::separated;
use winnow::error::{ErrMode, ParserError};
use winnow::stream::{Stateful, Stream, TokenSlice};
use winnow::token::any;
use winnow::{ModalParser, Parser};

/// The most entries of a list.
const LONGEST_LIST: usize = 32;

/// What a parser knows beside the tokens.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) depth: usize,
    pub(super) generators: BTreeSet<Name>,
}

pub(super) type Input<'t> = Stateful<TokenSlice<'t, Token>, State>;

/// A failure: a diagnostic, boxed because success is the usual case.
#[derive(Debug)]
pub(super) struct Fault(Box<Diagnostic>);

pub(super) type Failure = ErrMode<Fault>;
pub(super) type Parsed<T> = Result<T, Failure>;

impl ParserError<Input<'_>> for Fault {
    type Inner = Self;

    fn from_input(input: &Input<'_>) -> Self {
        Self(Box::new(unexpected(peek(input))))
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}

/// The diagnostic of a failure.
pub(super) fn diagnostic(failure: Failure) -> Diagnostic {
    match failure {
        ErrMode::Cut(fault) | ErrMode::Backtrack(fault) => *fault.0,
        ErrMode::Incomplete(_) => Diagnostic::new(0..0, "the text ends too early"),
    }
}

/// A failure that no other branch can mend.
pub(super) fn fail(diagnostic: Diagnostic) -> Failure {
    ErrMode::Cut(Fault(Box::new(diagnostic)))
}

/// What stands after the last token.
static END: LazyLock<Token> =
    LazyLock::new(|| Token { kind: Kind::End, text: "".into(), span: 0..0, first: false });

/// The next token. The last of a line is always [`Kind::End`].
pub(super) fn peek<'t>(input: &Input<'t>) -> &'t Token {
    ahead(input, 0)
}

/// The token so many places ahead.
pub(super) fn ahead<'t>(input: &Input<'t>, places: usize) -> &'t Token {
    let mut stream = input.input.clone();
    let mut token = stream.next_token();
    for _ in 0..places {
        match token {
            Some(Token { kind: Kind::End, .. }) | None => break,
            _ => token = stream.next_token(),
        }
    }
    token.unwrap_or(&END)
}

/// Takes the next token; the end of a line stays where it is.
pub(super) fn bump<'t>(input: &mut Input<'t>) -> &'t Token {
    let token = peek(input);
    if token.kind != Kind::End {
        let _ = input.next_token();
    }
    token
}

/// The place between two tokens at which the last one taken ended.
pub(super) fn last_end(input: &Input<'_>) -> usize {
    input.input.previous_tokens().next().map_or(0, |token| token.span.end)
}

pub(super) fn kind<'t>(wanted: Kind) -> impl ModalParser<Input<'t>, &'t Token, Fault> {
    any.verify(move |token: &&'t Token| token.kind == wanted).map(|token: &'t Token| token)
}

/// Takes the token if it is there.
pub(super) fn take(input: &mut Input<'_>, wanted: Kind) -> bool {
    let there = peek(input).kind == wanted;
    if there {
        bump(input);
    }
    there
}

/// Takes the word if it is there.
pub(super) fn word(input: &mut Input<'_>, wanted: &str) -> bool {
    let there = peek(input).is(wanted);
    if there {
        bump(input);
    }
    there
}

/// Takes the token or fails: "expected `…`".
pub(super) fn expect(input: &mut Input<'_>, wanted: Kind, shown: &str) -> Parsed<Span> {
    let token = peek(input);
    if token.kind == wanted {
        bump(input);
        Ok(token.span.clone())
    } else {
        Err(fail(unexpected(token).expected(format!("`{shown}`"))))
    }
}

/// Takes the word or fails.
pub(super) fn expect_word(input: &mut Input<'_>, wanted: &str) -> Parsed<()> {
    if word(input, wanted) {
        Ok(())
    } else {
        Err(fail(unexpected(peek(input)).expected(format!("`{wanted}`"))))
    }
}

/// Takes an opening bracket that the caller knows to be there, or fails.
pub(super) fn open(input: &mut Input<'_>, bracket: Bracket) -> Parsed<Span> {
    expect(input, Kind::Open(bracket), bracket.opening())
}

/// Takes a closing bracket, or points at the one that is left open.
pub(super) fn close(input: &mut Input<'_>, bracket: Bracket, opened: &Span) -> Parsed<()> {
    let token = peek(input);
    if token.kind == Kind::Close(bracket) {
        bump(input);
        return Ok(());
    }
    let (open, close) = (bracket.opening(), bracket.closing());
    let after = matches!(&*token.text, "by" | "be" | "is" | "attained") || token.is_relation();
    let fault = match token.kind {
        _ if after => Diagnostic::new(opened.clone(), format!("this `{open}` is never closed"))
            .label(format!("expected `{close}` after this"))
            .also(token.span.clone(), "the expression ends here"),
        Kind::End => Diagnostic::new(opened.clone(), format!("this `{open}` is never closed"))
            .label(format!("expected `{close}` after this"))
            .also(token.span.clone(), "the line ends here"),
        Kind::Close(_) => Diagnostic::new(token.span.clone(), format!("`{}` closes a `{open}`", token.text))
            .label(format!("expected `{close}`"))
            .also(opened.clone(), "opened here"),
        Kind::Name | Kind::Number => unexpected(token)
            .expected(format!("`{close}`"))
            .also(opened.clone(), "opened here")
            .suggest(format!("is a comma or a `{close}` missing before `{}`?", token.text)),
        _ => unexpected(token).expected(format!("`{close}`")).also(opened.clone(), "opened here"),
    };
    Err(fail(fault))
}

/// One or more, with commas between; more than a person would write are refused.
pub(super) fn commas<'t, T>(
    input: &mut Input<'t>,
    item: impl FnMut(&mut Input<'t>) -> Parsed<T>,
) -> Parsed<Vec<T>> {
    let items: Vec<T> = separated(1..=LONGEST_LIST, item, kind(Kind::Comma)).parse_next(input)?;
    let token = peek(input);
    if items.len() == LONGEST_LIST && token.kind == Kind::Comma {
        let says = format!("this list has more than {LONGEST_LIST} entries");
        return Err(fail(Diagnostic::new(token.span.clone(), says)));
    }
    Ok(items)
}

/// Words that no name may be.
const RESERVED: &[&str] = &[
    "let", "assuming", "be", "by", "attained", "in", "is", "has", "int", "sum", "sup", "max", "inf", "min",
    "log", "exp", "sqrt", "abs", "larger", "smaller", "dom", "subdiff", "E", "R",
];

/// May a name not be this?
pub(super) fn reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// A name.
pub(super) fn name(input: &mut Input<'_>) -> Parsed<Ident> {
    let token = peek(input);
    if token.kind == Kind::Name && !reserved(&token.text) {
        bump(input);
        return Ok(Ident { name: token.text.clone(), span: token.span.clone() });
    }
    let fault = if token.kind == Kind::Name {
        Diagnostic::new(token.span.clone(), format!("`{}` is a word of the language", token.text))
            .expected("a name")
    } else {
        unexpected(token).expected("a name")
    };
    Err(fail(fault))
}

pub(super) fn names(input: &mut Input<'_>) -> Parsed<Vec<Ident>> {
    commas(input, name)
}

/// "unexpected …", to which the caller adds what it expected.
pub(super) fn unexpected(token: &Token) -> Diagnostic {
    match token.kind {
        Kind::End => Diagnostic::new(token.span.clone(), "the line ends too early"),
        _ => Diagnostic::new(token.span.clone(), format!("unexpected `{}`", token.text)),
    }
}

pub(super) fn too_deep(token: &Token) -> Diagnostic {
    Diagnostic::new(token.span.clone(), format!("this nests deeper than {DEEPEST} levels"))
        .suggest("name a part of it: `let T(x) = …` above the chain")
}

/// Runs a parser one level deeper, within the limit.
pub(super) fn deeper<'t, T>(
    input: &mut Input<'t>,
    parser: impl FnOnce(&mut Input<'t>) -> Parsed<T>,
) -> Parsed<T> {
    if input.state.depth >= DEEPEST {
        return Err(fail(too_deep(peek(input))));
    }
    input.state.depth += 1;
    let parsed = parser(input);
    input.state.depth -= 1;
    parsed
}

/// A name, or a name with the names that stand in its brackets: `t`, `T(x)`.
pub(super) fn name_of(input: &mut Input<'_>) -> Parsed<(Ident, Option<Vec<Ident>>)> {
    let name = name(input)?;
    if peek(input).kind != Kind::Open(Bracket::Round) {
        return Ok((name, None));
    }
    let opened = open(input, Bracket::Round)?;
    let of = names(input)?;
    close(input, Bracket::Round, &opened)?;
    Ok((name, Some(of)))
}
