//! What a caller is told about a write, and that it is true.

use std::time::Duration;

use atra::ErrorKind;
use atra::store::{Durability, Outcome};

use super::*;

#[test]
fn each_write_is_as_durable_as_it_asks() {
    let place = Place::new();
    let store = place.open();
    let quick = store.with_durability(Durability::Process);
    let level = |store: &Store| {
        store.write(|conn| Ok(conn.query_row("PRAGMA synchronous", [], |row| row.get::<_, i64>(0))?)).unwrap()
    };
    // FULL is 2, NORMAL is 1.
    assert_eq!([level(&store), level(&quick), level(&store)], [2, 1, 2]);
    // In one group, the strictest counts for all.
    let (release, held) = hold(&quick);
    let ask = |store: &Store| {
        store
            .submit(|conn| Ok(conn.query_row("PRAGMA synchronous", [], |row| row.get::<_, i64>(0))?))
            .unwrap()
    };
    let tickets = [ask(&quick), ask(&store), ask(&quick)];
    release.send(()).unwrap();
    held.wait().unwrap();
    assert_eq!(tickets.map(|ticket| ticket.wait().unwrap()), [2, 2, 2]);
}

#[test]
fn a_write_with_an_id_runs_once() {
    let place = Place::new();
    let store = place.open();
    let order = |store: &Store, id: &str| {
        store.write_once(id, |conn| {
            conn.execute("INSERT INTO users (name) VALUES (lower(hex(randomblob(8))))", [])?;
            Ok(conn.last_insert_rowid())
        })
    };
    let odd = ["1", "'; DROP TABLE requests; --", "nul\0inside", "日本"];
    let first = odd.map(|id| order(&store, id).unwrap());
    assert_eq!(first, [1, 2, 3, 4]);
    assert_eq!(odd.map(|id| order(&store, id).unwrap()), first);
    store.close().unwrap();
    let store = place.open();
    assert_eq!(odd.map(|id| order(&store, id).unwrap()), first);
    assert_eq!(place.count("SELECT count(*) FROM users"), 4);
    // One that failed has not run.
    let failing = |fail: bool| {
        store.write_once("5", move |conn| {
            conn.execute("INSERT INTO users (name) VALUES ('five')", [])?;
            if fail { Err(atra::Error::new(ErrorKind::Data, "not yet").into()) } else { Ok(()) }
        })
    };
    failing(true).unwrap_err();
    failing(false).unwrap();
    failing(true).unwrap();
    assert_eq!(order(&store, "").unwrap_err().to_string(), "id must not be empty");
    // The result must be what it was.
    let wrong = store.write_once::<String, _>("1", |_| Ok(String::new())).unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Format);
}

#[test]
fn a_cancelled_write_never_happens() {
    let place = Place::new();
    let store = place.open();
    let (release, held) = hold(&store);
    let (kept, dropped) = (add_user(&store, "kept"), add_user(&store, "cancelled"));
    let late = add_user(&store, "late").outcome_within(Duration::from_millis(10)).unwrap_err();
    assert!(dropped.cancel());
    release.send(()).unwrap();
    held.wait().unwrap();
    assert_eq!(kept.wait().unwrap(), 1);
    assert!(matches!(late.outcome(), Outcome::Committed(1)));
    let done = add_user(&store, "done");
    while place.count("SELECT count(*) FROM users WHERE name = 'done'") == 0 {}
    assert!(!done.cancel());
    assert_eq!(place.count("SELECT count(*) FROM users"), 3);
}

#[test]
fn an_outcome_says_what_happened() {
    let place = Place::new();
    let store = place.open();
    assert!(matches!(store.write_outcome(|_| Ok(7)), Outcome::Committed(7)));
    let refused = store.write_outcome(|conn| Ok(conn.execute("INSERT INTO users (name) VALUES (NULL)", [])?));
    assert!(matches!(refused, Outcome::Rejected(_)), "{refused:?}");
    store.close().unwrap();
    assert!(
        matches!(store.write_outcome(|_| Ok(())), Outcome::Rejected(error) if error.kind() == ErrorKind::Closed)
    );
}

/// The schema as every version left it opens, and keeps its rows.
#[test]
fn older_files_are_brought_up_to_date() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/fixtures");
    let mut count = 0;
    for fixture in std::fs::read_dir(fixtures).unwrap() {
        let place = Place::new();
        std::fs::copy(fixture.unwrap().path(), place.path()).unwrap();
        let store = place.open();
        assert_eq!(store.user_data::<Vec<String>>("ada", "watchlist").unwrap().unwrap(), ["BTCUSDT"]);
        let frame = store.candles("BTCUSDT", "1h", atra::store::CandleQuery::default()).unwrap();
        assert_eq!(*frame, candles(0..10));
        assert_eq!(store.signals(&atra::store::SignalQuery::default()).unwrap().len(), 1);
        store.write_once("x", |_| Ok(())).unwrap();
        store.close().unwrap();
        place.assert_sound();
        count += 1;
    }
    assert!(count > 0);
}
