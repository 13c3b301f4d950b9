//! The same work for many columns, side by side.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, available_parallelism, scope};
use std::vec::IntoIter;

use atra_core::Result;

/// With fewer values a thread costs more than it saves.
const WORTH_A_THREAD: usize = 1 << 14;

/// How many threads can run at once.
pub(super) fn processors() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

/// Does each job, in all of so many `values`, on as many threads as there are processors for; what they return is in the
/// order of the jobs. Of several that fail the first is told.
pub(super) fn each<T: Send, R: Send>(
    jobs: Vec<T>,
    values: usize,
    work: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let mut results = Vec::with_capacity(jobs.len());
    each_in_turn(jobs, values, usize::MAX, work, |result| {
        results.push(result);
        Ok(())
    })?;
    Ok(results)
}

/// As [`each`]; what a job returns is taken, in the order of the jobs and on this thread, as soon as it is there, while
/// others go on. No job is begun before the one so many places `ahead` of it has been taken.
pub(super) fn each_in_turn<T: Send, R: Send>(
    jobs: Vec<T>,
    values: usize,
    ahead: usize,
    work: impl Fn(T) -> Result<R> + Sync,
    mut take: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let threads = (values / WORTH_A_THREAD).min(jobs.len());
    let threads = if threads > 1 { threads.min(processors()) } else { 1 };
    if threads == 1 {
        return jobs.into_iter().try_for_each(|job| take(work(job)?));
    }
    let queue = Queue {
        state: Mutex::new(State { jobs: jobs.into_iter(), begun: 0, taken: 0, done: BTreeMap::new() }),
        changed: Condvar::new(),
        ahead: ahead.max(1),
    };
    let help = || {
        let closing = Closing(&queue);
        while let Some((place, job)) = queue.next() {
            queue.put(place, work(job));
        }
        std::mem::forget(closing); // all jobs have begun; what others still work on is waited for
    };
    scope(|scope| {
        // Whatever ends this thread's part ends that of the others.
        let _closing = Closing(&queue);
        for _ in 1..threads {
            // Where there is no thread to be had, this one does it all.
            let _ = Builder::new().spawn_scoped(scope, help);
        }
        loop {
            match queue.turn() {
                Turn::Take(result) => {
                    take(result?)?;
                    queue.took();
                }
                Turn::Do(place, job) => queue.put(place, work(job)),
                Turn::End => return Ok(()),
            }
        }
    })
}

/// Jobs, and what has come of them.
struct Queue<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
    ahead: usize,
}

struct State<T, R> {
    jobs: IntoIter<T>,
    begun: usize,
    taken: usize,
    /// Results that have not been taken, by the places of their jobs.
    done: BTreeMap<usize, Result<R>>,
}

/// What the thread that takes the results does next.
enum Turn<T, R> {
    Take(Result<R>),
    Do(usize, T),
    End,
}

impl<T, R> Queue<T, R> {
    fn state(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State<T, R>>) -> MutexGuard<'a, State<T, R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, once it may begin; none when all have begun.
    fn next(&self) -> Option<(usize, T)> {
        let mut state = self.state();
        while !state.jobs.as_slice().is_empty() && state.begun - state.taken >= self.ahead {
            state = self.wait(state);
        }
        state.begin()
    }

    fn put(&self, place: usize, result: Result<R>) {
        self.state().done.insert(place, result);
        self.changed.notify_all();
    }

    fn turn(&self) -> Turn<T, R> {
        let mut state = self.state();
        loop {
            let next = state.taken;
            if let Some(result) = state.done.remove(&next) {
                return Turn::Take(result);
            }
            if state.begun - state.taken < self.ahead
                && let Some((place, job)) = state.begin()
            {
                return Turn::Do(place, job);
            }
            if state.begun == state.taken {
                return Turn::End;
            }
            state = self.wait(state);
        }
    }

    fn took(&self) {
        self.state().taken += 1;
        self.changed.notify_all();
    }
}

impl<T, R> State<T, R> {
    fn begin(&mut self) -> Option<(usize, T)> {
        let job = self.jobs.next()?;
        self.begun += 1;
        Some((self.begun - 1, job))
    }
}

/// When a thread's part ends early, no more jobs begin, and nobody waits for its result.
struct Closing<'a, T, R>(&'a Queue<T, R>);

impl<T, R> Drop for Closing<'_, T, R> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.jobs = Vec::new().into_iter();
        state.begun = state.taken;
        drop(state);
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::sleep;
    use std::time::Duration;

    use super::{each, each_in_turn};
    use crate::files::parquet::data;

    #[test]
    fn results_are_in_order_and_the_first_failure_is_told() {
        for values in [0, usize::MAX] {
            let doubled = each((0..100).collect(), values, |job: usize| Ok(job * 2)).unwrap();
            assert!(doubled.into_iter().eq((0..100).map(|job| job * 2)));
            let work = |job: usize| if job < 37 { Ok(()) } else { Err(data(job.to_string())) };
            assert_eq!(each((0..100).collect(), values, work).unwrap_err().to_string(), "37");
        }
    }

    /// What is begun and not yet taken stays within its bound, and a failure to take ends everything.
    #[test]
    fn no_job_begins_far_ahead_and_none_after_a_failure() {
        for ahead in [1, 2, 7] {
            let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |job: usize| {
                let begun = begun.fetch_add(1, Ordering::SeqCst) + 1;
                assert!(begun <= taken.load(Ordering::SeqCst) + ahead, "{begun} begun");
                Ok(job)
            };
            let mut next = 0;
            let failed = each_in_turn((0..1_000).collect(), usize::MAX, ahead, work, |job| {
                assert_eq!(job, next);
                next += 1;
                // Counted before the queue counts it: what was begun is never more than this and `ahead`.
                taken.fetch_add(1, Ordering::SeqCst);
                sleep(Duration::from_micros(100)); // others have time to run ahead
                if job < 500 { Ok(()) } else { Err(data("full")) }
            });
            assert_eq!(failed.unwrap_err().to_string(), "full");
            assert!(begun.load(Ordering::SeqCst) <= 501 + ahead);
        }
    }

    /// A panic is passed on, and nobody waits for what will not come.
    #[test]
    fn a_panic_ends_all() {
        for bad in [0, 1, 50, 99] {
            let work = |job: usize| {
                assert!(job != bad, "bad job");
                Ok(())
            };
            let all = || each((0..100).collect(), usize::MAX, work);
            assert!(catch_unwind(AssertUnwindSafe(all)).is_err(), "{bad}");
        }
    }
}
