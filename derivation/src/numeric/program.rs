//! A chain with its names resolved to indices, so that a model evaluates it quickly.

use super::rational::Rational;
use crate::context::{Comparison, GeneratorKind, Property, Space};
use crate::term::{Distance, Extremum, Name, Part};

/// Index of a variable.
pub(super) type Slot = usize;

/// A law at points: which table, and the variables that index it.
#[derive(Clone, Debug)]
pub(super) struct LawRef {
    /// Index into [`Program::shapes`].
    pub(super) shape: usize,
    /// Its arguments: before the bar, then behind it.
    pub(super) slots: Vec<Slot>,
    /// How many of them stand before the bar.
    pub(super) of: usize,
}

/// A marginal, kernel or joint of a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) law: usize,
    /// Coordinates of the law (its own spaces, then those on which it depends).
    pub(super) of: Vec<usize>,
    pub(super) given: Vec<usize>,
}

/// An argument of a function.
#[derive(Clone, Debug)]
pub(super) enum Argument {
    /// A point.
    Point(Slot),
    /// A number.
    Number(Node),
}

/// Where an extremum ranges.
#[derive(Clone, Debug)]
pub(super) enum Bounds {
    Real,
    Interval { low: Box<Node>, low_closed: bool, high: Box<Node>, high_closed: bool },
    Domain(usize),
    ConjugateDomain(usize),
    Class(usize),
}

/// A term with names resolved.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Number(Rational),
    Infinity,
    /// A free or bound number.
    Parameter(usize),
    /// The number at a point.
    Point(Slot),
    Sum(Vec<Node>),
    /// Densities first: where one is 0, the product is.
    Product {
        densities: Vec<LawRef>,
        factors: Vec<Node>,
    },
    Negative(Box<Node>),
    Quotient(Box<Node>, Box<Node>),
    Power(Box<Node>, Rational),
    Log(Box<Node>),
    Exp(Box<Node>),
    Abs(Box<Node>),
    Larger(Vec<Node>),
    Smaller(Vec<Node>),
    /// A declared function.
    Function {
        function: usize,
        arguments: Vec<Argument>,
    },
    /// A function bound by an extremum.
    Bound {
        function: usize,
        arguments: Vec<Slot>,
    },
    Density(LawRef),
    Generator {
        generator: usize,
        part: Part,
        argument: Box<Node>,
    },
    Expectation {
        law: LawRef,
        body: Box<Node>,
    },
    Integral {
        over: Vec<Slot>,
        body: Box<Node>,
    },
    /// Over a number.
    Best {
        kind: Extremum,
        parameter: usize,
        bounds: Bounds,
        body: Box<Node>,
    },
    /// Over a function.
    BestFunction {
        kind: Extremum,
        function: usize,
        of: Vec<Slot>,
        bounds: Bounds,
        body: Box<Node>,
    },
    Gradient {
        parameter: usize,
        body: Box<Node>,
    },
    Distance {
        kind: Measure,
        p: LawRef,
        q: LawRef,
    },
}

/// [`Distance`] with its generator resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Named(NamedDistance),
    F(usize),
}

/// The distances without a generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedDistance {
    Kl,
    Js,
    Chi2,
    Tv,
    Hellinger2,
    CrossEntropy,
}

impl NamedDistance {
    pub(super) fn of(kind: &Distance) -> Option<Self> {
        Some(match kind {
            Distance::Kl => Self::Kl,
            Distance::Js => Self::Js,
            Distance::Chi2 => Self::Chi2,
            Distance::Tv => Self::Tv,
            Distance::Hellinger2 => Self::Hellinger2,
            Distance::CrossEntropy => Self::CrossEntropy,
            Distance::F(_) => return None,
        })
    }
}

/// A declared law.
#[derive(Clone, Debug)]
pub(super) struct LawInfo {
    pub(super) name: Name,
    /// Spaces of its coordinates: its own, then those on which it depends.
    pub(super) spaces: Vec<usize>,
    /// How many are its own.
    pub(super) own: usize,
    /// Parameter slots.
    pub(super) parameters: Vec<usize>,
    /// The points, coordinate by coordinate, and the density there.
    pub(super) definition: Option<(Vec<Slot>, Node)>,
    /// For real models.
    pub(super) pushforward: Option<Image>,
}

/// The law of a function of noise.
#[derive(Clone, Debug)]
pub(super) struct Image {
    /// The function.
    pub(super) map: usize,
    /// For each of its arguments the parameter that stands there; nothing for the noise.
    pub(super) numbers: Vec<Option<usize>>,
    /// The noise, at a point of its own.
    pub(super) noise: LawRef,
}

/// A declared function without a definition.
#[derive(Clone, Debug)]
pub(super) struct FunctionInfo {
    pub(super) name: Name,
    /// The space of each argument; nothing for a number.
    pub(super) spaces: Vec<Option<usize>>,
    pub(super) bounds: Bounds,
    /// Is it ever applied to a number?
    pub(super) of_numbers: bool,
    pub(super) properties: Vec<Property>,
}

/// A declared generator.
#[derive(Clone, Debug)]
pub(super) struct GeneratorInfo {
    pub(super) name: Name,
    pub(super) kind: GeneratorKind,
    /// For a formula: its number and its value.
    pub(super) formula: Option<(usize, Node)>,
    pub(super) properties: Vec<Property>,
}

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct SlotInfo {
    pub(super) name: Name,
    pub(super) space: usize,
}

/// An assumption that a model is asked about, at every value of `free`.
#[derive(Clone, Debug)]
pub(super) struct Assumed {
    pub(super) free: Vec<Slot>,
    pub(super) what: Claim,
}

/// What is assumed.
#[derive(Clone, Debug)]
pub(super) enum Claim {
    AbsolutelyContinuous(LawRef, LawRef),
    Compares(Node, Comparison, Node),
    Finite(Node),
    Subgradient { slope: Node, generator: usize, at: Node },
    In(Node, Bounds),
}

/// An element of the range of an extremum: a number, or a function by its value at any
/// points `of`.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) of: Vec<Slot>,
    pub(super) value: Node,
    pub(super) bounds: Bounds,
}

/// A chain, resolved.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) spaces: Vec<(Name, Space)>,
    pub(super) laws: Vec<LawInfo>,
    pub(super) shapes: Vec<Shape>,
    /// So many of the shapes stand in the text; the others only in what is tried out.
    pub(super) stated: usize,
    pub(super) functions: Vec<FunctionInfo>,
    pub(super) classes: Vec<(Name, Bounds)>,
    pub(super) generators: Vec<GeneratorInfo>,
    /// Names of numbers, free and bound.
    pub(super) parameters: Vec<Name>,
    /// Which of them are free.
    pub(super) free_parameters: Vec<usize>,
    pub(super) slots: Vec<SlotInfo>,
    /// How many functions extrema bind.
    pub(super) bound_functions: usize,
    /// The chain's free points.
    pub(super) free: Vec<Slot>,
    pub(super) assumptions: Vec<Assumed>,
    /// The first line, then each link's.
    pub(super) lines: Vec<Node>,
    /// Of each link, the element that it says attains the extremum.
    pub(super) attained: Vec<Option<Element>>,
    /// What is assumed of each law.
    pub(super) law_properties: Vec<Vec<Property>>,
}

/// Does a term use a point as a number?
pub(super) fn names_a_point(node: &Node) -> bool {
    let any = |nodes: &[Node]| nodes.iter().any(names_a_point);
    match node {
        Node::Point(_) => true,
        Node::Sum(nodes) | Node::Larger(nodes) | Node::Smaller(nodes) => any(nodes),
        Node::Product { factors, .. } => any(factors),
        Node::Quotient(a, b) => names_a_point(a) || names_a_point(b),
        Node::Negative(a) | Node::Power(a, _) | Node::Log(a) | Node::Exp(a) | Node::Abs(a) => {
            names_a_point(a)
        }
        Node::Generator { argument, .. } => names_a_point(argument),
        Node::Expectation { body, .. }
        | Node::Integral { body, .. }
        | Node::Best { body, .. }
        | Node::BestFunction { body, .. }
        | Node::Gradient { body, .. } => names_a_point(body),
        Node::Function { arguments, .. } => {
            arguments.iter().any(|argument| matches!(argument, Argument::Number(node) if names_a_point(node)))
        }
        Node::Number(_)
        | Node::Infinity
        | Node::Parameter(_)
        | Node::Bound { .. }
        | Node::Density(_)
        | Node::Distance { .. } => false,
    }
}
