//! The messages, word for word: every `messages/NAME.txt` is refused with the text of
//! `messages/NAME.expected`. `REGENERATE=1 cargo test -p derivation --test messages`
//! writes what is said now, for the difference to be read.

mod common;

use derivation::syntax::parse;

#[test]
fn every_message_is_as_kept() {
    common::as_kept("messages", 40, |name, source| match parse(name, "", source) {
        Ok(_) => Err("is read without a complaint".into()),
        Err(faults) => Ok(common::drawn(&faults, name, source)),
    });
}
