//! The fused network against the plain one, and both against differences.

use crate::numbers::{near, numbers};
use candle_core::{DType, Device, Tensor, Var};
use labs::adam::{Adam, Betas};
use labs::fgan::Average;
use labs::mlp::{Kernels, Mlp, team::Team};
use labs::parameters::Parameters;
use labs::random::{Random, Stream};
use labs::{clip, sgd};

const SIZES: [usize; 4] = [3, 17, 9, 2];

/// Two networks with the same parameters.
fn networks(dtype: DType) -> (Mlp, Mlp, Parameters) {
    networks_of(&SIZES, dtype)
}

fn networks_of(sizes: &[usize], dtype: DType) -> (Mlp, Mlp, Parameters) {
    let (plain, fused) = (Mlp::new(sizes, Kernels::Plain), Mlp::new(sizes, Kernels::Fused));
    let mut parts = plain.parts(&mut Random::new(1, Stream::Initial));
    for (at, part) in parts.iter_mut().enumerate().filter(|(_, part)| part.name.ends_with("bias")) {
        // No bias stays 0, so that a forgotten one shows.
        part.initial.iter_mut().for_each(|x| *x += 0.1 * at as f64);
    }
    let parameters = Parameters::new(parts, dtype, &Device::Cpu).expect("parameters");
    (plain, fused, parameters)
}

fn input(rows: usize, dtype: DType) -> Tensor {
    input_of((rows, SIZES[0]), dtype)
}

fn input_of(shape: (usize, usize), dtype: DType) -> Tensor {
    Random::new(2, Stream::Training).normal(shape, dtype, &Device::Cpu).expect("an input")
}

/// A loss that weighs every output differently, and its gradients of x and θ.
fn loss(network: &Mlp, theta: &Tensor, x: &Tensor) -> (f64, Option<Vec<f64>>, Option<Vec<f64>>) {
    let run = || {
        let y = network.forward(theta, x)?;
        let weights = Tensor::arange(0_u32, y.elem_count() as u32, &Device::Cpu)?
            .to_dtype(y.dtype())?
            .reshape(y.shape())?
            .cos()?;
        let loss = (y * weights)?.sum_all()?;
        let gradients = loss.backward()?;
        candle_core::Result::Ok((
            numbers(&loss)[0],
            gradients.get(x).map(numbers),
            gradients.get(theta).map(numbers),
        ))
    };
    run().expect("a pass up and down")
}

fn agree(a: Option<&[f64]>, b: Option<&[f64]>, relative: f64) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let scale = b.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(*a, *b, relative, scale))
        }
        _ => false,
    }
}

#[test]
fn fused_and_plain_agree() {
    // Sums of up to 300 rows: some hundred roundings; f32's tanh adds a few units.
    for (dtype, relative) in [(DType::F64, 1e-12), (DType::F32, 3e-5)] {
        // Odd sizes, the lab's, wide inputs and outputs, more and fewer layers.
        for sizes in [&SIZES[..], &[1, 64, 64, 1], &[64, 48, 32, 20], &[2, 40, 33, 16, 5], &[7, 3]] {
            let (plain, fused, parameters) = networks_of(sizes, dtype);
            for rows in [1, 2, 63, 64, 127, 128, 300] {
                let x = Var::from_tensor(&input_of((rows, sizes[0]), dtype)).expect("a variable");
                let theta = parameters.tracked();
                let (a, b) = (loss(&fused, theta, &x), loss(&plain, theta, &x));
                let case = format!("{sizes:?}, {rows} rows, {dtype:?}");
                assert!(near(a.0, b.0, relative, 10.0), "{case}: {} and {}", a.0, b.0);
                assert!(agree(a.1.as_deref(), b.1.as_deref(), relative), "{case}: of x");
                assert!(agree(a.2.as_deref(), b.2.as_deref(), relative), "{case}: of θ");
            }
        }
    }
}

#[test]
fn a_gradient_goes_only_where_it_is_wanted() {
    let (plain, fused, parameters) = networks(DType::F32);
    for network in [&plain, &fused] {
        let x = Var::from_tensor(&input(10, DType::F32)).expect("a variable");
        let (_, of_x, of_theta) = loss(network, &parameters.frozen(), &x);
        assert!(of_x.is_some() && of_theta.is_none());
        let (_, of_x, of_theta) = loss(network, parameters.tracked(), &input(10, DType::F32));
        // candle's own product computes this one, wanted or not.
        assert_eq!(of_x.is_none(), std::ptr::eq(network, &fused));
        // And to every part of θ.
        let all = Tensor::new(of_theta.expect("a gradient"), &Device::Cpu).expect("a vector");
        for (name, part) in parameters.split(&all).expect("parts") {
            assert!(numbers(&part).iter().any(|g| *g != 0.0), "no gradient of {name}");
        }
    }
}

#[test]
fn gradients_are_differences() {
    let (_, fused, parameters) = networks(DType::F64);
    let x = input(70, DType::F64);
    let theta = numbers(parameters.tracked());
    let gradient = loss(&fused, parameters.tracked(), &x).2.expect("a gradient");
    // Every 13th parameter, and the last bias.
    for at in (0..theta.len()).step_by(13).chain([theta.len() - 1]) {
        let moved = |by: f64| {
            let mut theta = theta.clone();
            theta[at] += by;
            loss(&fused, &Tensor::new(theta, &Device::Cpu).expect("θ"), &x.clone()).0
        };
        let quotient = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        assert!(near(gradient[at], quotient, 1e-7, 10.0), "parameter {at}: {} {quotient}", gradient[at]);
    }
}

#[test]
fn collected_gradients_are_those_of_the_graph() {
    for dtype in [DType::F32, DType::F64] {
        let (plain, fused, parameters) = networks(dtype);
        let theta = parameters.tracked();
        // The same θ twice in one loss, once through each kind of network, and once bare.
        let cost = |first: &Mlp, second: &Mlp| {
            let run = || {
                let sum = first.forward(theta, &input(200, dtype))?.sqr()?.mean_all()?;
                let other = second.forward(theta, &input(70, dtype))?.mean_all()?;
                sum + (other * 0.3)? + theta.sqr()?.sum_all()?
            };
            run().expect("a loss")
        };
        let truth = cost(&plain, &plain).backward().expect("gradients").get(theta).map(numbers);
        for (first, second) in [(&fused, &fused), (&fused, &plain), (&plain, &plain)] {
            let found = labs::mlp::gradients(&cost(first, second), &[theta]).expect("gradients");
            let relative = if dtype == DType::F32 { 3e-5 } else { 1e-12 };
            assert!(agree(Some(&numbers(&found[0])), truth.as_deref(), relative), "{dtype:?}");
        }
        // Nothing is collected any more, or from elsewhere.
        let graph = cost(&fused, &fused).backward().expect("gradients").get(theta).map(numbers);
        assert!(agree(graph.as_deref(), truth.as_deref(), if dtype == DType::F32 { 3e-5 } else { 1e-12 }));
        let stranger = networks(dtype).2;
        assert!(labs::mlp::gradients(&cost(&fused, &fused), &[stranger.tracked()]).is_err());
    }
}

#[test]
fn threads_do_not_change_the_bits() {
    let (_, fused, parameters) = networks(DType::F32);
    let x = Var::from_tensor(&input(1000, DType::F32)).expect("a variable");
    let on = |threads: usize| Team::new(threads).install(|| loss(&fused, parameters.tracked(), &x));
    assert_eq!(on(1), on(3));
}

/// tanh of the fused layers, seen through a network of weights 1 and biases 0.
fn tanh(x: &[f32]) -> Vec<f64> {
    let fused = Mlp::new(&[1, 1, 1], Kernels::Fused);
    let theta = Tensor::new(&[1_f32, 0.0, 1.0, 0.0], &Device::Cpu).expect("θ");
    let x = Tensor::from_slice(x, (x.len(), 1), &Device::Cpu).expect("an input");
    numbers(&fused.forward(&theta, &x).expect("an output"))
}

#[test]
fn tanh_is_tanh() {
    let places: Vec<f32> = (-40_000..=40_000).map(|step| step as f32 / 3777.0).collect();
    for (&x, value) in places.iter().zip(tanh(&places)) {
        let truth = f64::from(x).tanh();
        // Eight units in the last place of f32.
        assert!((value - truth).abs() <= 8.0 * 2_f64.powi(-24) * truth.abs(), "tanh {x}: {value} {truth}");
    }
    let odd = tanh(&[f32::NAN, f32::INFINITY, -1e30]);
    assert!(odd[0].is_nan());
    assert!((odd[1] - 1.0).abs() < 1e-6 && (odd[2] + 1.0).abs() < 1e-6);
}

/// What a GPU computes with is what runs here in a type of numbers that no operation of the
/// labs' own knows.
#[test]
fn the_plain_kernels_are_candles_own() {
    let tried = |kernels: Kernels| {
        let network = Mlp::new(&SIZES, kernels);
        let parts = network.parts(&mut Random::new(1, Stream::Initial));
        let theta = Parameters::new(parts, DType::F16, &Device::Cpu).expect("parameters");
        let mut adam = Adam::new(&theta, Betas::default(), kernels).expect("an optimiser");
        let forward = network.forward(theta.tracked(), &input(5, DType::F16));
        let loss = theta.tracked().sqr().and_then(|square| square.sum_all()).expect("a loss");
        let loss = forward.as_ref().map_or(loss, |y| y.sqr().and_then(|y| y.mean_all()).expect("a loss"));
        let gradient = labs::mlp::gradients(&loss, &[theta.tracked()]).expect("gradients").remove(0);
        clip::norm(&gradient).expect("a norm");
        let mut average = Average::new(&theta).expect("a mean");
        average.add(&theta).expect("added");
        let before = numbers(theta.tracked());
        let steps = [adam.step(&theta, &gradient, 1.0, 0.1), sgd::step(&theta, &gradient, 1.0, 0.1, kernels)];
        let moved = numbers(theta.tracked()) != before;
        ([forward.is_ok(), steps[0].is_ok(), steps[1].is_ok()], moved)
    };
    assert_eq!(tried(Kernels::Plain), ([true; 3], true));
    assert_eq!(tried(Kernels::Fused), ([false; 3], false));
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let (_, fused, parameters) = networks(DType::F32);
    let wide = Tensor::zeros((5, 4), DType::F32, &Device::Cpu).expect("zeros");
    assert!(fused.forward(parameters.tracked(), &wide).is_err());
    let short = Tensor::zeros(7, DType::F32, &Device::Cpu).expect("zeros");
    assert!(fused.forward(&short, &input(5, DType::F32)).is_err());
}
