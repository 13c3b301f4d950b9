//! What goes in comes out.

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use atra::store::{CandleQuery, LogEntry, SignalQuery, SymbolInfo};
use atra::{ErrorKind, Frame, Side, Signal};

use super::*;

#[test]
fn candles() {
    let place = Place::new();
    let store = place.open();
    let frame = super::candles(-5..95);
    assert_eq!(store.upsert_candles("BTCUSDT", "1h", &frame).unwrap(), 100);
    assert_eq!(place.count("SELECT count(*) FROM candle_rows"), 100);

    let read = |query| store.candles("BTCUSDT", "1h", query).unwrap();
    assert_eq!(*read(CandleQuery::default()), frame);
    assert_eq!(*read(CandleQuery::last(7)), frame.tail(7));
    assert_eq!(read(CandleQuery::last(0)).len(), 0);
    assert_eq!(read(CandleQuery::range(0, 3)).time(), [0, 1, 2]);
    assert_eq!(read(CandleQuery { last: Some(2), ..CandleQuery::range(0, 3) }).time(), [1, 2]);
    assert_eq!(read(CandleQuery { from: Some(93), ..CandleQuery::default() }).time(), [93, 94]);
    assert_eq!(read(CandleQuery::range(3, 3)).len(), 0);
    assert_eq!(read(CandleQuery::range(i64::MIN, i64::MIN)).len(), 0);

    // Again: nothing new. One corrected, one added: two.
    assert_eq!(store.upsert_candles("BTCUSDT", "1h", &frame).unwrap(), 0);
    let correction = Frame::candles([candle(94, 7.0), candle(95, 8.0)]).unwrap();
    assert_eq!(store.upsert_candles("BTCUSDT", "1h", &correction).unwrap(), 2);
    assert_eq!(*read(CandleQuery::last(2)), correction);
    place.assert_sound();
}

#[test]
fn numbers_keep_their_bits() {
    let place = Place::new();
    let store = place.open();
    let odd = [f64::MIN_POSITIVE, 1.0 / 3.0, f64::MAX, 5e-324, 0.1 + 0.2, 1e-8, 123_456_789.123_456_78];
    let times = [i64::MIN, -1, 0, 1, 1 << 53, (1 << 53) + 1, i64::MAX];
    let bars = times.into_iter().zip(odd).map(|(time, x)| Candle::from_values(time, [x; 5]));
    let frame = Frame::candles(bars).unwrap();
    store.upsert_candles("X", "1m", &frame).unwrap();
    store.close().unwrap();

    let store = place.open();
    let back = store.candles("X", "1m", CandleQuery::default()).unwrap();
    assert_eq!(back.time(), times);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    for name in frame.column_names() {
        assert_eq!(bits(back.column(name).unwrap()), bits(&odd), "{name}");
    }
}

#[test]
fn symbols() {
    let place = Place::new();
    let store = place.open();
    assert!(store.symbols().unwrap().is_empty());
    let none = store.candles("BTCUSDT", "1h", CandleQuery::default()).unwrap_err();
    assert_eq!(none.to_string(), "unknown symbol `BTCUSDT`; the store holds no symbols yet");

    store.upsert_candles("ETHUSDT", "1h", &super::candles(0..3)).unwrap();
    store.upsert_candles("BTCUSDT", "1h", &super::candles(5..9)).unwrap();
    store.upsert_candles("BTCUSDT", "1d", &super::candles(7..8)).unwrap();
    let info = |symbol: &str, interval: &str, candles, first, last| SymbolInfo {
        symbol: symbol.to_owned(),
        interval: interval.to_owned(),
        candles,
        first: Some(first),
        last: Some(last),
    };
    assert_eq!(
        *store.symbols().unwrap(),
        [info("BTCUSDT", "1d", 1, 7, 7), info("BTCUSDT", "1h", 4, 5, 8), info("ETHUSDT", "1h", 3, 0, 2)]
    );

    for (symbol, interval, message) in [
        ("BTCUSD", "1h", "unknown symbol `BTCUSD`; did you mean `BTCUSDT`? There are: BTCUSDT, ETHUSDT"),
        ("gold", "1h", "unknown symbol `gold`; there are: BTCUSDT, ETHUSDT"),
        ("BTCUSDT", "5m", "no interval `5m` of `BTCUSDT`; there are: 1d, 1h"),
    ] {
        let error = store.candles(symbol, interval, CandleQuery::default()).unwrap_err();
        assert_eq!((error.kind(), error.to_string()), (ErrorKind::NotFound, message.to_owned()));
    }
}

fn signal(symbol: &str, time: i64) -> Signal {
    let meta = serde_json::json!({"rsi": 28.5, "tags": ["thin", null], "bars": 14, "deep": {"ok": true}});
    Signal {
        symbol: symbol.to_owned(),
        interval: "1h".to_owned(),
        time,
        strategy: "rsi_reversal".to_owned(),
        side: Side::Sell,
        entry_price: 100.25,
        stop_loss: Some(103.0),
        take_profit: None,
        score: 0.75,
        reason: "it's \"over\"; DROP TABLE signals; --".to_owned(),
        quality_meta: meta.as_object().cloned(),
    }
}

#[test]
fn signals() {
    let place = Place::new();
    let store = place.open();
    let all: Vec<_> = (0..4)
        .flat_map(|time| [signal("BTCUSDT", time), Signal { quality_meta: None, ..signal("ETHUSDT", time) }])
        .collect();
    assert_eq!(store.insert_signals(&all).unwrap(), 8);
    assert_eq!(store.insert_signals(&all).unwrap(), 0);
    assert_eq!(place.count("SELECT count(*) FROM signals"), 8);

    let newest_first: Vec<_> = (0..4).rev().flat_map(|time| all[time * 2..][..2].to_vec()).collect();
    assert_eq!(*store.signals(&SignalQuery::default()).unwrap(), newest_first);
    let limited = SignalQuery { limit: Some(3), ..SignalQuery::default() };
    assert_eq!(*store.signals(&limited).unwrap(), newest_first[..3]);
    let one = SignalQuery { symbols: vec!["ETHUSDT".to_owned()], ..limited.clone() };
    let found = store.signals(&one).unwrap();
    assert!(found.len() == 3 && found.iter().all(|signal| signal.symbol == "ETHUSDT"), "{found:?}");
    let other = SignalQuery { strategy: Some("macd_cross".to_owned()), ..SignalQuery::default() };
    assert!(store.signals(&other).unwrap().is_empty());
    let unknown = SignalQuery { symbols: vec!["BTCUSD".to_owned()], ..SignalQuery::default() };
    let error = store.signals(&unknown).unwrap_err();
    assert!(error.to_string().contains("did you mean `BTCUSDT`?"), "{error}");

    // A symbol known by its signals alone has no candles, which is not an error.
    assert_eq!(store.candles("BTCUSDT", "1h", CandleQuery::default()).unwrap().len(), 0);

    let bad = Signal { score: 2.0, ..signal("NEW", 9) };
    let error = store.insert_signals(&[signal("NEW", 8), bad]).unwrap_err();
    assert_eq!(error.to_string(), "signal 1: score 2 must be from 0 to 1");
    assert_eq!(place.count("SELECT count(*) FROM signals"), 8);
}

#[test]
fn a_signals_log() {
    let place = Place::new();
    let store = place.open();
    let signal = signal("BTCUSDT", 5);
    let unknown = store.log_signal(&signal, 6, "sent", "").unwrap_err();
    assert_eq!(unknown.to_string(), "no rsi_reversal signal of BTCUSDT 1h at 5 is stored");
    store.insert_signals(std::slice::from_ref(&signal)).unwrap();
    store.log_signal(&signal, 7, "filled", "at 100.2").unwrap();
    store.log_signal(&signal, 6, "sent", "").unwrap();
    // Storing the signal again keeps its history.
    store.insert_signals(&[Signal { score: 0.5, ..signal.clone() }]).unwrap();
    let entry =
        |time, event: &str, note: &str| LogEntry { time, event: event.to_owned(), note: note.to_owned() };
    assert_eq!(store.signal_log(&signal).unwrap(), [entry(6, "sent", ""), entry(7, "filled", "at 100.2")]);
}

#[test]
fn signals_read_as_the_field_writes_them() {
    let text = r#"{"symbol":"BTCUSDT","interval":"1h","time":5,"strategy":"s","side":"buy","entry_price":1.5,"stop_loss":1.0,"take_profit":null,"score":0.5,"reason":"r","quality_meta":null}"#;
    let signal: Signal = serde_json::from_str(text).unwrap();
    assert_eq!((signal.side, signal.stop_loss, signal.take_profit), (Side::Buy, Some(1.0), None));
    assert_eq!(serde_json::to_string(&signal).unwrap(), text);
}

#[test]
fn users_and_their_data() {
    let place = Place::new();
    let store = place.open();
    let odd = ["ada", "o'hara", "x'; DROP TABLE users; --", "nul\0inside", "日本 👩‍💻", " "];
    for name in odd {
        assert!(store.add_user(name).unwrap());
        assert!(!store.add_user(name).unwrap());
        for key in odd {
            assert_eq!(store.user_data::<String>(name, key).unwrap(), None);
            store.set_user_data(name, key, "old").unwrap();
            store.set_user_data(name, key, &format!("{name}/{key}")).unwrap();
        }
    }
    store.close().unwrap();

    let store = place.open();
    assert!(store.users().unwrap().iter().map(|user| user.name.as_str()).eq(odd));
    assert!(store.users().unwrap().iter().all(|user| user.created > 1_600_000_000_000));
    for (name, key) in odd.iter().flat_map(|name| odd.map(|key| (name, key))) {
        assert_eq!(store.user_data(name, key).unwrap(), Some(format!("{name}/{key}")));
    }
    let wrong = store.user_data::<Vec<f64>>("ada", "ada").unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Format);
    assert!(wrong.to_string().starts_with("ada of ada: not the expected content"), "{wrong}");
    let unknown = store.user_data::<String>("adda", "x").unwrap_err();
    assert_eq!(unknown.to_string(), "unknown user `adda`; did you mean `ada`?");
    assert_eq!(store.add_user("").unwrap_err().to_string(), "user must not be empty");

    let big = vec![7_u8; 10 << 20];
    store.set_user_data("ada", "big", &big).unwrap();
    assert_eq!(store.user_data::<Vec<u8>>("ada", "big").unwrap().unwrap(), big);
    place.assert_sound();
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[test]
fn a_ticket_is_a_future_of_any_runtime() {
    let place = Place::new();
    let store = place.open();
    let (release, held) = hold(&store);
    let mut ticket = Box::pin(add_user(&store, "ada"));
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    assert!(ticket.as_mut().poll(&mut context).is_pending());
    release.send(()).unwrap();
    let result = loop {
        match ticket.as_mut().poll(&mut context) {
            Poll::Ready(result) => break result,
            Poll::Pending => thread::park(),
        }
    };
    assert_eq!(result.unwrap(), 1);
    assert_eq!(place.count("SELECT count(*) FROM users"), 1);
    held.wait().unwrap();
    // Once more is a mistake of the caller, and an error rather than a hang.
    let Poll::Ready(Err(again)) = ticket.as_mut().poll(&mut context) else { panic!("a result, twice") };
    assert_eq!(again.to_string(), "the result of this ticket was already taken");
}
