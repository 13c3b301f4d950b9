//! A ticket: the result of a write that has been queued but not yet committed.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use atra_core::{Error, ErrorKind, Result};

use super::health::{Health, lock};

/// What became of a write.
#[derive(Debug)]
#[must_use]
pub enum Outcome<T> {
    /// It is stored, as durably as was asked, and returned this.
    Committed(T),
    /// Nothing of it is stored, and nothing ever will be.
    Rejected(Error),
    /// The commit itself failed on its way to the disk: it may or may not be found after a restart. A write with
    /// an id ([`Store::write_once`](super::Store::write_once)) can be sent again without harm.
    Unknown(Error),
}

impl<T> Outcome<T> {
    /// The value, or the error whatever the fate.
    pub fn into_result(self) -> Result<T> {
        match self {
            Self::Committed(value) => Ok(value),
            Self::Rejected(error) => Err(error),
            Self::Unknown(error) => Err(error.context("it is unknown whether the write was stored")),
        }
    }
}

/// Waits for one request: block on it with [`wait`](Self::wait), or `.await` it on any runtime.
///
/// Dropping a ticket does not take the request back ([`cancel`](Self::cancel) does); nobody learns how it went.
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
    /// Not begun, or running.
    Waiting {
        begun: bool,
        sleeper: bool,
        waker: Option<Waker>,
    },
    Done(Outcome<T>),
    Taken,
}

pub(super) fn ticket<T>(health: &Arc<Health>) -> (Promise<T>, Ticket<T>) {
    let slot = Arc::new(Slot {
        state: Mutex::new(State::Waiting { begun: false, sleeper: false, waker: None }),
        ready: Condvar::new(),
        health: Arc::clone(health),
    });
    (Promise(Arc::clone(&slot)), Ticket(slot))
}

impl<T> Promise<T> {
    /// Whether the work is still wanted; from here on it cannot be cancelled.
    pub(super) fn begin(&self) -> bool {
        match &mut *lock(&self.0.state) {
            State::Waiting { begun, .. } => {
                *begun = true;
                true
            }
            _ => false,
        }
    }

    pub(super) fn keep(&self, outcome: Outcome<T>) {
        let mut state = lock(&self.0.state);
        if let State::Waiting { waker, sleeper, .. } = &mut *state {
            let (waker, sleeper) = (waker.take(), *sleeper);
            *state = State::Done(outcome);
            drop(state);
            // Waking costs a system call; mostly nobody sleeps.
            if sleeper {
                self.0.ready.notify_all();
            }
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        self.keep(Outcome::Rejected(self.0.health.error()));
    }
}

impl<T> State<T> {
    fn take(&mut self) -> Option<Outcome<T>> {
        match std::mem::replace(self, Self::Taken) {
            Self::Done(outcome) => Some(outcome),
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
    /// of the write is in the database, unless the error says that this is unknown; [`outcome`](Self::outcome)
    /// tells the two apart.
    pub fn wait(self) -> Result<T> {
        self.outcome().into_result()
    }

    /// Blocks until it is known what became of the write.
    pub fn outcome(self) -> Outcome<T> {
        match self.outcome_until(None) {
            Ok(outcome) => outcome,
            // Without a deadline there is always an outcome.
            Err(ticket) => Outcome::Rejected(ticket.0.health.error()),
        }
    }

    /// As [`outcome`](Self::outcome), for at most `time`; then the ticket comes back, and the write goes on.
    pub fn outcome_within(self, time: Duration) -> Result<Outcome<T>, Self> {
        self.outcome_until(Instant::now().checked_add(time))
    }

    fn outcome_until(self, deadline: Option<Instant>) -> Result<Outcome<T>, Self> {
        let slot = Arc::clone(&self.0);
        let mut state = lock(&slot.state);
        loop {
            if let Some(outcome) = state.take() {
                return Ok(outcome);
            }
            if let Err(error) = slot.health.refuse_in_write("wait") {
                return Ok(Outcome::Rejected(error));
            }
            if let State::Waiting { sleeper, .. } = &mut *state {
                *sleeper = true;
            }
            state = match deadline.map(|end| end.saturating_duration_since(Instant::now())) {
                None => slot.ready.wait(state).unwrap_or_else(PoisonError::into_inner),
                Some(Duration::ZERO) => return Err(self),
                Some(left) => slot.ready.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            };
        }
    }

    /// Takes the request back if it has not begun: `true` means that nothing of it is stored or will be.
    #[must_use]
    pub fn cancel(self) -> bool {
        let mut state = lock(&self.0.state);
        let begun = !matches!(*state, State::Waiting { begun: false, .. });
        if !begun {
            *state = State::Taken;
        }
        !begun
    }
}

impl<T> Future for Ticket<T> {
    type Output = Result<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        let mut state = lock(&self.0.state);
        if let Some(outcome) = state.take() {
            return Poll::Ready(outcome.into_result());
        }
        if let State::Waiting { waker, .. } = &mut *state {
            *waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        // Polled again after it was ready: an error, not a hang.
        Poll::Ready(Err(Error::new(ErrorKind::Parameter, "the result of this ticket was already taken")))
    }
}
