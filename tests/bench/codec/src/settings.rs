//! Parquet files of candles in several settings: their size, and how long writing and reading takes. A line each, tab
//! separated, for `parquet.py`: series, settings, bytes, seconds to write, seconds to read.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, TimestampMillisecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use atra::files::parquet::{Numbers, Select, Settings, read, write_with};
use atra::{Candle, Frame};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::{best, best_within};

/// Seconds of a turn, as others have it in `parquet.py`.
const TURN: f64 = 0.5;

pub fn run(dir: &Path, name: &str, rows: &[Candle]) {
    let frame = Frame::candles(rows.iter().copied()).unwrap();
    let path = dir.join(format!("{name}.parquet"));
    let measure = |settings: String, write: &dyn Fn(File)| {
        let (seconds, ()) = best(|| write(File::create(&path).unwrap()));
        let open = || File::open(&path).unwrap();
        let (reading, back) = best(|| read(open(), &Select::default()).unwrap());
        assert!(back == frame, "{settings}");
        println!("{name}\t{settings}\t{}\t{seconds}\t{reading}", open().metadata().unwrap().len());
    };
    for level in [1, 3] {
        for (encoding, dictionary) in [("plain", false), ("dictionary", true), ("byte stream split", false)] {
            measure(format!("doubles, {encoding}, zstd {level}"), &|file| arrow(&frame, file, level, encoding, dictionary));
        }
    }
    for group in [1 << 15, 1 << 17] {
        for (numbers, name) in [(Numbers::Doubles, "doubles"), (Numbers::Decimals, "decimals")] {
            for level in [0, 1] {
                let settings = Settings { numbers, level, group };
                measure(format!("atra {name}, zstd {level}, groups of {group}"), &|file| {
                    write_with(&frame, file, settings).unwrap();
                });
            }
        }
    }
    // What stays is what others are asked to read.
    let decimals = Settings { numbers: Numbers::Decimals, ..Settings::default() };
    measure("atra decimals".to_owned(), &|file| write_with(&frame, file, decimals).unwrap());
    std::fs::rename(&path, dir.join(format!("{name}.decimals.parquet"))).unwrap();
    measure("atra".to_owned(), &|file| write_with(&frame, file, Settings::default()).unwrap());
}

/// The seconds that reading takes.
pub fn read_one(path: &Path) {
    let (seconds, _) = best_within(TURN, || read(File::open(path).unwrap(), &Select::default()).unwrap());
    println!("{seconds}");
}

/// The seconds that writing takes of what a file has, into one beside it.
pub fn write_one(path: &Path, numbers: &str) {
    let frame = read(File::open(path).unwrap(), &Select::default()).unwrap();
    let numbers = if numbers == "decimals" { Numbers::Decimals } else { Numbers::Doubles };
    let (settings, to) = (Settings { numbers, ..Settings::default() }, path.with_extension("written"));
    let (seconds, ()) = best_within(TURN, || write_with(&frame, File::create(&to).unwrap(), settings).unwrap());
    println!("{seconds}");
}

fn arrow(frame: &Frame, file: File, level: i32, encoding: &str, dictionary: bool) {
    let mut fields = vec![Field::new("time", DataType::Timestamp(TimeUnit::Millisecond, None), false)];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(TimestampMillisecondArray::from(frame.time().to_vec()))];
    for name in Candle::COLUMNS {
        fields.push(Field::new(name, DataType::Float64, false));
        columns.push(Arc::new(Float64Array::from(frame.column(name).unwrap().to_vec())));
    }
    let schema = Arc::new(Schema::new(fields));
    let compression = match level {
        0 => Compression::UNCOMPRESSED,
        level => Compression::ZSTD(ZstdLevel::try_new(level).unwrap()),
    };
    let mut properties = WriterProperties::builder()
        .set_compression(compression)
        .set_dictionary_enabled(dictionary)
        .set_column_dictionary_enabled("time".into(), false)
        .set_column_encoding("time".into(), Encoding::DELTA_BINARY_PACKED);
    if encoding == "byte stream split" {
        for name in Candle::COLUMNS {
            properties = properties.set_column_encoding(name.into(), Encoding::BYTE_STREAM_SPLIT);
        }
    }
    let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties.build())).unwrap();
    writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
    writer.close().unwrap();
}
