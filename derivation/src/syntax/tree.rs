//! The tree of the text as written: names unresolved, every part with its place.

use crate::chain::{Relation, Span};
use crate::context::{Comparison, Property};
use crate::term::{Extremum, Name, Part};
use num_rational::BigRational;

/// A name and its place.
#[derive(Clone, Debug)]
pub(super) struct Ident {
    pub(super) name: Name,
    pub(super) span: Span,
}

/// `p`, `p(x)`, `p(x, z | y; theta)` where only a law can stand.
#[derive(Clone, Debug)]
pub(super) struct LawUse {
    pub(super) name: Ident,
    pub(super) points: Option<Points>,
    pub(super) span: Span,
}

/// What stands in the brackets of a law.
#[derive(Clone, Debug)]
pub(super) struct Points {
    pub(super) of: Vec<Ident>,
    pub(super) given: Vec<Ident>,
    pub(super) parameters: Vec<Ident>,
}

/// `z ~ q(z|x)`
#[derive(Clone, Debug)]
pub(super) struct Binding {
    pub(super) names: Vec<Ident>,
    pub(super) law: LawUse,
}

/// `p(x, z | y)`, `T(x)`, `g(e, theta)`, `f(u)`: which it is, the elaborator says.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) name: Ident,
    pub(super) arguments: Vec<Node>,
    pub(super) given: Vec<Ident>,
    pub(super) parameters: Vec<Ident>,
    /// Is there a bar or a semicolon, as only laws have?
    pub(super) law: bool,
}

/// Functions that bind the next factor only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Log,
    Exp,
    Sqrt,
    Abs,
}

/// `t in R`, `T(x) in dom f*`
#[derive(Clone, Debug)]
pub(super) struct Bound {
    pub(super) name: Ident,
    /// Present for a function.
    pub(super) of: Option<Vec<Ident>>,
    pub(super) range: Option<Range>,
}

/// Where values lie.
#[derive(Clone, Debug)]
pub(super) enum Range {
    Real,
    Domain(Ident),
    ConjugateDomain(Ident),
    Class(Ident),
    Interval { low: Box<Node>, low_closed: bool, high: Box<Node>, high_closed: bool },
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) expr: Expr,
    pub(super) span: Span,
    /// Does it stand in brackets of its own?
    pub(super) bracketed: bool,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(super) enum Expr {
    Number(BigRational),
    Infinity,
    Name(Name),
    Call(Box<Call>),
    Generator { name: Ident, part: Part, argument: Box<Node> },
    Distance { kind: Ident, p: LawUse, q: LawUse },
    Entropy(LawUse),
    Sum(Vec<Node>),
    Product(Vec<Node>),
    Negative(Box<Node>),
    Quotient(Box<Node>, Box<Node>),
    Power(Box<Node>, Box<Node>),
    Prefix(Prefix, Box<Node>),
    Larger(Vec<Node>),
    Smaller(Vec<Node>),
    Expectation { bindings: Vec<Binding>, body: Box<Node> },
    Integral { sum: bool, over: Vec<Ident>, body: Box<Node> },
    Extremum { kind: Extremum, over: Box<Bound>, body: Box<Node> },
    Gradient { parameter: Ident, body: Box<Node> },
}

/// What a `let` says of its subjects.
#[derive(Clone, Debug)]
pub(super) enum Be {
    Real,
    Finite,
    Number,
    Generator(Option<Ident>),
    Class(Option<Range>),
    Law,
    LawOf {
        map: Ident,
        arguments: Vec<Ident>,
        noise: Binding,
    },
    Function,
    In(Range),
    /// `let T(x) = …`
    Defined(Node),
    DefinedLaw(Node),
    DefinedGenerator(Node),
}

/// `let …`
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) subjects: Vec<LawUse>,
    pub(super) be: Be,
}

/// `assuming …`
#[derive(Clone, Debug)]
pub(super) enum Assumption {
    AbsolutelyContinuous(LawUse, LawUse),
    Compares(Node, Comparison, Node),
    Finite(Node),
    In(Node, Range),
    Subgradient { slope: Node, generator: Ident, at: Node },
    Has { name: Ident, property: Property, within: Option<Ident>, span: Span },
}

/// `T(x) = f'(p(x)/q(x))`, `u = exp(t - 1)`
#[derive(Clone, Debug)]
pub(super) struct Witness {
    pub(super) name: Ident,
    pub(super) of: Option<Vec<Ident>>,
    pub(super) value: Node,
}

/// `stationary (c = …)`
#[derive(Clone, Debug)]
pub(super) struct Citation {
    pub(super) rule: Name,
    pub(super) witness: Option<Witness>,
    pub(super) span: Span,
}

/// What a link says.
#[derive(Clone, Debug)]
pub(super) enum Says {
    Relates(Relation, Node),
    Attained(Witness),
}

/// A link.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) says: Says,
    pub(super) by: Vec<Citation>,
    pub(super) label: Option<Name>,
    pub(super) span: Span,
}

/// A whole derivation.
#[derive(Clone, Debug)]
pub(super) struct Derivation {
    pub(super) declarations: Vec<Declaration>,
    pub(super) assumptions: Vec<Assumption>,
    pub(super) first: Node,
    pub(super) links: Vec<Link>,
}
