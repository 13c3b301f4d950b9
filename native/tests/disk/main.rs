//! The disk fails, and the power goes: what the store acknowledged is there, and nothing by half.
#![cfg(feature = "store")]
// Helpers of tests are tests too.
#![allow(clippy::unwrap_used, clippy::panic)]

mod vfs;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use atra::ErrorKind;
use atra::store::rusqlite::{Connection, params};
use atra::store::{Durability, Outcome, Store, StoreOptions};
use tempfile::TempDir;

use vfs::{Fault, Op, SKEW, disk, images, watch};

/// There is one disk for all tests of this program.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Steps of a linear congruential generator: the same images in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Two rows a write, of which one without the other would be half a write.
fn write(store: &Store, number: u64) -> Outcome<()> {
    store.write_outcome(move |conn| {
        let name = number.to_string();
        conn.prepare_cached("INSERT INTO users (name) VALUES (?1)")?.execute([&name])?;
        let id = conn.last_insert_rowid();
        let mut insert = conn
            .prepare_cached("INSERT INTO user_data (user_id, key, value) VALUES (?1, 'k', zeroblob(?2))")?;
        insert.execute(params![id, 200 + number.cast_signed() % 2000])?;
        Ok(())
    })
}

/// The writes found in a database, which must be sound.
fn found(path: &Path, what: &str) -> BTreeSet<u64> {
    let conn = Connection::open(path).unwrap();
    let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok", "{what}");
    let exists: bool = conn
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'user_data'", [], |row| row.get(0))
        .unwrap();
    if !exists {
        return BTreeSet::new();
    }
    let mut select =
        conn.prepare("SELECT name, user_data.key FROM users LEFT JOIN user_data ON user_id = id").unwrap();
    let rows =
        select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))).unwrap();
    rows.map(|row| {
        let (name, key) = row.unwrap();
        assert!(key.is_some(), "{what}: half of write {name}");
        name.parse().unwrap()
    })
    .collect()
}

/// Runs writers for a while; what the disk saw.
fn recorded(durability: Durability, writes: u64) -> (TempDir, Vec<Op>) {
    let place = tempfile::tempdir().unwrap();
    watch(place.path());
    let store = StoreOptions::new().durability(durability).open(place.path().join("bot.db")).unwrap();
    let next = AtomicU64::new(1);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number > writes {
                        return;
                    }
                    assert!(matches!(write(&store, number), Outcome::Committed(())));
                    disk().log.push(Op::Acknowledged(number));
                    if number.is_multiple_of(150) {
                        // Idle for long enough that the log is copied into the database.
                        thread::sleep(Duration::from_millis(250));
                    }
                }
            });
        }
    });
    store.close().unwrap();
    let log = std::mem::take(&mut disk().log);
    (place, log)
}

/// Cuts the power at very many moments; how many images lack a write that was acknowledged before.
fn cut(place: &Path, log: &[Op], most: usize) -> (usize, usize) {
    let seed = std::env::var("ATRA_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let mut dice = Dice(seed);
    let after = tempfile::tempdir().unwrap();
    let syncs: Vec<usize> =
        log.iter().enumerate().filter(|(_, op)| matches!(op, Op::Sync { .. })).map(|(at, _)| at).collect();
    let (mut total, mut lossy) = (0, 0);
    for round in 0..most {
        // At a sync, just before it, or anywhere.
        let sync = syncs[round * syncs.len() / most];
        let at = match round % 3 {
            0 => sync + 1,
            1 => sync,
            _ => usize::try_from(dice.roll(log.len() as u64)).unwrap(),
        };
        // Nothing, half, or nearly all of what was not synced arrives; some of it torn.
        let chance = [0, 50, 95][round % 3 * 7 % 3];
        let mut other = Dice(seed ^ (round as u64) << 8);
        let files = images(&log[..at], || dice.roll(100) < chance, || other.roll(4) == 0);
        let path = after.path().join(format!("{round}.db"));
        for (name, bytes) in files {
            let rest = name.strip_prefix(place.join("bot.db").to_str().unwrap()).unwrap();
            if rest.is_empty() || rest == "-wal" {
                fs::write(format!("{}{rest}", path.display()), bytes).unwrap();
            }
        }
        let there = found(&path, &format!("image {round}, cut at {at}"));
        let acknowledged = log[..at].iter().filter_map(|op| match op {
            Op::Acknowledged(number) => Some(*number),
            _ => None,
        });
        lossy += usize::from(acknowledged.into_iter().any(|number| !there.contains(&number)));
        total += 1;
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
    }
    (total, lossy)
}

#[test]
fn a_power_cut_loses_nothing_acknowledged() {
    let _alone = alone();
    let (place, log) = recorded(Durability::Power, 600);
    let path = place.path().join("bot.db");
    let copied = log.iter().any(|op| matches!(op, Op::Write { file, .. } if *file == path.to_str().unwrap()));
    assert!(copied, "the cuts are to meet checkpoints too");
    assert_eq!(cut(place.path(), &log, 600), (600, 0));

    // The same cuts find what the weaker durability may lose: the test can fail.
    let (place, log) = recorded(Durability::Process, 600);
    let (total, lossy) = cut(place.path(), &log, 300);
    assert!(lossy > total / 4, "{lossy} of {total}");
}

#[test]
fn a_failing_disk_acknowledges_nobody_wrongly() {
    let _alone = alone();
    for fault in [Fault::Full, Fault::Write, Fault::Sync, Fault::Read] {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("bot.db");
        watch(place.path());
        let store = Store::open(&path).unwrap();
        let (mut stored, mut unknown, mut refused) = (BTreeSet::new(), BTreeSet::new(), 0);
        let mut number = 0;
        for round in 0..40 {
            disk().fault = Some((fault, round % 9));
            for _ in 0..4 {
                number += 1;
                match write(&store, number) {
                    Outcome::Committed(()) => {
                        stored.insert(number);
                    }
                    Outcome::Unknown(error) => {
                        assert_eq!(error.kind(), ErrorKind::Io, "{error}");
                        unknown.insert(number);
                    }
                    Outcome::Rejected(error) => {
                        assert_eq!(error.kind(), ErrorKind::Io, "{fault:?}: {error}");
                        refused += 1;
                    }
                }
            }
            disk().fault = None;
            // It goes on as soon as the disk does.
            number += 1;
            assert!(matches!(write(&store, number), Outcome::Committed(())), "{fault:?}");
            stored.insert(number);
        }
        assert!(fault == Fault::Read || refused + unknown.len() > 20, "{fault:?}: {refused}, {unknown:?}");
        // What the log holds, as the next process will find it after a crash.
        let copy = tempfile::tempdir().unwrap();
        for end in ["", "-wal"] {
            fs::copy(format!("{}{end}", path.display()), copy.path().join(format!("bot.db{end}"))).unwrap();
        }
        for path in [&copy.path().join("bot.db"), &path] {
            let there = found(path, &format!("{fault:?}"));
            assert!(stored.is_subset(&there), "{fault:?}");
            assert!(
                there.iter().all(|number| stored.contains(number) || unknown.contains(number)),
                "{fault:?}"
            );
        }
        store.close().unwrap();
    }
}

#[test]
fn a_reader_reports_a_failing_disk() {
    let _alone = alone();
    let place = tempfile::tempdir().unwrap();
    watch(place.path());
    let store = Store::open(place.path().join("bot.db")).unwrap();
    store.add_user("ada").unwrap();
    disk().fault = Some((Fault::Read, 0));
    let error = store.users().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    disk().fault = None;
    assert_eq!(store.users().unwrap().len(), 1);
}

#[test]
fn a_read_only_file_system_is_refused() {
    let _alone = alone();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("bot.db");
    watch(place.path());
    Store::open(&path).unwrap().close().unwrap();
    disk().is_read_only = true;
    let error = Store::open(&path).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string()),
        (ErrorKind::Io, format!("`{}` is read-only; the store must be able to write it", path.display()))
    );
}

#[test]
fn a_clock_that_goes_backwards_changes_nothing() {
    let _alone = alone();
    let place = tempfile::tempdir().unwrap();
    watch(place.path());
    let store = Store::open(place.path().join("bot.db")).unwrap();
    for round in 0..20_i64 {
        SKEW.store(-round * 86_400_000, Ordering::Relaxed);
        store.add_user(&round.to_string()).unwrap();
        store.write_once(&round.to_string(), |_| Ok(())).unwrap();
        let users = store.users().unwrap();
        // In the order they were added, whatever the clock says.
        assert!(users.iter().map(|user| user.name.clone()).eq((0..=round).map(|user| user.to_string())));
        assert!(users.is_sorted_by(|a, b| a.created > b.created));
    }
    SKEW.store(0, Ordering::Relaxed);
}

/// Somebody tidies up: the log is gone from the directory, though the store still has it open.
#[test]
#[cfg(unix)]
fn a_log_that_is_deleted_costs_nothing_acknowledged() {
    let _alone = alone();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("bot.db");
    watch(place.path());
    let store = Store::open(&path).unwrap();
    assert!(matches!(write(&store, 1), Outcome::Committed(())));
    fs::remove_file(place.path().join("bot.db-wal")).unwrap();
    let mut stored = BTreeSet::from([1]);
    // It notices within a tick, saves what it has, and says so.
    for number in 2.. {
        match write(&store, number) {
            Outcome::Committed(()) => {
                stored.insert(number);
            }
            Outcome::Rejected(error) => {
                assert_eq!(error.kind(), ErrorKind::Closed);
                assert!(error.to_string().contains("write-ahead log was deleted"), "{error}");
                break;
            }
            Outcome::Unknown(error) => panic!("{error}"),
        }
        thread::sleep(Duration::from_millis(5));
        assert!(number < 1000, "never noticed");
    }
    // As after a crash: only what is in the directory counts.
    let copy = tempfile::tempdir().unwrap();
    fs::copy(&path, copy.path().join("bot.db")).unwrap();
    assert_eq!(found(&copy.path().join("bot.db"), "after the log was deleted"), stored);
}
