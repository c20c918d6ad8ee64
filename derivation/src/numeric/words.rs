//! A model told in words: laws as lists of masses, generators as formulas, both values
//! and what they show.

use super::gather::{Pair, Place};
use super::generator::{Generator, Piecewise};
use super::model::{FunctionModel, Model, Smooth, for_each_index};
use super::program::{LawInfo, Program};
use super::rational::Rational;
use super::value::Value;
use crate::chain::Relation;
use crate::report::Counterexample;
use crate::syntax::displayed;
use std::cmp::Ordering;

/// The model of a place and what it shows of a pair of lines.
pub(super) fn counterexample(program: &Program, pair: Pair, place: &Place) -> Counterexample {
    Counterexample {
        model: entries(program, place),
        left: value(program, &place.left),
        right: value(program, &place.right),
        says: says(pair, place),
    }
}

/// What the parts of a model are called and what they are.
pub(super) fn entries(program: &Program, place: &Place) -> Vec<(String, String)> {
    let model = &place.model;
    let mut entries = Vec::new();
    for (law, info) in program.laws.iter().enumerate() {
        entries.extend(law_entries(program, model, law, info));
    }
    for (index, slot) in program.free.iter().enumerate() {
        let info = &program.slots[*slot];
        let name = displayed(&info.name);
        entries.push((name.to_owned(), point_name(program, info.space, place.points[index])));
    }
    if uses_numbers(program) {
        for (space, (name, _)) in program.spaces.iter().enumerate() {
            entries.push((format!("points of {name}"), list(&model.numbers[space])));
        }
    }
    for (info, function) in program.functions.iter().zip(&model.functions) {
        let arguments: Vec<String> = info
            .spaces
            .iter()
            .enumerate()
            .map(|(i, space)| {
                space.map_or_else(|| format!("a{}", i + 1), |s| program.spaces[s].0.to_string())
            })
            .collect();
        let text = match function {
            FunctionModel::Table(values) => {
                let sizes: Vec<usize> = info.spaces.iter().flatten().map(|s| model.sizes[*s]).collect();
                nested(&sizes, &values.iter().map(short).collect::<Vec<_>>())
            }
            FunctionModel::Smooth(smooth) => polynomial(smooth, &arguments),
        };
        entries.push((format!("{}({})", info.name, arguments.join(", ")), text));
    }
    for ((name, _), functions) in program.classes.iter().zip(&model.classes) {
        let texts: Vec<String> = functions
            .iter()
            .map(|values| format!("({})", values.iter().take(2).map(short).collect::<Vec<_>>().join(", ")))
            .collect();
        entries.push((name.to_string(), format!("{{{}}}", texts.join(", "))));
    }
    for parameter in &program.free_parameters {
        entries.push((
            displayed(&program.parameters[*parameter]).to_owned(),
            short(&model.parameters[*parameter]),
        ));
    }
    for (info, generator) in program.generators.iter().zip(&model.generators) {
        let text = match generator {
            Generator::Piecewise(f) => formula(f),
            Generator::Catalogue(f) => format!("the generator of {} ({})", f.title(), f.name()),
            Generator::Formula => continue,
        };
        entries.push((format!("{}(u)", info.name), text));
    }
    entries
}

fn uses_numbers(program: &Program) -> bool {
    program.functions.iter().any(|f| f.of_numbers) || program.lines.iter().any(super::program::names_a_point)
}

fn point_name(program: &Program, space: usize, point: usize) -> String {
    format!("{}{}", program.spaces[space].0, point + 1)
}

fn list(numbers: &[Rational]) -> String {
    format!("({})", numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

/// A table as nested tuples, the first dimension outermost.
fn nested(sizes: &[usize], texts: &[String]) -> String {
    match sizes {
        [] => texts.first().cloned().unwrap_or_default(),
        [_] => format!("({})", texts.join(", ")),
        [first, rest @ ..] => {
            let width = texts.len() / first.max(&1);
            let rows: Vec<String> = texts.chunks(width.max(1)).map(|row| nested(rest, row)).collect();
            format!("({})", rows.join(", "))
        }
    }
}

/// A law: its masses, for every value of what it depends on; and the kernels where a
/// condition has no mass.
fn law_entries(program: &Program, model: &Model, law: usize, info: &LawInfo) -> Vec<(String, String)> {
    if info.definition.is_some() || info.pushforward.is_some() {
        return Vec::new();
    }
    let law_model = &model.laws[law];
    let dimensions = model.dimensions(program, law);
    let (own, given) = dimensions.split_at(info.own);
    let names =
        |from: &[usize]| -> Vec<String> { from.iter().map(|s| program.spaces[*s].0.to_string()).collect() };
    let before = names(&info.spaces[..info.own]).join(", ");
    let parameters: Vec<&str> = info.parameters.iter().map(|p| &*program.parameters[*p]).collect();
    let semicolon =
        if parameters.is_empty() { String::new() } else { format!("; {}", parameters.join(", ")) };
    let columns: usize = given.iter().product();
    let mut entries = Vec::new();
    for_each_index(given, |column, index| {
        let column_of = |table: &[Rational]| -> Vec<Rational> {
            table.iter().skip(column).step_by(columns).cloned().collect()
        };
        let conditions: Vec<String> = index
            .iter()
            .enumerate()
            .map(|(i, at)| point_name(program, info.spaces[info.own + i], *at))
            .collect();
        let bar = if conditions.is_empty() { String::new() } else { format!("|{}", conditions.join(", ")) };
        let masses: Vec<String> = column_of(&law_model.mass).iter().map(ToString::to_string).collect();
        entries.push((format!("{}({before}{bar}{semicolon})", info.name), nested(own, &masses)));
        for (slopes, parameter) in law_model.slopes.iter().zip(&parameters) {
            let slopes: Vec<String> = column_of(slopes).iter().map(ToString::to_string).collect();
            entries.push((format!("its slope in {parameter}"), nested(own, &slopes)));
        }
    });
    if info.own == dimensions.len() {
        entries.extend(kernels_without_mass(program, model, law, &dimensions));
    }
    entries
}

/// p(z|x₂) where p(x₂) = 0: it is no quotient of the joint.
fn kernels_without_mass(
    program: &Program,
    model: &Model,
    law: usize,
    dimensions: &[usize],
) -> Vec<(String, String)> {
    let info = &program.laws[law];
    let mut entries = Vec::new();
    for shape in program.shapes.iter().take(program.stated).filter(|shape| shape.law == law) {
        let ([of], [given]) = (&shape.of[..], &shape.given[..]) else { continue };
        let marginal = |table: &[Rational], keep: &[(usize, usize)]| {
            let mut sum = Rational::ZERO;
            for_each_index(dimensions, |flat, index| {
                if keep.iter().all(|(c, at)| index[*c] == *at) {
                    sum = sum.add(&table[flat]);
                }
            });
            sum
        };
        for condition in 0..dimensions[*given] {
            let fallback = &model.laws[law].fallback;
            let at = (*given, condition);
            if !marginal(&model.laws[law].mass, &[at]).is_zero() {
                continue;
            }
            let total = marginal(fallback, &[at]);
            let row: Vec<Rational> = (0..dimensions[*of])
                .filter_map(|point| marginal(fallback, &[at, (*of, point)]).div(&total))
                .collect();
            let (space, other) = (info.spaces[*of], info.spaces[*given]);
            let name = format!(
                "{}({}|{})",
                info.name,
                program.spaces[space].0,
                point_name(program, other, condition)
            );
            entries.push((name, list(&row)));
        }
    }
    entries
}

fn short(value: &Value) -> String {
    match value {
        Value::Exact(exact) => exact.to_string(),
        other => other.to_string(),
    }
}

/// A value, and where it is undefined the point at which.
fn value(program: &Program, value: &Value) -> String {
    match value {
        Value::Undefined(why) => match why.at {
            Some((slot, point)) => {
                let info = &program.slots[slot];
                let name = displayed(&info.name);
                format!("{value} at {name} = {}", point_name(program, info.space, point))
            }
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}

fn says(pair: Pair, place: &Place) -> String {
    let undefined = |side: &Value| matches!(side, Value::Undefined(_));
    match (undefined(&place.left), undefined(&place.right)) {
        (true, true) => return "Both lines are undefined here.".into(),
        (true, false) => return "The line before is undefined here.".into(),
        (false, true) => return "This line is undefined here.".into(),
        (false, false) => {}
    }
    if place.outside {
        return "The element is no member of the range over which the extremum is taken.".into();
    }
    let order = place.left.compare(&place.right);
    let relation = match order {
        Some(Ordering::Less) => "less than",
        Some(Ordering::Greater) => "greater than",
        Some(Ordering::Equal) => "equal to",
        None => "equal, as far as is computed, to",
    };
    let claim = match (pair.relation, order) {
        (Relation::Equal, Some(Ordering::Less | Ordering::Greater)) => ", not equal to it",
        (Relation::AtMost, Some(Ordering::Greater)) => ", not at most it",
        (Relation::AtLeast, Some(Ordering::Less)) => ", not at least it",
        _ => "",
    };
    format!("The line before is {relation} this line{claim}.")
}

/// `2 u - 1/2`, from slope and value at 0.
fn line(slope: &Rational, constant: &Rational, name: &str) -> String {
    let mut text = match slope {
        slope if slope.is_zero() => String::new(),
        slope if slope.is_one() => name.to_owned(),
        slope if slope.negative().is_one() => format!("-{name}"),
        slope => format!("{slope} {name}"),
    };
    if text.is_empty() {
        return constant.to_string();
    }
    match constant.sign() {
        Ordering::Equal => {}
        Ordering::Greater => text.push_str(&format!(" + {constant}")),
        Ordering::Less => text.push_str(&format!(" - {}", constant.negative())),
    }
    text
}

/// A generator: the largest of lines, or its pieces.
pub(super) fn formula(f: &Piecewise) -> String {
    let text = if f.is_linear() {
        let lines: Vec<String> = f
            .pieces
            .iter()
            .map(|piece| line(&piece.slope, &piece.value.sub(&piece.slope.mul(&piece.from)), "u"))
            .collect();
        match &lines[..] {
            [only] => only.clone(),
            _ => format!("max({})", lines.join(", ")),
        }
    } else {
        let pieces: Vec<String> = f
            .pieces
            .iter()
            .map(|piece| {
                // Expanded: c u² + (m − 2 c from) u + rest.
                let c = &piece.curvature;
                let m = piece.slope.sub(&c.add(c).mul(&piece.from));
                let rest =
                    piece.value.sub(&piece.slope.mul(&piece.from)).add(&c.mul(&piece.from).mul(&piece.from));
                let square = match c {
                    c if c.is_zero() => String::new(),
                    c if c.is_one() => "u^2".to_owned(),
                    c => format!("{c} u^2"),
                };
                let tail = line(&m, &rest, "u");
                let body = match (square.is_empty(), tail.as_str()) {
                    (true, _) => tail,
                    (false, "0") => square,
                    (false, tail) if tail.starts_with('-') => format!("{square} - {}", &tail[1..]),
                    (false, tail) => format!("{square} + {tail}"),
                };
                if f.pieces.len() == 1 { body } else { format!("{body} from u = {}", piece.from) }
            })
            .collect();
        pieces.join("; ")
    };
    match &f.jump {
        None => format!("{text} for u > 0, f(0) = ∞"),
        Some(jump) if jump.is_zero() => text,
        Some(jump) => format!("{text} for u > 0, f(0) = {}", f.pieces[0].value.add(jump)),
    }
}

/// A function of numbers.
fn polynomial(smooth: &Smooth, names: &[String]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |factor: &Rational, what: String| {
        if !factor.is_zero() {
            parts.push(if factor.is_one() { what } else { format!("{factor} {what}") });
        }
    };
    let name = |i: usize| names.get(i).cloned().unwrap_or_else(|| "u".into());
    for (i, j, factor) in &smooth.quadratic {
        add(factor, if i == j { format!("{}^2", name(*i)) } else { format!("{} {}", name(*i), name(*j)) });
    }
    for (i, factor) in smooth.linear.iter().enumerate() {
        add(factor, name(i));
    }
    for (factor, i, knot) in &smooth.kinks {
        add(factor, format!("max(0, {})", line(&Rational::ONE, &knot.negative(), &name(*i))));
    }
    let constant = smooth.constant.clone().unwrap_or(Rational::ZERO);
    if !constant.is_zero() || parts.is_empty() {
        parts.push(constant.to_string());
    }
    parts.join(" + ").replace("+ -", "- ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generators_read_as_formulas() {
        let r = Rational::new;
        let hinge = [(r(0, 1), r(0, 1), r(0, 1)), (r(1, 1), r(1, 1), r(0, 1))];
        let f = Piecewise::new(&r(0, 1), &hinge, Some(r(0, 1)));
        assert_eq!(formula(&f), "max(0, u - 1)");
        let jump = Piecewise { jump: Some(r(1, 1)), ..f };
        assert_eq!(formula(&jump), "max(0, u - 1) for u > 0, f(0) = 1");
        let square = Piecewise::new(&r(1, 1), &[(r(0, 1), r(-2, 1), r(1, 1))], Some(r(0, 1)));
        assert_eq!(formula(&square), "u^2 - 2 u + 1");
    }
}
