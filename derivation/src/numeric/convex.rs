//! Is what the text declares by a formula as a generator one? A generator is convex, and
//! every rule about f and f* rests on that. Chords between many places show where a
//! formula is not; that none does is no proof.

use super::assume;
use super::build::Builder;
use super::evaluate::Evaluator;
use super::gather::{Admitted, admit};
use super::program::Program;
use super::rational::Rational;
use super::value::Value;
use std::cell::Cell;
use std::cmp::Ordering;

/// Models in which a formula is looked at: its numbers differ from one to the next.
const MODELS: u64 = 8;
/// Operations for one model.
const FUEL: u64 = 2_000_000;
/// The places are 2ᵏ and 3·2ᵏ for these k.
const SCALES: std::ops::Range<i32> = -10..21;

/// Says which declared generator is none, and where that shows.
pub(super) fn no_generator(program: &Program, seed: u64) -> Option<String> {
    if program.generators.iter().all(|generator| generator.formula.is_none()) {
        return None;
    }
    let mut builder = Builder::new(program, seed)?;
    (0..MODELS).find_map(|index| {
        let mut model = builder.model(index);
        let fuel = Cell::new(FUEL);
        assume::settle(program, &mut model, &fuel);
        if !matches!(admit(program, &model, &fuel), Admitted::Yes) {
            return None;
        }
        let mut evaluator = Evaluator::new(program, &model, &fuel);
        program.generators.iter().find_map(|generator| {
            let (number, formula) = generator.formula.as_ref()?;
            let mut at = |u: &Rational| evaluator.with_parameter(*number, Value::from(u.clone()), formula);
            let [low, middle, high] = above_its_chord(&mut at)?;
            Some(format!(
                "{name} is no generator: it is not convex, {name}({middle}) lies above the chord from {low} to {high}",
                name = generator.name
            ))
        })
    })
}

/// Three places where a function lies above its chord.
fn above_its_chord(f: &mut dyn FnMut(&Rational) -> Value) -> Option<[Rational; 3]> {
    let scale = |k: i32| if k < 0 { Rational::new(1, 1 << -k) } else { Rational::integer(1 << k) };
    let places: Vec<Rational> =
        SCALES.flat_map(|k| [scale(k), scale(k - 1).mul(&Rational::integer(3))]).collect();
    let values: Vec<Value> = places.iter().map(f).collect();
    let at = (2..places.len()).find(|&i| {
        let share = places[i].sub(&places[i - 1]).div(&places[i].sub(&places[i - 2]));
        let Some(share) = share else { return false };
        let rest = Value::from(Rational::ONE.sub(&share));
        let chord = values[i - 2].mul(&Value::from(share)).add(&values[i].mul(&rest));
        values[i - 1].compare(&chord) == Some(Ordering::Greater)
    })?;
    Some([places[at - 2].clone(), places[at - 1].clone(), places[at].clone()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bend_downwards_is_seen_wherever_it_lies() {
        let number = Rational::integer;
        let square = |u: &Rational, a: i64| u.sub(&number(a)).mul(&u.sub(&number(a)));
        let none = |f: &dyn Fn(&Rational) -> Value| above_its_chord(&mut |u| f(u));
        assert_eq!(none(&|u| square(u, 1).into()), None);
        assert_eq!(none(&|u| Value::from(u.clone()).log().negative()), None);
        assert_eq!(none(&|u| Value::from(u.clone()).mul(&Value::from(u.clone()).log())), None);
        assert!(none(&|u| Value::from(u.clone()).log()).is_some());
        assert!(none(&|u| square(u, 1).mul(&square(u, 1000)).into()).is_some());
        assert!(none(&|u| square(u, 1).mul(&number(1_000_000).sub(u)).into()).is_some());
    }
}
