//! CSV as other programs write it. The package for browsers reads the same files (`wasm/test/csv.test.mjs`).

#![allow(clippy::unwrap_used, clippy::panic)] // a test fails by panicking

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::PathBuf;

use atra::csv::{examine, read, read_candles};
use serde::Deserialize;

/// Of each file, what is to be read of it (time, open, high, low, close, volume), or what its refusal names.
#[derive(Deserialize)]
struct Expected {
    read: BTreeMap<String, Vec<[f64; 6]>>,
    refused: BTreeMap<String, Vec<String>>,
}

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../tests/fixtures/csv", name].iter().collect()
}

fn open(name: &str) -> File {
    File::open(path(name)).unwrap()
}

#[test]
fn candles_of_other_programs_are_read_or_refused_with_a_reason() {
    let Expected { read, refused } =
        serde_json::from_str(&fs::read_to_string(path("expected.json")).unwrap()).unwrap();
    for (name, rows) in &read {
        let frame = read_candles(open(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Vec<[f64; 6]> = (0..frame.len())
            .map(|row| {
                let candle = frame.candle(row).unwrap();
                let [open, high, low, close, volume] = candle.values();
                [candle.time as f64, open, high, low, close, volume]
            })
            .collect();
        assert_eq!(&found, rows, "{name}");
        assert!(examine(open(name)).unwrap().issues.is_empty(), "{name}");
    }
    for (name, parts) in &refused {
        let error = read_candles(open(name)).unwrap_err().to_string().to_lowercase();
        assert!(parts.iter().all(|part| error.contains(&part.to_lowercase())), "{name}: {error}");
    }
    let files = fs::read_dir(path(""))
        .unwrap()
        .filter(|file| file.as_ref().unwrap().path().extension().unwrap() == "csv");
    assert_eq!(files.count(), read.len() + refused.len());
}

/// What stands beside a candle keeps its name, without the brackets that some programs write around it.
#[test]
fn columns_beside_candles_keep_their_names() {
    let names = |text: &str| {
        let frame = read(text.as_bytes()).unwrap().into_frame();
        frame.column_names().map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    let prices = "<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>";
    let text = format!(
        "<DATE>\t<TIME>\t{prices}\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.31\t09:30\t1\t1\t1\t1\t2\t3\t4\n"
    );
    assert_eq!(names(&text), "open high low close TICKVOL volume SPREAD");
    assert_eq!(
        names("time,open,high,low,close,Vol,vol,tick_volume\n1,1,1,1,1,2,3,4\n"),
        "open high low close Vol vol volume"
    );
    assert_eq!(
        names("time,open,high,low,close,vol,Volume\n1,1,1,1,1,2,3\n"),
        "open high low close vol volume"
    );
    assert_eq!(names("time,close,vol,<x>\n1,2,3,4\n"), "close vol <x>");
    // A time that comes first is one by itself.
    assert_eq!(names("time,date,close\n1706693400,2024,1\n"), "date close");
}

/// Milliseconds from 1970 on, of which the last row's alone would pass for seconds.
#[test]
fn the_newest_row_tells_the_unit() {
    let frame = read("time,close\n100051200000,3\n86400000,2\n0,1\n".as_bytes()).unwrap().into_frame();
    assert_eq!(frame.time(), [0, 86_400_000, 100_051_200_000]);
    assert_eq!(frame.column("close").unwrap(), [1.0, 2.0, 3.0]);
}
