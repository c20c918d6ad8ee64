//! What stands before its argument or binds its body: `log`, `E[…]`, `int[…]`, `sup[…]`, `d[…]`.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind, Token};
use super::super::tree::{Binding, Expr, Node, Prefix};
use super::input::{
    Input, Parsed, ahead, bump, close, commas, deeper, fail, last_end, name, names, open, peek, reserved,
    unexpected,
};
use super::law::law;
use super::primary::{begins, primary};
use super::{expression, range};
use crate::term::Extremum;

const SQUARE: Kind = Kind::Open(Bracket::Square);

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
