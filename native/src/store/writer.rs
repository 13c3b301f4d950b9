//! The only connection that writes. Whoever holds it takes what waits, commits it as one transaction, and only then
//! tells.
//!
//! A call that finds the connection free runs its write itself: handing it to another thread and back costs two
//! wake-ups, as much as a sync to disk. Everything else queues up for the writer's thread.

use std::collections::{HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use atra_core::{Error, ErrorKind, Result};
use rusqlite::Connection;

use super::Durability;
use super::failure::sql_error;
use super::governor::Governor;
use super::health::{CLOSED, Health, lock};
use super::learn::{Guard, Notes, SAVEPOINT, ignore_statements, watch_statements};
use super::profile::{Counting, Profiler};
use super::request::{GroupFailure, Request, panic_text};
use super::stats::Counters;
use super::tables::{TableSet, Tables};

/// The most writes in one transaction: past it nothing is gained, and the first in it would wait for the last.
const GROUP: usize = 512;

/// A group as large as this is worth its sync as it is; smaller ones wait for as many writers as the last one had, for a
/// part of what a sync takes. Eight tasks with one write in flight each gained a tenth by it.
const MOST_AWAITED: usize = 32;
const LONGEST_PATIENCE: Duration = Duration::from_micros(100);

/// How often the writer's thread looks whether another process changed the database; every group looks too. So a
/// cached result can miss such a change for this long, or for as long as one group takes.
const IDLE_TICK: Duration = Duration::from_millis(200);

/// What all threads share.
pub(super) struct Writer {
    /// `None` once closed or dead.
    core: Mutex<Option<Core>>,
    queue: Mutex<Queue>,
    /// Something is in the queue, or it was closed.
    wake: Condvar,
    /// There is room in the queue again.
    room: Condvar,
    capacity: usize,
    health: Arc<Health>,
    tables: Arc<Tables>,
    counters: Arc<Counters>,
    opened: Instant,
    governor: Governor,
    governor_is_due: AtomicBool,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Box<dyn Request>>,
    closed: bool,
    thread_sleeps: bool,
}

/// The connection and what is known about it.
struct Core {
    conn: Connection,
    guard: Arc<Guard>,
    /// The tables a statement writes.
    learned: HashMap<String, TableSet>,
    data_version: i64,
    durability: Durability,
    profiler: Option<Arc<Profiler>>,
    rhythm: Rhythm,
    /// Here and not in a local, so that a panic of the writer finds its reason recorded before the tickets of
    /// the group learn of it.
    group: Vec<Box<dyn Request>>,
}

/// What the last group tells of the next one.
#[derive(Clone, Copy, Default)]
struct Rhythm {
    size: usize,
    /// How long those in it may take to write again.
    patience: Duration,
}

impl Rhythm {
    fn of(size: usize, commit: Duration, durability: Durability) -> Self {
        // Without a sync, another commit costs less than waiting.
        let size = if durability == Durability::Power { size.min(MOST_AWAITED) } else { 0 };
        Self { size, patience: (commit / 3).min(LONGEST_PATIENCE) }
    }
}

impl Writer {
    pub(super) fn new(
        conn: Connection,
        options: &super::StoreOptions,
        health: Arc<Health>,
        tables: Arc<Tables>,
        counters: Arc<Counters>,
        governor: Governor,
        profiler: Option<Arc<Profiler>>,
    ) -> Result<Self> {
        let guard = Arc::<Guard>::default();
        guard.install(&conn).map_err(sql_error)?;
        watch_statements(&conn, profiler.is_some());
        let data_version = data_version(&conn).map_err(sql_error)?;
        let core = Core {
            conn,
            guard,
            learned: HashMap::new(),
            data_version,
            durability: Durability::Power,
            profiler,
            rhythm: Rhythm::default(),
            group: Vec::with_capacity(GROUP),
        };
        Ok(Self {
            core: Mutex::new(Some(core)),
            queue: Mutex::default(),
            wake: Condvar::new(),
            room: Condvar::new(),
            capacity: options.queue,
            health,
            tables,
            counters,
            opened: Instant::now(),
            governor,
            governor_is_due: AtomicBool::new(false),
        })
    }

    /// Commits the request before it returns if the connection is free, or queues it.
    pub(super) fn lead_or_push(&self, mut request: Box<dyn Request>) -> Result<()> {
        let core = match self.core.try_lock() {
            Ok(core) => core,
            Err(TryLockError::Poisoned(core)) => core.into_inner(),
            Err(TryLockError::WouldBlock) => return self.push(request),
        };
        self.lead_own(core, &mut *request)
    }

    /// Waits until the connection is free and commits the request, which may borrow from the caller.
    pub(super) fn lead_here(&self, request: &mut dyn Request) -> Result<()> {
        self.lead_own(lock(&self.core), request)
    }

    fn lead_own(&self, core: MutexGuard<'_, Option<Core>>, own: &mut dyn Request) -> Result<()> {
        if lock(&self.queue).closed {
            return Err(self.health.error());
        }
        self.lead(core, Some(own));
        if self.governor_is_due.load(Ordering::Relaxed) {
            self.wake.notify_one();
        }
        Ok(())
    }

    /// Queues the request; blocks while the queue is full.
    pub(super) fn push(&self, request: Box<dyn Request>) -> Result<()> {
        let mut queue = lock(&self.queue);
        while queue.waiting.len() >= self.capacity && !queue.closed {
            queue = self.room.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        self.put(queue, request)
    }

    /// Queues the request unless the queue is full.
    pub(super) fn try_push(&self, request: Box<dyn Request>) -> Result<()> {
        let queue = lock(&self.queue);
        if queue.waiting.len() >= self.capacity && !queue.closed {
            return Err(Error::new(
                ErrorKind::Full,
                format!("{} writes are waiting already; wait for some of them", self.capacity),
            ));
        }
        self.put(queue, request)
    }

    fn put(&self, mut queue: MutexGuard<'_, Queue>, request: Box<dyn Request>) -> Result<()> {
        if queue.closed {
            return Err(self.health.error());
        }
        queue.waiting.push_back(request);
        if std::mem::take(&mut queue.thread_sleeps) {
            drop(queue);
            self.wake.notify_one();
        }
        Ok(())
    }

    /// Takes no more writes; what is queued is still committed.
    pub(super) fn close(&self) {
        lock(&self.queue).closed = true;
        self.wake.notify_all();
        self.room.notify_all();
    }

    /// The writer's thread: until the queue is closed and empty, or until it can write no more.
    pub(super) fn serve(&self) {
        while self.next() {
            self.note_time();
            self.lead(lock(&self.core), None);
            if self.governor_is_due.swap(false, Ordering::Relaxed) {
                self.govern(lock(&self.core));
            }
        }
        self.governor.stop();
        // Nobody is left who could queue anything.
        if let Some(core) = lock(&self.core).take() {
            if let Some(profiler) = &core.profiler {
                let _ = core.execute("BEGIN IMMEDIATE").is_ok_and(|()| profiler.save(&core.conn).is_ok());
                let _ = core.conn.execute_batch("COMMIT");
            }
            // A suggestion to SQLite's planner; the store closes as well without it.
            let _ = core.conn.execute_batch("PRAGMA optimize");
        }
        self.health.stop(CLOSED);
    }

    /// Waits for something to do; `false` once there will be nothing any more.
    fn next(&self) -> bool {
        let mut queue = lock(&self.queue);
        loop {
            if !queue.waiting.is_empty() || self.governor_is_due.load(Ordering::Relaxed) {
                return true;
            }
            if queue.closed {
                return false;
            }
            queue.thread_sleeps = true;
            let (woken, timeout) =
                self.wake.wait_timeout(queue, IDLE_TICK).unwrap_or_else(PoisonError::into_inner);
            queue = woken;
            queue.thread_sleeps = false;
            if timeout.timed_out() {
                drop(queue);
                self.tick();
                queue = lock(&self.queue);
            }
        }
    }

    /// Moves the store's clock on.
    fn note_time(&self) {
        self.counters.ticks.set(i64::try_from(self.opened.elapsed().as_millis()).unwrap_or(i64::MAX));
    }

    fn tick(&self) {
        self.note_time();
        // Whoever holds the connection looks himself.
        if let Ok(mut place) = self.core.try_lock()
            && let Some(core) = &mut *place
        {
            self.notice_others(core);
            self.govern(place);
        }
    }

    fn govern(&self, place: MutexGuard<'_, Option<Core>>) {
        let Some(core) = &*place else { return };
        if let Err(error) = self.governor.look(&core.conn, &self.counters) {
            self.die(place, format!("the store's writer stopped: {error}; open the store again"));
        }
    }

    /// Gives up for good: every later call is told the reason.
    fn die(&self, mut place: MutexGuard<'_, Option<Core>>, reason: String) {
        self.health.stop(reason);
        // Dropping what is queued tells each ticket the reason.
        *place = None;
        self.close();
        let orphans = std::mem::take(&mut lock(&self.queue).waiting);
        drop(orphans);
    }

    /// Looks for commits of other processes now, waiting for the group under way.
    pub(super) fn look_for_others(&self) {
        if let Some(core) = &mut *lock(&self.core) {
            self.notice_others(core);
        }
    }

    /// Runs `work` on the connection, outside any transaction and between two groups.
    pub(super) fn exclusively<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T>) -> Result<T> {
        let mut core = lock(&self.core);
        let core = core.as_mut().ok_or_else(|| self.health.error())?;
        self.governor.stop();
        let result = work(&mut core.conn);
        // It may have been anything.
        core.learned.clear();
        self.tables.changed_elsewhere();
        result
    }

    /// Commits what is queued, and `own`, as one group.
    fn lead(&self, mut place: MutexGuard<'_, Option<Core>>, own: Option<&mut dyn Request>) {
        // What already waits, for while one group commits the next one gathers; and those who have just been told
        // of the last group and are about to write again. A lone writer is never delayed.
        let Some(core) = &mut *place else { return };
        let mut queue = self.gathered(core.rhythm, usize::from(own.is_some()));
        let was_full = queue.waiting.len() >= self.capacity;
        let taken = queue.waiting.len().min(GROUP - 1);
        core.group.extend(queue.waiting.drain(..taken));
        drop(queue);
        if was_full {
            self.room.notify_all();
        }
        if core.group.is_empty() && own.is_none() {
            return;
        }
        let reason = match catch_unwind(AssertUnwindSafe(|| self.commit_group(core, own))) {
            Ok(Ok(())) => return,
            Ok(Err(error)) => format!("the store's writer stopped: {error}; open the store again"),
            Err(panic) => {
                format!("the store's writer panicked ({}); open the store again", panic_text(&*panic))
            }
        };
        self.die(place, reason);
    }

    /// The queue, once it holds as many as the last group had, or they have had their time to come.
    fn gathered(&self, rhythm: Rhythm, own: usize) -> MutexGuard<'_, Queue> {
        let mut queue = lock(&self.queue);
        if queue.waiting.len() + own >= rhythm.size || queue.closed {
            return queue;
        }
        let end = Instant::now() + rhythm.patience;
        while queue.waiting.len() + own < rhythm.size && !queue.closed && Instant::now() < end {
            drop(queue);
            std::thread::yield_now();
            queue = lock(&self.queue);
        }
        queue
    }

    /// Commits the group and settles every request in it. Fails when the connection is of no more use.
    fn commit_group(&self, core: &mut Core, mut own: Option<&mut dyn Request>) -> Result<()> {
        let size = core.group.len() + usize::from(own.is_some());
        let notes = Notes::begin();
        let started = Instant::now();
        let outcome = match &mut own {
            Some(own) => self.transact(core, Some(&mut **own), &notes),
            None => self.transact(core, None, &notes),
        };
        drop(notes);
        if outcome.is_err() && !core.conn.is_autocommit() {
            let _ = core.conn.execute_batch("ROLLBACK");
        }
        let failed = match &outcome {
            Ok(failed) => *failed,
            Err(_) => size,
        };
        core.rhythm = Rhythm::of(size, started.elapsed(), core.durability);
        self.counters.groups.add(usize::from(outcome.is_ok()));
        self.counters.largest_group.at_least(size);
        self.counters.writes.add(size - failed);
        self.counters.failed.add(failed);
        for mut request in core.group.drain(..) {
            // Wakers and destructors are the caller's code.
            let _ = catch_unwind(AssertUnwindSafe(|| {
                request.settle(outcome.as_ref().err());
                drop(request);
            }));
        }
        if let Some(own) = own {
            own.settle(outcome.as_ref().err());
        }
        if self.governor.group_ended(started) && self.governor_is_due.swap(true, Ordering::Relaxed) {
            // The thread has not come to it since it was last due: writers in a hurry keep the connection from it.
            self.governor_is_due.store(false, Ordering::Relaxed);
            self.governor.look(&core.conn, &self.counters)?;
        }
        if core.conn.is_autocommit() {
            return Ok(());
        }
        Err(Error::new(ErrorKind::Database, "a transaction could be neither committed nor rolled back"))
    }

    /// Runs the group in one transaction; how many of it failed alone, or the error by which all of it failed.
    fn transact(
        &self,
        core: &mut Core,
        own: Option<&mut dyn Request>,
        notes: &Notes,
    ) -> Result<usize, GroupFailure> {
        // One sync serves the group, if anybody in it asked for one.
        let all = core.group.iter().map(|request| request.durability());
        let strictest = all.chain(own.as_ref().map(|own| own.durability())).max().unwrap_or_default();
        core.set_durability(strictest).map_err(rejected)?;
        core.execute("BEGIN IMMEDIATE").map_err(|error| {
            self.counters.busy.add(usize::from(error.kind() == ErrorKind::Busy));
            rejected(error)
        })?;
        // Looked at here, where nobody else can commit until this group has.
        self.notice_others(core);

        let inside = self.health.enter_write();
        let alone = core.group.len() + usize::from(own.is_some()) == 1;
        let Core { conn, guard, group, profiler, .. } = core;
        let counting = Counting::begin(profiler.as_ref(), conn);
        let mut failed = 0;
        for request in group {
            failed += usize::from(!run(conn, guard, notes, &mut **request, (alone, counting.is_some()))?);
        }
        if let Some(own) = own {
            failed += usize::from(!run(conn, guard, notes, own, (alone, counting.is_some()))?);
        }
        drop(counting);
        drop(inside);
        let written = core.written(&self.tables, notes);
        self.tables.while_committing(written, || core.execute("COMMIT")).map_err(|error| GroupFailure {
            // The log may hold the whole commit although writing its last byte, or the sync, failed.
            unknown: error.kind() == ErrorKind::Io,
            error: error.context("the commit failed and was rolled back"),
        })?;
        Ok(failed)
    }

    /// Moves all tables on when another process committed since the last look.
    fn notice_others(&self, core: &mut Core) {
        let now = data_version(&core.conn);
        if now.as_ref().is_ok_and(|now| *now == core.data_version) {
            return;
        }
        // Not knowing counts as a change, which may be one of the schema.
        core.data_version = now.unwrap_or(core.data_version);
        core.learned.clear();
        self.counters.external.add(1);
        self.tables.changed_elsewhere();
    }
}

fn rejected(error: Error) -> GroupFailure {
    GroupFailure { error, unknown: false }
}

/// Runs one request of a group; whether it went well, or the error by which the whole group failed.
fn run(
    conn: &Connection,
    guard: &Guard,
    notes: &Notes,
    request: &mut dyn Request,
    (alone, is_profiled): (bool, bool),
) -> Result<bool, GroupFailure> {
    if !request.begin() {
        return Ok(false);
    }
    // A closure can run only once and may fail after its third statement, so in company it gets a savepoint. Alone
    // it has the transaction, and single statements of the store's own SQLite undoes itself.
    let guarded = !alone && !request.is_statement();
    let execute = |sql: &str| execute(conn, sql).map_err(rejected);
    if guarded {
        execute(&format!("SAVEPOINT {SAVEPOINT}"))?;
    }
    guard.in_request.store(true, Ordering::Relaxed);
    let outcome = if let Some(statements) = request.declared() {
        notes.add(statements);
        ignore_statements(conn, is_profiled);
        let outcome = request.run(conn);
        watch_statements(conn, is_profiled);
        outcome
    } else {
        notes.turn(true);
        let outcome = request.run(conn);
        notes.turn(false);
        outcome
    };
    guard.in_request.store(false, Ordering::Relaxed);
    if conn.is_autocommit() {
        // A full disk, an I/O error or `OR ROLLBACK` undoes the whole transaction; to go on would commit the rest of
        // the group statement by statement.
        return Err(rejected(rolled_back(outcome)));
    }
    match outcome {
        Ok(()) if guarded => execute(&format!("RELEASE {SAVEPOINT}"))?,
        Ok(()) => {}
        Err(error) if alone => return Err(rejected(error)),
        Err(_) => {
            if guarded {
                execute(&format!("ROLLBACK TO {SAVEPOINT}"))?;
                execute(&format!("RELEASE {SAVEPOINT}"))?;
            }
            return Ok(false);
        }
    }
    Ok(true)
}

/// What those in a group are told when one of them, which hears its own `outcome`, undid the transaction.
fn rolled_back(outcome: Result<()>) -> Error {
    match outcome {
        Err(error) if error.kind() == ErrorKind::Io => {
            Error::new(ErrorKind::Io, format!("the transaction was rolled back: {error}"))
        }
        outcome => {
            let cause = outcome.err().map_or_else(String::new, |error| format!(" ({error})"));
            let message =
                format!("another write rolled the shared transaction back{cause}; send this one again");
            Error::new(ErrorKind::Busy, message)
        }
    }
}

impl Core {
    fn execute(&self, sql: &str) -> Result<()> {
        execute(&self.conn, sql)
    }

    fn set_durability(&mut self, durability: Durability) -> Result<()> {
        if durability != self.durability {
            let synchronous = match durability {
                Durability::Power => "FULL",
                Durability::Process => "NORMAL",
            };
            self.conn.pragma_update(None, "synchronous", synchronous).map_err(sql_error)?;
            self.durability = durability;
        }
        Ok(())
    }

    /// The tables that the noted statements write.
    fn written(&mut self, tables: &Tables, notes: &Notes) -> TableSet {
        let Some(statements) = notes.take() else { return TableSet::ALL };
        let mut written = TableSet::NONE;
        for sql in statements {
            let set = if let Some(set) = self.learned.get(&sql) {
                *set
            } else {
                let set = self.guard.writes(&self.conn, tables, &sql);
                if self.learned.len() >= MOST_LEARNED {
                    self.learned.clear();
                }
                self.learned.insert(sql, set);
                set
            };
            written = written.with(set);
        }
        if written == TableSet::ALL {
            // The schema may be another now.
            self.learned.clear();
        }
        written
    }
}

/// Statements whose tables are remembered.
const MOST_LEARNED: usize = 1024;

fn execute(conn: &Connection, sql: &str) -> Result<()> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(drop).map_err(sql_error)
}

/// Changes when another connection commits, not when this one does.
fn data_version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
}
