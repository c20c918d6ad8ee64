//! A derivation's lines in LaTeX, with relations, reasons, labels and what is assumed.

use super::latex::Writer;
use super::name::{name, script, spaces, variables};
use crate::chain::{Chain, Citation, Link, Relation, Span, Witness};
use crate::context::{Assumption, Comparison, Context, GeneratorKind, Property, Space};
use crate::syntax::{displayed, substitute};
use crate::term::{Over, Range, Term};
use serde::{Deserialize, Serialize};

/// A typeset derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// What is declared, in LaTeX, an entry each; only what the chain's notation does not
    /// already say.
    pub declarations: Vec<String>,
    /// What is assumed, in LaTeX, an entry each.
    pub assumptions: Vec<String>,
    /// The first line, in LaTeX.
    pub first: String,
    /// Where the first line stands in the source.
    pub first_span: Span,
    /// The lines after it.
    pub links: Vec<Line>,
}

/// A typeset line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The relation to the line before, in LaTeX; empty for a first line.
    pub relation: String,
    /// The expression, in LaTeX.
    pub latex: String,
    /// `attained at` a witness, in LaTeX.
    pub attained: Option<String>,
    /// The reasons: a rule's name and its witness in LaTeX.
    pub by: Vec<(String, Option<String>)>,
    /// The label by which prose can cite the line.
    pub label: Option<String>,
    /// Where the expression stands in the source, in bytes.
    pub span: Span,
}

impl Lines {
    /// The whole chain as one aligned display.
    pub fn aligned(&self) -> String {
        let mut text = format!("\\begin{{aligned}}\n& {}", self.first);
        for line in &self.links {
            text.push_str(&format!(" \\\\\n{}{} {}", line.relation, "&\\;", line.latex));
            let by = line.justification();
            if !by.is_empty() {
                text.push_str(&format!(" && {by}"));
            }
        }
        text.push_str("\n\\end{aligned}");
        text
    }
}

impl Line {
    /// The reasons as one piece of LaTeX: what stands at the right of the line.
    pub fn justification(&self) -> String {
        let attained = self.attained.iter().map(|at| format!("\\text{{attained at }} {at}"));
        let by = self.by.iter().map(|(rule, witness)| match witness {
            Some(witness) => format!("\\text{{{}}}\\ ({witness})", escaped(rule)),
            None => format!("\\text{{{}}}", escaped(rule)),
        });
        attained.chain(by).collect::<Vec<_>>().join(",\\ ")
    }
}

/// Typesets a derivation.
pub fn chain(chain: &Chain) -> Lines {
    let writer = Writer { context: Some(&chain.context), script: false };
    let links = chain.links.iter().map(|link| line(writer, link, chain));
    Lines {
        declarations: declarations(writer, &chain.context),
        assumptions: chain.context.assumptions.iter().map(|assumption| assumed(writer, assumption)).collect(),
        first: writer.line(&chain.first),
        first_span: chain.first_span.clone(),
        links: links.collect(),
    }
}

fn line(writer: Writer<'_>, link: &Link, chain: &Chain) -> Line {
    let relation = match link.relation {
        Relation::Equal => "=",
        Relation::AtMost => "\\le",
        Relation::AtLeast => "\\ge",
    };
    let witness = |witness: &Witness| {
        let arguments = arguments(witness, chain);
        format!("{}{arguments} = {}", name(&witness.name), writer.term(&witness.value))
    };
    let cited = |citation: &Citation| (citation.rule.to_string(), citation.witness.as_ref().map(witness));
    Line {
        relation: relation.to_owned(),
        latex: writer.line(&link.term),
        attained: link.attained.as_ref().map(witness),
        by: link.by.iter().map(cited).collect(),
        label: link.label.as_ref().map(ToString::to_string),
        span: link.term_span.clone(),
    }
}

/// (x), if the witness is of a function that an extremum of the chain binds.
fn arguments(witness: &Witness, chain: &Chain) -> String {
    let mut found = String::new();
    for term in std::iter::once(&chain.first).chain(chain.links.iter().map(|link| &link.term)) {
        substitute::visit(term, &mut |part| {
            if let Term::Extremum { over: Over::Function { name, of, .. }, .. } = part
                && *name == witness.name
            {
                found = format!("({})", variables(of));
            }
        });
    }
    found
}

fn declarations(writer: Writer<'_>, context: &Context) -> Vec<String> {
    let mut all = Vec::new();
    for (space, kind) in &context.spaces {
        match kind {
            Space::Real => all.push(format!("{} \\in \\mathbb{{R}}", name(space))),
            Space::Finite => all.push(format!("{} \\text{{ finite}}", script(space))),
            Space::Any => {}
        }
    }
    for generator in &context.generators {
        let symbol = name(&generator.name);
        match &generator.kind {
            GeneratorKind::Generic => {}
            GeneratorKind::Catalogue(row) => {
                all.push(format!("{symbol} \\text{{ the generator of {}}}", title(row)));
            }
            GeneratorKind::Formula(number, value) => {
                all.push(format!("{symbol}({}) = {}", name(number), writer.term(value)));
            }
        }
    }
    for law in &context.laws {
        if let Some((points, value)) = &law.definition {
            all.push(format!("{}({}) = {}", name(&law.name), variables(points), writer.term(value)));
        }
        if let Some(pushforward) = &law.pushforward {
            // q the law of x = g(z), where z ∼ r.
            let of: Vec<String> = law.of.iter().map(|space| name(space)).collect();
            let noise = &pushforward.noise;
            let parameters = law.parameters.iter().map(|parameter| name(parameter));
            let arguments: Vec<String> =
                noise.of.iter().map(|variable| name(&variable.name)).chain(parameters).collect();
            all.push(format!(
                "{} \\text{{ the law of }} {} = {}({}) \\text{{ for }} {} \\sim {}",
                name(&law.name),
                of.join(", "),
                name(&pushforward.map),
                arguments.join(", "),
                variables(&noise.of),
                writer.measure(noise)
            ));
        }
    }
    for function in &context.functions {
        let symbol = name(&function.name);
        if let Some((points, value)) = &function.definition {
            all.push(format!("{symbol}({}) = {}", variables(points), writer.term(value)));
        } else if function.range != Range::Real {
            let from = spaces(function.of.iter());
            all.push(format!("{symbol}\\colon {from} \\to {}", writer.range(&function.range)));
        }
    }
    for (class, range) in &context.classes {
        all.push(format!("{} \\text{{ a class of functions into }} {}", script(class), writer.range(range)));
    }
    all
}

fn assumed(writer: Writer<'_>, assumption: &Assumption) -> String {
    match assumption {
        Assumption::AbsolutelyContinuous(p, q) => {
            let (p, q) = writer.measures(p, q);
            format!("{p} \\ll {q}")
        }
        Assumption::Compares(left, comparison, right) => {
            let sign = match comparison {
                Comparison::Equal => "=",
                Comparison::AtMost => "\\le",
                Comparison::AtLeast => "\\ge",
                Comparison::Less => "<",
                Comparison::Greater => ">",
                Comparison::Different => "\\ne",
            };
            format!("{} {sign} {}", writer.term(left), writer.term(right))
        }
        Assumption::Finite(term) => format!("{} \\text{{ finite}}", writer.term(term)),
        Assumption::Subgradient { slope, generator, at } => {
            format!("{} \\in \\partial {}({})", writer.term(slope), name(generator), writer.term(at))
        }
        Assumption::In(term, range) => format!("{} \\in {}", writer.term(term), writer.range(range)),
        Assumption::Has(subject, property) => {
            let says = match property {
                Property::Closed => "closed",
                Property::Convex | Property::ConvexFunction => "convex",
                Property::StrictlyConvex => "strictly convex",
                Property::Differentiable => "differentiable",
                Property::Normalised => return format!("{}(1) = 0", name(subject)),
                Property::Bounded => "bounded",
                Property::Integrable => "integrable",
                Property::Regular => "regular",
                Property::ConstantSupport => "of constant support",
            };
            format!("{} \\text{{ {says}}}", name(subject))
        }
    }
}

/// A member of the catalogue by its proper name, within `\text{…}`.
fn title(row: &str) -> String {
    let title = vdm::catalogue::find(row).map_or_else(|_| row.to_owned(), |member| member.title());
    // What has no letter in the fonts of formulas' words.
    [("χ²", "$\\chi^2$"), ("·", "$\\cdot$"), ("−", "$-$"), ("α", "$\\alpha$"), ("π", "$\\pi$")]
        .iter()
        .fold(escaped(&title), |title, (plain, formula)| title.replace(plain, formula))
}

/// A rule's name within `\text{…}`.
fn escaped(text: &str) -> String {
    displayed(text)
        .replace(">=", "$\\ge$")
        .replace("<=", "$\\le$")
        .replace("<<", "$\\ll$")
        .replace('_', "\\_")
        .replace('^', "\\textasciicircum{}")
}
