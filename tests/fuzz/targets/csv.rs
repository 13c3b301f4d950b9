//! CSV of any bytes: what is read keeps every rule of a candle.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = atra::csv::read(bytes);
    if let Ok(frame) = atra::csv::read_candles(bytes) {
        for row in 0..frame.len() {
            frame.candle(row).unwrap().validate().unwrap();
        }
    }
});
