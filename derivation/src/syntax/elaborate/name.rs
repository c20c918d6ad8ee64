//! What a name stands for, alone or applied: a number, a point, a density, a generator, a
//! function; and what to say of one that stands for nothing.

use super::super::diagnostic::Diagnostic;
use super::super::names::{law_by_default, nearest, one_letter, space};
use super::super::tree::{Call, Ident, Node, Points};
use super::scope::{Binder, Elaborator};
use super::survey::bare;
use crate::term::{Name, Part, Term};
use num_rational::BigRational;
use num_traits::One;

impl Elaborator {
    /// A number by its name: bound by an extremum, or free.
    pub(super) fn number_named(&mut self, ident: &Ident) -> Name {
        match self.lookup(&ident.name) {
            Some(Binder::Number(name)) => name.clone(),
            Some(_) => {
                let says = format!("`{}` is no number here", ident.name);
                self.diagnostics.push(Diagnostic::new(ident.span.clone(), says));
                ident.name.clone()
            }
            None => {
                self.occurs_free(&ident.name, &ident.span);
                if !self.lenient && !self.numbers.contains(&ident.name) {
                    self.numbers.push(ident.name.clone());
                }
                ident.name.clone()
            }
        }
    }

    /// A name alone.
    pub(super) fn name(&mut self, ident: &Ident) -> Term {
        let name = &ident.name;
        match self.lookup(name) {
            Some(Binder::Number(unique)) => return Term::Parameter(unique.clone()),
            Some(Binder::Function(..)) => return self.needs_argument(ident, "a function"),
            Some(Binder::Point(variable)) => {
                let variable = variable.clone();
                self.numeric.insert(variable.space.clone());
                return Term::Point(variable);
            }
            None => {}
        }
        if self.survey.numbers.contains(name) {
            return Term::Parameter(self.number_named(ident));
        }
        if self.survey.spaces.contains(space(name)) {
            let variable = self.variable(ident);
            self.numeric.insert(variable.space.clone());
            return Term::Point(variable);
        }
        if &**name == "e" {
            return Term::Exp(Box::new(Term::Number(BigRational::one())));
        }
        if self.survey.laws.contains(name) {
            return self.needs_argument(ident, "a law");
        }
        if self.survey.functions.contains_key(name) {
            return self.needs_argument(ident, "a function");
        }
        if self.survey.is_generator(name) {
            return self.needs_argument(ident, "a generator");
        }
        if name.chars().all(|letter| letter == 'd') || !one_letter(name) {
            return self.unknown(ident);
        }
        Term::Parameter(self.number_named(ident))
    }

    fn needs_argument(&mut self, ident: &Ident, what: &str) -> Term {
        let argument = if what == "a generator" { "u" } else { "x" };
        self.fault(
            Diagnostic::new(ident.span.clone(), format!("`{}` is {what}, not a number", ident.name))
                .suggest(format!("write its argument: `{}({argument})`", ident.name)),
        )
    }

    fn unknown(&mut self, ident: &Ident) -> Term {
        let survey = &self.survey;
        let known = survey
            .numbers
            .iter()
            .chain(&survey.spaces)
            .chain(&survey.laws)
            .chain(survey.functions.keys())
            .map(|name| &**name)
            .chain(["inf", "log", "exp", "sqrt", "abs", "int", "sum", "sup", "theta", "lambda", "alpha"]);
        let fault = Diagnostic::new(ident.span.clone(), format!("`{}` is unknown", ident.name));
        if let Some(other) = nearest(&ident.name, known) {
            let fault = fault.suggest(format!("did you mean `{other}`?"));
            return self.fault(fault);
        }
        let note = format!(
            "names of one letter stand for numbers; others are declared: `let {} be a number`",
            ident.name
        );
        self.fault(fault.note(note))
    }

    /// A name applied.
    pub(super) fn call(&mut self, call: &Call, node: &Node) -> Term {
        let name = &call.name.name;
        if let Some(binder) = self.lookup(name).cloned() {
            return match binder {
                Binder::Function(unique, arity) => self.apply(call, unique, arity, None),
                _ => self.not_applicable(call),
            };
        }
        let names: Option<Vec<Ident>> = call.arguments.iter().map(bare).collect();
        let law = call.law || self.survey.is_law(name, names.is_some());
        if law || (law_by_default(name) && !self.survey.declared.contains(name)) {
            let Some(of) = names else {
                let culprit = call.arguments.iter().find(|argument| bare(argument).is_none());
                let span = culprit.map_or(node.span.clone(), |argument| argument.span.clone());
                return self.fault(
                    Diagnostic::new(span, format!("`{name}` is a law: in its brackets stand variables only"))
                        .note("the density at another point: bind a variable, or declare a function"),
                );
            };
            let points = Points { of, given: call.given.clone(), parameters: call.parameters.clone() };
            return Term::Density(self.density(&call.name, &points));
        }
        if self.survey.is_generator(name) {
            return match call.arguments.as_slice() {
                [argument] => Term::Generator {
                    name: name.clone(),
                    part: Part::Value,
                    argument: Box::new(self.term(argument)),
                },
                more => {
                    let says = format!("the generator `{name}` has one argument, not {}", more.len());
                    self.fault(Diagnostic::new(node.span.clone(), says))
                }
            };
        }
        if self.survey.numbers.contains(name) || self.survey.spaces.contains(space(name)) {
            return self.not_applicable(call);
        }
        if !self.survey.declared.contains(name) && !one_letter(name) {
            return self.unknown_function(call);
        }
        match self.survey.functions.get(name).cloned().flatten() {
            Some(of) => {
                self.occurs_free(name, &call.name.span);
                if !self.lenient && !self.used_functions.contains(name) {
                    self.used_functions.push(name.clone());
                }
                self.apply(call, name.clone(), of.len(), Some(&of))
            }
            None => self.fault(
                Diagnostic::new(
                    call.name.span.clone(),
                    format!("of which variables is `{name}` a function?"),
                )
                .suggest(format!("declare it: `let {name}(x) be a function`")),
            ),
        }
    }

    fn not_applicable(&mut self, call: &Call) -> Term {
        let name = &call.name.name;
        self.fault(
            Diagnostic::new(call.name.span.clone(), format!("`{name}` is no function"))
                .suggest(format!("for a product write `{name} * (…)`")),
        )
    }

    fn unknown_function(&mut self, call: &Call) -> Term {
        let name = &*call.name.name;
        let fault = Diagnostic::new(call.name.span.clone(), format!("`{name}` is unknown"));
        let fault = match name {
            "ln" => fault.suggest("write `log`"),
            "KLD" | "Kl" | "kl" | "DKL" | "D_KL" => fault.suggest("write `KL(p || q)`"),
            "JSD" | "Js" | "js" => fault.suggest("write `JS(p || q)`"),
            "Max" => fault.suggest("write `larger(a, b)`"),
            "Min" => fault.suggest("write `smaller(a, b)`"),
            "Var" | "var" => fault.suggest("write it out: `E[x ~ p(x)] h(x)^2 - (E[x ~ p(x)] h(x))^2`"),
            _ => {
                let known = self.survey.laws.iter().chain(self.survey.functions.keys()).map(|name| &**name);
                let words = ["log", "exp", "sqrt", "abs", "larger", "smaller", "KL", "JS", "TV"];
                match nearest(name, known.chain(words)) {
                    Some(other) => fault.suggest(format!("did you mean `{other}`?")),
                    None => fault.note(format!(
                        "names of one letter stand for functions; others are declared: `let {name}(x) be a function`"
                    )),
                }
            }
        };
        self.fault(fault)
    }

    fn apply(&mut self, call: &Call, name: Name, arity: usize, of: Option<&[Name]>) -> Term {
        if call.arguments.len() != arity {
            let written = &call.name.name;
            let takes = if arity == 1 { "one argument".to_owned() } else { format!("{arity} arguments") };
            let fault = Diagnostic::new(
                call.name.span.clone(),
                format!("`{written}` has {takes}, here it is given {}", call.arguments.len()),
            );
            let fault = match of {
                Some(of) => fault.note(format!("it is a function of {}", of.join(", "))),
                None => fault,
            };
            return self.fault(fault);
        }
        let arguments = call.arguments.iter().map(|argument| self.argument(argument)).collect();
        Term::Function { name, arguments }
    }

    /// The argument of a function: a variable is a point, which says nothing of numbers.
    fn argument(&mut self, node: &Node) -> Term {
        let Some(ident) = bare(node) else { return self.term(node) };
        let point = match self.lookup(&ident.name) {
            Some(Binder::Point(_)) => true,
            Some(_) => false,
            None => {
                !self.survey.numbers.contains(&ident.name) && self.survey.spaces.contains(space(&ident.name))
            }
        };
        if point { Term::Point(self.variable(&ident)) } else { self.term(node) }
    }
}
