//! The slopes that back-propagation uses are those of the functions beside them.

use super::difference::{near_slope, slope};
use crate::check::{Verdict, agree, number};
use crate::for_all::for_all;
use crate::{AnyLaw, Law, strategies};
use vdm::ch05_algorithm::CriticHead;

type OfRaw = fn(CriticHead, f64) -> f64;

/// A head, and where its slopes come from.
#[derive(Clone, Copy)]
struct Slopes {
    head: CriticHead,
    activation: OfRaw,
    composite: OfRaw,
}

const fn of(head: CriticHead) -> Slopes {
    Slopes { head, activation: CriticHead::activation_slope, composite: CriticHead::composite_slope }
}

fn check(slopes: &Slopes) -> Verdict {
    let head = slopes.head;
    for_all(100, &strategies::reals(12.0), |&v| {
        let at = format!("{head:?}, v = {}", number(v));
        let near = |value: f64| near_slope(1.0 + v.abs() + value.abs());
        let activation = slope(|v| head.activation(v), v);
        let first =
            agree(format!("g_f', {at}"), activation, (slopes.activation)(head, v), near(head.activation(v)))?;
        let composite = slope(|v| head.composite(v), v);
        let second = agree(
            format!("(f*∘g_f)', {at}"),
            composite,
            (slopes.composite)(head, v),
            near(head.composite(v)),
        )?;
        Ok(first.max(second))
    })
}

pub(super) fn laws() -> Vec<Box<dyn AnyLaw>> {
    vec![Box::new(Law {
        name: "critic-head-slopes",
        statement: "the slopes of g_f and of f*∘g_f are their difference quotients",
        members: || CriticHead::ALL.map(|head| (format!("{head:?}"), of(head))).into(),
        check,
        chaffs: || {
            vec![
                (
                    "σ(v) for σ(−v)",
                    Slopes { activation: |_, v| 1.0 / (1.0 + (-v).exp()), ..of(CriticHead::Gan) },
                ),
                (
                    "the composite for its slope",
                    Slopes { composite: CriticHead::composite, ..of(CriticHead::FganJs) },
                ),
                (
                    "(f*)' without the slope of g_f",
                    Slopes { composite: |_, v| v.exp(), ..of(CriticHead::ReverseKl) },
                ),
                ("1 for e^{−v}", Slopes { activation: |_, _| 1.0, ..of(CriticHead::ReverseKl) }),
            ]
        },
    })]
}
