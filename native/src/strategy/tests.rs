use atra_core::indicators::{momentum::Rsi, overlap::Supertrend};
use atra_core::{Candle, Indicator};

use super::*;

/// A random walk that drifts up and down, the same every time.
fn walk(bars: usize, mut seed: u64) -> Frame {
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    let mut close = 100.0;
    Frame::candles((0_i64..).take(bars).map(|bar| {
        let open = close;
        let drift = if (bar / 60) % 2 == 0 { 0.25 } else { -0.25 };
        close = open + drift + 2.0 * random();
        let (top, bottom) = if open > close { (open, close) } else { (close, open) };
        let (high, low) = (top + random().abs(), bottom - random().abs());
        Candle { time: bar * 60_000, open, high, low, close, volume: 1.0 }
    }))
    .unwrap()
}

/// The frame's first bars.
fn head(frame: &Frame, bars: usize) -> Frame {
    Frame::candles((0..bars).filter_map(|bar| frame.candle(bar))).unwrap()
}

#[test]
fn no_strategy_looks_ahead() {
    for seed in 1..=3 {
        let frame = walk(400, seed);
        for strategy in all() {
            let signals = strategy.signals("X", "1m", &frame).unwrap();
            assert!(signals.len() >= 2, "{} found {} signals", strategy.name(), signals.len());
            for bars in 0..=frame.len() {
                let head = head(&frame, bars);
                let known: Vec<_> =
                    signals.iter().filter(|signal| head.time().contains(&signal.time)).cloned().collect();
                assert_eq!(strategy.signals("X", "1m", &head).unwrap(), known, "{} {bars}", strategy.name());
            }
        }
    }
}

#[test]
fn every_signal_is_valid_and_from_its_bar() {
    let frame = walk(2000, 7);
    for strategy in all() {
        for signal in strategy.signals("X", "1m", &frame).unwrap() {
            signal.validate().unwrap();
            let bar = usize::try_from(signal.time / 60_000).unwrap();
            assert_eq!(signal.entry_price.to_bits(), frame.candle(bar).unwrap().close.to_bits());
            assert_eq!((signal.strategy.as_str(), signal.symbol.as_str()), (strategy.name(), "X"));
            let (stop, profit) = (signal.stop_loss.unwrap(), signal.take_profit.unwrap());
            let ratio = (profit - signal.entry_price) / (signal.entry_price - stop);
            assert!((ratio - 1.5).abs() < 1e-9, "risks 2, gains 3: {ratio}");
        }
    }
}

/// The rule said again, bar by bar and without its memory.
#[test]
fn rsi_reversal_is_every_crossing_of_30_and_70() {
    let frame = walk(2000, 11);
    let mut rsi = vec![0.0; frame.len()];
    Rsi::default().compute([frame.column("close").unwrap()], [&mut rsi]).unwrap();
    let expected: Vec<_> = (1..rsi.len())
        .filter_map(|bar| match (rsi[bar - 1], rsi[bar]) {
            (before, now) if before <= 30.0 && now > 30.0 => Some((frame.time()[bar], Side::Buy)),
            (before, now) if before >= 70.0 && now < 70.0 => Some((frame.time()[bar], Side::Sell)),
            _ => None,
        })
        .collect();
    let setups = RsiReversal.setups(&frame).unwrap();
    let found: Vec<_> = setups.iter().map(|setup| (setup.time, setup.side)).collect();
    assert!(expected.len() > 10, "{}", expected.len());
    assert_eq!(found, expected);
    assert!(setups.iter().all(|setup| setup.score > 0.0 && setup.score < 1.0));
}

#[test]
fn trend_follow_takes_only_turns_of_the_trend() {
    let frame = walk(2000, 13);
    let [mut line, mut direction] = std::array::from_fn(|_| vec![0.0; frame.len()]);
    let inputs = ["high", "low", "close"].map(|name| frame.column(name).unwrap());
    Supertrend::default().compute(inputs, [&mut line, &mut direction]).unwrap();
    let turns = (1..frame.len()).filter(|&bar| direction[bar - 1] * direction[bar] < 0.0).count();
    let setups = TrendFollow.setups(&frame).unwrap();
    assert!(!setups.is_empty() && setups.len() < turns, "{} of {turns}", setups.len());
    for setup in setups {
        let bar = usize::try_from(setup.time / 60_000).unwrap();
        assert_eq!((direction[bar - 1], direction[bar]), (-setup.side.sign(), setup.side.sign()));
    }
}

#[test]
fn a_flat_or_short_market_gives_no_signals() {
    let flat = |bars: i64| {
        let price = 10.0;
        Frame::candles((0..bars).map(|time| Candle::from_values(time, [price; 5]))).unwrap()
    };
    for strategy in all() {
        for bars in [0, 1, 5, 200] {
            assert_eq!(strategy.setups(&flat(bars)).unwrap(), [], "{} on {bars}", strategy.name());
        }
        let error = strategy.setups(&Frame::new(vec![1]).unwrap()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    }
}

#[test]
fn strategies_are_found_by_name() {
    for strategy in all() {
        assert_eq!(find(strategy.name()).unwrap().name(), strategy.name());
        assert!(!strategy.docs().is_empty());
    }
    assert_eq!(find(DEFAULT).unwrap().name(), DEFAULT);
    let error = find("zzz").unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown strategy `zzz`; there are: rsi_reversal, trend_follow, macd_cross"
    );
}
