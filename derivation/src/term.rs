//! The typed syntax tree that both certificates and the typesetter read.
//!
//! A [`Term`] denotes a number in [−∞, ∞] in every model, or nothing at all
//! (*undefined*); [`crate::conventions`] says which. Binders are unique: no two of a
//! derivation's binders share a [`Variable`], so facts about a bound variable hold
//! wherever it occurs and substitution never captures.

use num_rational::BigRational;
use std::sync::Arc;

/// A name as the author wrote it.
pub type Name = Arc<str>;

/// A point of a space. Its *space* is the name without primes: `z'` is another point
/// of the space of `z`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable {
    /// As displayed: `z`, `z'`.
    pub name: Name,
    /// The space over which it ranges: `z`.
    pub space: Name,
    /// Tells binders apart that bear the same name; 0 for a free variable.
    pub binder: u32,
}

/// A law at points: `p(x, z | y)`, or `q(z; theta)` for a law with parameters.
///
/// As a measure (in E, KL, …) the variables in `of` are bound by the term that holds
/// it. Which coordinates of the law are meant is told by the spaces of the variables,
/// as usual in this field: p(x) and p(z) are two marginals of one joint p(x, z).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LawAt {
    /// The law's name.
    pub law: Name,
    /// Before the bar.
    pub of: Vec<Variable>,
    /// Behind the bar.
    pub given: Vec<Variable>,
    /// Behind the semicolon: the parameters on which it depends.
    pub parameters: Vec<Name>,
}

/// What of a generator is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// f(u)
    Value,
    /// f′(u)
    Derivative,
    /// f*(t)
    Conjugate,
    /// (f*)′(t)
    ConjugateDerivative,
    /// f**(u)
    Biconjugate,
}

/// Which extremum. A maximum or minimum says that it is attained; where it is not,
/// the term is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extremum {
    /// Least upper bound.
    Sup,
    /// Attained least upper bound.
    Max,
    /// Greatest lower bound.
    Inf,
    /// Attained greatest lower bound.
    Min,
}

/// An end of an interval; the term may be ±∞ and mentions no bound variable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct End {
    /// Where.
    pub at: Box<Term>,
    /// Does it belong to the interval?
    pub closed: bool,
}

/// Where the values lie over which an extremum is taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Range {
    /// ℝ
    Real,
    /// From `low` to `high`.
    Interval(End, End),
    /// dom f
    Domain(Name),
    /// dom f*
    ConjugateDomain(Name),
    /// A declared class of functions; for functions only.
    Class(Name),
}

/// Over what an extremum is taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Over {
    /// Numbers: `t in dom f*`. In the body the number is `Term::Parameter(name)`.
    Number {
        /// The bound name, unique in the derivation.
        name: Name,
        /// Where it lies.
        range: Range,
    },
    /// Functions: `T(x) in dom f*`. In the body it is `Term::Function`.
    Function {
        /// The bound name, unique in the derivation.
        name: Name,
        /// The variables on which it depends.
        of: Vec<Variable>,
        /// Where its values lie.
        range: Range,
    },
}

/// Named distances of two laws, which unfold as definitions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distance {
    /// KL(p ‖ q) = E_p log(p/q)
    Kl,
    /// D_f(p ‖ q) = E_q f(p/q) + f′(∞)·P[q = 0]
    F(Name),
    /// JSD(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m), m = (p + q)/2
    Js,
    /// χ²(p ‖ q) = E_q (p/q − 1)² (∞ off p ≪ q)
    Chi2,
    /// TV(p, q) = ½ ∫ |p − q|
    Tv,
    /// H²(p, q) = ½ ∫ (√p − √q)²
    Hellinger2,
    /// H(p, q) = −E_p log q
    CrossEntropy,
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// An exact number.
    Number(BigRational),
    /// +∞
    Infinity,
    /// A real number of the model: `t`, `c`, `theta`.
    Parameter(Name),
    /// A point of a real space, or the number at a point of a finite one: E[x ~ p] x.
    Point(Variable),
    /// a + b + …, in the order written (subtraction is a [`Term::Negative`] in a sum).
    Sum(Vec<Term>),
    /// a · b · …, in the order written.
    Product(Vec<Term>),
    /// −a
    Negative(Box<Term>),
    /// a / b; for densities a value in [0, ∞].
    Quotient(Box<Term>, Box<Term>),
    /// a to an exact rational power: squares, square roots.
    Power(Box<Term>, BigRational),
    /// Natural logarithm; log 0 = −∞, log ∞ = ∞.
    Log(Box<Term>),
    /// Exponential.
    Exp(Box<Term>),
    /// Absolute value.
    Abs(Box<Term>),
    /// The larger of two or more numbers.
    Larger(Vec<Term>),
    /// The smaller of two or more numbers.
    Smaller(Vec<Term>),
    /// T(x), h(z), g(e, theta): a declared or bound real function.
    Function {
        /// Its name.
        name: Name,
        /// Its arguments; points or terms.
        arguments: Vec<Term>,
    },
    /// The mass or density of a law at points.
    Density(LawAt),
    /// f(u), f*(t), f′(u), …
    Generator {
        /// The generator's name.
        name: Name,
        /// Which of its functions.
        part: Part,
        /// Where.
        argument: Box<Term>,
    },
    /// E[z ~ q(z|x)] body: over the support of the law; `law.of` is bound.
    Expectation {
        /// The law.
        law: LawAt,
        /// The integrand.
        body: Box<Term>,
    },
    /// ∑ or ∫ over the whole spaces of the variables, which are bound.
    Integral {
        /// The variables.
        over: Vec<Variable>,
        /// The integrand.
        body: Box<Term>,
    },
    /// sup, max, inf, min.
    Extremum {
        /// Which.
        kind: Extremum,
        /// Of what.
        over: Over,
        /// The objective.
        body: Box<Term>,
    },
    /// ∂/∂θ of the body.
    Gradient {
        /// θ
        parameter: Name,
        /// What is differentiated.
        body: Box<Term>,
    },
    /// KL(p ‖ q) and its kin; `of` of both laws is the same list and is bound.
    Distance {
        /// Which.
        kind: Distance,
        /// The first law.
        p: LawAt,
        /// The second law.
        q: LawAt,
    },
    /// H(p) = −E_p log p; `of` is bound.
    Entropy(LawAt),
}
