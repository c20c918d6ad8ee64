//! A term in LaTeX, as a textbook sets it: fractions, limits below, brackets that fit.

use super::name::{name, variables};
use super::weight::{Weight, weight, within};
use crate::context::{Context, Space};
use crate::term::{Extremum, Part, Term};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed};

/// The term in LaTeX. Laws are written with all of their variables, and sums over finite
/// spaces as integrals: what a derivation declares is known to
/// [`chain`](fn@super::chain) only.
pub fn latex(term: &Term) -> String {
    Writer { context: None, script: false }.line(term)
}

/// What may stand at a place without brackets, from the loosest to the tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    /// The last factor of a product.
    LastFactor,
    Factor,
    /// A base.
    Base,
}

/// What the typesetter knows beside the term.
#[derive(Clone, Copy)]
pub(super) struct Writer<'c> {
    pub(super) context: Option<&'c Context>,
    /// In an exponent or an index, where quotients are written `a/b`.
    pub(super) script: bool,
}

impl Writer<'_> {
    /// A whole term, whose binders may need other names.
    pub(super) fn line(self, term: &Term) -> String {
        self.term(&super::legible::legible(term))
    }

    pub(super) fn term(self, term: &Term) -> String {
        self.at(term, Level::Sum)
    }

    fn level(self, term: &Term) -> Level {
        match term {
            Term::Sum(_) | Term::Negative(_) => Level::Sum,
            Term::Number(number) if number.is_negative() => Level::Sum,
            Term::Product(_) => Level::Product,
            Term::Extremum { .. } | Term::Gradient { .. } | Term::Log(_) => Level::LastFactor,
            Term::Integral { .. } if self.summed(term) => Level::LastFactor,
            Term::Quotient(..) if self.script => Level::LastFactor,
            Term::Exp(_) | Term::Power(..) | Term::Integral { .. } | Term::Quotient(..) => Level::Factor,
            Term::Number(number) if !number.is_integer() => Level::Factor,
            Term::Expectation { .. } => Level::Factor,
            _ => Level::Base,
        }
    }

    fn at(self, term: &Term, place: Level) -> String {
        let text = self.bare(term);
        if self.level(term) >= place { text } else { within("(", &text, ")", self.weight(term)) }
    }

    fn weight(self, term: &Term) -> Weight {
        if self.script { Weight::Light } else { weight(term) }
    }

    fn bare(self, term: &Term) -> String {
        match term {
            Term::Number(number) => self.rational(number),
            Term::Infinity => "\\infty".to_owned(),
            Term::Parameter(written) => name(written),
            Term::Point(variable) => name(&variable.name),
            Term::Sum(terms) => self.sum(terms),
            Term::Product(terms) => self.product(terms),
            Term::Negative(body) => format!("-{}", self.at(body, Level::Product)),
            Term::Quotient(above, below) if self.script => {
                format!("{}/{}", self.at(above, Level::Factor), self.at(below, Level::Base))
            }
            Term::Quotient(above, below) => format!("\\frac{{{}}}{{{}}}", self.term(above), self.term(below)),
            Term::Power(base, exponent) => self.power(base, exponent),
            Term::Log(body) => self.log(body),
            Term::Exp(body) => self.exp(body),
            Term::Abs(body) => {
                let text = self.term(body);
                match self.weight(body) {
                    Weight::Tall => format!("\\left\\lvert {text}\\right\\rvert"),
                    _ => format!("\\lvert {text}\\rvert"),
                }
            }
            Term::Larger(terms) => self.one_of("\\max", terms),
            Term::Smaller(terms) => self.one_of("\\min", terms),
            Term::Function { name: written, arguments } => {
                let weight =
                    arguments.iter().map(|argument| self.inner(argument)).max().unwrap_or(Weight::Light);
                format!("{}{}", name(written), within("(", &self.commas(arguments), ")", weight))
            }
            Term::Density(law) => self.law(law),
            Term::Generator { name: written, part, argument } => {
                let symbol = name(written);
                let symbol = match part {
                    Part::Value => symbol,
                    Part::Derivative => format!("{symbol}'"),
                    Part::Conjugate => format!("{symbol}^{{*}}"),
                    Part::ConjugateDerivative => format!("({symbol}^{{*}})'"),
                    Part::Biconjugate => format!("{symbol}^{{**}}"),
                };
                format!("{symbol}{}", within("(", &self.term(argument), ")", self.inner(argument)))
            }
            Term::Expectation { law, body } => {
                let index = format!("{} \\sim {}", variables(&law.of), self.measure(law));
                format!("\\mathbb{{E}}_{{{index}}}{}", within("[", &self.term(body), "]", self.inner(body)))
            }
            Term::Integral { over, body } => {
                if self.summed(term) {
                    return format!("\\sum_{{{}}} {}", variables(over), self.at(body, Level::Product));
                }
                let sign = "\\int".repeat(over.len().min(3));
                let by: String =
                    over.iter().map(|variable| format!("\\,\\mathrm{{d}}{}", name(&variable.name))).collect();
                format!("{sign} {}{by}", self.at(body, Level::Product))
            }
            Term::Extremum { kind, over, body } => {
                let sign = match kind {
                    Extremum::Sup => "\\sup",
                    Extremum::Max => "\\max",
                    Extremum::Inf => "\\inf",
                    Extremum::Min => "\\min",
                };
                let index = Self { script: true, ..self }.over(over);
                let body = match **body {
                    Term::Sum(_) | Term::Negative(_) => {
                        within("\\{", &self.term(body), "\\}", self.inner(body))
                    }
                    _ => self.at(body, Level::Product),
                };
                format!("{sign}_{{{index}}} {body}")
            }
            Term::Gradient { parameter, body } => {
                let body = match **body {
                    Term::Sum(_) | Term::Negative(_) => within("[", &self.term(body), "]", self.inner(body)),
                    _ => self.at(body, Level::Product),
                };
                format!("\\frac{{\\partial}}{{\\partial {}}} {body}", name(parameter))
            }
            Term::Distance { kind, p, q } => self.distance(kind, p, q),
            Term::Entropy(law) => format!("\\mathrm{{H}}({})", self.measure(law)),
        }
    }

    /// The weight of brackets around a content that stands alone in them.
    fn inner(self, term: &Term) -> Weight {
        let applied = matches!(term, Term::Density(_) | Term::Function { .. } | Term::Generator { .. });
        match self.weight(term) {
            Weight::Light if applied || crowded(term) => {
                if self.script {
                    Weight::Light
                } else {
                    Weight::Bracketed
                }
            }
            other => other,
        }
    }

    fn sum(self, terms: &[Term]) -> String {
        let mut text = String::new();
        for (at, term) in terms.iter().enumerate() {
            let (sign, body) = match term {
                Term::Negative(body) => (if at == 0 { "-" } else { " - " }, self.at(body, Level::Product)),
                _ => (if at == 0 { "" } else { " + " }, self.at(term, Level::Product)),
            };
            text.push_str(sign);
            text.push_str(&body);
        }
        text
    }

    fn product(self, terms: &[Term]) -> String {
        let last = terms.len().saturating_sub(1);
        let mut text = String::new();
        for (at, term) in terms.iter().enumerate() {
            let factor = self.at(term, if at == last { Level::LastFactor } else { Level::Factor });
            if at > 0 {
                text.push_str(between(&terms[at - 1], term, &factor));
            }
            text.push_str(&factor);
        }
        text
    }

    fn power(self, base: &Term, exponent: &BigRational) -> String {
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        if *exponent == half {
            return format!("\\sqrt{{{}}}", self.term(base));
        }
        let exponent = Self { script: true, ..self }.rational(exponent);
        format!("{}^{{{exponent}}}", self.at(base, Level::Base))
    }

    fn log(self, body: &Term) -> String {
        match body {
            Term::Quotient(..) if !self.script => format!("\\log {}", self.bare(body)),
            Term::Log(_) | Term::Power(..) | Term::Expectation { .. } | Term::Exp(_) => {
                format!("\\log {}", self.bare(body))
            }
            Term::Integral { .. } if !self.summed(body) => format!("\\log {}", self.bare(body)),
            _ if self.level(body) == Level::Base => format!("\\log {}", self.bare(body)),
            _ => format!("\\log{}", within("(", &self.term(body), ")", self.inner(body))),
        }
    }

    fn exp(self, body: &Term) -> String {
        let simple = weight(body) == Weight::Light && !contains_log(body);
        if simple {
            return format!("e^{{{}}}", Self { script: true, ..self }.term(body));
        }
        format!("\\exp{}", within("(", &self.term(body), ")", self.inner(body)))
    }

    fn one_of(self, sign: &str, terms: &[Term]) -> String {
        let weight = terms.iter().map(|term| self.inner(term)).max().unwrap_or(Weight::Light);
        format!("{sign}{}", within("\\{", &self.commas(terms), "\\}", weight))
    }

    fn commas(self, terms: &[Term]) -> String {
        terms.iter().map(|term| self.term(term)).collect::<Vec<_>>().join(", ")
    }

    /// Does an integral run over finite spaces only?
    fn summed(self, term: &Term) -> bool {
        let Term::Integral { over, .. } = term else { return false };
        self.context.is_some_and(|context| {
            over.iter().all(|variable| {
                context.spaces.iter().any(|(space, kind)| *space == variable.space && *kind == Space::Finite)
            })
        })
    }

    fn rational(self, number: &BigRational) -> String {
        let sign = if number.is_negative() { "-" } else { "" };
        let (above, below) = (number.numer().abs(), number.denom());
        if *below == BigInt::one() {
            format!("{sign}{above}")
        } else if self.script {
            format!("{sign}{above}/{below}")
        } else {
            format!("{sign}\\tfrac{{{above}}}{{{below}}}")
        }
    }
}

/// What stands between two factors.
fn between(left: &Term, right: &Term, factor: &str) -> &'static str {
    let digit = factor.starts_with(|c: char| c.is_ascii_digit()) || factor.starts_with("\\tfrac");
    // Letters stand side by side, and operators such as log bring their own space.
    let letter = |term: &Term| match term {
        Term::Parameter(_) | Term::Point(_) => true,
        Term::Power(base, _) => matches!(**base, Term::Parameter(_) | Term::Point(_)),
        _ => false,
    };
    let operator = matches!(right, Term::Log(_) | Term::Extremum { .. } | Term::Integral { .. });
    let whole = matches!(left, Term::Number(number) if number.is_integer());
    if digit {
        " \\cdot "
    } else if operator || (letter(right) && (letter(left) || whole)) {
        " "
    } else {
        "\\, "
    }
}

/// Does a bracket of its own stand somewhere in the term?
fn crowded(term: &Term) -> bool {
    let mut found = false;
    crate::syntax::substitute::visit(term, &mut |part| {
        found |= matches!(part, Term::Density(_) | Term::Function { .. } | Term::Generator { .. });
    });
    found
}

fn contains_log(term: &Term) -> bool {
    let mut found = false;
    crate::syntax::substitute::visit(term, &mut |part| found |= matches!(part, Term::Log(_)));
    found
}
