//! Adam against candle's own, clipping, schedules.

use crate::numbers::{near, numbers};
use candle_core::{DType, Device, Tensor, Var};
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use labs::adam::{Adam, Betas};
use labs::mlp::Kernels;
use labs::parameters::{Parameters, Part};
use labs::{clip, schedule::Schedule, sgd};

const FIRST: [f64; 5] = [1.0, -2.0, 0.5, 3.0, -0.1];

/// θ after `steps` of descending Σ cosh(θ + step/10).
fn lab(kernels: Kernels, dtype: DType, steps: u32) -> Vec<f64> {
    let part = Part { name: "all".into(), shape: vec![5], initial: FIRST.into() };
    let parameters = Parameters::new(vec![part], dtype, &Device::Cpu).expect("parameters");
    let mut adam = Adam::new(&parameters, Betas::default(), kernels).expect("an optimiser");
    for step in 0..steps {
        let gradient = gradient(parameters.tracked(), step);
        adam.step(&parameters, &gradient, 1.0, 0.03).expect("a step");
    }
    numbers(parameters.tracked())
}

fn cost(theta: &Tensor, step: u32) -> Tensor {
    let run = || {
        let x = (theta + f64::from(step) / 10.0)?;
        (x.exp()? + x.neg()?.exp()?)?.sum_all()
    };
    run().expect("a cost")
}

fn gradient(theta: &Tensor, step: u32) -> Tensor {
    let gradients = cost(theta, step).backward().expect("a backward pass");
    gradients.get(theta).expect("a gradient").clone()
}

#[test]
fn steps_are_those_of_candle() {
    let theta = Var::new(&FIRST, &Device::Cpu).expect("a variable");
    let settings = ParamsAdamW { lr: 0.03, weight_decay: 0.0, ..ParamsAdamW::default() };
    let mut adam = AdamW::new(vec![theta.clone()], settings).expect("candle's optimiser");
    for step in 0..40 {
        adam.backward_step(&cost(&theta, step)).expect("a step");
    }
    let expected = numbers(&theta);
    for (kernels, dtype, relative) in [
        (Kernels::Plain, DType::F64, 1e-12),
        (Kernels::Fused, DType::F64, 1e-12),
        (Kernels::Plain, DType::F32, 1e-5),
        (Kernels::Fused, DType::F32, 1e-5),
    ] {
        let found = lab(kernels, dtype, 40);
        let same = found.iter().zip(&expected).all(|(a, b)| near(*a, *b, relative, 1.0));
        assert!(same, "{kernels:?} {dtype:?}: {found:?} {expected:?}");
    }
    // A step fewer is seen.
    assert!(!near(lab(Kernels::Fused, DType::F64, 39)[0], expected[0], 1e-5, 1.0));
}

#[test]
fn descent_without_memory_is_plain_descent() {
    for (kernels, dtype, relative) in [
        (Kernels::Plain, DType::F64, 1e-13),
        (Kernels::Fused, DType::F64, 1e-13),
        (Kernels::Plain, DType::F32, 1e-5),
        (Kernels::Fused, DType::F32, 1e-5),
    ] {
        let part = Part { name: "all".into(), shape: vec![5], initial: FIRST.into() };
        let parameters = Parameters::new(vec![part], dtype, &Device::Cpu).expect("parameters");
        let mut expected = FIRST;
        for step in 0..20 {
            let gradient = gradient(parameters.tracked(), step);
            sgd::step(&parameters, &gradient, -0.5, 0.01, kernels).expect("a step");
            // d/dθ (eˣ + e⁻ˣ) = 2 sinh x; against the scale's sign it climbs.
            for x in &mut expected {
                *x += 0.005 * 2.0 * (*x + f64::from(step) / 10.0).sinh();
            }
        }
        let found = numbers(parameters.tracked());
        let same = found.iter().zip(&expected).all(|(a, b)| near(*a, *b, relative, 1.0));
        assert!(same, "{kernels:?} {dtype:?}: {found:?} {expected:?}");
    }
}

#[test]
fn a_norm_is_a_norm() {
    let vector = Tensor::new(&[3e20_f32, -4e20], &Device::Cpu).expect("a vector");
    assert!(near(clip::norm(&vector).expect("a norm"), 5e20, 1e-6, 0.0));
    assert_eq!(clip::factor(5.0, Some(10.0)), 1.0);
    assert!(near(clip::factor(20.0, Some(10.0)), 0.5, 1e-15, 0.0));
}

#[test]
fn schedules_end_at_nothing() {
    for schedule in [Schedule::Linear, Schedule::Cosine] {
        let shares: Vec<f64> = (0..=100).map(|step| schedule.share(step, 100)).collect();
        assert!(shares[0] == 1.0 && shares[100] < 1e-15);
        assert!(shares.windows(2).all(|pair| pair[1] < pair[0]), "{schedule:?} does not fall");
    }
    assert_eq!(Schedule::Constant.share(99, 100), 1.0);
    assert_eq!(Schedule::Cosine.share(0, 0), 1.0);
}
