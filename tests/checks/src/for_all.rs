//! Random cases from a fixed seed, shrunk to a small counterexample.

use crate::check::{Broken, Manner, Tally, Verdict};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The seed of every random check: a grade never depends on luck, and whoever
/// runs the same check sees the same counterexample.
pub const SEED: [u8; 32] = *b"every check is run the same way!";

/// Runs `case` on `cases` values drawn from `strategy`; a failing one is shrunk.
///
/// `case` gives its residual as a share of the tolerance. A panic inside it is
/// caught and told as a counterexample too.
pub fn for_all<S>(cases: u32, strategy: &S, case: impl Fn(&S::Value) -> Result<f64, Box<Broken>>) -> Verdict
where
    S: Strategy,
    S::Value: Debug,
{
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &SEED));
    let tally = RefCell::new(Tally::default());
    let result = runner.run(strategy, |value| match guarded(|| case(&value)) {
        Ok(share) => {
            tally.borrow_mut().count(share);
            Ok(())
        }
        Err(_) => Err(TestCaseError::fail("broken")),
    });
    match result {
        Ok(()) => Ok(tally.into_inner()),
        // The smallest value that failed must fail again.
        Err(TestError::Fail(_, smallest)) => match guarded(|| case(&smallest)) {
            Ok(_) => Err(Broken::changing(format!("the input {smallest:?}"))),
            Err(mut why) => {
                if why.manner == Manner::Panicked {
                    why.at = format!("the input {smallest:?}");
                }
                Err(why)
            }
        },
        Err(TestError::Abort(why)) => Err(Broken::new("the strategy", "cases to try", why.to_string())),
    }
}

/// Runs `case` on each of the given values, in order.
pub fn for_each<V>(
    values: impl IntoIterator<Item = V>,
    case: impl Fn(V) -> Result<f64, Box<Broken>>,
) -> Verdict {
    let mut tally = Tally::default();
    for value in values {
        tally.count(guarded(|| case(value))?);
    }
    Ok(tally)
}

thread_local! {
    /// How many guarded calls this thread is in.
    static GUARDS: Cell<usize> = const { Cell::new(0) };
    /// The file and line of this thread's last panic in a guarded call.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Silences the panic messages of guarded calls, which are caught and told in our
/// own words; other panics are reported as before.
fn silence_guarded_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if GUARDS.get() == 0 {
                return report(panic);
            }
            let place = panic.location().map(|at| format!(" ({}:{})", at.file(), at.line()));
            PLACE.set(place.unwrap_or_default());
        }));
    });
}

/// Runs `what`; a panic becomes a [`Broken`] that carries its message.
pub fn guarded<R>(what: impl FnOnce() -> Result<R, Box<Broken>>) -> Result<R, Box<Broken>> {
    silence_guarded_panics();
    GUARDS.set(GUARDS.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(what));
    GUARDS.set(GUARDS.get() - 1);
    result.unwrap_or_else(|payload| {
        Err(Box::new(Broken {
            manner: Manner::Panicked,
            at: "a call of your function".into(),
            expected: "a value".into(),
            found: format!("panic: {}{}", shown(&panic_message(payload.as_ref())), PLACE.take()),
            off_by: None,
            allowed: None,
        }))
    })
}

/// The beginning of a text that a reader's program made, without characters that a
/// terminal would obey.
fn shown(text: &str) -> String {
    const MOST: usize = 500;
    let plain = |c: char| if c.is_control() { c.escape_default().collect() } else { c.to_string() };
    let mut beginning: String = text.chars().take(MOST).map(plain).collect();
    if text.chars().nth(MOST).is_some() {
        beginning.push_str(" … (there was more)");
    }
    beginning
}

/// The text of a panic, where it has one.
fn panic_message(payload: &dyn Any) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "without a message".into()
    }
}

#[cfg(test)]
mod tests {
    use super::{for_all, guarded};
    use crate::check::{Broken, Manner};
    use std::cell::Cell;

    #[test]
    fn an_answer_that_changes_is_told_as_such() {
        let calls = Cell::new(0);
        let verdict = for_all(50, &(0i32..100), |_| {
            calls.set(calls.get() + 1);
            if calls.get() == 20 { Err(Broken::new("here", "this", "that")) } else { Ok(0.0) }
        });
        let told = verdict.unwrap_err().to_string();
        assert!(told.contains("the same output each time"), "{told}");
        // One that is wrong for good keeps its own counterexample.
        let wrong =
            |x: &i32| if *x > 7 { Err(Broken::new(format!("x = {x}"), "≤ 7", "more")) } else { Ok(0.0) };
        assert_eq!(for_all(50, &(0i32..100), wrong).unwrap_err().at, "x = 8");
    }

    #[test]
    fn a_long_or_rude_panic_is_cut_and_escaped() {
        let told = |text: String| guarded::<()>(|| panic!("{text}")).unwrap_err();
        let long = told("χ".repeat(100_000));
        assert_eq!(long.manner, Manner::Panicked);
        assert!(long.found.chars().count() < 700 && long.found.contains("(there was more)"));
        let rude = told("\u{1b}[2J\u{7}gone\n".into());
        assert!(rude.found.contains("\\u{1b}[2J\\u{7}gone\\n"), "{}", rude.found);
        assert!(!rude.found.contains(char::is_control));
    }
}
