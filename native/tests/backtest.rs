//! `atra backtest`: the library's numbers, in every form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod command;

use atra::Args;
use atra::backtest::{Backtest, Metrics, Orders, Plan, Size};
use atra::strategy;
use atra_tests::sample;
use command::{data, database, fails, run, succeeds, text};

const ENTER: &str = "crosses_above(ema($fast), ema(30))";
const EXIT: &str = "crosses_below(ema($fast), ema(30))";

fn plan() -> Plan {
    Plan {
        enter: Some(ENTER.into()),
        exit: Some(EXIT.into()),
        stop_loss: Some("2 * atr(14)".into()),
        take_profit: Some("15%".into()),
        ..Plan::default()
    }
}

const RULES: [&str; 8] = ["--enter", ENTER, "--exit", EXIT, "--stop", "2 * atr(14)", "--target", "15%"];

#[test]
fn a_backtest_prints_the_librarys_numbers() {
    let (dir, db) = database("btcusd_1d.csv");
    let frame = sample("btcusd_1d");
    let terms = Backtest { capital: 500.0, size: Size::Part(0.5), fee: 20.0, slippage: 1.0, from: None };
    let outcome =
        terms.run(&frame, &plan().orders(&frame, &Args::new().with("fast", 10.0)).unwrap()).unwrap();
    assert!(outcome.trades.len() > 5);
    let equity = dir.path().join("equity.csv").to_str().unwrap().to_owned();
    let report = dir.path().join("report.html").to_str().unwrap().to_owned();
    let common = ["--set", "fast=10", "--capital", "500", "--size", "50%", "--fee", "20", "--slippage", "1"];
    let from_store = ["--db", &db, "--symbol", "BTCUSD", "--interval", "1d"];
    let json = [
        &["backtest"],
        &RULES[..],
        &common,
        &from_store,
        &["--format", "json", "--output", &equity, "--report", &report],
    ]
    .concat();
    let json: serde_json::Value = serde_json::from_str(&succeeds(&run(&json))).unwrap();
    assert_eq!(json["metrics"], serde_json::to_value(&outcome.metrics).unwrap());
    assert_eq!(json["trades"], serde_json::to_value(&outcome.trades).unwrap());
    let equity = std::fs::read_to_string(equity).unwrap();
    assert_eq!(equity.lines().count(), frame.len() + 1);
    assert!(equity.ends_with(&format!(",{}\n", outcome.metrics.equity)));
    let page = std::fs::read_to_string(report).unwrap();
    assert!(page.contains("<h1>BTCUSD 1d</h1>") && page.contains("crosses_above(ema($fast), ema(30))"));

    let file = data("btcusd_1d.csv");
    let csv = [&["backtest"], &RULES[..], &common, &["--input", &file, "--format", "csv"]].concat();
    let csv = succeeds(&run(&csv));
    let values = outcome.metrics.values().map(|x| x.to_string()).join(",");
    assert_eq!(csv, format!("{}\n{values}\n", Metrics::NAMES.join(",")));
    let table = succeeds(&run(&[&["backtest"], &RULES[..], &common, &["--input", &file]].concat()));
    assert!(table.contains(&format!("Trades            {}\n", outcome.trades.len())), "{table}");
}

#[test]
fn a_sweep_is_ordered_by_what_is_wanted() {
    let frame = sample("btcusd_1d");
    let file = data("btcusd_1d.csv");
    let sweep = |more: &[&str]| {
        let arguments = [
            &["backtest", "--input", &file],
            &RULES[..],
            &["--sweep", "fast=5..25:5", "--format", "json"],
            more,
        ];
        let rows: Vec<serde_json::Value> =
            serde_json::from_str(&succeeds(&run(&arguments.concat()))).unwrap();
        rows
    };
    let rows = sweep(&[]);
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let args = Args::new().with("fast", row["fast"].as_f64().unwrap());
        let metrics =
            Backtest::default().run(&frame, &plan().orders(&frame, &args).unwrap()).unwrap().metrics;
        for (name, value) in Metrics::NAMES.iter().zip(metrics.values()) {
            assert_eq!(row[name].as_f64(), Some(value), "{name} of {args:?}");
        }
    }
    let values = |rows: &[serde_json::Value], name: &str| -> Vec<f64> {
        rows.iter().map(|row| row[name].as_f64().unwrap()).collect()
    };
    assert!(values(&rows, "sharpe").is_sorted_by(|a, b| a >= b));
    assert!(values(&sweep(&["--by", "total_return"]), "total_return").is_sorted_by(|a, b| a >= b));
    let best = sweep(&["--by", "max_drawdown", "--top", "2"]);
    assert_eq!(best.len(), 2);
    assert!(values(&best, "max_drawdown").is_sorted());
    let table = ["--sweep", "fast=5..25:5", "--by", "fees", "--top", "1"];
    let table = succeeds(&run(&[&["backtest", "--input", &file], &RULES[..], &table].concat()));
    let header =
        "fast  total_return  cagr    sharpe  sortino  max_drawdown  trades  win_rate  exposure  fees";
    let names = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((names(&table)[..10].to_vec(), table.lines().count()), (names(header), 2));
}

#[test]
fn refused_sets_are_left_out_and_counted() {
    let file = data("btcusd_1d.csv");
    let sweep = |values: &str| {
        let rules = ["--enter", "close > sma($p)", "--exit", "close < sma($p)"];
        let arguments = ["--sweep", values, "--by", "fees", "--format", "json", "--input", &file];
        run(&[&["backtest"], &rules[..], &arguments].concat())
    };
    for (values, sets, left_out) in
        [("p=0..20:5", 4, "1 of 5"), ("p=20,10,0,1", 3, "1 of 4"), ("p=0,5,-1", 1, "2 of 3")]
    {
        let output = sweep(values);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let rows: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(rows.len(), sets);
        let said = text(&output.stderr);
        let begin = format!("{left_out} sets left out; the first: enter: character 13: sma: period ");
        assert!(said.starts_with(&begin) && said.lines().count() == 1, "{said}");
    }
    assert!(fails(&sweep("p=0,-1")).contains("period 0 is not valid"));
    succeeds(&sweep("p=5,10"));
}

#[test]
fn a_part_of_the_bars_is_traded() {
    let (frame, file) = (sample("btcusd_1d"), data("btcusd_1d.csv"));
    let (from, to) = (frame.time()[400], frame.time()[900]);
    let args = Args::new().with("fast", 10.0);
    let cut = frame.slice(..900);
    let terms = Backtest { from: Some(from), ..Backtest::default() };
    let outcome = terms.run(&cut, &plan().orders(&cut, &args).unwrap()).unwrap();
    let (from, to) = (from.to_string(), to.to_string());
    let part = ["--set", "fast=10", "--from", &from, "--to", &to, "--input", &file, "--format", "json"];
    let json: serde_json::Value =
        serde_json::from_str(&succeeds(&run(&[&["backtest"], &RULES[..], &part].concat()))).unwrap();
    assert_eq!(json["metrics"], serde_json::to_value(&outcome.metrics).unwrap());
    assert_eq!(json["trades"], serde_json::to_value(&outcome.trades).unwrap());
}

#[test]
fn a_strategy_is_tried() {
    let (frame, file) = (sample("btcusd_1d"), data("btcusd_1d.csv"));
    for strategy in strategy::all() {
        let orders = Orders::of_setups(&frame, &strategy.setups(&frame).unwrap()).unwrap();
        let outcome = Backtest::default().run(&frame, &orders).unwrap();
        let json = run(&["backtest", "--strategy", strategy.name(), "--input", &file, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&succeeds(&json)).unwrap();
        assert_eq!(json["trades"], serde_json::to_value(&outcome.trades).unwrap());
    }
}

#[test]
fn errors_are_one_line() {
    let file = data("btcusd_1d.csv");
    for (arguments, message) in [
        (
            vec!["--enter", "close > $x"],
            "enter: character 9: `$x` has no value; there are no parameters here",
        ),
        (
            vec!["--enter", "close"],
            "enter: character 1: a condition is wanted; `close` is a number, `close > 0` would be a condition",
        ),
        (
            vec!["--enter", "close > 1", "--stop", "close > 2"],
            "stop: character 1: a number is wanted; `close > 2` is a condition",
        ),
        (
            vec!["--enter", "close > 1", "--stop", "x%"],
            "character 1: no column `x`; there are: open, high, low, close, volume",
        ),
        (
            vec!["--enter", "close > 1", "--size", "all"],
            "--size all is not valid; it must be a part as 50%, or money as 1000",
        ),
        (
            vec!["--enter", "close > 1", "--size", "200%"],
            "size 2 is not valid; it must be above 0 and at most 1 of the equity",
        ),
        (
            vec!["--enter", "close > $x", "--sweep", "x=1..3", "--by", "sharp"],
            "unknown metric `sharp`; did you mean `sharpe`?",
        ),
        (vec!["--enter", "close > $x", "--sweep", "x=1..3", "--set", "x=2"], "parameter `x` is given twice"),
        (
            vec!["--strategy", "trend"],
            "unknown strategy `trend`; there are: rsi_reversal, trend_follow, macd_cross",
        ),
        (
            vec!["--enter", "close > 1", "--report", "no/such/report.html"],
            "cannot write no/such/report.html: no such file",
        ),
    ] {
        let error = fails(&run(&[&["backtest", "--input", &file], &arguments[..]].concat()));
        assert!(error.ends_with(message), "{error}");
    }
    for arguments in
        [vec![], vec!["--exit", "close > 1"], vec!["--enter", "close > 1", "--strategy", "macd_cross"]]
    {
        assert_eq!(
            run(&[&["backtest", "--input", &file], &arguments[..]].concat()).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}
