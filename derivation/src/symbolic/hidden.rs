//! On which numbers does a name depend that its arguments do not show?
//!
//! `let S(x) = theta * log p(x)` makes S a function of theta wherever it stands, and a
//! law of a map of it too: a derivative in theta must see that.

use super::tree;
use crate::context::{Context, GeneratorKind};
use crate::syntax::substitute::visit;
use crate::term::{Distance, Name, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Of each declared function, law and generator the numbers behind its declaration.
#[derive(Default)]
pub(super) struct Hidden(BTreeMap<Name, BTreeSet<Name>>);

impl Hidden {
    /// What the declarations say.
    pub(super) fn of(context: &Context) -> Self {
        let mut direct: BTreeMap<Name, BTreeSet<Name>> = BTreeMap::new();
        let mut note = |name: &Name, body: &Term| {
            let found = direct.entry(name.clone()).or_default();
            found.extend(tree::free(body).names);
            found.extend(symbols(body));
        };
        for function in &context.functions {
            if let Some((_, body)) = &function.definition {
                note(&function.name, body);
            }
        }
        for law in &context.laws {
            if let Some((_, density)) = &law.definition {
                note(&law.name, density);
            }
            if let Some(push) = &law.pushforward {
                note(&law.name, &Term::Density(push.noise.clone()));
                let image = Term::Function { name: push.map.clone(), arguments: push.arguments.clone() };
                note(&law.name, &image);
            }
        }
        for generator in &context.generators {
            // The formula's own number is no other's name.
            if let GeneratorKind::Formula(_, body) = &generator.kind {
                note(&generator.name, body);
            }
        }
        // What a name is made of may itself be made of others.
        loop {
            let before: usize = direct.values().map(BTreeSet::len).sum();
            let known = direct.clone();
            for found in direct.values_mut() {
                let deeper: Vec<Name> =
                    found.iter().filter_map(|name| known.get(name)).flatten().cloned().collect();
                found.extend(deeper);
            }
            if direct.values().map(BTreeSet::len).sum::<usize>() == before {
                return Self(direct);
            }
        }
    }

    /// Does the declaration of a function, law or generator depend on the number?
    pub(super) fn hides(&self, name: &Name, number: &Name) -> bool {
        self.0.get(name).is_some_and(|found| found.contains(number))
    }

    /// Does the term not depend on the number, by its form and by all declarations?
    pub(super) fn fixed(&self, term: &Term, number: &Name) -> bool {
        tree::independent_of_name(term, number) && !symbols(term).iter().any(|name| self.hides(name, number))
    }
}

/// The functions, laws and generators that a term names.
fn symbols(term: &Term) -> BTreeSet<Name> {
    let mut found = BTreeSet::new();
    visit(term, &mut |part| {
        found.extend(tree::laws(part).into_iter().map(|law| law.law.clone()));
        match part {
            Term::Function { name, .. }
            | Term::Generator { name, .. }
            | Term::Distance { kind: Distance::F(name), .. } => {
                found.insert(name.clone());
            }
            _ => {}
        }
    });
    found
}
