//! Numbers, names, applications, distances, brackets, binders.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind, Token};
use super::super::tree::{Binding, Call, Expr, Ident, LawUse, Node, Points, Prefix, Witness};
use super::input::{
    Input, Parsed, ahead, bump, close, commas, deeper, expect, fail, last_end, name, names, open, peek,
    reserved, take, unexpected,
};
use super::{expression, range};
use crate::term::{Extremum, Part};
use num_bigint::BigInt;
use num_rational::BigRational;

const ROUND: Kind = Kind::Open(Bracket::Round);
const SQUARE: Kind = Kind::Open(Bracket::Square);

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

/// What binds the next factor or product, or a primary.
pub(super) fn prefix(input: &mut Input<'_>) -> Parsed<Node> {
    let token = peek(input);
    let start = token.span.start;
    if token.kind != Kind::Name {
        return primary(input);
    }
    let next = ahead(input, 1);
    let expr = match (&*token.text, next.kind) {
        ("log", _) => function(input, Prefix::Log)?,
        ("exp", _) => function(input, Prefix::Exp)?,
        ("sqrt", _) => function(input, Prefix::Sqrt)?,
        ("abs", _) => function(input, Prefix::Abs)?,
        ("E", SQUARE) => {
            bump(input);
            let opened = open(input, Bracket::Square)?;
            let bindings = bindings(input, &opened)?;
            close(input, Bracket::Square, &opened)?;
            Expr::Expectation { bindings, body: body(input, "E[…]")? }
        }
        ("int" | "sum", SQUARE) => {
            let sum = token.is("sum");
            bump(input);
            let opened = open(input, Bracket::Square)?;
            let over = names(input)?;
            close(input, Bracket::Square, &opened)?;
            Expr::Integral { sum, over, body: body(input, if sum { "sum[…]" } else { "int[…]" })? }
        }
        ("sup" | "max" | "inf" | "min", SQUARE) => {
            let kind = match &*token.text {
                "sup" => Extremum::Sup,
                "max" => Extremum::Max,
                "inf" => Extremum::Inf,
                _ => Extremum::Min,
            };
            bump(input);
            let opened = open(input, Bracket::Square)?;
            let over = Box::new(range::bound(input)?);
            close(input, Bracket::Square, &opened)?;
            Expr::Extremum { kind, over, body: body(input, &format!("{}[…]", token.text))? }
        }
        ("d", SQUARE) => {
            bump(input);
            let opened = open(input, Bracket::Square)?;
            let parameter = name(input)?;
            close(input, Bracket::Square, &opened)?;
            Expr::Gradient { parameter, body: body(input, "d[…]")? }
        }
        ("E", _) => {
            return Err(fail(
                Diagnostic::new(token.span.clone(), "an expectation names its law in square brackets")
                    .suggest("write `E[x ~ p(x)] …`"),
            ));
        }
        ("int" | "sum" | "sup" | "max" | "min", _) => return Err(fail(bare_binder(token))),
        (text, SQUARE) if text.starts_with("E_") => {
            let law = text.trim_start_matches("E_");
            return Err(fail(
                Diagnostic::new(
                    token.span.clone(),
                    format!("`{text}[…]` does not say which variable it binds"),
                )
                .suggest(format!("write `E[x ~ {law}(x)] …`")),
            ));
        }
        _ => return primary(input),
    };
    Ok(Node { expr, span: start..last_end(input), bracketed: false })
}

fn bare_binder(token: &Token) -> Diagnostic {
    let (text, example) = (
        &*token.text,
        match &*token.text {
            "int" => "int[x] p(x)",
            "sum" => "sum[x] p(x)",
            "max" => "max[t in R] …`, or `larger(a, b)",
            "min" => "min[t in R] …`, or `smaller(a, b)",
            _ => "sup[t in dom f*] …",
        },
    );
    Diagnostic::new(token.span.clone(), format!("`{text}` says in square brackets what it ranges over"))
        .suggest(format!("write `{example}`"))
}

/// ( "log" | "exp" | … ) , power
fn function(input: &mut Input<'_>, prefix: Prefix) -> Parsed<Expr> {
    let token = bump(input);
    if !begins(input) && peek(input).kind != Kind::Bar {
        return Err(fail(unexpected(peek(input)).expected(format!("the argument of `{}`", token.text))));
    }
    let argument = deeper(input, expression::power)?;
    Ok(Expr::Prefix(prefix, Box::new(argument)))
}

/// The body of a binder: one product.
fn body(input: &mut Input<'_>, binder: &str) -> Parsed<Box<Node>> {
    let token = peek(input);
    if token.kind == Kind::Minus {
        return Err(fail(
            Diagnostic::new(
                token.span.clone(),
                format!("`{binder}` binds the next product, and here stands `-`"),
            )
            .suggest("put it into braces: `{ -a }`, or the minus before the binder"),
        ));
    }
    deeper(input, expression::product).map(Box::new)
}

/// binding , { "," , binding }
fn bindings(input: &mut Input<'_>, opened: &std::ops::Range<usize>) -> Parsed<Vec<Binding>> {
    if peek(input).kind == Kind::Close(Bracket::Square) {
        return Err(fail(
            Diagnostic::new(opened.clone(), "this expectation does not say under which law")
                .suggest("write `E[x ~ p(x)] …`"),
        ));
    }
    commas(input, binding)
}

/// names , "~" , law
pub(super) fn binding(input: &mut Input<'_>) -> Parsed<Binding> {
    let token = peek(input);
    let begun =
        token.kind == Kind::Name && matches!(ahead(input, 1).kind, Kind::Comma | Kind::Tilde | Kind::Name);
    if !begun || reserved(&token.text) {
        return Err(fail(no_law(token, "x")));
    }
    let names = names(input)?;
    let token = peek(input);
    match token.kind {
        Kind::Tilde => bump(input),
        Kind::Name => {
            return Err(fail(
                Diagnostic::new(token.span.clone(), format!("a comma is missing before `{}`", token.text))
                    .suggest("names are separated by commas: `E[x, z ~ p(x, z)] …`"),
            ));
        }
        _ => return Err(fail(no_law(token, names.first().map_or("x", |ident| &*ident.name)))),
    };
    Ok(Binding { names, law: law(input)? })
}

fn no_law(token: &Token, variable: &str) -> Diagnostic {
    Diagnostic::new(token.span.clone(), "an expectation names the law of what it binds")
        .expected(format!("`{variable} ~` and a law"))
        .suggest(format!(
            "write `E[{variable} ~ p({variable})] …`; what is averaged stands behind the brackets"
        ))
}

/// law = name , [ "(" , names , [ "|" , names ] , [ ";" , names ] , ")" ]
pub(super) fn law(input: &mut Input<'_>) -> Parsed<LawUse> {
    let name = name(input)?;
    let start = name.span.start;
    if peek(input).kind != ROUND {
        return Ok(LawUse { span: name.span.clone(), name, points: None });
    }
    let opened = open(input, Bracket::Round)?;
    let of = names(input)?;
    let given = if take(input, Kind::Bar) { names(input)? } else { Vec::new() };
    let parameters = if take(input, Kind::Semicolon) { names(input)? } else { Vec::new() };
    close(input, Bracket::Round, &opened)?;
    Ok(LawUse { name, points: Some(Points { of, given, parameters }), span: start..last_end(input) })
}

/// distance = … , "(" , law , "||" , law , ")"
fn distance(input: &mut Input<'_>) -> Parsed<Expr> {
    let kind = name(input)?;
    let opened = open(input, Bracket::Round)?;
    let p = law(input)?;
    let token = peek(input);
    match token.kind {
        _ if goes_on(token) => return Err(fail(formula_for_law(token, &kind.name))),
        Kind::DoubleBar => {
            bump(input);
        }
        Kind::Bar if touching(token, ahead(input, 1)) => {
            bump(input);
            bump(input);
        }
        Kind::Comma | Kind::Bar | Kind::Semicolon => {
            return Err(fail(
                Diagnostic::new(
                    token.span.clone(),
                    format!("the laws of {} stand on either side of `||`", kind.name),
                )
                .suggest(format!("write `{}({} || …)`", kind.name, p.name.name)),
            ));
        }
        _ => return Err(fail(unexpected(token).expected("`||`").also(opened, "opened here"))),
    }
    let q = law(input)?;
    let token = peek(input);
    if goes_on(token) {
        return Err(fail(formula_for_law(token, &kind.name)));
    }
    close(input, Bracket::Round, &opened)?;
    Ok(Expr::Distance { kind, p, q })
}

/// Does a formula go on here, where a law has ended?
fn goes_on(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::Plus | Kind::Minus | Kind::Star | Kind::Slash | Kind::Caret | Kind::Name | Kind::Number
    )
}

fn formula_for_law(token: &Token, kind: &str) -> Diagnostic {
    Diagnostic::new(token.span.clone(), format!("{kind} is of two laws, and here a formula goes on")).suggest(
        format!("give the product or mixture a name, `let m(x) = … be a law`, and write `{kind}(… || m)`"),
    )
}

fn touching(first: &Token, second: &Token) -> bool {
    first.kind == Kind::Bar && second.kind == Kind::Bar && first.span.end == second.span.start
}

/// "H" , "(" , law , [ "," , law ] , ")"
fn entropy(input: &mut Input<'_>) -> Parsed<Expr> {
    let kind = name(input)?;
    let opened = open(input, Bracket::Round)?;
    let p = law(input)?;
    let q = if take(input, Kind::Comma) { Some(law(input)?) } else { None };
    close(input, Bracket::Round, &opened)?;
    Ok(match q {
        Some(q) => Expr::Distance { kind, p, q },
        None => Expr::Entropy(p),
    })
}

/// The names of distances that stand before `(p || q)`.
fn is_distance(text: &str) -> bool {
    matches!(text, "KL" | "JS" | "chi2" | "TV" | "H2") || text.starts_with("D_")
}

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
    if next.kind == ROUND && is_distance(text) {
        return distance(input);
    }
    if next.kind == ROUND && text == "H" {
        return entropy(input);
    }
    if matches!(text, "log" | "exp" | "sqrt" | "abs" | "E" | "int" | "sum" | "sup" | "max" | "min") {
        return deeper(input, prefix).map(|node| node.expr);
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
    let name = name(input)?;
    let of = if peek(input).kind == ROUND {
        let opened = open(input, Bracket::Round)?;
        let of = names(input)?;
        close(input, Bracket::Round, &opened)?;
        Some(of)
    } else {
        None
    };
    expect(input, Kind::Equal, "=")?;
    let value = expression::sum(input)?;
    Ok(Witness { name, of, value })
}
