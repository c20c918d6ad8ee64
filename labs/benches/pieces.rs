//! What a step is made of, piece by piece, plain against fused:
//! `cargo bench -p labs --bench pieces`, and a word to choose among them.
//!
//! The sizes are those of the critic in the four workloads of `labs bench fgan`.

use candle_core::{DType, Device, Result, Tensor, Var};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use labs::adam::{Adam, Betas};
use labs::mlp::{Kernels, Mlp, gradients};
use labs::parameters::Parameters;
use labs::random::{Random, Stream};
use labs::{Loss, clip};
use std::hint::black_box;

/// Hidden units, rows (data and samples), coordinates.
const CRITICS: [(usize, usize, usize); 4] = [(64, 512, 1), (64, 2048, 2), (128, 1024, 2), (400, 256, 64)];
const BOTH: [Kernels; 2] = [Kernels::Plain, Kernels::Fused];

fn name(kernels: Kernels) -> &'static str {
    match kernels {
        Kernels::Plain => "plain",
        Kernels::Fused => "fused",
    }
}

fn draws(shape: (usize, usize)) -> Result<Tensor> {
    Random::new(1, Stream::Training).normal(shape, DType::F32, &Device::Cpu)
}

/// A network with its parameters and a batch.
fn critic((hidden, rows, dim): (usize, usize, usize), kernels: Kernels) -> Result<(Mlp, Parameters, Tensor)> {
    let network = Mlp::new(&[dim, hidden, hidden, 1], kernels);
    let parts = network.parts(&mut Random::new(1, Stream::Initial));
    Ok((network, Parameters::new(parts, DType::F32, &Device::Cpu)?, draws((rows, dim))?))
}

/// Multiply-adds of a pass up.
fn products((hidden, rows, dim): (usize, usize, usize)) -> u64 {
    (rows * hidden * (dim + hidden + 1)) as u64
}

fn networks(c: &mut Criterion) {
    let mut group = c.benchmark_group("up");
    for size in CRITICS {
        for kernels in BOTH {
            let (network, parameters, x) = critic(size, kernels).expect("a network");
            group.throughput(Throughput::Elements(products(size)));
            group.bench_function(BenchmarkId::new(name(kernels), format!("{size:?}")), |b| {
                b.iter(|| network.forward(&parameters.frozen(), &x).expect("an output"));
            });
        }
    }
    group.finish();
    let mut group = c.benchmark_group("up and down to the parameters");
    for size in CRITICS {
        for kernels in BOTH {
            let (network, parameters, x) = critic(size, kernels).expect("a network");
            group.throughput(Throughput::Elements(3 * products(size)));
            group.bench_function(BenchmarkId::new(name(kernels), format!("{size:?}")), |b| {
                b.iter(|| {
                    let v = network.forward(parameters.tracked(), &x).expect("an output");
                    let mean = v.mean_all().expect("a mean");
                    gradients(&mean, &[parameters.tracked()]).expect("gradients")
                });
            });
        }
    }
    group.finish();
    let mut group = c.benchmark_group("up and down to the input");
    for size in CRITICS {
        for kernels in BOTH {
            let (network, parameters, x) = critic(size, kernels).expect("a network");
            let x = Var::from_tensor(&x).expect("a variable");
            group.throughput(Throughput::Elements(2 * products(size)));
            group.bench_function(BenchmarkId::new(name(kernels), format!("{size:?}")), |b| {
                b.iter(|| {
                    let v = network.forward(&parameters.frozen(), &x).expect("an output");
                    v.mean_all().and_then(|mean| mean.backward()).expect("gradients")
                });
            });
        }
    }
    group.finish();
}

/// A layer of one input and one unit is a tanh and little else.
fn tanh(c: &mut Criterion) {
    let mut group = c.benchmark_group("tanh");
    let x = draws((256, 256)).expect("numbers");
    group.throughput(Throughput::Elements(x.elem_count() as u64));
    group.bench_function("plain", |b| b.iter(|| x.tanh().expect("numbers")));
    for kernels in BOTH {
        let network = Mlp::new(&[1, 256, 1], kernels);
        let parts = network.parts(&mut Random::new(1, Stream::Initial));
        let parameters = Parameters::new(parts, DType::F32, &Device::Cpu).expect("parameters");
        let x = draws((256, 1)).expect("numbers");
        group.bench_function(BenchmarkId::new("in a network 1-256-1", name(kernels)), |b| {
            b.iter(|| network.forward(&parameters.frozen(), &x).expect("an output"));
        });
    }
    group.finish();
}

fn optimiser(c: &mut Criterion) {
    for size in [CRITICS[0], CRITICS[3]] {
        let mut group = c.benchmark_group("optimiser");
        for kernels in BOTH {
            let (_, parameters, _) = critic(size, kernels).expect("parameters");
            let gradient = parameters.snapshot().expect("a gradient");
            let mut adam = Adam::new(&parameters, Betas::default(), kernels).expect("an optimiser");
            let count = gradient.elem_count();
            group.throughput(Throughput::Elements(count as u64));
            group.bench_function(BenchmarkId::new(format!("Adam, {}", name(kernels)), count), |b| {
                b.iter(|| adam.step(&parameters, &gradient, 1.0, 1e-9).expect("a step"));
            });
            if kernels == Kernels::Fused {
                group.bench_function(BenchmarkId::new("norm", count), |b| {
                    b.iter(|| clip::norm(black_box(&gradient)).expect("a norm"));
                });
            }
        }
        group.finish();
    }
}

fn chance(c: &mut Criterion) {
    let mut group = c.benchmark_group("draws");
    let mut random = Random::new(1, Stream::Training);
    group.throughput(Throughput::Elements(4096));
    group.bench_function("normals", |b| b.iter(|| random.normals(4096)));
    group.bench_function("uniforms", |b| b.iter(|| random.uniforms(4096)));
    group.finish();
}

fn losses(c: &mut Criterion) {
    let mut group = c.benchmark_group("loss");
    let v = Var::from_tensor(&draws((1024, 1)).expect("outputs")).expect("a variable");
    group.throughput(Throughput::Elements(2 * 1024));
    for divergence in ["kl", "fgan_js", "jeffreys", "alpha(0.5)", "adjoint(triangular)"] {
        let loss = Loss::find(divergence).expect("a loss");
        group.bench_function(divergence, |b| {
            b.iter(|| loss.bound(&v, &v).and_then(|bound| bound.backward()).expect("gradients"));
        });
    }
    group.finish();
}

criterion_group! {
    name = pieces;
    config = Criterion::default().sample_size(30).warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_millis(700));
    targets = networks, tanh, optimiser, chance, losses
}
criterion_main!(pieces);
