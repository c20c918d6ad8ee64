//! Laws, and what is said of two of them: `p(x | z)`, `KL(p || q)`, `H(p)`.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind, Token};
use super::super::tree::{Expr, LawUse, Points};
use super::input::{
    Input, Parsed, ahead, bump, close, fail, last_end, name, names, open, peek, take, unexpected,
};

const ROUND: Kind = Kind::Open(Bracket::Round);

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
pub(super) fn distance(input: &mut Input<'_>) -> Parsed<Expr> {
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
    let token = peek(input);
    if matches!(token.kind, Kind::Open(_)) {
        return Err(fail(formula_for_law(token, &kind.name)));
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
    Diagnostic::new(token.span.clone(), format!("{kind} is of two laws, and here stands a formula")).suggest(
        format!("give the product or mixture a name, `let m(x) = … be a law`, and write `{kind}(… || m)`"),
    )
}

fn touching(first: &Token, second: &Token) -> bool {
    first.kind == Kind::Bar && second.kind == Kind::Bar && first.span.end == second.span.start
}

/// "H" , "(" , law , [ "," , law ] , ")"
pub(super) fn entropy(input: &mut Input<'_>) -> Parsed<Expr> {
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
pub(super) fn is_distance(text: &str) -> bool {
    matches!(text, "KL" | "JS" | "chi2" | "TV" | "H2") || text.starts_with("D_")
}
