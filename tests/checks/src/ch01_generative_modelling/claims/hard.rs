//! What makes real data hard: empty cells, dependence, the normalising constant.

use crate::ch01_generative_modelling::cases::random;
use crate::check::agree;
use crate::for_all::for_each;
use crate::{AnyLaw, Broken, Law, tolerance};
use rand_chacha::rand_core::Rng;
use vdm::catalogue::Kl;
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(empty_cells().stating(
            r"\mathbb{E}\bigl[\,\text{share of } m \text{ equal cells that } n \text{ uniform points leave empty}\,\bigr] \;=\; \Bigl(1 - \frac1m\Bigr)^{n}",
        )),
        Box::new(marginals().stating(
            r"
P = \tfrac12 \delta_{(0, \ldots, 0)} + \tfrac12 \delta_{(1, \ldots, 1)}: \qquad
\mathrm{KL}\bigl(P \,\|\, P_1 \times \cdots \times P_d\bigr) \;=\; (d - 1) \log 2",
        )),
        Box::new(constant().stating(
            r"Z \;=\; \sum_{x \in \{-1, 1\}^d} e^{\,J\, (x_1 x_2 + x_2 x_3 + \cdots + x_{d-1} x_d)} \;=\; 2\, (2 \cosh J)^{d - 1}",
        )),
    ]
}

/// The displayed share from the number of cells and of points.
type Empty = fn(f64, f64) -> f64;

fn empty_cells() -> Law<Empty> {
    Law {
        name: "empty-cells",
        statement: "n uniform points leave the share (1 − 1/m)ⁿ of m cells empty, on average",
        members: || vec![("cells".into(), (|m, n| (1.0 - 1.0 / m).powf(n)) as Empty)],
        check: |formula| {
            // Exactly, over all mⁿ ways to place a few points in a few cells.
            let small = (1u32..=4).flat_map(|m| (1u32..=5).map(move |n| (m, n)));
            let mut tally = for_each(small, |(m, n)| {
                let ways = m.pow(n);
                let empty = |way: u32| {
                    let hit = |cell: u32| (0..n).any(|point| way / m.pow(point) % m == cell);
                    (0..m).filter(|cell| !hit(*cell)).count() as f64
                };
                let due = (0..ways).map(empty).sum::<f64>() / f64::from(ways * m);
                let found = formula(f64::from(m), f64::from(n));
                agree(format!("m = {m}, n = {n}"), due, found, tolerance::of_terms(&[f64::from(ways)]))
            })?;
            // By a throw of 10,000 points: moving one point changes the number of empty
            // cells by 1 at most, so that it strays from its mean by more than t with
            // probability at most 2·e^{−2t²/n} (McDiarmid).
            const POINTS: u32 = 10_000;
            let stray = ((2.0 / tolerance::RISK).ln() * f64::from(POINTS) / 2.0).sqrt();
            tally.merge(for_each([10_000u32, 100_000, 1_000_000], |m| {
                let mut rng = random(303);
                let mut hit = vec![false; m as usize];
                for _ in 0..POINTS {
                    let cell = (u64::from(rng.next_u32()) * u64::from(m)) >> 32;
                    hit[cell as usize] = true;
                }
                let due = hit.iter().filter(|hit| !**hit).count() as f64 / f64::from(m);
                let found = formula(f64::from(m), f64::from(POINTS));
                agree(format!("m = {m}, n = {POINTS}"), due, found, stray / f64::from(m))
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("the share that is hit", |m, n| 1.0 - (1.0 - 1.0 / m).powf(n)),
                ("every point in a cell of its own", |m, n| (1.0 - n / m).max(0.0)),
                ("m and n exchanged", |m, n| (1.0 - 1.0 / n).powf(m)),
            ]
        },
    }
}

/// The displayed KL from the number of pixels.
type Marginals = fn(f64) -> f64;

fn marginals() -> Law<Marginals> {
    Law {
        name: "right-marginals-wrong-law",
        statement: "all black or all white: every pixel is a fair coin, and coins miss the law by (d − 1) log 2",
        members: || vec![("two-pictures".into(), (|d| (d - 1.0) * 2f64.ln()) as Marginals)],
        check: |formula| {
            for_each(1u32..=10, |d| {
                let pictures = 1u32 << d;
                let mut masses = vec![0.0; pictures as usize];
                masses[0] += 0.5;
                masses[pictures as usize - 1] += 0.5;
                // The product of the marginals that these masses have.
                let white = |pixel: u32| -> f64 {
                    (0..pictures).filter(|x| x >> pixel & 1 == 1).map(|x| masses[x as usize]).sum()
                };
                let product = |x: u32| -> f64 {
                    (0..d).map(|i| if x >> i & 1 == 1 { white(i) } else { 1.0 - white(i) }).product()
                };
                let products: Vec<f64> = (0..pictures).map(product).collect();
                let at = format!("d = {d}");
                let law = |masses: &[f64]| {
                    Finite::new(masses).map_err(|why| Broken::new(&at, "a law", why.to_string()))
                };
                let due = between_finite(&Kl, &law(&masses)?, &law(&products)?)
                    .map_err(|why| Broken::new(&at, "equal numbers of pictures", why.to_string()))?;
                agree(&at, due, formula(f64::from(d)), tolerance::of_terms(&[due, f64::from(d)]))
            })
        },
        chaffs: || {
            vec![
                ("d log 2", |d| d * 2f64.ln()),
                ("zero: the marginals agree", |_| 0.0),
                ("in bits", |d| d - 1.0),
            ]
        },
    }
}

/// The displayed Z from J and d.
type Constant = fn(f64, f64) -> f64;

fn constant() -> Law<Constant> {
    Law {
        name: "normalising-constant-of-a-chain",
        statement: "the sum over all 2^d states of a chain of neighbours is 2(2 cosh J)^{d−1}",
        members: || vec![("chain".into(), (|j, d| 2.0 * (2.0 * j.cosh()).powf(d - 1.0)) as Constant)],
        check: |formula| {
            let cases = (1u32..=10).flat_map(|d| [-1.0, 0.0, 0.25, 1.5].map(|j| (d, j)));
            for_each(cases, |(d, j)| {
                let spin = |x: u32, i: u32| if x >> i & 1 == 1 { 1.0 } else { -1.0 };
                let bonds = |x: u32| -> f64 { (1..d).map(|i| spin(x, i - 1) * spin(x, i)).sum() };
                let due: f64 = (0..1u32 << d).map(|x| (j * bonds(x)).exp()).sum();
                // A sum of 2^d exponentials, each of an argument of size |J|·d.
                let near = tolerance::FORMULA * due * (1.0 + j.abs() * f64::from(d)) * f64::from(d);
                agree(format!("d = {d}, J = {j}"), due, formula(j, f64::from(d)), near)
            })
        },
        chaffs: || {
            vec![
                ("d bonds for d − 1", |j, d| 2.0 * (2.0 * j.cosh()).powf(d)),
                ("the first spin forgotten", |j, d| (2.0 * j.cosh()).powf(d - 1.0)),
                ("e^J for 2 cosh J", |j, d| 2.0 * j.exp().powf(d - 1.0)),
            ]
        },
    }
}
