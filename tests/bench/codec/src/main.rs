//! Frames and signals as bytes: atra's codec against what else a program would use. One process, best of several runs.
//!
//! `make bench-codec`; with `parquet DIR`, Parquet files of several settings instead, with `read-parquet FILE` how long
//! reading one takes, whoever wrote it, and with `write-parquet FILE doubles|decimals` how long writing what it has takes
//! (`make bench-parquet`).

mod settings;

use std::hint::black_box;
use std::io::BufWriter;
use std::sync::Arc;
use std::time::Instant;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, TimestampMillisecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use atra::codec::{deserialize_fast, serialize_into};
use atra::{Candle, Frame, PackedFrame};
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

/// The best of several runs, in seconds.
fn best<T>(work: impl FnMut() -> T) -> (f64, T) {
    best_within(1.0, work)
}

/// The best of five runs, or of as many as begin within so many seconds.
fn best_within<T>(seconds: f64, mut work: impl FnMut() -> T) -> (f64, T) {
    let mut least = f64::INFINITY;
    let mut last = None;
    let begun = Instant::now();
    for round in 0.. {
        let started = Instant::now();
        let result = black_box(work());
        least = least.min(started.elapsed().as_secs_f64());
        last = Some(result);
        if round >= 4 && begun.elapsed().as_secs_f64() > seconds {
            break;
        }
    }
    (least, last.unwrap())
}

struct Line {
    name: &'static str,
    bytes: usize,
    /// Seconds into a new buffer.
    fresh: f64,
    /// Seconds into a buffer that was written before.
    again: f64,
    read: f64,
}

fn line<T: PartialEq>(
    name: &'static str,
    value: &T,
    write: impl Fn(&mut Vec<u8>),
    read: impl Fn(&[u8]) -> T,
) -> Line {
    let (fresh, mut bytes) = best(|| {
        let mut bytes = Vec::new();
        write(&mut bytes);
        bytes
    });
    let (again, ()) = best(|| {
        bytes.clear();
        write(&mut bytes);
    });
    let (read, back) = best(|| read(&bytes));
    // serde_json reads some numbers a bit off, unless it is built to be exact.
    assert!(back == *value || name.starts_with("serde_json"), "{name} does not restore what it was given");
    Line { name, bytes: bytes.len(), fresh, again, read }
}

/// A table: sizes, speeds over the raw bytes, and how many times as long each takes as the first.
fn print(title: &str, raw: usize, lines: &[Line]) {
    println!("\n{title} ({:.1} MB raw)", raw as f64 / 1e6);
    println!(
        "{:<28}{:>9}{:>12}{:>12}{:>12}{:>9}{:>9}{:>9}",
        "", "% of raw", "write GB/s", "again GB/s", "read GB/s", "write ×", "again ×", "read ×"
    );
    for line in lines {
        let speed = |seconds: f64| raw as f64 / seconds / 1e9;
        println!(
            "{:<28}{:>9.1}{:>12.3}{:>12.3}{:>12.3}{:>9.2}{:>9.2}{:>9.2}",
            line.name,
            line.bytes as f64 * 100.0 / raw as f64,
            speed(line.fresh),
            speed(line.again),
            speed(line.read),
            line.fresh / lines[0].fresh,
            line.again / lines[0].again,
            line.read / lines[0].read,
        );
    }
}

/// What is promised, and what was measured.
fn goals(raw: usize, lines: &[Line]) {
    let of = |name: &str| lines.iter().find(|line| line.name == name).unwrap();
    let (ours, packed) = (of("atra"), of("atra, packed"));
    let zstd = of("Parquet, dictionary, zstd 3");
    let mut rows = vec![
        ("packed, of raw", packed.bytes as f64 / raw as f64 * -100.0, -25.0, "%"),
        ("packed read / Parquet zstd read", zstd.read / packed.read, 3.0, "×"),
        ("write into new memory", raw as f64 / ours.fresh / 1e9, 1.0, "GB/s"),
        ("write into a buffer again", raw as f64 / ours.again / 1e9, 1.0, "GB/s"),
        ("read", raw as f64 / ours.read / 1e9, 1.0, "GB/s"),
    ];
    for (peer, goal) in [("serde_json", 20.0), ("rmp-serde, structs", 5.0)] {
        let peer = of(peer);
        rows.push((peer.name, peer.fresh / ours.fresh, goal, "× to write"));
        rows.push((peer.name, peer.again / ours.again, goal, "× to write again"));
        rows.push((peer.name, peer.read / ours.read, goal, "× to read"));
    }
    for (name, value, goal, unit) in rows {
        let verdict = if value >= goal { "kept" } else { "MISSED" };
        println!("{name:<34}{:>8.2} {unit:<18} goal {:>3} {verdict}", value.abs(), goal.abs());
    }
}

fn parquet(frame: &Frame, level: Option<i32>, dictionary: bool, out: &mut Vec<u8>) {
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
    let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(properties.build())).unwrap();
    writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
    writer.close().unwrap();
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
    let packed = frame.optimize();
    // What no format can be faster than.
    let copied = vec![7_u8; rows.len() * 48];
    let lines = [
        line(
            "atra",
            &frame,
            |out| serialize_into(&frame, out).unwrap(),
            |bytes| deserialize_fast(bytes).unwrap(),
        ),
        line(
            "atra, packed",
            &frame,
            |out| serialize_into(&frame.optimize(), out).unwrap(),
            |bytes| deserialize_fast(bytes).unwrap(),
        ),
        line(
            "atra, packed before",
            &frame,
            |out| serialize_into(&packed, out).unwrap(),
            |bytes| deserialize_fast::<PackedFrame>(bytes).unwrap().unpack(),
        ),
        line("a copy of the raw bytes", &copied, |out| out.extend_from_slice(&copied), <[u8]>::to_vec),
        line(
            "serde_json",
            &rows,
            |out| serde_json::to_writer(out, &rows).unwrap(),
            |bytes| serde_json::from_slice(bytes).unwrap(),
        ),
        line(
            "serde_json + zstd 3",
            &rows,
            |out| {
                let mut out = zstd::Encoder::new(out, 3).unwrap();
                serde_json::to_writer(BufWriter::with_capacity(1 << 17, &mut out), &rows).unwrap();
                out.finish().unwrap();
            },
            |bytes| serde_json::from_slice(&zstd::decode_all(bytes).unwrap()).unwrap(),
        ),
        line(
            "rmp-serde, structs",
            &rows,
            |out| rmp_serde::encode::write_named(out, &rows).unwrap(),
            |bytes| rmp_serde::from_slice(bytes).unwrap(),
        ),
        line(
            "postcard, structs",
            &rows,
            |out| *out = postcard::to_extend(&rows, std::mem::take(out)).unwrap(),
            |bytes| postcard::from_bytes(bytes).unwrap(),
        ),
        line("Parquet, dictionary, zstd 3", &frame, |out| parquet(&frame, Some(3), true, out), of_parquet),
        line("Parquet, plain, zstd 1", &frame, |out| parquet(&frame, Some(1), false, out), of_parquet),
        line("Parquet, plain", &frame, |out| parquet(&frame, None, false, out), of_parquet),
    ];
    let raw = rows.len() * 48;
    print(title, raw, &lines);
    goals(raw, &lines);
}

fn sample(text: &str) -> Vec<Candle> {
    let rows = text.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let time = cells.next().unwrap().parse().unwrap();
        Candle::from_values(time, std::array::from_fn(|_| cells.next().unwrap().parse().unwrap()))
    });
    rows.collect()
}

fn main() {
    let btcusd = sample(include_str!("../../../data/btcusd_4h.csv"));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [part, dir] = &arguments[..]
        && part == "parquet"
    {
        settings::run(dir.as_ref(), "btcusd_4h", &btcusd);
        settings::run(dir.as_ref(), "synthetic", &candles(2_000_000));
        return;
    }
    if let [part, file] = &arguments[..]
        && part == "read-parquet"
    {
        settings::read_one(file.as_ref());
        return;
    }
    if let [part, file, numbers] = &arguments[..]
        && part == "write-parquet"
    {
        settings::write_one(file.as_ref(), numbers);
        return;
    }
    frames("1,000,000 synthetic candles", candles(1_000_000));
    frames("btcusd_4h, 15,577 candles", btcusd);

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
            |out| serialize_into(&signals, out).unwrap(),
            |bytes| deserialize_fast(bytes).unwrap(),
        ),
        line(
            "serde_json",
            &signals,
            |out| serde_json::to_writer(out, &signals).unwrap(),
            |bytes| serde_json::from_slice(bytes).unwrap(),
        ),
        line(
            "serde_json + zstd 3",
            &signals,
            |out| {
                let mut out = zstd::Encoder::new(out, 3).unwrap();
                serde_json::to_writer(BufWriter::with_capacity(1 << 17, &mut out), &signals).unwrap();
                out.finish().unwrap();
            },
            |bytes| serde_json::from_slice(&zstd::decode_all(bytes).unwrap()).unwrap(),
        ),
        line(
            "rmp-serde, structs",
            &signals,
            |out| rmp_serde::encode::write_named(out, &signals).unwrap(),
            |bytes| rmp_serde::from_slice(bytes).unwrap(),
        ),
        line(
            "postcard, structs",
            &signals,
            |out| *out = postcard::to_extend(&signals, std::mem::take(out)).unwrap(),
            |bytes| postcard::from_bytes(bytes).unwrap(),
        ),
    ];
    print("100,000 signals", signals.len() * 80, &lines);
    println!("load: {}", std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim());
}
