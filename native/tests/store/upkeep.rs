//! Profile, advice, backup, check.

use std::fs;
use std::time::Duration;

use atra::ErrorKind;
use atra::store::rusqlite::params;
use atra::store::{StatementProfile, restore};

use super::*;

#[test]
fn a_profile_tells_what_statements_cost() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().profile(true).cache(0, 0));
    for name in ["ada", "eve", "bob"] {
        store.add_user(name).unwrap();
    }
    for i in 0..10 {
        store.query(&format!("SELECT * FROM users WHERE created > {i} ORDER BY created"), params![]).unwrap();
        store.query("SELECT name FROM users WHERE id = ?1", params![i]).unwrap();
    }
    let find = |all: Vec<StatementProfile>, start: &str| {
        all.into_iter().find(|profile| profile.sql.starts_with(start)).unwrap()
    };
    let scan = find(store.profile(), "SELECT * FROM users");
    assert_eq!(scan.sql, "SELECT * FROM users WHERE created > ? ORDER BY created");
    assert_eq!((scan.count, scan.rows, scan.sorts), (10, 30, 10));
    assert!(scan.full_scan_steps >= 20 && scan.p50 <= scan.p99 && scan.p99 <= scan.max, "{scan:?}");
    assert!(scan.p50 > Duration::ZERO, "SQLite itself counts whole milliseconds");
    assert!(scan.total >= scan.max && scan.example.starts_with("SELECT * FROM users WHERE created > "));
    let search = find(store.profile(), "SELECT name FROM users WHERE id");
    assert_eq!((search.count, search.rows, search.full_scan_steps), (10, 3, 0));
    assert!(!search.example.contains('?'), "{}", search.example);
    assert_eq!(find(store.profile(), "INSERT INTO users").count, 3);
    store.close().unwrap();

    // Added up over several runs.
    let store = place.open_with(StoreOptions::new().profile(true).cache(0, 0));
    store.query("SELECT name FROM users WHERE id = 1", params![]).unwrap();
    store.close().unwrap();
    let store = place.open();
    assert_eq!(find(store.saved_profile().unwrap(), "SELECT name FROM users WHERE id").count, 11);
    assert!(store.profile().is_empty());
}

/// A table of 20,000 rows with these indexes.
fn make_fills(store: &Store, indexes: &'static str) {
    store
        .write(move |conn| {
            conn.execute_batch(
                "CREATE TABLE fills (id INTEGER PRIMARY KEY, account INTEGER, symbol TEXT, price REAL);",
            )?;
            conn.execute_batch(indexes)?;
            let mut insert =
                conn.prepare("INSERT INTO fills (account, symbol, price) VALUES (?1, ?2, ?3)")?;
            for i in 0..20_000_i64 {
                insert.execute(params![i % 5000, format!("S{}", i % 997), i as f64])?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn advice_is_proven() {
    let place = Place::new();
    let store = place.open();
    let indexes = "CREATE INDEX fills_by_account_symbol ON fills (account, symbol);
                   CREATE INDEX fills_by_account ON fills (account);";
    make_fills(&store, indexes);
    let slow = "SELECT price FROM fills WHERE symbol = 'S13' ORDER BY price";
    let fine = "SELECT price FROM fills WHERE id = 17";
    let all = "SELECT total(price) FROM fills";
    let advices = store.advise(&[slow, fine, all].map(StatementProfile::of)).unwrap();
    assert_eq!(advices.create.len(), 1, "{advices:?}");
    let advice = &advices.create[0];
    assert!(advice.create.contains("ON \"fills\" (\"symbol\""), "{advice:?}");
    assert!(advice.time.1 < advice.time.0 && advice.bytes > 0);
    assert!(advice.plan.0.contains("SCAN") && advice.plan.1.contains("SEARCH"), "{advice:?}");
    assert!(
        advices
            .drop
            .contains(&("fills_by_account".to_owned(), "fills_by_account_symbol contains it".to_owned()))
    );
    // Only looked at so far, on a copy that is gone.
    assert_eq!(place.count("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'fills_by_symbol%'"), 0);
    assert_eq!(
        fs::read_dir(place.0.path())
            .unwrap()
            .filter(|file| { file.as_ref().unwrap().file_name().to_string_lossy().contains("advise") })
            .count(),
        0
    );
    store.apply(&advices).unwrap();
    let plan: Vec<(i64, i64, i64, String)> =
        store.query_as(&format!("EXPLAIN QUERY PLAN {slow}"), params![]).unwrap();
    assert!(plan[0].3.contains("SEARCH"), "{plan:?}");
    // What is there is not advised again, whatever else the clock still finds worth while; so advice comes to an end.
    let mut made: Vec<String> = advices.create.iter().map(|advice| advice.create.clone()).collect();
    for _ in 0..3 {
        let more = store.advise(&[StatementProfile::of(slow)]).unwrap();
        assert!(more.create.iter().all(|advice| !made.contains(&advice.create)), "{made:?} {more:?}");
        made.extend(more.create.iter().map(|advice| advice.create.clone()));
        store.apply(&more).unwrap();
    }
    assert!(store.advise(&[StatementProfile::of(slow)]).unwrap().create.is_empty(), "{made:?}");
}

#[test]
fn advice_minds_the_indexes_there_are() {
    let place = Place::new();
    let store = place.open();
    // An index of the name that advice would give, on something else; and one of few rows on the right column.
    let indexes = "CREATE INDEX fills_by_symbol ON fills (account);
                   CREATE INDEX dear_fills ON fills (symbol) WHERE price > 19000;";
    make_fills(&store, indexes);
    // A sort is left whatever index there is, so the plan stays one to look at.
    let sorted = "SELECT price FROM fills WHERE symbol = 'S13' ORDER BY price + 0";
    let advices = store.advise(&[StatementProfile::of(sorted)]).unwrap();
    let [advice] = &advices.create[..] else { panic!("{advices:?}") };
    assert!(
        advice.create.contains("\"fills_by_symbol_2\"") || advice.create.contains("_price"),
        "{advice:?}"
    );
    store.apply(&advices).unwrap();
    // An index whose name begins another's is not taken for used when the other is.
    let advices = store.advise(&[StatementProfile::of(sorted)]).unwrap();
    assert!(advices.drop.iter().any(|(name, _)| name == "fills_by_symbol"), "{advices:?}");
}

#[test]
fn a_backup_of_a_busy_database_is_one_state() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..30_000)).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Two rows a write: a copy that has one without the other is of no single state.
            for i in 0.. {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                store
                    .write(move |conn| {
                        conn.execute("INSERT INTO users (name) VALUES (?1)", [format!("a{i}")])?;
                        Ok(conn.execute("INSERT INTO users (name) VALUES (?1)", [format!("b{i}")])?)
                    })
                    .unwrap();
            }
        });
        for round in 0..5 {
            let copy = place.0.path().join(format!("copy{round}.db"));
            let mut seen = Vec::new();
            store.backup(&copy, |copied, all| seen.push((copied, all))).unwrap();
            let last = *seen.last().unwrap();
            assert_eq!(last.0, last.1);
            assert!(!copy.with_extension("db-wal").exists());
            let conn = Connection::open(&copy).unwrap();
            let users: i64 = conn.query_row("SELECT count(*) FROM users", [], |row| row.get(0)).unwrap();
            assert_eq!(users % 2, 0);
            drop(conn);
            assert!(Store::open(&copy).unwrap().check().unwrap().is_empty());
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let error = store.backup(place.0.path().join("copy0.db"), |_, _| ()).unwrap_err();
    assert!(error.to_string().ends_with("exists already"), "{error}");
}

#[test]
fn restoring_gives_back_what_was_saved() {
    let place = Place::new();
    let copy = place.0.path().join("copy.db");
    let store = place.open();
    store.add_user("ada").unwrap();
    store.backup(&copy, |_, _| ()).unwrap();
    store.add_user("eve").unwrap();
    assert!(restore(&copy, place.path(), false).unwrap_err().to_string().ends_with("exists already"));
    let in_use = restore(&copy, place.path(), true).unwrap_err();
    assert_eq!(in_use.kind(), ErrorKind::Busy, "{in_use}");
    store.close().unwrap();
    restore(&copy, place.path(), true).unwrap();
    let store = place.open();
    assert_eq!(store.users().unwrap().len(), 1);
    store.close().unwrap();
    // A damaged copy is refused, and what is there stays.
    let mut bytes = fs::read(&copy).unwrap();
    bytes[8192..].fill(0xa5);
    fs::write(&copy, bytes).unwrap();
    let refused = restore(&copy, place.path(), true).unwrap_err().to_string();
    assert!(refused.contains("damaged") || refused.contains("malformed"), "{refused}");
    assert_eq!(place.open().users().unwrap().len(), 1);
}

/// The database is what a link to it points to.
#[test]
#[cfg(unix)]
fn restoring_behind_a_link_leaves_the_link() {
    let place = Place::new();
    let (copy, link) = (place.0.path().join("copy.db"), place.0.path().join("link.db"));
    let store = place.open();
    store.add_user("ada").unwrap();
    store.backup(&copy, |_, _| ()).unwrap();
    store.add_user("eve").unwrap();
    store.close().unwrap();
    std::os::unix::fs::symlink("bot.db", &link).unwrap();
    restore(&copy, &link, true).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(place.open().users().unwrap().len(), 1);
}

#[test]
fn a_check_finds_what_is_wrong() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..5000)).unwrap();
    store.add_user("ada").unwrap();
    store.set_user_data("ada", "k", &7).unwrap();
    assert!(store.check().unwrap().is_empty());
    store.close().unwrap();
    let outside = place.outside();
    outside
        .execute_batch(
            "PRAGMA foreign_keys = OFF;
             UPDATE user_data SET value = x'00';
             INSERT INTO user_data VALUES (99, 'k', x'00');
             UPDATE candle_chunks SET data = zeroblob(length(data)) WHERE first = 0;
             INSERT INTO candle_rows VALUES (1, 2100, 1, 1, 1, 1, 1);",
        )
        .unwrap();
    drop(outside);
    let store = place.open();
    let wrong = store.check().unwrap().join("\n");
    for said in [
        "nothing in users belongs to it",
        "user_data 1: ",
        "user_data 99: ",
        "candle_chunks 1: stored candles are damaged",
        "rows lie within chunks",
    ] {
        assert!(wrong.contains(said), "{said}: {wrong}");
    }
    // Damage is an error where it is read, never wrong numbers.
    let error = store.candles("X", "1m", atra::store::CandleQuery::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Format);
}

#[test]
fn a_vacuum_gives_space_back() {
    let place = Place::new();
    let store = place.open();
    store.upsert_candles("X", "1m", &candles(0..50_000)).unwrap();
    store.delete_candles("X", "1m", atra::store::CandleQuery::range(0, 49_000)).unwrap();
    store.vacuum().unwrap();
    let info = store.info().unwrap();
    let fact = |name: &str| info.iter().find(|(fact, _)| fact == name).unwrap().1.clone();
    assert_eq!((fact("freelist_count").as_str(), fact("journal_mode").as_str()), ("0", "wal"));
    assert_eq!((fact("rows of users").as_str(), fact("build").as_str()), ("0", "free of shared locks"));
    assert!(fact("file bytes").parse::<u64>().unwrap() < 1 << 20);
    assert_eq!(store.candles("X", "1m", atra::store::CandleQuery::default()).unwrap().len(), 1000);
}

#[cfg(feature = "tracing")]
#[test]
fn a_slow_statement_is_told_to_who_listens() {
    use std::fmt::{Debug, Write as _};
    use std::sync::{Arc, Mutex};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    #[derive(Clone, Default)]
    struct Listener(Arc<Mutex<String>>);

    impl Visit for Listener {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0.lock().unwrap(), "{field}={value:?} ").unwrap();
        }
    }

    impl Subscriber for Listener {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target().starts_with("atra")
        }
        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, _: &Record<'_>) {}
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            event.record(&mut self.clone());
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    let place = Place::new();
    let store = place.open_with(StoreOptions::new().slow_statements(Duration::ZERO).cache(0, 0));
    let listener = Listener::default();
    tracing::subscriber::with_default(listener.clone(), || {
        store.query("SELECT name FROM users WHERE id = 7", params![]).unwrap();
    });
    let heard = listener.0.lock().unwrap().clone();
    assert!(heard.contains("slow statement") && heard.contains("WHERE id = 7"), "{heard}");
}
