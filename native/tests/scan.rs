//! `atra scan`: what it finds is what the library says, whatever it is written as.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod command;

use atra::expression::Expression;
use atra::{Candle, Frame, Store, num};
use command::{fails, run, succeeds};
use tempfile::TempDir;

/// Markets that each go a way of their own, some of them hourly too.
fn market(index: i64, bars: i64) -> Frame {
    let candle = |bar: i64| {
        let price = 100.0 + num::sin((bar * (index + 3)) as f64 / 9.0) * 20.0 + (bar * index % 5) as f64;
        Candle {
            time: bar * 3_600_000,
            open: price,
            high: price + 1.0,
            low: price - 1.0,
            close: price,
            volume: 5.0,
        }
    };
    Frame::candles((0..bars).map(candle)).unwrap()
}

fn markets() -> (TempDir, String, Vec<(String, Frame)>) {
    let dir = TempDir::new().unwrap();
    let db = dir.path().join("bot.db").to_str().unwrap().to_owned();
    let store = Store::open(&db).unwrap();
    let markets: Vec<_> =
        (0..30).map(|index| (format!("M{index:02}"), market(index, 200 + index * 10))).collect();
    for (symbol, frame) in &markets {
        store.upsert_candles(symbol, "1h", frame).unwrap();
    }
    store.upsert_candles("M00", "1d", &market(7, 50)).unwrap();
    store.close().unwrap();
    (dir, db, markets)
}

const CONDITION: &str = "rsi(14) > 50 and close > sma(50)";

#[test]
fn a_scan_finds_what_the_library_finds() {
    let (dir, db, markets) = markets();
    let condition = Expression::condition(CONDITION).unwrap();
    let rsi = Expression::number("rsi(14)").unwrap();
    for (options, bars) in [(vec![], 1), (vec!["--last", "20"], 20), (vec!["--all-bars"], usize::MAX)] {
        let mut expected = "symbol,interval,time,rsi(14),close * 2\n".to_owned();
        for (symbol, frame) in &markets {
            let (found, rsi) = (condition.conditions(frame).unwrap(), rsi.numbers(frame).unwrap());
            for row in frame.len().saturating_sub(bars)..frame.len() {
                if found[row] {
                    let candle = frame.candle(row).unwrap();
                    let cells = format!("{symbol},1h,{},{},{}", candle.time, rsi[row], candle.close * 2.0);
                    expected.push_str(&(cells + "\n"));
                }
            }
        }
        assert!(expected.lines().count() > 3, "{expected}");
        let mut arguments = vec![
            "scan",
            "--db",
            &db,
            "--interval",
            "1h",
            "--where",
            CONDITION,
            "--columns",
            "rsi(14), close * 2",
        ];
        arguments.extend(&options);
        let csv = succeeds(&run(&[&arguments[..], &["--format", "csv"]].concat()));
        assert_eq!(csv, expected, "{options:?}");

        let json = succeeds(&run(&[&arguments[..], &["--format", "json"]].concat()));
        let json: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        assert_eq!(json.len(), expected.lines().count() - 1);
        let table = succeeds(&run(&arguments));
        assert_eq!(table.lines().count(), expected.lines().count());
        assert!(table.starts_with("symbol  interval  time "), "{table}");

        let file = dir.path().join("found.csv").to_str().unwrap().to_owned();
        assert_eq!(succeeds(&run(&[&arguments[..], &["--output", &file]].concat())), "");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), expected);
    }
}

#[test]
fn symbols_and_intervals_are_chosen() {
    let (_dir, db, _) = markets();
    let scan = |more: &[&str]| {
        succeeds(&run(&[&["scan", "--db", &db, "--where", "close > 0", "--format", "csv"], more].concat()))
    };
    let series = |text: &str| -> Vec<String> {
        text.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(series(&scan(&["--symbol", "M00"])), ["M00 1d", "M00 1h"]);
    assert_eq!(series(&scan(&["--symbol", "M03", "M00", "--interval", "1h"])), ["M00 1h", "M03 1h"]);
    assert_eq!(series(&scan(&["--interval", "1d"])), ["M00 1d"]);
    assert_eq!(series(&scan(&[])).len(), 31);
    // Nothing found is an empty table, and no error.
    let nothing = run(&["scan", "--db", &db, "--where", "close < 0", "--format", "json"]);
    assert_eq!(succeeds(&nothing), "[]\n");
    assert_eq!(
        succeeds(&run(&["scan", "--db", &db, "--where", "-close > 0", "--format", "csv"])),
        "symbol,interval,time,close\n"
    );
}

#[test]
#[cfg(feature = "parquet")]
fn a_scan_is_a_parquet_file() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    let (dir, db, _) = markets();
    let file = dir.path().join("found.parquet").to_str().unwrap().to_owned();
    let arguments = ["scan", "--db", &db, "--all-bars", "--where", CONDITION, "--columns", "rsi(14)"];
    let csv = succeeds(&run(&[&arguments[..], &["--format", "csv"]].concat()));
    succeeds(&run(&[&arguments[..], &["--output", &file]].concat()));
    let reader = SerializedFileReader::new(std::fs::File::open(&file).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    let lines: Vec<String> = rows
        .map(|row| {
            let time = row.get_timestamp_millis(2).unwrap();
            format!(
                "{},{},{time},{}",
                row.get_string(0).unwrap(),
                row.get_string(1).unwrap(),
                row.get_double(3).unwrap()
            )
        })
        .collect();
    assert_eq!(lines, csv.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn errors_are_one_line_and_say_where() {
    let (_dir, db, _) = markets();
    for (arguments, message) in [
        (
            vec!["--where", "rsii(14) < 30"],
            "where: character 1: unknown indicator `rsii`; did you mean `rsi`?",
        ),
        (vec!["--where", "clos > 1"], "where: character 1: no column `clos`; did you mean `close`?"),
        (
            vec!["--where", "close >\n"],
            "where: character 9: expected a number, a column or an indicator, found the end",
        ),
        (
            vec!["--where", "close"],
            "where: character 1: a condition is wanted; `close` is a number, `close > 0` would be a condition",
        ),
        (
            vec!["--where", "close > 1", "--columns", "rsi(0)"],
            "columns: character 5: rsi: period 0 is not valid; it must be a whole number from 2 to 100000 (default 14)",
        ),
        (vec!["--where", "close > 1", "--symbol", "M0"], "unknown symbol `M0`; did you mean `M00`?"),
        (vec!["--where", "close > 1", "--interval", "2h"], "no interval `2h`; there are: 1d, 1h"),
        (
            vec!["--where", "close > 1", "--output", "x.txt"],
            "x.txt: the name does not tell the format; there are .csv, .json, .parquet",
        ),
    ] {
        assert_eq!(fails(&run(&[&["scan", "--db", &db], &arguments[..]].concat())), message);
    }
    assert!(
        fails(&run(&["scan", "--db", "no.db", "--where", "close > 1"]))
            .contains("cannot read no.db: no such file")
    );
    // A wrong command line.
    for arguments in [
        vec!["scan", "--db", &db],
        vec!["scan", "--db", &db, "--where", "close > 1", "--last", "x"],
        vec!["scan", "--db", &db, "--where", "close > 1", "--last", "3", "--all-bars"],
    ] {
        assert_eq!(run(&arguments).status.code(), Some(2));
    }
}
