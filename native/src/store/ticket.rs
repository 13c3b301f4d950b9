//! A ticket: the result of a write that has been queued but not yet committed.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use atra_core::{Error, ErrorKind, Result};

use super::health::{Health, lock};

/// Waits for one write: block on it with [`wait`](Self::wait), or `.await` it on any runtime.
///
/// Dropping a ticket does not take the write back; nobody learns how it went.
#[derive(Debug)]
#[must_use = "the write is acknowledged through its ticket"]
pub struct Ticket<T>(Arc<Slot<T>>);

/// The writer's half; dropped unsent, it tells the ticket that the store has stopped.
pub(super) struct Promise<T>(Arc<Slot<T>>);

#[derive(Debug)]
struct Slot<T> {
    state: Mutex<State<T>>,
    ready: Condvar,
    health: Arc<Health>,
}

#[derive(Debug)]
enum State<T> {
    Waiting(Option<Waker>),
    Done(Result<T>),
    Taken,
}

pub(super) fn ticket<T>(health: &Arc<Health>) -> (Promise<T>, Ticket<T>) {
    let slot = Arc::new(Slot {
        state: Mutex::new(State::Waiting(None)),
        ready: Condvar::new(),
        health: Arc::clone(health),
    });
    (Promise(Arc::clone(&slot)), Ticket(slot))
}

impl<T> Promise<T> {
    pub(super) fn keep(&self, result: Result<T>) {
        let mut state = lock(&self.0.state);
        if let State::Waiting(waker) = &mut *state {
            let waker = waker.take();
            *state = State::Done(result);
            drop(state);
            self.0.ready.notify_all();
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.keep(Err(self.0.health.error()));
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<Result<T>> {
        match std::mem::replace(self, Self::Taken) {
            Self::Done(result) => Some(result),
            other => {
                *self = other;
                None
            }
        }
    }
}

impl<T> Ticket<T> {
    /// Blocks until the write is committed, and returns what its closure returned.
    ///
    /// Fails with the closure's error, the database's, or
    /// [`ErrorKind::Closed`](atra_core::ErrorKind::Closed) when the store stopped first. After a failure nothing
    /// of the write is in the database.
    pub fn wait(self) -> Result<T> {
        let mut state = lock(&self.0.state);
        loop {
            if let Some(result) = state.take() {
                return result;
            }
            self.0.health.refuse_on_writer("wait")?;
            state = self.0.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T> Future for Ticket<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let mut state = lock(&self.0.state);
        if let Some(result) = state.take() {
            return Poll::Ready(result);
        }
        if let State::Waiting(waker) = &mut *state {
            *waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        // Polled again after it was ready: an error, not a hang.
        Poll::Ready(Err(Error::new(ErrorKind::Parameter, "the result of this ticket was already taken")))
    }
}
