//! The command line, as a script uses it: exit codes, one line of error, clean pipes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod command;

use std::process::{Command, Stdio};

use atra::Zone;
use atra::frame::{Bars, Fill};
use atra::{Args, registry};
use atra_tests::sample;
use command::{atra, data, database, fails, run, run_with, succeeds, text, write};
use tempfile::TempDir;

#[test]
fn the_catalogue_is_what_the_contract_says() {
    let catalogue: serde_json::Value =
        serde_json::from_str(&succeeds(&run(&["indicators", "--format", "json"]))).unwrap();
    let entries = catalogue.as_array().unwrap();
    assert_eq!(entries.len(), registry::all().len());
    let mut macd = entries.iter().find(|entry| entry["id"] == "macd").unwrap().clone();
    // Beside what the contract names, a sentence for people.
    let summary = macd.as_object_mut().unwrap().remove("summary").unwrap();
    assert!(summary.as_str().unwrap().starts_with("The distance between"), "{summary}");
    for param in macd["params"].as_array_mut().unwrap() {
        assert!(!param.as_object_mut().unwrap().remove("summary").unwrap().as_str().unwrap().is_empty());
    }
    assert_eq!(
        macd,
        serde_json::json!({
            "id": "macd",
            "name": "Moving Average Convergence Divergence",
            "group": "momentum",
            "overlay": false,
            "inputs": ["close"],
            "params": [
                {"name": "fast", "type": "int", "default": 12, "min": 2, "max": 100_000},
                {"name": "slow", "type": "int", "default": 26, "min": 2, "max": 100_000},
                {"name": "signal", "type": "int", "default": 9, "min": 1, "max": 100_000},
                {"name": "seed", "type": "choice", "default": "aligned", "min": 0, "max": 2,
                 "choices": ["aligned", "sma", "first"]},
            ],
            "conventions": {"tradingview": {"seed": "first"}},
            "outputs": [
                {"name": "macd", "plot": "line"},
                {"name": "signal", "plot": "line"},
                {"name": "histogram", "plot": "histogram"},
            ],
            "talib": {
                "function": "MACD",
                "params": {"fast": "fastperiod", "slow": "slowperiod", "signal": "signalperiod"},
                "outputs": ["macd", "signal", "histogram"],
            },
        })
    );
    let table = succeeds(&run(&["indicators"]));
    assert_eq!(table.lines().count(), entries.len() + 1);
    assert!(table.lines().any(|line| line.starts_with("rsi ") && line.contains("period=14")), "{table}");
}

/// Every indicator from a file, from standard input and from the database: the same text, each number reading back as
/// the bits the library gives.
#[test]
fn compute_writes_every_bit_from_every_source() {
    let (_dir, db) = database("btcusd_1d.csv");
    let file = data("btcusd_1d.csv");
    let frame = sample("btcusd_1d");
    for entry in registry::of_candles() {
        let id = entry.spec().id;
        let from_file = succeeds(&run(&["compute", id, "--input", &file]));
        let from_pipe =
            succeeds(&run_with(&["compute", id, "--input", "-"], &std::fs::read_to_string(&file).unwrap()));
        let from_store =
            succeeds(&run(&["compute", id, "--db", &db, "--symbol", "BTCUSD", "--interval", "1d"]));
        assert_eq!(from_file, from_pipe);
        assert_eq!(from_file, from_store);

        let expected = entry.build(&Args::new()).unwrap().compute_frame(&frame).unwrap();
        let mut lines = from_file.lines();
        let names: Vec<&str> = entry.spec().outputs.iter().map(|output| output.name).collect();
        assert_eq!(lines.next().unwrap(), format!("time,{}", names.join(",")));
        for (row, line) in lines.by_ref().enumerate() {
            let mut cells = line.split(',');
            assert_eq!(cells.next().unwrap(), frame.time()[row].to_string());
            for (cell, column) in cells.zip(&expected) {
                if column[row].is_nan() {
                    assert_eq!(cell, "");
                } else {
                    assert_eq!(
                        cell.parse::<f64>().unwrap().to_bits(),
                        column[row].to_bits(),
                        "{id} row {row}"
                    );
                }
            }
        }
        assert_eq!(from_file.lines().count(), frame.len() + 1);
    }
}

#[test]
fn compute_takes_parameters_columns_and_an_output_file() {
    let dir = TempDir::new().unwrap();
    let input =
        write(dir.path(), "x.csv", "date,funding,close\n2024-01-01,1,5\n2024-01-02,3,5\n2024-01-03,8,5\n");
    let output = dir.path().join("out.csv");
    let args = ["compute", "SMA", "period=2", "--inputs", "funding", "--input", &input];
    let expected = "time,sma\n1704067200000,\n1704153600000,2\n1704240000000,5.5\n";
    assert_eq!(succeeds(&run(&args)), expected);
    let to_file = [&args[..], &["--output", output.to_str().unwrap()]].concat();
    assert_eq!(succeeds(&run(&to_file)), "");
    assert_eq!(std::fs::read_to_string(output).unwrap(), expected);
}

#[test]
fn signals_come_in_three_formats() {
    let (_dir, db) = database("btcusd_1d.csv");
    let json: serde_json::Value =
        serde_json::from_str(&succeeds(&run(&["signals", "--db", &db, "--format", "json"]))).unwrap();
    let signals = json.as_array().unwrap();
    assert!(signals.len() > 3, "{json}");
    for signal in signals {
        assert!(["buy", "sell"].contains(&signal["side"].as_str().unwrap()), "{signal}");
        assert!(signal["entry_price"].as_f64().unwrap() > 0.0 && signal["symbol"] == "BTCUSD", "{signal}");
    }
    let csv = succeeds(&run(&["signals", "--db", &db, "--symbol", "BTCUSD", "--format", "csv"]));
    assert_eq!(csv.lines().count(), signals.len() + 1);
    assert!(csv.starts_with("time,symbol,interval,strategy,side,entry_price,"), "{csv}");
    let table = succeeds(&run(&["signals", "--db", &db]));
    assert_eq!(table.lines().count(), signals.len() + 1);
}

#[test]
fn the_demo_goes_through_every_room() {
    let dir = TempDir::new().unwrap();
    let summary = succeeds(&run(&["demo", "--no-serve", "--dir", dir.path().to_str().unwrap()]));
    for expected in ["BTCUSD 4h", "AAPL 1d", "rows/s", "connections opened", "0 busy errors", "cache hits"] {
        assert!(summary.contains(expected), "{expected}: {summary}");
    }
    let db = dir.path().join("demo.db");
    let values = succeeds(&run(&[
        "compute",
        "rsi",
        "--db",
        db.to_str().unwrap(),
        "--symbol",
        "IBM",
        "--interval",
        "1d",
    ]));
    assert_eq!(values.lines().count(), 3271);
}

#[test]
fn bad_input_is_one_line_that_says_what_is_valid_and_nothing_of_the_file_is_stored() {
    let dir = TempDir::new().unwrap();
    let db = dir.path().join("bot.db").to_str().unwrap().to_owned();
    let good = write(dir.path(), "good.csv", "time,open,high,low,close,volume\n1,1,1,1,1,1\n");
    let import = |file: &str| run(&["import", "--db", &db, "--symbol", "X", "--interval", "1m", file]);
    succeeds(&import(&good));
    for (rows, message) in [
        ("2,1,1,1,1\n", "line 2: 5 cells where the first line has 6"),
        ("2,1,1,1,1,1\n3,1,1,2,1,1\n", "line 3: high 1 is below low 2"),
        ("2,1,1,1,1,-1\n", "line 2: volume -1 is negative; it must be 0 or more"),
        ("2,1,NaN,1,1,1\n", "line 2, column high: NaN is not a finite number"),
        ("2,1,1,1,inf,1\n", "line 2, column close: inf is not a finite number"),
        (
            "2,1,1,1,1,1\n2,1,1,1,1,1\n",
            "line 3, column time: 2 repeats the time of the row before; times must increase",
        ),
        (
            "2,1,1,1,1,1\n4,1,1,1,1,1\n3,1,1,1,1,1\n",
            "line 4, column time: 3 is earlier than the row before; times must increase",
        ),
        ("", "there is a header but no row of candles under it"),
    ] {
        let bad = write(dir.path(), "bad.csv", &format!("time,open,high,low,close,volume\n{rows}"));
        assert_eq!(fails(&import(&bad)), format!("{bad}: {message}"));
    }
    let empty = write(dir.path(), "empty.csv", "");
    assert_eq!(
        fails(&import(&empty)),
        format!("{empty}: the file is empty; it needs a header line and rows of candles")
    );
    assert_eq!(fails(&import("missing.csv")), "cannot read missing.csv: no such file");
    let rows =
        succeeds(&run(&["compute", "sma", "period=1", "--db", &db, "--symbol", "X", "--interval", "1m"]));
    assert_eq!(rows, "time,sma\n1970-01-01T00:00:01Z,1\n", "only the good file was stored");
}

#[test]
fn a_failed_first_import_leaves_no_database() {
    let dir = TempDir::new().unwrap();
    let db = dir.path().join("bot.db");
    let bad = write(dir.path(), "bad.csv", "hello\n");
    let output = run(&["import", "--db", db.to_str().unwrap(), "--symbol", "X", "--interval", "1m", &bad]);
    assert!(fails(&output).contains("line 1: neither a header with a time column"));
    assert!(!db.exists());
}

#[test]
fn wrong_names_are_answered_with_the_nearest_and_wrong_values_with_the_bounds() {
    let (dir, db) = database("btcusd_1d.csv");
    let file = data("btcusd_1d.csv");
    let compute = |words: &[&str]| fails(&run(&[&["compute"], words, &["--input", &file]].concat()));
    assert_eq!(compute(&["rsii"]), "unknown indicator `rsii`; did you mean `rsi`?");
    assert_eq!(
        compute(&["rsi", "period=0"]),
        "rsi: period 0 is not valid; it must be a whole number from 2 to 100000 (default 14)"
    );
    assert_eq!(
        compute(&["sma", "period=100001"]),
        "sma: period 100001 is not valid; it must be a whole number from 1 to 100000 (default 30)"
    );
    assert_eq!(
        compute(&["sma", "period=ten"]),
        "sma: period `ten` is not valid; it must be a whole number from 1 to 100000 (default 30)"
    );
    assert_eq!(compute(&["sma", "perod=3"]), "sma has no parameter `perod`; did you mean `period`?");
    assert_eq!(compute(&["sma", "period"]), "`period` is not a parameter; write name=value");
    assert_eq!(
        compute(&["sma", "--inputs", "closed"]),
        format!("{file}: no column `closed`; there are: open, high, low, close, volume")
    );
    assert_eq!(
        compute(&["atr", "--inputs", "close"]),
        "--inputs names 1 columns; atr reads 3 (high, low, close)"
    );

    let stored = |symbol: &str, interval: &str| {
        fails(&run(&["compute", "sma", "--db", &db, "--symbol", symbol, "--interval", interval]))
    };
    let message = stored("BTCUSDT", "1d");
    assert!(message.contains("`BTCUSDT`") && message.contains("BTCUSD"), "{message}");
    let message = stored("BTCUSD", "4h");
    assert!(message.contains("4h") && message.contains("1d"), "{message}");
    let message = fails(&run(&["signals", "--db", &db, "--symbol", "BTCUS"]));
    assert_eq!(message, "unknown symbol `BTCUS`; did you mean `BTCUSD`?");
    let message = fails(&run(&["signals", "--db", &db, "--strategy", "rsi_reversl"]));
    assert!(message.contains("`rsi_reversl`") && message.contains("rsi_reversal"), "{message}");

    let text = write(dir.path(), "text.db", &"this is not a database\n".repeat(100));
    let message = fails(&run(&["signals", "--db", &text]));
    assert!(message.contains("text.db") && message.contains("not an SQLite database"), "{message}");
    let message = fails(&run(&["signals", "--db", "missing.db"]));
    assert_eq!(message, "cannot read missing.db: no such file");
}

#[test]
fn usage_errors_exit_with_2() {
    for args in [
        &[][..],
        &["frobnicate"],
        &["compute", "rsi"],
        &["import", "--db", "x"],
        &["compute", "rsi", "--input", "a", "--db", "b"],
        &["compute", "rsi", "--db", "b", "--symbol", "S"],
        &["indicators", "--format", "yaml"],
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = atra()
        .args(["compute", "sma", "--input", &data("btcusd_4h.csv")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn a_taken_port_is_named() {
    let (_dir, db) = database("btcusd_1d.csv");
    let holder = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let message = fails(&run(&["serve", "--db", &db, "--port", &port]));
    assert_eq!(
        message,
        format!("cannot listen on port {port}: it is taken; choose another with --port, or 0 for any")
    );
}

#[test]
fn a_database_is_looked_after() {
    let (dir, db) = database("btcusd_1d.csv");
    let on = |command: &str, more: &[&str]| run(&[&["db", command, "--db", &db], more].concat());
    let info = succeeds(&on("info", &[]));
    for fact in ["journal_mode", "wal", "rows of candle_chunks", "writer synchronous", "free of shared locks"]
    {
        assert!(info.contains(fact), "{fact}: {info}");
    }
    assert_eq!(succeeds(&on("check", &[])), "ok\n");

    // Indicators in SQL print what `compute` prints.
    let sql = "SELECT time, rsi(close, 14) OVER (PARTITION BY symbol ORDER BY time) AS rsi FROM candles ORDER BY time";
    let computed = succeeds(&run(&[
        "compute",
        "rsi",
        "--db",
        &db,
        "--symbol",
        "BTCUSD",
        "--interval",
        "1d",
        "period=14",
    ]));
    assert_eq!(succeeds(&on("query", &[sql])), computed);
    assert!(
        fails(&on("query", &["SELECT rsi(close, 0) OVER () FROM candles"])).contains("period 0 is not valid")
    );
    assert!(fails(&on("query", &["DELETE FROM users"])).contains("only `write` may change the database"));

    let copy = dir.path().join("copy.db").to_str().unwrap().to_owned();
    assert!(succeeds(&on("backup", &[&copy])).contains(" pages"));
    assert!(fails(&on("backup", &[&copy])).contains("exists already"));
    assert!(fails(&run(&["db", "restore", "--db", &db, &copy])).contains("exists already"));
    succeeds(&run(&["db", "restore", "--db", &db, &copy, "--force"]));
    assert_eq!(succeeds(&on("query", &[sql])), computed);

    assert!(succeeds(&on("profile", &[])).starts_with("nothing yet"));
    assert!(succeeds(&on("advise", &[])).contains("no statements to look at"));
    let slow = "SELECT open FROM candle_rows WHERE close = 3.5";
    let advice = succeeds(&on("advise", &["--sql", slow]));
    assert!(
        advice.contains("CREATE INDEX \"candle_rows_by_close\"") || advice.contains("no index would pay")
    );
    assert!(succeeds(&on("vacuum", &[])).contains("bytes"));
    assert_eq!(succeeds(&on("check", &[])), "ok\n");
}

#[test]
fn frames_are_converted_and_come_back() {
    let dir = TempDir::new().unwrap();
    let file = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let csv = data("btcusd_1d.csv");
    let mut from = csv.clone();
    for to in ["a.atra", "b.csv.gz", "c.jsonl", "d.json.zst", "e.jsonl.gz", "f.csv.zst", "g.json", "c.csv"] {
        let to = file(to);
        let said = succeeds(&run(&["convert", &from, &to]));
        assert!(said.starts_with(&format!("{to}: 1,246 rows, ")), "{said}");
        from = to;
    }
    assert!(std::fs::read(file("b.csv.gz")).unwrap().starts_with(&[0x1f, 0x8b]));
    assert!(std::fs::read(file("f.csv.zst")).unwrap().starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
    let db = file("a.db");
    let args = ["import", "--db", &db, "--symbol", "BTC", "--interval", "1d", &file("b.csv.gz")];
    assert!(succeeds(&run(&args)).contains("1,246 candles of BTC 1d"));
    // The sample file's numbers are written the shortest way, as ours are.
    assert_eq!(std::fs::read_to_string(file("c.csv")).unwrap(), std::fs::read_to_string(csv).unwrap());
    let info = succeeds(&run(&["frame", "info", &file("a.atra")]));
    assert!(info.contains("1,246 rows from 2017-08-16 00:00 to"), "{info}");
    assert!(info.contains("decimals 2") && info.contains("volume"), "{info}");

    let error = fails(&run(&["convert", &file("a.atra"), &file("a.xlsx")]));
    assert!(error.contains("there are .csv, .jsonl and .json (also with .gz or .zst), .atra"), "{error}");
    assert!(fails(&run(&["frame", "info", &file("none.atra")])).contains("cannot read"));
    std::fs::write(file("cut.atra"), &std::fs::read(file("a.atra")).unwrap()[..5_000]).unwrap();
    assert!(fails(&run(&["frame", "info", &file("cut.atra")])).contains("checksum"));
}

/// The rows take more memory than there is for all of the program.
#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_memory_is_converted() {
    use std::fmt::Write;
    let dir = TempDir::new().unwrap();
    let file = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let mut text = String::from("time,open,high,low,close,volume\n");
    for row in 0..600_000_i64 {
        writeln!(text, "{},1.5,2.5,0.5,2,{row}", 1_700_000_000_000 + row * 60_000).unwrap();
    }
    std::fs::write(file("a.csv"), text).unwrap();
    let bounded = |args: &[&str]| {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -d 24576; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_atra"), "convert"]);
        shell.args(args).output().unwrap()
    };
    let said = succeeds(&bounded(&[&file("a.csv"), &file("b.jsonl.gz")]));
    assert!(said.contains("600,000 rows"), "{said}");
    // What takes the whole does not fit: the bound is one.
    assert!(!bounded(&[&file("a.csv"), &file("b.atra")]).status.success());
    succeeds(&bounded(&[&file("b.jsonl.gz"), &file("c.csv")]));
    assert!(std::fs::read(file("a.csv")).unwrap() == std::fs::read(file("c.csv")).unwrap());
}

/// When the disk is full, what was there stays what it was, and nothing else is left.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_costs_no_file() {
    let dir = TempDir::new().unwrap();
    let input = data("btcusd_1d.csv");
    let mut commands = vec![
        (vec!["convert", &input, "out.jsonl"], "out.jsonl"),
        (vec!["convert", &input, "out.csv", "--fill", "flat"], "out.csv"),
        (vec!["compute", "rsi", "--input", &input, "--output", "out.csv"], "out.csv"),
        (vec!["sweep", "rsi", "period=2..9", "--input", &input, "--output", "out.csv"], "out.csv"),
        (vec!["backtest", "--strategy", "macd_cross", "--input", &input, "--output", "out.csv"], "out.csv"),
        (vec!["backtest", "--strategy", "macd_cross", "--input", &input, "--report", "out.html"], "out.html"),
    ];
    if cfg!(feature = "parquet") {
        commands.push((vec!["convert", &input, "out.parquet", "--decimals"], "out.parquet"));
        let sweep = vec!["sweep", "rsi", "period=2..9", "--input", &input, "--output", "out.parquet"];
        commands.push((sweep, "out.parquet"));
    }
    for (args, name) in commands {
        let old = write(dir.path(), name, "old");
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_atra")]);
        let output = shell.args(&args).current_dir(dir.path()).output().unwrap();
        assert!(!output.status.success(), "{args:?}");
        assert_eq!(std::fs::read_to_string(&old).unwrap(), "old", "{args:?}");
        std::fs::remove_file(old).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "{args:?}");
    }
}

/// What is no ordinary file is written itself.
#[cfg(unix)]
#[test]
fn pipes_and_standard_output_are_written_themselves() {
    let dir = TempDir::new().unwrap();
    let shell = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_atra"), &data("btcusd_1d.csv")]);
        succeeds(&shell.current_dir(dir.path()).output().unwrap())
    };
    let expected = shell("\"$0\" compute rsi --input \"$1\"");
    assert_eq!(shell("\"$0\" compute rsi --input \"$1\" --output /dev/stdout"), expected);
    let through = "mkfifo pipe; cat pipe & \"$0\" compute rsi --input \"$1\" --output pipe; wait";
    assert_eq!(shell(through), expected);
    // Whoever has it open sees what is written to it.
    let open = "exec 3<>out; \"$0\" compute rsi --input \"$1\" --output /dev/stdout >&3; cat <&3";
    assert_eq!(shell(open), expected);
}

#[test]
fn frames_are_resampled_and_filled() {
    let dir = TempDir::new().unwrap();
    let file = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    let (minutes, days) = (data("us500_1m.csv"), data("aapl_1d.csv"));
    let read = |path: String| atra::csv::read_candles(std::fs::File::open(path).unwrap()).unwrap();
    let sessions = ["--resample", "30m", "--zone", "new_york", "--start", "09:30"];
    succeeds(&run(&[&["convert", &minutes, &file("a.csv")], &sessions[..]].concat()));
    let bars = Bars::parse("30m", Zone::NewYork, 570).unwrap();
    assert_eq!(read(file("a.csv")), sample("us500_1m").resample(bars).unwrap());
    succeeds(&run(&[
        "convert",
        &days,
        &file("b.csv"),
        "--fill",
        "flat",
        "--longest",
        "3",
        "--from",
        "2005-01-01",
    ]));
    let expected = sample("aapl_1d").between(1_104_537_600_000, i64::MAX);
    assert_eq!(read(file("b.csv")), expected.fill(86_400_000, Fill::Flat, 3).unwrap());

    for (wrong, message) in [
        (&["--resample", "1x"][..], "bars `1x` are not known"),
        (&["--resample", "1h", "--zone", "mars"], "--zone mars is not valid; it must be utc, new_york"),
        (&["--resample", "1h", "--start", "25:00"], "--start 25:00 is not valid"),
        (&["--fill", "magic"], "--fill magic is not valid; it must be flat, last, gap, linear"),
        (&["--fill", "flat", "--step", "x"], "--step x is not valid"),
        (&["--from", "soon"], "--from soon is not valid; it must be a date"),
        (&["--decimals"], "it must be a .parquet file to write"),
    ] {
        let error = fails(&run(&[&["convert", &days, &file("c.csv")], wrong].concat()));
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_file_is_checked() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("bad.csv");
    let path = path.to_str().unwrap();
    let said = succeeds(&run(&["frame", "check", &data("aapl_1d.csv")]));
    assert!(said.contains("3,270 rows, usually 86400000 ms apart"), "{said}");
    assert!(said.contains("rows missing before it"), "{said}");
    let rows = "0,1,1,1,1,1\n60000,1,1,1,1,1\n60000,1,0.5,1,1,1\n";
    std::fs::write(path, format!("time,open,high,low,close,volume\n{rows}")).unwrap();
    let output = run(&["frame", "check", path]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("time repeated") && said.contains("high 0.5, low 1"), "{said}");
    assert!(fails(&output).ends_with("bad.csv: 2 rows break a rule"));
}
