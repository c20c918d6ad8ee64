//! Expressions to terms.

use super::super::diagnostic::Diagnostic;
use super::super::names::{law_by_default, nearest, space};
use super::super::tree::{Binding, Bound, Call, Expr, Ident, Node, Points, Prefix};
use super::scope::{Binder, Elaborator};
use super::survey::bare;
use crate::term::{Distance, End, Name, Over, Part, Range, Term, Variable};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

/// The largest numerator and denominator of an exponent.
const LARGEST_EXPONENT: u32 = 64;

impl Elaborator {
    pub(super) fn term(&mut self, node: &Node) -> Term {
        match &node.expr {
            Expr::Number(number) => Term::Number(number.clone()),
            Expr::Infinity => Term::Infinity,
            Expr::Name(name) => self.name(&Ident { name: name.clone(), span: node.span.clone() }),
            Expr::Call(call) => self.call(call, node),
            Expr::Generator { name, part, argument } => Term::Generator {
                name: name.name.clone(),
                part: *part,
                argument: Box::new(self.term(argument)),
            },
            Expr::Distance { kind, p, q } => {
                let (p, q) = self.pair(p, q);
                Term::Distance { kind: distance(&kind.name), p, q }
            }
            Expr::Entropy(law) => {
                let names = self.compared(&[law]);
                let binders: Vec<Variable> = names.iter().map(|ident| self.bind_point(&ident.name)).collect();
                Term::Entropy(self.measure(law, &names, &binders))
            }
            Expr::Sum(nodes) => Term::Sum(nodes.iter().map(|node| self.term(node)).collect()),
            Expr::Product(nodes) => {
                let mut factors = Vec::new();
                for node in nodes {
                    match self.term(node) {
                        Term::Product(inner) => factors.extend(inner),
                        factor => factors.push(factor),
                    }
                }
                Term::Product(factors)
            }
            Expr::Negative(body) => Term::Negative(Box::new(self.term(body))),
            Expr::Quotient(above, below) => match (&above.expr, &below.expr) {
                (Expr::Number(above), Expr::Number(below)) if !below.is_zero() => Term::Number(above / below),
                _ => Term::Quotient(Box::new(self.term(above)), Box::new(self.term(below))),
            },
            Expr::Power(base, exponent) => self.power(base, exponent),
            Expr::Prefix(prefix, body) => {
                let body = Box::new(self.term(body));
                match prefix {
                    Prefix::Log => Term::Log(body),
                    Prefix::Exp => Term::Exp(body),
                    Prefix::Abs => Term::Abs(body),
                    Prefix::Sqrt => Term::Power(body, BigRational::new(BigInt::one(), BigInt::from(2))),
                }
            }
            Expr::Larger(nodes) => Term::Larger(nodes.iter().map(|node| self.term(node)).collect()),
            Expr::Smaller(nodes) => Term::Smaller(nodes.iter().map(|node| self.term(node)).collect()),
            Expr::Expectation { bindings, body } => self.expectation(bindings, body),
            Expr::Integral { over, body, .. } => {
                self.distinct(over);
                let variables: Vec<Variable> =
                    over.iter().map(|ident| self.bind_point(&ident.name)).collect();
                let scope = over.iter().cloned().zip(variables.iter().cloned().map(Binder::Point)).collect();
                let body = self.scoped(scope, |within| within.term(body));
                Term::Integral { over: variables, body: Box::new(body) }
            }
            Expr::Extremum { kind, over, body } => {
                let (over, scope) = self.over(over);
                let body = self.scoped(vec![scope], |within| within.term(body));
                Term::Extremum { kind: *kind, over, body: Box::new(body) }
            }
            Expr::Gradient { parameter, body } => {
                if self.survey.both.contains(&parameter.name) && self.lookup(&parameter.name).is_none() {
                    let says = format!("`{}` is a point of a law; `d[…]` is in a number", parameter.name);
                    return self.fault(Diagnostic::new(parameter.span.clone(), says));
                }
                let parameter = self.number_named(parameter);
                Term::Gradient { parameter, body: Box::new(self.term(body)) }
            }
        }
    }

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
    fn name(&mut self, ident: &Ident) -> Term {
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
        if name.chars().all(|letter| letter == 'd') || !number_by_default(name) {
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
    fn call(&mut self, call: &Call, node: &Node) -> Term {
        let name = &call.name.name;
        if let Some(binder) = self.lookup(name).cloned() {
            return match binder {
                Binder::Function(unique, arity) => self.apply(call, unique, arity, None),
                _ => self.not_applicable(call),
            };
        }
        let bare: Option<Vec<Ident>> = call.arguments.iter().map(bare).collect();
        let law = call.law || self.survey.is_law(name, bare.is_some());
        if law || (law_by_default(name) && !self.survey.declared.contains(name)) {
            let Some(of) = bare else {
                let culprit = call.arguments.iter().find(|argument| super::survey::bare(argument).is_none());
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
        if !self.survey.declared.contains(name) && !function_by_default(name) {
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

    fn expectation(&mut self, bindings: &[Binding], body: &Node) -> Term {
        let Some((binding, rest)) = bindings.split_first() else { return self.term(body) };
        self.distinct(&binding.names);
        let binders: Vec<Variable> = binding.names.iter().map(|ident| self.bind_point(&ident.name)).collect();
        let law = self.measure(&binding.law, &binding.names, &binders);
        let scope = binding.names.iter().cloned().zip(binders.into_iter().map(Binder::Point)).collect();
        let body = self.scoped(scope, |within| within.expectation(rest, body));
        Term::Expectation { law, body: Box::new(body) }
    }

    fn over(&mut self, bound: &Bound) -> (Over, (Ident, Binder)) {
        let range = bound.range.as_ref().map_or(Range::Real, |range| self.range(range));
        let name = self.bind_name(&bound.name.name);
        match &bound.of {
            None => {
                if let Range::Class(class) = &range {
                    let says =
                        format!("`{class}` is a class of functions; `{}` is a number", bound.name.name);
                    self.diagnostics.push(
                        Diagnostic::new(bound.name.span.clone(), says)
                            .suggest(format!("write `{}(x) in {class}`", bound.name.name)),
                    );
                }
                (Over::Number { name: name.clone(), range }, (bound.name.clone(), Binder::Number(name)))
            }
            Some(of) => {
                self.distinct(of);
                let of: Vec<Variable> = of.iter().map(|ident| self.bind_point(&ident.name)).collect();
                let binder = Binder::Function(name.clone(), of.len());
                (Over::Function { name, of, range }, (bound.name.clone(), binder))
            }
        }
    }

    pub(super) fn range(&mut self, range: &super::super::tree::Range) -> Range {
        use super::super::tree::Range as Written;
        match range {
            Written::Real => Range::Real,
            Written::Domain(name) => Range::Domain(name.name.clone()),
            Written::ConjugateDomain(name) => Range::ConjugateDomain(name.name.clone()),
            Written::Class(name) => {
                if !self.survey.classes.contains(&name.name) {
                    let classes = self.survey.classes.iter().map(|name| &**name);
                    let fault = Diagnostic::new(
                        name.span.clone(),
                        format!("no class of functions is called `{}`", name.name),
                    );
                    let fault = match nearest(&name.name, classes) {
                        Some(other) => fault.suggest(format!("did you mean `{other}`?")),
                        None => {
                            fault.suggest(format!("declare it: `let {} be a class of functions`", name.name))
                        }
                    };
                    self.diagnostics
                        .push(fault.expected("`R`, `dom f`, `dom f*`, an interval, or a declared class"));
                }
                Range::Class(name.name.clone())
            }
            Written::Interval { low, low_closed, high, high_closed } => {
                let mut end = |node: &Node, closed: bool| End { at: Box::new(self.term(node)), closed };
                let low = end(low, *low_closed);
                Range::Interval(low, end(high, *high_closed))
            }
        }
    }

    fn power(&mut self, base: &Node, exponent: &Node) -> Term {
        if let Expr::Name(name) = &base.expr
            && &**name == "e"
            && self.lookup(name).is_none()
            && !self.survey.spaces.contains(name)
            && !self.survey.numbers.contains(name)
        {
            return Term::Exp(Box::new(self.term(exponent)));
        }
        let base = self.term(base);
        match rational(exponent) {
            Some(number) if small(&number) => Term::Power(Box::new(base), number),
            Some(_) => self.fault(
                Diagnostic::new(exponent.span.clone(), "this exponent is too large")
                    .note(format!("numerators and denominators go up to {LARGEST_EXPONENT}")),
            ),
            None => self.fault(
                Diagnostic::new(exponent.span.clone(), "exponents are numbers")
                    .suggest("write `exp(b * log a)` for a to the power b"),
            ),
        }
    }
}

/// The number that an exponent is.
fn rational(node: &Node) -> Option<BigRational> {
    match &node.expr {
        Expr::Number(number) => Some(number.clone()),
        Expr::Negative(body) => rational(body).map(|number| -number),
        Expr::Quotient(above, below) => {
            let (above, below) = (rational(above)?, rational(below)?);
            (!below.is_zero()).then(|| above / below)
        }
        _ => None,
    }
}

fn small(number: &BigRational) -> bool {
    let limit = BigInt::from(LARGEST_EXPONENT);
    number.numer().abs() <= limit && *number.denom() <= limit
}

fn distance(name: &str) -> Distance {
    match name {
        "KL" => Distance::Kl,
        "JS" => Distance::Js,
        "chi2" => Distance::Chi2,
        "TV" => Distance::Tv,
        "H2" => Distance::Hellinger2,
        "H" => Distance::CrossEntropy,
        other => Distance::F(other.trim_start_matches("D_").into()),
    }
}

/// One letter, or the name of a Greek one, with or without an index.
fn one_letter(name: &str) -> bool {
    const GREEK: &[&str] = &[
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu",
        "xi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi",
        "Sigma", "Phi", "Psi", "Omega",
    ];
    let name = space(name);
    let stem = name.split_once('_').map_or(name, |(stem, _)| stem);
    let stem = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    stem.chars().count() == 1 || GREEK.contains(&stem)
}

fn number_by_default(name: &str) -> bool {
    one_letter(name)
}

fn function_by_default(name: &str) -> bool {
    one_letter(name)
}
