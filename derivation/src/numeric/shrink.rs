//! Simplifies a model in which a link fails, as long as it still fails the same way.

use super::gather::{Admitted, Pair, Place, admit, judged};
use super::judge::Finding;
use super::model::Model;
use super::program::Program;
use super::simpler::simpler;
use super::{assume, words};
use std::cell::Cell;

const FUEL: u64 = 2_400_000;

/// The simplest model found in which the link fails as it does at `place`, of so many
/// that are tried.
pub(super) fn shrink(program: &Program, pair: Pair, place: &Place, how: Finding, mut attempts: u32) -> Place {
    let mut best = place.clone();
    let mut cost = weigh(program, &best);
    loop {
        let mut improved = false;
        for mut model in simpler(program, &best.model) {
            if attempts == 0 {
                return best;
            }
            attempts -= 1;
            assume::settle(program, &mut model, &Cell::new(FUEL));
            let Some(found) = fails(program, pair, &model, how) else { continue };
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

fn fails(program: &Program, pair: Pair, model: &Model, how: Finding) -> Option<Place> {
    let fuel = Cell::new(FUEL);
    if !matches!(admit(program, model, &fuel), Admitted::Yes) {
        return None;
    }
    let mut found = None;
    judged(program, model, &[pair], &fuel, |at| {
        if found.is_none() && at.finding == how {
            found = Some(at.place(model));
        }
    });
    found
}
