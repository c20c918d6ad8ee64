//! Values put in for bound numbers, functions and points. Binders of a value are made
//! anew at each place, so that they stay unique.

use crate::term::{End, LawAt, Name, Over, Range, Term, Variable};
use std::collections::BTreeMap;

/// Calls back for a term and all of its parts, outermost first, in the text's order.
pub fn visit<'t>(term: &'t Term, see: &mut dyn FnMut(&'t Term)) {
    see(term);
    match term {
        Term::Number(_) | Term::Infinity | Term::Parameter(_) | Term::Point(_) => {}
        Term::Density(_) | Term::Distance { .. } | Term::Entropy(_) => {}
        Term::Sum(parts) | Term::Product(parts) | Term::Larger(parts) | Term::Smaller(parts) => {
            parts.iter().for_each(|part| visit(part, see));
        }
        Term::Function { arguments, .. } => arguments.iter().for_each(|part| visit(part, see)),
        Term::Negative(body) | Term::Log(body) | Term::Exp(body) | Term::Abs(body) | Term::Power(body, _) => {
            visit(body, see);
        }
        Term::Quotient(above, below) => {
            visit(above, see);
            visit(below, see);
        }
        Term::Generator { argument, .. } => visit(argument, see),
        Term::Expectation { body, .. } | Term::Integral { body, .. } | Term::Gradient { body, .. } => {
            visit(body, see);
        }
        Term::Extremum { over, body, .. } => {
            let (Over::Number { range, .. } | Over::Function { range, .. }) = over;
            if let Range::Interval(low, high) = range {
                visit(&low.at, see);
                visit(&high.at, see);
            }
            visit(body, see);
        }
    }
}

/// The term with the extremum over `over` replaced by its objective at the value; none if
/// a function would have to be put in at a point that is no variable.
pub fn attained(term: &Term, over: &Over, value: &Term, fresh: &mut u32) -> Option<Term> {
    let lift = Some((over.clone(), value.clone()));
    Change { lift, ..Change::default() }.run(term, fresh)
}

/// The term with a number's value put in.
pub fn number(term: &Term, name: &Name, value: &Term, fresh: &mut u32) -> Option<Term> {
    let mut change = Change::default();
    change.numbers.insert(name.clone(), value.clone());
    change.run(term, fresh)
}

/// The term with a function's definition put in.
pub fn function(term: &Term, name: &Name, of: &[Variable], value: &Term, fresh: &mut u32) -> Option<Term> {
    let mut change = Change::default();
    change.functions.insert(name.clone(), (of.to_vec(), value.clone()));
    change.run(term, fresh)
}

/// The term with values put in for points.
pub fn points(term: &Term, values: &[(Variable, Term)], fresh: &mut u32) -> Option<Term> {
    let mut change = Change::default();
    change.points.extend(values.iter().cloned());
    change.run(term, fresh)
}

/// The term with a variable renamed wherever it occurs, its binder included.
pub(crate) fn renamed_point(term: &Term, from: &Variable, to: &str) -> Option<Term> {
    points(term, &[(from.clone(), Term::Point(Variable { name: to.into(), ..from.clone() }))], &mut 0)
}

/// The term with a bound number or function renamed wherever it occurs.
pub(crate) fn renamed_name(term: &Term, from: &Name, to: &Name) -> Option<Term> {
    let renamed = BTreeMap::from([(from.clone(), to.clone())]);
    Change { renamed, ..Change::default() }.run(term, &mut 0)
}

/// The term with new binders throughout.
pub fn freshened(term: &Term, fresh: &mut u32) -> Option<Term> {
    Change { renew: true, ..Change::default() }.run(term, fresh)
}

/// What is put in for what.
#[derive(Clone, Default)]
struct Change {
    points: BTreeMap<Variable, Term>,
    numbers: BTreeMap<Name, Term>,
    functions: BTreeMap<Name, (Vec<Variable>, Term)>,
    renamed: BTreeMap<Name, Name>,
    /// The extremum that is replaced by its objective, and where it is attained.
    lift: Option<(Over, Term)>,
    /// Are binders renewed?
    renew: bool,
}

impl Change {
    fn all(&mut self, terms: &[Term], fresh: &mut u32) -> Option<Vec<Term>> {
        terms.iter().map(|term| self.run(term, fresh)).collect()
    }

    fn boxed(&mut self, term: &Term, fresh: &mut u32) -> Option<Box<Term>> {
        self.run(term, fresh).map(Box::new)
    }

    fn run(&mut self, term: &Term, fresh: &mut u32) -> Option<Term> {
        Some(match term {
            Term::Number(_) | Term::Infinity => term.clone(),
            Term::Parameter(name) => match self.numbers.get(name) {
                Some(value) => freshened(&value.clone(), fresh)?,
                None => Term::Parameter(self.name(name)),
            },
            Term::Point(variable) => match self.points.get(variable) {
                Some(value) => freshened(&value.clone(), fresh)?,
                None => term.clone(),
            },
            Term::Sum(terms) => Term::Sum(self.all(terms, fresh)?),
            Term::Product(terms) => {
                let mut factors = Vec::new();
                for factor in self.all(terms, fresh)? {
                    match factor {
                        Term::Product(inner) => factors.extend(inner),
                        factor => factors.push(factor),
                    }
                }
                Term::Product(factors)
            }
            Term::Larger(terms) => Term::Larger(self.all(terms, fresh)?),
            Term::Smaller(terms) => Term::Smaller(self.all(terms, fresh)?),
            Term::Negative(body) => Term::Negative(self.boxed(body, fresh)?),
            Term::Log(body) => Term::Log(self.boxed(body, fresh)?),
            Term::Exp(body) => Term::Exp(self.boxed(body, fresh)?),
            Term::Abs(body) => Term::Abs(self.boxed(body, fresh)?),
            Term::Quotient(above, below) => {
                Term::Quotient(self.boxed(above, fresh)?, self.boxed(below, fresh)?)
            }
            Term::Power(base, exponent) => Term::Power(self.boxed(base, fresh)?, exponent.clone()),
            Term::Function { name, arguments } => {
                let arguments = self.all(arguments, fresh)?;
                match self.functions.get(name).cloned() {
                    Some((of, value)) => {
                        let values: Vec<_> = of.into_iter().zip(arguments).collect();
                        let value = freshened(&value, fresh)?;
                        points(&value, &values, fresh)?
                    }
                    None => Term::Function { name: self.name(name), arguments },
                }
            }
            Term::Density(law) => Term::Density(self.law(law)?),
            Term::Generator { name, part, argument } => {
                Term::Generator { name: name.clone(), part: *part, argument: self.boxed(argument, fresh)? }
            }
            Term::Expectation { law, body } => {
                self.renew(&law.of, fresh);
                Term::Expectation { law: self.law(law)?, body: self.boxed(body, fresh)? }
            }
            Term::Integral { over, body } => {
                self.renew(over, fresh);
                Term::Integral { over: self.variables(over)?, body: self.boxed(body, fresh)? }
            }
            Term::Extremum { kind, over, body } => {
                if let Some((lifted, value)) = self.lift.clone()
                    && lifted == *over
                {
                    self.lift = None;
                    return match over {
                        Over::Number { name, .. } => number(body, name, &value, fresh),
                        Over::Function { name, of, .. } => function(body, name, of, &value, fresh),
                    };
                }
                Term::Extremum { kind: *kind, over: self.over(over, fresh)?, body: self.boxed(body, fresh)? }
            }
            Term::Gradient { parameter, body } => {
                let parameter = match self.numbers.get(parameter) {
                    Some(Term::Parameter(other)) => other.clone(),
                    Some(_) => return None,
                    None => self.name(parameter),
                };
                Term::Gradient { parameter, body: self.boxed(body, fresh)? }
            }
            Term::Distance { kind, p, q } => {
                self.renew(&p.of, fresh);
                Term::Distance { kind: kind.clone(), p: self.law(p)?, q: self.law(q)? }
            }
            Term::Entropy(law) => {
                self.renew(&law.of, fresh);
                Term::Entropy(self.law(law)?)
            }
        })
    }

    fn name(&self, name: &Name) -> Name {
        self.renamed.get(name).unwrap_or(name).clone()
    }

    fn renew(&mut self, variables: &[Variable], fresh: &mut u32) {
        for variable in variables.iter().filter(|_| self.renew) {
            *fresh += 1;
            let renewed = Variable { binder: *fresh, ..variable.clone() };
            self.points.insert(variable.clone(), Term::Point(renewed));
        }
    }

    fn over(&mut self, over: &Over, fresh: &mut u32) -> Option<Over> {
        let mut renamed = |change: &mut Self, name: &Name| {
            if change.renew {
                *fresh += 1;
                let unique = super::names::unique(super::displayed(name), *fresh);
                change.renamed.insert(name.clone(), unique);
            }
            change.name(name)
        };
        Some(match over {
            Over::Number { name, range } => {
                let name = renamed(self, name);
                Over::Number { name, range: self.range(range, fresh)? }
            }
            Over::Function { name, of, range } => {
                let name = renamed(self, name);
                self.renew(of, fresh);
                Over::Function { name, of: self.variables(of)?, range: self.range(range, fresh)? }
            }
        })
    }

    fn range(&mut self, range: &Range, fresh: &mut u32) -> Option<Range> {
        Some(match range {
            Range::Interval(low, high) => {
                let mut end = |end: &End| Some(End { at: self.boxed(&end.at, fresh)?, closed: end.closed });
                let low = end(low)?;
                Range::Interval(low, end(high)?)
            }
            other => other.clone(),
        })
    }

    fn variables(&self, variables: &[Variable]) -> Option<Vec<Variable>> {
        variables
            .iter()
            .map(|variable| match self.points.get(variable) {
                Some(Term::Point(other)) => Some(other.clone()),
                Some(_) => None,
                None => Some(variable.clone()),
            })
            .collect()
    }

    fn law(&self, law: &LawAt) -> Option<LawAt> {
        let parameters = law
            .parameters
            .iter()
            .map(|name| match self.numbers.get(name) {
                Some(Term::Parameter(other)) => Some(other.clone()),
                Some(_) => None,
                None => Some(self.name(name)),
            })
            .collect::<Option<_>>()?;
        Some(LawAt {
            law: law.law.clone(),
            of: self.variables(&law.of)?,
            given: self.variables(&law.given)?,
            parameters,
        })
    }
}
