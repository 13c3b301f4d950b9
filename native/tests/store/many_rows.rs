//! Very many rows: in bulk, in parallel, in chunks, and through SQL.

use std::collections::BTreeMap;

use atra::store::rusqlite::params;
use atra::store::{Bulk, CandleQuery, LogEntry, SignalKey, SignalQuery};
use atra::{Args, ErrorKind, Frame, Side, Signal, registry};
use proptest::prelude::*;

use super::*;

fn signal(symbol: &str, time: i64, score: f64) -> Signal {
    Signal {
        symbol: symbol.to_owned(),
        interval: "1h".to_owned(),
        time,
        strategy: "s".to_owned(),
        side: Side::Buy,
        entry_price: 100.0,
        stop_loss: None,
        take_profit: None,
        score,
        reason: "r".to_owned(),
        quality_meta: None,
    }
}

#[test]
fn bulk_signals() {
    let place = Place::new();
    let store = place.open();
    let mut signals: Vec<Signal> = (0..2500).map(|time| signal("X", time, 0.5)).collect();
    let report = store.bulk_insert_signals(&signals, Bulk::all_or_nothing()).unwrap();
    assert_eq!((report.changed, report.unchanged, report.duplicates, report.errors.len()), (2500, 0, 0, 0));
    // Again, with one changed, one twice, and two bad.
    signals[7].score = 0.75;
    signals.push(signal("X", 9, 0.25));
    signals[1200].score = 2.0;
    signals[1300].symbol.clear();
    let error = store.bulk_insert_signals(&signals, Bulk::all_or_nothing()).unwrap_err();
    assert_eq!(error.to_string(), "signal 1200: score 2 must be from 0 to 1");
    for batch in [1, 100, 10_000] {
        let report = store.bulk_insert_signals(&signals, Bulk::skip_bad().batch_size(batch)).unwrap();
        let first = batch == 1;
        assert_eq!(report.changed, if first { 2 } else { 0 });
        assert_eq!((report.changed + report.unchanged, report.duplicates), (2498, 1));
        let errors: Vec<usize> = report.errors.iter().map(|error| error.row).collect();
        assert_eq!(errors, [1200, 1300]);
    }
    let scores = store.signals(&SignalQuery::default()).unwrap();
    let score = |time| scores.iter().find(|signal| signal.time == time).unwrap().score;
    assert_eq!([score(7), score(9), score(10)], [0.75, 0.25, 0.5]);
    place.assert_sound();
}

/// What the database refuses, a row at a time, not only what is checked before.
#[test]
fn rows_that_the_database_refuses() {
    let place = Place::new();
    let store = place.open();
    let trigger = "CREATE TRIGGER t BEFORE INSERT ON signals WHEN NEW.time = 7
                   BEGIN SELECT RAISE(ABORT, 'seven is refused'); END";
    store.write(move |conn| Ok(conn.execute_batch(trigger)?)).unwrap();
    let signals: Vec<Signal> = (0..20).map(|time| signal("X", time, 0.5)).collect();
    let error = store.bulk_insert_signals(&signals, Bulk::all_or_nothing()).unwrap_err();
    assert_eq!(error.to_string(), "signal 7: seven is refused");
    assert_eq!(place.count("SELECT count(*) FROM signals"), 0);
    let report = store.bulk_insert_signals(&signals, Bulk::skip_bad()).unwrap();
    assert_eq!((report.changed, report.errors.len(), report.errors[0].row), (19, 1, 7));
    assert_eq!(place.count("SELECT count(*) FROM signals"), 19);

    let log = |time: i64, event: &str| {
        let entry = LogEntry { time, event: event.to_owned(), note: String::new() };
        (SignalKey::from(&signals[3]), entry)
    };
    let entries = [
        log(1, "sent"),
        log(1, "sent"),
        log(2, ""),
        log(2, "filled"),
        (SignalKey { time: 7, ..log(1, "").0 }, log(3, "sent").1),
    ];
    assert!(store.bulk_insert_signals_log(&entries, Bulk::all_or_nothing()).is_err());
    let report = store.bulk_insert_signals_log(&entries, Bulk::skip_bad()).unwrap();
    let errors: Vec<String> =
        report.errors.iter().map(|error| format!("{} {}", error.row, error.error)).collect();
    assert_eq!((report.changed, report.duplicates), (2, 1));
    assert_eq!(errors, ["2 event must not be empty", "4 no s signal of X 1h at 7 is stored"]);
    let again = store.bulk_insert_signals_log(&entries, Bulk::skip_bad()).unwrap();
    assert_eq!((again.changed, again.unchanged), (0, 2));
}

#[test]
fn bulk_user_data() {
    let place = Place::new();
    let store = place.open();
    let users = ["ada", "o'hara", "nul\0a", "nul\0b", "日本"];
    for user in users {
        assert!(store.add_user(user).unwrap());
    }
    let mut values: Vec<(&str, &str, usize)> =
        users.iter().enumerate().map(|(index, user)| (*user, "n", index)).collect();
    values.push(("ada", "n", 10));
    values.push(("nobody", "n", 11));
    assert!(store.bulk_update_user_data(&values, Bulk::all_or_nothing()).is_err());
    assert_eq!(place.count("SELECT count(*) FROM user_data"), 0);
    let report = store.bulk_update_user_data(&values, Bulk::skip_bad()).unwrap();
    assert_eq!((report.changed, report.duplicates, report.errors[0].row), (5, 1, 6));
    let asked = ["日本", "nobody", "nul\0b", "ada", "nul\0", "ada"];
    let expected = [Some(4), None, Some(3), Some(10), None, Some(10)];
    assert_eq!(store.get_multiple_user_data::<usize>(&asked, "n").unwrap(), expected);
    assert_eq!(store.get_multiple_user_data_parallel::<usize>(&asked, "n").unwrap(), expected);
    assert!(store.get_multiple_user_data::<usize>(&[], "n").unwrap().is_empty());
    assert_eq!(store.get_multiple_user_data::<String>(&asked, "n").unwrap_err().kind(), ErrorKind::Format);
}

#[test]
fn parallel_queries_keep_their_order_and_fail_alone() {
    let place = Place::new();
    let store = place.open_with(StoreOptions::new().readers(3));
    let queries = (0..40_i64).map(|i| {
        (
            if i % 10 == 3 { "SELECT missing" } else { "SELECT ?1 * 2" },
            if i % 10 == 3 { vec![] } else { vec![i.into()] },
        )
    });
    let results = store.execute_queries_parallel(queries);
    for (i, result) in (0..).zip(results) {
        match result {
            Ok(rows) => assert_eq!(rows.iter().next().unwrap().get::<i64>(0).unwrap(), i * 2),
            Err(error) => {
                assert_eq!(i % 10, 3);
                assert!(error.to_string().contains("no such column: missing"), "{error}");
            }
        }
    }
    assert!(store.stats().connections_opened <= 4);
    let panicking = store.spawn::<()>(|_| panic!("in a read")).unwrap().wait().unwrap_err();
    assert_eq!(panicking.to_string(), "the closure panicked (in a read)");
}

#[test]
fn loaders_give_everything_once_and_resume() {
    let place = Place::new();
    let store = place.open();
    let frame = candles(0..10_000);
    store.upsert_candles("X", "1m", &frame).unwrap();
    let load = |rows| store.load_candles("X", "1m", CandleQuery::default()).unwrap().chunk_rows(rows);
    for rows in [1, 7, 2048, 5000, 10_000, 20_000] {
        let mut times = Vec::new();
        for chunk in load(rows).blocking().take(3) {
            times.extend_from_slice(chunk.unwrap().time());
        }
        let half = times.len().min(10_000);
        assert_eq!(times, frame.time()[..half], "{rows}");
        // Where that one stopped.
        for chunk in load(3000).after(times[half - 1]).blocking() {
            times.extend_from_slice(chunk.unwrap().time());
        }
        assert_eq!(times, frame.time());
    }
    let part = store.load_candles("X", "1m", CandleQuery::range(2000, 2100)).unwrap();
    assert_eq!((part.total(), part.loaded()), (10_000, 0));
    let part: Vec<Frame> = part.blocking().map(Result::unwrap).collect();
    assert_eq!(part[0].time(), &frame.time()[2000..2100]);

    let signals: Vec<Signal> = (0..100).map(|time| signal("X", time, 0.5)).collect();
    store.insert_signals(&signals).unwrap();
    store.log_signal(&signals[5], 6, "sent", "").unwrap();
    let loaded: Vec<Signal> =
        store.load_signals().unwrap().chunk_rows(30).blocking().flat_map(Result::unwrap).collect();
    assert_eq!(loaded, signals);
    let log: Vec<_> = store.load_signals_log().unwrap().blocking().flat_map(Result::unwrap).collect();
    assert_eq!((log.len(), log[0].0.time, log[0].1.event.as_str()), (1, 5, "sent"));
}

/// The functions are those of the registry, to the bit.
#[test]
fn every_indicator_is_a_window_function() {
    let place = Place::new();
    let store = place.open();
    let wave = |time: i64, phase: f64| 2.0 * ((time as f64) * 0.37 + phase).rem_euclid(1.7) - 1.7;
    let bars = (0..300).map(|time| {
        let close = 100.0 + 5.0 * wave(time, 0.0) + 0.01 * time as f64;
        let open = 100.0 + 5.0 * wave(time, 0.4);
        let (low, high) = if open < close { (open, close) } else { (close, open) };
        Candle { time, open, high: high + 0.5, low: low - 0.7, close, volume: 10.0 + wave(time, 1.0) }
    });
    let frame = Frame::candles(bars).unwrap();
    store.upsert_candles("A", "1m", &frame.head(200)).unwrap();
    store.upsert_candles("B", "1m", &frame).unwrap();
    let mut checked = 0;
    for entry in registry::all() {
        let spec = entry.spec();
        let inputs: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
        if inputs.iter().any(|input| !["open", "high", "low", "close", "volume", "time"].contains(input)) {
            continue;
        }
        let columns = entry.build(&Args::new()).unwrap().compute_frame(&frame).unwrap();
        for (output, values) in spec.outputs.iter().zip(columns) {
            let single = spec.outputs.len() == 1 || output.name == spec.id;
            let name = if single { spec.id.to_owned() } else { format!("{}_{}", spec.id, output.name) };
            let ask = |name: &str| {
                let sql = format!(
                    "SELECT {name}({}) OVER (PARTITION BY symbol ORDER BY time) FROM candles ORDER BY symbol, time",
                    inputs.join(", ")
                );
                store.query_as::<(Option<f64>,)>(&sql, params![])
            };
            let builtin: i64 =
                place.count(&format!("SELECT count(*) FROM pragma_function_list WHERE name = '{name}'"));
            let name = if builtin > 0 || name == "add" { format!("ta_{name}") } else { name };
            let found = ask(&name).unwrap_or_else(|error| panic!("{name}: {error}"));
            let bits = |value: Option<f64>| value.map(f64::to_bits);
            let expected = |row: usize| Some(values[row]).filter(|value| !value.is_nan());
            for (row, (value,)) in found.iter().enumerate() {
                let row = if row < 200 { row } else { row - 200 };
                assert_eq!(bits(*value), bits(expected(row)), "{name} row {row}");
            }
            assert_eq!(found.len(), 500);
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");

    let ask = |call: &str| {
        let sql = format!("SELECT {call} OVER (ORDER BY time) FROM candles WHERE symbol = 'A'");
        store.query(&sql, params![]).map(|rows| rows.len()).map_err(|error| error.to_string())
    };
    assert_eq!(ask("rsi(close, 21)"), Ok(200));
    assert_eq!(ask("rsi(close, NULL)"), Ok(200));
    assert_eq!(ask("rsi(NULL)"), Ok(200));
    assert_eq!(ask("ma(close, 10, 'ema')"), Ok(200));
    for (call, said) in [
        ("rsi(close, 0)", "rsi: period 0 is not valid; it must be a whole number from"),
        ("rsi(close, 'x')", "rsi: period `x` is not valid"),
        ("mom()", "mom takes 1 to 2 arguments (close, period), 0 were given"),
        ("mom(close, 14, 3)", "3 were given"),
        ("rsi('x')", "rsi: close must be a number"),
    ] {
        let error = ask(call).unwrap_err();
        assert!(error.contains(said), "{call}: {error}");
    }
    let sliding = "SELECT rsi(close) OVER (ORDER BY time ROWS 5 PRECEDING) FROM candles";
    let error = store.query(sliding, params![]).unwrap_err();
    assert!(error.to_string().contains("must begin with UNBOUNDED PRECEDING"), "{error}");
    // SQLite's own stay what they were.
    assert_eq!(store.query_as::<(i64, i64)>("SELECT max(1, 2), sum(3)", params![]).unwrap(), [(2, 3)]);
}

/// What is done to the candles of one series.
#[derive(Clone, Debug)]
enum Step {
    /// Bars from a time on, so far apart, with this close.
    Upsert {
        from: i64,
        rows: i64,
        apart: i64,
        close: f64,
    },
    Delete {
        from: i64,
        to: i64,
    },
    Read {
        from: i64,
        to: i64,
        last: Option<usize>,
    },
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let time = -2000..30_000_i64;
    prop_oneof![
        4 => (time.clone(), prop_oneof![1..5_i64, 1..9000_i64], 1..4_i64, 1.0..9.0).prop_map(
            |(from, rows, apart, close)| Step::Upsert { from, rows, apart, close }
        ),
        1 => (time.clone(), 0..6000_i64).prop_map(|(from, length)| Step::Delete { from, to: from + length }),
        3 => (time, 0..9000_i64, proptest::option::of(0..5000_usize)).prop_map(
            |(from, length, last)| Step::Read { from, to: from + length, last }
        ),
        1 => Just(Step::Reopen),
    ]
}

proptest! {
    #![proptest_config(cases(24))]

    /// However candles come, overlap and go, chunks and rows together are what a plain map would hold.
    #[test]
    fn candles_are_a_map(steps in proptest::collection::vec(step(), 1..14)) {
        let place = Place::new();
        let options = || StoreOptions::new().durability(atra::store::Durability::Process);
        let mut store = place.open_with(options());
        let mut model: BTreeMap<i64, f64> = BTreeMap::new();
        store.upsert_candles("OTHER", "1m", &candles(0..3)).unwrap();
        store.upsert_candles("X", "1m", &candles(0..0)).unwrap();
        store.write(|conn| Ok(conn.execute("INSERT INTO symbols (symbol, interval) VALUES ('X', '1m')", [])?)).unwrap();
        for step in steps {
            match step {
                Step::Upsert { from, rows, apart, close } => {
                    let times = (0..rows).map(|row| from + row * apart);
                    let frame = Frame::candles(times.clone().map(|time| candle(time, close))).unwrap();
                    let changed = times.filter(|time| model.insert(*time, close) != Some(close)).count();
                    prop_assert_eq!(store.upsert_candles("X", "1m", &frame).unwrap(), changed);
                }
                Step::Delete { from, to } => {
                    let before = model.len();
                    model.retain(|time, _| !(from..to).contains(time));
                    let removed = store.delete_candles("X", "1m", CandleQuery::range(from, to)).unwrap();
                    prop_assert_eq!(removed, before - model.len());
                }
                Step::Read { from, to, last } => {
                    let query = CandleQuery { last, ..CandleQuery::range(from, to) };
                    let frame = store.candles("X", "1m", query).unwrap();
                    let all: Vec<(i64, f64)> = model.range(from..to).map(|(time, close)| (*time, *close)).collect();
                    let skip = last.map_or(0, |last| all.len().saturating_sub(last));
                    let found: Vec<(i64, f64)> =
                        frame.time().iter().copied().zip(frame.column("close").unwrap().iter().copied()).collect();
                    prop_assert_eq!(&found, &all[skip..]);
                }
                Step::Reopen => {
                    store.close().unwrap();
                    store = place.open_with(options());
                }
            }
        }
        let frame = store.candles("X", "1m", CandleQuery::default()).unwrap();
        prop_assert!(frame.time().iter().eq(model.keys()));
        prop_assert!(frame.column("high").unwrap().iter().copied().eq(model.values().map(|close| close + 1.0)));
        let sql = "SELECT count(*), total(close) FROM candles WHERE symbol = 'X'";
        let seen = store.query_as::<(i64, f64)>(sql, params![]).unwrap();
        prop_assert_eq!(seen[0].0, i64::try_from(model.len()).unwrap());
        prop_assert!((seen[0].1 - model.values().sum::<f64>()).abs() < 1e-6);
        let info = store.symbols().unwrap()[1].clone();
        prop_assert_eq!((info.candles, info.first, info.last),
            (model.len() as u64, model.keys().next().copied(), model.keys().next_back().copied()));
        // The newest are rows, and the rest chunks.
        prop_assert!(place.count("SELECT count(*) FROM candle_rows") < 3 * 4096 + 9000);
    }
}
