//! SQL of callers: what is cached, what is not, and what ends a read.

use std::thread;
use std::time::{Duration, Instant};

use atra::ErrorKind;
use atra::store::rusqlite::{ToSql, params};
use atra::store::{Durability, Interrupt, ReadOptions};

use super::*;

/// Whether the second of two equal queries came from memory.
fn is_cached(store: &Store, sql: &str) -> bool {
    let ask = || store.query(sql, params![]).unwrap();
    std::sync::Arc::ptr_eq(&ask(), &ask())
}

#[test]
fn rows_of_any_kind() {
    let place = Place::new();
    let store = place.open();
    let sql = "SELECT ?1 AS a, ?2, ?3, ?4, ?5";
    let rows = store.query(sql, params![1_i64, 2.5, "x\0y", vec![1_u8, 2], None::<i64>]).unwrap();
    assert_eq!((rows.len(), rows.columns()[0].as_str()), (1, "a"));
    let row = rows.iter().next().unwrap();
    assert_eq!(row.named::<i64>("a").unwrap(), 1);
    assert_eq!(
        (row.get::<f64>(1), row.get::<String>(2), row.get::<Vec<u8>>(3), row.get::<Option<i64>>(4))
            .0
            .unwrap(),
        2.5
    );
    assert_eq!(row.get::<String>(2).unwrap(), "x\0y");
    assert_eq!(row.get::<String>(0).unwrap_err().kind(), ErrorKind::Format);
    assert_eq!(row.named::<i64>("b").unwrap_err().kind(), ErrorKind::NotFound);
    // Parameters that are equal as numbers are still different values.
    let kind = |value: &dyn ToSql| -> String {
        store.query_as::<(String,)>("SELECT typeof(?1)", &[value]).unwrap()[0].0.clone()
    };
    assert_eq!([kind(&1_i64), kind(&1.0), kind(&"1")], ["integer", "real", "text"]);
}

#[test]
fn only_what_depends_on_nothing_but_rows_is_cached() {
    let place = Place::new();
    let store = place.open();
    store
        .write(|conn| {
            Ok(conn.execute_batch(
                "CREATE VIEW names AS SELECT name FROM users;
                 CREATE VIRTUAL TABLE notes USING fts5(text);",
            )?)
        })
        .unwrap();
    for sql in [
        "SELECT * FROM users",
        "SELECT count(*) FROM users",
        "SELECT upper(name) FROM names",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3) SELECT sum(i) FROM n",
        "SELECT value FROM json_each('[1, 2]')",
        "SELECT 1",
    ] {
        assert!(is_cached(&store, sql), "{sql}");
    }
    for sql in [
        "SELECT random()",
        "SELECT name, RANDOM() FROM users",
        "SELECT datetime('now')",
        "SELECT current_timestamp",
        "SELECT count(*) FROM users WHERE created < unixepoch() * 1000",
        "SELECT changes()",
        "SELECT * FROM notes",
        "SELECT * FROM sqlite_schema",
        "SELECT * FROM pragma_table_info('users')",
        "PRAGMA user_version",
    ] {
        assert!(!is_cached(&store, sql), "{sql}");
    }
    let attached = store.query("ATTACH ':memory:' AS other", params![]).unwrap_err();
    assert!(attached.to_string().contains("ATTACH"), "{attached}");
    let error = store.query("DELETE FROM users", params![]).unwrap_err();
    assert!(error.to_string().starts_with("only `write` may change the database"), "{error}");
}

/// Whatever way a table can change, a cached result over it goes; and over another table it stays.
#[test]
fn every_way_to_write_is_noticed() {
    let place = Place::new();
    let store = place.open();
    store
        .write(|conn| {
            Ok(conn.execute_batch(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, x) ;
                 CREATE TABLE b (k TEXT PRIMARY KEY, n) WITHOUT ROWID;
                 CREATE TABLE child (a REFERENCES a ON DELETE CASCADE);
                 CREATE TABLE audit (n);
                 CREATE TABLE other (n);
                 CREATE TRIGGER t AFTER UPDATE ON b BEGIN INSERT INTO audit VALUES (NEW.n); END;
                 INSERT INTO other VALUES (1);",
            )?)
        })
        .unwrap();
    let total = |sql: &str| -> f64 { store.query_as::<(f64,)>(sql, params![]).unwrap()[0].0 };
    let looks = [
        "SELECT total(x + id) + count(*) FROM a",
        "SELECT total(n) + count(*) FROM b",
        "SELECT total(1.0) FROM child",
        "SELECT total(n) + count(*) FROM audit",
    ];
    let other = store.query("SELECT * FROM other", params![]).unwrap();
    // Twice, so that the second round runs cached statements, which SQLite does not prepare again.
    for round in 0..2 {
        for (sql, changed) in [
            ("INSERT INTO a (id, x) VALUES (1, 10)", vec![0]),
            ("REPLACE INTO a (id, x) VALUES (1, 20)", vec![0]),
            ("INSERT INTO child VALUES (1)", vec![2]),
            ("INSERT INTO b VALUES ('k', 5)", vec![1]),
            ("UPDATE b SET n = n + 1", vec![1, 3]),
            ("DELETE FROM b", vec![1]),
            ("DELETE FROM audit", vec![3]),
            ("DELETE FROM a", vec![0, 2]),
        ] {
            let before = looks.map(total);
            store.execute(sql, params![]).unwrap();
            let outside = place.outside();
            let now = looks.map(|look| outside.query_row(look, [], |row| row.get::<_, f64>(0)).unwrap());
            assert_eq!(looks.map(total), now, "{sql}, round {round}");
            for index in changed {
                assert_ne!(before[index], now[index], "{sql} was to change {}", looks[index]);
            }
        }
    }
    // None of this touched it.
    assert!(std::sync::Arc::ptr_eq(&other, &store.query("SELECT * FROM other", params![]).unwrap()));

    // A view over another table now, and a table made anew.
    store.write(|conn| Ok(conn.execute_batch("CREATE VIEW v AS SELECT 1 AS n FROM other")?)).unwrap();
    assert_eq!(total("SELECT total(n) FROM v"), 1.0);
    store
        .write(|conn| Ok(conn.execute_batch("DROP VIEW v; CREATE VIEW v AS SELECT 2.0 AS n FROM audit")?))
        .unwrap();
    assert_eq!(total("SELECT total(n) FROM v"), 0.0);
    store.execute("INSERT INTO audit VALUES (7)", params![]).unwrap();
    assert_eq!(total("SELECT total(n) FROM v"), 2.0);
    store.write(|conn| Ok(conn.execute_batch("DROP TABLE other; CREATE TABLE other (n)")?)).unwrap();
    assert!(store.query("SELECT * FROM other", params![]).unwrap().is_empty());
    store.write(|conn| Ok(conn.execute_batch("DROP TABLE IF EXISTS other")?)).unwrap();
    assert!(store.query("SELECT * FROM other", params![]).is_err());
}

#[test]
fn a_strict_cache_sees_other_processes_at_once() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().strict_cache(true));
    let other = place.outside();
    for round in 1..=50 {
        assert_eq!(store.users().unwrap().len(), round - 1);
        other.execute("INSERT INTO users (name) VALUES (?1)", [round.to_string()]).unwrap();
        assert_eq!(store.users().unwrap().len(), round);
    }
}

#[test]
fn one_load_serves_all_who_ask_meanwhile() {
    let place = Place::new();
    let store = place.open();
    let slow =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 300000) SELECT sum(i) FROM n";
    let results: Vec<_> = thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(|| store.query(slow, params![]).unwrap())).collect();
        asking.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // Whoever came in time shares; nobody had to wait for a load of his own.
    assert!(results.iter().all(|rows| std::sync::Arc::ptr_eq(rows, &results[0])), "{results:?}");
}

#[test]
fn a_read_ends_at_its_deadline_or_when_interrupted() {
    const ENDLESS: &str =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().readers(1));
    let endless = |options: &ReadOptions| {
        store
            .read_with(options, |conn| Ok(conn.query_row(ENDLESS, [], |row| row.get::<_, i64>(0))?))
            .unwrap_err()
    };
    let late = endless(&ReadOptions::default().deadline(Duration::from_millis(30)));
    assert_eq!(
        (late.kind(), late.to_string().as_str()),
        (ErrorKind::Busy, "the read took longer than its deadline")
    );
    let interrupt = Interrupt::default();
    thread::scope(|scope| {
        let running = scope.spawn(|| endless(&ReadOptions::default().interrupt(&interrupt)));
        thread::sleep(Duration::from_millis(20));
        // The only connection is in use.
        let started = Instant::now();
        let options = ReadOptions::default().deadline(Duration::from_millis(20));
        let waited = store.read_with(&options, |_| Ok(())).unwrap_err();
        assert_eq!(waited.to_string(), "every connection for reading was in use until the deadline");
        assert!(started.elapsed() >= Duration::from_millis(20));
        interrupt.stop();
        assert_eq!(running.join().unwrap().to_string(), "the read was interrupted");
    });
    // The connection is as good as new.
    assert!(store.users().unwrap().is_empty());
    assert_eq!(store.stats().connections_opened, 2);
}

#[test]
fn a_snapshot_stays_what_it_was() {
    let place = Place::new();
    let store = place.open();
    store.add_user("ada").unwrap();
    let count = "SELECT count(*) FROM users";
    let snapshot = store.snapshot().unwrap();
    store.add_user("eve").unwrap();
    for _ in 0..2 {
        let users = snapshot.read(|conn| Ok(conn.query_row(count, [], |row| row.get::<_, i64>(0))?)).unwrap();
        assert_eq!(users, 1);
    }
    assert!(snapshot.read(|conn| Ok(conn.execute("DELETE FROM users", [])?)).is_err());
    drop(snapshot);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.read(|conn| Ok(conn.query_row(count, [], |row| row.get::<_, i64>(0))?)).unwrap(), 2);
}

/// A thread that waits for its own snapshots would wait for ever.
#[test]
fn a_read_waits_for_reads_and_not_for_ever_for_snapshots() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().busy_timeout(Duration::from_millis(50)).cache(0, 0));
    let snapshots = [store.snapshot().unwrap(), store.snapshot().unwrap()];
    let said = "every connection for reading is held by a snapshot; drop one, or allow more readers";
    for error in [store.users().map(drop).unwrap_err(), store.snapshot().map(drop).unwrap_err()] {
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Busy, said));
    }
    let [first, second] = snapshots;
    drop(second);
    assert!(store.users().unwrap().is_empty());

    // A read ends by itself, so it is waited for longer than that.
    thread::scope(|scope| {
        let (began, begun) = channel();
        let store = &store;
        scope.spawn(move || {
            store.read(|_| {
                began.send(()).unwrap();
                thread::sleep(Duration::from_millis(400));
                Ok(())
            })
        });
        begun.recv().unwrap();
        // Whichever of them comes next, the other is not left behind.
        let snapshot = scope.spawn(|| store.snapshot());
        thread::sleep(Duration::from_millis(100));
        let users = scope.spawn(|| store.users().map(drop));
        let snapshot = snapshot.join().unwrap();
        if let Err(error) = users.join().unwrap() {
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Busy, said));
        }
        assert!(snapshot.is_ok(), "{snapshot:?}");
    });
    drop(first);
    assert!(store.users().unwrap().is_empty());
}

#[test]
fn a_statement_counts_its_own_rows() {
    let place = Place::new();
    let store = place.open();
    let run = |sql: &str| store.execute(sql, params![]).unwrap();
    assert_eq!(run("INSERT INTO users (name) VALUES ('ada'), ('eve'), ('bob')"), 3);
    for sql in [
        "CREATE TABLE mine (x)",
        "PRAGMA user_version = 4",
        "CREATE INDEX mine_by_x ON mine (x)",
        "ALTER TABLE mine ADD COLUMN y",
        "DROP TABLE mine",
        "UPDATE users SET name = 'x' WHERE name = 'nobody'",
    ] {
        assert_eq!(run(sql), 0, "{sql}");
    }
    assert_eq!(run("UPDATE users SET created = 7 WHERE name > 'b'"), 2);
    assert_eq!(run("DELETE FROM users"), 3);
}

#[test]
fn nothing_is_no_statement() {
    let place = Place::new();
    let store = place.open();
    for sql in ["", " ;", "-- only a remark"] {
        for error in [
            store.query(sql, params![]).map(drop).unwrap_err(),
            store.execute(sql, params![]).map(drop).unwrap_err(),
            store.write(move |conn| Ok(conn.execute(sql, [])?)).map(drop).unwrap_err(),
        ] {
            assert_eq!(error.kind(), ErrorKind::Parameter, "{sql}: {error}");
            assert!(error.to_string().starts_with("the SQL is empty"), "{sql}: {error}");
        }
    }
}

/// A snapshot that is held for ever would let the log grow for ever.
#[test]
fn the_log_has_a_ceiling() {
    let place = Place::new();
    let ceiling = 8 << 20;
    let store = place.open_with(
        StoreOptions::new()
            .durability(Durability::Process)
            .wal_ceiling(ceiling)
            .reader_age(Duration::from_millis(50)),
    );
    let log = || std::fs::metadata(place.path().with_extension("db-wal")).map_or(0, |file| file.len());
    let write = |rounds: usize| {
        let mut most = 0;
        for _ in 0..rounds {
            store.write(|conn| Ok(conn.execute_batch("CREATE TABLE IF NOT EXISTS big (x); INSERT INTO big VALUES (zeroblob(100000)); DELETE FROM big")?)).unwrap();
            most = most.max(log());
        }
        most
    };
    write(20);
    let snapshot = store.snapshot().unwrap();
    snapshot.read(|conn| Ok(conn.query_row("SELECT count(*) FROM users", [], |_| Ok(()))?)).unwrap();
    thread::sleep(Duration::from_millis(60));
    // Until its age is found out, which takes a tick, the log grows with every write.
    let started = Instant::now();
    while store.stats().readers_given_up == 0 {
        write(1);
        assert!(started.elapsed() < Duration::from_mins(1), "{:?}", store.stats());
    }
    write(50);
    let most = write(200);
    assert!(most < 3 * ceiling, "{most}");
    let error = snapshot.read(|conn| Ok(conn.query_row("SELECT 1", [], |_| Ok(()))?)).unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str()),
        (ErrorKind::Busy, "the read was given up: it held the write-ahead log past its ceiling")
    );
    let stats = store.stats();
    assert_eq!((stats.readers_given_up, stats.busy_errors), (1, 0), "{stats:?}");
    assert!(stats.checkpoints > 0);
    drop(snapshot);
    // Its connection serves again.
    assert!(store.users().unwrap().is_empty());
    assert!(write(200) < 3 * ceiling);
    place.assert_sound();
}
