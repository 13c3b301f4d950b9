use super::*;

fn candle(time: TimeMs, close: f64) -> Candle {
    Candle { time, open: close, high: close, low: close, close, volume: 1.0 }
}

#[test]
fn times_must_increase() {
    let mut frame = Frame::candles([candle(1, 1.0), candle(2, 2.0)]).unwrap();
    let repeated = frame.push(candle(2, 3.0)).unwrap_err();
    assert_eq!(
        repeated.to_string(),
        "row 2: time 2 repeats the time of the row before it (2); times must increase"
    );
    let earlier = Frame::new(vec![5, 3]).unwrap_err();
    assert_eq!(
        earlier.to_string(),
        "row 1: time 3 is earlier than the row before it (5); times must increase"
    );
    assert_eq!(frame.len(), 2);
}

#[test]
fn a_refused_candle_changes_nothing() {
    let mut frame = Frame::candles([candle(1, 1.0)]).unwrap();
    let before = frame.clone();
    for bad in [
        Candle { high: 0.5, ..candle(2, 1.0) },
        Candle { volume: -1.0, ..candle(2, 1.0) },
        Candle { close: f64::NAN, ..candle(2, 1.0) },
        Candle { open: f64::INFINITY, ..candle(2, 1.0) },
    ] {
        assert_eq!(frame.push(bad).unwrap_err().kind(), ErrorKind::Data);
    }
    assert!(frame.replace_last(candle(2, 1.0)).is_err());
    assert_eq!(frame, before);
}

#[test]
fn columns_are_found_by_name_and_lengths_agree() {
    let frame = Frame::new(vec![1, 2]).unwrap().with_column("funding", vec![0.1, 0.2]).unwrap();
    assert_eq!(frame.column("funding").unwrap(), [0.1, 0.2]);
    assert_eq!(frame.column("close").unwrap_err().to_string(), "no column `close`; there are: funding");
    let short = frame.clone().with_column("x", vec![1.0]).unwrap_err();
    assert_eq!(short.to_string(), "column `x` has 1 values; the frame has 2 rows");
    assert!(frame.with_column("time", vec![1.0, 2.0]).is_err());
}

#[test]
fn only_candle_frames_take_candles() {
    let mut frame = Frame::new(vec![1]).unwrap().with_column("close", vec![1.0]).unwrap();
    assert!(frame.push(candle(2, 1.0)).is_err());
    assert_eq!(frame.candle(0), None);
}

#[test]
fn head_and_tail_are_the_first_and_last_rows() {
    let frame = Frame::candles((1..=5).map(|time| candle(time, 1.0))).unwrap();
    assert_eq!(frame.tail(2).time(), [4, 5]);
    assert_eq!(frame.head(2).time(), [1, 2]);
    assert_eq!((frame.tail(9), frame.head(9)), (frame.clone(), frame.clone()));
    assert_eq!(frame.candle(4), Some(candle(5, 1.0)));
    assert_eq!(frame.candle(5), None);
}

/// Bits, so that NaN payloads and the sign of 0 count.
fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Columns that have nothing in common with prices, or all that prices may do.
fn columns() -> Vec<(&'static str, Vec<f64>)> {
    let mut random = 88_172_645_463_325_252_u64;
    let mut next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    let rows = 3_000;
    let any: Vec<f64> = (0..rows).map(|_| f64::from_bits(next())).collect();
    let prices: Vec<f64> = (0..rows).map(|_| (next() % 1_000_000) as f64 / 100.0).collect();
    let mut holed = prices.clone();
    for row in (0..rows).step_by(7) {
        holed[row] = f64::from_bits(0x7ff8_0000_0000_0000 | next() >> 20);
    }
    let mut zeros = vec![0.0; rows];
    for row in (0..rows).step_by(3) {
        zeros[row] = -0.0;
    }
    let edges = [0.0, -0.0, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -5e-324, f64::INFINITY, f64::NAN];
    let edges = (0..rows).map(|row| edges[row % edges.len()]).collect();
    let mixed = (0..rows).map(|row| if row % 5 == 0 { prices[row] } else { prices[row].trunc() }).collect();
    let sums = prices.iter().scan(0.0, |sum, price| {
        *sum += price / 3.0;
        Some(*sum)
    });
    vec![
        ("sums", sums.collect()),
        ("any", any),
        ("holed", holed),
        ("zeros", zeros),
        ("edges", edges),
        ("mixed", mixed),
        ("missing", vec![f64::NAN; rows]),
        ("huge", (0..rows).map(|row| row as f64 * 1e15).collect()),
        ("tiny", (0..rows).map(|row| row as f64 * 1e-15).collect()),
        ("prices", prices),
    ]
}

#[test]
fn packing_restores_every_bit() {
    let columns = columns();
    for rows in [0, 1, 2, 7, 8, 9, 127, 128, 129, 1_023, 1_024, 1_025, 3_000] {
        let mut step = 1;
        let time = (0_i64..).take(rows).map(|row| {
            step = step * 5 % 10_007;
            row * 86_400_000 + step
        });
        let mut frame = Frame::new(time.collect()).unwrap();
        for (name, values) in &columns {
            frame = frame.with_column(*name, values[..rows].to_vec()).unwrap();
        }
        // The same columns in the roles of prices, predicted by each other.
        for (name, place) in [("open", 9), ("high", 5), ("low", 2), ("close", 3)] {
            frame = frame.with_column(name, columns[place].1[..rows].to_vec()).unwrap();
        }
        let packed = frame.optimize();
        let back = packed.unpack();
        assert_eq!(back.time(), frame.time());
        assert!(back.column_names().eq(frame.column_names()));
        for name in frame.column_names() {
            assert_eq!(bits(back.column(name).unwrap()), bits(frame.column(name).unwrap()), "{name}, {rows}");
            assert_eq!(bits(&packed.numbers(name).unwrap()), bits(frame.column(name).unwrap()), "{name}");
        }
        let bytes = crate::codec::serialize_fast(&packed).unwrap();
        assert_eq!(crate::codec::deserialize_fast::<PackedFrame>(&bytes).unwrap(), packed);
    }
}

#[test]
fn savings_are_of_what_is_kept() {
    let frame =
        Frame::candles((0..5_000).map(|bar| candle(bar * 60_000, 100.0 + (bar % 13) as f64 / 10.0))).unwrap();
    let packed = frame.optimize();
    let savings = packed.savings();
    assert_eq!(savings.iter().map(|saving| saving.after).sum::<usize>(), packed.bytes());
    assert!(savings.iter().all(|saving| saving.before == 40_000));
    assert_eq!((savings[0].column.as_str(), savings[0].form.as_str()), ("time", "integers"));
    assert_eq!((savings[4].column.as_str(), savings[4].form.as_str()), ("close", "decimals 1"));
}
