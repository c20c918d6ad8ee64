//! Which finite models are tried: every zero pattern of small spaces with numbers that
//! are easy to read, equal laws, masses near 0 and 1, and random ones.

use super::generator::{Generator, from_catalogue};
use super::model::{FunctionModel, LawModel, Model};
use super::piecewise::Piecewise;
use super::program::{Bounds, Program};
use super::rational::Rational;
use super::room::{self, Room};
use super::sample::{self, Style, pick};
use super::value::Value;
use crate::context::GeneratorKind;
use crate::term::Part;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;
use vdm::Divergence;

/// Zero patterns that are enumerated in full; of more a random part is tried.
const MOST_PATTERNS: u64 = 300;
/// Which of eight random models have equal laws, and functions that are constant: with f'(1)
/// for its value a critic of equal laws attains the bound.
const EQUAL_LAWS: u64 = 3;
/// Masses of a law at most.
const MOST_MASSES: usize = 256;

/// Makes the models of a program one by one.
pub(super) struct Builder<'a> {
    program: &'a Program,
    rng: ChaCha8Rng,
    rooms: Vec<Room>,
    plain: Vec<Vec<Piecewise>>,
    catalogue: Vec<Vec<Arc<dyn Divergence>>>,
    /// Sizes of spaces under which patterns are enumerated, and how many each has.
    passes: Vec<(Vec<usize>, Style, u64)>,
}

impl<'a> Builder<'a> {
    /// Nothing if the laws are too large to be tabulated.
    pub(super) fn new(program: &'a Program, seed: u64) -> Option<Self> {
        let rooms = (0..program.parameters.len()).map(|p| room::of_parameter(program, p)).collect();
        let plain: Vec<_> =
            program.generators.iter().map(|g| sample::plain_generators(&g.properties)).collect();
        let catalogue = program.generators.iter().map(|g| sample::catalogue(&g.properties)).collect();
        let two = vec![2; program.spaces.len()];
        let law_sizes = |sizes: &[usize]| {
            let size =
                |law: &super::program::LawInfo| law.spaces.iter().map(|s| sizes[*s]).product::<usize>();
            program.laws.iter().map(size).max().unwrap_or(1)
        };
        if program.spaces.len() > 8 || law_sizes(&two) > MOST_MASSES {
            return None;
        }
        // A generator or function is tried on every pattern at least a few times.
        let mut passes = Vec::new();
        for style in [Style::Plain, Style::Small] {
            let count = patterns(program, &two);
            let varied = !plain.is_empty() || !program.functions.is_empty() || !program.parameters.is_empty();
            let count = if varied { count.saturating_mul(4) } else { count };
            passes.push((two.clone(), style, count.clamp(1, MOST_PATTERNS)));
        }
        if program.spaces.len() == 1 {
            let three = vec![3];
            passes.push((three.clone(), Style::Small, patterns(program, &three).clamp(1, MOST_PATTERNS)));
        }
        Some(Self { program, rng: ChaCha8Rng::seed_from_u64(seed), rooms, plain, catalogue, passes })
    }

    /// How many models are enumerated before the random ones.
    pub(super) fn enumerated(&self) -> u64 {
        self.passes.iter().map(|(_, _, count)| count).sum()
    }

    /// The model of a number: enumerated ones first.
    pub(super) fn model(&mut self, mut index: u64) -> Model {
        for (sizes, style, count) in self.passes.clone() {
            if index < count {
                let total = patterns(self.program, &sizes);
                let pattern = if total > count { None } else { Some(index % total) };
                return self.build(&sizes, style, pattern, index);
            }
            index -= count;
        }
        let small = self.program.spaces.len() <= 2 && index.is_multiple_of(4);
        let sizes: Vec<usize> = (0..self.program.spaces.len())
            .map(|_| if small { self.rng.random_range(2..=3) } else { 2 })
            .collect();
        let style = *pick(&mut self.rng, &[Style::Rich, Style::Rich, Style::Rich, Style::Edge, Style::Small]);
        let mut model = self.build(&sizes, style, None, index);
        if index % 8 == EQUAL_LAWS {
            self.equal_laws(&mut model);
        }
        model
    }

    /// Makes laws of the same points equal.
    fn equal_laws(&mut self, model: &mut Model) {
        let laws = &self.program.laws;
        for law in 1..model.laws.len() {
            let alike =
                |other: &usize| laws[*other].spaces == laws[law].spaces && laws[*other].own == laws[law].own;
            let Some(other) = (0..law).find(alike) else { continue };
            if model.laws[law].mass.is_empty() || model.laws[other].mass.is_empty() {
                continue;
            }
            let (earlier, later) = model.laws.split_at_mut(law);
            later[0].mass = earlier[other].mass.clone();
            later[0].fallback = earlier[other].fallback.clone();
            // Slopes must vanish where the mass does.
            for slopes in &mut later[0].slopes {
                slopes.iter_mut().for_each(|slope| *slope = Rational::ZERO);
            }
        }
    }

    fn build(&mut self, sizes: &[usize], style: Style, pattern: Option<u64>, index: u64) -> Model {
        let program = self.program;
        let numbers = sizes.iter().map(|size| self.numbers(*size, style)).collect();
        let mut code = pattern;
        let full = pattern.is_none() && self.rng.random_range(0..10) < 5;
        let laws: Vec<LawModel> =
            (0..program.laws.len()).map(|law| self.law(law, sizes, style, &mut code, full)).collect();
        let generators: Vec<Generator> =
            (0..program.generators.len()).map(|g| self.generator(g, style, index)).collect();
        let parameters = (0..program.parameters.len())
            .map(|p| {
                if program.free_parameters.contains(&p) {
                    sample::number(&mut self.rng, &self.rooms[p].clone(), style).into()
                } else {
                    Value::Unknown
                }
            })
            .collect();
        let logs = index % 2 == 1;
        let largest = sizes.iter().copied().max().unwrap_or(1);
        let classes = program
            .classes
            .iter()
            .map(|(_, bounds)| {
                let room = room::of_bounds(bounds, &generators);
                let length = largest.pow(2).max(4);
                (0..self.rng.random_range(1..=4))
                    .map(|_| (0..length).map(|_| sample::value(&mut self.rng, &room, style, logs)).collect())
                    .collect()
            })
            .collect::<Vec<Vec<Vec<Value>>>>();
        let functions = (0..program.functions.len())
            .map(|f| {
                let info = &program.functions[f];
                let room = room::of_bounds(&info.bounds, &generators);
                if info.of_numbers {
                    return FunctionModel::Smooth(sample::smooth(
                        &mut self.rng,
                        info.spaces.len(),
                        &info.properties,
                        &room,
                    ));
                }
                let length: usize = info.spaces.iter().flatten().map(|s| sizes[*s]).product();
                if let Bounds::Class(class) = info.bounds {
                    let values = pick(&mut self.rng, &classes[class]);
                    return FunctionModel::Table(values.iter().take(length).cloned().collect());
                }
                let special = match &info.bounds {
                    _ if index % 8 == EQUAL_LAWS => self.constant(&room, length),
                    Bounds::ConjugateDomain(g) if index % 4 >= 2 => {
                        self.critic(&generators[*g], &laws, length)
                    }
                    Bounds::Real if index % 4 == 2 => self.log_ratio(&laws, length),
                    _ => None,
                };
                if let Some(values) = special {
                    return FunctionModel::Table(values);
                }
                FunctionModel::Table(
                    (0..length).map(|_| sample::value(&mut self.rng, &room, style, logs)).collect(),
                )
            })
            .collect();
        Model { sizes: sizes.to_vec(), numbers, laws, functions, classes, parameters, generators }
    }

    /// The same simple value everywhere: most divergences have f'(1) among these.
    fn constant(&mut self, room: &Room, length: usize) -> Option<Vec<Value>> {
        let (n, d) = *pick(&mut self.rng, &[(0, 1), (0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2)]);
        let value = Rational::new(n, d);
        room.holds(&value).then(|| vec![value.into(); length])
    }

    /// The logarithm of the ratio of two laws, or that plus 1: the best critic of KL in its
    /// two bounds.
    fn log_ratio(&mut self, laws: &[LawModel], length: usize) -> Option<Vec<Value>> {
        let (above, below) = self.two(laws, length)?;
        let shift = Value::integer(self.rng.random_range(0..=1));
        let log = |(a, b): (&Rational, &Rational)| {
            let ratio = a.div(b).filter(|ratio| !ratio.is_zero())?;
            Some(Value::from(ratio).log().add(&shift))
        };
        above.mass.iter().zip(&below.mass).map(log).collect()
    }

    /// Two laws with that many masses, in a random order.
    fn two<'m>(&mut self, laws: &'m [LawModel], length: usize) -> Option<(&'m LawModel, &'m LawModel)> {
        let fit: Vec<&LawModel> = laws.iter().filter(|law| law.mass.len() == length).collect();
        if fit.len() < 2 {
            return None;
        }
        let first = self.rng.random_range(0..fit.len());
        Some((fit[first], fit[(first + 1) % fit.len()]))
    }

    /// A function near the best one for two of the laws: slopes of f at their ratios.
    fn critic(&mut self, f: &Generator, laws: &[LawModel], length: usize) -> Option<Vec<Value>> {
        let (above, below) = self.two(laws, length)?;
        let slope = |(a, b): (&Rational, &Rational)| {
            let ratio = a.div(b).map_or(Value::Infinite(true), Value::from);
            let slope = f.part(Part::Derivative, &ratio);
            let inside = matches!(slope, Value::Exact(_)) && f.in_conjugate_domain(&slope) == Some(true);
            inside.then_some(slope)
        };
        above.mass.iter().zip(&below.mass).map(slope).collect()
    }

    /// Different numbers for the points of a space.
    fn numbers(&mut self, size: usize, style: Style) -> Vec<Rational> {
        let start = if style == Style::Plain { 0 } else { self.rng.random_range(-2..=1) };
        let mut numbers = vec![Rational::integer(start)];
        while numbers.len() < size {
            let step = if style == Style::Plain { 2 } else { self.rng.random_range(1..=4) };
            let next = numbers[numbers.len() - 1].add(&Rational::new(step, 2));
            numbers.push(next);
        }
        numbers
    }

    fn law(
        &mut self,
        law: usize,
        sizes: &[usize],
        style: Style,
        code: &mut Option<u64>,
        full: bool,
    ) -> LawModel {
        let info = &self.program.laws[law];
        let own: usize = info.spaces[..info.own].iter().map(|s| sizes[*s]).product();
        let given: usize = info.spaces[info.own..].iter().map(|s| sizes[*s]).product();
        let table = |rng: &mut ChaCha8Rng, style: Style, full: bool, code: &mut Option<u64>| {
            let mut mass = vec![Rational::ZERO; own * given];
            for condition in 0..given {
                let supports = (1_u64 << own.min(62)) - 1;
                let bits = match code {
                    _ if full => u64::MAX,
                    Some(rest) => {
                        let bits = *rest % supports + 1;
                        *rest /= supports;
                        bits
                    }
                    None => rng.random_range(1..=supports),
                };
                let support: Vec<bool> = (0..own).map(|i| bits >> i.min(63) & 1 == 1).collect();
                for (i, m) in sample::masses(rng, &support, style).into_iter().enumerate() {
                    mass[i * given + condition] = m;
                }
            }
            mass
        };
        let fallback = table(&mut self.rng, style, true, &mut None);
        if info.definition.is_some() || info.pushforward.is_some() {
            return LawModel { mass: Vec::new(), fallback, slopes: Vec::new() };
        }
        let mass = table(&mut self.rng, style, full, code);
        let slopes = info.parameters.iter().map(|_| {
            let mut slopes = vec![Rational::ZERO; mass.len()];
            for condition in 0..given {
                let column: Vec<Rational> = (0..own).map(|i| mass[i * given + condition].clone()).collect();
                for (i, slope) in sample::slopes(&mut self.rng, &column).into_iter().enumerate() {
                    slopes[i * given + condition] = slope;
                }
            }
            slopes
        });
        let slopes = slopes.collect();
        LawModel { mass, fallback, slopes }
    }

    fn generator(&mut self, generator: usize, style: Style, index: u64) -> Generator {
        let info = &self.program.generators[generator];
        match &info.kind {
            GeneratorKind::Catalogue(name) => from_catalogue(name).unwrap_or(Generator::Formula),
            GeneratorKind::Formula(..) => Generator::Formula,
            GeneratorKind::Generic => {
                let plain = &self.plain[generator];
                let rows = &self.catalogue[generator];
                // The catalogue costs more than exact generators: a few of each row.
                if style != Style::Plain && index % 16 == 1 && !rows.is_empty() {
                    return Generator::Catalogue(rows[(index as usize / 16) % rows.len()].clone());
                }
                if matches!(style, Style::Plain | Style::Small) && !plain.is_empty() && index % 3 != 2 {
                    return Generator::Piecewise(plain[index as usize % plain.len()].clone());
                }
                Generator::Piecewise(sample::generator(&mut self.rng, &info.properties))
            }
        }
    }
}

/// How many zero patterns the laws have together; `u64::MAX` for very many.
fn patterns(program: &Program, sizes: &[usize]) -> u64 {
    let mut total: u64 = 1;
    for law in program.laws.iter().filter(|law| law.definition.is_none() && law.pushforward.is_none()) {
        let own: usize = law.spaces[..law.own].iter().map(|s| sizes[*s]).product();
        let given: usize = law.spaces[law.own..].iter().map(|s| sizes[*s]).product();
        for _ in 0..given {
            total = total.saturating_mul((1_u64 << own.min(62)) - 1);
        }
    }
    total
}
