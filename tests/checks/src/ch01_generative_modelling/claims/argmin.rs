//! The argmin: two best parameters, two best laws, a generator that sees too little,
//! and an infimum that nobody reaches.

use crate::check::{agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Broken, Law, strategies, tolerance};
use vdm::catalogue::Kl;
use vdm::ch01_generative_modelling::{Affine, Pushforward};
use vdm::density::{Finite, Gaussian};
use vdm::divergence::{between, between_finite};

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(two_parameters().stating(
            r"
\begin{gathered}
g_\theta(z) = \theta z: \qquad \mathrm{KL}\bigl(N(0, 1) \,\|\, N(0, \theta^2)\bigr) = \log |\theta| + \frac{1}{2 \theta^2} - \frac12 \\
\operatorname*{arg\,min}_{\theta \ne 0}\; \mathrm{KL}\bigl(N(0, 1) \,\|\, N(0, \theta^2)\bigr) = \{-1,\, 1\}
\end{gathered}",
        )),
        Box::new(two_laws().stating(
            r"D_f\bigl((\tfrac12, \tfrac12) \,\|\, (1, 0)\bigr) \;=\; D_f\bigl((\tfrac12, \tfrac12) \,\|\, (0, 1)\bigr) \;=\; f(\tfrac12) + \tfrac12 f'(\infty)",
        )),
        Box::new(blind().stating(
            r"f(u) = \max(u - 2,\, 0): \qquad D_f(P \,\|\, Q) = 0 \quad\Longleftrightarrow\quad p \le 2 q \text{ everywhere}",
        )),
        Box::new(not_attained().stating(
            r"
\begin{gathered}
P = (1, 0),\; P_\theta = (\sigma(\theta),\, 1 - \sigma(\theta)) \\
\mathrm{KL}(P \,\|\, P_\theta) = \log(1 + e^{-\theta}) > 0, \qquad \inf_\theta \mathrm{KL}(P \,\|\, P_\theta) = 0
\end{gathered}",
        )),
    ]
}

/// The displayed KL as a function of θ, and the displayed set.
#[derive(Clone, Copy)]
struct TwoParameters {
    kl: fn(f64) -> f64,
    best: [f64; 2],
}

const TWO_PARAMETERS: TwoParameters =
    TwoParameters { kl: |theta| theta.abs().ln() + 0.5 / (theta * theta) - 0.5, best: [-1.0, 1.0] };

fn two_parameters() -> Law<TwoParameters> {
    Law {
        name: "argmin-two-parameters",
        statement: "θ and −θ make the same law of θz from symmetric noise; both ±1 are best",
        members: || vec![("scaled-noise".into(), TWO_PARAMETERS)],
        check: |shown| {
            let data =
                Gaussian::new(0.0, 1.0).map_err(|why| Broken::new("N(0, 1)", "a law", why.to_string()))?;
            let quarters = (1..=12).flat_map(|k| [f64::from(k) / 4.0, -f64::from(k) / 4.0]);
            let mut tally = for_each(quarters, |theta| {
                let at = format!("θ = {theta}");
                let model = Affine::new(0.0, theta)
                    .and_then(|g| Pushforward::new(data, g))
                    .map_err(|why| Broken::new(&at, "a generator", why.to_string()))?;
                let due =
                    between(&Kl, &data, &model).map_err(|why| Broken::new(&at, "KL", why.to_string()))?;
                let near = due.error + tolerance::of_terms(&[due.value, 1.0]);
                agree(&at, due.value, (shown.kl)(theta), near)
            })?;
            // Nothing is below 0, and on a grid of eighths only the displayed two reach it.
            let best: Vec<f64> = (-40..=40)
                .map(|k| f64::from(k) / 8.0)
                .filter(|theta| *theta != 0.0 && (shown.kl)(*theta).abs() <= tolerance::FORMULA)
                .collect();
            if best == shown.best {
                tally.count(0.0);
                return Ok(tally);
            }
            Err(Broken::new("where KL is 0", format!("{best:?}"), format!("{:?}", shown.best)))
        },
        chaffs: || {
            vec![
                (
                    "log θ without the bars",
                    TwoParameters { kl: |t| t.ln() + 0.5 / (t * t) - 0.5, ..TWO_PARAMETERS },
                ),
                (
                    "the laws exchanged",
                    TwoParameters { kl: |t| -t.abs().ln() + t * t / 2.0 - 0.5, ..TWO_PARAMETERS },
                ),
                ("only one is named", TwoParameters { best: [1.0, 1.0], ..TWO_PARAMETERS }),
            ]
        },
    }
}

/// From f(½), f(0) and f′(∞) the displayed value.
type TwoLaws = fn(f64, f64, f64) -> f64;

fn two_laws() -> Law<TwoLaws> {
    Law {
        name: "argmin-two-laws",
        statement: "half the data here, half there: a model that is one point is as good at either place",
        members: || vec![("one-point".into(), (|half, _, slope| half + slope / 2.0) as TwoLaws)],
        check: |formula| {
            let law = |masses: [f64; 2]| {
                Finite::new(&masses).map_err(|why| Broken::new("a law", "masses", why.to_string()))
            };
            let (p, left, right) = (law([0.5, 0.5])?, law([1.0, 0.0])?, law([0.0, 1.0])?);
            for_each(vdm::catalogue::all(), |f| {
                let at = f.name();
                let to = |q: &Finite| {
                    between_finite(&f, &p, q).map_err(|why| Broken::new(&at, "two points", why.to_string()))
                };
                let found = formula(f.generator(0.5), f.at_zero(), f.slope_at_infinity());
                let near = tolerance::of_terms(&[f.generator(0.5), f.slope_at_infinity(), 1.0]);
                agree(format!("{at}, the left point"), to(&left)?, found, near)?;
                agree(format!("{at}, the right point"), to(&right)?, found, near)
            })
        },
        chaffs: || {
            vec![
                ("the other half costs nothing", |half, _, _| half),
                ("f(0) for f′(∞)", |half, zero, _| half + zero / 2.0),
                ("f′(∞) in full", |half, _, slope| half + slope),
            ]
        },
    }
}

/// Is the divergence zero? From the two laws' masses.
type Blind = fn(f64, f64) -> bool;

fn blind() -> Law<Blind> {
    Law {
        name: "argmin-of-a-blind-generator",
        statement: "max(u − 2, 0) is flat around 1: D_f = 0 for all P with p ≤ 2q, not only for P = Q",
        members: || vec![("flat-up-to-2".into(), (|p, q| p <= 2.0 * q) as Blind)],
        check: |free| {
            for_all(300, &strategies::finite_pairs(), |(p, q)| {
                // f′(∞) = 1 a unit of mass where q = 0.
                let term = |p: f64, q: f64| if q > 0.0 { q * (p / q - 2.0).max(0.0) } else { p };
                let points = || p.probabilities().into_iter().zip(q.probabilities());
                // Masses are small fractions: what is 0 is 0 but for rounding.
                let zero = points().map(|(p, q)| term(p, q)).sum::<f64>() <= tolerance::FORMULA;
                // …and the comparison gets the same room.
                let shown = points().all(|(p, q)| free(p - tolerance::FORMULA, q));
                if zero == shown {
                    return Ok(0.0);
                }
                let at = format!("P = {:.4?}, Q = {:.4?}", p.probabilities(), q.probabilities());
                Err(Broken::new(at, format!("D_f = 0: {zero}"), format!("D_f = 0: {shown}")))
            })
        },
        chaffs: || {
            vec![
                ("only for equal laws", |p, q| (p - q).abs() <= 1e-9),
                ("p ≤ q", |p, q| p <= q),
                ("q ≤ 2p", |p, q| q <= 2.0 * p + 1e-9),
                ("always", |_, _| true),
            ]
        },
    }
}

/// The displayed KL as a function of θ.
type NotAttained = fn(f64) -> f64;

fn not_attained() -> Law<NotAttained> {
    Law {
        name: "argmin-not-attained",
        statement: "log(1 + e^{−θ}) is positive for every θ and comes as near to 0 as one likes",
        members: || vec![("one-sided-coin".into(), (|theta| (-theta).exp().ln_1p()) as NotAttained)],
        check: |kl| {
            let data = Finite::new(&[1.0, 0.0]).map_err(|why| Broken::new("P", "a law", why.to_string()))?;
            let mut tally = for_all(200, &strategies::reals(300.0), |&theta| {
                let at = format!("θ = {}", number(theta));
                let model = Finite::from_ln_weights(&[theta, 0.0])
                    .map_err(|why| Broken::new(&at, "a law", why.to_string()))?;
                let due = between_finite(&Kl, &data, &model)
                    .map_err(|why| Broken::new(&at, "two points", why.to_string()))?;
                // Log-weights of size θ are rounded by ε·θ before they are normalised.
                agree(&at, due, kl(theta), tolerance::of_terms(&[theta, 1.0]))
            })?;
            tally.merge(for_each(0..=70, |k| {
                let theta = 10.0 * f64::from(k);
                if kl(theta) > 0.0 && kl(theta + 10.0) < kl(theta) {
                    return Ok(0.0);
                }
                Err(Broken::new(format!("θ = {theta}"), "positive, and falling", number(kl(theta))))
            })?);
            tally.merge(for_each([700.0], |theta| {
                at_least("θ = 700", "below 10⁻³⁰⁰", 1e-300, kl(theta), 0.0)
            })?);
            Ok(tally)
        },
        chaffs: || {
            vec![
                ("zero once σ(θ) rounds to 1", |theta| -(1.0 / (1.0 + (-theta).exp())).ln()),
                ("the sign of θ lost", |theta| vdm::special::softplus(theta)),
                ("a floor at 1e-12", |theta| vdm::special::softplus(-theta).max(1e-12)),
            ]
        },
    }
}
