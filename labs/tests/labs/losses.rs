//! Every loss of the catalogue: values, slopes, the bound at the best critic.

use crate::numbers::{column, near, numbers};
use candle_core::{DType, Result, Tensor, Var};
use labs::Loss;
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue::{all, find};
use vdm::density::Finite;
use vdm::divergence::between_finite;

/// A function of tensors.
type Map<'a> = Box<dyn Fn(&Tensor) -> Result<Tensor> + 'a>;

/// g_f and f* ∘ g_f, however they are computed: the lab's, or a planted mistake.
struct Pair<'a> {
    activation: Map<'a>,
    conjugate: Map<'a>,
}

impl<'a> Pair<'a> {
    fn new(
        activation: impl Fn(&Tensor) -> Result<Tensor> + 'a,
        conjugate: impl Fn(&Tensor) -> Result<Tensor> + 'a,
    ) -> Self {
        Self { activation: Box::new(activation), conjugate: Box::new(conjugate) }
    }

    fn of(loss: &'a Loss) -> Self {
        Self::new(|v| loss.activation(v), |v| loss.conjugate(v))
    }
}

/// Raw outputs of every size.
const WIDE: [f64; 27] = [
    -1e4, -3e3, -745.0, -300.0, -100.0, -50.0, -20.0, -8.0, -3.0, -1.5, -0.7, -0.1, -1e-3, 0.0, 1e-3, 0.2,
    0.9, 1.7, 3.5, 8.0, 20.0, 50.0, 88.0, 300.0, 700.0, 3e3, 1e4,
];

/// The first value that is not `vdm`'s.
fn wrong_value(pair: &Pair, f: &Arc<dyn Divergence>, dtype: DType, relative: f64) -> Option<String> {
    let v = column(&WIDE, dtype);
    let (t, c) = ((pair.activation)(&v).ok()?, (pair.conjugate)(&v).ok()?);
    let largest = if dtype == DType::F32 { f64::from(f32::MAX) / 16.0 } else { f64::MAX / 16.0 };
    for (((v, t), c), given) in WIDE.iter().zip(numbers(&t)).zip(numbers(&c)).zip(numbers(&v)) {
        for (what, value, truth) in
            [("g_f", t, f.output_activation(given)), ("f*(g_f)", c, f.conjugate_of_activation(given))]
        {
            // Near the end of the type's range and beyond, its infinity is right too.
            let infinite = truth.abs() > largest && value == truth.signum() * f64::INFINITY;
            if !infinite && !near(value, truth, relative, 1.0) {
                return Some(format!("{} at v = {v}: {what} is {value}, not {truth}", f.name()));
            }
        }
    }
    None
}

/// The first slope that is no difference quotient of `vdm`'s values.
fn wrong_slope(pair: &Pair, f: &Arc<dyn Divergence>) -> Option<String> {
    let places = [-9.3, -4.2, -2.1, -0.8, -0.013, 0.37, 1.1, 2.9, 6.4];
    let v = Var::from_tensor(&column(&places, DType::F64)).ok()?;
    for (what, tensor, value) in [
        ("g_f", (pair.activation)(&v).ok()?, &(|v| f.output_activation(v)) as &dyn Fn(f64) -> f64),
        ("f*(g_f)", (pair.conjugate)(&v).ok()?, &|v| f.conjugate_of_activation(v)),
    ] {
        let gradients = tensor.sum_all().and_then(|sum| sum.backward()).ok()?;
        let Some(slopes) = gradients.get(&v) else {
            return Some(format!("{}: no gradient of {what}", f.name()));
        };
        for (place, slope) in places.iter().zip(numbers(slopes)) {
            // Error of the quotient: δ² of curvature and 1e-16/δ of rounding, both near
            // 1e-10 of the values around.
            let delta = 1e-5 * place.abs().max(1.0);
            let quotient = (value(place + delta) - value(place - delta)) / (2.0 * delta);
            let size = value(*place).abs() + quotient.abs();
            if !near(slope, quotient, 1e-7, size + 1e-3) {
                return Some(format!(
                    "{} at v = {place}: {what} has slope {slope}, not {quotient}",
                    f.name()
                ));
            }
        }
    }
    None
}

/// The v with g_f(v) nearest to a critic's value, by bisection: g_f increases.
fn raw(f: &Arc<dyn Divergence>, value: f64) -> f64 {
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if f.output_activation(middle) < value { low = middle } else { high = middle }
    }
    low
}

/// Is the bound at the best critic not D_f?
fn wrong_bound(pair: &Pair, f: &Arc<dyn Divergence>) -> Option<String> {
    // P = (½, ¼, ¼), Q = (¼, ¼, ½) as batches of four.
    let (p, q) = ([0, 0, 1, 2], [0, 1, 2, 2]);
    let ratios: [f64; 3] = [2.0, 1.0, 0.5];
    let best = ratios.map(|u| raw(f, f.optimal_critic(u.ln())));
    let batch = |law: [usize; 4]| column(&law.map(|point| best[point]), DType::F64);
    let mean = |t: Result<Tensor>| numbers(&t.and_then(|t| t.mean_all()).expect("a mean"))[0];
    let bound = mean((pair.activation)(&batch(p))) - mean((pair.conjugate)(&batch(q)));
    let laws = (Finite::new(&[0.5, 0.25, 0.25]), Finite::new(&[0.25, 0.25, 0.5]));
    let (Ok(p), Ok(q)) = laws else { return Some("the laws".into()) };
    let truth = between_finite(f, &p, &q).expect("laws on the same points");
    (!near(bound, truth, 1e-9, 1.0)).then(|| format!("{}: the bound is {bound}, D_f {truth}", f.name()))
}

fn each(check: impl Fn(&Pair, &Arc<dyn Divergence>) -> Option<String>) {
    let wrong: Vec<String> = all()
        .iter()
        .filter_map(|f| {
            let loss = Loss::find(&f.name()).expect("a loss for every member");
            check(&Pair::of(&loss), f)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn values_are_those_of_vdm_in_f64() {
    // Some operations of 2⁻⁵², enlarged by exponents up to 1e4.
    each(|pair, f| wrong_value(pair, f, DType::F64, 1e-10));
}

#[test]
fn values_are_those_of_vdm_in_f32() {
    // 2⁻²³, enlarged by exponents up to 88, and by a few operations.
    each(|pair, f| wrong_value(pair, f, DType::F32, 3e-5));
}

#[test]
fn slopes_are_differences() {
    each(wrong_slope);
}

#[test]
fn the_bound_of_the_best_critic_is_the_divergence() {
    each(wrong_bound);
}

#[test]
fn gradients_of_wide_outputs_are_numbers() {
    // Where the value itself is within range.
    for f in all() {
        let loss = Loss::find(&f.name()).expect("a loss for every member");
        for v in WIDE {
            let var = Var::from_tensor(&column(&[v], DType::F32)).expect("a variable");
            for tensor in [loss.activation(&var), loss.conjugate(&var)] {
                let tensor = tensor.expect("a value");
                let gradients = tensor.sum_all().and_then(|sum| sum.backward()).expect("a backward pass");
                let slope = gradients.get(&var).map_or(f64::NAN, |g| numbers(g)[0]);
                let finite = numbers(&tensor)[0].is_finite() && v.abs() < 80.0;
                assert!(
                    !slope.is_nan() && (slope.is_finite() || !finite),
                    "{} at v = {v}: {slope}",
                    f.name()
                );
            }
        }
    }
}

#[test]
fn only_combinations_are_numeric() {
    for f in all() {
        let closed = Loss::find(&f.name()).expect("a loss").is_closed();
        let combined = f.name().starts_with("adjoint") || f.name().starts_with("symmetrised");
        assert_eq!(closed, !combined, "{}", f.name());
    }
}

/// Mistakes that public code makes, and the check that catches each.
#[test]
fn planted_mistakes_are_caught() {
    let softplus = |v: &Tensor| (v.exp()? + 1.0)?.log();
    let member = |name: &str| find(name).expect("a member");
    let value = |pair: Pair, name: &str| wrong_value(&pair, &member(name), DType::F64, 1e-10);
    let slope = |pair: Pair, name: &str| wrong_slope(&pair, &member(name));
    let bound = |pair: Pair, name: &str| wrong_bound(&pair, &member(name));
    let js = Loss::find("fgan_js").expect("a loss");
    let kl = Loss::find("kl").expect("a loss");
    let jeffreys = Loss::find("jeffreys").expect("a loss");

    // f* applied to g_f, which rounds to log 2.
    let composed = || Pair::new(|v| js.activation(v), |v| (2.0 - js.activation(v)?.exp()?)?.log()?.neg());
    assert!(value(composed(), "fgan_js").is_some());
    // The conjugate of the GAN row with the activation of JS.
    let mixed = || Pair::new(|v| js.activation(v), |v| (1.0 - js.activation(v)?.exp()?)?.log()?.neg());
    assert!(bound(mixed(), "fgan_js").is_some());
    // log(1 + eᵛ) as it is written: overflows.
    assert!(value(Pair::new(|v| softplus(&v.neg()?)?.neg(), softplus), "gan").is_some());
    // The reverse-KL activation of the other orientation.
    assert!(bound(Pair::new(|v| v.exp()?.neg(), |v| v - 1.0), "reverse_kl").is_some());
    // Pearson without its linear term. The bound of the best critic does not see it:
    // E_q T* = 0.
    let square = || Pair::new(|v| Ok(v.clone()), |v| v.sqr()? / 4.0);
    assert!(value(square(), "pearson_chi2").is_some() && slope(square(), "pearson_chi2").is_some());
    // KL without the −1 in the exponent.
    assert!(bound(Pair::new(|v| Ok(v.clone()), Tensor::exp), "kl").is_some());
    // KL trained as its reverse.
    assert!(bound(Pair::of(&kl), "reverse_kl").is_some());
    // Jeffreys with the factor ½ that it does not have here.
    let half = Pair::new(|v| jeffreys.activation(v)? / 2.0, |v| jeffreys.conjugate(v)? / 2.0);
    assert!(bound(half, "jeffreys").is_some());
    // A value without its slope.
    let cut = || Pair::new(|v| Ok(v.clone()), |v| kl.conjugate(&v.detach()));
    assert!(slope(cut(), "kl").is_some());
}
