//! What every name is, told from the declarations and from all of its uses, before any
//! expression is elaborated.

use super::super::names::{generator_by_default, law_by_default, space};
use super::super::tree::{
    Assumption, Be, Binding, Bound, Citation, Derivation, Expr, Ident, LawUse, Node, Range, Says, Witness,
};
use crate::context::Context;
use crate::term::Name;
use std::collections::{BTreeMap, BTreeSet};

/// The spaces of a law where it stands with its points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) of: Vec<Name>,
    pub(super) given: Vec<Name>,
    pub(super) parameters: Vec<Name>,
}

/// What the names are.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    pub(super) laws: BTreeSet<Name>,
    pub(super) uses: BTreeMap<Name, Vec<Use>>,
    pub(super) generators: BTreeSet<Name>,
    pub(super) classes: BTreeSet<Name>,
    pub(super) numbers: BTreeSet<Name>,
    pub(super) spaces: BTreeSet<Name>,
    /// Names that stand for points of laws in one place and for numbers in another.
    pub(super) both: BTreeSet<Name>,
    /// Spaces over which a `sum` runs.
    pub(super) summed: BTreeSet<Name>,
    /// Functions that are declared, or free in some line, with what they are functions of.
    pub(super) functions: BTreeMap<Name, Option<Vec<Name>>>,
    /// Names that a `let` declares.
    pub(super) declared: BTreeSet<Name>,
    /// Functions and numbers that an extremum binds around the place at hand.
    bound: Vec<(Name, bool)>,
}

impl Survey {
    pub(super) fn of(derivation: &Derivation) -> Self {
        let mut survey = Self::default();
        for declaration in &derivation.declarations {
            survey.declaration(&declaration.subjects, &declaration.be);
        }
        // Twice: what a name is may be told by a later line.
        for _ in 0..2 {
            survey.bodies(derivation);
        }
        survey.part();
        survey
    }

    /// What a context says, and what an expression's own names say.
    pub(super) fn within(context: &Context, look: impl Fn(&mut Self)) -> Self {
        let mut survey = Self::default();
        for law in &context.laws {
            survey.laws.insert(law.name.clone());
            survey.declared.insert(law.name.clone());
            survey.spaces.extend(law.of.iter().chain(&law.given).cloned());
            survey.numbers.extend(law.parameters.iter().cloned());
            let used =
                Use { of: law.of.clone(), given: law.given.clone(), parameters: law.parameters.clone() };
            survey.uses.entry(law.name.clone()).or_default().push(used);
        }
        survey.numbers.extend(context.numbers.iter().cloned());
        survey.spaces.extend(context.spaces.iter().map(|(name, _)| name.clone()));
        survey.generators.extend(context.generators.iter().map(|generator| generator.name.clone()));
        survey.classes.extend(context.classes.iter().map(|(name, _)| name.clone()));
        for function in &context.functions {
            survey.functions.insert(function.name.clone(), Some(function.of.clone()));
            survey.declared.insert(function.name.clone());
        }
        survey
            .declared
            .extend(survey.numbers.iter().chain(&survey.generators).chain(&survey.classes).cloned());
        for _ in 0..2 {
            look(&mut survey);
        }
        survey.part();
        survey
    }

    /// What stands for a number is no space.
    fn part(&mut self) {
        let law_spaces: BTreeSet<&Name> =
            self.uses.values().flatten().flat_map(|used| used.of.iter().chain(&used.given)).collect();
        self.both = self.numbers.iter().filter(|name| law_spaces.contains(name)).cloned().collect();
        self.spaces.retain(|name| !self.numbers.contains(name));
    }

    fn declaration(&mut self, subjects: &[LawUse], be: &Be) {
        for subject in subjects {
            let name = subject.name.name.clone();
            match be {
                Be::Real | Be::Finite => {
                    self.spaces.insert(space(&name).into());
                    continue;
                }
                Be::Number => {
                    self.numbers.insert(name.clone());
                }
                Be::Generator(_) | Be::DefinedGenerator(_) => {
                    self.generators.insert(name.clone());
                }
                Be::Class(_) => {
                    self.classes.insert(name.clone());
                }
                Be::Law | Be::LawOf { .. } | Be::DefinedLaw(_) => {
                    self.laws.insert(name.clone());
                }
                Be::Function | Be::In(_) | Be::Defined(_) => {
                    let of = subject.points.as_ref().map(|points| spaces(&points.of));
                    self.functions.insert(name.clone(), of);
                }
            }
            self.declared.insert(name);
        }
    }

    fn bodies(&mut self, derivation: &Derivation) {
        for declaration in &derivation.declarations {
            self.declared_body(&declaration.subjects, &declaration.be);
        }
        for assumption in &derivation.assumptions {
            self.assumption(assumption);
        }
        self.node(&derivation.first);
        for link in &derivation.links {
            match &link.says {
                Says::Relates(_, node) => self.node(node),
                Says::Attained(witness) => self.witness(witness),
            }
            for Citation { witness, .. } in &link.by {
                if let Some(witness) = witness {
                    self.witness(witness);
                }
            }
        }
    }

    fn declared_body(&mut self, subjects: &[LawUse], be: &Be) {
        let names =
            subjects.iter().filter_map(|subject| subject.points.as_ref()).flat_map(|points| &points.of);
        match be {
            Be::Law | Be::LawOf { .. } | Be::DefinedLaw(_) => {
                subjects.iter().for_each(|subject| self.law(subject));
            }
            Be::DefinedGenerator(node) => {
                let bound: Vec<_> = names.map(|ident| (ident.name.clone(), false)).collect();
                let depth = self.bound.len();
                self.bound.extend(bound);
                self.node(node);
                self.bound.truncate(depth);
                return;
            }
            Be::Function | Be::In(_) | Be::Defined(_) => {
                let names: Vec<_> = names.filter(|ident| !self.numbers.contains(&ident.name)).collect();
                self.spaces.extend(spaces_of(names));
            }
            _ => {}
        }
        match be {
            Be::Defined(node) | Be::DefinedLaw(node) => self.node(node),
            Be::LawOf { map, arguments, noise } => {
                self.binding(noise);
                if !arguments.is_empty() {
                    let known = self.functions.entry(map.name.clone()).or_default();
                    *known = known.take().or_else(|| Some(spaces(arguments)));
                }
            }
            _ => {}
        }
    }

    pub(super) fn assumption(&mut self, assumption: &Assumption) {
        match assumption {
            Assumption::AbsolutelyContinuous(p, q) => {
                self.law(p);
                self.law(q);
            }
            Assumption::Compares(left, _, right) => {
                self.node(left);
                self.node(right);
            }
            Assumption::Finite(node) => self.node(node),
            Assumption::In(node, range) => {
                self.node(node);
                self.range(range);
            }
            Assumption::Subgradient { slope, generator, at } => {
                self.generators.insert(generator.name.clone());
                self.node(slope);
                self.node(at);
            }
            Assumption::Has { .. } => {}
        }
    }

    fn witness(&mut self, witness: &Witness) {
        self.node(&witness.value);
    }

    fn law(&mut self, law: &LawUse) {
        let name = &law.name.name;
        self.laws.insert(name.clone());
        if let Some(points) = &law.points {
            self.spaces.extend(spaces_of(points.of.iter().chain(&points.given)));
            self.numbers.extend(points.parameters.iter().map(|ident| ident.name.clone()));
            self.record(name, &points.of, &points.given, &points.parameters);
        }
    }

    fn record(&mut self, name: &Name, of: &[Ident], given: &[Ident], parameters: &[Ident]) {
        let used = Use {
            of: spaces(of),
            given: spaces(given),
            parameters: parameters.iter().map(|ident| ident.name.clone()).collect(),
        };
        let uses = self.uses.entry(name.clone()).or_default();
        if !uses.contains(&used) {
            uses.push(used);
        }
    }

    fn binding(&mut self, binding: &Binding) {
        self.spaces.extend(spaces_of(&binding.names));
        self.law(&binding.law);
        if binding.law.points.is_none() {
            self.record(&binding.law.name.name, &binding.names, &[], &[]);
        }
    }

    fn range(&mut self, range: &Range) {
        match range {
            Range::Domain(name) | Range::ConjugateDomain(name) => {
                self.generators.insert(name.name.clone());
            }
            Range::Interval { low, high, .. } => {
                self.node(low);
                self.node(high);
            }
            Range::Real | Range::Class(_) => {}
        }
    }

    fn is_bound(&self, name: &str, function: bool) -> bool {
        self.bound.iter().any(|(bound, is_function)| &**bound == name && *is_function == function)
    }

    /// Is this applied name a law?
    pub(super) fn is_law(&self, name: &str, bare_arguments: bool) -> bool {
        self.laws.contains(name) || (law_by_default(name) && bare_arguments && !self.declared.contains(name))
    }

    pub(super) fn is_generator(&self, name: &str) -> bool {
        self.generators.contains(name) || (generator_by_default(name) && !self.declared.contains(name))
    }

    pub(super) fn node(&mut self, node: &Node) {
        match &node.expr {
            Expr::Number(_) | Expr::Infinity | Expr::Name(_) => {}
            Expr::Call(call) => {
                call.arguments.iter().for_each(|argument| self.node(argument));
                let name = &call.name.name;
                let bare: Option<Vec<Ident>> = call.arguments.iter().map(bare).collect();
                if self.is_bound(name, true) {
                    self.points(bare.iter().flatten());
                } else if call.law || self.is_law(name, bare.is_some()) {
                    self.laws.insert(name.clone());
                    self.spaces.extend(spaces_of(bare.iter().flatten().chain(&call.given)));
                    self.numbers.extend(call.parameters.iter().map(|ident| ident.name.clone()));
                    self.record(name, bare.as_deref().unwrap_or_default(), &call.given, &call.parameters);
                } else if self.is_generator(name) {
                    self.generators.insert(name.clone());
                } else {
                    self.points(bare.iter().flatten());
                    let known = self.functions.entry(name.clone()).or_default();
                    if known.is_none() {
                        *known = bare.map(|names| spaces(&names));
                    }
                }
            }
            Expr::Generator { name, argument, .. } => {
                self.generators.insert(name.name.clone());
                self.node(argument);
            }
            Expr::Distance { kind, p, q } => {
                if let Some(generator) = kind.name.strip_prefix("D_") {
                    self.generators.insert(generator.into());
                }
                self.law(p);
                self.law(q);
            }
            Expr::Entropy(law) => self.law(law),
            Expr::Sum(nodes) | Expr::Product(nodes) | Expr::Larger(nodes) | Expr::Smaller(nodes) => {
                nodes.iter().for_each(|node| self.node(node));
            }
            Expr::Negative(body) | Expr::Prefix(_, body) => self.node(body),
            Expr::Quotient(left, right) | Expr::Power(left, right) => {
                self.node(left);
                self.node(right);
            }
            Expr::Expectation { bindings, body } => {
                bindings.iter().for_each(|binding| self.binding(binding));
                self.node(body);
            }
            Expr::Integral { sum, over, body } => {
                self.spaces.extend(spaces_of(over));
                if *sum {
                    self.summed.extend(spaces_of(over));
                }
                self.node(body);
            }
            Expr::Extremum { over, body, .. } => self.extremum(over, body),
            Expr::Gradient { parameter, body } => {
                self.numbers.insert(parameter.name.clone());
                self.node(body);
            }
        }
    }

    fn extremum(&mut self, over: &Bound, body: &Node) {
        over.range.iter().for_each(|range| self.range(range));
        if let Some(of) = &over.of {
            self.spaces.extend(spaces_of(of));
        }
        self.bound.push((over.name.name.clone(), over.of.is_some()));
        self.node(body);
        self.bound.pop();
    }

    /// The arguments of a function are points, but for numbers.
    fn points<'a>(&mut self, names: impl Iterator<Item = &'a Ident>) {
        let names: Vec<_> = names
            .filter(|ident| !self.numbers.contains(&ident.name) && !self.is_bound(&ident.name, false))
            .collect();
        self.spaces.extend(spaces_of(names));
    }
}

/// The name, if the expression is no more than that.
pub(super) fn bare(node: &Node) -> Option<Ident> {
    match &node.expr {
        Expr::Name(name) => Some(Ident { name: name.clone(), span: node.span.clone() }),
        _ => None,
    }
}

fn spaces(names: &[Ident]) -> Vec<Name> {
    spaces_of(names).collect()
}

fn spaces_of<'a>(names: impl IntoIterator<Item = &'a Ident>) -> impl Iterator<Item = Name> {
    names.into_iter().map(|ident| Name::from(space(&ident.name))).collect::<Vec<_>>().into_iter()
}
