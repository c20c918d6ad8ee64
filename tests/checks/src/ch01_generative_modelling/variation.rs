//! 1.4 and 1.5: total variation, and the event that shows it.

use crate::check::{Broken, Chaff, Check, agree};
use crate::for_all::{for_all, for_each};
use crate::{Exercise, Meta, strategies, tolerance};
use vdm::ch01_generative_modelling::exercises as reference;

/// The signature of 1.4.
type Variation = fn(&[f64], &[f64]) -> f64;
/// The signature of 1.5.
type BestEvent = fn(&[f64], &[f64]) -> Vec<bool>;

/// The largest P[A] − Q[A], by trying every event A.
pub(super) fn over_all_events(p: &[f64], q: &[f64]) -> f64 {
    let difference =
        |event: u32| -> f64 { (0..p.len()).filter(|i| event >> i & 1 == 1).map(|i| p[i] - q[i]).sum() };
    (0..1u32 << p.len()).map(difference).fold(f64::NEG_INFINITY, f64::max)
}

fn place(p: &[f64], q: &[f64]) -> String {
    format!("P = {p:.4?}, Q = {q:.4?}")
}

/// 1.4
pub fn total_variation_on_points() -> Exercise<Variation> {
    Exercise {
        meta: Meta::implement(
            "1.4",
            "total_variation_on_points",
            "Total variation as half an L¹ distance",
            1,
            6,
        ),
        reference: reference::total_variation_on_points,
        checks: vec![
            Check {
                name: "best-event",
                property: "the value is the largest P[A] − Q[A] over all events A",
                run: |answer| {
                    for_all(200, &strategies::finite_pairs(), |(p, q)| {
                        let (p, q) = (p.probabilities(), q.probabilities());
                        agree(place(&p, &q), over_all_events(&p, &q), answer(&p, &q), tolerance::FORMULA)
                    })
                },
            },
            Check {
                name: "from-0-to-1",
                property: "0 for equal laws, 1 for laws that share no point",
                run: |answer| {
                    let (one, other): ([f64; 4], [f64; 4]) = ([0.25, 0.75, 0.0, 0.0], [0.0, 0.0, 0.5, 0.5]);
                    for_each([(one, one, 0.0), (one, other, 1.0), (other, one, 1.0)], |(p, q, due)| {
                        agree(place(&p, &q), due, answer(&p, &q), tolerance::FORMULA)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "half-forgotten",
                misconception: "the sum of |p − q| counts each displaced unit of mass twice, where it leaves and where it arrives: halve it",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| (p - q).abs()).sum(),
                caught_by: "from-0-to-1",
            },
            Chaff {
                name: "signs-kept",
                misconception: "without the absolute value the differences add up to 1 − 1 = 0",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| p - q).sum::<f64>() / 2.0,
                caught_by: "from-0-to-1",
            },
            Chaff {
                name: "largest-gap",
                misconception: "the largest |p − q| looks at events of one point only",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| (p - q).abs()).fold(0.0, f64::max),
                caught_by: "best-event",
            },
            Chaff {
                name: "euclidean",
                misconception: "this is a Euclidean distance; total variation adds absolute differences",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum::<f64>().sqrt(),
                caught_by: "best-event",
            },
            Chaff {
                name: "overlap",
                misconception: "the sum of the smaller masses is what the laws share: 1 − TV",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| p.min(*q)).sum(),
                caught_by: "from-0-to-1",
            },
        ],
        fingerprint: |answer| {
            let laws: [(&[f64], &[f64]); 3] = [
                (&[0.5, 0.5, 0.0], &[0.25, 0.125, 0.625]),
                (&[1.0, 0.0], &[0.0, 1.0]),
                (&[0.1, 0.2, 0.3, 0.4], &[0.4, 0.3, 0.2, 0.1]),
            ];
            laws.map(|(p, q)| answer(p, q)).to_vec()
        },
    }
}

/// 1.5
pub fn best_event() -> Exercise<BestEvent> {
    Exercise {
        meta: Meta::implement("1.5", "best_event", "The event on which two laws disagree most", 2, 10),
        reference: reference::best_event,
        checks: vec![
            Check {
                name: "one-flag-a-point",
                property: "there is one flag for each point",
                run: |answer| {
                    for_all(50, &strategies::finite_pairs(), |(p, q)| {
                        let (p, q) = (p.probabilities(), q.probabilities());
                        let found = answer(&p, &q).len();
                        if found == p.len() {
                            return Ok(0.0);
                        }
                        let due = format!("{} flags", p.len());
                        Err(Broken::new(place(&p, &q), due, format!("{found} flags")))
                    })
                },
            },
            Check {
                name: "no-event-beats-it",
                property: "no event has a larger P[A] − Q[A]",
                run: |answer| {
                    for_all(200, &strategies::finite_pairs(), |(p, q)| {
                        let (p, q) = (p.probabilities(), q.probabilities());
                        let event = answer(&p, &q);
                        let inside = (0..p.len()).filter(|&i| event.get(i) == Some(&true));
                        let found: f64 = inside.map(|i| p[i] - q[i]).sum();
                        let at = format!("{}, the event {event:?}, P[A] − Q[A]", place(&p, &q));
                        agree(at, over_all_events(&p, &q), found, tolerance::FORMULA)
                    })
                },
            },
        ],
        chaffs: vec![
            Chaff {
                name: "only-the-largest-gap",
                misconception: "every point with p > q raises the difference, not only the one with the largest gap",
                subject: |p, q| {
                    let largest = p.iter().zip(q).map(|(p, q)| p - q).fold(0.0, f64::max);
                    p.iter().zip(q).map(|(p, q)| p - q == largest).collect()
                },
                caught_by: "no-event-beats-it",
            },
            Chaff {
                name: "the-other-side",
                misconception: "this event is where Q has more than P: it makes P[A] − Q[A] as small as can be",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| p < q).collect(),
                caught_by: "no-event-beats-it",
            },
            Chaff {
                name: "likely-under-p",
                misconception: "a point that is likely under P may be likelier under Q: compare p with q, not with a number",
                subject: |p, _| p.iter().map(|p| *p > 1.0 / 3.0).collect(),
                caught_by: "no-event-beats-it",
            },
            Chaff {
                name: "more-likely-than-not",
                misconception: "p > ½ asks what P does more often than not; the question is where P has more than Q: p > q",
                subject: |p, _| p.iter().map(|p| *p > 0.5).collect(),
                caught_by: "no-event-beats-it",
            },
            Chaff {
                name: "wherever-they-differ",
                misconception: "on the set where p ≠ q the differences cancel: keep those of one sign",
                subject: |p, q| p.iter().zip(q).map(|(p, q)| p != q).collect(),
                caught_by: "no-event-beats-it",
            },
            Chaff {
                name: "members-only",
                misconception: "an event is told by one flag a point, true or false, not by as many flags as it has points",
                subject: |p, q| p.iter().zip(q).filter(|(p, q)| p > q).map(|_| true).collect(),
                caught_by: "one-flag-a-point",
            },
        ],
        fingerprint: |answer| {
            let laws: [(&[f64], &[f64]); 3] = [
                (&[0.5, 0.3, 0.2, 0.0], &[0.25, 0.125, 0.25, 0.375]),
                (&[0.5, 0.5], &[0.5, 0.5]),
                (&[0.1, 0.2, 0.3, 0.4], &[0.0, 0.5, 0.1, 0.4]),
            ];
            let flags = |(p, q): (&[f64], &[f64])| {
                let event = answer(p, q);
                std::iter::once(event.len() as f64)
                    .chain(event.into_iter().map(f64::from))
                    .collect::<Vec<_>>()
            };
            laws.into_iter().flat_map(flags).collect()
        },
    }
}
