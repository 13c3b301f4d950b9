//! `atra sweep`: every set of parameters has the bits it has alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod command;

use atra::{Args, num, registry};
use atra_tests::sample;
use command::{data, database, fails, run, succeeds};

#[test]
fn a_sweep_is_summed_up_and_written_in_full() {
    let (dir, db) = database("btcusd_1d.csv");
    let frame = sample("btcusd_1d");
    let file = dir.path().join("full.csv").to_str().unwrap().to_owned();
    let parameters = ["sweep", "bbands", "period=10..30:10", "up=1,2.5"];
    let from_store =
        ["--db", &db, "--symbol", "BTCUSD", "--interval", "1d", "--format", "csv", "--output", &file];
    let summary = succeeds(&run(&[&parameters[..], &from_store].concat()));
    let from_file = ["--input", &data("btcusd_1d.csv"), "--format", "csv"];
    assert_eq!(summary, succeeds(&run(&[&parameters[..], &from_file].concat())));
    let full = succeeds(&run(&[&parameters[..], &from_file, &["--output", "-"]].concat()));
    assert_eq!(full, std::fs::read_to_string(&file).unwrap());

    let full = std::fs::read_to_string(&file).unwrap();
    let mut full = full.lines();
    let mut summary = summary.lines();
    assert_eq!(full.next(), Some("period,up,time,upper,middle,lower"));
    assert_eq!(summary.next(), Some("period,up,output,count,last,min,max,mean"));
    for period in [10.0, 20.0, 30.0] {
        for up in [1.0, 2.5] {
            let args = Args::new().with("period", period).with("up", up);
            let outputs =
                registry::find("bbands").unwrap().build(&args).unwrap().compute_frame(&frame).unwrap();
            for (name, values) in ["upper", "middle", "lower"].iter().zip(&outputs) {
                let numbers: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
                let (low, high) = numbers
                    .iter()
                    .fold((f64::MAX, f64::MIN), |(low, high), x| (num::min(*x, low), num::max(*x, high)));
                let cells: Vec<&str> = summary.next().unwrap().split(',').collect();
                assert_eq!(cells[..3], [period.to_string(), up.to_string(), (*name).to_owned()]);
                let numbers = [
                    numbers.len() as f64,
                    *numbers.last().unwrap(),
                    low,
                    high,
                    numbers.iter().sum::<f64>() / numbers.len() as f64,
                ];
                assert_eq!(cells[3..], numbers.map(|x| x.to_string()), "{period} {up}");
            }
            for (row, time) in frame.time().iter().enumerate() {
                let cell = |x: f64| if x.is_nan() { String::new() } else { x.to_string() };
                let expected = format!(
                    "{period},{up},{time},{},{},{}",
                    cell(outputs[0][row]),
                    cell(outputs[1][row]),
                    cell(outputs[2][row])
                );
                assert_eq!(full.next(), Some(expected.as_str()));
            }
        }
    }
    assert_eq!((full.next(), summary.next()), (None, None));
}

#[test]
fn names_are_swept_too_and_printed_as_a_table_or_json() {
    let file = data("btcusd_1d.csv");
    let table = succeeds(&run(&["sweep", "ma", "ma=sma,ema", "period=5..6", "--input", &file]));
    assert_eq!(table.lines().count(), 5);
    assert!(table.starts_with("ma   period  output  count "), "{table}");
    let json = succeeds(&run(&["sweep", "ma", "ma=sma,ema", "--input", &file, "--format", "json"]));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!((rows[1]["ma"].as_str(), rows[1]["output"].as_str()), (Some("ema"), Some("ma")));
    // Nothing swept is one set: the defaults.
    assert_eq!(succeeds(&run(&["sweep", "rsi", "--input", &file])).lines().count(), 2);
}

#[test]
#[cfg(feature = "parquet")]
fn a_sweep_is_a_parquet_file() {
    use parquet::file::reader::{FileReader, SerializedFileReader};

    let dir = tempfile::TempDir::new().unwrap();
    let file = dir.path().join("full.parquet").to_str().unwrap().to_owned();
    // More than one row group.
    succeeds(&run(&["sweep", "rsi", "period=2..100", "--input", &data("btcusd_1d.csv"), "--output", &file]));
    let reader = SerializedFileReader::new(std::fs::File::open(&file).unwrap()).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 99 * 1_246);
    assert_eq!(reader.num_row_groups(), 2);
}

#[test]
fn errors_are_one_line() {
    let file = data("btcusd_1d.csv");
    for (arguments, message) in [
        (vec!["rsii", "period=5"], "unknown indicator `rsii`; did you mean `rsi`?"),
        (vec!["rsi", "period=5..x"], "period=5..x is not a range; write period=from..to:step"),
        (vec!["rsi", "perod=5..9"], "rsi has no parameter `perod`; did you mean `period`?"),
        (vec!["rsi", "period=2..9", "period=3"], "parameter `period` is given twice"),
        (
            vec!["rsi", "period=99999..100001"],
            "rsi: period 100001 is not valid; it must be a whole number from 2 to 100000 (default 14)",
        ),
        (vec!["mavp"], "no column `periods`; there are: open, high, low, close, volume"),
        (
            vec!["rsi", "--output", "x.txt"],
            "x.txt: the name does not tell the format; there are .csv, .json, .parquet",
        ),
    ] {
        let error = fails(&run(&[&["sweep"], &arguments[..], &["--input", &file]].concat()));
        assert!(error.ends_with(message), "{error}");
    }
    assert_eq!(run(&["sweep", "rsi"]).status.code(), Some(2), "no source");
}
