//! What terms mean. One convention, which both certificates follow and no other
//! module restates.
//!
//! **Models.** A model gives every space points (finitely many, or the real line),
//! every law a density on them, every function and number a value, every generator a
//! function. A chain holds if it holds in every model of its assumptions, at every
//! value of its free points.
//!
//! **Values** lie in [−∞, ∞] or are *undefined*; undefined arguments make undefined
//! values.
//! - Sums: ∞ − ∞ is undefined.
//! - Products: 0 · ∞ is undefined, but for one case. A product in which a factor *is* a
//!   density (a [`Density`](crate::term::Term::Density) directly among its factors) is 0
//!   where that density is 0, whatever the other factors are, defined or not: that is
//!   0 · log 0 = 0, and makes `int[x] p(x) * h(x)` the same as `E[x ~ p] h(x)`. Nothing
//!   else is rewritten: the number 0 times an undefined value is undefined. Products are
//!   flat (no product directly inside a product).
//! - Quotients: a/0 = ∞ for a > 0; 0/0 and ∞/∞ are undefined; a/∞ = 0 for finite a; a
//!   negative number over 0 is undefined.
//! - log 0 = −∞, log ∞ = ∞, log of a negative number is undefined. exp(−∞) = 0.
//!
//! **Laws** are joint = marginal × total kernel: p(z | x) is a probability mass for
//! *every* x, also where p(x) = 0, and p(x, z) = p(x) p(z | x) = p(z) p(x | z) always.
//! (Where the mass of the condition is 0 the kernel is that of a second law, the same
//! for all conditionals of p, so that kernels of kernels agree as well.)
//!
//! **Expectations** E[z ~ q] h range over the support {q > 0} only: what h is, or
//! whether it is defined, where q vanishes does not matter. E h is undefined if h is
//! undefined somewhere on the support, or if both parts of the integral, positive and
//! negative, are infinite. An integral or sum `int[z] h` ranges over every point.
//!
//! **Distances.** KL(p ‖ q) = E_p log(p/q), which is ∞ unless p ≪ q. D_f(p ‖ q) =
//! E_q f(p/q) + f′(∞) · P[q = 0], where a mass of 0 contributes 0. χ², JS, TV and
//! Hellinger likewise, as the D_f that they are. H(p, q) = −E_p log q; H(p) = H(p, p).
//!
//! **Generators.** f: proper, convex, finite on u > 0, +∞ on u < 0; f(0) in (−∞, ∞]
//! need not be the limit unless f is closed. f* is the supremum over u ≥ 0. f′ is a
//! subgradient selected at kinks (the right derivative; f′(∞) = lim f(u)/u), so that a
//! chain that needs differentiability must assume it. Where `f(1) = 0` matters, it is
//! assumed.
//!
//! **Extrema.** sup over an empty set is −∞; values where the objective is undefined do
//! not count. `max` and `min` are undefined where no element attains. A supremum over
//! functions is over the measurable T into the range for which T and f*(T) are bounded.
//! dom f* is where f* is finite.
//!
//! **Gradients** are ordinary derivatives at an interior point; undefined where they do
//! not exist.
//!
//! **Relations.** A link a = b, a ≤ b, a ≥ b holds in a model if both sides are defined
//! there and stand in the relation. A side that is undefined breaks the link: the text
//! must assume what rules that model out.
