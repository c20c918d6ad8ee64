//! Which known misconception does a wrong answer show? That whose planted mistake has the
//! same outputs on the probe inputs.

use crate::check::Chaff;
use crate::for_all::guarded;

/// The misconception whose chaff gives the same outputs on the probe inputs.
pub(super) fn of<F: Copy + Send + Sync + 'static>(
    answer: F,
    reference: F,
    chaffs: &[Chaff<F>],
    fingerprint: fn(F) -> Vec<f64>,
) -> Option<String> {
    let probe = |subject| guarded(|| Ok(fingerprint(subject))).ok();
    let mine = probe(answer)?;
    let bits = |values: &[f64]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    if (0..3).any(|_| probe(answer).is_none_or(|again| bits(&again) != bits(&mine))) {
        return Some(CHANGING.to_owned());
    }
    // Right on the probes and wrong elsewhere: that is no mistake known here.
    if probe(reference).is_some_and(|right| same(&mine, &right)) {
        return None;
    }
    let theirs: Vec<_> = chaffs.iter().map(|chaff| (chaff, probe(chaff.subject))).collect();
    let find = |alike: &dyn Fn(&[f64]) -> bool| {
        let found = theirs.iter().find(|(_, values)| values.as_deref().is_some_and(alike));
        found.map(|(chaff, _)| chaff.misconception.to_owned())
    };
    let right = probe(reference);
    find(&|values| same(&mine, values))
        .or_else(|| find(&|values| right.as_deref().is_some_and(|right| explains(values, &mine, right))))
}

/// What is said of an answer that is no function.
const CHANGING: &str = "equal inputs give different outputs from call to call: an answer may use no \
                        randomness, no clock, and no state that it keeps";

/// Equal up to rounding, NaN being equal to NaN.
fn close(x: f64, y: f64) -> bool {
    x == y
        || (x.is_nan() && y.is_nan())
        || (x - y).abs() <= crate::tolerance::SAME_MISTAKE * x.abs().max(y.abs()).min(f64::MAX)
}

/// Equal up to rounding everywhere: both made the same mistake.
fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| close(*x, *y))
}

/// Does the mistake that gives `theirs` explain `mine`, but for places where mine is NaN,
/// a slip of its own? Two of the numbers that both share must be wrong.
fn explains(theirs: &[f64], mine: &[f64], right: &[f64]) -> bool {
    let numbers = || mine.iter().zip(theirs).zip(right).filter(|((mine, _), _)| !mine.is_nan());
    mine.len() == theirs.len()
        && mine.len() == right.len()
        && numbers().all(|((mine, theirs), _)| close(*mine, *theirs))
        && numbers().filter(|((mine, _), right)| !close(**mine, **right)).count() >= 2
}

#[cfg(test)]
mod tests {
    use crate::ch03_convex_conjugate::conjugate_of_kl;
    use std::sync::atomic::{AtomicU64, Ordering};

    static CALLS: AtomicU64 = AtomicU64::new(0);

    /// Right but for every fifth call.
    fn changing(t: f64) -> f64 {
        let wrong = CALLS.fetch_add(1, Ordering::Relaxed).is_multiple_of(5);
        (t - 1.0).exp() + if wrong { 0.5 } else { 0.0 }
    }

    #[test]
    fn an_answer_that_changes_from_call_to_call_is_told_as_such() {
        let grade = conjugate_of_kl().on(changing).grade();
        assert!(!grade.passed());
        let told = grade.misconception.unwrap_or_default();
        assert!(told.contains("different outputs from call to call"), "{told}");
    }

    #[test]
    fn a_known_mistake_is_told_although_a_special_case_is_missing() {
        let variance_under_p = |p: &[f64], q: &[f64], phi: &[f64]| {
            let mean = |law: &[f64]| law.iter().zip(phi).map(|(mass, x)| mass * x).sum::<f64>();
            let variance: f64 = p.iter().zip(phi).map(|(mass, x)| mass * (x - mean(p)).powi(2)).sum();
            // 0/0 where the feature does not vary.
            (mean(p) - mean(q)).powi(2) / variance
        };
        let told = crate::ch04_variational_bound::affine_pearson_bound().on(variance_under_p).grade();
        assert!(told.misconception.is_some_and(|told| told.contains("its variance is that of Q")));
        let nothing_known = |_: &[f64], _: &[f64], _: &[f64]| f64::NAN;
        let told = crate::ch04_variational_bound::affine_pearson_bound().on(nothing_known).grade();
        assert_eq!(told.misconception, None);
    }

    #[test]
    fn a_failure_says_what_rounding_allows() {
        let grade = conjugate_of_kl().on(f64::exp).grade();
        let told =
            grade.checks.iter().find_map(|check| check.verdict.as_ref().err()).map(ToString::to_string);
        assert!(told.as_ref().is_some_and(|told| told.contains("; rounding allows ")), "{told:?}");
    }
}
