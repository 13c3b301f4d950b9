//! Streams of bars that come when they are closed, against those whose bars can be replaced.

use atra_core::prelude::*;
use atra_core::{ErrorKind, Row, registry};

/// Prices with gaps among them.
fn closes() -> Vec<f64> {
    let price = |row: u32| 100.0 + 10.0 * f64::from(row * 7_919 % 1_009).sqrt();
    (0..500).map(|row| if row % 97 == 96 { f64::NAN } else { price(row) }).collect()
}

/// Each bar as it is given by either, in parts, and after being saved and restored.
fn are_alike<I: Indicator<In = [f64; 1]>>(indicator: I) {
    let closes = closes();
    for gaps in [Gaps::Skip, Gaps::Recover] {
        let mut stream = Stream::with_gaps(indicator, gaps);
        let mut closed = ClosedStream::with_gaps(indicator, gaps);
        assert_eq!((closed.gaps(), closed.indicator().args()), (gaps, indicator.args()));
        for (row, &close) in closes.iter().enumerate() {
            let next = stream.peek([close]);
            let bits = |row: Option<I::Out>| {
                row.map(|row| row.values().iter().map(|value| value.to_bits()).collect::<Vec<_>>())
            };
            assert_eq!(bits(closed.peek([close])), bits(next));
            assert_eq!(bits(stream.update([close])), bits(next));
            assert_eq!(bits(closed.try_update([close]).unwrap()), bits(next), "row {row}");
            if row % 50 == 49 {
                closed = ClosedStream::restore(&closed.snapshot().unwrap()).unwrap();
                // That of a stream whose last bar could be replaced has all it needs.
                let other = ClosedStream::<I>::restore(&stream.snapshot().unwrap()).unwrap();
                assert_eq!(other.snapshot().unwrap(), closed.snapshot().unwrap());
            }
        }
        assert_eq!((closed.bars(), stream.bars()), (500, 500));
    }
}

#[test]
fn closed_streams_give_what_streams_give() {
    are_alike(Sma::new(20).unwrap());
    are_alike(Rsi::new(14).unwrap());
    are_alike(Macd::default());
    are_alike(Bbands::default());
}

#[test]
fn closed_streams_take_history_and_refuse_as_streams_do() {
    let closes = closes();
    let mut whole = vec![0.0; 500];
    Rsi::new(14).unwrap().compute([&closes], [&mut whole]).unwrap();
    let (mut closed, mut parts) = (Rsi::new(14).unwrap().closed_stream(), vec![0.0; 500]);
    for rows in [0..0, 0..7, 7..300, 300..500] {
        closed.extend([&closes[rows.clone()]], [&mut parts[rows]]).unwrap();
    }
    assert!(whole.iter().zip(&parts).all(|(one, other)| one.to_bits() == other.to_bits()));
    assert_eq!(closed.bars(), 500);
    assert_eq!(closed.extend([&[1.0]], [&mut []]).unwrap_err().kind(), ErrorKind::Data);

    // A gap that is rejected is not taken, neither alone nor among others.
    let mut rejecting = ClosedStream::with_gaps(Sma::new(2).unwrap(), Gaps::Reject);
    rejecting.update([1.0]);
    assert_eq!(rejecting.update([f64::NAN]), None);
    assert_eq!(rejecting.peek([f64::NAN]), None);
    let refused = rejecting.try_update([f64::NAN]).unwrap_err().to_string();
    assert!(refused.contains("`close` is NaN"), "{refused}");
    rejecting.extend([&[5.0, f64::NAN]], [&mut [0.0; 2]]).unwrap_err();
    assert_eq!((rejecting.bars(), rejecting.update([3.0])), (1, Some([2.0])));
}

#[test]
fn a_bar_that_was_closed_is_not_replaced_after_a_restart() {
    let mut closed = Sma::new(2).unwrap().closed_stream();
    closed.update([1.0]);
    let snapshot = closed.snapshot().unwrap();
    for refused in [Stream::<Sma>::restore(&snapshot).map(drop), registry::restore(&snapshot).map(drop)] {
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("a snapshot of closed bars: only `ClosedStream` reads it"), "{refused}");
    }
    let other = ClosedStream::<Ema>::restore(&snapshot).unwrap_err().to_string();
    assert!(other.contains("a snapshot of sma, not of ema"), "{other}");
    assert_eq!(ClosedStream::<Sma>::restore(&snapshot).unwrap().update([3.0]), Some([2.0]));
}
