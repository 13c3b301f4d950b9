//! Reads on several threads: queries side by side, and reads that are waited for later.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use atra_core::{Error, ErrorKind, Result};
use rusqlite::types::Value;
use serde::de::DeserializeOwned;

use super::Store;
use super::health::lock;
use super::query::Rows;
use super::request::panic_text;
use super::ticket::{Outcome, Ticket, ticket};

type Work = Box<dyn FnOnce() + Send>;

/// Threads that read, started when needed, as many as there may be connections; they end when idle for long.
pub(super) struct Workers {
    jobs: Mutex<Jobs>,
    wake: Condvar,
    most: usize,
}

#[derive(Default)]
struct Jobs {
    waiting: VecDeque<Work>,
    threads: usize,
    idle: usize,
}

/// How long a thread waits for the next read before it ends.
const LINGER: std::time::Duration = std::time::Duration::from_secs(2);

impl Workers {
    pub(super) fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { jobs: Mutex::default(), wake: Condvar::new(), most })
    }

    fn run(self: &Arc<Self>, work: Work) -> Result<()> {
        let mut jobs = lock(&self.jobs);
        jobs.waiting.push_back(work);
        if jobs.idle >= jobs.waiting.len() || jobs.threads >= self.most {
            drop(jobs);
            self.wake.notify_one();
            return Ok(());
        }
        jobs.threads += 1;
        let nobody = jobs.threads == 1;
        drop(jobs);
        let workers = Arc::clone(self);
        let started = thread::Builder::new().name("atra-read".to_owned()).spawn(move || workers.serve());
        if let Err(error) = started {
            let mut jobs = lock(&self.jobs);
            jobs.threads -= 1;
            // With others at work it will only take longer.
            if nobody {
                jobs.waiting.clear();
                let message = format!("a thread to read cannot start: {error}");
                return Err(Error::new(ErrorKind::Io, message).with_source(error));
            }
        }
        Ok(())
    }

    fn serve(&self) {
        let mut jobs = lock(&self.jobs);
        loop {
            if let Some(work) = jobs.waiting.pop_front() {
                drop(jobs);
                work();
                jobs = lock(&self.jobs);
                continue;
            }
            jobs.idle += 1;
            let (woken, timeout) =
                self.wake.wait_timeout(jobs, LINGER).unwrap_or_else(PoisonError::into_inner);
            jobs = woken;
            jobs.idle -= 1;
            if timeout.timed_out() && jobs.waiting.is_empty() {
                jobs.threads -= 1;
                return;
            }
        }
    }
}

impl Store {
    /// Runs `work` with this store on another thread: the async form of every method that waits. The ticket brings
    /// the result, to threads and to async tasks of any runtime.
    ///
    /// There are as many such threads as there may be readers. Very many writes at once are better
    /// [`submit`](Self::submit)ted, so that they share their commits.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// let users = store.spawn(|store| store.users())?;
    /// assert!(users.wait()?.is_empty()); // or `.await`
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn spawn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<Ticket<T>> {
        self.inner.health.check()?;
        let (promise, ticket) = ticket(&self.inner.health);
        let store = self.clone();
        self.inner.workers.run(Box::new(move || {
            if !promise.begin() {
                return;
            }
            let outcome = match catch_unwind(AssertUnwindSafe(|| work(&store))) {
                Ok(Ok(value)) => Outcome::Committed(value),
                Ok(Err(error)) => Outcome::Rejected(error),
                Err(panic) => {
                    let message = format!("the closure panicked ({})", panic_text(&*panic));
                    Outcome::Rejected(Error::new(ErrorKind::Database, message))
                }
            };
            // First, so that whoever learns the result may close the store with no clone of it left.
            drop(store);
            promise.keep(outcome);
        }))?;
        Ok(ticket)
    }

    /// Runs queries side by side, as many at once as there may be readers: SQL and parameters. The results stand in
    /// the order of the queries; one that fails fails alone.
    ///
    /// ```
    /// # let directory = tempfile::tempdir()?;
    /// let store = atra::Store::open(directory.path().join("bot.db"))?;
    /// let results = store.execute_queries_parallel([
    ///     ("SELECT count(*) FROM users", vec![]),
    ///     ("SELECT missing", vec![]),
    ///     ("SELECT ?1 + 1", vec![41.into()]),
    /// ]);
    /// assert_eq!(results[0].as_ref().map(|rows| rows.len()).ok(), Some(1));
    /// assert!(results[1].is_err());
    /// assert_eq!(results[2].as_ref().ok().and_then(|rows| rows.iter().next()?.get(0).ok()), Some(42));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn execute_queries_parallel<S: Into<String>>(
        &self,
        queries: impl IntoIterator<Item = (S, Vec<Value>)>,
    ) -> Vec<Result<Arc<Rows>>> {
        let tickets: Vec<_> = queries
            .into_iter()
            .map(|(sql, params)| {
                let sql = sql.into();
                self.spawn(move |store| store.query_values(&sql, &params))
            })
            .collect();
        tickets.into_iter().map(|ticket| ticket?.wait()).collect()
    }

    /// As [`get_multiple_user_data`](Self::get_multiple_user_data), with the users shared out among the readers.
    pub fn get_multiple_user_data_parallel<T: DeserializeOwned + Send + 'static>(
        &self,
        users: &[&str],
        key: &str,
    ) -> Result<Vec<Option<T>>> {
        let share = users.len().div_ceil(self.inner.workers.most).max(1);
        let tickets = users
            .chunks(share)
            .map(|users| {
                let users: Vec<String> = users.iter().map(|user| (*user).to_owned()).collect();
                let key = key.to_owned();
                self.spawn(move |store| {
                    let users: Vec<&str> = users.iter().map(String::as_str).collect();
                    store.get_multiple_user_data(&users, &key)
                })
            })
            .collect::<Result<Vec<_>>>()?;
        let mut values = Vec::with_capacity(users.len());
        for ticket in tickets {
            values.append(&mut ticket.wait()?);
        }
        Ok(values)
    }
}
