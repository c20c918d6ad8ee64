//! `assuming` statements to what a [`Context`] assumes.

use super::super::diagnostic::Diagnostic;
use super::super::tree::{Assumption as Written, Ident};
use super::scope::Elaborator;
use crate::chain::Span;
use crate::context::{Assumption, Context, Property};
use crate::term::Name;

impl Elaborator {
    pub(super) fn assumptions(&mut self, assumptions: &[Written], context: &mut Context) {
        for assumption in assumptions {
            self.ended.clear();
            let assumption = match assumption {
                Written::AbsolutelyContinuous(p, q) => {
                    let (p, q) = self.pair(p, q);
                    Assumption::AbsolutelyContinuous(p, q)
                }
                Written::Compares(left, comparison, right) => {
                    Assumption::Compares(self.term(left), *comparison, self.term(right))
                }
                Written::Finite(node) => Assumption::Finite(self.term(node)),
                Written::In(node, range) => Assumption::In(self.term(node), self.range(range)),
                Written::Subgradient { slope, generator, at } => Assumption::Subgradient {
                    slope: self.term(slope),
                    generator: generator.name.clone(),
                    at: self.term(at),
                },
                Written::Has { name, property, within, span } => match self.property(name, *property, span) {
                    Some(property) => {
                        self.depends(name, property, within.as_ref());
                        Assumption::Has(name.name.clone(), property)
                    }
                    None => continue,
                },
            };
            context.assumptions.push(assumption);
        }
    }

    /// What is said of a law's parameters is said of a law that has them.
    fn depends(&mut self, name: &Ident, property: Property, within: Option<&Ident>) {
        if !matches!(property, Property::Regular | Property::ConstantSupport) {
            return;
        }
        let number = within.map_or("theta", |number| &*number.name);
        let fault = if self.survey.laws.contains(&name.name) {
            let uses = self.survey.uses.get(&name.name).into_iter().flatten();
            let parameters: Vec<&Name> = uses.clone().flat_map(|used| &used.parameters).collect();
            let depends = match within {
                Some(number) => parameters.contains(&&number.name),
                None => !parameters.is_empty(),
            };
            if depends {
                return;
            }
            let of = uses.map(|used| used.of.join(", ")).next().unwrap_or_else(|| "x".to_owned());
            let says = match within {
                Some(number) => format!("`{}` does not depend on {}", name.name, number.name),
                None => format!("`{}` depends on no number", name.name),
            };
            let advice = match parameters.first() {
                Some(own) => format!("write `{} is regular in {own}`", name.name),
                None => {
                    format!("write `{}({of}; {number})` wherever it stands, or leave this out", name.name)
                }
            };
            Diagnostic::new(name.span.clone(), says).suggest(advice)
        } else {
            let Some(of) = self.survey.functions.get(&name.name).cloned().flatten() else { return };
            let number = Name::from(number);
            if within.is_none() || of.contains(&number) || self.survey.declared.contains(&name.name) {
                return;
            }
            let says = format!("`{}` does not depend on {number}", name.name);
            Diagnostic::new(name.span.clone(), says).suggest(format!(
                "write `{}({}, {number})` wherever it stands, or leave out `in {number}`",
                name.name,
                of.join(", ")
            ))
        };
        self.diagnostics.push(fault);
    }

    /// Which property is meant, if the name can have it.
    fn property(&mut self, name: &Ident, property: Property, span: &Span) -> Option<Property> {
        let generator = self.survey.is_generator(&name.name);
        let law = self.survey.laws.contains(&name.name);
        let function = self.survey.functions.contains_key(&name.name);
        let meant = match property {
            Property::Convex if function && !generator => Some(Property::ConvexFunction),
            Property::Convex | Property::Closed | Property::StrictlyConvex | Property::Normalised
                if generator =>
            {
                Some(property)
            }
            Property::Differentiable if generator || function => Some(property),
            Property::Bounded | Property::Integrable if function && !generator => Some(property),
            Property::Regular if law || function && !generator => Some(property),
            Property::ConstantSupport if law => Some(property),
            _ => None,
        };
        if meant.is_none() {
            let what = if generator {
                "a generator"
            } else if law {
                "a law"
            } else if function {
                "a function"
            } else {
                self.diagnostics.push(Diagnostic::new(
                    name.span.clone(),
                    format!(
                        "`{}` is neither a generator, a law nor a free function of this derivation",
                        name.name
                    ),
                ));
                return None;
            };
            self.diagnostics.push(
                Diagnostic::new(span.clone(), format!("{what} cannot have this property"))
                    .also(name.span.clone(), format!("`{}` is {what}", name.name))
                    .note("a generator is closed, convex, strictly convex, differentiable, normalised; a function bounded, integrable, convex, differentiable, regular; a law regular or of constant support"),
            );
        }
        meant
    }
}
