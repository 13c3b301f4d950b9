//! Frames and signals as bytes: atra's codec against what else a program would use. One process, best of several runs.
//!
//! `cargo run --release --manifest-path tests/bench/codec/Cargo.toml`

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, TimestampMillisecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use atra_core::codec::{deserialize_fast, serialize_fast};
use atra_core::{Candle, Frame};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Signal {
    time: i64,
    symbol: String,
    side: String,
    price: f64,
    score: f64,
    reason: Option<String>,
}

fn candles(rows: usize) -> Vec<Candle> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut random = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % 20_001) as i64 - 10_000
    };
    let mut price = 2_700_000_i64;
    (0..rows as i64)
        .map(|bar| {
            let open = price;
            // Some tenths of a percent of the price, more when volatile.
            price = (price + random() * random() / 40_000).max(10_000);
            let high = open.max(price) + random().abs() / 20;
            let low = open.min(price) - random().abs() / 20;
            let [open, high, low, close] = [open, high, low, price].map(|ticks| ticks as f64 / 100.0);
            Candle { time: bar * 60_000, open, high, low, close, volume: (random() * random()).abs() as f64 / 1e5 }
        })
        .collect()
}

fn best<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut least = f64::INFINITY;
    let mut last = None;
    for _ in 0..5 {
        let started = Instant::now();
        let result = black_box(work());
        least = least.min(started.elapsed().as_secs_f64());
        last = Some(result);
    }
    (least, last.unwrap())
}

struct Line {
    name: &'static str,
    bytes: usize,
    write: f64,
    read: f64,
}

fn line<T: PartialEq>(
    name: &'static str,
    value: &T,
    write: impl Fn() -> Vec<u8>,
    read: impl Fn(&[u8]) -> T,
) -> Line {
    let (write, bytes) = best(write);
    let (read, back) = best(|| read(&bytes));
    // serde_json reads some numbers a bit off, unless it is built to be exact.
    assert!(back == *value || name.starts_with("serde_json"), "{name} does not restore what it was given");
    Line { name, bytes: bytes.len(), write, read }
}

fn print(title: &str, raw: usize, lines: &[Line]) {
    println!("\n{title} ({:.1} MB raw)", raw as f64 / 1e6);
    println!("{:<28}{:>9}{:>12}{:>12}{:>10}{:>10}", "", "% of raw", "write GB/s", "read GB/s", "write ×", "read ×");
    for line in lines {
        let speed = |seconds: f64| raw as f64 / seconds / 1e9;
        println!(
            "{:<28}{:>9.1}{:>12.3}{:>12.3}{:>10.2}{:>10.2}",
            line.name,
            line.bytes as f64 * 100.0 / raw as f64,
            speed(line.write),
            speed(line.read),
            line.write / lines[0].write,
            line.read / lines[0].read,
        );
    }
}

fn parquet(frame: &Frame, level: Option<i32>, dictionary: bool) -> Vec<u8> {
    let mut fields = vec![Field::new("time", DataType::Timestamp(TimeUnit::Millisecond, None), false)];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(TimestampMillisecondArray::from(frame.time().to_vec()))];
    for name in Candle::COLUMNS {
        fields.push(Field::new(name, DataType::Float64, false));
        columns.push(Arc::new(Float64Array::from(frame.column(name).unwrap().to_vec())));
    }
    let schema = Arc::new(Schema::new(fields));
    let compression =
        level.map_or(Compression::UNCOMPRESSED, |level| Compression::ZSTD(ZstdLevel::try_new(level).unwrap()));
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_dictionary_enabled(dictionary)
        .set_column_dictionary_enabled("time".into(), false)
        .set_column_encoding("time".into(), Encoding::DELTA_BINARY_PACKED);
    let mut writer = ArrowWriter::try_new(Vec::new(), schema.clone(), Some(properties.build())).unwrap();
    writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
    writer.into_inner().unwrap()
}

fn of_parquet(bytes: &[u8]) -> Frame {
    let bytes = bytes::Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap().with_batch_size(65_536).build().unwrap();
    let mut time = Vec::new();
    let mut columns = vec![Vec::new(); 5];
    for batch in reader {
        let batch = batch.unwrap();
        let times = batch.column(0).as_any().downcast_ref::<TimestampMillisecondArray>().unwrap();
        time.extend_from_slice(times.values());
        for (column, array) in columns.iter_mut().zip(&batch.columns()[1..]) {
            column.extend_from_slice(array.as_any().downcast_ref::<Float64Array>().unwrap().values());
        }
    }
    let mut frame = Frame::new(time).unwrap();
    for (name, values) in Candle::COLUMNS.into_iter().zip(columns) {
        frame = frame.with_column(name, values).unwrap();
    }
    frame
}

fn frames(title: &str, rows: Vec<Candle>) {
    let frame = Frame::candles(rows.iter().copied()).unwrap();
    let json = || serde_json::to_vec(&rows).unwrap();
    let lines = [
        line("atra", &frame, || serialize_fast(&frame).unwrap(), |bytes| deserialize_fast(bytes).unwrap()),
        line(
            "atra, optimized",
            &frame,
            || serialize_fast(&frame.optimize()).unwrap(),
            |bytes| deserialize_fast(bytes).unwrap(),
        ),
        line("serde_json", &rows, json, |bytes| serde_json::from_slice(bytes).unwrap()),
        line(
            "serde_json + zstd 3",
            &rows,
            || zstd::encode_all(&json()[..], 3).unwrap(),
            |bytes| serde_json::from_slice(&zstd::decode_all(bytes).unwrap()).unwrap(),
        ),
        line(
            "rmp-serde, structs",
            &rows,
            || rmp_serde::to_vec_named(&rows).unwrap(),
            |bytes| rmp_serde::from_slice(bytes).unwrap(),
        ),
        line(
            "postcard, structs",
            &rows,
            || postcard::to_stdvec(&rows).unwrap(),
            |bytes| postcard::from_bytes(bytes).unwrap(),
        ),
        line("Parquet, dictionary, zstd 3", &frame, || parquet(&frame, Some(3), true), of_parquet),
        line("Parquet, plain, zstd 1", &frame, || parquet(&frame, Some(1), false), of_parquet),
        line("Parquet, plain", &frame, || parquet(&frame, None, false), of_parquet),
    ];
    print(title, rows.len() * 48, &lines);
}

fn main() {
    frames("1,000,000 synthetic candles", candles(1_000_000));
    let text = include_str!("../../../data/btcusd_4h.csv");
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let time = cells.next().unwrap().parse().unwrap();
        Candle::from_values(time, std::array::from_fn(|_| cells.next().unwrap().parse().unwrap()))
    });
    frames("btcusd_4h, 15,577 candles", rows.collect());

    let signals: Vec<Signal> = candles(100_000)
        .into_iter()
        .map(|candle| Signal {
            time: candle.time,
            symbol: "BTCUSDT".to_owned(),
            side: if candle.close > candle.open { "buy" } else { "sell" }.to_owned(),
            price: candle.close,
            score: candle.volume / 1_000.0,
            reason: (candle.time % 3 == 0).then(|| "rsi(14) crossed 30 upwards".to_owned()),
        })
        .collect();
    let lines = [
        line(
            "atra",
            &signals,
            || serialize_fast(&signals).unwrap(),
            |bytes| deserialize_fast(bytes).unwrap(),
        ),
        line(
            "serde_json",
            &signals,
            || serde_json::to_vec(&signals).unwrap(),
            |bytes| serde_json::from_slice(bytes).unwrap(),
        ),
        line(
            "rmp-serde, structs",
            &signals,
            || rmp_serde::to_vec_named(&signals).unwrap(),
            |bytes| rmp_serde::from_slice(bytes).unwrap(),
        ),
        line(
            "postcard, structs",
            &signals,
            || postcard::to_stdvec(&signals).unwrap(),
            |bytes| postcard::from_bytes(bytes).unwrap(),
        ),
    ];
    print("100,000 signals", signals.len() * 80, &lines);
}
