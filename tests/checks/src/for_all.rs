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
    let broken = RefCell::new(None);
    let result = runner.run(strategy, |value| match guarded(|| case(&value)) {
        Ok(share) => {
            tally.borrow_mut().count(share);
            Ok(())
        }
        Err(mut why) => {
            if why.manner == Manner::Panicked {
                why.at = format!("the input {value:?}");
            }
            // The runner ends its shrinking with the smallest value that fails,
            // but not with a call on it: remember every failure by its value.
            let value = format!("{value:?}");
            broken.borrow_mut().replace((value.clone(), why));
            Err(TestCaseError::fail(value))
        }
    });
    match result {
        Ok(()) => Ok(tally.into_inner()),
        Err(TestError::Fail(_, smallest)) => {
            let last = broken.into_inner();
            match last {
                Some((value, why)) if value == format!("{smallest:?}") => Err(why),
                _ => Err(guarded(|| case(&smallest)).err().unwrap_or_else(|| {
                    Broken::new(format!("{smallest:?}"), "the same result each time", "a different one")
                })),
            }
        }
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
            found: format!("panic: {}{}", panic_message(payload.as_ref()), PLACE.take()),
            off_by: None,
        }))
    })
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
