//! Simplifies a model in which a link fails, as long as it still fails the same way.

use super::certify::{Admitted, Pair, Place, admit, lines_at_points};
use super::generator::Generator;
use super::judge::{Finding, judge};
use super::model::{FunctionModel, Model};
use super::program::Program;
use super::rational::Rational;
use super::sample::plain_generators;
use super::value::Value;
use super::{assume, words};
use std::cell::Cell;

/// Models that are tried at most.
const MOST_ATTEMPTS: u32 = 400;
const FUEL: u64 = 300_000;

/// The simplest model found in which the link fails as it does at `place`.
pub(super) fn shrink(program: &Program, pair: Pair, place: &Place, how: Finding) -> Place {
    let mut best = place.clone();
    let mut cost = weigh(program, &best);
    let mut attempts = MOST_ATTEMPTS;
    loop {
        let mut improved = false;
        for mut model in simpler(program, &best.model) {
            if attempts == 0 {
                return best;
            }
            attempts -= 1;
            assume::settle(program, &mut model, &Cell::new(FUEL));
            let Some(found) = fails(program, pair, model, how) else { continue };
            let found_cost = weigh(program, &found);
            if found_cost < cost {
                (best, cost, improved) = (found, found_cost, true);
                break;
            }
        }
        if !improved {
            return best;
        }
    }
}

/// How much there is to read.
fn weigh(program: &Program, place: &Place) -> usize {
    words::entries(program, place)
        .iter()
        // Digits and signs are harder to read than zeros.
        .map(|(_, text)| text.len() + text.chars().filter(|c| ('1'..='9').contains(c) || *c == '-').count())
        .sum()
}

fn fails(program: &Program, pair: Pair, model: Model, how: Finding) -> Option<Place> {
    let fuel = Cell::new(FUEL);
    if !matches!(admit(program, &model, &fuel), Admitted::Yes) {
        return None;
    }
    let mut found = None;
    lines_at_points(program, &model, &[pair.left, pair.right], &fuel, |points, values| {
        if found.is_none() && judge(&values[0], pair.relation, &values[1]) == how {
            found = Some((points.to_vec(), values[0].clone(), values[1].clone()));
        }
    });
    found.map(|(points, left, right)| Place { model, points, left, right })
}

/// Models that differ in one part, which is simpler.
fn simpler(program: &Program, model: &Model) -> Vec<Model> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Model)| {
        let mut changed = model.clone();
        change(&mut changed);
        all.push(changed);
    };
    for (g, info) in program.generators.iter().enumerate() {
        if !matches!(info.kind, crate::context::GeneratorKind::Generic) {
            continue;
        }
        for f in plain_generators(&info.properties) {
            with(&|m| m.generators[g] = Generator::Piecewise(f.clone()));
        }
    }
    for law in 0..model.laws.len() {
        let columns: usize =
            program.laws[law].spaces[program.laws[law].own..].iter().map(|s| model.sizes[*s]).product();
        if !model.laws[law].mass.is_empty() {
            for column in 0..columns {
                let support: Vec<usize> = (column..model.laws[law].mass.len())
                    .step_by(columns)
                    .filter(|i| !model.laws[law].mass[*i].is_zero())
                    .collect();
                let uniform = |m: &mut Vec<Rational>, on: &[usize]| {
                    for i in (column..m.len()).step_by(columns) {
                        m[i] =
                            if on.contains(&i) { Rational::new(1, on.len() as i64) } else { Rational::ZERO };
                    }
                };
                for drop in &support {
                    let rest: Vec<usize> = support.iter().copied().filter(|i| i != drop).collect();
                    if !rest.is_empty() {
                        with(&|m| {
                            uniform(&mut m.laws[law].mass, &rest);
                            for slopes in &mut m.laws[law].slopes {
                                slopes.iter_mut().for_each(|s| *s = Rational::ZERO);
                            }
                        });
                    }
                }
                with(&|m| uniform(&mut m.laws[law].mass, &support));
            }
        }
        let size = model.laws[law].fallback.len() / columns.max(1);
        with(&|m| m.laws[law].fallback.iter_mut().for_each(|f| *f = Rational::new(1, size.max(1) as i64)));
        for slopes in 0..model.laws[law].slopes.len() {
            with(&|m| m.laws[law].slopes[slopes].iter_mut().for_each(|s| *s = Rational::ZERO));
        }
    }
    for parameter in &program.free_parameters {
        for (n, d) in [(0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (-1, 2)] {
            with(&|m| m.parameters[*parameter] = Rational::new(n, d).into());
        }
    }
    for (f, function) in model.functions.iter().enumerate() {
        let FunctionModel::Table(values) = function else { continue };
        for constant in [Value::zero(), Value::one()] {
            with(&|m| {
                if let FunctionModel::Table(values) = &mut m.functions[f] {
                    values.fill(constant.clone());
                }
            });
            for at in 0..values.len() {
                with(&|m| {
                    if let FunctionModel::Table(values) = &mut m.functions[f] {
                        values[at] = constant.clone();
                    }
                });
            }
        }
    }
    for class in 0..model.classes.len() {
        for at in 0..model.classes[class].len() {
            if model.classes[class].len() > 1 {
                with(&|m| {
                    m.classes[class].remove(at);
                });
            }
        }
    }
    for space in 0..model.numbers.len() {
        with(&|m| {
            for (i, number) in m.numbers[space].iter_mut().enumerate() {
                *number = Rational::integer(i as i64);
            }
        });
    }
    all
}
