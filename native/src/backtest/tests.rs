#![allow(clippy::cast_possible_wrap, clippy::disallowed_methods)] // formulas as they are written, in std's functions

use super::*;
use atra_core::sweep::Grid;
use atra_core::{Args, Candle};

const DAY: i64 = 86_400_000;

/// Bars a day apart of open, high, low and close.
fn frame(bars: &[[f64; 4]]) -> Frame {
    let candle = |(day, &[open, high, low, close]): (usize, &[f64; 4])| Candle {
        time: day as i64 * DAY,
        open,
        high,
        low,
        close,
        volume: 1.0,
    };
    Frame::candles(bars.iter().enumerate().map(candle)).unwrap()
}

/// Bars that open and close at these prices and go nowhere else.
fn still(prices: &[f64]) -> Frame {
    frame(&prices.iter().map(|price| [*price; 4]).collect::<Vec<_>>())
}

fn at(rows: usize, bars: &[usize]) -> Vec<bool> {
    (0..rows).map(|bar| bars.contains(&bar)).collect()
}

fn orders(rows: usize, enter: &[usize], exit: &[usize]) -> Orders {
    let none = at(rows, &[]);
    Orders {
        enter: at(rows, enter),
        exit: at(rows, exit),
        enter_short: none.clone(),
        exit_short: none,
        ..Orders::default()
    }
}

const FREE: Backtest =
    Backtest { capital: 1_000.0, size: Size::Part(1.0), fee: 0.0, slippage: 0.0, from: None };

fn run(terms: Backtest, frame: &Frame, orders: &Orders) -> Outcome {
    terms.run(frame, orders).unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

#[test]
fn a_rule_is_filled_at_the_next_open() {
    let frame = frame(&[
        [10.0, 11.0, 9.0, 10.0],
        [20.0, 26.0, 19.0, 25.0],
        [40.0, 45.0, 39.0, 44.0],
        [50.0, 50.0, 30.0, 30.0],
    ]);
    // Said at the close of bar 0, done at 20; said at the close of bar 1, done at 40.
    let outcome = run(FREE, &frame, &orders(4, &[0], &[1]));
    let [trade] = outcome.trades.as_slice() else { panic!("{:?}", outcome.trades) };
    assert_eq!((trade.entry_bar, trade.entry_price, trade.exit_bar, trade.exit_price), (1, 20.0, 2, 40.0));
    assert_eq!((trade.quantity, trade.profit, trade.gain, trade.exit), (50.0, 1_000.0, 1.0, Exit::Rule));
    assert_eq!(outcome.equity, [1_000.0, 1_250.0, 2_000.0, 2_000.0]);
    // What the last bar says is never done.
    let outcome = run(FREE, &frame, &orders(4, &[3], &[]));
    assert!(outcome.trades.is_empty());
}

#[test]
fn fees_and_slippage_are_exact() {
    let frame = still(&[100.0, 100.0, 200.0]);
    let terms = Backtest { fee: 100.0, slippage: 50.0, ..FREE };
    let outcome = run(terms, &frame, &orders(3, &[0], &[1]));
    let trade = &outcome.trades[0];
    // Bought at 100 and half a percent, for 1000 less a hundredth of what was bought.
    assert!(near(trade.entry_price, 100.5));
    assert!(near(trade.quantity, 1_000.0 / (100.5 * 1.01)));
    assert!(near(trade.exit_price, 199.0));
    let (bought, sold) = (trade.quantity * 100.5, trade.quantity * 199.0);
    assert!(near(trade.fees, bought * 0.01 + sold * 0.01));
    assert!(near(outcome.equity[2], sold * 0.99), "all that is left is what was sold, less its fee");
    assert!(near(outcome.equity[1], 1_000.0 - bought + trade.quantity * 100.0 - bought * 0.01));
    assert!(near(trade.gain, trade.profit / 1_000.0));
    assert!(near(outcome.metrics.fees, trade.fees));
}

#[test]
fn a_short_trade_earns_when_the_price_falls() {
    let frame = still(&[100.0, 100.0, 80.0, 80.0]);
    let none = at(4, &[]);
    let short = Orders {
        enter_short: at(4, &[0]),
        exit_short: at(4, &[1]),
        enter: none.clone(),
        exit: none,
        ..Orders::default()
    };
    let terms = Backtest { fee: 100.0, slippage: 100.0, ..FREE };
    let outcome = run(terms, &frame, &short);
    let trade = &outcome.trades[0];
    assert!(near(trade.entry_price, 99.0) && near(trade.exit_price, 80.8));
    let quantity = 1_000.0 / (99.0 * 1.01);
    assert!(near(trade.profit, quantity * (99.0 - 80.8) - quantity * (99.0 + 80.8) * 0.01));
    assert!(near(outcome.equity[3], 1_000.0 + trade.profit));
}

#[test]
fn sizes() {
    let frame = still(&[100.0, 100.0, 200.0, 200.0, 100.0]);
    let twice = orders(5, &[0, 2], &[1, 3]);
    // Half of 1000, then half of 1500; the second trade loses half of it.
    let outcome = run(Backtest { size: Size::Part(0.5), ..FREE }, &frame, &twice);
    assert_eq!(outcome.trades.iter().map(|trade| trade.profit).collect::<Vec<_>>(), [500.0, -375.0]);
    let outcome = run(Backtest { size: Size::Money(300.0), ..FREE }, &frame, &twice);
    assert_eq!(outcome.trades.iter().map(|trade| trade.profit).collect::<Vec<_>>(), [300.0, -150.0]);
    // No more than there is.
    let outcome = run(Backtest { size: Size::Money(1e6), ..FREE }, &frame, &twice);
    assert_eq!(outcome.trades[0].quantity, 10.0);
}

#[test]
fn stops_and_targets() {
    let with = |bars: &[[f64; 4]], stop: f64, target: f64| {
        let rows = bars.len();
        let orders = Orders {
            stop_loss: Level::Percent(vec![stop; rows]),
            take_profit: Level::Distance(vec![target; rows]),
            ..orders(rows, &[0], &[])
        };
        let outcome = run(FREE, &frame(bars), &orders);
        let trade = outcome.trades.into_iter().next().unwrap();
        (trade.exit, trade.exit_bar, trade.exit_price)
    };
    let enter = [[100.0; 4], [100.0, 101.0, 99.0, 100.0]];
    let after = |bar: [f64; 4]| with(&[&enter[..], &[bar]].concat(), 5.0, 8.0);
    assert_eq!(after([100.0, 101.0, 96.0, 100.0]), (Exit::Open, 2, 100.0));
    assert_eq!(after([100.0, 101.0, 94.0, 100.0]), (Exit::Stop, 2, 95.0), "inside the bar, at its price");
    assert_eq!(after([90.0, 101.0, 89.0, 100.0]), (Exit::Stop, 2, 90.0), "opened beyond it, at the open");
    assert_eq!(after([100.0, 109.0, 99.0, 100.0]), (Exit::Target, 2, 108.0));
    assert_eq!(after([120.0, 121.0, 119.0, 120.0]), (Exit::Target, 2, 108.0), "never better than its price");
    assert_eq!(after([100.0, 109.0, 94.0, 100.0]), (Exit::Stop, 2, 95.0), "both: the stop came first");
    assert_eq!(after([109.0, 110.0, 94.0, 100.0]), (Exit::Target, 2, 108.0), "but the open is first of all");
    assert_eq!(after([100.0, 108.0, 95.5, 100.0]), (Exit::Target, 2, 108.0), "reaching is enough");
    // From the bar of the entry on.
    assert_eq!(with(&[[100.0; 4], [100.0, 101.0, 90.0, 92.0]], 5.0, 8.0), (Exit::Stop, 1, 95.0));
    // Its distance is not known, or is none.
    for (stop, target) in [(f64::NAN, 8.0), (5.0, f64::NAN), (0.0, 8.0), (5.0, -1.0)] {
        let rows = 3;
        let orders = Orders {
            stop_loss: Level::Percent(vec![stop; rows]),
            take_profit: Level::Distance(vec![target; rows]),
            ..orders(rows, &[0], &[])
        };
        assert!(run(FREE, &still(&[100.0; 3]), &orders).trades.is_empty());
    }
}

#[test]
fn stops_of_short_trades_mirror_those_of_long_ones() {
    let after = |bar: [f64; 4]| {
        let none = at(3, &[]);
        let orders = Orders {
            enter: none.clone(),
            exit: none.clone(),
            enter_short: at(3, &[0]),
            exit_short: none,
            stop_loss: Level::Price(vec![105.0; 3]),
            take_profit: Level::Price(vec![92.0; 3]),
        };
        let terms = Backtest { slippage: 100.0, ..FREE };
        let trade = terms.run(&frame(&[[100.0; 4], [100.0; 4], bar]), &orders).unwrap().trades.remove(0);
        (trade.exit, trade.exit_price)
    };
    // A stop slips, a target does not.
    assert_eq!(after([100.0, 106.0, 99.0, 100.0]), (Exit::Stop, 105.0 * 1.01));
    assert_eq!(after([110.0, 111.0, 99.0, 100.0]), (Exit::Stop, 110.0 * 1.01));
    assert_eq!(after([100.0, 101.0, 91.0, 100.0]), (Exit::Target, 92.0));
    assert_eq!(after([80.0, 81.0, 79.0, 80.0]), (Exit::Target, 92.0));
    assert_eq!(after([100.0, 106.0, 91.0, 100.0]), (Exit::Stop, 105.0 * 1.01));
}

#[test]
fn one_trade_at_a_time() {
    let frame = still(&[10.0, 10.0, 20.0, 20.0, 10.0, 10.0, 10.0]);
    // Wished twice, entered once; the other side reverses at one open.
    let both = Orders { enter_short: at(7, &[2]), exit_short: at(7, &[4]), ..orders(7, &[0, 1], &[]) };
    let outcome = run(FREE, &frame, &both);
    let told: Vec<_> = outcome
        .trades
        .iter()
        .map(|trade| (trade.side, trade.entry_bar, trade.exit_bar, trade.exit))
        .collect();
    assert_eq!(told, [(Side::Buy, 1, 3, Exit::Reverse), (Side::Sell, 3, 5, Exit::Rule)]);
    assert_eq!(outcome.equity.last(), Some(&3_000.0));
    assert!(near(outcome.metrics.exposure, 4.0 / 7.0));
    // Contradictions do nothing.
    let unsure = Orders { enter_short: at(7, &[2]), ..orders(7, &[0, 2], &[0]) };
    assert!(run(FREE, &frame, &unsure).trades.is_empty());
    // A trade open at the end is valued, not closed.
    let outcome = run(Backtest { fee: 100.0, ..FREE }, &frame, &orders(7, &[2], &[]));
    assert_eq!((outcome.trades[0].exit, outcome.trades[0].exit_price), (Exit::Open, 10.0));
    assert!(near(outcome.equity[6], 1_000.0 + outcome.trades[0].profit));
    assert!(outcome.metrics.win_rate.is_nan());
}

#[test]
fn nothing_left_ends_trading() {
    let frame = still(&[10.0, 10.0, 25.0, 5.0, 5.0, 5.0]);
    let none = at(6, &[]);
    let orders = Orders {
        enter_short: at(6, &[0, 3]),
        enter: at(6, &[2]),
        exit: none.clone(),
        exit_short: none,
        ..Orders::default()
    };
    let outcome = run(FREE, &frame, &orders);
    assert_eq!(outcome.trades.len(), 1);
    assert_eq!(outcome.trades[0].exit, Exit::Ruin);
    assert_eq!(outcome.equity, [1_000.0, 1_000.0, -500.0, -500.0, -500.0, -500.0]);
    assert_eq!(outcome.metrics.cagr, -1.0);
    // Two returns, a day apart as all bars are.
    let (mean, deviation) = (-0.75, 1.125_f64.sqrt());
    assert!(near(outcome.metrics.sharpe, mean / deviation * 365.25_f64.sqrt()));
}

#[test]
fn prices_that_are_not_above_nothing_are_refused() {
    for price in [0.0, -8.0] {
        let error = FREE.run(&still(&[5.0, 5.0, price]), &orders(3, &[0], &[])).unwrap_err();
        let message = format!("open {price} in row 2 is not valid; a backtest needs prices above 0");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_gap_fills_nothing_and_what_is_wanted_waits() {
    let prices = |open: [f64; 5]| open.to_vec();
    let gap = [10.0, f64::NAN, 20.0, f64::NAN, 40.0];
    let mut frame = Frame::new((0..5).map(|day| day * DAY).collect()).unwrap();
    for name in ["open", "high", "low", "close"] {
        frame = frame.with_column(name, prices(gap)).unwrap();
    }
    let outcome = run(FREE, &frame, &orders(5, &[0], &[2]));
    assert_eq!((outcome.trades[0].entry_bar, outcome.trades[0].exit_bar), (2, 4));
    assert_eq!(outcome.equity, [1_000.0, 1_000.0, 1_000.0, 1_000.0, 2_000.0]);
    // Taken back while it waits.
    let outcome = run(FREE, &frame, &orders(5, &[0], &[1]));
    assert!(outcome.trades.is_empty());
}

/// By hand: returns of 10 %, −10 %, 20 %, −5 %.
#[test]
fn metrics_are_their_formulas() {
    let frame = still(&[100.0, 100.0, 110.0, 99.0, 118.8, 112.86]);
    let outcome = run(FREE, &frame, &orders(6, &[0], &[]));
    let metrics = outcome.metrics;
    let returns: [f64; 5] = [0.0, 0.1, -0.1, 0.2, -0.05];
    let mean = returns.iter().sum::<f64>() / 5.0;
    let deviation = (returns.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / 4.0).sqrt();
    let downside = ((0.1_f64.powi(2) + 0.05_f64.powi(2)) / 5.0).sqrt();
    let a_year = 365.25_f64.sqrt();
    assert!(near(metrics.equity, 1_128.6));
    assert!(near(metrics.total_return, 0.1286) && near(metrics.buy_and_hold, 0.1286));
    assert!(near(metrics.cagr, 1.1286_f64.powf(365.25 / 5.0) - 1.0));
    assert!(near(metrics.sharpe, mean / deviation * a_year));
    assert!(near(metrics.sortino, mean / downside * a_year));
    assert!(near(metrics.max_drawdown, 0.1));
    assert_eq!((metrics.max_drawdown_bars, metrics.max_drawdown_ms), (1, 2 * DAY));
    assert!(near(metrics.exposure, 5.0 / 6.0));
    // Two trades, one of which earns 100 and one loses 50 of it.
    let frame = still(&[100.0, 100.0, 110.0, 110.0, 104.5, 104.5]);
    let metrics = run(FREE, &frame, &orders(6, &[0, 2], &[1, 3])).metrics;
    assert_eq!((metrics.trades, metrics.win_rate), (2, 0.5));
    assert!(near(metrics.profit_factor, 100.0 / 55.0));
    assert!(near(metrics.mean_gain, (0.1 - 0.05) / 2.0));
    assert!(near(metrics.exposure, 2.0 / 6.0));
    // No trade: nothing is earned, lost or paid, and not minus nothing.
    let metrics = run(FREE, &frame, &orders(6, &[], &[])).metrics;
    assert_eq!(metrics.fees.to_bits(), 0);
    let metrics = run(FREE, &still(&[10.0, 10.0, 9.0]), &orders(3, &[0], &[1])).metrics;
    assert_eq!(metrics.profit_factor.to_bits(), 0);
    // None of anything.
    let metrics = run(FREE, &Frame::empty_candles(0), &orders(0, &[], &[])).metrics;
    assert_eq!(metrics.equity, 1_000.0);
    assert!([metrics.sharpe, metrics.cagr, metrics.win_rate, metrics.exposure].iter().all(|x| x.is_nan()));
    let names = serde_json::to_value(&metrics).unwrap();
    assert!(Metrics::NAMES.iter().all(|name| names.get(name).is_some()));
}

#[test]
fn settings_and_orders_that_do_not_fit_are_refused() {
    let frame = still(&[1.0; 3]);
    let fails = |terms: Backtest, orders: &Orders| terms.run(&frame, orders).unwrap_err().to_string();
    let fine = orders(3, &[0], &[]);
    assert_eq!(fails(Backtest { capital: 0.0, ..FREE }, &fine), "capital 0 is not valid; it must be above 0");
    assert_eq!(
        fails(Backtest { fee: -1.0, ..FREE }, &fine),
        "fee -1 is not valid; it must be from 0 to below 10000 basis points"
    );
    assert_eq!(
        fails(Backtest { size: Size::Part(1.5), ..FREE }, &fine),
        "size 1.5 is not valid; it must be above 0 and at most 1 of the equity"
    );
    assert_eq!(
        fails(Backtest { size: Size::Money(f64::NAN), ..FREE }, &fine),
        "size NaN is not valid; it must be above 0"
    );
    assert_eq!(fails(FREE, &orders(2, &[], &[])), "orders of 2 bars do not fit a frame of 3");
    let no_rule = Plan { exit: Some("close > 1".into()), ..Plan::default() };
    assert_eq!(
        no_rule.orders(&frame, &Args::new()).unwrap_err().to_string(),
        "there is no rule to enter, long or short"
    );
    let wrong = Plan { enter: Some("close >".into()), ..Plan::default() };
    assert!(wrong.orders(&frame, &Args::new()).unwrap_err().to_string().starts_with("enter: character 8:"));
}

/// A walk of a thousand bars, that goes another way from `from` on.
fn walk(rows: usize, from: usize) -> Frame {
    let mut price = 100.0_f64;
    let bars: Vec<[f64; 4]> = (0..rows)
        .map(|bar| {
            let mut seed =
                (bar as u64 + if bar >= from { 1_000_003 } else { 0 }).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            seed ^= seed >> 29;
            let mut random = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 40) as f64 / f64::from(1 << 24) - 0.5
            };
            let open = price * (1.0 + random() * 0.01);
            price = (price * (1.0 + random() * 0.04)).max(1.0);
            let (low, high) = (open.min(price), open.max(price));
            [open, high * (1.0 + random().abs() * 0.01), low * (1.0 - random().abs() * 0.01), price]
        })
        .collect();
    frame(&bars)
}

#[test]
fn the_future_changes_nothing_in_the_past() {
    let plan = Plan {
        enter: Some("crosses_above(ema(5), ema(20)) or crosses_above(rsi(14), 30)".into()),
        exit: Some("close < bbands(20).lower".into()),
        enter_short: Some("crosses_below(ema(5), ema(20)) and supertrend().direction < 0".into()),
        exit_short: Some("rsi(14)[1] < 30".into()),
        stop_loss: Some("2 * atr(14)".into()),
        take_profit: Some("6%".into()),
    };
    let whole = walk(600, 600);
    let outcome = Backtest::default().run(&whole, &plan.orders(&whole, &Args::new()).unwrap()).unwrap();
    assert!(outcome.trades.len() > 20, "{}", outcome.trades.len());
    for from in [100, 237, 400, 599] {
        let other = walk(600, from);
        assert_ne!(other.candle(from), whole.candle(from));
        let changed = Backtest::default().run(&other, &plan.orders(&other, &Args::new()).unwrap()).unwrap();
        assert_eq!(changed.equity[..from], outcome.equity[..from]);
        let past = |outcome: &Outcome| -> Vec<Trade> {
            outcome.trades.iter().filter(|trade| trade.exit_bar < from).cloned().collect()
        };
        assert_eq!(past(&changed), past(&outcome));
        // Nor does it matter whether there is one.
        let cut = whole.head(from);
        let cut = Backtest::default().run(&cut, &plan.orders(&cut, &Args::new()).unwrap()).unwrap();
        assert_eq!(cut.equity, outcome.equity[..from]);
    }
}

#[test]
fn bars_before_the_first_are_for_warming_up() {
    let whole = walk(500, 500);
    let plan = Plan {
        enter: Some("close > sma(200)".into()),
        exit: Some("close < sma(200)".into()),
        ..Plan::default()
    };
    let orders = plan.orders(&whole, &Args::new()).unwrap();
    let terms = Backtest { from: Some(300 * DAY), ..Backtest::default() };
    let outcome = terms.run(&whole, &orders).unwrap();
    assert_eq!((outcome.equity.len(), outcome.equity[0]), (200, 10_000.0));
    assert_eq!(terms.traded(&whole).time()[0], 300 * DAY);
    // The average is known from the first bar on: of the bars alone it would take 200.
    assert!(outcome.trades[0].entry_bar < 150);
    assert!(outcome.trades.iter().all(|trade| trade.entry_time >= 301 * DAY));
    let alone = Orders {
        enter: orders.enter[300..].to_vec(),
        exit: orders.exit[300..].to_vec(),
        ..self::orders(200, &[], &[])
    };
    assert_eq!(Backtest::default().run(&whole.slice(300..), &alone).unwrap().trades, outcome.trades);
    // None is left.
    let never = Backtest { from: Some(9_999 * DAY), ..terms };
    assert!(never.run(&whole, &orders).unwrap().equity.is_empty());
}

#[test]
fn a_sweep_is_every_run_alone() {
    let frame = walk(400, 400);
    let plan = Plan {
        enter: Some("crosses_above(sma($fast), sma($slow))".into()),
        exit: Some("crosses_below(sma($fast), sma($slow))".into()),
        stop_loss: Some("$stop%".into()),
        ..Plan::default()
    };
    let grid = Grid::parse(["fast=3..9:2", "slow=10..40:3", "stop=2,5"]).unwrap();
    let mut all = Vec::new();
    let refused = Backtest::default()
        .sweep(&frame, &plan, &grid, |part| {
            all.extend(part);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((refused, all.len()), (0, grid.len()));
    for (swept, args) in all.iter().zip(grid.iter()) {
        assert_eq!(swept.args, args);
        let alone = Backtest::default().run(&frame, &plan.orders(&frame, &args).unwrap()).unwrap();
        assert_eq!(format!("{:?}", swept.metrics), format!("{:?}", alone.metrics));
    }
    // Some sets that cannot be are left out; all is an error.
    let count = |words: &[&str]| {
        let mut count = 0;
        let grid = Grid::parse(words.iter().copied()).unwrap();
        let refused = Backtest::default().sweep(&frame, &plan, &grid, |part| {
            count += part.len();
            std::ops::ControlFlow::Continue(())
        });
        refused.map(|refused| (refused, count))
    };
    assert_eq!(count(&["fast=0..3", "slow=20", "stop=2"]).unwrap(), (1, 3));
    assert!(count(&["fast=0", "slow=20", "stop=2"]).unwrap_err().to_string().contains("period 0"));
    assert!(count(&["fast=3", "slow=20"]).unwrap_err().to_string().contains("`$stop` has no value"));
}

#[test]
fn a_strategys_setups_are_orders() {
    let frame = walk(800, 800);
    let strategy = crate::strategy::find("trend_follow").unwrap();
    let setups = strategy.setups(&frame).unwrap();
    let outcome = Backtest::default().run(&frame, &Orders::of_setups(&frame, &setups).unwrap()).unwrap();
    assert!(!outcome.trades.is_empty());
    for trade in &outcome.trades {
        let before = frame.time()[trade.entry_bar - 1];
        assert!(setups.iter().any(|setup| setup.time == before && setup.side == trade.side));
    }
    assert!(Orders::of_setups(&frame.head(1), &setups).is_err());
}

#[test]
fn the_report_tells_all_and_stands_alone() {
    let frame = walk(3_000, 3_000);
    let plan = Plan {
        enter: Some("close < ema(20)".into()),
        exit: Some("close > ema(20)".into()),
        ..Plan::default()
    };
    let outcome = Backtest::default().run(&frame, &plan.orders(&frame, &Args::new()).unwrap()).unwrap();
    let report = Report { title: "A<B>".into(), facts: vec![("enter".into(), "close < ema(20)".into())] };
    let page = html(&report, &frame, &outcome).unwrap();
    for part in [
        "A&lt;B&gt;: backtest",
        "close &lt; ema(20)",
        "Sharpe",
        "Longest drawdown",
        "class=\"fall\"",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for outside in ["http", "src=", "<script", "NaN", "inf"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("<tr>").count(), outcome.trades.len().min(1_000) + 1);
    assert!(page.len() < 300_000, "{}", page.len());
    // Of nothing, too.
    for rows in [0, 1] {
        let frame = still(&vec![1.0; rows]);
        let outcome = run(FREE, &frame, &orders(rows, &[], &[]));
        assert!(html(&report, &frame, &outcome).unwrap().contains("None."));
    }
}
