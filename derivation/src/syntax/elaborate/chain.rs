//! The lines of a chain to terms, with the witnesses that their reasons name.

use super::super::diagnostic::Diagnostic;
use super::super::names::displayed;
use super::super::substitute;
use super::super::tree::{self, Derivation, Ident, Node, Says};
use super::scope::{Binder, Elaborator};
use crate::chain::{Citation, Link, Relation, Witness};
use crate::term::{Over, Term, Variable};

impl Elaborator {
    pub(super) fn lines(&mut self, derivation: &Derivation) -> (Term, Vec<Link>) {
        let first = self.line(&derivation.first);
        let mut links: Vec<Link> = Vec::new();
        for link in &derivation.links {
            let before = links.last().map_or(&first, |link| &link.term).clone();
            let (relation, attained, term, term_span) = match &link.says {
                Says::Relates(relation, node) => (*relation, None, self.line(node), node.span.clone()),
                Says::Attained(witness) => {
                    let (witness, term) = self.attained(witness, &before);
                    (Relation::Equal, Some(witness), term, link.span.clone())
                }
            };
            let by = link.by.iter().map(|citation| self.citation(citation, &before, &term)).collect();
            links.push(Link {
                relation,
                attained,
                term,
                by,
                label: link.label.clone(),
                span: link.span.clone(),
                term_span,
            });
        }
        (first, links)
    }

    fn line(&mut self, node: &Node) -> Term {
        self.ended.clear();
        self.term(node)
    }

    /// `attained at`: the objective of the line before, at the witness.
    fn attained(&mut self, written: &tree::Witness, before: &Term) -> (Witness, Term) {
        let Some((over, _)) = extremum(before, &written.name.name) else {
            let fault = Diagnostic::new(
                written.name.span.clone(),
                format!("the line before is no extremum over `{}`", written.name.name),
            );
            let fault = match any_extremum(before) {
                Some(over) => fault.suggest(format!("it is one over `{}`", displayed(name_of(over)))),
                None => fault
                    .note("`attained at` says which element attains the supremum, maximum, infimum or minimum of the line before"),
            };
            let term = self.fault(fault);
            return (Witness { name: written.name.name.clone(), value: term.clone() }, term);
        };
        let over = over.clone();
        let value = self.witness_value(written, Some(&over));
        let fresh = self.binders();
        let term = match substitute::attained(before, &over, &value, fresh) {
            Some(term) => term,
            None => self.fault(Diagnostic::new(
                written.value.span.clone(),
                "this value cannot be put in: the function stands at a point that is no variable",
            )),
        };
        (Witness { name: name_of(&over).into(), value }, term)
    }

    /// A witness's value, with the binder's own variables free where it is a function.
    fn witness_value(&mut self, written: &tree::Witness, over: Option<&Over>) -> Term {
        self.ended.clear();
        let names: Vec<Ident> = written.of.clone().unwrap_or_default();
        let points: Vec<Variable> = match over {
            Some(Over::Function { of, .. }) => of.clone(),
            _ => Vec::new(),
        };
        let wrong = match over {
            Some(Over::Number { .. }) => written.of.is_some(),
            Some(Over::Function { of, .. }) => names.len() != of.len(),
            None => false,
        };
        if wrong {
            let says = match over {
                Some(Over::Number { .. }) => format!("`{}` is a number, not a function", written.name.name),
                _ => format!("`{}` is a function: name its variables", written.name.name),
            };
            return self.fault(Diagnostic::new(written.name.span.clone(), says));
        }
        let scope = names.into_iter().zip(points.into_iter().map(Binder::Point)).collect();
        self.scoped(scope, |within| within.term(&written.value))
    }

    /// A cited rule; its witness is of an extremum of the line before or of this one,
    /// or a name that the rule itself gives a meaning.
    fn citation(&mut self, written: &tree::Citation, before: &Term, after: &Term) -> Citation {
        let witness = written.witness.as_ref().map(|witness| {
            let name = &witness.name.name;
            let over = extremum(before, name).or_else(|| extremum(after, name)).map(|(over, _)| over.clone());
            self.lenient = true;
            let value = self.witness_value(witness, over.as_ref());
            self.lenient = false;
            Witness { name: over.as_ref().map_or(name.clone(), |over| name_of(over).into()), value }
        });
        Citation { rule: written.rule.clone(), witness, span: written.span.clone() }
    }

    /// Names that occur only where a binder of theirs has just ended.
    pub(super) fn escapes(&mut self) {
        for escape in std::mem::take(&mut self.escapes) {
            if self.free.contains(&escape.name) || self.survey.declared.contains(&escape.name) {
                continue;
            }
            self.diagnostics.push(
                Diagnostic::new(escape.at, format!("`{}` is no longer bound here", escape.name))
                    .also(escape.binder, format!("this binds `{}` in the next product only", escape.name))
                    .suggest("put the whole body into braces: `E[…] { … + … }`, `sup[…] { … - … }`"),
            );
        }
    }
}

fn name_of(over: &Over) -> &str {
    match over {
        Over::Number { name, .. } | Over::Function { name, .. } => name,
    }
}

/// The extremum over the name, outermost first.
fn extremum<'t>(term: &'t Term, name: &str) -> Option<(&'t Over, &'t Term)> {
    let mut found = None;
    crate::syntax::substitute::visit(term, &mut |part| {
        if let Term::Extremum { over, body, .. } = part
            && found.is_none()
            && displayed(name_of(over)) == name
        {
            found = Some((over, &**body));
        }
    });
    found
}

fn any_extremum(term: &Term) -> Option<&Over> {
    let mut found = None;
    crate::syntax::substitute::visit(term, &mut |part| {
        if let Term::Extremum { over, .. } = part
            && found.is_none()
        {
            found = Some(over);
        }
    });
    found
}
