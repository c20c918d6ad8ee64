//! The statements above a chain: `let` and `assuming`.

use super::super::diagnostic::Diagnostic;
use super::super::token::{Bracket, Kind};
use super::super::tree::{Assumption, Be, Declaration, Ident, LawUse};
use super::input::{
    Input, Parsed, ahead, bump, close, commas, expect_word, fail, name, open, peek, take, unexpected, word,
};
use super::{binder, expression, law, range};
use crate::context::{Comparison, Property};

/// "let" , declaration
pub(super) fn declaration(input: &mut Input<'_>) -> Parsed<Declaration> {
    bump(input);
    let subjects = commas(input, law::law)?;
    let be = if take(input, Kind::Equal) {
        let value = expression::sum(input)?;
        if word(input, "be") {
            word(input, "a");
            if word(input, "law") {
                Be::DefinedLaw(value)
            } else if word(input, "generator") {
                Be::DefinedGenerator(value)
            } else {
                return Err(fail(unexpected(peek(input)).expected("`a law` or `a generator`")));
            }
        } else {
            Be::Defined(value)
        }
    } else if word(input, "in") {
        Be::In(range::range(input)?)
    } else if word(input, "be") {
        be(input)?
    } else {
        return Err(fail(unexpected(peek(input)).expected("`be`, `=` or `in`").note(
            "for example `let x be real`, `let c be a number`, `let T(x) = log x`, `let T(x) in dom f*`",
        )));
    };
    let token = peek(input);
    if token.kind == Kind::Comma && matches!(be, Be::Defined(_)) {
        return Err(fail(
            Diagnostic::new(token.span.clone(), "one `let` gives one formula")
                .suggest("write the other on a line of its own: `let s(x) = … be a law`"),
        ));
    }
    if token.kind != Kind::End {
        return Err(fail(expression::trailing(token)));
    }
    check_subjects(&subjects, &be)?;
    Ok(Declaration { subjects, be })
}

fn be(input: &mut Input<'_>) -> Parsed<Be> {
    while word(input, "a") || word(input, "the") || word(input, "an") {}
    let token = bump(input);
    Ok(match &*token.text {
        "real" => Be::Real,
        "finite" => Be::Finite,
        "number" | "numbers" => Be::Number,
        "law" | "laws" => {
            if !word(input, "of") {
                return Ok(Be::Law);
            }
            let map = name(input)?;
            let mut arguments = Vec::new();
            if peek(input).kind == Kind::Open(Bracket::Round) {
                let opened = open(input, Bracket::Round)?;
                arguments = commas(input, name)?;
                close(input, Bracket::Round, &opened)?;
            }
            let token = peek(input);
            if matches!(
                token.kind,
                Kind::Plus | Kind::Minus | Kind::Star | Kind::Slash | Kind::Caret | Kind::Number
            ) {
                return Err(fail(unexpected(token).expected("`with` and the noise").suggest(
                    "give the map a name, `let g(e, theta) = …`, and write `the law of g(e, theta) with e ~ r(e)`",
                )));
            }
            expect_word(input, "with")?;
            Be::LawOf { map, arguments, noise: binder::binding(input)? }
        }
        "function" | "functions" => Be::Function,
        "class" => {
            expect_word(input, "of")?;
            expect_word(input, "functions")?;
            Be::Class(if word(input, "into") { Some(range::range(input)?) } else { None })
        }
        "generator" => Be::Generator(if word(input, "of") { Some(catalogue(input)?) } else { None }),
        _ => {
            return Err(fail(
                unexpected(token)
                    .expected("`real`, `finite`, `a number`, `a law`, `a function`, `a generator` or `a class of functions`"),
            ));
        }
    })
}

/// A name of the catalogue: `kl`, `alpha(0.5)`.
fn catalogue(input: &mut Input<'_>) -> Parsed<super::super::tree::Ident> {
    let mut ident = name(input)?;
    if peek(input).kind == Kind::Open(Bracket::Round) {
        let mut text = ident.name.to_string();
        while !matches!(peek(input).kind, Kind::End | Kind::Close(_)) {
            text.push_str(&bump(input).text);
        }
        let close = super::input::expect(input, Kind::Close(Bracket::Round), ")")?;
        text.push(')');
        ident.span.end = close.end;
        ident.name = text.into();
    }
    Ok(ident)
}

fn check_subjects(subjects: &[LawUse], be: &Be) -> Parsed<()> {
    let bare = matches!(be, Be::Real | Be::Finite | Be::Number | Be::Generator(_) | Be::Class(_));
    let applied = matches!(
        be,
        Be::LawOf { .. }
            | Be::Function
            | Be::In(_)
            | Be::Defined(_)
            | Be::DefinedLaw(_)
            | Be::DefinedGenerator(_)
    );
    let single = matches!(
        be,
        Be::LawOf { .. }
            | Be::Defined(_)
            | Be::DefinedLaw(_)
            | Be::DefinedGenerator(_)
            | Be::Generator(_)
            | Be::Class(_)
    );
    for subject in subjects {
        if bare && subject.points.is_some() {
            return Err(fail(
                Diagnostic::new(subject.span.clone(), "this declaration is of a bare name")
                    .suggest(format!("write `let {} be …`", subject.name.name)),
            ));
        }
        if applied && subject.points.is_none() {
            return Err(fail(
                Diagnostic::new(
                    subject.span.clone(),
                    format!("of what is `{}` a function?", subject.name.name),
                )
                .suggest(format!("name its variables: `{}(x)`", subject.name.name)),
            ));
        }
    }
    match subjects.get(1) {
        Some(second) if single => {
            Err(fail(Diagnostic::new(second.span.clone(), "this declaration is of one name")))
        }
        _ => Ok(()),
    }
}

/// "assuming" , assumption , { "," , assumption }
pub(super) fn assumptions(input: &mut Input<'_>) -> Parsed<Vec<Assumption>> {
    bump(input);
    let mut all = Vec::new();
    loop {
        assumption(input, &mut all)?;
        let token = peek(input);
        match token.kind {
            Kind::Comma => {
                bump(input);
            }
            Kind::End => return Ok(all),
            _ if token.is("and") => {
                bump(input);
            }
            _ => return Err(fail(unexpected(token).expected("`,` and another assumption"))),
        }
    }
}

fn assumption(input: &mut Input<'_>, all: &mut Vec<Assumption>) -> Parsed<()> {
    if next_is_continuity(input) {
        let left = law::law(input)?;
        if !take(input, Kind::MuchLess) {
            return Err(fail(unexpected(peek(input)).expected("`<<`")));
        }
        let right = law::law(input)?;
        all.push(Assumption::AbsolutelyContinuous(left, right));
        return Ok(());
    }
    if has_property(input) {
        let subject = name(input)?;
        let _ = word(input, "is") || word(input, "has") || word(input, "are");
        loop {
            let start = peek(input).span.start;
            let (property, within) = property(input)?;
            let span = start..super::input::last_end(input);
            all.push(Assumption::Has { name: subject.clone(), property, within, span });
            let comma = peek(input).kind == Kind::Comma || peek(input).is("and");
            if comma && is_property(input, 1) {
                bump(input);
            } else if !is_property(input, 0) {
                return Ok(());
            }
        }
    }
    let left = expression::sum(input)?;
    let token = peek(input);
    if token.is("in") {
        bump(input);
        if word(input, "subdiff") {
            let generator = name(input)?;
            let opened = open(input, Bracket::Round)?;
            let at = expression::sum(input)?;
            close(input, Bracket::Round, &opened)?;
            all.push(Assumption::Subgradient { slope: left, generator, at });
        } else {
            all.push(Assumption::In(left, range::range(input)?));
        }
        return Ok(());
    }
    if token.is("is") {
        bump(input);
        expect_word(input, "finite")?;
        all.push(Assumption::Finite(left));
        return Ok(());
    }
    let comparison = match token.kind {
        Kind::Equal => Comparison::Equal,
        Kind::AtMost => Comparison::AtMost,
        Kind::AtLeast => Comparison::AtLeast,
        Kind::Less => Comparison::Less,
        Kind::Greater => Comparison::Greater,
        Kind::Different => Comparison::Different,
        _ => {
            return Err(fail(unexpected(token).expected("a relation, `in`, `is`, or `<<`").note(
                "for example `assuming p << q`, `assuming KL(p || q) < inf`, `assuming f is closed`",
            )));
        }
    };
    bump(input);
    let right = expression::sum(input)?;
    all.push(Assumption::Compares(left, comparison, right));
    Ok(())
}

/// Does a `<<` stand before the next comma outside brackets?
fn next_is_continuity(input: &Input<'_>) -> bool {
    let mut depth = 0_usize;
    for token in input.input.iter() {
        match token.kind {
            Kind::MuchLess if depth == 0 => return true,
            Kind::Comma if depth == 0 => return false,
            Kind::Open(_) => depth += 1,
            Kind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

/// Does a name stand here of which a property is said?
fn has_property(input: &Input<'_>) -> bool {
    let next = ahead(input, 1);
    peek(input).kind == Kind::Name
        && (is_property(input, 1)
            || next.is("has")
            || ((next.is("is") || next.is("are")) && !ahead(input, 2).is("finite")))
}

fn is_property(input: &Input<'_>, places: usize) -> bool {
    matches!(
        &*ahead(input, places).text,
        "convex"
            | "closed"
            | "strictly"
            | "differentiable"
            | "normalised"
            | "normalized"
            | "bounded"
            | "integrable"
            | "regular"
            | "constant"
    )
}

/// The property, and in what: `regular in theta`.
fn property(input: &mut Input<'_>) -> Parsed<(Property, Option<Ident>)> {
    let token = bump(input);
    let mut within = None;
    let property = match &*token.text {
        "convex" => Property::Convex,
        "closed" => Property::Closed,
        "strictly" => {
            expect_word(input, "convex")?;
            Property::StrictlyConvex
        }
        "differentiable" => Property::Differentiable,
        "normalised" | "normalized" => Property::Normalised,
        "bounded" => Property::Bounded,
        "integrable" => Property::Integrable,
        "regular" => {
            if word(input, "in") {
                within = Some(name(input)?);
            }
            Property::Regular
        }
        "constant" => {
            expect_word(input, "support")?;
            Property::ConstantSupport
        }
        _ => {
            return Err(fail(unexpected(token).expected(
                "a property: `convex`, `closed`, `strictly convex`, `differentiable`, `normalised`, `bounded`, `integrable`, `regular`, `constant support`",
            )));
        }
    };
    Ok((property, within))
}
