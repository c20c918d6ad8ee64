//! Real models: peaked, heavy-tailed and mismatched laws on the line, expectations by
//! quadrature with an error bound. They can refute a line and never decide one exactly.

mod density;
mod evaluate;
mod integral;
mod model;
mod number;

use super::budget::Budget;
use super::gather::Pair;
use super::program::{Assumed, Claim, Program};
use crate::chain::Relation;
use crate::context::{Comparison, Space};
use crate::report::Counterexample;
use crate::syntax::displayed;
use evaluate::RealEvaluator;
use model::{Curve, Factor, RealModel, sample};
use number::Number;

/// Two values this far apart (relative and absolute), beyond ten times their error
/// bounds, are different.
const CLEARLY: f64 = 1e-6;
/// Work in one model.
const FUEL: u64 = 4_000_000;
/// So many models that take all their fuel without an end, and no more are tried.
const MOST_EXHAUSTED: u32 = 2;

/// What real models say of a pair.
#[derive(Clone, Debug, Default)]
pub(super) struct RealSays {
    pub(super) refuted: Option<Counterexample>,
    pub(super) equality: Option<Counterexample>,
    pub(super) strict: Option<Counterexample>,
    pub(super) example: Option<Counterexample>,
    pub(super) residual: f64,
    pub(super) decided: u64,
}

/// Is the chain about spaces that may be the line?
pub(super) fn applies(program: &Program) -> bool {
    !program.spaces.is_empty() && program.spaces.iter().any(|(_, kind)| *kind != Space::Finite)
}

/// Tries real models within a budget.
pub(super) fn gather(
    program: &Program,
    pairs: &[Pair],
    seed: u64,
    models: u64,
    mut budget: Budget,
) -> Vec<RealSays> {
    let mut says = vec![RealSays::default(); pairs.len()];
    let mut exhausted = 0;
    for number in 0..models {
        if exhausted >= MOST_EXHAUSTED {
            break;
        }
        let Some(fuel) = budget.fuel(FUEL) else { break };
        let Some(model) = sample(program, seed, number) else { break };
        let mut evaluator = RealEvaluator {
            program,
            model: &model,
            points: vec![0.0; program.slots.len()],
            parameters: model.parameters.clone(),
            depth: 0,
            fuel: &fuel,
        };
        // One place for the free points: half a step off every centre.
        for (i, slot) in program.free.iter().enumerate() {
            let size = model.sizes[program.slots[*slot].space];
            evaluator.points[*slot] =
                if size > 0 { (number % size as u64) as f64 } else { 0.375 + 0.5 * i as f64 };
        }
        if program.assumptions.iter().all(|assumed| holds(&mut evaluator, assumed)) {
            let values: Vec<Number> = program.lines.iter().map(|line| evaluator.node(line)).collect();
            for (pair, says) in pairs.iter().zip(&mut says) {
                let (left, right) = (values[pair.left], values[pair.right]);
                says.note(program, *pair, &evaluator, left, right);
            }
        }
        exhausted += u32::from(fuel.get() == 0);
        budget.spend(FUEL, &fuel);
    }
    says
}

impl RealSays {
    fn note(&mut self, program: &Program, pair: Pair, at: &RealEvaluator<'_>, left: Number, right: Number) {
        if !left.is_known() || !right.is_known() || (left.value.is_infinite() && left.value == right.value) {
            return;
        }
        let gap = left.value - right.value;
        let size = left.value.abs().min(right.value.abs());
        let clear = gap.abs() > 10.0 * (left.error + right.error) + CLEARLY * (1.0 + size);
        let wrong = match pair.relation {
            Relation::Equal => clear,
            Relation::AtMost => clear && gap > 0.0,
            Relation::AtLeast => clear && gap < 0.0,
        };
        let tell = |says: &str| Counterexample {
            model: words(program, at.model, at),
            left: text(left),
            right: text(right),
            says: says.into(),
        };
        self.decided += 1;
        if wrong {
            self.refuted.get_or_insert_with(|| {
                let order = if gap > 0.0 { "greater than" } else { "less than" };
                tell(&format!(
                    "The line before is {order} this line, by more than the error of the integrals."
                ))
            });
            return;
        }
        if clear {
            self.strict.get_or_insert_with(|| tell("The inequality is strict here."));
        } else if gap.is_finite() {
            self.residual = self.residual.max(gap.abs());
            if at.model.equal_laws {
                self.equality
                    .get_or_insert_with(|| tell("Both sides are equal, to the error of the integrals."));
            }
        }
        self.example.get_or_insert_with(|| tell("By quadrature."));
    }
}

fn text(number: Number) -> String {
    match number.value {
        f64::INFINITY => "∞".into(),
        f64::NEG_INFINITY => "−∞".into(),
        value => format!("{value:.6}…"),
    }
}

fn holds(at: &mut RealEvaluator<'_>, assumed: &Assumed) -> bool {
    match &assumed.what {
        // Known without looking where every law has full support.
        Claim::AbsolutelyContinuous(..) => at.model.laws.iter().all(model::RealLaw::is_everywhere),
        Claim::Compares(a, comparison, b) => {
            let (a, b) = (at.node(a), at.node(b));
            if !a.is_known() || !b.is_known() {
                return false;
            }
            let margin = a.error + b.error;
            match comparison {
                Comparison::Equal => false,
                Comparison::AtMost | Comparison::Less => a.value + margin < b.value,
                Comparison::AtLeast | Comparison::Greater => a.value > b.value + margin,
                Comparison::Different => (a.value - b.value).abs() > margin,
            }
        }
        Claim::Finite(term) => at.node(term).is_known(),
        Claim::Subgradient { .. } | Claim::In(..) => false,
    }
}

fn words(program: &Program, model: &RealModel, at: &RealEvaluator<'_>) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    let name = |space: usize| program.spaces[space].0.to_string();
    for (info, law) in program.laws.iter().zip(&model.laws) {
        if info.definition.is_some() || info.pushforward.is_some() {
            continue;
        }
        let own: Vec<String> = info.spaces[..info.own].iter().map(|s| name(*s)).collect();
        let given: Vec<String> = info.spaces[info.own..].iter().map(|s| name(*s)).collect();
        let parts: Vec<String> = law
            .components
            .iter()
            .map(|(weight, factors)| {
                let factors: Vec<String> = factors
                    .iter()
                    .map(|factor| match factor {
                        Factor::Line(_, name) => name.clone(),
                        Factor::Finite(masses) => format!("{masses:?}"),
                    })
                    .collect();
                let product = factors.join(" × ");
                if law.components.len() == 1 { product } else { format!("{weight} {product}") }
            })
            .collect();
        let mut text = parts.join(" + ");
        let parameters = info.parameters.iter().map(|p| displayed(&program.parameters[*p]).to_owned());
        for (by, what) in law
            .given
            .iter()
            .zip(&given)
            .map(|(b, g)| (*b, g.clone()))
            .chain(law.parameters.iter().copied().zip(parameters))
        {
            if by != 0.0 {
                text.push_str(&format!(", moved by {by} {what}"));
            }
        }
        let bar = if given.is_empty() { String::new() } else { format!("|{}", given.join(", ")) };
        entries.push((format!("{}({}{bar})", info.name, own.join(", ")), text));
    }
    for slot in &program.free {
        entries.push((displayed(&program.slots[*slot].name).to_owned(), at.points[*slot].to_string()));
    }
    for (info, function) in program.functions.iter().zip(&model.functions) {
        let arguments: Vec<String> = info
            .spaces
            .iter()
            .enumerate()
            .map(|(i, space)| space.map_or_else(|| format!("a{}", i + 1), name))
            .collect();
        let sum: Vec<String> =
            function.weights.iter().zip(&arguments).map(|(w, a)| format!("{w} {a}")).collect();
        let inner = format!("{} + {}", sum.join(" + "), function.offset);
        let curve = match function.curve {
            Curve::Tanh => format!("tanh({inner})"),
            Curve::Cos => format!("cos({inner})"),
            Curve::Linear => inner,
            Curve::Square => format!("({inner})^2"),
            Curve::Step => format!("(1 if {inner} > 0, else 0)"),
        };
        let text = format!("{} + {} {curve}", function.base, function.amplitude);
        entries.push((format!("{}({})", info.name, arguments.join(", ")), text));
    }
    for parameter in &program.free_parameters {
        entries.push((
            displayed(&program.parameters[*parameter]).to_owned(),
            model.parameters[*parameter].to_string(),
        ));
    }
    for (info, generator) in program.generators.iter().zip(&model.generators) {
        if let Some(f) = generator {
            entries.push((
                format!("{}(u)", info.name),
                format!("the generator of {} ({})", f.title(), f.name()),
            ));
        }
    }
    entries
}
