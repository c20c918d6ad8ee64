//! Threads that stand by: work begins on them without a system call.
//!
//! A training step of these networks takes a tenth to a few milliseconds and forks
//! several times; waking a sleeping thread costs 5 to 50 µs each time. The helpers here
//! watch a number for a while before they sleep. Whoever posts work takes part in it,
//! from the first shard on, and helpers from the last: a helper that the system has put
//! aside is not waited for unless it has begun. Work owns what it reads, so that all this
//! needs no unsafe code: tensors are cheap to clone.

use std::cell::RefCell;
use std::collections::VecDeque;
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
                job.help();
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
