//! Columns side by side.

use std::num::NonZero;
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

/// With fewer values a thread costs more than it saves.
const WORTH_A_THREAD: usize = 1 << 14;

/// Does the same to each column, all of so many `rows`, on as many threads as there are processors for.
pub(super) fn for_each<T: Send>(columns: Vec<T>, rows: usize, work: impl Fn(T) + Sync) {
    let count = columns.len();
    let threads =
        (rows * count / WORTH_A_THREAD).min(count).min(available_parallelism().map_or(1, NonZero::get));
    let columns = Mutex::new(columns.into_iter());
    let next = || columns.lock().unwrap_or_else(PoisonError::into_inner).next();
    let all = || {
        while let Some(column) = next() {
            work(column);
        }
    };
    scope(|scope| {
        for _ in 1..threads {
            // Where there is no thread to be had, this one does it all.
            let _ = Builder::new().spawn_scoped(scope, all);
        }
        all();
    });
}
