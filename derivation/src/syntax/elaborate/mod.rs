//! The text's tree to terms and a context.
//!
//! First a survey tells from all lines what each name is; then every expression is
//! elaborated: names looked up, binders made unique, laws given their variables.

mod assumption;
mod chain;
mod declaration;
mod expression;
mod law;
mod name;
mod scope;
mod survey;

use super::diagnostic::Diagnostic;
use super::tree::{Assumption, Derivation, Node};
use crate::chain::Chain;
use crate::context::Context;
use crate::term::Term;
use scope::Elaborator;
use survey::Survey;

/// Elaborates a derivation; its id and title are empty.
pub(super) fn derivation(derivation: &Derivation) -> Result<Chain, Vec<Diagnostic>> {
    let mut elaborator = Elaborator::new(Survey::of(derivation));
    let mut context = Context::default();
    elaborator.declarations(&derivation.declarations, &mut context);
    elaborator.assumptions(&derivation.assumptions, &mut context);
    let (first, links) = elaborator.lines(derivation);
    elaborator.escapes();
    elaborator.complete(&mut context);
    let mut diagnostics = elaborator.diagnostics;
    if diagnostics.is_empty() {
        let first_span = derivation.first.span.clone();
        return Ok(Chain { id: "".into(), title: String::new(), context, first, first_span, links });
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.span.end));
    diagnostics.dedup();
    Err(diagnostics)
}

/// Elaborates more assumptions of a context. What they mention anew is free.
pub(super) fn assuming(context: &Context, written: &[Assumption]) -> Result<Context, Vec<Diagnostic>> {
    let survey = Survey::within(context, |survey| {
        written.iter().for_each(|assumption| survey.assumption(assumption));
    });
    let mut elaborator = Elaborator::new(survey);
    let mut extended = context.clone();
    elaborator.assumptions(written, &mut extended);
    if !elaborator.diagnostics.is_empty() {
        return Err(elaborator.diagnostics);
    }
    let points = elaborator.points.into_iter().filter(|point| !context.points.contains(point));
    extended.points.extend(points);
    Ok(extended)
}

/// Elaborates one expression whose names a context declares.
pub(super) fn expression(context: &Context, node: &Node) -> Result<Term, Vec<Diagnostic>> {
    let mut elaborator = Elaborator::new(Survey::within(context, |survey| survey.node(node)));
    let term = elaborator.term(node);
    if elaborator.diagnostics.is_empty() { Ok(term) } else { Err(elaborator.diagnostics) }
}
