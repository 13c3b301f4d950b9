//! The server, asked over a real socket: the demo's, so that its replay feeds the live stream.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use atra::{Frame, codec};

/// A running demo; killed when dropped.
struct Demo {
    child: Child,
    address: String,
}

impl Demo {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_atra"))
            .args(["demo", "--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .find_map(|line| {
                Some(line.unwrap().strip_prefix("serving http://")?.split(' ').next()?.to_owned())
            })
            .expect("the demo prints where it serves");
        Self { child, address }
    }

    fn connect(&self, path: &str) -> BufReader<TcpStream> {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        write!(socket, "GET {path} HTTP/1.1\r\nHost: atra\r\nConnection: close\r\n\r\n").unwrap();
        BufReader::new(socket)
    }

    /// Status, headers in lower case, body.
    fn get(&self, path: &str) -> (u16, String, Vec<u8>) {
        let mut reader = self.connect(path);
        let (status, headers) = head(&mut reader);
        let mut body = Vec::new();
        reader.read_to_end(&mut body).unwrap();
        (status, headers, body)
    }

    fn json(&self, path: &str) -> serde_json::Value {
        let (status, headers, body) = self.get(path);
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        assert!(headers.contains("content-type: application/json"), "{headers}");
        serde_json::from_slice(&body).unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn head(reader: &mut impl BufRead) -> (u16, String) {
    let mut lines = reader.lines().map(Result::unwrap);
    let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    let headers: Vec<String> =
        lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    (status, headers.join("\n"))
}

#[test]
fn the_page_gets_everything_it_asks_for() {
    let demo = Demo::start();

    let symbols = demo.json("/api/symbols");
    let btc = symbols.as_array().unwrap().iter().find(|info| info["symbol"] == "BTCUSD").unwrap();
    assert_eq!(btc["interval"], "4h");
    assert!(btc["candles"].as_u64().unwrap() >= 14_577, "{btc}");

    let (status, _, bytes) = demo.get("/api/candles?symbol=AAPL&interval=1d&limit=100");
    assert_eq!(status, 200);
    let frame: Frame = codec::decode(&bytes).unwrap();
    let sample = atra_tests::sample("aapl_1d").tail(100);
    assert_eq!(frame, sample);

    let before = sample.time()[40];
    let (status, _, bytes) =
        demo.get(&format!("/api/candles?symbol=AAPL&interval=1d&limit=30&before={before}"));
    assert_eq!(status, 200);
    let older: Frame = codec::decode(&bytes).unwrap();
    assert_eq!(older, sample.head(40).tail(30));

    let signals = demo.json("/api/signals?symbol=AAPL&interval=1d");
    assert!(signals.as_array().unwrap().iter().all(|signal| signal["symbol"] == "AAPL"));
    assert!(!signals.as_array().unwrap().is_empty());

    let (status, headers, _) = demo.get("/");
    assert_eq!(status, 200);
    assert!(headers.contains("text/html"), "{headers}");
    assert!(headers.contains("content-security-policy") || !cfg!(feature = "page"), "{headers}");
    assert!(!headers.contains("unsafe-inline"), "{headers}");

    for (path, code, message) in [
        ("/api/candles?symbol=AAPLE&interval=1d", 404, "AAPLE"),
        ("/api/candles?symbol=AAPL", 400, "interval"),
        ("/api/live?symbol=NOPE&interval=1d", 404, "NOPE"),
    ] {
        let (status, _, body) = demo.get(path);
        let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(status, code, "{answer}");
        assert!(answer["error"].as_str().unwrap().contains(message), "{answer}");
    }
    assert_eq!(demo.get("/../Cargo.toml").0, 404);
}

/// From the bar the caller names on, every bar arrives, the newest forming under one time until the next one opens.
#[test]
fn live_candles_arrive_in_order_and_form() {
    let demo = Demo::start();
    let (_, _, bytes) = demo.get("/api/candles?symbol=BTCUSD&interval=4h&limit=3");
    let frame: Frame = codec::decode(&bytes).unwrap();
    let since = frame.time()[0];
    let mut reader = demo.connect(&format!("/api/live?symbol=BTCUSD&interval=4h&since={since}"));
    let (status, headers) = head(&mut reader);
    assert_eq!(status, 200);
    assert!(headers.contains("text/event-stream"), "{headers}");

    let mut bars: Vec<(i64, bool)> = Vec::new();
    let mut forms = 0;
    for line in reader.lines() {
        let line = line.unwrap();
        let Some(data) = line.strip_prefix("data: ") else { continue };
        let bar: serde_json::Value = serde_json::from_str(data).unwrap();
        let (time, closed) = (bar["time"].as_i64().unwrap(), bar["closed"].as_bool().unwrap());
        assert!(bar["high"].as_f64() >= bar["low"].as_f64(), "{bar}");
        if let Some(&(before, _)) = bars.last() {
            assert!(time >= before, "{time} after {before}");
            forms += usize::from(time == before);
        }
        bars.push((time, closed));
        if forms >= 3 && bars.len() > 10 {
            break;
        }
    }
    assert_eq!(bars[0].0, since);
    assert!(bars[0].1 && bars[1].1, "bars before the newest are closed: {bars:?}");
    // Nothing between the asked-for bar and the newest is left out.
    let mut times: Vec<i64> = bars.iter().map(|bar| bar.0).collect();
    times.dedup();
    assert!(times.windows(2).all(|pair| pair[1] - pair[0] == 4 * 3_600_000), "{times:?}");
}

/// Browsers do not pass on comments and events without data.
#[test]
fn a_stream_without_news_says_that_it_is_there() {
    let demo = Demo::start();
    let mut reader = demo.connect("/api/live?symbol=AAPL&interval=1d");
    let (status, _) = head(&mut reader);
    assert_eq!(status, 200);
    let lines: Vec<String> =
        reader.lines().map(Result::unwrap).take_while(|line| line != "data: {}").collect();
    assert_eq!(lines.last().map(String::as_str), Some("event: ping"), "{lines:?}");
}
