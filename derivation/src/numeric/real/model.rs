//! Models on the real line: laws are mixtures of products, so that every marginal and
//! every kernel has a density in closed form, whatever the components are.

use super::super::program::{Bounds, Program};
use super::super::room::constant;
use super::super::sample::pick;
use crate::context::{Property, Space};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;
use vdm::density::{Cauchy, Density, Gaussian, Laplace, Uniform};
use vdm::{Divergence, Interval};

/// One coordinate of a component.
#[derive(Clone, Debug)]
pub(super) enum Factor {
    /// On the line, moved by what the law depends on.
    Line(Arc<dyn Density>, String),
    /// On finitely many points.
    Finite(Vec<f64>),
}

/// A law.
#[derive(Clone, Debug)]
pub(super) struct RealLaw {
    /// Weight and a factor for each of the law's own coordinates.
    pub(super) components: Vec<(f64, Vec<Factor>)>,
    /// How far each given coordinate, and each parameter, moves the law.
    pub(super) given: Vec<f64>,
    pub(super) parameters: Vec<f64>,
}

impl RealLaw {
    /// Has the law mass everywhere?
    pub(super) fn is_everywhere(&self) -> bool {
        self.components.iter().flat_map(|(_, factors)| factors).all(|factor| match factor {
            Factor::Line(density, _) => density.support() == Interval::REAL,
            Factor::Finite(masses) => masses.iter().all(|mass| *mass > 0.0),
        })
    }
}

/// Shapes of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    Tanh,
    Cos,
    Linear,
    Square,
    Step,
}

/// low + (amplitude) · curve(Σ wᵢ aᵢ + offset)
#[derive(Clone, Debug)]
pub(super) struct RealFunction {
    pub(super) curve: Curve,
    pub(super) amplitude: f64,
    pub(super) base: f64,
    pub(super) weights: Vec<f64>,
    pub(super) offset: f64,
}

/// A real model.
#[derive(Clone, Debug)]
pub(super) struct RealModel {
    /// Points of each finite space; 0 for the line.
    pub(super) sizes: Vec<usize>,
    pub(super) laws: Vec<RealLaw>,
    pub(super) functions: Vec<RealFunction>,
    pub(super) parameters: Vec<f64>,
    pub(super) generators: Vec<Option<Arc<dyn Divergence>>>,
    /// Are laws of the same spaces equal?
    pub(super) equal_laws: bool,
}

/// A random model; the number decides how peaked and heavy-tailed it is. Nothing where a
/// function ranges over what has no functions on the line here.
pub(super) fn sample(program: &Program, seed: u64, number: u64) -> Option<RealModel> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed ^ (number << 20));
    let sizes: Vec<usize> =
        program.spaces.iter().map(|(_, kind)| if *kind == Space::Finite { 2 } else { 0 }).collect();
    let mut laws: Vec<RealLaw> =
        (0..program.laws.len()).map(|law| sample_law(program, law, &sizes, number, &mut rng)).collect();
    let equal_laws = number % 5 == 4;
    if equal_laws {
        for law in 1..laws.len() {
            let info = &program.laws[law];
            let alike = |other: &usize| {
                let earlier = &program.laws[*other];
                earlier.spaces == info.spaces
                    && earlier.own == info.own
                    && earlier.parameters == info.parameters
            };
            if let Some(other) = (0..law).find(alike) {
                laws[law] = laws[other].clone();
            }
        }
    }
    let parameters = program.parameters.iter().map(|_| quarter(&mut rng, 1, 8)).collect();
    let generators = program
        .generators
        .iter()
        .map(|info| -> Option<Arc<dyn Divergence>> {
            let rows = super::super::sample::catalogue(&info.properties);
            match &info.kind {
                crate::context::GeneratorKind::Catalogue(name) => vdm::catalogue::find(name).ok(),
                crate::context::GeneratorKind::Generic if !rows.is_empty() => {
                    Some(pick(&mut rng, &rows).clone())
                }
                _ => None,
            }
        })
        .collect::<Vec<_>>();
    let functions = (0..program.functions.len())
        .map(|f| sample_function(program, f, &generators, &mut rng))
        .collect::<Option<Vec<_>>>()?;
    Some(RealModel { sizes, laws, functions, parameters, generators, equal_laws })
}

/// n/4 for n in a range.
fn quarter(rng: &mut ChaCha8Rng, low: i32, high: i32) -> f64 {
    f64::from(rng.random_range(low..=high)) / 4.0
}

fn sample_law(program: &Program, law: usize, sizes: &[usize], number: u64, rng: &mut ChaCha8Rng) -> RealLaw {
    let info = &program.laws[law];
    let moves = !info.parameters.is_empty() && !program.law_properties[law].contains(&Property::Regular);
    let count = if info.own > 1 { 2 } else { rng.random_range(1..=2) };
    let components = (0..count).map(|i| {
        let factors = info.spaces[..info.own]
            .iter()
            .map(|space| match sizes[*space] {
                0 => line(rng, number, moves),
                size => {
                    let weights: Vec<f64> =
                        (0..size).map(|_| f64::from(rng.random_range(1..=5_i32))).collect();
                    let total: f64 = weights.iter().sum();
                    Factor::Finite(weights.iter().map(|w| w / total).collect())
                }
            })
            .collect();
        let weight = if count == 1 {
            1.0
        } else if i == 0 {
            0.375
        } else {
            0.625
        };
        (weight, factors)
    });
    let components = components.collect();
    let given = info.spaces[info.own..].iter().map(|_| quarter(rng, -4, 4)).collect();
    RealLaw { components, given, parameters: info.parameters.iter().map(|_| quarter(rng, 2, 6)).collect() }
}

/// A law on the line. Every third model is all Gaussian (and so has all moments), others
/// are peaked, heavy-tailed, mismatched.
fn line(rng: &mut ChaCha8Rng, number: u64, moves: bool) -> Factor {
    let centre = quarter(rng, -6, 6);
    let widths: &[f64] = if number % 3 == 1 { &[0.05, 0.5, 3.0] } else { &[0.75, 1.0, 1.5] };
    let width = *pick(rng, widths);
    let kind = if number.is_multiple_of(3) { 0 } else { rng.random_range(0..3) };
    let made: Option<(Arc<dyn Density>, String)> = if moves && number % 2 == 1 {
        Uniform::new(centre, centre + width)
            .ok()
            .map(|d| (Arc::new(d) as Arc<dyn Density>, format!("uniform on [{centre}, {}]", centre + width)))
    } else {
        match kind {
            0 => Gaussian::new(centre, width)
                .ok()
                .map(|d| (Arc::new(d) as Arc<dyn Density>, format!("Gaussian({centre}, {width})"))),
            1 => Laplace::new(centre, width)
                .ok()
                .map(|d| (Arc::new(d) as Arc<dyn Density>, format!("Laplace({centre}, {width})"))),
            _ => Cauchy::new(centre, width)
                .ok()
                .map(|d| (Arc::new(d) as Arc<dyn Density>, format!("Cauchy({centre}, {width})"))),
        }
    };
    match made {
        Some((density, name)) => Factor::Line(density, name),
        // The parameters above are valid; a point mass would be no density.
        None => Factor::Finite(Vec::new()),
    }
}

/// Middle and half-width of values that lie within bounds; nothing for the whole line.
fn room(bounds: &Bounds, generators: &[Option<Arc<dyn Divergence>>]) -> Option<Option<(f64, f64)>> {
    match bounds {
        Bounds::Real => Some(None),
        Bounds::Interval { low, high, .. } => {
            let (low, high) = (constant(low).map(|r| r.to_f64()), constant(high).map(|r| r.to_f64()));
            Some(Some(match (low, high) {
                (Some(low), Some(high)) => (f64::midpoint(low, high), (high - low) / 4.0),
                (Some(low), None) => (low + 1.0, 0.5),
                (None, Some(high)) => (high - 1.0, 0.5),
                (None, None) => return Some(None),
            }))
        }
        Bounds::Domain(_) => Some(Some((1.0, 0.5))),
        Bounds::ConjugateDomain(generator) => {
            let end = generators[*generator].as_ref()?.conjugate_domain().high();
            Some(end.is_finite().then_some((end - 1.0, 0.5)))
        }
        Bounds::Class(_) => None,
    }
}

fn sample_function(
    program: &Program,
    function: usize,
    generators: &[Option<Arc<dyn Divergence>>],
    rng: &mut ChaCha8Rng,
) -> Option<RealFunction> {
    let info = &program.functions[function];
    let has = |property: Property| info.properties.contains(&property);
    let is_map =
        program.laws.iter().any(|law| law.pushforward.as_ref().is_some_and(|image| image.map == function));
    let weights: Vec<f64> = info.spaces.iter().map(|_| quarter(rng, 2, 6)).collect();
    let offset = quarter(rng, -4, 4);
    if is_map {
        return Some(RealFunction { curve: Curve::Linear, amplitude: 1.0, base: 0.0, weights, offset });
    }
    if let Some((base, amplitude)) = room(&info.bounds, generators)? {
        return Some(RealFunction { curve: Curve::Tanh, amplitude, base, weights, offset });
    }
    let regular = has(Property::Regular);
    let curve = if has(Property::Convex) || has(Property::ConvexFunction) {
        if regular { Curve::Linear } else { Curve::Square }
    } else if !regular && !has(Property::Differentiable) && rng.random_range(0..3) == 0 {
        Curve::Step
    } else {
        *pick(rng, &[Curve::Tanh, Curve::Cos])
    };
    Some(RealFunction { curve, amplitude: quarter(rng, 1, 4), base: quarter(rng, -4, 4), weights, offset })
}
