//! Parquet: what we write, and what pyarrow wrote (`fixtures/parquet.py` in the shared tests).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::fs::File;
use std::io::Write;

use atra::files::parquet::{Select, read, write};
use atra::{ErrorKind, Frame};
use atra_tests::{SAMPLES, path, sample};

fn written(frame: &Frame) -> File {
    let mut file = tempfile::tempfile().unwrap();
    write(frame, &mut file).unwrap();
    file
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn every_bit_comes_back() {
    for name in SAMPLES {
        let frame = sample(name);
        assert_eq!(read(written(&frame), &Select::default()).unwrap(), frame, "{name}");
    }
    let odd = [f64::NAN, f64::from_bits(0x7ff8_0000_0000_1234), -0.0, f64::INFINITY, 5e-324];
    let frame = Frame::new((0..5).collect()).unwrap().with_column("odd", odd.to_vec()).unwrap();
    let back = read(written(&frame), &Select::default()).unwrap();
    assert_eq!(bits(back.column("odd").unwrap()), bits(&odd));
    let empty = Frame::empty_candles(0);
    assert_eq!(read(written(&empty), &Select::default()).unwrap(), empty);
}

#[test]
fn columns_and_times_are_selected() {
    let rows: i64 = 300_000;
    let frame = Frame::new((0..rows).map(|row| row * 1_000).collect()).unwrap();
    let values = |scale: f64| (0..rows).map(|row| row as f64 * scale).collect::<Vec<_>>();
    let frame = frame.with_column("a", values(0.5)).unwrap().with_column("b", values(0.25)).unwrap();
    let select = Select { columns: vec!["b".to_owned()], from: Some(140_000_500), to: Some(140_003_000) };
    let part = read(written(&frame), &select).unwrap();
    assert_eq!(part.time(), [140_001_000, 140_002_000]);
    assert!(part.column_names().eq(["b"]));
    assert_eq!(part.column("b").unwrap(), [140_001.0 * 0.25, 140_002.0 * 0.25]);
    let missing = Select { columns: vec!["c".to_owned()], ..Select::default() };
    assert_eq!(read(written(&frame), &missing).unwrap_err().kind(), ErrorKind::NotFound);
}

/// Timestamps in nanoseconds, nulls, decimals, floats, integers, booleans, text, snappy: as pyarrow writes them.
#[test]
fn files_of_pyarrow_are_read() {
    let open = || File::open(path("fixtures/pyarrow.parquet")).unwrap();
    let frame = read(open(), &Select::default()).unwrap();
    assert_eq!(frame.time(), [1_700_000_000_000, 1_700_000_060_000, 1_700_000_120_000]);
    assert_eq!(bits(frame.column("close").unwrap()), bits(&[1.5, f64::NAN, -2.25]));
    assert_eq!(frame.column("ticks").unwrap(), [27_000.25, 27_000.5, 0.01]);
    assert_eq!(frame.column("narrow").unwrap(), [0.5, 0.25, 0.125]);
    assert_eq!(frame.column("trades").unwrap(), [7.0, 8.0, 9.0]);
    assert_eq!(frame.column("closed").unwrap(), [1.0, 0.0, 1.0]);
    assert!(frame.column("note").is_err());
    let note = Select { columns: vec!["note".to_owned()], ..Select::default() };
    let error = read(open(), &note).unwrap_err();
    assert!(error.to_string().starts_with("column `note` is not numeric: it is BYTE_ARRAY"), "{error}");
}

#[test]
fn damaged_files_are_errors() {
    let mut whole = Vec::new();
    write(&sample("ibm_1d").head(300), &mut whole).unwrap();
    let read_bytes = |bytes: &[u8]| {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        read(file, &Select::default())
    };
    assert!(read_bytes(b"").is_err());
    for length in (0..whole.len()).step_by(whole.len() / 60 + 1) {
        assert!(read_bytes(&whole[..length]).is_err(), "cut at {length}");
    }
    // Anywhere: another number, or an error, but no panic.
    for at in (0..whole.len()).step_by(whole.len() / 400 + 1) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let _ = read_bytes(&bytes);
    }
}
