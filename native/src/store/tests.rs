//! What only the inside can reach: a writer that dies of its own fault.

use std::sync::Arc;
use std::sync::mpsc::{SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use super::*;

/// Panics where the writer expects nobody to.
struct Bomb;

impl Request for Bomb {
    fn durability(&self) -> Durability {
        Durability::Power
    }

    fn begin(&self) -> bool {
        true
    }

    fn declared(&self) -> Option<&'static [&'static str]> {
        None
    }

    fn is_statement(&self) -> bool {
        true
    }

    fn run(&mut self, _: &Connection) -> Result<()> {
        panic!("boom")
    }

    fn settle(&mut self, _: Option<&request::GroupFailure>) {}
}

/// Holds the writer inside a write, so that what is queued next becomes one group.
fn hold(store: &Store) -> (SyncSender<()>, Ticket<()>) {
    let (release, held) = sync_channel::<()>(0);
    let (started, start) = channel();
    let ticket = store.submit(move |_| {
        started.send(()).unwrap();
        held.recv().unwrap();
        Ok(())
    });
    start.recv().unwrap();
    (release, ticket.unwrap())
}

#[test]
fn a_dead_writer_is_a_lasting_error_and_nothing_hangs() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path().join("bot.db")).unwrap();
    store.add_user("ada").unwrap();

    let (release, first) = hold(&store);
    store.inner.writer.push(Box::new(Bomb)).unwrap();
    let with_it =
        store.submit(|conn| Ok(conn.execute("INSERT INTO users (name) VALUES ('x')", [])?)).unwrap();
    release.send(()).unwrap();
    first.wait().unwrap();

    let reason = "the store's writer panicked (boom); open the store again";
    let waiting = with_it.wait().unwrap_err();
    assert_eq!((waiting.kind(), waiting.to_string()), (ErrorKind::Closed, reason.to_owned()));
    for _ in 0..2 {
        let later = store.add_user("eve").unwrap_err();
        assert_eq!((later.kind(), later.to_string()), (ErrorKind::Closed, reason.to_owned()));
        assert_eq!(store.users().unwrap_err().to_string(), reason);
        assert_eq!(store.read(|_| Ok(())).unwrap_err().to_string(), reason);
        assert_eq!(store.close().unwrap_err().to_string(), reason);
    }
    drop(store);

    // What was acknowledged before is there, what was not is not.
    let reopened = Store::open(directory.path().join("bot.db")).unwrap();
    let names: Vec<String> = reopened.users().unwrap().iter().map(|user| user.name.clone()).collect();
    assert_eq!(names, ["ada"]);
}

#[test]
fn a_closure_cannot_touch_the_transaction_it_shares() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path().join("bot.db")).unwrap();
    for sql in [
        "COMMIT",
        "ROLLBACK",
        "BEGIN",
        "RELEASE atra_request",
        "ATTACH ':memory:' AS other",
        "PRAGMA defer_foreign_keys = ON",
    ] {
        let (release, first) = hold(&store);
        let name = sql.to_lowercase();
        let before = store
            .submit(move |conn| Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?))
            .unwrap();
        let bad = store.submit(move |conn| Ok(conn.execute_batch(sql)?)).unwrap();
        release.send(()).unwrap();
        first.wait().unwrap();
        assert_eq!(before.wait().unwrap(), 1, "{sql}");
        let error = bad.wait().unwrap_err().to_string();
        assert!(error.starts_with("the store begins and ends transactions itself"), "{sql}: {error}");
    }
    // Savepoints of its own are the closure's business, even left open.
    store
        .write(|conn| Ok(conn.execute_batch("SAVEPOINT mine; INSERT INTO users (name) VALUES ('s')")?))
        .unwrap();
    assert_eq!(store.users().unwrap().len(), 7);
}

#[test]
fn a_call_that_would_wait_for_itself_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path().join("bot.db")).unwrap();
    let inner = store.clone();
    let (writes, closes, reads) = store
        .write(move |_| Ok((inner.add_user("ada").map(drop), inner.close(), inner.users().map(drop))))
        .unwrap();
    assert_eq!(
        writes.unwrap_err().to_string(),
        "`write` was called inside a write; use the connection the closure was given"
    );
    assert_eq!(closes.unwrap_err().kind(), ErrorKind::Parameter);
    assert_eq!(reads.unwrap_err().kind(), ErrorKind::Parameter);
    let nested = store.read(|_| Ok(store.read(|_| Ok(()))?)).unwrap_err();
    assert_eq!(
        nested.to_string(),
        "a read was begun inside a read; use the connection the closure was given"
    );

    // The last clone may die inside a write.
    let (release, held) = sync_channel::<()>(0);
    let last = store.clone();
    let ticket = store
        .submit(move |_| {
            let _ = held.recv();
            drop(last);
            Ok(())
        })
        .unwrap();
    drop(store);
    release.send(()).unwrap();
    ticket.wait().unwrap();
}

#[test]
fn a_reader_that_panics_gives_its_connection_back() {
    let directory = tempfile::tempdir().unwrap();
    let store = StoreOptions::new().readers(1).open(directory.path().join("bot.db")).unwrap();
    for _ in 0..3 {
        let reader = store.clone();
        let panicked = thread::spawn(move || reader.read::<()>(|_| panic!("in a read"))).join();
        assert!(panicked.is_err());
    }
    assert!(store.users().unwrap().is_empty());
    assert_eq!(store.stats().connections_opened, 2);
    let written = store.read(|conn| Ok(conn.execute("DELETE FROM users", [])?)).unwrap_err();
    assert!(written.to_string().starts_with("only `write` may change the database"), "{written}");
}

#[test]
fn a_commit_elsewhere_is_noticed() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bot.db");
    let store = Store::open(&path).unwrap();
    assert!(store.users().unwrap().is_empty());
    let other = Connection::open(&path).unwrap();
    other.execute("INSERT INTO users (name) VALUES ('from elsewhere')", []).unwrap();
    // No write of ours: the idle writer has to see it.
    for _ in 0..1000 {
        if store.users().unwrap().len() == 1 {
            assert_eq!(store.stats().external_changes, 1);
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("a commit of another connection was never noticed");
}

/// A full disk undoes the whole transaction, not only the statement it strikes. Without a savepoint nothing else
/// would notice: what follows in the group would be committed statement by statement, and reported as failed.
#[test]
fn a_transaction_that_is_gone_takes_its_whole_group_along() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bot.db");
    let store = Store::open(&path).unwrap();
    store
        .write(|conn| {
            let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            Ok(conn.query_row(&format!("PRAGMA max_page_count = {}", pages + 20), [], |_| Ok(()))?)
        })
        .unwrap();
    let add = |name: String| {
        let work = move |conn: &Connection| Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?);
        let (job, ticket) = store.job(work, true);
        store.inner.writer.push(job).map(|()| ticket)
    };
    let (release, first) = hold(&store);
    let tickets: Vec<_> = ["before", &"x".repeat(1 << 20), "after"].map(|name| add(name.to_owned())).into();
    release.send(()).unwrap();
    first.wait().unwrap();
    let errors: Vec<_> = tickets.into_iter().map(|ticket| ticket.unwrap().wait().unwrap_err()).collect();
    assert!(errors.iter().all(|error| error.kind() == ErrorKind::Io), "{errors:?}");
    assert!(errors[0].to_string().starts_with("the transaction was rolled back: "), "{errors:?}");
    assert_eq!(errors[1].to_string(), "database or disk is full");
    let users = || -> i64 {
        let outside = Connection::open(&path).unwrap();
        outside.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(users(), 0);
    add("little".to_owned()).unwrap().wait().unwrap();
    assert_eq!(users(), 1);
}

#[test]
fn connections_are_set_up_as_promised() {
    for (durability, synchronous) in [(Durability::Power, "2"), (Durability::Process, "1")] {
        let directory = tempfile::tempdir().unwrap();
        let options = StoreOptions::new().durability(durability).busy_timeout(Duration::from_millis(1234));
        let store = options.open(directory.path().join("bot.db")).unwrap();
        let ask = |conn: &Connection, setting: &str| -> String {
            let value = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
            match conn.query_row(&format!("PRAGMA {setting}"), [], value).unwrap() {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            }
        };
        for (setting, value) in [
            ("journal_mode", "wal"),
            ("synchronous", synchronous),
            ("foreign_keys", "1"),
            ("busy_timeout", "1234"),
            ("temp_store", "2"),
            ("wal_autocheckpoint", "0"),
            ("user_version", "4"),
        ] {
            assert_eq!(store.write(move |conn| Ok(ask(conn, setting))).unwrap(), value, "{setting}");
        }
        // Without these flags (see .cargo/config.toml) two readers are slower than one.
        let flags = "SELECT group_concat(compile_options, ' ') FROM pragma_compile_options";
        let flags: String = store.read(|conn| Ok(conn.query_row(flags, [], |row| row.get(0))?)).unwrap();
        assert!(flags.contains("DEFAULT_MEMSTATUS=0"), "{flags}");
        assert!(!flags.contains("ENABLE_MEMORY_MANAGEMENT"), "{flags}");
    }
}

/// Threads hit the moment of a commit too rarely to rely on; SQLite's hook is called in the middle of it.
#[test]
fn nothing_is_cached_while_a_commit_becomes_visible() {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::open(directory.path().join("bot.db")).unwrap();
    let (during, seen) = channel();
    let tables = Arc::clone(&store.inner.tables);
    store
        .write(move |conn| {
            Ok(conn.commit_hook(Some(move || {
                during.send((tables.stamp(tables::USERS), tables.stamp(tables::SIGNALS))).unwrap();
                false
            }))?)
        })
        .unwrap();
    for name in ["ada", "eve"] {
        let stamps = |set| store.inner.tables.stamp(set).unwrap();
        let (before, signals) = (stamps(tables::USERS), stamps(tables::SIGNALS));
        store.add_user(name).unwrap();
        assert_eq!(seen.try_iter().last(), Some((None, Some(signals))));
        assert!(before.is_older_than(stamps(tables::USERS)));
        assert_eq!(signals, stamps(tables::SIGNALS));
    }
}
