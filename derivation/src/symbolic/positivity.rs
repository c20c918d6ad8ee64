//! Where a density is positive, and which law is absolutely continuous to which.

use super::facts::Facts;
use super::{arith, rename, show, tree};
use crate::term::{LawAt, Term, Variable};

impl Facts<'_> {
    /// Is the law's mass 0 wherever the other's is?
    pub(super) fn dominated(&self, p: &LawAt, q: &LawAt) -> bool {
        let mut free = self.clone();
        free.shadow(&q.of);
        free.dominated_everywhere(p, q)
    }

    fn dominated_everywhere(&self, p: &LawAt, q: &LawAt) -> bool {
        if p == q || self.positive_density(q) {
            return true;
        }
        let assumed = self.known.continuous.iter().any(|(small, large, text)| {
            matching(small, p).is_some_and(|by| rename::law(large, &by) == *q) && self.note(text.clone())
        });
        // If the small one's being positive makes the large one positive, that is it.
        assumed || self.dominated_by_formula(p, q) || {
            let mut facts = self.clone();
            facts.positive.push(p.clone());
            facts.positive_density(q)
        }
    }

    /// Is the density positive here?
    pub(super) fn positive_density(&self, law: &LawAt) -> bool {
        self.deeper(false, || self.positive_from(law, 3))
    }

    fn positive_from(&self, law: &LawAt, steps: u32) -> bool {
        let factors = self.positive.iter().flat_map(|l| self.factors_of(l));
        let mut known: Vec<LawAt> = self
            .positive
            .iter()
            .cloned()
            .chain(factors)
            .filter(|l| l.law == law.law && l.parameters == law.parameters)
            .collect();
        // p(A|B) > 0 and p(B|C) > 0 make p(A,B|C) > 0.
        for _ in 0..2 {
            for i in 0..known.len() {
                for j in 0..known.len() {
                    if let Some(joined) = join(&known[i], &known[j])
                        && !known.contains(&joined)
                        && known.len() < 24
                    {
                        known.push(joined);
                    }
                }
            }
        }
        if known.iter().any(|k| gives(k, law)) {
            return self.note(format!("{} is positive on the support", show::law(law)));
        }
        let assumed = Term::Density(law.clone());
        if self
            .known
            .signs
            .iter()
            .any(|(t, strict, text)| *strict && *t == assumed && self.note(text.clone()))
        {
            return true;
        }
        if steps == 0 {
            return false;
        }
        // p ≪ q and p > 0 make q > 0; q may be any part of the larger law.
        for (small, large, text) in &self.known.continuous {
            if large.law != law.law {
                continue;
            }
            if let Some(by) = matching(large, law)
                && self.positive_from(&rename::law(small, &by), steps - 1)
            {
                return self.note(text.clone());
            }
        }
        // The joint from its parts.
        if law.of.len() > 1 && law.of.len() < 5 {
            for at in 0..law.of.len() {
                let mut rest = law.clone();
                let one = rest.of.remove(at);
                let head = LawAt { of: vec![one.clone()], ..law.clone() };
                let mut tail = rest;
                tail.given.push(one);
                tail.given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
                if self.positive_from(&head, steps - 1) && self.positive_from(&tail, steps - 1) {
                    return true;
                }
            }
        }
        self.law(&law.law)
            .and_then(|declared| super::definitions::unfold_law(declared, law))
            .is_some_and(|body| self.positive(&body))
    }
}

impl Facts<'_> {
    /// Is a law declared by a formula 0 wherever the other is?
    fn dominated_by_formula(&self, p: &LawAt, q: &LawAt) -> bool {
        let formula = self.law(&p.law).and_then(|law| super::definitions::unfold_law(law, p));
        formula.is_some_and(|formula| self.deeper(false, || self.vanishes_with(&formula, q)))
    }

    /// Is the term 0 wherever the density is? A density among the factors of a product
    /// makes it 0, whatever the others are.
    fn vanishes_with(&self, term: &Term, q: &LawAt) -> bool {
        match term {
            Term::Density(p) => self.dominated(p, q),
            Term::Sum(list) => list.iter().all(|t| self.vanishes_with(t, q)),
            Term::Product(list) => {
                list.iter().any(|t| matches!(t, Term::Density(_)) && self.vanishes_with(t, q))
                    || list.iter().all(|t| self.finite(t)) && list.iter().any(|t| self.vanishes_with(t, q))
            }
            Term::Quotient(a, b) => self.nonzero(b) && self.vanishes_with(a, q),
            _ => false,
        }
    }

    /// The densities that are factors of a law declared as a product: where it is
    /// positive, they are. Of a marginal of it those that what is integrated out leaves
    /// alone.
    fn factors_of(&self, law: &LawAt) -> Vec<LawAt> {
        let definition = self.law(&law.law).and_then(|declared| declared.definition.as_ref());
        let Some((points, body)) = definition.filter(|_| law.given.is_empty()) else { return vec![] };
        let here: rename::Renaming = points
            .iter()
            .filter_map(|point| {
                Some((point.clone(), law.of.iter().find(|v| v.space == point.space)?.clone()))
            })
            .collect();
        let gone: Vec<Variable> = points.iter().filter(|point| !here.contains_key(*point)).cloned().collect();
        let numerator = match body {
            Term::Quotient(above, _) => above,
            other => other,
        };
        arith::factors(numerator)
            .into_iter()
            .filter(|factor| tree::independent(factor, &gone))
            .filter_map(|factor| match factor {
                Term::Density(density) => Some(rename::law(&density, &here)),
                _ => None,
            })
            .collect()
    }
}

/// p(A|B)·p(B|C) = p(A,B|C), if the conditions fit.
pub(super) fn join(outer: &LawAt, inner: &LawAt) -> Option<LawAt> {
    if outer.law != inner.law || outer.parameters != inner.parameters {
        return None;
    }
    let covers = outer.given.iter().all(|v| inner.of.contains(v) || inner.given.contains(v))
        && inner.of.iter().all(|v| outer.given.contains(v))
        && inner.given.iter().all(|v| outer.given.contains(v))
        && outer.of.iter().all(|v| !inner.of.contains(v) && !inner.given.contains(v));
    covers.then(|| {
        let mut of: Vec<Variable> = outer.of.iter().chain(&inner.of).cloned().collect();
        of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        LawAt { of, given: inner.given.clone(), ..outer.clone() }
    })
}

/// Does one density's being positive make another's of the same law positive?
/// p(A|B) > 0 gives p(C|B,D) > 0 for disjoint parts C, D of A.
fn gives(known: &LawAt, wanted: &LawAt) -> bool {
    wanted.of.iter().all(|v| known.of.contains(v))
        && known.given.iter().all(|v| wanted.given.contains(v))
        && wanted.given.iter().all(|v| known.given.contains(v) || known.of.contains(v))
}

/// The renaming that makes the pattern the law, variables matched by their spaces.
pub(super) fn matching(pattern: &LawAt, law: &LawAt) -> Option<rename::Renaming> {
    if pattern.law != law.law
        || pattern.of.len() != law.of.len()
        || pattern.given.len() != law.given.len()
        || pattern.parameters != law.parameters
    {
        return None;
    }
    let mut renaming = rename::Renaming::new();
    for (theirs, ours) in [(&pattern.of, &law.of), (&pattern.given, &law.given)] {
        for v in theirs {
            let mut same = ours.iter().filter(|w| w.space == v.space);
            let found = same.next()?;
            if same.next().is_some() {
                return None;
            }
            renaming.insert(v.clone(), found.clone());
        }
    }
    let tidy = |l: &LawAt| {
        let mut l = l.clone();
        l.of.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        l.given.sort_by(|a, b| (&a.space, a).cmp(&(&b.space, b)));
        l
    };
    (tidy(&rename::law(pattern, &renaming)) == tidy(law)).then_some(renaming)
}
