//! Indicators against what TA-Lib gave on the sample candles (see `tests/golden/generate.py`): natively and in a browser.
#![allow(clippy::missing_panics_doc, clippy::unwrap_used)] // test helpers: to fail loudly is their purpose

use atra_core::{Args, Frame, num, registry};

/// One column of a golden file.
struct Golden {
    function: String,
    args: Vec<(String, f64)>,
    output: usize,
    lookback: usize,
    /// Row and value.
    values: Vec<(usize, f64)>,
}

fn columns(text: &str) -> Vec<Golden> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header = lines.next().unwrap().split('\t').skip(1);
    let lookbacks = lines.next().unwrap().split('\t').skip(1);
    let mut columns: Vec<Golden> = header
        .zip(lookbacks)
        .map(|(head, lookback)| {
            let mut parts = head.split('|');
            let mut part = || parts.next().unwrap();
            let function = part().to_owned();
            let args = part().split_terminator(';').map(|word| word.split_once('=').unwrap());
            let args = args.map(|(name, value)| (name.to_owned(), value.parse().unwrap())).collect();
            let output = part().parse().unwrap();
            Golden { function, args, output, lookback: lookback.parse().unwrap(), values: Vec::new() }
        })
        .collect();
    for line in lines {
        let mut cells = line.split('\t');
        let row: usize = cells.next().unwrap().parse().unwrap();
        for (column, cell) in columns.iter_mut().zip(cells) {
            if !cell.is_empty() {
                column.values.push((row, cell.parse().unwrap()));
            }
        }
    }
    columns
}

/// Equal to 1e-9 relative, or to `near_zero`; NaN and infinities (of mathematical functions) exactly.
fn close(ours: f64, theirs: f64, near_zero: f64) -> bool {
    let allowed = num::max(1e-9 * theirs.abs(), near_zero);
    (ours == theirs) || (ours.is_nan() && theirs.is_nan()) || (ours - theirs).abs() <= allowed
}

/// Fails unless every indicator in a golden file gives the numbers in it on these candles; which indicators are in it.
#[must_use]
pub fn compare(name: &str, candles: Frame, text: &str) -> Vec<&'static str> {
    // What MAVP reads beside candles; `generate.py` makes the same.
    let periods = (0..candles.len()).map(|row| (row * 7 % 31) as f64).collect();
    let frame = candles.with_column("periods", periods).unwrap();
    columns(text).into_iter().map(|column| compare_column(name, &frame, column)).collect()
}

fn compare_column(name: &str, frame: &Frame, column: Golden) -> &'static str {
    let Golden { function, args: theirs, output, lookback, values } = column;
    let entry = registry::find(&function).unwrap();
    let talib = entry.spec().talib.as_ref().unwrap();
    let mut args = Args::new();
    for (ours, name) in talib.params {
        let (_, value) = theirs.iter().find(|(theirs, _)| theirs == name).unwrap();
        args = args.with(*ours, *value);
    }
    let indicator = entry.build(&args).unwrap();
    let ours = &indicator.compute_frame(frame).unwrap()[output];
    let place = format!("{function} {theirs:?} output {output} on {name}");
    assert_eq!(indicator.lookback(), lookback, "lookback of {place}");
    assert!(ours[..lookback].iter().all(|value| value.is_nan()), "warm-up of {place}");
    assert!(values.len() > 100, "{place} has only {} golden rows", values.len());
    let whole = function.starts_with("CDL");
    let price = frame.column("close").unwrap();
    // TA-Lib's AO is the difference of two running sums of prices, and keeps their rounding: where it crosses
    // zero among prices of 40,000, that is more than 1e-10.
    let highest = price.iter().copied().fold(0.0, num::max);
    let near_zero = if function == "AO" { 1e-14 * highest } else { 1e-10 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a row's number
    let at = |row: f64| price[row as usize];
    for (row, theirs) in values {
        let equal = if whole {
            ours[row] == theirs
        } else if function.ends_with("INDEX") {
            // Of equal extremes we always name the newest; TA-Lib 0.8.1 the newest or, after the one before has
            // left the window, the oldest: which one depends on where the series begins.
            at(ours[row]) == at(theirs) && ours[row] >= theirs
        } else {
            close(ours[row], theirs, near_zero)
        };
        assert!(equal, "{place}, row {row}: ours {:?}, TA-Lib's {theirs:?}", ours[row]);
    }
    entry.spec().id
}
