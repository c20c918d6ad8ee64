//! Which binder a name belongs to, and what has been found on the way.

use super::super::diagnostic::Diagnostic;
use super::super::names::{space, unique};
use super::super::tree::Ident;
use super::survey::Survey;
use crate::chain::Span;
use crate::context::Law;
use crate::term::{Name, Term, Variable};
use num_rational::BigRational;
use std::collections::BTreeSet;

/// What a name is bound to.
#[derive(Clone, Debug)]
pub(super) enum Binder {
    Point(Variable),
    Number(Name),
    /// The unique name and the number of arguments.
    Function(Name, usize),
}

/// A place where a name occurs free although a binder of it has just ended.
#[derive(Clone, Debug)]
pub(super) struct Escape {
    pub(super) name: Name,
    pub(super) binder: Span,
    pub(super) at: Span,
}

/// The state of an elaboration.
pub(super) struct Elaborator {
    pub(super) survey: Survey,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) laws: Vec<Law>,
    pub(super) points: Vec<Variable>,
    pub(super) numbers: Vec<Name>,
    pub(super) used_functions: Vec<Name>,
    /// Spaces whose points are used as numbers.
    pub(super) numeric: BTreeSet<Name>,
    pub(super) scope: Vec<(Name, Binder)>,
    /// Binders of this line whose scope has ended.
    pub(super) ended: Vec<(Name, Span)>,
    pub(super) escapes: Vec<Escape>,
    /// Names with a free occurrence that is no escape.
    pub(super) free: BTreeSet<Name>,
    binders: u32,
    /// In a citation's witness names are looked up but declare nothing.
    pub(super) lenient: bool,
}

impl Elaborator {
    pub(super) fn new(survey: Survey) -> Self {
        Self {
            survey,
            diagnostics: Vec::new(),
            laws: Vec::new(),
            points: Vec::new(),
            numbers: Vec::new(),
            used_functions: Vec::new(),
            numeric: BTreeSet::new(),
            scope: Vec::new(),
            ended: Vec::new(),
            escapes: Vec::new(),
            free: BTreeSet::new(),
            binders: 0,
            lenient: false,
        }
    }

    /// Reports a mistake; the term in its place keeps the rest readable.
    pub(super) fn fault(&mut self, diagnostic: Diagnostic) -> Term {
        self.diagnostics.push(diagnostic);
        Term::Number(BigRational::from_integer(0.into()))
    }

    pub(super) fn fresh(&mut self) -> u32 {
        self.binders += 1;
        self.binders
    }

    pub(super) fn binders(&mut self) -> &mut u32 {
        &mut self.binders
    }

    pub(super) fn bind_point(&mut self, name: &str) -> Variable {
        let binder = self.fresh();
        Variable { name: name.into(), space: space(name).into(), binder }
    }

    pub(super) fn bind_name(&mut self, name: &str) -> Name {
        let binder = self.fresh();
        unique(name, binder)
    }

    /// Runs with more names in scope, which then end.
    pub(super) fn scoped<T>(&mut self, names: Vec<(Ident, Binder)>, run: impl FnOnce(&mut Self) -> T) -> T {
        let depth = self.scope.len();
        let ended: Vec<_> = names.iter().map(|(ident, _)| (ident.name.clone(), ident.span.clone())).collect();
        self.scope.extend(names.into_iter().map(|(ident, binder)| (ident.name, binder)));
        let result = run(self);
        self.scope.truncate(depth);
        self.ended.extend(ended);
        result
    }

    pub(super) fn lookup(&self, name: &str) -> Option<&Binder> {
        self.scope.iter().rev().find(|(bound, _)| &**bound == name).map(|(_, binder)| binder)
    }

    /// A free occurrence of a name: has a binder of it just ended in this line?
    pub(super) fn occurs_free(&mut self, name: &Name, at: &Span) {
        if self.lenient {
            return;
        }
        match self.ended.iter().rev().find(|(ended, _)| ended == name) {
            Some((_, binder)) => {
                self.escapes.push(Escape { name: name.clone(), binder: binder.clone(), at: at.clone() });
            }
            None => {
                self.free.insert(name.clone());
            }
        }
    }

    /// The variable that a name stands for: bound, or a free point.
    pub(super) fn variable(&mut self, ident: &Ident) -> Variable {
        match self.lookup(&ident.name) {
            Some(Binder::Point(variable)) => variable.clone(),
            Some(Binder::Number(_)) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        ident.span.clone(),
                        format!("`{}` is a number here, not a point", ident.name),
                    )
                    .note("the points of a law are variables, bound by E, int, sum, or free"),
                );
                self.free_point(&ident.name)
            }
            Some(Binder::Function(..)) => {
                self.diagnostics.push(Diagnostic::new(
                    ident.span.clone(),
                    format!("`{}` is a function here, not a point", ident.name),
                ));
                self.free_point(&ident.name)
            }
            None => {
                if self.survey.numbers.contains(&ident.name) {
                    let says = format!("`{}` is a number, not a point", ident.name);
                    self.diagnostics.push(Diagnostic::new(ident.span.clone(), says).suggest(format!(
                        "numbers on which a law depends stand behind a semicolon: `p(x; {})`",
                        ident.name
                    )));
                }
                let variable = self.free_point(&ident.name);
                self.occurs_free(&ident.name, &ident.span);
                if !self.lenient && !self.points.contains(&variable) {
                    self.points.push(variable.clone());
                }
                variable
            }
        }
    }

    fn free_point(&self, name: &Name) -> Variable {
        Variable { name: name.clone(), space: space(name).into(), binder: 0 }
    }

    /// The names of the extrema's and laws' binders must differ.
    pub(super) fn distinct(&mut self, names: &[Ident]) {
        for (at, ident) in names.iter().enumerate() {
            if let Some(earlier) = names[..at].iter().find(|earlier| earlier.name == ident.name) {
                self.diagnostics.push(
                    Diagnostic::new(ident.span.clone(), format!("`{}` stands here twice", ident.name))
                        .also(earlier.span.clone(), "first here")
                        .suggest(format!("another point of the same space is `{}'`", ident.name)),
                );
            }
        }
    }
}
