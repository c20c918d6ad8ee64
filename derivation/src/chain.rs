//! A derivation after elaboration: a context and a chain of terms.

use crate::context::Context;
use crate::term::{Name, Term};
use std::ops::Range;

/// Bytes of the source text.
pub type Span = Range<usize>;

/// How a line relates to the line before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// =
    Equal,
    /// ≤: the line before is at most this one.
    AtMost,
    /// ≥: the line before is at least this one.
    AtLeast,
}

/// Where the extremum of the line before is attained.
///
/// `attained at u = exp(t - 1)`: the line before is a supremum (or infimum), and the
/// link says that this element attains it. The link's term is the objective there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The bound number or function.
    pub name: Name,
    /// Its value; for a function, with the binder's own variables free.
    pub value: Term,
}

/// A cited reason: a rule's name and, where the rule asks for one, its witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// As written: `log-ratio`, `KL >= 0`, `def KL`.
    pub rule: Name,
    /// `stationary (c = 1 - log E[x ~ q] exp T(x))`, `instance (t = s)`.
    pub witness: Option<Witness>,
    /// Where it stands.
    pub span: Span,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// To the line before.
    pub relation: Relation,
    /// Set for an `attained at` line; its relation is `Equal`.
    pub attained: Option<Witness>,
    /// This line.
    pub term: Term,
    /// Its reasons.
    pub by: Vec<Citation>,
    /// A label that prose can cite.
    pub label: Option<Name>,
    /// The whole line.
    pub span: Span,
    /// Its expression.
    pub term_span: Span,
}

/// A chain of links in one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Its name in the book: `elbo`.
    pub id: Name,
    /// Its title.
    pub title: String,
    /// Declarations and assumptions.
    pub context: Context,
    /// The first line.
    pub first: Term,
    /// Where the first line stands.
    pub first_span: Span,
    /// The steps.
    pub links: Vec<Link>,
}

impl Chain {
    /// How the last line relates to the first: `Equal` if every link is an equality,
    /// else the one direction in which the chain runs (the parser allows no other).
    pub fn direction(&self) -> Relation {
        self.links
            .iter()
            .map(|link| link.relation)
            .find(|relation| *relation != Relation::Equal)
            .unwrap_or(Relation::Equal)
    }

    /// The term before each link, in order.
    pub fn before(&self, link: usize) -> &Term {
        link.checked_sub(1).map_or(&self.first, |earlier| &self.links[earlier].term)
    }
}
