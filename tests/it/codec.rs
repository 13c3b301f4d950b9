//! Bytes: what was written stays readable, and what nobody wrote is an error.

use atra_core::codec::{Format, decode, encode, serialize_fast};
use atra_core::{Args, Frame, PackedFrame, registry};
use atra_tests::{SAMPLES, path, sample};

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(path("fixtures").join(name)).unwrap()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// The file is `fixtures/generate.py`'s, which shares no code with atra.
#[test]
fn frames_of_the_first_version_are_read_and_written() {
    let bytes = fixture("frame_1.atra");
    let frame: Frame = decode(&bytes).unwrap();
    assert_eq!(frame.time()[4], 1_700_000_240_000);
    assert_eq!(bits(frame.column("open").unwrap()), bits(&[27_000.25, 27_001.5, 0.1, -0.0, 5e-324]));
    let gap = [1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX];
    assert_eq!(bits(frame.column("gap").unwrap()), bits(&gap));
    assert_eq!(encode(&frame, Format::MessagePack).unwrap(), bytes);
}

/// `packed_1.atra` was written when packing was new, from the first 2,000 rows of `btcusd_4h`. It is what packing makes of
/// them still, here and in a browser (`wasm/tests/web.rs`); whoever packs better keeps it, and adds what is written then.
#[test]
fn packed_frames_of_the_first_version_are_read_and_written() {
    let expected = sample("btcusd_4h").head(2_000);
    let bytes = fixture("packed_1.atra");
    assert_eq!(decode::<Frame>(&bytes).unwrap(), expected);
    assert!(serialize_fast(&expected.optimize()).unwrap() == bytes);
    assert_eq!(
        decode::<PackedFrame>(&bytes).unwrap().numbers("low").unwrap(),
        expected.column("low").unwrap()
    );
}

/// … by at least 30 %, crypto by 60 %, and by what the documentation of `Frame::optimize` says.
#[test]
fn every_sample_series_shrinks() {
    let documented = std::fs::read_to_string(path("../core/src/frame/packed.rs")).unwrap();
    for name in SAMPLES {
        let frame = sample(name);
        let packed = frame.optimize();
        assert_eq!(packed.unpack(), frame, "{name}");
        let percent = packed.bytes() * 100 / (frame.len() * 48);
        assert!(percent < if name.starts_with("btc") { 25 } else { 20 }, "{name}: {percent} %");
        let saved =
            |after: usize, before: usize| format!("{:.0} %", 100.0 - after as f64 * 100.0 / before as f64);
        let rows = frame.len();
        let columns: Vec<String> =
            packed.savings().iter().map(|saving| saved(saving.after, saving.before)).collect();
        let line = format!(
            "| `{name}` | {}{:03} | {} | {} | {:.1} |",
            if rows >= 1_000 { format!("{},", rows / 1_000) } else { String::new() },
            rows % 1_000,
            columns.join(" | "),
            saved(packed.bytes(), rows * 48),
            packed.bytes() as f64 / rows as f64
        );
        // The patterns are made up.
        assert!(name == "patterns" || documented.contains(&line), "{line}");
    }
}

/// Bytes altered behind the checksum's back: any answer but a panic, and no more memory than the bytes can fill.
#[test]
fn altered_frames_are_refused_or_frames() {
    let frame = sample("btcusd_1d").head(1_100);
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below as u64).unwrap()
    };
    let mut refused = 0;
    for original in [serialize_fast(&frame).unwrap(), serialize_fast(&frame.optimize()).unwrap()] {
        for round in 0..1_000 {
            let mut bytes = original.clone();
            // The headers are at the front of the envelope and of each column; both are hit often enough.
            let reach = if round % 2 == 0 { 200.min(bytes.len()) } else { bytes.len() };
            for _ in 0..=next(4) {
                let at = 12 + next(reach - 12);
                bytes[at] = [0, 0xff, 0x7f, 0x80, u8::try_from(next(256)).unwrap()][next(5)];
            }
            if next(8) == 0 {
                bytes.truncate(12 + next(bytes.len() - 12));
            }
            let checksum = crc32fast::hash(&bytes[12..]).to_le_bytes();
            bytes[8..12].copy_from_slice(&checksum);
            match decode::<Frame>(&bytes) {
                Ok(frame) => assert!(frame.len() <= 1_100 * 1_024),
                Err(error) => {
                    refused += 1;
                    assert!(!error.to_string().is_empty());
                }
            }
            let _ = decode::<PackedFrame>(&bytes);
        }
    }
    assert!(refused > 300, "{refused}");
}

/// A few bytes that claim many rows.
#[test]
fn bombs_are_refused_before_memory_is_taken() {
    #[derive(serde::Serialize)]
    struct Claim<'a> {
        rows: u64,
        columns: Vec<Column<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Column<'a> {
        name: &'a str,
        kind: &'a str,
        data: serde_bytes::ByteBuf,
    }
    let honest = sample("ibm_1d").head(5);
    let column = |kind, data: Vec<u8>| Column { name: "time", kind, data: serde_bytes::ByteBuf::from(data) };
    for rows in [u64::MAX, 1 << 60, 1 << 40, 1 << 20] {
        for (kind, data) in [
            ("i64", vec![0; 40]),
            ("packed", vec![1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("packed", vec![1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ] {
            let claim = Claim { rows, columns: vec![column(kind, data)] };
            let bytes = serialize_fast(&claim).unwrap();
            assert!(decode::<Frame>(&bytes).is_err(), "{rows} {kind}");
        }
    }
    let nested = [vec![b'['; 1 << 20], vec![b']'; 1 << 20]].concat();
    assert!(decode::<serde_json::Value>(&nested).is_err());
    assert!(decode::<Frame>(&nested).is_err());
    assert_eq!(decode::<Frame>(&serialize_fast(&honest).unwrap()).unwrap(), honest);
}

/// Every indicator over packed columns, gaps among them: the bits of the whole.
#[test]
fn indicators_read_packed_columns() {
    let mut frame = sample("btcusd_4h").head(9_001);
    let periods = (0..frame.len()).map(|row| (row % 33) as f64).collect();
    frame = frame.with_column("periods", periods).unwrap();
    let mut close = frame.column("close").unwrap().to_vec();
    (close[5_000], close[8_192]) = (f64::NAN, f64::INFINITY);
    let gaps = frame.clone().with_column("close", close).unwrap();
    for frame in [frame, gaps] {
        let packed = frame.optimize();
        for entry in registry::all() {
            let indicator = entry.build(&Args::new()).unwrap();
            let (ours, whole) =
                (packed.compute(&*indicator).unwrap(), indicator.compute_frame(&frame).unwrap());
            for (ours, whole) in ours.iter().zip(&whole) {
                assert!(bits(ours) == bits(whole), "{}", entry.spec().id);
            }
            assert_eq!(ours.len(), whole.len());
        }
        let strict = registry::find("ema").unwrap().build(&Args::new().with("gaps", "reject")).unwrap();
        let (ours, whole) = (packed.compute(&*strict), strict.compute_frame(&frame));
        assert_eq!(ours.err().map(|error| error.to_string()), whole.err().map(|error| error.to_string()));
    }
    let times = Frame::new(vec![1]).unwrap().optimize();
    let ema = registry::find("ema").unwrap().build(&Args::new()).unwrap();
    assert_eq!(times.compute(&*ema).unwrap_err().to_string(), "ema: no column `close`; there are: ");
}
