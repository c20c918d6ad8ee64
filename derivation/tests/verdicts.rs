//! What is told of lines that do not stand, word for word: every `verdicts/NAME.txt` is
//! judged as `verdicts/NAME.expected` says. `REGENERATE=1 cargo test -p derivation --test
//! verdicts` writes what is said now, for the difference to be read.

mod common;

use derivation::certificate::certify;
use derivation::tell::{self, Mark};

#[test]
fn every_verdict_is_as_kept() {
    common::as_kept("verdicts", 12, |name, source| {
        let certificate = match certify(name, source) {
            Ok(certificate) => certificate,
            Err(faults) => return Err(common::drawn(&faults, name, source)),
        };
        let lines = certificate.lines.iter().zip(&certificate.report.steps);
        let refused = lines.filter(|(_, step)| tell::mark(step) == Mark::Refused);
        let told: Vec<_> = refused.map(|(line, step)| tell::diagnostic(line, step)).collect();
        if told.is_empty() { Err("stands".into()) } else { Ok(common::drawn(&told, name, source)) }
    });
}
