//! Many threads at once: nothing lost, nothing stale, nobody locked out.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use atra::ErrorKind;
use atra::store::rusqlite::Row;
use atra::store::{Bulk, CandleQuery};

use super::*;

#[test]
fn eight_threads_lose_nothing() {
    let place = Place::new();
    let store = place.open();
    thread::scope(|scope| {
        for thread in 0..8 {
            let store = &store;
            scope.spawn(move || {
                for pile in 0..20 {
                    let tickets: Vec<_> =
                        (0..25).map(|i| add_user(store, &format!("{thread}-{pile}-{i}"))).collect();
                    for ticket in tickets {
                        assert_eq!(ticket.wait().unwrap(), 1);
                    }
                }
            });
        }
    });
    // Counted past the store, while it is still open.
    assert_eq!(place.count("SELECT count(*) FROM users"), 8 * 20 * 25);
    let stats = store.stats();
    assert_eq!((stats.writes, stats.failed_writes), (4000, 0));
    assert!(stats.groups < 4000 && stats.largest_group > 1, "{stats:?}");
    place.assert_sound();
}

#[test]
fn one_group_is_one_transaction() {
    let place = Place::new();
    let store = place.open();
    let before = store.stats().groups;
    let (release, held) = hold(&store);
    let tickets: Vec<_> = (0..100).map(|i| add_user(&store, &i.to_string())).collect();
    // Nobody sees a write before its commit.
    assert_eq!(place.count("SELECT count(*) FROM users"), 0);
    release.send(()).unwrap();
    held.wait().unwrap();
    for ticket in tickets {
        ticket.wait().unwrap();
    }
    let stats = store.stats();
    assert_eq!((stats.groups - before, stats.largest_group), (2, 100));
}

#[test]
fn a_full_queue_pushes_back() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().queue(2));
    let (release, held) = hold(&store);
    let waiting = [add_user(&store, "a"), add_user(&store, "b")];
    let insert = |name: &'static str| {
        store.try_submit(move |conn| Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?))
    };
    let error = insert("refused").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Full);
    assert_eq!(error.to_string(), "2 writes are waiting already; wait for some of them");

    // A blocking write waits instead, and gets through.
    thread::scope(|scope| {
        let blocked = scope.spawn(|| store.add_user("patient"));
        release.send(()).unwrap();
        assert!(blocked.join().unwrap().unwrap());
    });
    held.wait().unwrap();
    for ticket in waiting {
        ticket.wait().unwrap();
    }
    insert("later").unwrap().wait().unwrap();
    let names: Vec<String> = store.users().unwrap().iter().map(|user| user.name.clone()).collect();
    assert_eq!(names, ["a", "b", "patient", "later"]);
}

#[test]
fn closing_commits_what_is_queued() {
    for by_drop in [false, true] {
        let place = Place::new();
        let store = place.open();
        let (release, held) = hold(&store);
        let tickets: Vec<_> = (0..50).map(|i| add_user(&store, &i.to_string())).collect();
        let clone = (!by_drop).then(|| store.clone());
        let closing = thread::spawn(move || if by_drop { drop(store) } else { store.close().unwrap() });
        release.send(()).unwrap();
        closing.join().unwrap();
        if let Some(clone) = clone {
            for error in [
                clone.add_user("late").unwrap_err(),
                clone.read(|_| Ok(())).unwrap_err(),
                clone.users().unwrap_err(),
                clone.try_submit(|_| Ok(())).unwrap_err(),
            ] {
                assert_eq!(
                    (error.kind(), error.to_string().as_str()),
                    (ErrorKind::Closed, "the store is closed")
                );
            }
            clone.close().unwrap();
        }
        for ticket in tickets {
            assert_eq!(ticket.wait().unwrap(), 1);
        }
        held.wait().unwrap();
        assert_eq!(place.count("SELECT count(*) FROM users"), 50);
        place.assert_sound();
    }
}

/// Readers note the last acknowledged number before each read: what they read may not be older, and may not be
/// older than what anybody read before they began.
#[test]
fn the_cache_is_never_stale() {
    const WRITES: u64 = 1500;
    let place = Place::new();
    let store = place.open();
    store.add_user("ada").unwrap();
    store.set_user_data("ada", "n", &0_u64).unwrap();
    let (acknowledged, seen, done) = (AtomicU64::new(0), AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    let least = acknowledged.load(Ordering::SeqCst).max(seen.load(Ordering::SeqCst));
                    let n: u64 = store.user_data("ada", "n").unwrap().unwrap();
                    assert!(n >= least, "read {n} after {least} was known");
                    seen.fetch_max(n, Ordering::SeqCst);
                    // The writer wants the processor too.
                    thread::yield_now();
                }
            });
        }
        scope.spawn(|| {
            for n in 1..=WRITES {
                // Both ways to write must count: typed, and any closure.
                if n % 2 == 0 {
                    store.set_user_data("ada", "n", &n).unwrap();
                } else {
                    let bytes = atra::codec::encode(&n, atra::codec::Format::MessagePack).unwrap();
                    store
                        .write(|conn| Ok(conn.execute("UPDATE user_data SET value = ?1", [bytes])?))
                        .unwrap();
                }
                acknowledged.store(n, Ordering::SeqCst);
            }
            done.store(true, Ordering::SeqCst);
        });
    });
    assert_eq!(store.user_data::<u64>("ada", "n").unwrap(), Some(WRITES));
    let stats = store.stats();
    assert!(stats.cache_hits > 0 && stats.cache_misses > 0, "{stats:?}");
}

/// Sixty-four threads on every path into the store at once. Each writes counters of its own, and reads everybody's:
/// none may be older than what was acknowledged, or seen by anybody, before the read began.
#[test]
fn sixty_four_threads_see_nothing_stale_and_no_lock() {
    const THREADS: usize = 64;
    let place = Place::new();
    let store = place.open();
    let names: Vec<String> = (0..THREADS).map(|thread| format!("user {thread}")).collect();
    for name in &names {
        store.add_user(name).unwrap();
        store.set_user_data(name, "n", &0_u64).unwrap();
    }
    let known: Vec<AtomicU64> = (0..THREADS).map(|_| AtomicU64::new(0)).collect();
    let end = Instant::now() + Duration::from_secs(4);
    thread::scope(|scope| {
        for mine in 0..THREADS {
            let (store, names, known) = (&store, &names, &known);
            scope.spawn(move || {
                let mut n = 0;
                let mut other = mine;
                while Instant::now() < end {
                    n += 1;
                    match n % 4 {
                        0 => store.set_user_data(&names[mine], "n", &n).unwrap(),
                        1 => {
                            let one = [(names[mine].as_str(), "n", n)];
                            store.bulk_update_user_data(&one, Bulk::skip_bad()).unwrap();
                        }
                        _ => {
                            let bytes = atra::codec::encode(&n, atra::codec::Format::MessagePack).unwrap();
                            let name = names[mine].clone();
                            let sql = "UPDATE user_data SET value = ?2 WHERE user_id = (SELECT id FROM users WHERE name = ?1)";
                            let ticket = store.submit(move |conn| Ok(conn.execute(sql, (name, bytes))?)).unwrap();
                            assert_eq!(ticket.wait().unwrap(), 1);
                        }
                    }
                    known[mine].fetch_max(n, Ordering::SeqCst);
                    for _ in 0..8 {
                        other = (other * 31 + 7) % THREADS;
                        let least = known[other].load(Ordering::SeqCst);
                        let found: u64 = if other % 2 == 0 {
                            store.user_data(&names[other], "n").unwrap().unwrap()
                        } else {
                            let sql = "SELECT value FROM users JOIN user_data ON user_id = id WHERE name = ?1";
                            let rows = store.query_as::<(Vec<u8>,)>(sql, &[&names[other]]).unwrap();
                            atra::codec::decode(&rows[0].0).unwrap()
                        };
                        assert!(found >= least, "{found} of {other} after {least} was known");
                        known[other].fetch_max(found, Ordering::SeqCst);
                    }
                }
            });
        }
    });
    let stats = store.stats();
    assert_eq!((stats.busy_errors, stats.failed_writes), (0, 0), "{stats:?}");
    assert!(stats.connections_opened <= 3 && stats.largest_group > 1, "{stats:?}");
    place.assert_sound();
}

#[test]
fn a_second_read_comes_from_memory() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..10)).unwrap();
    let first = store.candles("X", "1m", CandleQuery::last(5)).unwrap();
    let again = store.candles("X", "1m", CandleQuery::last(5)).unwrap();
    assert!(std::sync::Arc::ptr_eq(&first, &again));
    let stats = store.stats();
    assert_eq!((stats.cache_hits, stats.cache_misses, stats.cache_entries), (1, 1, 1));
    store.upsert_candles("X", "1m", &candles(10..11)).unwrap();
    assert_eq!(store.candles("X", "1m", CandleQuery::last(5)).unwrap().time(), [6, 7, 8, 9, 10]);
}

/// How many of this process's open files are the database itself: one a connection.
#[cfg(target_os = "linux")]
fn open_connections(place: &Place) -> usize {
    let path = place.path().canonicalize().unwrap();
    let files = std::fs::read_dir("/proc/self/fd").unwrap();
    files
        .filter(|file| std::fs::read_link(file.as_ref().unwrap().path()).is_ok_and(|file| file == path))
        .count()
}

#[test]
#[cfg(target_os = "linux")]
fn one_connection_writes_and_few_read() {
    let place = Place::new();
    let store = place.open();
    store.add_user("ada").unwrap();
    assert_eq!(open_connections(&place), 1);
    thread::scope(|scope| {
        for thread in 0..16 {
            let (store, place) = (&store, &place);
            scope.spawn(move || {
                for i in 0..50 {
                    if thread % 4 == 0 {
                        store.set_user_data("ada", &thread.to_string(), &i).unwrap();
                    } else {
                        store.read(|conn| Ok(conn.execute_batch("SELECT * FROM user_data")?)).unwrap();
                    }
                    if i % 10 == 0 {
                        assert!(open_connections(place) <= 3);
                    }
                }
            });
        }
    });
    let stats = store.stats();
    assert!(stats.connections_opened <= 3, "{stats:?}");
    assert_eq!(stats.connections_opened, open_connections(&place) as u64);
    assert_eq!(stats.busy_errors, 0);
    store.close().unwrap();
    assert_eq!(open_connections(&place), 0);
}

/// What a lone look finds of the log: its pages, and how many of them are in the database.
fn log_pages(place: &Place) -> (i64, i64) {
    let row = |row: &Row<'_>| Ok((row.get(1)?, row.get(2)?));
    place.outside().query_row("PRAGMA wal_checkpoint(NOOP)", [], row).unwrap()
}

#[test]
fn the_log_is_copied_beside_the_writer_and_starts_over() {
    let place = Place::new();
    let store = place.open();
    store.write(|conn| Ok(conn.execute_batch("CREATE TABLE pages (page BLOB)")?)).unwrap();
    // Some 120 MB go through the log, in 400 transactions: often enough to be looked at, and to be in a hurry.
    for _ in 0..400 {
        store.write(|conn| Ok(conn.execute("INSERT INTO pages VALUES (randomblob(300000))", [])?)).unwrap();
    }
    assert!(store.stats().checkpoints > 0);
    let (pages, _) = log_pages(&place);
    assert!(pages < 20_000, "{pages} pages: the log did not start over");
    // At rest, little is left to copy.
    let end = Instant::now() + Duration::from_secs(20);
    while log_pages(&place).0 - log_pages(&place).1 >= 1024 {
        assert!(Instant::now() < end, "{:?}", log_pages(&place));
        thread::sleep(Duration::from_millis(50));
    }
    store.close().unwrap();
    place.assert_sound();
    assert_eq!(place.count("SELECT count(*) FROM pages"), 400);
}
