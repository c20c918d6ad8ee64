//! What a derivation declares and assumes: the names of its terms and the models in
//! which it must hold.

use crate::term::{LawAt, Name, Range, Term, Variable};

/// Where the points of a space live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Both kinds of model are tried; the default.
    Any,
    /// Finitely many points (`let x be finite`, or a `sum[x]` in the text).
    Finite,
    /// The real line (`let x be real`, or `x` used as a number).
    Real,
}

/// A law: a joint = marginal × total kernel over named spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// Its name.
    pub name: Name,
    /// The spaces of which it is a law.
    pub of: Vec<Name>,
    /// The spaces on which it only depends; of them it has no marginal.
    pub given: Vec<Name>,
    /// The numbers on which it depends (`q(z; theta)`).
    pub parameters: Vec<Name>,
    /// `let m(x) = (p(x) + q(x)) / 2 be a law`: its points and its density there.
    pub definition: Option<(Vec<Variable>, Term)>,
    /// `let q(z; theta) be the law of g(e, theta) with e ~ r(e)`.
    pub pushforward: Option<Pushforward>,
}

/// The law of a function of noise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pushforward {
    /// The map.
    pub map: Name,
    /// At what it is taken: points of the noise, and numbers.
    pub arguments: Vec<Term>,
    /// The law of the noise.
    pub noise: LawAt,
}

/// A real function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: Name,
    /// The spaces of its arguments, and its parameters (`g(e, theta)`).
    pub of: Vec<Name>,
    /// Where its values lie.
    pub range: Range,
    /// `let T(x) = …`: its points and its value there.
    pub definition: Option<(Vec<Variable>, Term)>,
}

/// What a generator is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneratorKind {
    /// Any that has the properties assumed: proper, convex, finite on u > 0, ∞ on u < 0.
    Generic,
    /// A row of the catalogue.
    Catalogue(Name),
    /// `let f(u) = u log u`: its number and its value on u > 0 (at 0: the limit).
    Formula(Name, Box<Term>),
}

/// A generator f.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    /// Its name.
    pub name: Name,
    /// Which functions it may be.
    pub kind: GeneratorKind,
}

/// A property that a sentence of the text assumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// f: lower semicontinuous, so f(0) = f(0⁺).
    Closed,
    /// f: convex. Generators are, unless the text says `let f be any function`.
    Convex,
    /// f: strictly convex.
    StrictlyConvex,
    /// f or T: differentiable (f: on u > 0).
    Differentiable,
    /// f: f(1) = 0.
    Normalised,
    /// A function: bounded.
    Bounded,
    /// A function: in every law's L¹.
    Integrable,
    /// A function of one number or point: convex.
    ConvexFunction,
    /// A law with parameters: differentiable in them, with an integrable bound of the
    /// derivative, so that ∂ and ∫ may be exchanged. A function: differentiable, with
    /// bounded derivatives in its points and integrable bounds of those in parameters.
    Regular,
    /// A law with parameters: its support does not depend on them.
    ConstantSupport,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// =
    Equal,
    /// ≤
    AtMost,
    /// ≥
    AtLeast,
    /// <
    Less,
    /// >
    Greater,
    /// ≠
    Different,
}

/// What the text assumes. A model in which an assumption fails is no model of the
/// derivation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// p ≪ q (`p << q`): the mass of p vanishes wherever that of q does. Variables of
    /// `given` are free: for every value of them.
    AbsolutelyContinuous(LawAt, LawAt),
    /// a < b, KL(q ‖ p) < ∞, t > 0, …; at every value of the free variables.
    Compares(Term, Comparison, Term),
    /// The term is a real number (`E[x ~ p] T(x) is finite`).
    Finite(Term),
    /// s ∈ ∂f(u) (`s in subdiff f(u)`).
    Subgradient {
        /// The slope.
        slope: Term,
        /// The generator.
        generator: Name,
        /// The point.
        at: Term,
    },
    /// t ∈ dom f*, t ∈ [0, 1].
    In(Term, Range),
    /// `f is closed`, `T is bounded`, `q is regular in theta`.
    Has(Name, Property),
}

/// The declarations and assumptions of one derivation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Kind of every space.
    pub spaces: Vec<(Name, Space)>,
    /// Laws, in the order of their definition (a defined law after those that it uses).
    pub laws: Vec<Law>,
    /// Free functions. Functions bound by an extremum are not here.
    pub functions: Vec<Function>,
    /// Classes of functions, with the range into which they map.
    pub classes: Vec<(Name, Range)>,
    /// Free numbers.
    pub numbers: Vec<Name>,
    /// Generators.
    pub generators: Vec<Generator>,
    /// Free points: the chain is meant for every value of each.
    pub points: Vec<Variable>,
    /// What is assumed, in the order of the text.
    pub assumptions: Vec<Assumption>,
}
