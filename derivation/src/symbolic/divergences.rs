//! What an assumed finite divergence says of other means under its first law.

use super::arith;
use super::facts::Facts;
use super::rename;
use crate::term::{Distance, LawAt, Term};

impl Facts<'_> {
    /// Laws s with KL(law ‖ s) < ∞ by assumption.
    fn near(&self, law: &LawAt) -> Vec<LawAt> {
        let candidates = self.known.continuous.iter().filter_map(|(small, large, _)| {
            Some(rename::law(large, &super::positivity::matching(small, law)?))
        });
        let finite = |s: &LawAt| {
            let kl = Term::Distance { kind: Distance::Kl, p: law.clone(), q: s.clone() };
            self.assumed_finite(&kl, true)
        };
        candidates.filter(finite).collect()
    }

    /// Is the positive part of E_law log r finite because log r = log(r·s/law) +
    /// log(law/s), where r·s has finite mass and KL(law ‖ s) < ∞? `sum` is log r, spread.
    pub(super) fn log_near(&self, law: &LawAt, sum: &Term) -> bool {
        let log = |law: &LawAt| Term::Log(Box::new(Term::Density(law.clone())));
        self.near(law).iter().any(|s| {
            let whole = arith::sum(vec![sum.clone(), log(s), arith::negative(log(law))]);
            self.log_ratio(law, &whole)
        })
    }
}
