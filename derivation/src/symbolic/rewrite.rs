//! What a rule makes of a term: another term, and what is needed for the two to be
//! equal, for one to be defined where the other is, and back. What a lemma makes of it lies
//! on one side.

use super::facts::Facts;
use super::show;
use crate::term::Term;

/// A side condition and what discharges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    /// As displayed: `p(x) << q(x)`, `finite: E[…] …`.
    pub(super) needs: String,
    /// The terms of which it is said.
    pub(super) of: Vec<Term>,
    /// The facts used, if it is discharged.
    pub(super) by: Option<Vec<String>>,
}

/// One application of a rule. Wherever both terms are defined they are equal if all of
/// `both` hold; `forward` make the new term defined where the old one is, `backward`
/// the old where the new is.
#[derive(Clone, Debug)]
pub(super) struct Rewrite {
    /// The new term.
    pub(super) to: Term,
    /// Without these the two are not equal.
    pub(super) both: Vec<Condition>,
    /// Without these the new term may be undefined where the old is not.
    pub(super) forward: Vec<Condition>,
    /// Without these the old term may be undefined where the new is not.
    pub(super) backward: Vec<Condition>,
}

impl Rewrite {
    /// Equal, and defined on the same models.
    pub(super) fn same(to: Term) -> Self {
        Self { to, both: vec![], forward: vec![], backward: vec![] }
    }

    /// What a term stands for, where it stands for something: equal, and defined alike.
    pub(super) fn stands_for(to: Option<Term>) -> Vec<Self> {
        to.map(Self::same).into_iter().collect()
    }

    /// As [`Self::same`], until conditions are added.
    pub(super) fn when(to: Term) -> Self {
        Self::same(to)
    }

    /// The same with another result.
    pub(super) fn map(self, f: impl FnOnce(Term) -> Term) -> Self {
        Self { to: f(self.to), ..self }
    }

    fn condition(facts: &Facts, what: &str, of: &[Term], holds: impl FnOnce(&Facts) -> bool) -> Condition {
        let shown: Vec<String> = of.iter().map(|t| show::term(facts.names, t)).collect();
        Condition { needs: format!("{} is {what}", shown.join(", ")), of: of.to_vec(), by: facts.ask(holds) }
    }

    /// Adds a condition on which the equality rests.
    pub(super) fn needs_both(
        mut self,
        facts: &Facts,
        what: &str,
        of: &Term,
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.both.push(Self::condition(facts, what, std::slice::from_ref(of), holds));
        self
    }

    /// Adds a condition that stands in the text as it is.
    pub(super) fn needs_text(
        mut self,
        facts: &Facts,
        text: &str,
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.both.push(Condition { needs: text.to_owned(), of: vec![], by: facts.ask(holds) });
        self
    }

    /// Adds a condition for the new term to be defined where the old one is.
    pub(super) fn needs_forward(
        mut self,
        facts: &Facts,
        what: &str,
        of: &Term,
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.forward.push(Self::condition(facts, what, std::slice::from_ref(of), holds));
        self
    }

    /// Adds a condition for the old term to be defined where the new one is.
    pub(super) fn needs_backward(
        mut self,
        facts: &Facts,
        what: &str,
        of: &Term,
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.backward.push(Self::condition(facts, what, std::slice::from_ref(of), holds));
        self
    }

    /// As [`Self::needs_forward`], of several terms together.
    pub(super) fn needs_forward_list(
        mut self,
        facts: &Facts,
        what: &str,
        of: &[Term],
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.forward.push(Self::condition(facts, what, of, holds));
        self
    }

    /// As [`Self::needs_backward`], of several terms together.
    pub(super) fn needs_backward_list(
        mut self,
        facts: &Facts,
        what: &str,
        of: &[Term],
        holds: impl FnOnce(&Facts) -> bool,
    ) -> Self {
        self.backward.push(Self::condition(facts, what, of, holds));
        self
    }

    /// Conditions for equality that nothing discharges.
    pub(super) fn missing(&self) -> Option<&Condition> {
        self.both.iter().find(|c| c.by.is_none())
    }

    /// Is the new term defined wherever the old is?
    pub(super) fn keeps(&self) -> bool {
        self.forward.iter().all(|c| c.by.is_some())
    }

    /// Is the old term defined wherever the new is?
    pub(super) fn reflects(&self) -> bool {
        self.backward.iter().all(|c| c.by.is_some())
    }

    /// The same step from the new term to the old.
    pub(super) fn reversed(self, old: Term) -> Self {
        Self { to: old, both: self.both, forward: self.backward, backward: self.forward }
    }
}

/// On which side of a term a bound lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The term is at least the new one.
    AtLeast,
    /// The term is at most the new one.
    AtMost,
}

impl Side {
    /// The other way.
    pub(super) fn flipped(self) -> Self {
        match self {
            Self::AtLeast => Self::AtMost,
            Self::AtMost => Self::AtLeast,
        }
    }
}
