//! Parquet: what we write, and what pyarrow wrote (`fixtures/parquet.py` in the shared tests).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::fs::File;
use std::io::Write;

use atra::files::parquet::{Numbers, Reader, Select, Settings, Writer, read, write, write_with};
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
    assert!(error.to_string().starts_with("column `note` is not numeric: it is text"), "{error}");
}

/// Decimals of any width, integers without signs, dates, dictionaries, nulls: as pyarrow and polars write them.
#[test]
fn types_of_others_are_read_or_refused() {
    let open = |name| File::open(path("fixtures").join(name)).unwrap();
    let frame = read(open("types.parquet"), &Select::default()).unwrap();
    assert_eq!(frame.time(), [1_700_000_000_000, 1_700_000_060_000, 1_700_000_120_000]);
    let column = |name: &str| bits(frame.column(name).unwrap());
    assert_eq!(column("wide"), bits(&[12_345_678_901_234_567_890.25, f64::NAN, -0.01]));
    assert_eq!(column("unsigned"), bits(&[4e9, 0.0, f64::NAN]));
    assert_eq!(column("huge"), bits(&[9_223_372_036_854_775_808.0, 1.0, 2.0]));
    assert_eq!(column("small"), bits(&[-3.0, f64::NAN, 7.0]));
    assert_eq!(column("closed"), bits(&[1.0, f64::NAN, 0.0]));
    assert!(frame.column_names().eq(["close", "wide", "unsigned", "huge", "small", "closed"]));
    for (name, why) in [("note", "it is text"), ("kind", "it is text"), ("list.list.element", "it is nested")]
    {
        let error =
            read(open("types.parquet"), &Select { columns: vec![name.to_owned()], ..Select::default() });
        assert_eq!(error.unwrap_err().to_string(), format!("column `{name}` is not numeric: {why}"));
    }
    let frame = read(open("polars.parquet"), &Select::default()).unwrap();
    assert_eq!(frame.time(), [1_704_067_200_000, 1_704_153_600_000, 1_704_326_400_000]);
    assert_eq!(bits(frame.column("close").unwrap()), bits(&[1.5, f64::NAN, f64::NAN]));
    assert_eq!(bits(frame.column("price").unwrap()), bits(&[27_000.25, f64::NAN, 0.01]));
    assert_eq!(bits(frame.column("trades").unwrap()), bits(&[7.0, 4_294_967_295.0, f64::NAN]));
}

#[test]
fn decimals_restore_every_bit_or_are_not_used() {
    let settings = Settings { numbers: Numbers::Decimals, ..Settings::default() };
    for name in SAMPLES {
        let frame = sample(name);
        let (mut small, mut doubles) = (tempfile::tempfile().unwrap(), Vec::new());
        write_with(&frame, &mut small, settings).unwrap();
        write(&frame, &mut doubles).unwrap();
        let (small_size, size) = (small.metadata().unwrap().len(), doubles.len() as u64);
        // Volumes that were summed are no decimals, and drawn candles repeat themselves: nothing to gain there.
        assert!(
            small_size < size || ["btcusd_4h", "patterns"].contains(&name),
            "{name}: {small_size} of {size}"
        );
        assert_eq!(read(small, &Select::default()).unwrap(), frame, "{name}");
    }
    let odd = [f64::NAN, -0.0, 0.1 + 0.2, 5e-324, 1e300];
    let frame = Frame::new((0..5).collect()).unwrap().with_column("odd", odd.to_vec()).unwrap();
    let frame = frame.with_column("gaps", vec![1.25, f64::NAN, f64::NAN, 3.5, f64::NAN]).unwrap();
    let mut file = tempfile::tempfile().unwrap();
    write_with(&frame, &mut file, settings).unwrap();
    let back = read(file, &Select::default()).unwrap();
    assert_eq!(bits(back.column("odd").unwrap()), bits(&odd));
    assert_eq!(bits(back.column("gaps").unwrap()), bits(frame.column("gaps").unwrap()));
    let mut writer = Writer::like(&frame.slice(3..4), Vec::new(), settings).unwrap();
    let finer = frame.slice(4..).with_column("gaps", vec![0.123]).unwrap();
    let finer = finer.with_column("odd", vec![5e-324]).unwrap();
    writer.write(&finer).unwrap();
    assert_eq!(
        writer.finish().unwrap_err().to_string(),
        "column `gaps`: 0.123 is not a number of 1 decimals"
    );
}

/// Piece by piece is the same as whole, in any pieces.
#[test]
fn files_are_written_and_read_in_pieces() {
    let frame = sample("btcusd_4h");
    for (piece, group) in [(1_000, 4_096), (5_000, 1_000), (20_000, 1 << 17)] {
        let mut file = tempfile::tempfile().unwrap();
        let settings = Settings { group, ..Settings::default() };
        let mut writer = Writer::like(&frame.head(0), &mut file, settings).unwrap();
        for from in (0..frame.len()).step_by(piece) {
            writer.write(&frame.slice(from..from + piece)).unwrap();
        }
        let again = writer.write(&frame.head(1)).unwrap_err();
        assert!(again.to_string().contains("is not after the last row written"), "{again}");
        writer.finish().unwrap();
        let reader = Reader::open(file.try_clone().unwrap(), &Select::default()).unwrap();
        assert_eq!(reader.file_rows(), frame.len() as u64);
        let mut back = Frame::empty_candles(0);
        for part in reader {
            let part = part.unwrap();
            assert!(!part.is_empty() && part.len() <= group);
            back.append(&part).unwrap();
        }
        assert_eq!(back, frame);
        let (from, to) = (frame.time()[4_321], frame.time()[7_654]);
        let select = Select { columns: vec!["low".to_owned()], from: Some(from), to: Some(to) };
        let part = read(file, &select).unwrap();
        assert_eq!(part.time(), frame.between(from, to).time());
        assert_eq!(part.column("low").unwrap(), frame.between(from, to).column("low").unwrap());
    }
    assert!(Writer::like(&frame, Vec::new(), Settings { group: 0, ..Settings::default() }).is_err());
    assert!(Writer::like(&frame, Vec::new(), Settings { level: 23, ..Settings::default() }).is_err());
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

/// Bytes changed at random, of files of three programs, where they say what follows as often as in the values: whole and
/// piece by piece there is a frame or an error, but no panic.
#[test]
fn random_damage_is_no_panic() {
    let fixture = |name: &str| std::fs::read(path(&format!("fixtures/{name}.parquet"))).unwrap();
    let mut files = vec![fixture("pyarrow"), fixture("polars"), fixture("types")];
    for numbers in [Numbers::Doubles, Numbers::Decimals] {
        let mut file = Vec::new();
        write_with(&sample("ibm_1d").head(200), &mut file, Settings { numbers, level: 0, group: 90 })
            .unwrap();
        files.push(file);
    }
    let rounds: u64 = std::env::var("ROUNDS").map_or(2_000, |rounds| rounds.parse().unwrap());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    let damaged_at = tempfile::tempdir().unwrap();
    let damaged = damaged_at.path().join("damaged.parquet");
    let mut errors = 0;
    for _ in 0..rounds {
        for whole in &files {
            let mut bytes = whole.clone();
            for _ in 0..=next(3) {
                // Headers of pages lie before their values, the footer at the end.
                let at =
                    if next(2) == 0 { next(bytes.len()) } else { bytes.len() - 1 - next(bytes.len() / 3) };
                bytes[at] = [bytes[at] ^ 1 << next(8), u8::try_from(next(256)).unwrap(), 0, 0xff][next(4)];
            }
            std::fs::write(&damaged, &bytes).unwrap();
            let open = || File::open(&damaged).unwrap();
            errors += u64::from(read(open(), &Select::default()).is_err());
            if let Ok(reader) = Reader::open(open(), &Select::default()) {
                for part in reader.take(1_000) {
                    if part.is_err() {
                        break;
                    }
                }
            }
            let late = Select { from: Some(1_500_000_000_000), ..Select::default() };
            let _ = read(open(), &late);
        }
    }
    assert!(errors > rounds && errors < rounds * 5, "{errors}");
}

/// All columns of all row groups side by side are what they are one piece after another.
#[test]
fn whole_is_the_same_as_in_pieces() {
    let rows: i64 = 150_000;
    let values = |scale: f64, gap: i64| -> Vec<f64> {
        (0..rows)
            .map(|row| if row % gap == 1 { f64::NAN } else { (row % 9_973 - 99) as f64 / scale })
            .collect()
    };
    let frame = Frame::new((0..rows).map(|row| row * 1_000).collect()).unwrap();
    let frame = frame.with_column("gaps", values(100.0, 7)).unwrap();
    let frame = frame.with_column("none", values(1_000.0, rows + 2)).unwrap();
    let frame = frame.with_column("far", vec![4_503_599_627_370_497.0; 150_000]).unwrap();
    let frame = frame.with_column("thirds", values(3.0, rows + 2)).unwrap();
    for numbers in [Numbers::Doubles, Numbers::Decimals] {
        for group in [30_000, 149_999, 1 << 20] {
            let settings = Settings { numbers, group, ..Settings::default() };
            let (mut whole, mut pieces) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
            write_with(&frame, &mut whole, settings).unwrap();
            let mut writer = Writer::like(&frame, &mut pieces, settings).unwrap();
            for from in (0..frame.len()).step_by(70_001) {
                // Columns are told by their names, in whatever order they are.
                let part = frame.slice(from..from + 70_001);
                let names = ["thirds", "none", "far", "gaps"];
                let other = names.iter().fold(Frame::new(part.time().to_vec()).unwrap(), |other, name| {
                    other.with_column(*name, part.column(name).unwrap().to_vec()).unwrap()
                });
                writer.write(&other).unwrap();
            }
            writer.finish().unwrap();
            for file in [whole, pieces] {
                let back = read(file.try_clone().unwrap(), &Select::default()).unwrap();
                let mut parts = frame.head(0);
                for part in Reader::open(file, &Select::default()).unwrap() {
                    parts.append(&part.unwrap()).unwrap();
                }
                for read in [back, parts] {
                    assert_eq!(read.time(), frame.time());
                    for name in frame.column_names() {
                        assert_eq!(
                            bits(read.column(name).unwrap()),
                            bits(frame.column(name).unwrap()),
                            "{name}"
                        );
                    }
                }
            }
        }
    }
}

/// A footer that tells of more rows than there are: an error, or what is there, in no more memory than that takes.
#[test]
fn rows_that_are_not_there_are_not_believed() {
    let frame = sample("ibm_1d").head(300);
    let mut whole = Vec::new();
    write(&frame, &mut whole).unwrap();
    let at = whole.len() - 8;
    let length = u32::from_le_bytes(whole[at..at + 4].try_into().unwrap()) as usize;
    let (data, footer) = whole[..at].split_at(at - length);
    for rows in [8_191, 1 << 20, 1 << 40, i64::MAX, -1] {
        // Compact Thrift: zigzag, seven bits a byte, the lowest first.
        let (mut left, mut number) = ((rows << 1 ^ rows >> 63).cast_unsigned(), Vec::new());
        while left >= 0x80 {
            number.push(u8::try_from(left & 0x7f).unwrap() | 0x80);
            left >>= 7;
        }
        number.push(u8::try_from(left).unwrap());
        let (mut lying, mut from, mut lies) = (Vec::new(), 0, 0);
        while from < footer.len() {
            if footer[from..].starts_with(&[0xd8, 0x04]) {
                lying.extend(&number);
                (from, lies) = (from + 2, lies + 1);
            } else {
                lying.push(footer[from]);
                from += 1;
            }
        }
        assert!(lies > 1);
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&[data, &lying, &u32::try_from(lying.len()).unwrap().to_le_bytes(), b"PAR1"].concat())
            .unwrap();
        match read(file, &Select::default()) {
            Ok(back) => assert_eq!(back, frame, "{rows}"),
            Err(error) => assert!(!error.to_string().is_empty(), "{rows}"),
        }
    }
}
