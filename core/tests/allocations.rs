//! A live bar costs no memory: neither a new one nor one that is replaced, whatever the indicator.
#![allow(clippy::unwrap_used, clippy::cast_possible_wrap)] // a test fails by panicking

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use atra_core::{Args, Candle, Watch, registry};

thread_local! {
    /// How often this thread has asked for memory, and for how many bytes it holds; tests run on several.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
    static HELD: Cell<i64> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: the system's allocator does it all; counting asks for no memory, since the cell needs no set-up.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size() as i64);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(0, -(layout.size() as i64));
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(1, size as i64 - layout.size() as i64);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn count(times: u64, bytes: i64) {
    let _ = TAKEN.try_with(|taken| taken.set(taken.get() + times));
    let _ = HELD.try_with(|held| held.set(held.get() + bytes));
}

fn taken(work: impl FnOnce()) -> u64 {
    let before = TAKEN.get();
    work();
    TAKEN.get() - before
}

/// A walk that turns, jumps and stands still.
fn candles(bars: usize) -> Vec<Candle> {
    let (mut seed, mut close) = (42_u64, 100.0);
    let mut candle = |bar: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let random = (seed >> 40) as f64 / f64::from(1 << 24) - 0.5;
        let open = close;
        close = if bar % 50 > 45 { close } else { 20.0 + (close - 20.0 + random * 4.0).abs() };
        let (high, low) = if close > open { (close, open) } else { (open, close) };
        Candle {
            time: bar as i64 * 3_600_000,
            open,
            high: high + 0.5,
            low: low - 0.5,
            close,
            volume: 1e3 * (random + 0.6),
        }
    };
    (0..bars).map(&mut candle).collect()
}

/// Bars until buffers have the size they keep.
const SETTLED: usize = 2_000;

#[test]
fn no_indicator_takes_memory_for_a_bar() {
    // The counter counts.
    assert_eq!(taken(|| drop(std::hint::black_box(Box::new(1)))), 1);
    let candles = candles(SETTLED + 1_000);
    let mut taking = Vec::new();
    for entry in registry::all() {
        let spec = entry.spec();
        let mut stream = entry.build(&Args::new()).unwrap().stream();
        let (mut input, mut output) = (vec![0.0; spec.inputs.len()], vec![0.0; spec.outputs.len()]);
        let mut feed = |bar: usize, part: f64, replaces: bool| {
            let candle = &candles[bar];
            for (value, column) in input.iter_mut().zip(spec.inputs) {
                *value = match column.column() {
                    "open" => candle.open,
                    "high" => candle.high,
                    "low" => candle.low,
                    "close" => candle.low + (candle.high - candle.low) * part,
                    "volume" => candle.volume * part,
                    "time" => candle.time as f64,
                    _ => (bar % 9 + 2) as f64,
                };
            }
            if replaces { stream.replace(&input, &mut output) } else { stream.update(&input, &mut output) }
                .unwrap();
        };
        let mut run = |bars: std::ops::Range<usize>| {
            for bar in bars {
                feed(bar, 0.3, false);
                feed(bar, 0.7, true);
                feed(bar, 0.5, true);
            }
        };
        run(0..SETTLED);
        let count = taken(|| run(SETTLED..candles.len()));
        if count > 0 {
            taking.push((spec.id, count));
        }
    }
    assert!(taking.is_empty(), "these took memory, so often: {taking:?}");
}

#[test]
fn a_watch_takes_no_memory_for_a_bar() {
    let candles = candles(SETTLED + 200);
    let mut watch = Watch::new();
    for entry in registry::of_candles() {
        watch.add(&*entry.build(&Args::new()).unwrap()).unwrap();
    }
    let mut run = |bars: &[Candle]| {
        for candle in bars {
            watch.update(&Candle { close: candle.low, ..*candle }).unwrap();
            watch.replace(candle).unwrap();
        }
    };
    run(&candles[..SETTLED]);
    assert_eq!(taken(|| run(&candles[SETTLED..])), 0);
}

/// What a symbol with ten live indicators takes, as the documentation states it: states, those before the last bar, names.
#[test]
fn ten_indicators_of_a_symbol_take_few_kilobytes() {
    const LEAST: i64 = 4_000;
    const MOST: i64 = 14_000;
    let ids = ["sma", "ema", "rsi", "macd", "bbands", "atr", "adx", "stoch", "obv", "cci"];
    let candles = candles(300);
    let before = HELD.get();
    let mut watch = Watch::new();
    for id in ids {
        let entry = registry::find(id).unwrap();
        let period = entry.spec().params.iter().any(|param| param.name == "period");
        let args = if period { Args::new().with("period", 20.0) } else { Args::new() };
        let held = HELD.get();
        watch.add(&*entry.build(&args).unwrap()).unwrap();
        println!("{id}: {} bytes", HELD.get() - held);
    }
    for candle in &candles {
        watch.update(candle).unwrap();
    }
    let held = HELD.get() - before;
    println!("ten: {held} bytes");
    assert!((LEAST..=MOST).contains(&held), "{held} bytes");
}
