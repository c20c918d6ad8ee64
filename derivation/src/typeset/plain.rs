//! A term in the language itself, with no more brackets than needed: what is printed
//! can be read back, and gives the same term.

use super::weight::interval;
use crate::syntax::displayed;
use crate::term::{Distance, Extremum, LawAt, Over, Part, Range, Term, Variable};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};

/// The term as an author would type it.
pub fn plain(term: &Term) -> String {
    written(&super::legible::legible(term), Level::Sum)
}

/// What may stand at a place without brackets, from the loosest to the tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Anything.
    Sum,
    /// A product, also one that ends in a binder: the last place of its surroundings.
    Product,
    /// A factor that is the last of its product.
    LastFactor,
    /// A factor before others.
    Factor,
    /// Above or below a bar, or a base.
    Atom,
}

fn level(term: &Term) -> Level {
    match term {
        Term::Sum(_) | Term::Negative(_) => Level::Sum,
        Term::Number(number) if number.is_negative() => Level::Sum,
        Term::Product(_) => Level::Product,
        Term::Expectation { .. } | Term::Integral { .. } | Term::Extremum { .. } | Term::Gradient { .. } => {
            Level::LastFactor
        }
        Term::Log(_) | Term::Exp(_) => Level::LastFactor,
        Term::Quotient(..) => Level::Factor,
        Term::Number(number) if !number.is_integer() => Level::Factor,
        Term::Power(..) => Level::Factor,
        _ => Level::Atom,
    }
}

fn written(term: &Term, place: Level) -> String {
    let text = bare(term);
    if level(term) >= place { text } else { format!("({text})") }
}

fn braced(term: &Term) -> String {
    match level(term) {
        Level::Sum => format!("{{ {} }}", bare(term)),
        _ => bare(term),
    }
}

fn bare(term: &Term) -> String {
    match term {
        Term::Number(number) => rational(number),
        Term::Infinity => "inf".to_owned(),
        Term::Parameter(name) => displayed(name).to_owned(),
        Term::Point(variable) => variable.name.to_string(),
        Term::Sum(terms) => sum(terms),
        Term::Product(terms) => product(terms),
        Term::Negative(body) => format!("-{}", written(body, Level::Product)),
        Term::Quotient(above, below) => {
            format!("{} / {}", quotient_part(above), quotient_part(below))
        }
        Term::Power(base, exponent) => {
            let base = written(base, Level::Atom);
            if exponent.is_integer() && !exponent.is_negative() {
                format!("{base}^{exponent}")
            } else {
                format!("{base}^({})", rational(exponent))
            }
        }
        Term::Log(body) => prefix("log", body),
        Term::Exp(body) => prefix("exp", body),
        Term::Abs(body) => format!("|{}|", bare(body)),
        Term::Larger(terms) => format!("larger({})", commas(terms)),
        Term::Smaller(terms) => format!("smaller({})", commas(terms)),
        Term::Function { name, arguments } => format!("{}({})", displayed(name), commas(arguments)),
        Term::Density(at) => law(at),
        Term::Generator { name, part, argument } => {
            let mark = match part {
                Part::Value => "",
                Part::Derivative => "'",
                Part::Conjugate => "*",
                Part::ConjugateDerivative => "*'",
                Part::Biconjugate => "**",
            };
            format!("{name}{mark}({})", bare(argument))
        }
        Term::Expectation { law: at, body } => format!("E[{} ~ {}] {}", names(&at.of), law(at), braced(body)),
        Term::Integral { over, body } => format!("int[{}] {}", names(over), braced(body)),
        Term::Extremum { kind, over: bound, body } => {
            let kind = match kind {
                Extremum::Sup => "sup",
                Extremum::Max => "max",
                Extremum::Inf => "inf",
                Extremum::Min => "min",
            };
            format!("{kind}[{}] {}", over(bound), braced(body))
        }
        Term::Gradient { parameter, body } => format!("d[{}] {}", displayed(parameter), braced(body)),
        Term::Distance { kind: Distance::CrossEntropy, p, q } => format!("H({}, {})", law(p), law(q)),
        Term::Distance { kind, p, q } => {
            let name = match kind {
                Distance::Kl => "KL".to_owned(),
                Distance::F(generator) => format!("D_{generator}"),
                Distance::Js => "JS".to_owned(),
                Distance::Chi2 => "chi2".to_owned(),
                Distance::Tv => "TV".to_owned(),
                Distance::Hellinger2 => "H2".to_owned(),
                Distance::CrossEntropy => "H".to_owned(),
            };
            format!("{name}({} || {})", law(p), law(q))
        }
        Term::Entropy(at) => format!("H({})", law(at)),
    }
}

fn prefix(name: &str, body: &Term) -> String {
    match body {
        Term::Log(_) | Term::Exp(_) | Term::Power(..) => format!("{name} {}", bare(body)),
        _ => format!("{name} {}", written(body, Level::Atom)),
    }
}

fn quotient_part(term: &Term) -> String {
    match term {
        Term::Power(..) => bare(term),
        _ => written(term, Level::Atom),
    }
}

fn sum(terms: &[Term]) -> String {
    let mut text = String::new();
    for (at, term) in terms.iter().enumerate() {
        let (sign, body) = match term {
            Term::Negative(body) if at == 0 => ("-", written(body, Level::Product)),
            Term::Negative(body) => (" - ", written(body, Level::Product)),
            _ if at == 0 => ("", written(term, Level::Product)),
            _ => (" + ", written(term, Level::Product)),
        };
        text.push_str(sign);
        text.push_str(&body);
    }
    text
}

fn product(terms: &[Term]) -> String {
    let last = terms.len().saturating_sub(1);
    terms
        .iter()
        .enumerate()
        .map(|(at, term)| written(term, if at == last { Level::LastFactor } else { Level::Factor }))
        .collect::<Vec<_>>()
        .join(" * ")
}

fn commas(terms: &[Term]) -> String {
    terms.iter().map(bare).collect::<Vec<_>>().join(", ")
}

fn names(variables: &[Variable]) -> String {
    variables.iter().map(|variable| &*variable.name).collect::<Vec<_>>().join(", ")
}

fn law(at: &LawAt) -> String {
    let mut text = format!("{}({}", at.law, names(&at.of));
    if !at.given.is_empty() {
        text.push_str(" | ");
        text.push_str(&names(&at.given));
    }
    if !at.parameters.is_empty() {
        text.push_str("; ");
        text.push_str(&at.parameters.iter().map(|name| displayed(name)).collect::<Vec<_>>().join(", "));
    }
    text.push(')');
    text
}

fn over(over: &Over) -> String {
    let (subject, range) = match over {
        Over::Number { name, range } => (displayed(name).to_owned(), range),
        Over::Function { name, of, range } => (format!("{}({})", displayed(name), names(of)), range),
    };
    let range = match range {
        Range::Real => "R".to_owned(),
        Range::Domain(name) => format!("dom {name}"),
        Range::ConjugateDomain(name) => format!("dom {name}*"),
        Range::Class(name) => name.to_string(),
        Range::Interval(low, high) => interval(low, high, bare),
    };
    format!("{subject} in {range}")
}

fn rational(number: &BigRational) -> String {
    let sign = if number.is_negative() { "-" } else { "" };
    let (numerator, denominator) = (number.numer().abs(), number.denom());
    if *denominator == BigInt::one() {
        format!("{sign}{numerator}")
    } else {
        format!("{sign}{numerator}/{denominator}")
    }
}
