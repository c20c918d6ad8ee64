//! The chain's lines: the first expression and the links.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind, Token};
use super::super::tree::{Citation, Link, Node, Says};
use super::input::{
    Input, Parsed, ahead, bump, close, commas, expect_word, fail, last_end, name, open, peek, unexpected,
    word,
};
use super::{expression, primary};
use crate::chain::Relation;
use crate::term::Name;

/// Does a link begin with this token?
pub(super) fn begins_link(token: &Token) -> bool {
    token.is_relation() || token.is("attained")
}

/// The first line, and the link that may stand in the same line of text.
pub(super) fn first(input: &mut Input<'_>) -> Parsed<(Node, Option<Link>)> {
    let node = expression::sum(input)?;
    let token = peek(input);
    if token.kind == Kind::End {
        return Ok((node, None));
    }
    if begins_link(token) {
        return Ok((node, Some(link(input)?)));
    }
    if token.is("by") {
        return Err(fail(
            Diagnostic::new(token.span.clone(), "the first line needs no reason")
                .note("a reason says why a line follows from the one before it"),
        ));
    }
    Err(fail(expression::trailing(token)))
}

/// link = ( "=" | "<=" | ">=" ) , expr , … | "attained" , "at" , witness , …
pub(super) fn link(input: &mut Input<'_>) -> Parsed<Link> {
    let token = bump(input);
    let start = token.span.start;
    let says = if token.is("attained") {
        expect_word(input, "at")?;
        Says::Attained(primary::witness(input)?)
    } else {
        let relation = relation(token)?;
        let again = peek(input);
        if again.is_relation() {
            return Err(fail(
                Diagnostic::new(again.span.clone(), format!("`{}` stands twice", again.text))
                    .also(token.span.clone(), "the relation is here")
                    .expected("an expression"),
            ));
        }
        Says::Relates(relation, expression::sum(input)?)
    };
    let by = if word(input, "by") { reasons(input)? } else { Vec::new() };
    let label = label(input)?;
    let token = peek(input);
    if token.kind == Kind::End {
        return Ok(Link { says, by, label, span: start..last_end(input) });
    }
    Err(fail(if token.is_relation() {
        Diagnostic::new(token.span.clone(), "a second relation in one line")
            .label("put this link on a line of its own")
            .note("each link has its own reasons, and is checked by itself")
    } else {
        expression::trailing(token)
    }))
}

fn relation(token: &Token) -> Parsed<Relation> {
    match token.kind {
        Kind::Equal => Ok(Relation::Equal),
        Kind::AtMost => Ok(Relation::AtMost),
        Kind::AtLeast => Ok(Relation::AtLeast),
        _ => {
            let fault =
                Diagnostic::new(token.span.clone(), format!("`{}` is no relation of a chain", token.text))
                    .expected("`=`, `<=` or `>=`");
            Err(fail(match token.kind {
                Kind::Less => {
                    fault.suggest("write `<=`").note("strict inequalities can be assumed, not chained")
                }
                Kind::Greater => {
                    fault.suggest("write `>=`").note("strict inequalities can be assumed, not chained")
                }
                _ => fault,
            }))
        }
    }
}

/// reasons = "by" , reason , { "," , reason }
fn reasons(input: &mut Input<'_>) -> Parsed<Vec<Citation>> {
    commas(input, reason)
}

/// reason = rule name , [ "(" , witness , ")" ]: the name is all up to the next comma.
fn reason(input: &mut Input<'_>) -> Parsed<Citation> {
    let start = peek(input).span.start;
    let mut rule = String::new();
    let mut end = start;
    while continues(peek(input)) {
        let token = bump(input);
        if !rule.is_empty() && token.span.start > end {
            rule.push(' ');
        }
        rule.push_str(&token.text);
        end = token.span.end;
    }
    if rule.is_empty() {
        let token = peek(input);
        return Err(fail(
            Diagnostic::new(token.span.clone(), "`by` names no reason")
                .expected("the name of a rule")
                .suggest("name a rule, `by linearity`, or leave `by` out where arithmetic is reason enough"),
        ));
    }
    let witness = if peek(input).kind == Kind::Open(Bracket::Round) {
        let opened = open(input, Bracket::Round)?;
        let witness = primary::witness(input)?;
        close(input, Bracket::Round, &opened)?;
        Some(witness)
    } else {
        None
    };
    Ok(Citation { rule: rule.into(), witness, span: start..last_end(input) })
}

fn continues(token: &Token) -> bool {
    !matches!(token.kind, Kind::Comma | Kind::End | Kind::Open(_) | Kind::Close(_))
}

/// label = "[" , name , "]"
fn label(input: &mut Input<'_>) -> Parsed<Option<Name>> {
    if peek(input).kind != Kind::Open(Bracket::Square) {
        return Ok(None);
    }
    let opened = open(input, Bracket::Square)?;
    let label = match ahead(input, 0).kind {
        Kind::Number => bump(input).text.clone(),
        Kind::Name => name(input)?.name,
        _ => return Err(fail(unexpected(peek(input)).expected("a label, as in `[gap]`"))),
    };
    close(input, Bracket::Square, &opened)?;
    Ok(Some(label))
}

/// A line of the chain that begins without a relation.
pub(super) fn no_relation(token: &Token) -> Diagnostic {
    Diagnostic::new(token.span.clone(), "this line does not say how it relates to the one before it")
        .expected("`=`, `<=`, `>=` or `attained at`")
}

/// Another first line, with links of its own.
pub(super) fn second_chain(token: &Token) -> Diagnostic {
    Diagnostic::new(token.span.clone(), "a second chain begins here")
        .note("a plain text holds one chain, and a line of it begins with `=`, `<=`, `>=` or `attained at`")
        .suggest("put each chain into a file of its own, or into a block of a Markdown file: ```derivation id=\"…\"")
}

/// There is no first line.
pub(super) fn nothing(link: Option<&Link>, end: usize) -> Diagnostic {
    match link {
        Some(link) => Diagnostic::new(link.span.start..link.span.start, "this chain has no first line")
            .suggest("begin with the expression that is transformed; links follow it"),
        None => Diagnostic::new(end..end, "this derivation has no chain")
            .expected("an expression, and lines that begin with `=`, `<=` or `>=`"),
    }
}

/// There is only a first line.
pub(super) fn no_link(first: &Node) -> Diagnostic {
    Diagnostic::new(first.span.clone(), "a chain of one line says nothing")
        .expected("a line that begins with `=`, `<=` or `>=`")
}
