//! Writes: alone, by many, in bulk.

use std::collections::VecDeque;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use atra::Store;
use atra::store::{Bulk, Durability, StoreOptions};
use atra::{Side, Signal};
use rusqlite::{Connection, TransactionBehavior, params};

use crate::{INSERT, SCHEMA, Score, open, place, seconds, timed};

const LEVELS: [(&str, Durability); 2] = [("FULL", Durability::Power), ("NORMAL", Durability::Process)];

fn insert(conn: &Connection, number: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(INSERT)?.execute(params![1, number, "BTCUSDT", "x".repeat(200)]).map(drop)
}

fn store(path: &Path, durability: Durability) -> Store {
    let store = StoreOptions::new().durability(durability).open(path).unwrap();
    store.write(|conn| Ok(conn.execute_batch(SCHEMA)?)).unwrap();
    store
}

/// Turns of each, so that both meet the same weather on the disk.
pub fn lone() {
    for (level, durability) in LEVELS {
        println!("one write after another, {level}");
        let (ours, theirs) = (place(), place());
        let store = store(&ours.path().join("bench.db"), durability);
        let conn = open(&theirs.path().join("bench.db"), level);
        conn.execute_batch(SCHEMA).unwrap();
        let (mut raw, mut stored) = (Vec::new(), Vec::new());
        let (mut raw_time, mut stored_time) = (Duration::ZERO, Duration::ZERO);
        let mut number = 0;
        let end = Instant::now() + seconds() * 2;
        while Instant::now() < end {
            for (times, total, is_ours) in
                [(&mut raw, &mut raw_time, false), (&mut stored, &mut stored_time, true)]
            {
                let turn = Instant::now();
                for _ in 0..100 {
                    number += 1;
                    let begun = Instant::now();
                    if is_ours {
                        store.write(move |conn| Ok(insert(conn, number)?)).unwrap();
                    } else {
                        insert(&conn, number).unwrap();
                    }
                    times.push(begun.elapsed());
                }
                *total += turn.elapsed();
            }
        }
        let (raw, stored) = (Score::of(raw, raw_time), Score::of(stored, stored_time));
        raw.print("rusqlite autocommit");
        stored.print("atra");
        println!("  => p50 {:.2} × autocommit (goal under FULL: ≤ 1.3)", stored.p50 as f64 / raw.p50 as f64);
    }
}

pub fn many() {
    for (level, durability) in LEVELS {
        for window in [1, 64] {
            println!("8 tasks, {window} in flight each, {level}");
            let mut others = vec![
                ("8 connections, BEGIN IMMEDIATE", fairly(8, |rows| connections(level, rows))),
                ("tokio-rusqlite", fairly(8 * window, |rows| tokio_rusqlite(level, 8 * window, rows))),
            ];
            if std::env::var_os("BENCH_SQLX").is_some() {
                let score = fairly(8 * window, |rows| sqlx(level, 8 * window, rows).unwrap());
                others.push(("sqlx, pool of 8", score));
            } else {
                println!("  sqlx is left out: set BENCH_SQLX to its program");
            }
            for (name, score) in &others {
                score.print(name);
            }
            let ours = fairly(8, |rows| atra(durability, window, rows));
            ours.print("atra");
            let best = others.iter().map(|(_, score)| score.rate()).fold(0.0, f64::max);
            let p999 = others.iter().map(|(_, score)| score.p999).min().unwrap_or(0);
            println!(
                "  => {:.1} × the best; p999 {:.2} × the best (goal under FULL: ≥ {} and < 1)",
                ours.rate() / best,
                ours.p999 as f64 / p999 as f64,
                if window == 1 { 3 } else { 10 }
            );
        }
    }
}

/// Has every task write the same number of rows, about as many as fit into the time. For as long as a clock runs, tasks
/// that starve would leave few latencies behind, and the ones that starve them many.
fn fairly(tasks: usize, run: impl Fn(u64) -> Score) -> Score {
    let tasks = tasks as u64;
    let rate = run((1600 / tasks).max(4)).rate();
    run(((rate * seconds().as_secs_f64()) as u64 / tasks).max(16))
}

fn atra(durability: Durability, window: usize, rows: u64) -> Score {
    let place = place();
    let store = store(&place.path().join("bench.db"), durability);
    let (times, time) = timed(|| {
        std::thread::scope(|scope| {
            let tasks: Vec<_> = (0..8_i64)
                .map(|task| {
                    let store = &store;
                    scope.spawn(move || {
                        let (mut times, mut flying, mut number) = (Vec::new(), VecDeque::new(), task << 32);
                        for _ in 0..rows {
                            number += 1;
                            let begun = Instant::now();
                            if window == 1 {
                                store.write(move |conn| Ok(insert(conn, number)?)).unwrap();
                                times.push(begun.elapsed());
                                continue;
                            }
                            flying.push_back((begun, store.submit(move |conn| Ok(insert(conn, number)?)).unwrap()));
                            if flying.len() == window
                                && let Some((begun, ticket)) = flying.pop_front()
                            {
                                ticket.wait().unwrap();
                                times.push(begun.elapsed());
                            }
                        }
                        for (begun, ticket) in flying {
                            ticket.wait().unwrap();
                            times.push(begun.elapsed());
                        }
                        times
                    })
                })
                .collect();
            tasks.into_iter().flat_map(|task| task.join().unwrap()).collect::<Vec<_>>()
        })
    });
    if std::env::var_os("STATS").is_some() {
        println!("  {:?}", store.stats());
    }
    Score::of(times, time)
}

fn connections(level: &str, rows: u64) -> Score {
    let place = place();
    let path = place.path().join("bench.db");
    open(&path, level).execute_batch(SCHEMA).unwrap();
    let (times, time) = timed(|| {
        std::thread::scope(|scope| {
            let tasks: Vec<_> = (0..8_i64)
                .map(|task| {
                    let path = &path;
                    scope.spawn(move || {
                        let mut conn = open(path, level);
                        let (mut times, mut number) = (Vec::new(), task << 32);
                        for _ in 0..rows {
                            number += 1;
                            let begun = Instant::now();
                            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
                            insert(&tx, number).unwrap();
                            tx.commit().unwrap();
                            times.push(begun.elapsed());
                        }
                        times
                    })
                })
                .collect();
            tasks.into_iter().flat_map(|task| task.join().unwrap()).collect::<Vec<_>>()
        })
    });
    Score::of(times, time)
}

fn tokio_rusqlite(level: &str, tasks: usize, rows: u64) -> Score {
    let place = place();
    let path = place.path().join("bench.db");
    let conn = open(&path, level);
    conn.execute_batch(SCHEMA).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (times, time) = timed(|| {
        runtime.block_on(async {
            let conn = tokio_rusqlite::Connection::from(conn);
            let running: Vec<_> = (0..tasks as i64)
                .map(|task| {
                    let conn = conn.clone();
                    tokio::spawn(async move {
                        let (mut times, mut number) = (Vec::new(), task << 32);
                        for _ in 0..rows {
                            number += 1;
                            let begun = Instant::now();
                            conn.call(move |conn| insert(conn, number)).await.unwrap();
                            times.push(begun.elapsed());
                        }
                        times
                    })
                })
                .collect();
            let mut all = Vec::new();
            for task in running {
                all.extend(task.await.unwrap());
            }
            all
        })
    });
    Score::of(times, time)
}

/// A program of its own, for it links another SQLite.
fn sqlx(level: &str, tasks: usize, rows: u64) -> Option<Score> {
    let program = std::env::var_os("BENCH_SQLX")?;
    let output = Command::new(program)
        .args([level, &tasks.to_string(), &rows.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let &[rows, nanos, p50, p99, p999] = numbers.as_slice() else { return None };
    Some(Score { rows, time: Duration::from_nanos(nanos), p50, p99, p999 })
}

/// Signals, through the store and by hand with the same statement.
pub fn bulk() {
    const ROWS: i64 = 100_000;
    println!("bulk insert of {ROWS} signals, transactions of 1,000");
    let signal = |time: i64| Signal {
        symbol: "BTCUSDT".to_owned(),
        interval: "1h".to_owned(),
        time,
        strategy: "rsi_reversal".to_owned(),
        side: Side::Buy,
        entry_price: 100.0,
        stop_loss: Some(97.0),
        take_profit: Some(106.0),
        score: 0.5,
        reason: "x".repeat(150),
        quality_meta: None,
    };
    let signals: Vec<Signal> = (0..ROWS).map(signal).collect();
    const PLAIN: &str = "INSERT INTO signals (symbol_id, time, strategy, side, entry_price, stop_loss, take_profit,
        score, reason, quality_meta) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let upsert = format!(
        "{PLAIN} ON CONFLICT (symbol_id, strategy, time) DO UPDATE SET side = excluded.side,
        entry_price = excluded.entry_price, stop_loss = excluded.stop_loss, take_profit = excluded.take_profit,
        score = excluded.score, reason = excluded.reason, quality_meta = excluded.quality_meta"
    );
    let mut ours = Duration::MAX;
    let mut theirs = [Duration::MAX; 2];
    for round in 0..8 {
        let sql = [PLAIN, &upsert][round % 2];
        let place = place();
        let store = Store::open(place.path().join("bench.db")).unwrap();
        let time = timed(|| store.bulk_insert_signals(&signals, Bulk::skip_bad()).unwrap()).1;
        ours = ours.min(time);
        store.close().unwrap();

        let place = crate::place();
        let path = place.path().join("bench.db");
        Store::open(&path).unwrap().close().unwrap();
        let mut conn = open(&path, "FULL");
        conn.execute("INSERT INTO symbols (symbol, interval) VALUES ('BTCUSDT', '1h')", []).unwrap();
        let time = timed(|| {
            for batch in signals.chunks(1000) {
                let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
                let mut insert = tx
                    .prepare_cached(sql)
                    .unwrap();
                for signal in batch {
                    insert
                        .execute(params![
                            1,
                            signal.time,
                            signal.strategy,
                            signal.side.name(),
                            signal.entry_price,
                            signal.stop_loss,
                            signal.take_profit,
                            signal.score,
                            signal.reason,
                            None::<Vec<u8>>
                        ])
                        .unwrap();
                }
                drop(insert);
                tx.commit().unwrap();
            }
        })
        .1;
        theirs[round % 2] = theirs[round % 2].min(time);
    }
    let rate = |time: Duration| ROWS as f64 / time.as_secs_f64();
    println!("  by hand, plain INSERT {:>9.0} rows/s", rate(theirs[0]));
    println!("  by hand, upsert       {:>9.0} rows/s", rate(theirs[1]));
    println!("  atra, upsert          {:>9.0} rows/s", rate(ours));
    println!("  => {:.0} % (goal ≥ 95)", 100.0 * rate(ours) / rate(theirs[1]));
}
