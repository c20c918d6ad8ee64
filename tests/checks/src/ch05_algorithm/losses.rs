//! 5.11: the generator's two losses.

use crate::check::{Chaff, Check, agree, at_least, number};
use crate::for_all::for_all;
use crate::{Broken, Exercise, Meta, tolerance};
use proptest::collection::vec;
use vdm::ch05_algorithm::exercises as reference;

/// Losses of a batch: the saddle's and the heuristic's.
type Losses = fn(&dyn Fn(f64) -> f64, &dyn Fn(f64) -> f64, &[f64]) -> (f64, f64);

/// The GAN's activation and composite, for |v| ≤ 8.
const ACTIVATION: fn(f64) -> f64 = |v| -(-v).exp().ln_1p();
const COMPOSITE: fn(f64) -> f64 = |v| v.exp().ln_1p();

/// Compares both losses.
fn both(at: &str, due: (f64, f64), found: (f64, f64)) -> Result<f64, Box<Broken>> {
    let near = tolerance::of_terms(&[8.0, 1.0]);
    let saddle = agree(format!("the saddle's loss, {at}"), due.0, found.0, near)?;
    Ok(saddle.max(agree(format!("the heuristic's loss, {at}"), due.1, found.1, near)?))
}

fn raws() -> impl proptest::strategy::Strategy<Value = Vec<f64>> {
    use proptest::strategy::Strategy;
    vec((-32i32..=32).prop_map(|k| f64::from(k) / 4.0), 1..6)
}

/// 5.11
pub fn generator_losses() -> Exercise<Losses> {
    Exercise {
        meta: Meta::implement("5.11", "generator_losses", "The generator's two losses", 2, 10),
        reference: reference::generator_losses,
        checks: vec![
            Check {
                name: "gan-by-its-discriminator",
                property: "for the GAN the losses are the means of log(1 − D) and of −log D",
                run: |answer| {
                    for_all(100, &raws(), |raw| {
                        let n = raw.len() as f64;
                        let shares = raw.iter().map(|v| 1.0 / (1.0 + (-v).exp()));
                        let (saddle, heuristic) = shares.fold((0.0, 0.0), |(saddle, heuristic), share| {
                            (saddle + (1.0 - share).ln(), heuristic - share.ln())
                        });
                        // At v = 8 the difference 1 − D has lost e⁸ units of rounding.
                        let near = tolerance::of_terms(&[8.0_f64.exp()]);
                        let found = answer(&ACTIVATION, &COMPOSITE, raw);
                        let at = format!("v = {raw:?}");
                        let first = agree(format!("the saddle's loss, {at}"), saddle / n, found.0, near)?;
                        let second =
                            agree(format!("the heuristic's loss, {at}"), heuristic / n, found.1, near)?;
                        Ok(first.max(second))
                    })
                },
            },
            Check {
                name: "mean-over-the-batch",
                property: "a batch given twice over has the same losses",
                run: |answer| {
                    for_all(60, &raws(), |raw| {
                        let once = answer(&ACTIVATION, &COMPOSITE, raw);
                        let twice = answer(&ACTIVATION, &COMPOSITE, &[raw.as_slice(), raw].concat());
                        both(&format!("v = {raw:?} twice"), once, twice)
                    })
                },
            },
            Check {
                name: "falls-as-the-critic-rises",
                property: "both losses fall as the critic's outputs on generated points grow",
                run: |answer| {
                    for_all(60, &raws(), |raw| {
                        let more: Vec<f64> = raw.iter().map(|v| v + 0.5).collect();
                        let (before, after) =
                            (answer(&ACTIVATION, &COMPOSITE, raw), answer(&ACTIVATION, &COMPOSITE, &more));
                        let at = format!("v = {}, then +0.5", number(raw[0]));
                        let saddle = at_least(at.clone(), "the saddle's loss falls", before.0, after.0, 0.0)?;
                        Ok(saddle.max(at_least(at, "the heuristic's loss falls", before.1, after.1, 0.0)?))
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "sum-over-the-batch",
                misconception: "the losses are means: a sum grows with the batch and so does the step",
                subject: |activation, composite, raw| {
                    let sum = |of: &dyn Fn(f64) -> f64| raw.iter().map(|v| of(*v)).sum::<f64>();
                    (-sum(composite), -sum(activation))
                },
                caught_by: "mean-over-the-batch",
            },
            Chaff {
                name: "signs-of-the-critic",
                misconception: "the generator descends −E f*(T): with the critic's sign it helps the critic",
                subject: |activation, composite, raw| {
                    let (saddle, heuristic) = reference::generator_losses(activation, composite, raw);
                    (-saddle, -heuristic)
                },
                caught_by: "falls-as-the-critic-rises",
            },
            Chaff {
                name: "exchanged",
                misconception: "the saddle's loss has f*(T), the heuristic's has T",
                subject: |activation, composite, raw| {
                    let (saddle, heuristic) = reference::generator_losses(activation, composite, raw);
                    (heuristic, saddle)
                },
                caught_by: "gan-by-its-discriminator",
            },
            Chaff {
                name: "raw-output-for-the-critic",
                misconception: "the heuristic maximises E T with T = g_f(v), not E v",
                subject: |activation, composite, raw| {
                    let (saddle, _) = reference::generator_losses(activation, composite, raw);
                    (saddle, -raw.iter().sum::<f64>() / raw.len() as f64)
                },
                caught_by: "gan-by-its-discriminator",
            },
            Chaff {
                name: "conjugate-of-the-loss",
                misconception: "`composite` is f*∘g_f already: it takes v, not T",
                subject: |activation, composite, raw| {
                    let (_, heuristic) = reference::generator_losses(activation, composite, raw);
                    (
                        -raw.iter().map(|v| composite(activation(*v))).sum::<f64>() / raw.len() as f64,
                        heuristic,
                    )
                },
                caught_by: "gan-by-its-discriminator",
            },
        ],
        fingerprint: |answer| {
            let batches: [&[f64]; 2] = [&[0.5, -1.0, 2.0], &[-3.0, 4.0]];
            batches
                .iter()
                .flat_map(|raw| {
                    let (saddle, heuristic) = answer(&ACTIVATION, &COMPOSITE, raw);
                    [saddle, heuristic]
                })
                .collect()
        },
    }
}
