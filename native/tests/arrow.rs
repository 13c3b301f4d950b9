//! Arrow: batches without a copy, and the files of pyarrow and polars (`fixtures/others.py` in the shared tests).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::fs::File;

use arrow_array::{RecordBatchReader, ffi_stream::ArrowArrayStreamReader};
use atra::Frame;
use atra::files::arrow::{FFI_ArrowArrayStream, batch, export, frame, import, read, write};
use atra_tests::{SAMPLES, path, sample};

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn batches_are_not_copies() {
    let original = sample("btcusd_1d");
    let places = |frame: &Frame| -> Vec<*const f64> {
        frame.column_names().map(|name| frame.column(name).unwrap().as_ptr()).collect()
    };
    let (expected, at, time) = (original.clone(), places(&original), original.time().as_ptr());
    let one = batch(original).unwrap();
    assert_eq!(one.num_rows(), expected.len());
    // While another holds the memory it is copied, and stays what it was.
    let copied = frame(one.clone()).unwrap();
    assert_eq!(copied, expected);
    assert_ne!(places(&copied), at);
    let back = frame(one).unwrap();
    assert_eq!((back.time().as_ptr(), places(&back)), (time, at));
    assert_eq!(back, expected);
}

#[test]
fn frames_cross_the_c_data_interface() {
    for name in SAMPLES {
        assert_eq!(import(export(sample(name)).unwrap()).unwrap(), sample(name), "{name}");
    }
    let frame = sample("ibm_1d");
    let at = frame.column("close").unwrap().as_ptr();
    let mut stream = ArrowArrayStreamReader::try_new(export(frame).unwrap()).unwrap();
    assert_eq!(stream.schema().field(0).name(), "time");
    let batch = stream.next().unwrap().unwrap();
    assert_eq!(batch.column_by_name("close").unwrap().to_data().buffers()[0].as_ptr().cast(), at);
    assert!(stream.next().is_none());
    // What was taken outlives its stream.
    drop(stream);
    assert_eq!(self::frame(batch).unwrap(), sample("ibm_1d"));
    let released = import(FFI_ArrowArrayStream::empty()).unwrap_err();
    assert!(released.to_string().starts_with("not Arrow that can be read"), "{released}");
}

#[test]
fn files_come_back() {
    for name in SAMPLES {
        let mut bytes = Vec::new();
        write(sample(name), &mut bytes).unwrap();
        assert_eq!(read(&bytes[..]).unwrap(), sample(name), "{name}");
    }
}

#[test]
fn files_of_others_are_read() {
    let open = |name| read(File::open(path("fixtures").join(name)).unwrap()).unwrap();
    let types = open("types.feather");
    assert_eq!(types.time(), [1_700_000_000_000, 1_700_000_060_000, 1_700_000_120_000]);
    assert!(types.column_names().eq(["close", "wide", "unsigned", "huge", "small", "closed"]));
    let column = |name: &str| bits(types.column(name).unwrap());
    assert_eq!(column("close"), bits(&[1.5, f64::NAN, -2.25]));
    assert_eq!(column("wide"), bits(&[12_345_678_901_234_567_890.25, f64::NAN, -0.01]));
    assert_eq!(column("unsigned"), bits(&[4e9, 0.0, f64::NAN]));
    assert_eq!(column("huge"), bits(&[9_223_372_036_854_775_808.0, 1.0, 2.0]));
    assert_eq!(column("small"), bits(&[-3.0, f64::NAN, 7.0]));
    assert_eq!(column("closed"), bits(&[1.0, f64::NAN, 0.0]));
    let polars = open("polars.arrow");
    assert_eq!(polars.time(), [1_704_067_200_000, 1_704_153_600_000, 1_704_326_400_000]);
    assert_eq!(bits(polars.column("price").unwrap()), bits(&[27_000.25, f64::NAN, 0.01]));
}

#[test]
fn damaged_files_are_errors() {
    let mut whole = Vec::new();
    write(sample("ibm_1d").head(50), &mut whole).unwrap();
    for length in (0..whole.len()).step_by(7) {
        assert!(read(&whole[..length]).is_err(), "cut at {length}");
    }
}
