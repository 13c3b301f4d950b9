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
