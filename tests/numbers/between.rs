//! D_f of two laws where it is known exactly, singular parts and infinities included.

use crate::witness::{number, numbers, read};
use std::sync::Arc;
use vdm::Divergence;
use vdm::catalogue;
use vdm::density::{Cauchy, Density, Exponential, Finite, Gaussian, Laplace, Mixture, Uniform};
use vdm::divergence::{UnequalLengths, between, between_finite};

/// Rounding of an exact expression in f, a few operations long.
const ROUNDINGS: f64 = 16.0 * f64::EPSILON;

fn gaussian(mean: f64, deviation: f64) -> Gaussian {
    Gaussian::new(mean, deviation).unwrap()
}

fn value(f: &dyn Divergence, p: &dyn Density, q: &dyn Density) -> f64 {
    between(f, p, q).unwrap_or_else(|e| panic!("{}: {e}", f.name())).value
}

/// `truth` is exact up to a few roundings of terms of size `size`.
#[track_caller]
fn check_exact(f: &dyn Divergence, p: &dyn Density, q: &dyn Density, truth: f64, size: f64) {
    let got = between(f, p, q).unwrap_or_else(|e| panic!("{}: {e}", f.name()));
    let near = (got.value - truth).abs() <= got.error + ROUNDINGS * size;
    assert!(got.value == truth || near, "{}: {got:?} for {truth}", f.name());
}

#[test]
fn heavy_tails_in_both_directions() {
    let (normal, cauchy) = (gaussian(0.0, 1.0), Cauchy::new(0.5, 2.0).unwrap());
    let record = read("heavy_tails.json");
    for f in catalogue::all() {
        let name = f.name();
        if let Some(truth) = record["forward"].get(&name) {
            check_exact(&f, &normal, &cauchy, number(truth), 1.0);
        }
        if let Some(truth) = record["backward"].get(&name) {
            check_exact(&f, &cauchy, &normal, number(truth), 1.0);
        }
        // Exactly the rows whose supremum is infinite on the light side diverge.
        let diverges = |price: f64| if price == f64::INFINITY { "=" } else { "<" };
        let got = |x: f64| if x == f64::INFINITY { "=" } else { "<" };
        assert_eq!(got(value(&f, &cauchy, &normal)), diverges(f.slope_at_infinity()), "{name}");
    }
    for name in ["reverse_kl", "jeffreys", "neyman_chi2"] {
        let f = catalogue::find(name).unwrap();
        let expected = if name == "reverse_kl" { false } else { name == "jeffreys" };
        assert_eq!(value(&f, &cauchy, &normal) == f64::INFINITY, expected, "{name}");
        assert_eq!(value(&f, &normal, &cauchy), f64::INFINITY, "{name}");
    }
}

#[test]
fn chi_square_of_a_wider_gaussian_is_infinite() {
    for name in ["pearson_chi2", "chi_square", "alpha(2)", "alpha(3)"] {
        let f = catalogue::find(name).unwrap();
        assert_eq!(value(&f, &gaussian(0.0, 3.0), &gaussian(0.0, 1.0)), f64::INFINITY, "{name}");
        assert!(value(&f, &gaussian(0.0, 1.0), &gaussian(0.0, 3.0)) < 10.0, "{name}");
    }
}

#[test]
fn slow_tails_are_told_from_divergent_ones() {
    let kl = catalogue::find("kl").unwrap();
    let cauchy = |m, s| Cauchy::new(m, s).unwrap();
    // KL(Cauchy‖Laplace): p·|x|/b ~ 1/|x|, the edge itself.
    assert_eq!(value(&kl, &cauchy(0.0, 1.0), &Laplace::new(0.0, 1.0).unwrap()), f64::INFINITY);
    // Between Cauchy laws: log(((γ₁ + γ₂)² + (m₁ − m₂)²)/(4γ₁γ₂)) (Chyzak and
    // Nielsen 2019), symmetric.
    for (p, q, truth) in [
        (cauchy(0.0, 1.0), cauchy(3.0, 2.0), (18.0_f64 / 8.0).ln()),
        (cauchy(3.0, 2.0), cauchy(0.0, 1.0), (18.0_f64 / 8.0).ln()),
        (cauchy(0.0, 1.0), cauchy(0.0, 1e4), (1.0001e4_f64.powi(2) / 4e4 * 1.0).ln()),
    ] {
        check_exact(&kl, &p, &q, truth, truth);
    }
    // A feather of a heavy tail decides all the same.
    let feather = Mixture::new(vec![
        (1.0 - 1e-9, Arc::new(gaussian(0.0, 1.0)) as Arc<dyn Density>),
        (1e-9, Arc::new(cauchy(0.0, 1.0))),
    ])
    .unwrap();
    assert_eq!(value(&kl, &feather, &gaussian(0.0, 1.0)), f64::INFINITY);
    assert!(value(&kl, &gaussian(0.0, 1.0), &feather) < 1e-8);
}

/// a·x with 0·∞ = 0: mass 0 has no price.
fn priced(mass: f64, price: f64) -> f64 {
    if mass == 0.0 { 0.0 } else { mass * price }
}

#[test]
fn shifted_uniforms_pay_both_singular_prices() {
    let p = Uniform::new(0.0, 1.0).unwrap();
    for shift in [0.25, 0.5, 1.0, 3.0] {
        let q = Uniform::new(shift, 1.0 + shift).unwrap();
        let off = shift.min(1.0);
        for f in catalogue::all() {
            let (low, high) = (f.at_zero(), f.slope_at_infinity());
            let truth = (1.0 - off) * f.at_one() + priced(off, low) + priced(off, high);
            let size = 1.0 + low.abs() + high.abs() + f.slope_at_one().representative().abs();
            check_exact(&f, &p, &q, truth, size);
        }
    }
    let tv = catalogue::find("total_variation").unwrap();
    let far = Uniform::new(100.0, 101.0).unwrap();
    assert!((value(&tv, &p, &far) - 1.0).abs() <= ROUNDINGS);
}

#[test]
fn exponential_against_laplace_is_half_f_of_2_and_half_f_of_0() {
    // p/q = 2 on x > 0 and 0 on x < 0, each with Q-probability ½.
    let (p, q) = (Exponential::new(1.5).unwrap(), Laplace::new(0.0, 1.0 / 1.5).unwrap());
    for f in catalogue::all() {
        let truth = f.generator(2.0) / 2.0 + f.at_zero() / 2.0;
        let size = 1.0 + f.generator(2.0).abs() + f.slope_at_one().representative().abs();
        check_exact(&f, &p, &q, truth, size);
        // The other way: q/p = ½ where p lives, and mass ½ where it does not.
        let truth = f.generator(0.5) + f.slope_at_infinity() / 2.0;
        check_exact(&f, &q, &p, truth, size + f.generator(0.5).abs());
    }
}

#[test]
fn a_gap_inside_the_support_counts() {
    // p/q = 3/2 on two thirds of Q and 0 on the gap, the middle third.
    let part = |low: f64| (0.5, Arc::new(Uniform::new(low, low + 1.0).unwrap()) as Arc<dyn Density>);
    let p = Mixture::new(vec![part(0.0), part(2.0)]).unwrap();
    let q = Uniform::new(0.0, 3.0).unwrap();
    for f in catalogue::all() {
        let truth = f.generator(1.5) / 1.5 + f.at_zero() / 3.0;
        let size = 1.0 + f.generator(1.5).abs() + f.slope_at_one().representative().abs();
        check_exact(&f, &p, &q, truth, size);
    }
}

#[test]
fn a_law_is_at_distance_f_1_from_itself() {
    let laws: [Arc<dyn Density>; 4] = [
        Arc::new(gaussian(3.0, 0.1)),
        Arc::new(Cauchy::new(0.0, 1.0).unwrap()),
        Arc::new(Uniform::new(0.0, 1.0).unwrap()),
        Arc::new(Mixture::of_gaussians(&[(0.5, 0.0, 1.0), (0.5, 3.0, 0.1)]).unwrap()),
    ];
    for law in laws {
        for f in catalogue::all() {
            assert_eq!(value(&f, &law, &law), f.at_one(), "{}", f.name());
        }
    }
}

#[test]
fn finite_laws_sum_exactly_with_their_singular_parts() {
    let p = Finite::new(&[0.5, 0.125, 0.0, 0.375, 0.0]).unwrap();
    let q = Finite::new(&[0.25, 0.25, 0.25, 0.0, 0.25]).unwrap();
    let own = Finite::new(&[0.125, 0.875]).unwrap();
    let other = Finite::new(&[0.5, 0.5]).unwrap();
    for f in catalogue::all() {
        // Σ q f(p/q) term by term: u = 2, ½, 0, –, 0.
        let truth =
            0.25 * (f.generator(2.0) + f.generator(0.5)) + 0.5 * f.at_zero() + 0.375 * f.slope_at_infinity();
        let got = between_finite(&f, &p, &q).unwrap();
        let size = 1.0 + truth.abs() + f.generator(2.0).abs() + f.slope_at_one().representative().abs();
        assert!(got == truth || (got - truth).abs() <= ROUNDINGS * size, "{}: {got} for {truth}", f.name());
        let truth = 0.5 * (f.generator(0.25) + f.generator(1.75));
        let got = between_finite(&f, &own, &other).unwrap();
        let size = 1.0 + f.generator(0.25).abs() + f.slope_at_one().representative().abs();
        assert!((got - truth).abs() <= ROUNDINGS * size, "{}: {got} for {truth}", f.name());
    }
    let kl = catalogue::find("kl").unwrap();
    assert_eq!(between_finite(&kl, &p, &own), Err(UnequalLengths { p: 5, q: 2 }));
}

#[test]
fn pointwise_kl_agrees_with_scipy() {
    let kl = catalogue::find("kl").unwrap();
    for row in read("scipy_values.json")["pointwise"].as_array().unwrap() {
        let [x, y, rel_entr, kl_div] = numbers(row)[..] else { panic!("four numbers a row") };
        if y == 0.0 {
            continue; // u = x/y is no number
        }
        let log_u = x.ln() - y.ln();
        if x == 0.0 {
            assert_eq!((y * kl.generator_log(log_u), rel_entr), (0.0, 0.0));
            assert!((y * kl.ln_centred(log_u).exp() - kl_div).abs() <= f64::EPSILON * y);
            continue;
        }
        // log u has an absolute error of ε·(|ln x| + |ln y|), which y·f′(u)·u scales.
        let own = f64::EPSILON * (4.0 + log_u.abs() + x.ln().abs() + y.ln().abs());
        // At 1e308 and beyond u·log u overflows, though y·f(u) need not.
        if log_u < 700.0 {
            let got = y * kl.generator_log(log_u);
            let near = own * x * (1.0 + log_u.abs());
            assert!((got - rel_entr).abs() <= near, "rel_entr({x}, {y}) = {rel_entr}, got {got}");
        }
        let got = (y.ln() + kl.ln_centred(log_u)).exp();
        // scipy's own formula cancels near x = y: ε·(x + y) is its error there.
        let near = 2.0 * own * (x * log_u.abs() + kl_div) + 4.0 * f64::EPSILON * (x + y);
        assert!((got - kl_div).abs() <= near, "kl_div({x}, {y}) = {kl_div}, got {got}");
    }
}
