//! Threads that stand by: work begins on them without a system call.
//!
//! A training step of these networks takes a tenth to a few milliseconds and forks seven
//! times; to wake a sleeping thread each time would cost more than it gains. The helpers
//! here watch a number for a while before they sleep: 1 to 3 µs a fork. Whoever posts work takes part in it,
//! from the first shard on, and helpers from the last: a helper that the system has put
//! aside is not waited for unless it has begun. Work owns what it reads, so that all this
//! needs no unsafe code: tensors are cheap to clone.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};

/// How often a helper looks before it lets others have the core, and before it sleeps:
/// some 20 µs, some 200 µs.
const GLANCES: u32 = 500;
const PATIENCE: u32 = 1000;

/// Threads that share work.
#[derive(Clone)]
pub struct Team {
    board: Arc<Board>,
    helpers: Arc<Helpers>,
}

/// Where work is posted.
struct Board {
    /// Rises with every post.
    number: AtomicUsize,
    post: Mutex<Option<Arc<dyn Job>>>,
    over: AtomicUsize,
}

/// The helpers; they end with the last handle on the team.
struct Helpers {
    board: Arc<Board>,
    threads: Vec<Thread>,
}

impl Drop for Helpers {
    fn drop(&mut self) {
        self.board.over.store(1, Ordering::SeqCst);
        self.threads.iter().for_each(Thread::unpark);
    }
}

trait Job: Send + Sync {
    /// Does shards, the last first, until none is left to begin.
    fn help(&self);
}

/// Shards of some work and what came of them.
struct Shards<R, F> {
    work: F,
    /// Not yet begun.
    left: Mutex<VecDeque<usize>>,
    done: Mutex<Vec<Option<R>>>,
    open: AtomicUsize,
}

impl<R: Send, F: Fn(usize) -> R + Send + Sync> Shards<R, F> {
    fn next(&self, last: bool) -> Option<usize> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if last { left.pop_back() } else { left.pop_front() }
    }

    fn work(&self, last: bool) {
        /// A shard that panics is closed all the same; its place stays empty.
        struct Closing<'a>(&'a AtomicUsize);
        impl Drop for Closing<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Release);
            }
        }
        while let Some(shard) = self.next(last) {
            let _closing = Closing(&self.open);
            let result = (self.work)(shard);
            self.done.lock().unwrap_or_else(PoisonError::into_inner)[shard] = Some(result);
        }
    }
}

impl<R: Send, F: Fn(usize) -> R + Send + Sync> Job for Shards<R, F> {
    fn help(&self) {
        self.work(true);
    }
}

/// Looks again and again, ever more politely; false once its patience is over.
fn wait_until(ready: impl Fn() -> bool, patience: u32) -> bool {
    for glance in 0..patience {
        if ready() {
            return true;
        }
        if glance < GLANCES {
            (0..4).for_each(|_| std::hint::spin_loop());
        } else {
            thread::yield_now();
        }
    }
    false
}

impl Board {
    fn serve(&self) {
        let mut seen = 0;
        loop {
            let news = || self.number.load(Ordering::Acquire) != seen || self.over.load(Ordering::SeqCst) > 0;
            while !wait_until(news, PATIENCE) {
                thread::park();
            }
            if self.over.load(Ordering::SeqCst) > 0 {
                return;
            }
            seen = self.number.load(Ordering::Acquire);
            let post = self.post.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some(job) = post {
                // The caller learns of a panic by what is missing; this thread stays.
                let _ = catch_unwind(AssertUnwindSafe(|| job.help()));
            }
        }
    }
}

thread_local! {
    static CHOSEN: RefCell<Option<Team>> = const { RefCell::new(None) };
}

impl Team {
    /// A team of so many threads, its caller included.
    pub fn new(threads: usize) -> Self {
        let board = Arc::new(Board {
            number: AtomicUsize::new(0),
            post: Mutex::new(None),
            over: AtomicUsize::new(0),
        });
        // A thread that cannot be had is done without.
        let helper = |at| {
            let board = Arc::clone(&board);
            let named = thread::Builder::new().name(format!("team-{at}"));
            named.spawn(move || board.serve()).ok().map(|helper| helper.thread().clone())
        };
        let threads = (1..threads).filter_map(helper).collect();
        Self { helpers: Arc::new(Helpers { board: Arc::clone(&board), threads }), board }
    }

    /// The team of this thread: the one it was [installed](Team::install) in, or the one
    /// of the process, with a thread for each core or as many as the environment
    /// variable `RAYON_NUM_THREADS` says, which candle too obeys.
    pub fn current() -> Self {
        static OF_THE_PROCESS: OnceLock<Team> = OnceLock::new();
        CHOSEN.with_borrow(Clone::clone).unwrap_or_else(|| {
            let said = || std::env::var("RAYON_NUM_THREADS").ok()?.parse().ok().filter(|&n| n > 0);
            let cores = || thread::available_parallelism().map_or(1, usize::from);
            OF_THE_PROCESS.get_or_init(|| Self::new(said().unwrap_or_else(cores))).clone()
        })
    }

    /// How many threads it has, the caller's included.
    pub fn threads(&self) -> usize {
        self.helpers.threads.len() + 1
    }

    /// Runs something on this thread, with this team as its own.
    ///
    /// ```
    /// use labs::mlp::team::Team;
    /// assert_eq!(Team::new(1).install(|| Team::current().threads()), 1);
    /// ```
    pub fn install<R>(&self, run: impl FnOnce() -> R) -> R {
        let before = CHOSEN.replace(Some(self.clone()));
        let result = run();
        CHOSEN.set(before);
        result
    }

    /// What `work` gives for each of so many shards, in order. The place of a shard that
    /// panicked is empty.
    pub(crate) fn run<R: Send + 'static>(
        &self,
        shards: usize,
        work: impl Fn(usize) -> R + Send + Sync + 'static,
    ) -> Vec<Option<R>> {
        if shards < 2 || self.helpers.threads.is_empty() {
            return (0..shards).map(|shard| Some(work(shard))).collect();
        }
        let job = Arc::new(Shards {
            work,
            left: Mutex::new((0..shards).collect()),
            done: Mutex::new((0..shards).map(|_| None).collect()),
            open: AtomicUsize::new(shards),
        });
        let post = |post| *self.board.post.lock().unwrap_or_else(PoisonError::into_inner) = post;
        post(Some(Arc::clone(&job) as Arc<dyn Job>));
        self.board.number.fetch_add(1, Ordering::Release);
        self.helpers.threads.iter().take(shards - 1).for_each(Thread::unpark);
        job.work(false);
        while !wait_until(|| job.open.load(Ordering::Acquire) == 0, u32::MAX) {}
        post(None);
        std::mem::take(&mut *job.done.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_their_shards() {
        for threads in [1, 2, 5] {
            let team = Team::new(threads);
            assert_eq!(team.threads(), threads);
            for shards in [0, 1, 2, 3, 17] {
                for _ in 0..50 {
                    let squares = team.run(shards, |shard| shard * shard);
                    assert_eq!(squares, (0..shards).map(|shard| Some(shard * shard)).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn a_shard_that_panics_is_missing_and_the_team_goes_on() {
        let team = Team::new(2);
        for round in 0..20 {
            // The last shard is a helper's, if it comes in time.
            let work =
                move |shard| if shard == 2 && round % 2 == 0 { panic!("shard {shard}") } else { shard };
            let results = catch_unwind(AssertUnwindSafe(|| team.run(3, work)));
            if let Ok(results) = results {
                assert_eq!(results[..2], [Some(0), Some(1)]);
                assert_eq!(results[2], (round % 2 == 1).then_some(2));
            }
        }
        assert_eq!(team.run(2, |shard| shard), [Some(0), Some(1)]);
    }

    #[test]
    fn callers_and_their_shards_may_share_a_team() {
        let team = Team::new(3);
        thread::scope(|scope| {
            for caller in 0..4 {
                let team = &team;
                scope.spawn(move || {
                    for _ in 0..50 {
                        let inner = team.clone();
                        let sums = team.run(4, move |shard| {
                            inner.run(3, move |part| caller + shard + part).into_iter().flatten().sum()
                        });
                        assert_eq!(
                            sums,
                            (0..4).map(|shard| Some(3 * (caller + shard) + 3)).collect::<Vec<_>>()
                        );
                    }
                });
            }
        });
    }

    #[test]
    fn helpers_end_with_their_team() {
        let team = Team::new(3);
        let board = Arc::downgrade(&team.board);
        team.run(3, |shard| shard);
        drop(team);
        let start = std::time::Instant::now();
        while board.strong_count() > 0 {
            assert!(start.elapsed().as_secs() < 20, "{} hold on to the board", board.strong_count());
            thread::yield_now();
        }
    }
}
