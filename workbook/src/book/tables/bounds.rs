//! Chapter 4's tables: the bound of every member, and what a maximised one claims.

use super::table::{Table, rounded};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use vdm::Divergence;
use vdm::catalogue::TotalVariation;
use vdm::ch04_variational_bound::exercises::maximised_empirical_bound;
use vdm::ch04_variational_bound::{Bins, EmpiricalBound, bound_finite, optimal_critic_finite};
use vdm::density::{Density, Finite, Gaussian};
use vdm::divergence::between_finite;

/// The laws of the first table.
const P: [f64; 3] = [0.5, 0.3, 0.2];
const Q: [f64; 3] = [0.2, 0.3, 0.5];

/// For each named divergence: D_f, and the bound of three critics.
pub(super) fn bounds() -> Table {
    let head = ["divergence", "$D_f(P \\| Q)$", "$F(T^*)$", "$F(f'(\\sqrt{p/q}))$", "$F(f'(1))$"];
    let rows = match (Finite::new(&P), Finite::new(&Q)) {
        (Ok(p), Ok(q)) => vdm::catalogue::named().iter().map(|f| bounds_of(f.as_ref(), &p, &q)).collect(),
        _ => Vec::new(),
    };
    Table { head: head.map(str::to_owned).to_vec(), rows }
}

fn bounds_of(f: &dyn Divergence, p: &Finite, q: &Finite) -> Vec<String> {
    let shown = |value: f64| rounded(value);
    let bound = |critic: &[f64]| bound_finite(f, p, q, critic).unwrap_or(f64::NAN);
    let of_ratio = |power: f64| -> Vec<f64> {
        (0..p.len()).map(|i| f.optimal_critic(power * (p.ln_probability(i) - q.ln_probability(i)))).collect()
    };
    let best = optimal_critic_finite(f, p, q).unwrap_or_default();
    vec![
        f.title(),
        shown(between_finite(f, p, q).unwrap_or(f64::NAN)),
        shown(bound(&best)),
        shown(bound(&of_ratio(0.5))),
        shown(bound(&of_ratio(0.0))),
    ]
}

/// Batches of the second table, and samples of each law in a batch.
const BATCHES: usize = 4_000;
const SAMPLES: usize = 50;

/// Total variation of N(1, 1) and N(0, 1) on bins: the truth, the mean of the largest value
/// on the batch, and the mean of the same critic on fresh samples.
pub(super) fn maximised() -> Table {
    let head =
        ["bins", "truth on these bins", "largest value on the batch", "the same critic, fresh samples"];
    let rows = match (Gaussian::new(1.0, 1.0), Gaussian::new(0.0, 1.0)) {
        (Ok(p), Ok(q)) => {
            [2, 8, 32, 128, 512].iter().filter_map(|count| maximised_on(*count, &p, &q)).collect()
        }
        _ => Vec::new(),
    };
    Table { head: head.map(str::to_owned).to_vec(), rows }
}

fn maximised_on(count: usize, p: &Gaussian, q: &Gaussian) -> Option<Vec<String>> {
    let f = &TotalVariation;
    let bins = Bins::equal(-3.0, 4.0, count).ok()?;
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    let mut batch = |law: &Gaussian| -> Vec<usize> {
        let mut draws = [0.0; SAMPLES];
        law.sample_each(&mut rng, &mut draws);
        draws.iter().map(|x| bins.bin(*x)).collect()
    };
    let shares = |samples: &[usize]| {
        let mut shares = vec![0.0; count];
        samples.iter().for_each(|bin| shares[*bin] += 1.0 / SAMPLES as f64);
        shares
    };
    let (mut claimed, mut honest) = (0.0, 0.0);
    for _ in 0..BATCHES {
        let (on_p, on_q, fresh_p, fresh_q) = (batch(p), batch(q), batch(p), batch(q));
        claimed += maximised_empirical_bound(f, &on_p, &on_q, count) / BATCHES as f64;
        let critic =
            vdm::ch04_variational_bound::exercises::optimal_critic(f, &shares(&on_p), &shares(&on_q));
        let values = |samples: &[usize]| samples.iter().map(|bin| critic[*bin]).collect::<Vec<_>>();
        honest +=
            EmpiricalBound::from_values(f, &values(&fresh_p), &values(&fresh_q)).ok()?.value / BATCHES as f64;
    }
    let truth = bins.best_critic(f, p, q).bound;
    let shown = |value: f64| format!("{value:.3}").replace('-', "−");
    Some(vec![count.to_string(), shown(truth), shown(claimed), shown(honest)])
}
