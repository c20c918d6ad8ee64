//! What needs no binder: numbers, names, applications, marked generators, brackets.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind};
use super::super::tree::{Call, Expr, Ident, Node, Prefix, Witness};
use super::input::{
    Input, Parsed, ahead, bump, close, commas, deeper, expect, fail, last_end, name, name_of, names, open,
    peek, take, unexpected,
};
use super::{binder, expression, law};
use crate::term::Part;
use num_bigint::BigInt;
use num_rational::BigRational;

const ROUND: Kind = Kind::Open(Bracket::Round);

/// Can a factor begin here, without a `*` before it?
pub(super) fn begins(input: &Input<'_>) -> bool {
    let token = peek(input);
    match token.kind {
        Kind::Number | Kind::Open(Bracket::Round | Bracket::Brace) => true,
        Kind::Name => !matches!(
            &*token.text,
            "by" | "let" | "assuming" | "be" | "in" | "is" | "has" | "with" | "attained"
        ),
        _ => false,
    }
}

/// primary = number | bracket | "|" , expr , "|" | name …
pub(super) fn primary(input: &mut Input<'_>) -> Parsed<Node> {
    let token = peek(input);
    let start = token.span.start;
    let expr = match token.kind {
        Kind::Number => {
            bump(input);
            Expr::Number(number(&token.text))
        }
        Kind::Open(bracket @ (Bracket::Round | Bracket::Brace)) => {
            bump(input);
            let inner = expression::sum(input)?;
            close(input, bracket, &token.span)?;
            return Ok(Node { span: start..last_end(input), bracketed: true, expr: inner.expr });
        }
        Kind::Bar => {
            bump(input);
            let inner = expression::sum(input)?;
            if !take(input, Kind::Bar) {
                return Err(fail(
                    Diagnostic::new(token.span.clone(), "this `|` is never closed")
                        .also(peek(input).span.clone(), "expected `|`"),
                ));
            }
            Expr::Prefix(Prefix::Abs, Box::new(Node { bracketed: true, ..inner }))
        }
        Kind::Name => named(input)?,
        Kind::Open(Bracket::Square) => {
            return Err(fail(
                unexpected(token).expected("an expression").suggest("group with `(…)` or `{…}`"),
            ));
        }
        Kind::End | Kind::Close(_) => {
            let fault = Diagnostic::new(token.span.clone(), "here an expression is missing");
            return Err(fail(match input.input.previous_tokens().next() {
                Some(before) => fault.also(before.span.clone(), format!("after this `{}`", before.text)),
                None => fault,
            }));
        }
        _ => return Err(fail(unexpected(token).expected("an expression"))),
    };
    Ok(Node { expr, span: start..last_end(input), bracketed: matches!(token.kind, Kind::Bar) })
}

/// A name alone, applied, or marked.
fn named(input: &mut Input<'_>) -> Parsed<Expr> {
    let token = peek(input);
    let next = ahead(input, 1);
    let text = &*token.text;
    if text == "inf" {
        bump(input);
        return Ok(Expr::Infinity);
    }
    if matches!(text, "larger" | "smaller") {
        bump(input);
        let opened = open(input, Bracket::Round)?;
        let arguments = commas(input, expression::sum)?;
        close(input, Bracket::Round, &opened)?;
        if arguments.len() < 2 {
            return Err(fail(Diagnostic::new(
                token.span.clone(),
                format!("`{text}` compares two numbers or more"),
            )));
        }
        return Ok(if text == "larger" { Expr::Larger(arguments) } else { Expr::Smaller(arguments) });
    }
    if next.kind == ROUND && law::is_distance(text) {
        return law::distance(input);
    }
    if next.kind == ROUND && text == "H" {
        return law::entropy(input);
    }
    if matches!(text, "log" | "exp" | "sqrt" | "abs" | "E" | "int" | "sum" | "sup" | "max" | "min") {
        return deeper(input, binder::prefix).map(|node| node.expr);
    }
    if let Some(marked) = generator(input)? {
        return Ok(marked);
    }
    let name = name(input)?;
    if peek(input).kind != ROUND {
        return Ok(Expr::Name(name.name));
    }
    call(input, name).map(|call| Expr::Call(Box::new(call)))
}

/// f*(t), f'(u), f**(u), f*'(t): a generator's name, its marks and an argument.
fn generator(input: &mut Input<'_>) -> Parsed<Option<Expr>> {
    let token = peek(input);
    let written = &*token.text;
    let stem = written.trim_end_matches('\'');
    if !input.state.generators.contains(stem) {
        return Ok(None);
    }
    let primes = written.len() - stem.len();
    let star = ahead(input, 1);
    let (stars, tokens) = match (star.kind, &*star.text) {
        (Kind::Star, "**") if primes == 0 => (2, 1),
        (Kind::Star, _) if primes == 0 && star.span.start == token.span.end => (1, 1),
        _ => (0, 0),
    };
    let behind = ahead(input, 1 + tokens);
    let primed = stars == 1 && behind.kind == Kind::Prime;
    let tokens = if primed { tokens + 1 } else { tokens };
    if ahead(input, 1 + tokens).kind != ROUND || (stars == 0 && primes == 0) {
        return Ok(None);
    }
    let part = match (primes, stars, primed) {
        (1, 0, _) => Part::Derivative,
        (0, 1, false) => Part::Conjugate,
        (0, 1, true) => Part::ConjugateDerivative,
        (0, 2, _) => Part::Biconjugate,
        _ => {
            return Err(fail(
                Diagnostic::new(token.span.clone(), format!("`{written}` has more than one prime"))
                    .note("of a generator f the language knows f(u), f'(u), f*(t), f*'(t) and f**(u)"),
            ));
        }
    };
    for _ in 0..=tokens {
        bump(input);
    }
    let opened = open(input, Bracket::Round)?;
    let argument = Box::new(expression::sum(input)?);
    close(input, Bracket::Round, &opened)?;
    let span = token.span.start..token.span.start + stem.len();
    Ok(Some(Expr::Generator { name: Ident { name: stem.into(), span }, part, argument }))
}

/// application, or a law at points
pub(super) fn call(input: &mut Input<'_>, name: Ident) -> Parsed<Call> {
    let opened = open(input, Bracket::Round)?;
    let arguments = commas(input, expression::sum)?;
    let given = take(input, Kind::Bar);
    let given_names = if given { names(input)? } else { Vec::new() };
    let semicolon = take(input, Kind::Semicolon);
    let parameters = if semicolon { names(input)? } else { Vec::new() };
    close(input, Bracket::Round, &opened)?;
    Ok(Call { name, arguments, given: given_names, parameters, law: given || semicolon })
}

/// `1`, `0.25`
fn number(text: &str) -> BigRational {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: BigInt = format!("{whole}{decimals}").parse().unwrap_or_default();
    let power = u32::try_from(decimals.len()).unwrap_or(u32::MAX);
    BigRational::new(digits, BigInt::from(10).pow(power))
}

/// `by`'s witnesses and `attained at`: ( name | application ) , "=" , expr
pub(super) fn witness(input: &mut Input<'_>) -> Parsed<Witness> {
    let (name, of) = name_of(input)?;
    expect(input, Kind::Equal, "=")?;
    let value = expression::sum(input)?;
    Ok(Witness { name, of, value })
}
