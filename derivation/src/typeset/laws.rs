//! Laws, distances of laws and ranges in LaTeX.

use super::latex::Writer;
use super::name::{name, script, spaces, variables};
use super::weight::{Weight, interval, within};
use crate::term::{Distance, LawAt, Over, Range};

impl Writer<'_> {
    /// p(x, z | y; θ)
    pub(super) fn law(self, law: &LawAt) -> String {
        let mut text = format!("{}({}", name(&law.law), variables(&law.of));
        if !law.given.is_empty() {
            text.push_str(&format!(" \\mid {}", variables(&law.given)));
        }
        if !law.parameters.is_empty() {
            let parameters: Vec<String> = law.parameters.iter().map(|written| name(written)).collect();
            text.push_str(&format!("; {}", parameters.join(", ")));
        }
        text.push(')');
        text
    }

    /// A law as a measure: its name alone says all if it is a law of these variables only.
    pub(super) fn measure(self, law: &LawAt) -> String {
        if self.by_name(law) { name(&law.law) } else { self.law(law) }
    }

    fn by_name(self, law: &LawAt) -> bool {
        let known = self.context.and_then(|context| context.laws.iter().find(|known| known.name == law.law));
        law.given.is_empty()
            && law.parameters.is_empty()
            && known.is_some_and(|known| {
                known.given.is_empty()
                    && known.of.len() == law.of.len()
                    && law.of.iter().all(|variable| known.of.contains(&variable.space))
            })
    }

    /// Two laws side by side: both by name, or neither.
    pub(super) fn measures(self, p: &LawAt, q: &LawAt) -> (String, String) {
        if self.by_name(p) && self.by_name(q) {
            (name(&p.law), name(&q.law))
        } else {
            (self.law(p), self.law(q))
        }
    }

    pub(super) fn distance(self, kind: &Distance, p: &LawAt, q: &LawAt) -> String {
        let (left, right) = self.measures(p, q);
        let symbol = match kind {
            Distance::Kl => "\\mathrm{KL}".to_owned(),
            Distance::F(generator) => format!("D_{{{}}}", name(generator)),
            Distance::Js => "\\mathrm{JS}".to_owned(),
            Distance::Chi2 => "\\chi^{2}".to_owned(),
            Distance::Tv => "\\mathrm{TV}".to_owned(),
            Distance::Hellinger2 => "\\mathrm{H}^{2}".to_owned(),
            Distance::CrossEntropy => "\\mathrm{H}".to_owned(),
        };
        let bar = if *kind == Distance::CrossEntropy { ", " } else { " \\,\\|\\, " };
        let weight = match left.contains('(') && !self.script {
            true => Weight::Bracketed,
            false => Weight::Light,
        };
        format!("{symbol}{}", within("(", &format!("{left}{bar}{right}"), ")", weight))
    }

    pub(super) fn over(self, over: &Over) -> String {
        match over {
            Over::Number { name: written, range } => match range {
                Range::Real => format!("{} \\in \\mathbb{{R}}", name(written)),
                _ => format!("{} \\in {}", name(written), self.range(range)),
            },
            Over::Function { name: written, range: Range::Class(class), .. } => {
                format!("{} \\in {}", name(written), script(class))
            }
            Over::Function { name: written, of, range } => {
                format!(
                    "{}\\colon {} \\to {}",
                    name(written),
                    spaces(of.iter().map(|point| &point.space)),
                    self.range(range)
                )
            }
        }
    }

    pub(super) fn range(self, range: &Range) -> String {
        match range {
            Range::Real => "\\mathbb{R}".to_owned(),
            Range::Domain(generator) => format!("\\operatorname{{dom}} {}", name(generator)),
            Range::ConjugateDomain(generator) => format!("\\operatorname{{dom}} {}^{{*}}", name(generator)),
            Range::Class(class) => script(class),
            Range::Interval(low, high) => interval(low, high, |term| self.term(term)),
        }
    }
}
