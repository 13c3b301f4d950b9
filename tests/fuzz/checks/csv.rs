//! CSV of any bytes: what is read keeps every rule of a candle.

pub(crate) fn check(bytes: &[u8]) {
    let _ = atra::csv::examine(bytes);
    if let Ok(table) = atra::csv::read(bytes) {
        let _ = table.frame().check();
    }
    if let Ok(frame) = atra::csv::read_candles(bytes) {
        for row in 0..frame.len() {
            frame.candle(row).unwrap().validate().unwrap();
        }
    }
}
