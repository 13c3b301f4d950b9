//! One load at a time: who misses the cache while another already loads the same waits for that result.

use std::any::Any;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::health::lock;
use super::tables::Stamp;

pub(super) type Shared = Arc<dyn Any + Send + Sync>;

/// Loads under way.
pub(super) struct Flights<K>(Mutex<HashMap<K, Arc<Flight>>>);

pub(super) struct Flight {
    /// Taken before the load began: whoever has the same one may share its result.
    stamp: Stamp,
    landed: Mutex<Option<Landed>>,
    ready: Condvar,
}

#[derive(Clone)]
enum Landed {
    With(Shared),
    Failed,
}

/// The load that others wait for; without a result when dropped, they load for themselves.
pub(super) struct Pilot<'a, K: Eq + Hash> {
    flights: &'a Flights<K>,
    flight: Arc<Flight>,
    key: K,
}

pub(super) enum Boarding<'a, K: Eq + Hash> {
    Lead(Pilot<'a, K>),
    Join(Arc<Flight>),
}

impl<K> Default for Flights<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash + Clone> Flights<K> {
    pub(super) fn board(&self, key: K, stamp: Stamp) -> Boarding<'_, K> {
        let mut flights = lock(&self.0);
        if let Some(flight) = flights.get(&key)
            && flight.stamp == stamp
        {
            return Boarding::Join(Arc::clone(flight));
        }
        let flight = Arc::new(Flight { stamp, landed: Mutex::new(None), ready: Condvar::new() });
        flights.insert(key.clone(), Arc::clone(&flight));
        Boarding::Lead(Pilot { flights: self, flight, key })
    }
}

impl Flight {
    /// The result, once there is one.
    pub(super) fn wait(&self) -> Option<Shared> {
        let mut landed = lock(&self.landed);
        loop {
            match &*landed {
                Some(Landed::With(value)) => return Some(Arc::clone(value)),
                Some(Landed::Failed) => return None,
                None => landed = self.ready.wait(landed).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn land(&self, landed: Landed) {
        lock(&self.landed).get_or_insert(landed);
        self.ready.notify_all();
    }
}

impl<K: Eq + Hash> Pilot<'_, K> {
    pub(super) fn land(&self, value: Shared) {
        self.flight.land(Landed::With(value));
    }
}

impl<K: Eq + Hash> Drop for Pilot<'_, K> {
    fn drop(&mut self) {
        self.flight.land(Landed::Failed);
        let mut flights = lock(&self.flights.0);
        // A later one, of a newer state, may have taken the place.
        if flights.get(&self.key).is_some_and(|flight| Arc::ptr_eq(flight, &self.flight)) {
            flights.remove(&self.key);
        }
    }
}
