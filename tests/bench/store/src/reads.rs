//! Reads: from the cache, one row, by two threads, a million candles.

use std::hint::black_box;
use std::time::Instant;

use atra::Store;
use atra::store::CandleQuery;
use atra::{Candle, Frame};
use rusqlite::{Connection, params};

use crate::{INSERT, SCHEMA, best, open, place, seconds};

const POINT: &str = "SELECT payload FROM bench_signals WHERE id = ?1";
const ROWS: i64 = 100_000;

fn per_call(mut call: impl FnMut(u64)) -> f64 {
    // Long enough that the clock does not count.
    let mut times = Vec::new();
    let end = Instant::now() + seconds();
    let mut number = 0;
    while Instant::now() < end {
        let begun = Instant::now();
        for _ in 0..1000 {
            call(number);
            number += 1;
        }
        times.push(begun.elapsed().as_nanos() as f64 / 1000.0);
    }
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

pub fn reads() {
    println!("reads of {ROWS} rows");
    let place = place();
    let path = place.path().join("bench.db");
    let store = Store::open(&path).unwrap();
    store.write(|conn| Ok(conn.execute_batch(SCHEMA)?)).unwrap();
    store
        .write(|conn| {
            let mut insert = conn.prepare_cached(INSERT)?;
            for number in 0..ROWS {
                insert.execute(params![1, number, "BTCUSDT", "x".repeat(200)])?;
            }
            Ok(())
        })
        .unwrap();
    store.add_user("ada").unwrap();
    store.set_user_data("ada", "watchlist", &7).unwrap();

    let hit = per_call(|_| drop(black_box(store.users().unwrap())));
    println!("  cached users                {hit:>8.0} ns (goal ≤ 150)");
    let hit = per_call(|_| drop(black_box(store.query("SELECT name FROM users WHERE id = ?1", params![1]).unwrap())));
    println!("  cached query of one's own   {hit:>8.0} ns");

    let conn = open(&path, "FULL");
    let id = |number: u64| (number.wrapping_mul(7919) % ROWS as u64) as i64 + 1;
    let point = |conn: &Connection, number: u64| {
        let mut select = conn.prepare_cached(POINT).unwrap();
        black_box(select.query_row([id(number)], |row| row.get::<_, String>(0)).unwrap());
    };
    let raw = per_call(|number| point(&conn, number));
    let ours = per_call(|number| store.read(|conn| Ok(point(conn, number))).unwrap());
    println!("  one row, rusqlite {raw:.0} ns, atra {ours:.0} ns => {:.2} × (goal ≤ 1.2)", ours / raw);

    // Both opened now: a store's cache is chosen by the size of the file it finds. Turns of each, so that both meet the
    // same weather.
    let profiled = atra::store::StoreOptions::new().profile(true).open(&path).unwrap();
    let plain = Store::open(&path).unwrap();
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        for (times, store) in [(&mut without, &plain), (&mut with, &profiled)] {
            let begun = Instant::now();
            for number in 0..500 {
                store.read(|conn| Ok(point(conn, number))).unwrap();
            }
            times.push(begun.elapsed());
        }
    }
    let median = |times: &mut Vec<std::time::Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    println!("  the profile costs {:.1} % of a point read (goal < 5)", 100.0 * (median(&mut with) / median(&mut without) - 1.0));
    profiled.close().unwrap();
    plain.close().unwrap();

    // The best of short turns: whatever else the machine does takes a processor from one of two threads first.
    let turn = seconds() / 10;
    let best_of = |rate: &dyn Fn() -> f64| (0..20).map(|_| rate()).fold(0.0, f64::max);
    let rate = |threads: usize| {
        let end = Instant::now() + turn;
        let counts: Vec<u64> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| {
                        let mut count = 0;
                        while Instant::now() < end {
                            store.read(|conn| Ok((0..20).for_each(|i| point(conn, count * 20 + i)))).unwrap();
                            count += 1;
                        }
                        count * 20
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        counts.iter().sum::<u64>() as f64 / turn.as_secs_f64()
    };
    let raw = |threads: usize| {
        let end = Instant::now() + turn;
        let counts: Vec<u64> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|_| {
                    scope.spawn(|| {
                        let conn = open(&path, "FULL");
                        let mut count = 0;
                        while Instant::now() < end {
                            let tx = conn.unchecked_transaction().unwrap();
                            (0..20).for_each(|i| point(&tx, count * 20 + i));
                            drop(tx);
                            count += 1;
                        }
                        count * 20
                    })
                })
                .collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        counts.iter().sum::<u64>() as f64 / turn.as_secs_f64()
    };
    let (one, two) = (best_of(&|| raw(1)), best_of(&|| raw(2)));
    println!("  rusqlite: one thread {one:.0} rows/s, two {two:.0} => {:.2} ×", two / one);
    let (one, two) = (best_of(&|| rate(1)), best_of(&|| rate(2)));
    println!("  one thread {one:.0} rows/s, two {two:.0} => {:.2} × (goal ≥ 1.7)", two / one);
}


const CANDLES: i64 = 1_000_000;

pub fn candles() {
    println!("{CANDLES} candles");
    let place = place();
    let size = |path: &std::path::Path| {
        Connection::open(path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        std::fs::metadata(path).unwrap().len() as f64 / 1e6
    };
    let bars = || {
        (0..CANDLES).map(|i| {
            let close = 100.0 + (i as f64 * 0.001).sin() + (i % 97) as f64 * 0.01;
            Candle { time: i * 60_000, open: close, high: close + 0.5, low: close - 0.5, close, volume: (i % 1013) as f64 }
        })
    };
    let frame = Frame::candles(bars()).unwrap();

    let path = place.path().join("rows.db");
    let mut conn = open(&path, "FULL");
    conn.execute_batch(
        "CREATE TABLE candles (symbol_id INTEGER NOT NULL, time INTEGER NOT NULL, open REAL NOT NULL, high REAL NOT NULL,
             low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL, PRIMARY KEY (symbol_id, time)) WITHOUT ROWID",
    )
    .unwrap();
    let insert = best(1, || {
        let tx = conn.transaction().unwrap();
        let mut insert = tx.prepare("INSERT INTO candles VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)").unwrap();
        for bar in bars() {
            insert.execute(params![bar.time, bar.open, bar.high, bar.low, bar.close, bar.volume]).unwrap();
        }
        drop(insert);
        tx.commit().unwrap();
    });
    let rows = best(5, || {
        let mut select =
            conn.prepare_cached("SELECT time, open, high, low, close, volume FROM candles WHERE symbol_id = 1 ORDER BY time").unwrap();
        let mut rows = select.query([]).unwrap();
        let mut frame = Frame::empty_candles(CANDLES as usize);
        while let Some(row) = rows.next().unwrap() {
            let at = |column| row.get::<_, f64>(column).unwrap();
            frame
                .push(Candle { time: row.get(0).unwrap(), open: at(1), high: at(2), low: at(3), close: at(4), volume: at(5) })
                .unwrap();
        }
        assert_eq!(black_box(frame).len() as i64, CANDLES);
    });
    drop(conn);
    println!("  rows, rusqlite      stored in {insert:>9.1?}  loaded in {rows:>9.1?}  {:>6.1} MB", size(&path));

    let path = place.path().join("chunks.db");
    // No cache: the file is what is measured.
    let store = atra::store::StoreOptions::new().cache(0, 0).open(&path).unwrap();
    let insert = best(1, || assert_eq!(store.upsert_candles("X", "1m", &frame).unwrap() as i64, CANDLES));
    let chunks = best(5, || {
        let frame = store.candles("X", "1m", CandleQuery::default()).unwrap();
        assert_eq!(black_box(frame).len() as i64, CANDLES);
    });
    let sql = best(2, || drop(store.query("SELECT count(*), total(close) FROM candles", params![]).unwrap()));
    let tail = best(20, || drop(store.candles("X", "1m", CandleQuery::last(500)).unwrap()));
    store.close().unwrap();
    println!("  chunks, atra        stored in {insert:>9.1?}  loaded in {chunks:>9.1?}  {:>6.1} MB", size(&path));
    println!("  an SQL total over the view {sql:.1?}, the last 500 {tail:.1?}");
    println!("  => {:.1} × faster (goal ≥ 4)", rows.as_secs_f64() / chunks.as_secs_f64());
}

/// A hundred million candles through a loader; how much memory that takes at most. Needs 5 GB of disk.
pub fn load() {
    let rows: i64 = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(100_000_000);
    println!("{rows} candles through a loader");
    let place = place();
    let path = place.path().join("bench.db");
    let store = atra::store::StoreOptions::new().open(&path).unwrap();
    for start in (0..rows).step_by(1_000_000) {
        let bars = (start..rows.min(start + 1_000_000)).map(|i| Candle::from_values(i * 60_000, [1.0, 2.0, 1.0, 2.0, 3.0]));
        store.upsert_candles("X", "1m", &Frame::candles(bars).unwrap()).unwrap();
    }
    store.close().unwrap();
    // The peak from here on.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let store = Store::open(&path).unwrap();
    let begun = Instant::now();
    let mut count = 0;
    for frame in store.load_candles("X", "1m", CandleQuery::default()).unwrap().blocking() {
        count += black_box(frame.unwrap()).len() as i64;
    }
    assert_eq!(count, rows);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: unknown");
    println!("  {:.1} s, {:.1} M rows/s, peak memory {}", begun.elapsed().as_secs_f64(), rows as f64 / begun.elapsed().as_secs_f64() / 1e6, peak);
}
