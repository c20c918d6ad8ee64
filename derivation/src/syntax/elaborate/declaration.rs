//! `let` statements to what a [`Context`] declares.

use super::super::diagnostic::Diagnostic;
use super::super::names::{nearest, space};
use super::super::tree::{Be, Declaration, Ident, LawUse};
use super::scope::{Binder, Elaborator};
use crate::context::{Context, Function, Generator, GeneratorKind, Pushforward, Space};
use crate::term::{Name, Range, Term, Variable};

impl Elaborator {
    pub(super) fn declarations(&mut self, declarations: &[Declaration], context: &mut Context) {
        let mut seen: Vec<Ident> = Vec::new();
        for declaration in declarations {
            for subject in &declaration.subjects {
                if let Some(earlier) = seen.iter().find(|earlier| earlier.name == subject.name.name)
                    // `let p(z), p(x | z) be laws` names two parts of one joint law.
                    && !matches!(declaration.be, Be::In(_) | Be::Law)
                {
                    self.diagnostics.push(
                        Diagnostic::new(
                            subject.name.span.clone(),
                            format!("`{}` is declared twice", subject.name.name),
                        )
                        .also(earlier.span.clone(), "first here"),
                    );
                }
                seen.push(subject.name.clone());
                self.ended.clear();
                self.declare(subject, &declaration.be, context);
            }
        }
    }

    fn declare(&mut self, subject: &LawUse, be: &Be, context: &mut Context) {
        let name = subject.name.name.clone();
        match be {
            Be::Real => context.spaces.push((space(&name).into(), Space::Real)),
            Be::Finite => context.spaces.push((space(&name).into(), Space::Finite)),
            Be::Number => {
                if !self.numbers.contains(&name) {
                    self.numbers.push(name);
                }
            }
            Be::Generator(None) => {
                context.generators.push(Generator { name, kind: GeneratorKind::Generic });
            }
            Be::Generator(Some(row)) => {
                self.catalogue(row);
                context.generators.push(Generator { name, kind: GeneratorKind::Catalogue(row.name.clone()) });
            }
            Be::Class(range) => {
                let range = range.as_ref().map_or(Range::Real, |range| self.range(range));
                context.classes.push((name, range));
            }
            Be::Law => {
                self.declared_law(subject);
            }
            Be::LawOf { map, arguments, noise } => {
                if !self.used_functions.contains(&map.name) {
                    self.used_functions.push(map.name.clone());
                }
                let of: Vec<Ident> = noise.names.clone();
                let binders: Vec<Variable> = of.iter().map(|ident| self.bind_point(&ident.name)).collect();
                let noise = self.measure(&noise.law, &of, &binders);
                self.declared_law(subject);
                let parameters = subject.points.as_ref().map_or(&[][..], |points| &points.parameters);
                let arguments = match arguments.as_slice() {
                    // `the law of g with …`: the noise, then the law's own numbers.
                    [] => of.iter().chain(parameters).collect::<Vec<_>>(),
                    written => written.iter().collect(),
                };
                for number in arguments.iter().map(|ident| &ident.name).chain(&noise.parameters) {
                    let own = parameters.iter().any(|parameter| parameter.name == *number);
                    if !own && !of.iter().any(|point| point.name == *number) {
                        self.hidden_number(subject, number);
                    }
                }
                let point = |ident: &Ident| of.iter().position(|point| point.name == ident.name);
                let arguments = arguments
                    .into_iter()
                    .map(|ident| match point(ident) {
                        Some(at) => Term::Point(binders[at].clone()),
                        None => Term::Parameter(ident.name.clone()),
                    })
                    .collect();
                self.define(&name, |law| {
                    law.pushforward = Some(Pushforward { map: map.name.clone(), arguments, noise });
                });
            }
            Be::DefinedLaw(value) => {
                let definition = self.definition(subject, value);
                self.declared_law(subject);
                self.define(&name, |law| law.definition = Some(definition));
            }
            Be::DefinedGenerator(value) => {
                let written = subject.points.as_ref().and_then(|points| points.of.first());
                let Some(ident) = written else { return };
                let number = self.bind_name(&ident.name);
                let scope = vec![(ident.clone(), Binder::Number(number.clone()))];
                let value = self.scoped(scope, |within| within.term(value));
                let kind = GeneratorKind::Formula(number, Box::new(value));
                context.generators.push(Generator { name, kind });
            }
            Be::Function => self.function(subject, Range::Real, None, context),
            Be::In(range) => {
                let range = self.range(range);
                match context.functions.iter_mut().find(|function| function.name == name) {
                    Some(function) => function.range = range,
                    None => self.function(subject, range, None, context),
                }
            }
            Be::Defined(value) => {
                let definition = self.definition(subject, value);
                self.function(subject, Range::Real, Some(definition), context);
            }
        }
    }

    /// A law that depends on a number says so: `q(z; theta)`.
    fn hidden_number(&mut self, subject: &LawUse, number: &Name) {
        let points = subject.points.as_ref();
        let names = |idents: Option<&Vec<Ident>>| {
            idents.into_iter().flatten().map(|ident| ident.name.to_string()).collect::<Vec<_>>()
        };
        let mut parameters = names(points.map(|points| &points.parameters));
        parameters.push(number.to_string());
        let of = names(points.map(|points| &points.of)).join(", ");
        self.diagnostics.push(
            Diagnostic::new(
                subject.span.clone(),
                format!("`{}` depends on {number}, and does not say so", subject.name.name),
            )
            .suggest(format!("write `{}({of}; {})`", subject.name.name, parameters.join(", "))),
        );
    }

    fn catalogue(&mut self, row: &Ident) {
        let named = vdm::catalogue::named();
        let known: Vec<String> = named.iter().map(|divergence| divergence.name()).collect();
        if known.iter().any(|name| **name == *row.name) {
            return;
        }
        let fault = Diagnostic::new(
            row.span.clone(),
            format!("no divergence of the catalogue is called `{}`", row.name),
        );
        let fault = match nearest(&row.name, known.iter().map(String::as_str)) {
            Some(other) => fault.suggest(format!("did you mean `{other}`?")),
            None => fault,
        };
        self.diagnostics.push(fault.note(format!("it has {}", known.join(", "))));
    }

    /// The law's spaces, as its declaration names them.
    fn declared_law(&mut self, subject: &LawUse) {
        let names = self.compared(&[subject]);
        let binders: Vec<Variable> = names.iter().map(|ident| self.bind_point(&ident.name)).collect();
        // The points of a declaration are its own, those behind the bar included.
        let given: Vec<Ident> = subject.points.as_ref().map_or(Vec::new(), |points| points.given.clone());
        let scope =
            given.iter().map(|ident| (ident.clone(), Binder::Point(self.bind_point(&ident.name)))).collect();
        self.scoped(scope, |within| within.measure(subject, &names, &binders));
    }

    fn define(&mut self, name: &Name, change: impl FnOnce(&mut crate::context::Law)) {
        if let Some(at) = self.laws.iter().position(|law| law.name == *name) {
            let mut law = self.laws.remove(at);
            change(&mut law);
            self.laws.push(law);
        }
    }

    /// The points of `T(x) = …` and the value there. Arguments that are numbers are
    /// points here as well: whatever stands in their place is put in.
    fn definition(&mut self, subject: &LawUse, value: &super::super::tree::Node) -> (Vec<Variable>, Term) {
        let names = subject.points.as_ref().map_or(Vec::new(), |points| points.of.clone());
        self.distinct(&names);
        let points: Vec<Variable> = names.iter().map(|ident| self.bind_point(&ident.name)).collect();
        let scope = names.into_iter().zip(points.iter().cloned().map(Binder::Point)).collect();
        let value = self.scoped(scope, |within| within.term(value));
        (points, value)
    }

    fn function(
        &mut self,
        subject: &LawUse,
        range: Range,
        definition: Option<(Vec<Variable>, Term)>,
        context: &mut Context,
    ) {
        let Some(points) = &subject.points else { return };
        let of = points
            .of
            .iter()
            .map(|ident| {
                if self.survey.numbers.contains(&ident.name) {
                    ident.name.clone()
                } else {
                    space(&ident.name).into()
                }
            })
            .collect();
        context.functions.push(Function { name: subject.name.name.clone(), of, range, definition });
    }

    /// What the context holds beyond the statements: all that the lines mention.
    pub(super) fn complete(&mut self, context: &mut Context) {
        for law in &mut self.laws {
            let of = law.of.clone();
            law.given.retain(|name| !of.contains(name));
        }
        let (plain, defined): (Vec<_>, Vec<_>) = std::mem::take(&mut self.laws)
            .into_iter()
            .partition(|law| law.definition.is_none() && law.pushforward.is_none());
        context.laws = plain.into_iter().chain(defined).collect();
        for name in &self.used_functions {
            if context.functions.iter().any(|function| function.name == *name) {
                continue;
            }
            if let Some(Some(of)) = self.survey.functions.get(name) {
                context.functions.push(Function {
                    name: name.clone(),
                    of: of.clone(),
                    range: Range::Real,
                    definition: None,
                });
            }
        }
        context.numbers = std::mem::take(&mut self.numbers);
        for name in &self.survey.generators {
            if !context.generators.iter().any(|generator| generator.name == *name) {
                context.generators.push(Generator { name: name.clone(), kind: GeneratorKind::Generic });
            }
        }
        for name in &self.survey.spaces {
            let declared = context.spaces.iter().any(|(space, _)| space == name);
            if declared {
                continue;
            }
            let space = if self.survey.summed.contains(name) {
                Space::Finite
            } else if self.numeric.contains(name) {
                Space::Real
            } else {
                Space::Any
            };
            context.spaces.push((name.clone(), space));
        }
        context.points = std::mem::take(&mut self.points);
    }
}
