//! f-divergences, convex conjugates and variational bounds.
//!
//! The reference library behind the workbook *Variational Divergence
//! Minimization*. One module per chapter; beneath them what the chapters share.
//! Values are in nats. One orientation holds everywhere:
//! D_f(P‖Q) = E_q f(p/q) + f′(∞)·P\[q = 0\], with f convex on u ≥ 0.
//!
//! | module | what it is for |
//! |---|---|
//! | [`divergence`] | the trait [`Divergence`]: a generator f and all that follows from it; adjoint, symmetrised, scaled, shifted |
//! | [`catalogue`] | the named divergences, one file each |
//! | [`density`] | laws: finite, uniform, Gaussian, Laplace, exponential, Cauchy, Student's t, mixtures |
//! | [`quadrature`] | integrals over the line, with an honest error estimate |
//! | [`special`] | elementary functions that stay accurate where the naive form breaks |
//! | [`ch01_generative_modelling`] | chapter 1: pushforwards through monotone maps, total variation two ways |
//! | [`ch02_intractable_densities`] | chapter 2: expectations from samples, with their errors |
//! | [`ch03_convex_conjugate`] | chapter 3: conjugates, in closed form and of sampled functions |
//! | [`ch04_variational_bound`] | chapter 4: the variational bound on finite spaces, on the line and from samples; best critics |
//! | [`ch05_algorithm`] | chapter 5: output activations, two players' steps, the saddle, a training run |
//! | [`ch06_review`] | chapter 6: what lecture 1 comes to, in mixed exercises |

// The marked exercises use the paths that a reader's stub uses.
extern crate self as vdm;

mod bisection;
pub mod catalogue;
pub mod ch01_generative_modelling;
pub mod ch02_intractable_densities;
pub mod ch03_convex_conjugate;
pub mod ch04_variational_bound;
pub mod ch05_algorithm;
pub mod ch06_review;
pub mod density;
pub mod divergence;
mod interval;
pub mod quadrature;
mod shown;
pub mod special;

pub use divergence::Divergence;
pub use interval::Interval;
