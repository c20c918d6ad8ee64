//! A finite model: points, masses, values.

use super::generator::Generator;
use super::program::Program;
use super::rational::Rational;
use super::value::Value;

/// A law of a model: joint masses for every condition, a second law that gives the
/// kernels where a condition has no mass, and slopes in the parameters.
#[derive(Clone, Debug)]
pub(super) struct LawModel {
    /// Masses, the law's own coordinates outermost; empty for a defined law.
    pub(super) mass: Vec<Rational>,
    /// Masses of full support, in the same order.
    pub(super) fallback: Vec<Rational>,
    /// ∂ mass/∂θ for each parameter of the law; each sums to 0.
    pub(super) slopes: Vec<Vec<Rational>>,
}

/// c + Σ bᵢ aᵢ + Σ qᵢⱼ aᵢ aⱼ + Σ w max(0, aᵢ − k), for functions of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Smooth {
    pub(super) constant: Option<Rational>,
    pub(super) linear: Vec<Rational>,
    pub(super) quadratic: Vec<(usize, usize, Rational)>,
    /// Weight, argument, knot.
    pub(super) kinks: Vec<(Rational, usize, Rational)>,
}

/// A function of a model.
#[derive(Clone, Debug)]
pub(super) enum FunctionModel {
    /// Values at points, the first argument outermost.
    Table(Vec<Value>),
    /// Of numbers, and of points as the numbers that they are.
    Smooth(Smooth),
}

/// A finite model of a program.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// How many points each space has.
    pub(super) sizes: Vec<usize>,
    /// The number at each point of each space.
    pub(super) numbers: Vec<Vec<Rational>>,
    pub(super) laws: Vec<LawModel>,
    pub(super) functions: Vec<FunctionModel>,
    /// Each class: its functions, by their values on any arguments in turn.
    pub(super) classes: Vec<Vec<Vec<Value>>>,
    /// By parameter; those that are not free have no value.
    pub(super) parameters: Vec<Value>,
    pub(super) generators: Vec<Generator>,
}

impl Model {
    /// Sizes of a law's coordinates.
    pub(super) fn dimensions(&self, program: &Program, law: usize) -> Vec<usize> {
        program.laws[law].spaces.iter().map(|space| self.sizes[*space]).collect()
    }
}

/// Calls `visit` with every index of an array of these dimensions, the last running
/// fastest.
pub(super) fn for_each_index(dimensions: &[usize], mut visit: impl FnMut(usize, &[usize])) {
    let total: usize = dimensions.iter().product();
    let mut index = vec![0; dimensions.len()];
    for flat in 0..total {
        visit(flat, &index);
        for at in (0..index.len()).rev() {
            index[at] += 1;
            if index[at] < dimensions[at] {
                break;
            }
            index[at] = 0;
        }
    }
}
