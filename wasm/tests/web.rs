//! Every indicator in a real browser, through the bindings.
#![cfg(target_arch = "wasm32")]
// Clippy knows a test by `#[test]` only.
#![allow(clippy::unwrap_used)]

use atra_core::registry::{self, Entry};
use atra_core::{Candle, Frame as CoreFrame, num};
use atra_wasm::{Frame, Output, Stream};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ROWS: usize = 500;

/// A deterministic random walk.
fn candles() -> Vec<Candle> {
    let mut seed = 7_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut close = 100.0;
    let candle = |time: i64| {
        let open = close;
        close = open * (1.0 + (random() - 0.5) * 0.04);
        let high = num::max(open, close) * (1.0 + random() * 0.01);
        let low = num::min(open, close) * (1.0 - random() * 0.01);
        Candle { time, open, high, low, close, volume: random() * 1000.0 }
    };
    (0..).step_by(60_000).map(candle).take(ROWS).collect()
}

/// The frame as it comes from the bot: by bytes.
fn frame(core: &CoreFrame) -> Frame {
    Frame::decode(&atra_core::codec::encode(core, atra_core::codec::Format::MessagePack).unwrap()).unwrap()
}

/// A column as JavaScript sees it: at an address.
fn read(address: *const f64, len: usize) -> Vec<u64> {
    // SAFETY: the bindings promise `len` values at the address while their owner lives, and it does.
    unsafe { std::slice::from_raw_parts(address, len) }.iter().map(|value| value.to_bits()).collect()
}

fn columns(entry: &Entry, output: &Output) -> Vec<Vec<u64>> {
    (0..entry.spec().outputs.len()).map(|index| read(output.address(index), output.length())).collect()
}

/// Writes a bar's inputs where JavaScript would, and takes it.
fn update(stream: &mut Stream, entry: &Entry, core: &CoreFrame, row: usize) {
    for (index, input) in entry.spec().inputs.iter().enumerate() {
        let value = core.numbers(input.column()).unwrap()[row];
        // SAFETY: as many inputs as the spec names stand there, for the bindings' caller to write.
        unsafe { stream.input_address().add(index).write(value) };
    }
    assert!(stream.update());
}

/// The indicators that give a number in every row after the warm-up.
fn defined() -> impl Iterator<Item = &'static Entry> {
    registry::all().iter().filter(|entry| entry.spec().undefined.is_none())
}

fn number(entry: &Entry) -> usize {
    atra_wasm::find(entry.spec().id).unwrap()
}

fn check(core: &CoreFrame) {
    let frame = frame(core);
    for entry in registry::all() {
        let number = number(entry);
        let (id, outputs) = (entry.spec().id, entry.spec().outputs.len());
        let batch = columns(entry, &frame.compute(number, &JsValue::UNDEFINED, false).unwrap());

        let mut stream = Stream::new(number, &JsValue::UNDEFINED).unwrap();
        for row in 0..ROWS {
            if row == ROWS / 2 {
                stream = Stream::restore(&stream.snapshot().unwrap()).unwrap();
            }
            update(&mut stream, entry, core, row);
            let values = read(stream.values_address(), outputs);
            let expected: Vec<u64> = batch.iter().map(|column| column[row]).collect();
            assert_eq!(values, expected, "{id}, row {row}");
        }

        let mut warm = Stream::new(number, &JsValue::UNDEFINED).unwrap();
        assert_eq!(columns(entry, &warm.extend(&frame).unwrap()), batch, "{id}, extended");
        assert!(warm.replace(), "{id}: the last bar can be replaced");
    }
}

/// The candles, and the one column beside them that an indicator reads.
fn core_frame() -> CoreFrame {
    let periods = (0..ROWS).map(|row| (row % 33) as f64).collect();
    CoreFrame::candles(candles()).unwrap().with_column("periods", periods).unwrap()
}

#[wasm_bindgen_test]
fn batch_stream_and_restored_are_the_same_bits() {
    let core = core_frame();
    check(&core);
    let frame = frame(&core);
    for entry in defined() {
        let output = frame.compute(number(entry), &JsValue::UNDEFINED, false).unwrap();
        for column in columns(entry, &output) {
            let first = column.iter().position(|&bits| !f64::from_bits(bits).is_nan()).unwrap();
            assert_eq!(first, output.lookback(), "{}", entry.spec().id);
            assert!(column[first..].iter().all(|&bits| f64::from_bits(bits).is_finite()));
        }
    }
}

#[wasm_bindgen_test]
fn gaps_poison_nothing() {
    let mut core = core_frame();
    for name in Candle::COLUMNS {
        let mut values = core.column(name).unwrap().to_vec();
        values[0] = f64::NAN;
        values[300] = f64::INFINITY;
        core = core.with_column(name, values).unwrap();
    }
    check(&core);
    let frame = frame(&core);
    for entry in defined() {
        for column in columns(entry, &frame.compute(number(entry), &JsValue::UNDEFINED, false).unwrap()) {
            assert!(f64::from_bits(column[300]).is_nan());
            assert!(f64::from_bits(column[ROWS - 1]).is_finite());
        }
    }
}

#[wasm_bindgen_test]
fn errors_carry_a_code_and_a_sentence() {
    let params = Object::new();
    Reflect::set(&params, &"period".into(), &0.into()).unwrap();
    let thrown = Stream::new(atra_wasm::find("rsi").unwrap(), &params).unwrap_err();
    assert_eq!(Reflect::get(&thrown, &"code".into()).unwrap(), "parameter");
    let message = String::from(thrown.unchecked_into::<js_sys::Error>().message());
    let expected = "rsi: period 0 is not valid; it must be a whole number from 2 to 100000 (default 14)";
    assert_eq!(message, expected);
}

/// Bytes that native code writes too, to the last bit (`it/codec.rs` in the shared tests): with gaps, −0, infinities, and
/// packed.
#[wasm_bindgen_test]
fn frames_go_from_native_to_the_browser_and_back() {
    let native = include_bytes!("../../tests/fixtures/frame_1.atra");
    assert_eq!(Frame::decode(native).unwrap().encode().unwrap(), native);
    let native = include_bytes!("../../tests/fixtures/packed_1.atra");
    let frame: CoreFrame = atra_core::codec::deserialize_fast(native).unwrap();
    assert_eq!(frame.len(), 2_000);
    assert_eq!(atra_core::codec::serialize_fast(&frame.optimize()).unwrap(), native);
    let there = Frame::decode(native).unwrap().encode().unwrap();
    assert_eq!(atra_core::codec::deserialize_fast::<CoreFrame>(&there).unwrap(), frame);
}
