//! Laws at points: which of their variables are bound, which spaces they have.

use super::super::diagnostic::Diagnostic;
use super::super::names::space;
use super::super::tree::{Ident, LawUse, Points};
use super::scope::Elaborator;
use super::survey::Use;
use crate::context::Law;
use crate::term::{LawAt, Name, Variable};

impl Elaborator {
    /// A law as a measure: the names before its bar become the given binders.
    pub(super) fn measure(&mut self, law: &LawUse, names: &[Ident], binders: &[Variable]) -> LawAt {
        let points = match &law.points {
            Some(points) => points.clone(),
            None => self.expand(law, names),
        };
        self.check_points(&law.name, &points);
        let of = points
            .of
            .iter()
            .map(|ident| {
                names.iter().position(|name| name.name == ident.name).and_then(|at| binders.get(at)).cloned()
            })
            .collect::<Option<Vec<_>>>();
        let of = match of {
            Some(of) if of.len() == names.len() => of,
            _ => {
                let bound = list(names);
                self.diagnostics.push(
                    Diagnostic::new(
                        law.span.clone(),
                        format!("this is a law of {}, not of {bound}", list(&points.of)),
                    )
                    .also(
                        names.first().map_or(0..0, |first| first.span.start..names[names.len() - 1].span.end),
                        format!("{bound} is bound here"),
                    )
                    .suggest(format!("write `{}({bound})`", law.name.name)),
                );
                binders.to_vec()
            }
        };
        let given = points.given.iter().map(|ident| self.variable(ident)).collect();
        self.finish(&law.name, of, given, &points)
    }

    /// A law's density at points.
    pub(super) fn density(&mut self, name: &Ident, points: &Points) -> LawAt {
        self.check_points(name, points);
        let of = points.of.iter().map(|ident| self.variable(ident)).collect();
        let given = points.given.iter().map(|ident| self.variable(ident)).collect();
        self.finish(name, of, given, points)
    }

    fn finish(&mut self, name: &Ident, of: Vec<Variable>, given: Vec<Variable>, points: &Points) -> LawAt {
        let uses = self.survey.uses.get(&name.name).into_iter().flatten();
        let with_parameters = uses.map(|used| &used.parameters).find(|parameters| !parameters.is_empty());
        if let Some(parameters) = with_parameters.filter(|_| points.parameters.is_empty()) {
            let says = format!("`{}` depends on {} elsewhere", name.name, parameters.join(", "));
            let suggestion =
                format!("write `{}({}; {})`", name.name, list(&points.of), parameters.join(", "));
            self.diagnostics.push(Diagnostic::new(name.span.clone(), says).suggest(suggestion));
        }
        let parameters: Vec<Name> = points.parameters.iter().map(|ident| self.number_named(ident)).collect();
        let law = LawAt { law: name.name.clone(), of, given, parameters };
        self.register(&law);
        law
    }

    fn check_points(&mut self, name: &Ident, points: &Points) {
        let names: Vec<Ident> = points.of.iter().chain(&points.given).cloned().collect();
        self.distinct(&names);
        if self.survey.functions.contains_key(&name.name) && self.survey.declared.contains(&name.name) {
            self.diagnostics.push(Diagnostic::new(
                name.span.clone(),
                format!("`{}` is declared as a function", name.name),
            ));
        }
        if self.survey.is_generator(&name.name) {
            self.diagnostics.push(Diagnostic::new(
                name.span.clone(),
                format!("`{}` is a generator, not a law", name.name),
            ));
        }
    }

    /// Remembers the spaces of a law.
    fn register(&mut self, at: &LawAt) {
        if !self.laws.iter().any(|law| law.name == at.law) {
            self.laws.push(Law {
                name: at.law.clone(),
                of: Vec::new(),
                given: Vec::new(),
                parameters: Vec::new(),
                definition: None,
                pushforward: None,
            });
        }
        let Some(law) = self.laws.iter_mut().find(|law| law.name == at.law) else { return };
        for variable in &at.of {
            add(&mut law.of, &variable.space);
        }
        for variable in &at.given {
            add(&mut law.given, &variable.space);
        }
        for parameter in &at.parameters {
            add(&mut law.parameters, parameter);
        }
    }

    /// `p` alone: the way in which it stands elsewhere at the same variables.
    pub(super) fn expand(&mut self, law: &LawUse, names: &[Ident]) -> Points {
        let spaces: Vec<Name> = names.iter().map(|ident| space(&ident.name).into()).collect();
        let uses = self.survey.uses.get(&law.name.name).cloned().unwrap_or_default();
        let fitting: Vec<&Use> = uses.iter().filter(|used| same(&used.of, &spaces)).collect();
        let explicit: Vec<&&Use> = fitting.iter().filter(|used| !used.given.is_empty()).collect();
        let plain = fitting.iter().find(|used| used.given.is_empty() && !used.parameters.is_empty());
        let chosen = match (plain, explicit.as_slice()) {
            (Some(plain), _) => Some(*plain),
            (None, [only]) if fitting.iter().all(|used| !used.given.is_empty()) => Some(**only),
            _ => None,
        };
        let ident = |name: &Name| Ident { name: name.clone(), span: law.span.clone() };
        Points {
            of: names.to_vec(),
            given: chosen.map(|used| used.given.iter().map(ident).collect()).unwrap_or_default(),
            parameters: chosen.map(|used| used.parameters.iter().map(ident).collect()).unwrap_or_default(),
        }
    }

    /// The names before the bars of two laws that are compared.
    pub(super) fn compared(&mut self, laws: &[&LawUse]) -> Vec<Ident> {
        if let Some(points) = laws.iter().find_map(|law| law.points.as_ref()) {
            return points.of.clone();
        }
        let mut lists: Vec<Vec<Name>> = Vec::new();
        for law in laws {
            for used in self.survey.uses.get(&law.name.name).into_iter().flatten() {
                if !lists.iter().any(|list| same(list, &used.of)) {
                    lists.push(used.of.clone());
                }
            }
        }
        let span = laws.first().map_or(0..0, |law| law.span.clone());
        let ident = |name: &Name| Ident { name: name.clone(), span: span.clone() };
        match lists.as_slice() {
            [] => vec![ident(&"x".into())],
            [only] => only.iter().map(ident).collect(),
            [first, ..] => {
                let name = laws.first().map_or("p", |law| &*law.name.name);
                let readings: Vec<String> =
                    lists.iter().map(|list| format!("`{name}({})`", list.join(", "))).collect();
                self.diagnostics.push(
                    Diagnostic::new(
                        span.clone(),
                        format!("`{name}` alone can mean {}", readings.join(" or ")),
                    )
                    .suggest("write the variables"),
                );
                first.iter().map(ident).collect()
            }
        }
    }

    /// The two laws of a distance or of `<<`: the variables before their bars are one list.
    pub(super) fn pair(&mut self, p: &LawUse, q: &LawUse) -> (LawAt, LawAt) {
        let names = self.compared(&[p, q]);
        let binders: Vec<Variable> = names.iter().map(|ident| self.bind_point(&ident.name)).collect();
        let p = self.measure(p, &names, &binders);
        let mut q = self.measure(q, &names, &binders);
        if q.of.iter().all(|variable| p.of.contains(variable)) {
            q.of = p.of.clone();
        }
        (p, q)
    }
}

fn add(names: &mut Vec<Name>, name: &Name) {
    if !names.contains(name) {
        names.push(name.clone());
    }
}

fn same(left: &[Name], right: &[Name]) -> bool {
    left.len() == right.len() && left.iter().all(|name| right.contains(name))
}

/// `x, z`
pub(super) fn list(names: &[Ident]) -> String {
    names.iter().map(|ident| &*ident.name).collect::<Vec<_>>().join(", ")
}
