//! What an extremum ranges over, and where values lie.

use super::super::token::{Bracket, Kind};
use super::super::tree::{Bound, Range};
use super::expression;
use super::input::{Input, Parsed, bump, fail, name, name_of, peek, take, unexpected, word};

/// over = name , [ "in" , range ] | application , [ "in" , range ]
pub(super) fn bound(input: &mut Input<'_>) -> Parsed<Bound> {
    let (name, of) = name_of(input)?;
    let range = if word(input, "in") { Some(range(input)?) } else { None };
    Ok(Bound { name, of, range })
}

/// range = "R" | "dom" , name , [ "*" ] | name | interval
pub(super) fn range(input: &mut Input<'_>) -> Parsed<Range> {
    let token = peek(input);
    match token.kind {
        Kind::Name if token.is("R") => {
            bump(input);
            Ok(Range::Real)
        }
        Kind::Name if token.is("dom") => {
            bump(input);
            let generator = name(input)?;
            Ok(if take(input, Kind::Star) {
                Range::ConjugateDomain(generator)
            } else {
                Range::Domain(generator)
            })
        }
        Kind::Name => name(input).map(Range::Class),
        Kind::Open(bracket @ (Bracket::Round | Bracket::Square)) => {
            bump(input);
            let low = Box::new(expression::sum(input)?);
            super::input::expect(input, Kind::Comma, ",")?;
            let high = Box::new(expression::sum(input)?);
            let end = peek(input);
            let high_closed = match end.kind {
                Kind::Close(Bracket::Square) => true,
                Kind::Close(Bracket::Round) => false,
                _ => {
                    let fault =
                        unexpected(end).expected("`]` or `)`").also(token.span.clone(), "opened here");
                    return Err(fail(fault));
                }
            };
            bump(input);
            Ok(Range::Interval { low, low_closed: bracket == Bracket::Square, high, high_closed })
        }
        _ => Err(fail(
            unexpected(token).expected("`R`, `dom f`, `dom f*`, an interval `[0, inf)`, or a declared class"),
        )),
    }
}
