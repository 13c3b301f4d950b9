//! The same work for many columns, side by side.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

use atra_core::Result;

/// With fewer values a thread costs more than it saves.
const WORTH_A_THREAD: usize = 1 << 14;

/// How many threads can run at once.
pub(super) fn processors() -> usize {
    available_parallelism().map_or(1, NonZero::get)
}

/// Does each job, in all of so many `values`, on as many threads as there are processors for; what they return is in the
/// order of the jobs. The jobs are begun in their order, so that of several that fail the first is told.
pub(super) fn each<T: Send, R: Send>(
    jobs: Vec<T>,
    values: usize,
    work: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let threads = (values / WORTH_A_THREAD).min(jobs.len());
    let threads = if threads > 1 { threads.min(processors()) } else { 1 };
    if threads == 1 {
        return jobs.into_iter().map(work).collect();
    }
    let done = Mutex::new(Vec::with_capacity(jobs.len()));
    let jobs = Mutex::new(Some(jobs.into_iter().enumerate()));
    let all = || {
        loop {
            let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).as_mut().and_then(Iterator::next);
            let Some((place, job)) = next else { return };
            let result = work(job);
            if result.is_err() {
                // What is left is not worth beginning.
                *jobs.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
            done.lock().unwrap_or_else(PoisonError::into_inner).push((place, result));
        }
    };
    scope(|scope| {
        for _ in 1..threads {
            // Where there is no thread to be had, this one does it all.
            let _ = Builder::new().spawn_scoped(scope, all);
        }
        all();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;
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
}
