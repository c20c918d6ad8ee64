//! Lines that want an assumption are told one with which they stand.

mod common;

use common::drawn;
use derivation::certificate::{Certificate, certify};
use derivation::syntax::blocks;
use derivation::tell::{Mark, mark, statements};

fn read(id: &str, source: &str) -> Result<Certificate, String> {
    certify(id, source).map_err(|faults| drawn(&faults, id, source))
}

#[test]
fn a_line_that_wants_an_assumption_is_told_one_with_which_it_stands() {
    let text = include_str!("advice.md");
    let mut wrong = vec![];
    for block in blocks(text) {
        let step = |certificate: Certificate| certificate.report.steps.into_iter().next().expect("a line");
        let mut source = block.source.clone();
        // A model may want one thing, and then the kernel another.
        for _ in 0..3 {
            let found = step(read(&block.id, &source).unwrap_or_else(|why| panic!("{why}")));
            let advice = statements(&found.verdict);
            if mark(&found) != Mark::Refused {
                break;
            }
            if advice.is_empty() {
                wrong.push(format!("{}: {:?} after\n{source}", block.id, found.verdict));
                break;
            }
            source = format!("{}\n{source}", advice.join("\n"));
        }
        if source == block.source {
            wrong.push(format!("{} stands as it is", block.id));
        }
        let found = step(read(&block.id, &source).unwrap_or_else(|why| panic!("{why}")));
        if mark(&found) == Mark::Refused {
            wrong.push(format!("{} does not stand with\n{source}", block.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
