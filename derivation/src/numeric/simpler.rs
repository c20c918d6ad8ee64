//! Models that differ from a model in one part, which is simpler: a point less, fewer
//! points with mass, masses and values that are easier to read.

use super::generator::Generator;
use super::model::{FunctionModel, LawModel, Model, for_each_index};
use super::program::Program;
use super::rational::Rational;
use super::sample::plain_generators;
use super::value::Value;
use crate::context::GeneratorKind;

/// Masses of two and of three points that read well, beside the uniform ones.
const PLAIN_PAIRS: &[[i64; 2]] = &[[1, 2], [2, 1], [1, 3], [3, 1], [1, 9], [9, 1]];
const PLAIN_TRIPLES: &[[i64; 3]] = &[[2, 1, 1], [1, 2, 1], [1, 1, 2]];
/// Values that are tried for numbers.
const PLAIN_NUMBERS: &[(i64, i64)] = &[(0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (-1, 2)];

/// Models that differ in one part, the largest simplifications first.
pub(super) fn simpler(program: &Program, model: &Model) -> Vec<Model> {
    let mut all = Vec::new();
    for space in 0..model.sizes.len() {
        all.extend(
            (0..model.sizes[space]).rev().filter_map(|point| without_point(program, model, space, point)),
        );
    }
    generators(program, model, &mut all);
    for law in 0..model.laws.len() {
        masses(program, model, law, &mut all);
    }
    values(program, model, &mut all);
    all
}

/// Adds the model with a change.
fn with(model: &Model, all: &mut Vec<Model>, change: impl FnOnce(&mut Model)) {
    let mut changed = model.clone();
    change(&mut changed);
    all.push(changed);
}

/// Without a point of a space. Laws that charged it are uniform on the rest of their
/// support; nothing where there is no rest.
fn without_point(program: &Program, model: &Model, space: usize, point: usize) -> Option<Model> {
    let size = model.sizes[space].checked_sub(1).filter(|size| *size > 0)?;
    let mut changed = model.clone();
    changed.sizes[space] = size;
    changed.numbers[space].remove(point);
    for (law, info) in program.laws.iter().enumerate() {
        let dimensions = model.dimensions(program, law);
        let drop = |masses: &[Rational]| without(masses, &dimensions, &info.spaces, space, point);
        let of = &mut changed.laws[law];
        of.mass = drop(&of.mass);
        of.fallback = drop(&of.fallback);
        for slopes in &mut of.slopes {
            *slopes = drop(slopes);
        }
        let columns: usize = info.spaces[info.own..].iter().map(|s| changed.sizes[*s]).product();
        let own = of.fallback.len() / columns.max(1);
        of.fallback.fill(Rational::new(1, i64::try_from(own).ok()?.max(1)));
        for column in 0..columns.min(of.mass.len()) {
            if !is_one(of.mass.iter().skip(column).step_by(columns)) {
                let rest = support(of, column, columns);
                narrowed(of, column, columns, (!rest.is_empty()).then_some(&rest)?);
            }
        }
    }
    for (function, info) in changed.functions.iter_mut().zip(&program.functions) {
        if let FunctionModel::Table(values) = function {
            let spaces: Vec<usize> = info.spaces.iter().flatten().copied().collect();
            let dimensions: Vec<usize> = spaces.iter().map(|s| model.sizes[*s]).collect();
            *values = without(values, &dimensions, &spaces, space, point);
        }
    }
    // Functions of a class are read off from the front, whatever their arguments are.
    for values in changed.classes.iter_mut().flatten().filter(|values| point < values.len()) {
        values.remove(point);
    }
    Some(changed)
}

/// An array without what stands at a point of a space.
fn without<T: Clone>(
    array: &[T],
    dimensions: &[usize],
    spaces: &[usize],
    space: usize,
    point: usize,
) -> Vec<T> {
    let mut kept = Vec::with_capacity(array.len());
    for_each_index(dimensions, |flat, index| {
        let at_point = spaces.iter().zip(index).any(|(s, at)| *s == space && *at == point);
        kept.extend(array.get(flat).filter(|_| !at_point).cloned());
    });
    kept
}

fn is_one<'a>(masses: impl Iterator<Item = &'a Rational>) -> bool {
    masses.fold(Rational::ZERO, |sum, mass| sum.add(mass)).is_one()
}

/// Where a column of a law has mass.
fn support(law: &LawModel, column: usize, columns: usize) -> Vec<usize> {
    (column..law.mass.len()).step_by(columns).filter(|i| !law.mass[*i].is_zero()).collect()
}

/// A column of a law with these shares at these places.
fn shared(law: &mut LawModel, column: usize, columns: usize, on: &[usize], shares: &[i64]) {
    let total: i64 = shares.iter().sum();
    for i in (column..law.mass.len()).step_by(columns) {
        law.mass[i] = match on.iter().position(|at| *at == i) {
            Some(place) => Rational::new(shares[place], total.max(1)),
            None => Rational::ZERO,
        };
    }
}

/// A column that is uniform on a smaller support. Where there is no mass there is no
/// slope either, so that the law no longer moves with its parameters.
fn narrowed(law: &mut LawModel, column: usize, columns: usize, on: &[usize]) {
    shared(law, column, columns, on, &vec![1; on.len()]);
    for slopes in &mut law.slopes {
        slopes.fill(Rational::ZERO);
    }
}

/// Fewer points with mass, and masses that read well.
fn masses(program: &Program, model: &Model, law: usize, all: &mut Vec<Model>) {
    let info = &program.laws[law];
    let columns: usize = info.spaces[info.own..].iter().map(|s| model.sizes[*s]).product();
    for column in 0..columns.min(model.laws[law].mass.len()) {
        let support = support(&model.laws[law], column, columns);
        for drop in &support {
            let rest: Vec<usize> = support.iter().copied().filter(|i| i != drop).collect();
            if !rest.is_empty() {
                with(model, all, |m| narrowed(&mut m.laws[law], column, columns, &rest));
            }
        }
        let equal = vec![1; support.len()];
        with(model, all, |m| shared(&mut m.laws[law], column, columns, &support, &equal));
        let shares: Vec<&[i64]> = match support.len() {
            2 => PLAIN_PAIRS.iter().map(|shares| &shares[..]).collect(),
            3 => PLAIN_TRIPLES.iter().map(|shares| &shares[..]).collect(),
            _ => Vec::new(),
        };
        for shares in shares {
            with(model, all, |m| shared(&mut m.laws[law], column, columns, &support, shares));
        }
    }
    let own = model.laws[law].fallback.len() / columns.max(1);
    let share = Rational::new(1, i64::try_from(own).unwrap_or(i64::MAX).max(1));
    with(model, all, |m| m.laws[law].fallback.fill(share));
    for slopes in 0..model.laws[law].slopes.len() {
        with(model, all, |m| m.laws[law].slopes[slopes].fill(Rational::ZERO));
    }
}

fn generators(program: &Program, model: &Model, all: &mut Vec<Model>) {
    for (g, info) in program.generators.iter().enumerate() {
        if matches!(info.kind, GeneratorKind::Generic) {
            for f in plain_generators(&info.properties) {
                with(model, all, |m| m.generators[g] = Generator::Piecewise(f));
            }
        }
    }
}

/// Numbers, functions, classes and the numbers at points.
fn values(program: &Program, model: &Model, all: &mut Vec<Model>) {
    for parameter in &program.free_parameters {
        for (n, d) in PLAIN_NUMBERS {
            with(model, all, |m| m.parameters[*parameter] = Rational::new(*n, *d).into());
        }
    }
    for (f, function) in model.functions.iter().enumerate() {
        let FunctionModel::Table(values) = function else { continue };
        for constant in [Value::zero(), Value::one()] {
            let table = vec![constant.clone(); values.len()];
            with(model, all, |m| m.functions[f] = FunctionModel::Table(table));
            for at in 0..values.len() {
                let mut table = values.clone();
                table[at] = constant.clone();
                with(model, all, |m| m.functions[f] = FunctionModel::Table(table));
            }
        }
    }
    for (class, functions) in model.classes.iter().enumerate() {
        for at in 0..functions.len() {
            if functions.len() > 1 {
                with(model, all, |m| {
                    m.classes[class].remove(at);
                });
            }
        }
    }
    for space in 0..model.numbers.len() {
        with(model, all, |m| {
            for (i, number) in m.numbers[space].iter_mut().enumerate() {
                *number = Rational::integer(i64::try_from(i).unwrap_or(i64::MAX));
            }
        });
    }
}
