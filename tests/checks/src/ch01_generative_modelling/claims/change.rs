//! Change of variables: the distribution function and the density of g(z).

use crate::ch01_generative_modelling::cases::{CASES, Case, noise, slope_by_differences};
use crate::check::{agree, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, tolerance};
use std::f64::consts::PI;
use vdm::Interval;
use vdm::density::{Cauchy, Density, Gaussian, Laplace};
use vdm::quadrature::Quadrature;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(cdf().stating(
            r"
P_\theta[\,x \le c\,] \;=\; \begin{cases} F\bigl(g^{-1}(c)\bigr) & g \text{ increasing} \\
   1 - F\bigl(g^{-1}(c)\bigr) & g \text{ decreasing} \end{cases}",
        )),
        Box::new(density().stating(
            r"p_\theta(x) \;=\; \frac{p(z)}{|g'(z)|} \quad\text{at the } z \text{ with } g(z) = x, \qquad p_\theta(x) = 0 \text{ if there is none}",
        )),
        Box::new(affine().stating(
            r"x = a + b z,\; b \ne 0: \qquad p_\theta(x) \;=\; \frac{1}{|b|}\; p\Bigl(\frac{x - a}{b}\Bigr)",
        )),
        Box::new(bend().stating(
            r"
\begin{aligned}
g_\theta(z) &= \frac{e^{\theta z} - 1}{\theta} \\
p_\theta(x) &= \frac{1}{1 + \theta x}\; p\Bigl(\frac{\log(1 + \theta x)}{\theta}\Bigr) \quad\text{where } 1 + \theta x > 0, \text{ else } 0
\end{aligned}",
        )),
        Box::new(folded().stating(
            r"x = z^2: \qquad p_\theta(x) \;=\; \frac{p(\sqrt{x}) + p(-\sqrt{x})}{2 \sqrt{x}} \qquad (x > 0)",
        )),
        Box::new(plane().stating(r"x = A z: \qquad p_\theta(x) \;=\; \frac{p(A^{-1} x)}{|\det A|}")),
    ]
}

/// A case's z, in quarters from −2 to 3, as index and quarter.
const PLACES: (std::ops::Range<usize>, std::ops::RangeInclusive<i32>) = (0..CASES.len(), -8..=12);

/// A displayed formula in x, for a monotone generator.
type Formula = fn(&Case, f64) -> f64;

fn cdf() -> Law<Formula> {
    Law {
        name: "pushforward-cdf",
        statement: "P[g(z) ≤ c] is F(g⁻¹(c)) for increasing and 1 − F(g⁻¹(c)) for decreasing g",
        members: || {
            let formula: Formula = |case, c| match (case.preimage)(c).map(|z| noise().cdf(z)) {
                Some(below) if case.increasing => below,
                Some(below) => 1.0 - below,
                None => 0.0,
            };
            vec![("by-the-inverse".into(), formula)]
        },
        check: |formula| {
            /// Equally likely values of the noise: quantiles at the middles of as many
            /// shares. Counting them errs by half a share at most.
            const NOISES: u32 = 2000;
            let middles = (0..NOISES).map(|i| (f64::from(i) + 0.5) / f64::from(NOISES));
            let noises: Vec<f64> = middles.filter_map(|share| noise().quantile(share).ok()).collect();
            for_all(120, &PLACES, |&(case, quarter)| {
                let case = &CASES[case];
                let c = (case.g)(f64::from(quarter) / 4.0);
                let count = noises.iter().filter(|z| (case.g)(**z) <= c).count();
                let due = count as f64 / f64::from(NOISES);
                let at = format!("{}, c = {}", case.name, number(c));
                agree(at, due, formula(case, c), 1.0 / f64::from(NOISES))
            })
        },
        chaffs: || {
            vec![
                ("a falling g treated as rising", |case, c| {
                    (case.preimage)(c).map_or(0.0, |z| noise().cdf(z))
                }),
                ("F at c instead of its preimage", |_, c| noise().cdf(c)),
                ("g for its inverse", |case, c| {
                    let below = noise().cdf((case.g)(c));
                    if case.increasing { below } else { 1.0 - below }
                }),
            ]
        },
    }
}

fn density() -> Law<Formula> {
    Law {
        name: "change-of-variables",
        statement: "p_θ(x) = p(z)/|g′(z)| at the z with g(z) = x: the slope of P[g(z) ≤ x] in x",
        members: || {
            let formula: Formula = |case, x| {
                (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() / (case.slope)(z).abs())
            };
            vec![("at-the-preimage".into(), formula)]
        },
        check: |formula| {
            for_all(120, &PLACES, |&(case, quarter)| {
                let case = &CASES[case];
                let z = f64::from(quarter) / 4.0;
                let x = (case.g)(z);
                let due = case.density_by_differences(z);
                let at = format!("{}, x = {}", case.name, number(x));
                agree(at, due.value, formula(case, x), due.error)?;
                // An image that ends, ends at 0.
                let outside = if case.image.low() == 0.0 { formula(case, -0.5) } else { 0.0 };
                agree(format!("{}, x = −½", case.name), 0.0, outside, 0.0)
            })
        },
        chaffs: || {
            vec![
                ("g′ without its absolute value", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() / (case.slope)(z))
                }),
                ("times |g′|", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() * (case.slope)(z).abs())
                }),
                ("g′ at x", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp() / (case.slope)(x).abs())
                }),
                ("no g′ at all", |case, x| (case.preimage)(x).map_or(0.0, |z| noise().ln_density(z).exp())),
                ("p at x", |case, x| {
                    (case.preimage)(x).map_or(0.0, |z| noise().ln_density(x).exp() / (case.slope)(z).abs())
                }),
            ]
        },
    }
}

/// The displayed density from p, a, b and x.
type Affine = fn(&dyn Fn(f64) -> f64, f64, f64, f64) -> f64;

/// A family's name, its standard law, and the one of location a and scale b.
type Family = (&'static str, Box<dyn Density>, Box<dyn Density>);

fn affine() -> Law<Affine> {
    Law {
        name: "affine-pushforward",
        statement: "a + b·z has the density p((x − a)/b)/|b|: families of location and scale stay in the family",
        members: || vec![("affine".into(), (|p, a, b, x| p((x - a) / b) / b.abs()) as Affine)],
        check: |formula| {
            let reals = (-8i32..=8, 1i32..=8, proptest::bool::ANY, -12i32..=12);
            for_all(150, &reals, |&(a, b, falls, x)| {
                let [a, b, x] = [a, b, x].map(|k| f64::from(k) / 4.0);
                let scale = if falls { -b } else { b };
                // The families know location and scale by themselves; all are symmetric.
                let families: [Family; 3] = [
                    (
                        "Gaussian",
                        Box::new(law(Gaussian::new(0.0, 1.0))?),
                        Box::new(law(Gaussian::new(a, b))?),
                    ),
                    ("Laplace", Box::new(law(Laplace::new(0.0, 1.0))?), Box::new(law(Laplace::new(a, b))?)),
                    ("Cauchy", Box::new(law(Cauchy::new(0.0, 1.0))?), Box::new(law(Cauchy::new(a, b))?)),
                ];
                let mut worst = 0.0_f64;
                for (name, standard, due) in families {
                    let found = formula(&|z| standard.ln_density(z).exp(), a, scale, x);
                    let due = due.ln_density(x).exp();
                    // ln p is rounded relative to its own size.
                    let near = tolerance::FORMULA * due * (1.0 + due.ln().abs());
                    worst =
                        worst.max(agree(format!("{name}, a = {a}, b = {scale}, x = {x}"), due, found, near)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("b for |b|", |p, a, b, x| p((x - a) / b) / b),
                ("without 1/|b|", |p, a, b, x| p((x - a) / b)),
                ("times |b|", |p, a, b, x| p((x - a) / b) * b.abs()),
                ("shifted the other way", |p, a, b, x| p((x + a) / b) / b.abs()),
                ("stretched for squeezed", |p, a, b, x| p((x - a) * b) / b.abs()),
            ]
        },
    }
}

fn law<L>(made: Result<L, vdm::density::DensityError>) -> Result<L, Box<Broken>> {
    made.map_err(|why| Broken::new("a law", "valid parameters", why.to_string()))
}

/// The displayed density from p, θ and x.
type Bend = fn(&dyn Fn(f64) -> f64, f64, f64) -> f64;

fn bend() -> Law<Bend> {
    Law {
        name: "bend-pushforward",
        statement: "(e^{θz} − 1)/θ has the density p(log(1 + θx)/θ)/(1 + θx)",
        members: || {
            let formula: Bend = |p, theta, x| {
                let rest = 1.0 + theta * x;
                if rest > 0.0 { p(rest.ln() / theta) / rest } else { 0.0 }
            };
            vec![("bend".into(), formula)]
        },
        check: |formula| {
            let thetas = [-4i32, -3, -2, -1, 1, 2, 3, 4];
            for_all(150, &(0..thetas.len(), -10i32..=12), |&(theta, z)| {
                let (theta, z) = (f64::from(thetas[theta]) / 4.0, f64::from(z) / 4.0);
                let p = |z: f64| noise().ln_density(z).exp();
                // The noise below z is the output below g(z).
                let x = (theta * z).exp_m1() / theta;
                let below = |x: f64| noise().cdf((theta * x).ln_1p() / theta);
                let due = slope_by_differences(below, x, (theta * z).exp() / 128.0);
                agree(
                    format!("θ = {theta}, x = {}", number(x)),
                    due.value,
                    formula(&p, theta, x),
                    due.error,
                )?;
                let outside = -1.0 / theta - theta.signum() * 0.5;
                agree(format!("θ = {theta}, x = {outside}"), 0.0, formula(&p, theta, outside), 0.0)
            })
        },
        chaffs: || {
            vec![
                ("without 1/(1 + θx)", |p, theta, x| {
                    let rest = 1.0 + theta * x;
                    if rest > 0.0 { p(rest.ln() / theta) } else { 0.0 }
                }),
                ("the slope taken at x", |p, theta, x| {
                    let rest = 1.0 + theta * x;
                    if rest > 0.0 { p(rest.ln() / theta) / (theta * x).exp() } else { 0.0 }
                }),
                ("not divided by θ", |p, theta, x| {
                    let rest = 1.0 + theta * x;
                    if rest > 0.0 { p(rest.ln()) / rest } else { 0.0 }
                }),
                ("mass outside the image", |p, theta, x| {
                    let rest = (1.0 + theta * x).abs();
                    p(rest.ln() / theta) / rest
                }),
            ]
        },
    }
}

/// The displayed density from p and x.
type Folded = fn(&dyn Fn(f64) -> f64, f64) -> f64;

fn folded() -> Law<Folded> {
    Law {
        name: "folded-pushforward",
        statement: "z² has the density (p(√x) + p(−√x))/(2√x): every preimage counts",
        members: || {
            vec![("both-roots".into(), (|p, x| (p(x.sqrt()) + p(-x.sqrt())) / (2.0 * x.sqrt())) as Folded)]
        },
        check: |formula| {
            for_each(1..=40, |k| {
                let x = f64::from(k) / 8.0;
                let p = |z: f64| noise().ln_density(z).exp();
                // z² ≤ x just where |z| ≤ √x.
                let below = |x: f64| noise().cdf(x.sqrt()) - noise().cdf(-x.sqrt());
                let due = slope_by_differences(below, x, x / 128.0);
                agree(format!("z ~ N(½, 1), x = {x}"), due.value, formula(&p, x), due.error)
            })
        },
        chaffs: || {
            vec![
                ("one root only", |p, x| p(x.sqrt()) / (2.0 * x.sqrt())),
                ("one root, doubled", |p, x| p(x.sqrt()) / x.sqrt()),
                ("the mean over the roots", |p, x| (p(x.sqrt()) + p(-x.sqrt())) / (4.0 * x.sqrt())),
                ("without the slope", |p, x| p(x.sqrt()) + p(-x.sqrt())),
            ]
        },
    }
}

/// A matrix, row by row.
type Matrix = [[f64; 2]; 2];
/// The displayed density at x for standard Gaussian noise.
type Plane = fn(&Matrix, [f64; 2]) -> f64;

fn determinant(a: &Matrix) -> f64 {
    a[0][0] * a[1][1] - a[0][1] * a[1][0]
}

/// A⁻¹x.
fn solve(a: &Matrix, x: [f64; 2]) -> [f64; 2] {
    let d = determinant(a);
    [(a[1][1] * x[0] - a[0][1] * x[1]) / d, (a[0][0] * x[1] - a[1][0] * x[0]) / d]
}

/// The density of two independent standard Gaussians.
fn standard(z: [f64; 2]) -> f64 {
    (-(z[0] * z[0] + z[1] * z[1]) / 2.0).exp() / (2.0 * PI)
}

fn plane() -> Law<Plane> {
    Law {
        name: "linear-pushforward-in-the-plane",
        statement: "A·z has the density p(A⁻¹x)/|det A|: its margins are the Gaussians with the rows' squared lengths",
        members: || vec![("plane".into(), (|a, x| standard(solve(a, x)) / determinant(a).abs()) as Plane)],
        check: |formula| {
            const MATRICES: [Matrix; 3] =
                [[[1.0, 0.0], [0.0, 3.0]], [[1.0, 2.0], [0.5, -1.0]], [[0.5, -1.5], [1.0, 1.0]]];
            let cases = MATRICES.iter().flat_map(|a| [-1.5, 0.0, 0.75].map(|x| (a, x)));
            for_each(cases, |(a, x)| {
                let mut worst = 0.0_f64;
                for row in 0..2 {
                    // x₁ = a₁₁z₁ + a₁₂z₂ is Gaussian with variance a₁₁² + a₁₂².
                    let deviation = a[row][0].hypot(a[row][1]);
                    let due = (-(x / deviation).powi(2) / 2.0).exp() / (deviation * (2.0 * PI).sqrt());
                    let other = |y: f64| formula(a, if row == 0 { [x, y] } else { [y, x] });
                    let at = format!("A = {a:?}, the density of coordinate {} at {x}", row + 1);
                    let breaks = [-20.0, -5.0, -1.0, 0.0, 1.0, 5.0, 20.0];
                    let found = Quadrature::default()
                        .integrate(other, Interval::REAL, &breaks)
                        .map_err(|why| Broken::new(&at, number(due), why.to_string()))?;
                    let near = found.error + tolerance::FORMULA;
                    worst = worst.max(agree(at, due, found.value, near)?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("without the determinant", |a, x| standard(solve(a, x))),
                ("times the determinant", |a, x| standard(solve(a, x)) * determinant(a).abs()),
                ("det A with its sign", |a, x| standard(solve(a, x)) / determinant(a)),
                ("the transposed matrix", |a, x| {
                    let turned = [[a[0][0], a[1][0]], [a[0][1], a[1][1]]];
                    standard(solve(&turned, x)) / determinant(a).abs()
                }),
            ]
        },
    }
}
