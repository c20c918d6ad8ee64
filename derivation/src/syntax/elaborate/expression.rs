//! Expressions to terms: sums to sums, binders with variables of their own, ranges, powers.

use super::super::diagnostic::Diagnostic;
use super::super::names::nearest;
use super::super::tree::{Binding, Bound, Expr, Ident, Node, Prefix};
use super::scope::{Binder, Elaborator};
use crate::term::{Distance, End, Over, Range, Term, Variable};
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
