//! Sums, products, quotients, powers, and what binds the next factor or product.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Kind, Token};
use super::super::tree::{Expr, Node, Prefix};
use super::input::{Input, Parsed, bump, deeper, fail, last_end, peek, take, unexpected};
use super::{binder, primary};

/// An expression and the end of the line.
pub(super) fn whole(input: &mut Input<'_>) -> Parsed<Node> {
    let node = sum(input)?;
    let token = peek(input);
    if token.kind == Kind::End { Ok(node) } else { Err(fail(trailing(token))) }
}

/// What stands where an operator was expected.
pub(super) fn trailing(token: &Token) -> Diagnostic {
    let fault = unexpected(token).expected("an operator");
    match token.kind {
        Kind::Close(_) => Diagnostic::new(token.span.clone(), format!("`{}` closes nothing", token.text)),
        Kind::Prime => fault.suggest("`'` stands right behind a name: `f'(u)`, `z'`"),
        Kind::Tilde => fault.suggest("laws are named in the brackets of E: `E[x ~ p(x)] …`"),
        Kind::MuchLess => fault.suggest("absolute continuity is assumed: `assuming p << q`"),
        Kind::Bar | Kind::DoubleBar => fault.suggest(
            "conditions stand in the brackets of a law: `p(z | x)`; absolute values are closed: `|a|`",
        ),
        _ => fault,
    }
}

fn node(expr: Expr, start: usize, input: &Input<'_>) -> Node {
    Node { expr, span: start..last_end(input), bracketed: false }
}

/// expr = [ "-" ] , term , { ( "+" | "-" ) , term }
pub(super) fn sum(input: &mut Input<'_>) -> Parsed<Node> {
    deeper(input, |input| {
        let start = peek(input).span.start;
        let mut terms = vec![signed(input)?];
        loop {
            match peek(input).kind {
                Kind::Plus => {
                    bump(input);
                    terms.push(product(input)?);
                }
                Kind::Minus => terms.push(signed(input)?),
                _ => break,
            }
        }
        if terms.len() > 1 {
            return Ok(node(Expr::Sum(terms), start, input));
        }
        terms.pop().ok_or_else(|| fail(unexpected(peek(input))))
    })
}

fn signed(input: &mut Input<'_>) -> Parsed<Node> {
    let start = peek(input).span.start;
    if take(input, Kind::Minus) {
        let body = product(input)?;
        return Ok(node(Expr::Negative(Box::new(body)), start, input));
    }
    if peek(input).kind == Kind::Plus {
        return Err(fail(unexpected(peek(input)).expected("a term").suggest("leave the `+` out")));
    }
    product(input)
}

/// term = ratio , { [ "*" ] , ratio }
pub(super) fn product(input: &mut Input<'_>) -> Parsed<Node> {
    let start = peek(input).span.start;
    let mut factors = vec![ratio(input)?];
    loop {
        let token = peek(input);
        if token.kind == Kind::Star || primary::begins(input) {
            if let Some(prefix) = factors.last().and_then(open_prefix) {
                return Err(fail(loose(prefix, token)));
            }
            take(input, Kind::Star);
            factors.push(ratio(input)?);
        } else {
            break;
        }
    }
    if factors.len() > 1 {
        return Ok(node(Expr::Product(factors), start, input));
    }
    factors.pop().ok_or_else(|| fail(unexpected(peek(input))))
}

/// ratio = power , [ "/" , power ]
fn ratio(input: &mut Input<'_>) -> Parsed<Node> {
    let start = peek(input).span.start;
    let above = power(input)?;
    let slash = peek(input);
    if slash.kind != Kind::Slash {
        return Ok(above);
    }
    if let Some(prefix) = open_prefix(&above) {
        return Err(fail(loose(prefix, slash)));
    }
    bump(input);
    let below = power(input)?;
    let again = peek(input);
    if again.kind == Kind::Slash {
        return Err(fail(
            Diagnostic::new(again.span.clone(), "`a / b / c` can be read in two ways")
                .also(slash.span.clone(), "the first quotient")
                .suggest("write `(a / b) / c`, which is `a / (b * c)`, or `a / (b / c)`"),
        ));
    }
    Ok(node(Expr::Quotient(Box::new(above), Box::new(below)), start, input))
}

/// Is it `log a` without brackets, to which a reader might add what follows?
fn open_prefix(node: &Node) -> Option<(&'static str, &Node)> {
    if node.bracketed {
        return None;
    }
    let Expr::Prefix(prefix, argument) = &node.expr else { return None };
    let name = match prefix {
        Prefix::Log => "log",
        Prefix::Exp => "exp",
        Prefix::Sqrt => "sqrt",
        Prefix::Abs => "abs",
    };
    match &argument.expr {
        _ if argument.bracketed => None,
        Expr::Prefix(..) => open_prefix(argument).map(|(_, inner)| (name, inner)),
        _ => Some((name, argument)),
    }
}

fn loose((name, argument): (&str, &Node), token: &Token) -> Diagnostic {
    let operator = match token.kind {
        Kind::Slash => "/",
        _ => "*",
    };
    Diagnostic::new(token.span.clone(), format!("does `{name}` end here?"))
        .label("without brackets this can be read in two ways")
        .also(argument.span.clone(), format!("`{name}` binds only this"))
        .suggest(format!("write `{name} (a {operator} b)` or `({name} a) {operator} b`"))
}

/// power = prefix , [ "^" , exponent ]
pub(super) fn power(input: &mut Input<'_>) -> Parsed<Node> {
    let start = peek(input).span.start;
    if peek(input).kind == Kind::Minus {
        return Err(fail(
            unexpected(peek(input))
                .expected("a factor")
                .suggest("put a negative factor into brackets: `(-a)`"),
        ));
    }
    let base = binder::prefix(input)?;
    if peek(input).kind != Kind::Caret {
        return Ok(base);
    }
    bump(input);
    let minus = peek(input).span.start;
    let exponent = if take(input, Kind::Minus) {
        let body = primary::primary(input)?;
        node(Expr::Negative(Box::new(body)), minus, input)
    } else {
        primary::primary(input)?
    };
    if peek(input).kind == Kind::Caret {
        return Err(fail(
            Diagnostic::new(peek(input).span.clone(), "`a^b^c` can be read in two ways")
                .suggest("write brackets: `(a^b)^c`"),
        ));
    }
    Ok(node(Expr::Power(Box::new(base), Box::new(exponent)), start, input))
}
