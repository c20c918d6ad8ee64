//! A model told in words: laws as lists of masses, generators as formulas, both values
//! and what they show.

use super::formulas::{piecewise, polynomial};
use super::gather::{Pair, Place};
use super::generator::Generator;
use super::model::{FunctionModel, Model, for_each_index};
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
            Generator::Piecewise(f) => piecewise(f),
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
