//! Writes that go wrong: they fail alone, and leave nothing behind.

use std::thread;
use std::time::Duration;

use atra::{ErrorKind, Frame};

use super::*;

#[test]
fn in_company_each_fails_alone() {
    let place = Place::new();
    let store = place.open();
    let (release, held) = hold(&store);
    let before = add_user(&store, "before");
    let constraint = store
        .submit(|conn| {
            conn.execute("INSERT INTO users (name) VALUES ('half')", [])?;
            conn.execute("INSERT INTO users (name) VALUES ('before')", [])?;
            Ok(())
        })
        .unwrap();
    let panicking = store
        .submit::<(), _>(|conn| {
            conn.execute("INSERT INTO users (name) VALUES ('panicked')", [])?;
            panic!("in the {}", "caller");
        })
        .unwrap();
    let own = store
        .submit::<(), _>(|conn| {
            conn.execute("INSERT INTO users (name) VALUES ('given up')", [])?;
            Err(atra::Error::new(ErrorKind::Data, "no longer wanted").into())
        })
        .unwrap();
    let orphan = store
        .submit(|conn| {
            Ok(conn.execute("INSERT INTO user_data (user_id, key, value) VALUES (99, 'k', x'00')", [])?)
        })
        .unwrap();
    let after = add_user(&store, "after");
    release.send(()).unwrap();
    held.wait().unwrap();

    assert_eq!(before.wait().unwrap(), 1);
    assert_eq!(constraint.wait().unwrap_err().to_string(), "UNIQUE constraint failed: users.name");
    assert_eq!(
        panicking.wait().unwrap_err().to_string(),
        "the closure panicked (in the caller); nothing of it was stored"
    );
    assert_eq!(own.wait().unwrap_err().to_string(), "no longer wanted");
    assert_eq!(orphan.wait().unwrap_err().to_string(), "FOREIGN KEY constraint failed");
    assert_eq!(after.wait().unwrap(), 1);
    let stats = store.stats();
    assert_eq!((stats.largest_group, stats.writes, stats.failed_writes), (6, 3, 4));

    assert_eq!(place.count("SELECT count(*) FROM users WHERE name IN ('before', 'after')"), 2);
    assert_eq!(place.count("SELECT count(*) FROM users"), 2);
    place.assert_sound();
}

/// `OR FAIL` keeps the rows before the one that fails, and SQLite does not undo them by itself.
#[test]
fn a_statement_fails_whole() {
    let place = Place::new();
    let store = place.open();
    store.add_user("there").unwrap();
    let fail = "INSERT OR FAIL INTO users (name) VALUES ('half'), ('there'), ('never')";
    let (release, held) = hold(&store);
    thread::scope(|scope| {
        let statement = scope.spawn(|| store.execute(fail, &[]));
        let after = scope.spawn(|| store.execute("INSERT INTO users (name) VALUES ('after')", &[]));
        // Time to queue up; alone, each would have a transaction of its own.
        thread::sleep(Duration::from_millis(200));
        release.send(()).unwrap();
        let error = statement.join().unwrap().unwrap_err();
        assert_eq!(error.to_string(), "UNIQUE constraint failed: users.name");
        assert_eq!(after.join().unwrap().unwrap(), 1);
    });
    held.wait().unwrap();
    assert_eq!(place.count("SELECT count(*) FROM users WHERE name IN ('there', 'after')"), 2);
    assert_eq!(place.count("SELECT count(*) FROM users"), 2);
}

/// `OR ROLLBACK` ends the transaction of everybody in the group. Those it is no fault of are told to try again, and
/// whoever did it is not, even if he looked away.
#[test]
fn who_was_rolled_back_by_another_may_try_again() {
    let place = Place::new();
    let store = place.open();
    store.add_user("there").unwrap();
    let rollback = "INSERT OR ROLLBACK INTO users (name) VALUES ('there')";
    for looks_away in [false, true] {
        let (release, held) = hold(&store);
        let before = add_user(&store, "before");
        let culprit = store
            .submit(move |conn| match conn.execute(rollback, []) {
                Err(_) if looks_away => Ok(0),
                result => Ok(result?),
            })
            .unwrap();
        let after = add_user(&store, "after");
        release.send(()).unwrap();
        held.wait().unwrap();
        let own = if looks_away {
            "a statement of the write rolled the transaction back"
        } else {
            "UNIQUE constraint failed: users.name"
        };
        let error = culprit.wait().unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Database, own));
        let said = format!("another write rolled the shared transaction back ({own}); send this one again");
        for innocent in [before, after] {
            let error = innocent.wait().unwrap_err();
            assert_eq!((error.kind(), error.to_string()), (ErrorKind::Busy, said.clone()));
        }
        assert_eq!(place.count("SELECT count(*) FROM users"), 1);
    }
    let alone = store.execute(rollback, &[]).unwrap_err();
    assert_eq!(alone.to_string(), "UNIQUE constraint failed: users.name");
    assert_eq!(store.stats().busy_errors, 0);
    assert!(store.add_user("again").unwrap());
}

#[test]
fn alone_too() {
    let place = Place::new();
    let store = place.open();
    store
        .write::<(), _>(|conn| {
            conn.execute("INSERT INTO users (name) VALUES ('half')", [])?;
            panic!("alone");
        })
        .unwrap_err();
    store
        .write(|conn| Ok(conn.execute_batch("INSERT INTO users (name) VALUES ('half'), (NULL)")?))
        .unwrap_err();
    store.add_user("whole").unwrap();
    assert_eq!(place.count("SELECT count(*) FROM users"), 1);
}

#[test]
fn the_schema_refuses_impossible_rows() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..1)).unwrap();
    for (values, said) in [
        ("(1, 9, 1, 1, 2, 1, 0)", "high >= low"),
        ("(1, 9, 1, 1, 1, 1, -1)", "volume >= 0"),
        ("(1, 9, 1, 1, 1, NULL, 0)", "NOT NULL"),
        ("(1, 9, 1, 1, 1, 'x', 0)", "cannot store TEXT value in REAL column candle_rows.close"),
        ("(7, 9, 1, 1, 1, 1, 0)", "FOREIGN KEY"),
        ("(1, 0, 1, 1, 1, 1, 0)", "UNIQUE"),
    ] {
        let sql = format!("INSERT INTO candle_rows VALUES {values}");
        let error = store.write(move |conn| Ok(conn.execute(&sql, [])?)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Database);
        assert!(error.to_string().contains(said), "{values}: {error}");
    }
    assert_eq!(place.count("SELECT count(*) FROM candle_rows"), 1);
}

#[test]
fn a_failing_upsert_stores_nothing() {
    let place = Place::new();
    let store = place.open();
    let (time, good) = (vec![1, 2, 3], vec![5.0; 3]);
    let with_low = |low: Vec<f64>| {
        let frame = Frame::new(time.clone()).unwrap();
        let frame = frame.with_column("low", low).unwrap();
        ["open", "high", "close", "volume"]
            .into_iter()
            .fold(frame, |frame, name| frame.with_column(name, good.clone()).unwrap())
    };
    for (frame, message) in [
        (with_low(vec![5.0, 5.0, 9.0]), "X 1m: row 2: high 5 is below low 9"),
        (with_low(vec![5.0, f64::NAN, 5.0]), "X 1m: row 1: low NaN is not a finite number"),
        (Frame::new(time.clone()).unwrap(), "X 1m: no column `open`; there are: "),
    ] {
        let error = store.upsert_candles("X", "1m", &frame).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    let error = store.upsert_candles("", "1m", &candles(0..2)).unwrap_err();
    assert_eq!(error.to_string(), "symbol must not be empty");

    // Refused by the database half-way: a trigger of the user's own.
    let trigger = "CREATE TRIGGER t BEFORE INSERT ON candle_rows WHEN NEW.time = 7
                   BEGIN SELECT RAISE(ABORT, 'seven is refused'); END";
    store.write(move |conn| Ok(conn.execute_batch(trigger)?)).unwrap();
    let error = store.upsert_candles("X", "1m", &candles(0..9)).unwrap_err();
    assert_eq!(error.to_string(), "seven is refused");
    assert_eq!(place.count("SELECT (SELECT count(*) FROM candle_rows) + (SELECT count(*) FROM symbols)"), 0);
}

/// A full disk undoes the whole transaction, not only the statement it strikes: those who ran before it in the
/// group must not be told they are stored.
#[test]
fn a_full_disk_acknowledges_nobody_wrongly() {
    let place = Place::new();
    let store = place.open();
    store
        .write(|conn| {
            let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            Ok(conn.query_row(&format!("PRAGMA max_page_count = {}", pages + 20), [], |_| Ok(()))?)
        })
        .unwrap();
    let mut acknowledged = 0;
    for round in 0..3 {
        let (release, held) = hold(&store);
        let big = move |conn: &Connection| {
            let name = format!("{round}{}", "x".repeat(1 << 20));
            Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [name])?)
        };
        let mut tickets: Vec<_> = (0..5).map(|i| add_user(&store, &format!("{round} before {i}"))).collect();
        tickets.push(store.submit(big).unwrap());
        tickets.extend((0..5).map(|i| add_user(&store, &format!("{round} after {i}"))));
        release.send(()).unwrap();
        held.wait().unwrap();
        let results: Vec<_> = tickets.into_iter().map(Ticket::wait).collect();
        assert_eq!(results[5].as_ref().unwrap_err().kind(), ErrorKind::Io);
        acknowledged += results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(place.count("SELECT count(*) FROM users"), i64::try_from(acknowledged).unwrap());
    }
    // There is still room for little ones.
    store.add_user("little").unwrap();
    place.assert_sound();
}

#[test]
fn another_process_with_the_lock_is_waited_for_then_reported() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().busy_timeout(Duration::from_millis(50)));
    let other = place.outside();
    other.execute_batch("BEGIN IMMEDIATE; INSERT INTO users (name) VALUES ('theirs')").unwrap();
    let error = store.add_user("ours").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert_eq!(error.to_string(), "another process held the lock past the deadline (database is locked)");
    assert_eq!(store.stats().busy_errors, 1);
    // Readers are not in anybody's way.
    assert!(store.users().unwrap().is_empty());
    other.execute_batch("COMMIT").unwrap();
    assert!(store.add_user("ours").unwrap());
    store.close().unwrap();

    // Held for less than the deadline, it is only waited for.
    let store = place.open_with(StoreOptions::new().busy_timeout(Duration::from_mins(1)));
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| store.add_user("patient"));
        thread::sleep(Duration::from_millis(100));
        assert!(!waiting.is_finished());
        other.execute_batch("COMMIT").unwrap();
        assert!(waiting.join().unwrap().unwrap());
    });
    assert_eq!(store.stats().busy_errors, 0);
    let names: Vec<String> = store.users().unwrap().iter().map(|user| user.name.clone()).collect();
    assert_eq!(names, ["theirs", "ours", "patient"]);
}

#[test]
fn a_deadline_may_be_as_long_as_one_likes() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().busy_timeout(Duration::MAX));
    let set = |conn: &Connection| Ok(conn.query_row("PRAGMA busy_timeout", [], |row| row.get::<_, i32>(0))?);
    assert_eq!((store.write(set).unwrap(), store.read(set).unwrap()), (i32::MAX, i32::MAX));
}
