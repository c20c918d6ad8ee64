//! The bound for every member, where it is attained and where not, and D_f as the upper
//! edge of its bounds.

use super::super::shared::{by_definition, full_pairs, into_domain, quarters, shown};
use crate::check::{Broken, agree, at_least, number};
use crate::for_all::{for_all, for_each};
use crate::{AnyLaw, Law, oracle, tolerance};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{FganJs, Kl, PearsonChi2, SquaredHellinger};
use vdm::ch04_variational_bound::{bound_finite, optimal_critic_finite};
use vdm::density::Finite;

/// Every law of this file.
pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![
        Box::new(every_member().stating(
            r"
\begin{aligned}
F(T) = \mathbb{E}_P[T] - \mathbb{E}_Q[f^*(T)] &\;\le\; D_f(P \| Q) \qquad \text{for every } T \\
F(T^*) &\;=\; D_f(P \| Q), \qquad T^*(x) = f'\Bigl(\frac{p(x)}{q(x)}\Bigr)
\end{aligned}",
        )),
        Box::new(not_attained().stating(
            r"
\begin{gathered}
P = (0, 1), \quad Q = (\tfrac12, \tfrac12), \quad T_c = (-c,\; 1 + \log 2): \\
F(T_c) = \log 2 - \tfrac12\, e^{-c-1} \;<\; \log 2 = \mathrm{KL}(P \| Q), \qquad F(T_c) \to \log 2 \text{ as } c \to \infty
\end{gathered}",
        )),
        Box::new(clipped().stating(
            r"\sup_{|T| \le c} F(T) \;=\; F\bigl(\max(-c, \min(c, T^*))\bigr)",
        )),
        Box::new(upper_edge().stating(
            r"
P_\lambda = (1 - \lambda)\, Q + \lambda P: \qquad
F_\lambda(T) = (1 - \lambda)\, F_0(T) + \lambda\, F_1(T) \;\le\; D_f(P_\lambda \| Q)",
        )),
    ]
}

type Bound = fn(&dyn Divergence, &Finite, &Finite, &[f64]) -> f64;
type Critic = fn(&dyn Divergence, &Finite, &Finite) -> Vec<f64>;

/// A member with the library's bound and critic, or with a planted one.
type Member = (Arc<dyn Divergence>, Bound, Critic);

const BOUND: Bound = |f, p, q, t| bound_finite(f, p, q, t).unwrap_or(f64::NAN);
const CRITIC: Critic = |f, p, q| optimal_critic_finite(f, p, q).unwrap_or_default();

fn law(masses: &[f64]) -> Result<Finite, Box<Broken>> {
    Finite::new(masses).map_err(|why| Broken::new(format!("{masses:?}"), "a law", why.to_string()))
}

fn every_member() -> Law<Member> {
    Law {
        name: "bound-for-every-member",
        statement: "F(T) ≤ D_f(P‖Q) for every critic, with equality at T* = f′(p/q), for every member of the catalogue",
        members: || vdm::catalogue::named().into_iter().map(|f| (f.name(), (f, BOUND, CRITIC))).collect(),
        check: |(f, bound, critic)| {
            for_all(48, &(full_pairs(), quarters()), |(pair, values)| {
                let (p, q) = (law(&pair.0)?, law(&pair.1)?);
                let (truth, size) = by_definition(f, &pair.0, &pair.1);
                let best = critic(f, &p, &q);
                let at = format!("{}, T* = {best:.4?}", shown(pair));
                let terms =
                    |critic: &[f64]| critic.iter().fold(size, |sum, t| sum + t.abs() + f.conjugate(*t).abs());
                let near = tolerance::of_terms(&[4.0 * terms(&best)]);
                let reached = agree(at, truth, bound(f, &p, &q, &best), near)?;
                let other: Vec<f64> = values[..pair.0.len()].iter().map(|t| into_domain(f, *t)).collect();
                let at = format!("{}, T = {other:?}", shown(pair));
                let near = tolerance::of_terms(&[4.0 * terms(&other)]);
                Ok(reached.max(at_least(at, "F(T) ≤ D_f", truth, bound(f, &p, &q, &other), near)?))
            })
        },
        chaffs: || {
            let kl = || -> Arc<dyn Divergence> { Arc::new(Kl) };
            vec![
                ("P and Q exchanged in the bound", (kl(), |f, p, q, t| BOUND(f, q, p, t), CRITIC)),
                ("the critic at q/p", (kl(), BOUND, |f, p, q| CRITIC(f, q, p))),
                (
                    "f in the place of f*",
                    (
                        Arc::new(PearsonChi2),
                        |f, p, q, t| {
                            let sum = |i| p.probability(i) * t[i] - q.probability(i) * f.generator(t[i]);
                            (0..p.len()).map(sum).sum()
                        },
                        CRITIC,
                    ),
                ),
                (
                    "the second term added",
                    (
                        kl(),
                        |f, p, q, t| {
                            (0..p.len())
                                .map(|i| p.probability(i) * t[i] + q.probability(i) * f.conjugate(t[i]))
                                .sum()
                        },
                        CRITIC,
                    ),
                ),
                (
                    "log p/q without the 1",
                    (kl(), BOUND, |f, p, q| CRITIC(f, p, q).iter().map(|t| t - 1.0).collect()),
                ),
            ]
        },
    }
}

/// F(T_c) and its limit, as displayed.
type NotAttained = (fn(f64) -> f64, f64);

fn not_attained() -> Law<NotAttained> {
    const LN_2: f64 = std::f64::consts::LN_2;
    Law {
        name: "supremum-not-attained",
        statement: "KL of (0, 1) from (½, ½): the bound with T = (−c, 1 + log 2) is below log 2 for each c and tends to it",
        members: || vec![("two-points".into(), (|c: f64| LN_2 - 0.5 * (-c - 1.0).exp(), LN_2))],
        check: |&(value, limit)| {
            for_each([0.0, 0.5, 1.0, 3.0, 10.0, 20.0], |c| {
                let at = format!("c = {c}");
                // E_P T − E_Q e^{T−1}, at the two points.
                let due = (1.0 + LN_2) - 0.5 * (-c - 1.0_f64).exp() - 0.5 * LN_2.exp();
                let same = agree(at.clone(), due, value(c), tolerance::of_terms(&[2.0, 1.0]))?;
                let short = at_least(
                    at.clone(),
                    "within e^{−c}/2 of the limit",
                    value(c),
                    limit - 0.5 * (-c).exp(),
                    0.0,
                )?;
                if value(c) < limit {
                    Ok(same.max(short))
                } else {
                    Err(Broken::new(at, "< log 2", number(value(c))))
                }
            })
        },
        chaffs: || {
            vec![
                ("attained", (|_| LN_2, LN_2)),
                ("without the 1 of e^{T−1}", (|c: f64| LN_2 - 0.5 * (-c).exp(), LN_2)),
                ("another limit", (|c: f64| LN_2 - 0.5 * (-c - 1.0).exp(), 1.0)),
            ]
        },
    }
}

/// The critic that claims to be best among those with |T| ≤ c, from T\*.
type Clip = fn(f64, f64) -> f64;

fn clipped() -> Law<Clip> {
    Law {
        name: "clipped-critics",
        statement: "over |T| ≤ c the supremum is taken point by point, and attained by T* cut off at ±c",
        members: || vec![("cut-off".into(), (|c, t| t.clamp(-c, c)) as Clip)],
        check: |clip| {
            // [−c, c] lies in each of these domains.
            let members: [&dyn Divergence; 4] = [&Kl, &PearsonChi2, &FganJs, &SquaredHellinger];
            for_all(40, &(full_pairs(), 1u32..=10), |(pair, tenths)| {
                let c = f64::from(*tenths) / 16.0;
                let mut worst = 0.0_f64;
                for f in members {
                    let (mut due, mut found, mut size) = (0.0, 0.0, 1.0);
                    for (p, q) in pair.0.iter().zip(&pair.1) {
                        let point = oracle::biconjugate(|t| f.conjugate(t), p / q, ((-c).asinh(), c.asinh()));
                        due += q * point.value;
                        let t = clip(c, f.subdifferential(p / q).representative());
                        found += p * t - q * f.conjugate(t);
                        size += point.terms;
                    }
                    let at = format!("{}, {}, c = {c}", f.name(), shown(pair));
                    worst = worst.max(agree(at, due, found, tolerance::of_terms(&[size]))?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("not cut off", |_, t| t),
                ("cut off above only", |c: f64, t: f64| t.min(c)),
                ("shrunk to fit", |c: f64, t: f64| c * t.tanh()),
                ("always at an end", |c: f64, t: f64| c * t.signum()),
            ]
        },
    }
}

/// Two sides: F_λ(T) from F₀, F₁ and λ, and the law P_λ at a point.
#[derive(Clone, Copy)]
struct Edge {
    along: fn(f64, f64, f64) -> f64,
    mixture: fn(f64, f64, f64) -> f64,
}

const EDGE: Edge =
    Edge { along: |zero, one, l| (1.0 - l) * zero + l * one, mixture: |p, q, l| (1.0 - l) * q + l * p };

fn upper_edge() -> Law<Edge> {
    Law {
        name: "divergence-as-upper-edge",
        statement: "along P_λ = (1 − λ)Q + λP the bound of one critic is a straight line, below D_f(P_λ‖Q)",
        members: || vec![("mixtures".into(), EDGE)],
        check: |edge| {
            let members: [&dyn Divergence; 3] = [&Kl, &PearsonChi2, &FganJs];
            for_all(60, &(full_pairs(), quarters(), 0u32..=8), |(pair, values, eighths)| {
                let lambda = f64::from(*eighths) / 8.0;
                let (p, q) = (&pair.0, &pair.1);
                let mixed: Vec<f64> = p.iter().zip(q).map(|(p, q)| (edge.mixture)(*p, *q, lambda)).collect();
                let mut worst = 0.0_f64;
                for f in members {
                    let critic: Vec<f64> = values[..p.len()].iter().map(|t| into_domain(f, *t)).collect();
                    let bound =
                        |law_p: &[f64]| Ok::<_, Box<Broken>>(BOUND(f, &law(law_p)?, &law(q)?, &critic));
                    let at = format!("{}, {}, λ = {lambda}, T = {critic:?}", f.name(), shown(pair));
                    let sizes = critic.iter().fold(4.0, |sum, t| sum + t.abs() + f.conjugate(*t).abs());
                    let near = tolerance::of_terms(&[4.0 * sizes]);
                    let found = (edge.along)(bound(q)?, bound(p)?, lambda);
                    let due = bound(&mixed)?;
                    worst = worst.max(agree(at.clone(), due, found, near)?);
                    let (truth, size) = by_definition(f, &mixed, q);
                    worst = worst.max(at_least(
                        at,
                        "F_λ(T) ≤ D_f",
                        truth,
                        found,
                        near + tolerance::of_terms(&[size]),
                    )?);
                }
                Ok(worst)
            })
        },
        chaffs: || {
            vec![
                ("λ on the wrong law", Edge { mixture: |p, q, l| l * q + (1.0 - l) * p, ..EDGE }),
                ("the larger end", Edge { along: |zero, one, _| zero.max(one), ..EDGE }),
                ("a curve", Edge { along: |zero, one, l| (1.0 - l * l) * zero + l * l * one, ..EDGE }),
            ]
        },
    }
}
