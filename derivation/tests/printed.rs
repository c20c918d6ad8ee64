//! What is printed can be read back, and is the same term: on random terms, binders that
//! hide one another included.

use derivation::context::{Context, Function, Generator, GeneratorKind, Law, Space};
use derivation::syntax::{parse_term, substitute};
use derivation::term::{Distance, End, Extremum, LawAt, Name, Over, Part, Range, Term, Variable};
use derivation::typeset::{latex, plain};
use num_rational::BigRational;
use proptest::prelude::*;

fn context() -> Context {
    let names = |list: &[&str]| list.iter().map(|name| Name::from(*name)).collect::<Vec<_>>();
    let law = |name: &str, of: &[&str], given: &[&str], parameters: &[&str]| Law {
        name: name.into(),
        of: names(of),
        given: names(given),
        parameters: names(parameters),
        definition: None,
        pushforward: None,
    };
    let function = |name: &str, of: &[&str]| Function {
        name: name.into(),
        of: names(of),
        range: Range::Real,
        definition: None,
    };
    Context {
        spaces: vec![("x".into(), Space::Any), ("z".into(), Space::Any)],
        laws: vec![law("p", &["x", "z"], &[], &[]), law("q", &["z"], &["x"], &["theta"])],
        functions: vec![function("T", &["x"]), function("k", &["x", "z"])],
        classes: vec![("C".into(), Range::Real)],
        numbers: names(&["theta", "t", "c"]),
        generators: vec![Generator { name: "f".into(), kind: GeneratorKind::Generic }],
        ..Context::default()
    }
}

/// Choices, from which a term is built; the last ones are repeated at the end.
struct Builder<'d> {
    data: std::slice::Iter<'d, u8>,
    binders: u32,
    points: Vec<Variable>,
    numbers: Vec<Name>,
    functions: Vec<Name>,
}

impl Builder<'_> {
    fn choice(&mut self, among: usize) -> usize {
        usize::from(self.data.next().copied().unwrap_or(0)) % among
    }

    fn fresh(&mut self) -> u32 {
        self.binders += 1;
        self.binders
    }

    fn number(&mut self) -> BigRational {
        let (above, below) = (self.choice(7), 1 + self.choice(3));
        BigRational::new(above.into(), below.into())
    }

    fn bound(&mut self, space: &str) -> Variable {
        let primes = "'".repeat(self.choice(2));
        let binder = self.fresh();
        Variable { name: format!("{space}{primes}").into(), space: space.into(), binder }
    }

    /// A variable of the space: a bound one, or the free point.
    fn point(&mut self, space: &str) -> Variable {
        let mut found: Vec<Variable> =
            self.points.iter().filter(|variable| &*variable.space == space).cloned().collect();
        found.push(Variable { name: space.into(), space: space.into(), binder: 0 });
        let at = self.choice(found.len());
        found.swap_remove(at)
    }

    fn law(&mut self, x: Variable, z: Variable) -> LawAt {
        let (law, of, given, parameters): (&str, _, _, Vec<Name>) = match self.choice(4) {
            0 => ("p", vec![x, z], vec![], vec![]),
            1 => ("p", vec![x], vec![z], vec![]),
            2 => ("q", vec![z], vec![x], vec!["theta".into()]),
            _ => ("p", vec![z], vec![], vec![]),
        };
        LawAt { law: law.into(), of, given, parameters }
    }

    fn density(&mut self) -> LawAt {
        let (x, z) = (self.point("x"), self.point("z"));
        self.law(x, z)
    }

    /// A law whose variables before the bar are new.
    fn measure(&mut self) -> LawAt {
        let mut law = self.density();
        for variable in &mut law.of {
            *variable = self.bound(&variable.space.clone());
        }
        law
    }

    fn several(&mut self, depth: usize) -> Vec<Term> {
        (0..2 + self.choice(2)).map(|_| self.term(depth)).collect()
    }

    fn range(&mut self, function: bool) -> Range {
        let end = |at: i64, closed| End {
            at: Box::new(Term::Number(BigRational::from_integer(at.into()))),
            closed,
        };
        match self.choice(5) {
            0 => Range::Real,
            1 => Range::Domain("f".into()),
            2 => Range::ConjugateDomain("f".into()),
            3 if function => Range::Class("C".into()),
            _ => {
                let high = End { at: Box::new(Term::Infinity), closed: false };
                Range::Interval(end(0, self.choice(2) == 0), high)
            }
        }
    }

    fn leaf(&mut self) -> Term {
        match self.choice(6) {
            0 => Term::Number(self.number()),
            1 => Term::Infinity,
            2 => {
                let mut names: Vec<Name> = vec!["theta".into(), "t".into()];
                names.extend(self.numbers.iter().cloned());
                let at = self.choice(names.len());
                Term::Parameter(names.swap_remove(at))
            }
            3 => Term::Point(self.point("x")),
            4 => Term::Density(self.density()),
            _ => {
                let mut names: Vec<Name> = vec!["T".into()];
                names.extend(self.functions.iter().cloned());
                let at = self.choice(names.len());
                Term::Function { name: names.swap_remove(at), arguments: vec![Term::Point(self.point("x"))] }
            }
        }
    }

    fn term(&mut self, depth: usize) -> Term {
        if depth == 0 {
            return self.leaf();
        }
        let down = depth - 1;
        match self.choice(18) {
            0 => Term::Sum(self.several(down)),
            1 => {
                let flat = |term| if let Term::Product(factors) = term { factors } else { vec![term] };
                Term::Product(self.several(down).into_iter().flat_map(flat).collect())
            }
            2 => Term::Negative(Box::new(self.term(down))),
            3 => match (self.term(down), self.term(down)) {
                // The language folds quotients of numbers.
                (Term::Number(above), Term::Number(_)) => Term::Number(above),
                (above, below) => Term::Quotient(Box::new(above), Box::new(below)),
            },
            4 => {
                let exponent = self.number() - BigRational::from_integer(2.into());
                Term::Power(Box::new(self.term(down)), exponent)
            }
            5 => Term::Log(Box::new(self.term(down))),
            6 => Term::Exp(Box::new(self.term(down))),
            7 => Term::Abs(Box::new(self.term(down))),
            8 => Term::Larger(self.several(down)),
            9 => Term::Smaller(self.several(down)),
            10 => {
                let parts = [
                    Part::Value,
                    Part::Derivative,
                    Part::Conjugate,
                    Part::ConjugateDerivative,
                    Part::Biconjugate,
                ];
                let part = parts[self.choice(parts.len())];
                Term::Generator { name: "f".into(), part, argument: Box::new(self.term(down)) }
            }
            11 => {
                let law = self.measure();
                let depth = self.points.len();
                self.points.extend(law.of.iter().cloned());
                let body = Box::new(self.term(down));
                self.points.truncate(depth);
                Term::Expectation { law, body }
            }
            12 => {
                let over = vec![self.bound("z")];
                self.points.extend(over.iter().cloned());
                let body = Box::new(self.term(down));
                self.points.pop();
                Term::Integral { over, body }
            }
            13 => {
                let kind = [Extremum::Sup, Extremum::Max, Extremum::Inf, Extremum::Min][self.choice(4)];
                let name: Name = format!("t#{}", self.fresh()).into();
                let over = Over::Number { name: name.clone(), range: self.range(false) };
                self.numbers.push(name);
                let body = Box::new(self.term(down));
                self.numbers.pop();
                Term::Extremum { kind, over, body }
            }
            14 => {
                let name: Name = format!("T#{}", self.fresh()).into();
                let over =
                    Over::Function { name: name.clone(), of: vec![self.bound("x")], range: self.range(true) };
                self.functions.push(name);
                let body = Box::new(self.term(down));
                self.functions.pop();
                Term::Extremum { kind: Extremum::Sup, over, body }
            }
            15 => Term::Gradient { parameter: "theta".into(), body: Box::new(self.term(down)) },
            16 => {
                let p = self.measure();
                let q = LawAt { law: if self.choice(2) == 0 { "p" } else { "q" }.into(), ..p.clone() };
                // A law with parameters is written with them everywhere.
                let parameters = if &*q.law == "q" { vec!["theta".into()] } else { vec![] };
                let kinds = [
                    Distance::Kl,
                    Distance::F("f".into()),
                    Distance::Js,
                    Distance::Tv,
                    Distance::CrossEntropy,
                ];
                let kind = kinds[self.choice(kinds.len())].clone();
                Term::Distance { kind, p, q: LawAt { parameters, ..q } }
            }
            _ => Term::Function {
                name: "k".into(),
                arguments: vec![Term::Point(self.point("x")), self.term(down)],
            },
        }
    }
}

fn built(data: &[u8]) -> Term {
    let mut builder = Builder {
        data: data.iter(),
        binders: 0,
        points: Vec::new(),
        numbers: Vec::new(),
        functions: Vec::new(),
    };
    builder.term(4)
}

/// The term without the names of what it binds: binders are numbered in the text's order.
fn nameless(term: &Term) -> String {
    let term = substitute::freshened(term, &mut 0).expect("renaming");
    let mut text = String::new();
    let shown = format!("{term:?}");
    let mut rest = shown.as_str();
    while let Some(at) = rest.find('"') {
        let (before, quoted) = rest.split_at(at);
        let end = quoted[1..].find('"').expect("a closing quote") + 2;
        let (name, after) = quoted.split_at(end);
        let bound = after.split_once("binder: ").is_some_and(|(_, binder)| !binder.starts_with('0'));
        text.push_str(before);
        match name.split_once('#') {
            Some((_, number)) => text.push_str(number),
            None if before.ends_with("Variable { name: ") && bound => text.push('_'),
            None => text.push_str(name),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(data in prop::collection::vec(any::<u8>(), 0..200)) {
        let term = built(&data);
        let text = plain(&term);
        let again = parse_term(&context(), &text);
        prop_assert!(again.is_ok(), "{}", again.unwrap_err().iter().map(|fault| fault.render("term", &text, false)).collect::<String>());
        let again = again.unwrap();
        prop_assert_eq!(nameless(&term), nameless(&again), "{}", text);
        // Printing is stable, and LaTeX is made of every term.
        prop_assert_eq!(plain(&again), text);
        prop_assert!(!latex(&term).is_empty());
    }
}
