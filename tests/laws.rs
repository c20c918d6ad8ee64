//! The laws: every member obeys, every chaff is rejected.

use checks::AnyLaw;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let trials = checks::laws()
        .into_iter()
        .map(|law| Trial::test(format!("law::{}", law.name()), move || examine(law.as_ref())))
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn examine(law: &dyn AnyLaw) -> Result<(), Failed> {
    let report = law.run();
    if let Some((member, broken)) = &report.broken {
        return Err(format!("{member} breaks it: {}\n{broken}", report.statement).into());
    }
    if let Some(missed) = report.chaffs.iter().find(|chaff| chaff.caught_by.is_none()) {
        return Err(format!("the planted mistake slips through: {}", missed.name).into());
    }
    if report.holds() { Ok(()) } else { Err("it has no cases or no chaffs: it cannot fail".into()) }
}
