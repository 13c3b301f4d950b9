//! What is timed.

use std::hint::black_box;
use std::ops::ControlFlow;

use atra_core::sweep::Grid;
use atra_core::{Candle, DynIndicator, Watch, registry};

use crate::market::{Market, market};
use crate::peers::{Contender, Task};
use crate::live::live;
use crate::report::{Report, Row};
use crate::rounds::{Turn, best};

/// Every section by its name.
pub const ALL: [(&str, fn(&mut Report)); 7] = [
    ("series", series),
    ("short", short),
    ("live", live),
    ("sweeps", sweeps),
    ("symbols", symbols),
    ("fused", fused),
    ("cores", cores),
];

const IDS: [&str; 17] = [
    "sma", "ema", "wma", "rsi", "macd", "bbands", "stddev", "linearreg", "max", "atr", "adx", "cci", "stoch", "aroon", "obv",
    "mfi", "sar",
];

/// One series: 10,000 bars that stay in the processor's caches, and a million that do not.
fn series(report: &mut Report) {
    one_series(report, "10000 bars", "ns a bar", [10_000, 10_000], 32, 3);
    one_series(report, "1000000 bars", "ns a bar", [1_000_000, 1_000_000], 1, 1);
}

/// A hundred bars, where what a call costs beside its bars is most of it.
fn short(report: &mut Report) {
    one_series(report, "100 bars", "ns a call", [100, 1], 1_000, 40);
}

/// Each of several series in turn, so many that a processor has not learned where the turns are when one is repeated.
fn one_series(
    report: &mut Report,
    section: &str,
    unit: &str,
    [rows, units]: [usize; 2],
    series: u64,
    repeats: usize,
) {
    report.section(section, unit);
    let markets: Vec<Market> = (0..series).map(|seed| market(rows, seed)).collect();
    for id in IDS {
        let tasks: Vec<Task<'_>> = markets.iter().map(|market| Task::new(id, market, None)).collect();
        let indicator = registry::find(id).unwrap().build(&tasks[0].args()).unwrap();
        let columns: Vec<_> = markets.iter().map(|market| market.columns(indicator.spec())).collect();
        let mut ours = vec![vec![0.0; rows]; indicator.spec().outputs.len()];
        indicator.compute(&columns[0], &mut slices(&mut ours)).unwrap();
        let expected = ours[0].clone();
        let mut listed = Vec::new();
        let mut room = slices(&mut ours);
        let mut turns: Vec<Turn<'_>> = vec![Box::new(|| {
            for columns in &columns {
                indicator.compute(black_box(columns), &mut room).unwrap();
                black_box(&mut room);
            }
        })];
        let mut of_all: Vec<Vec<Contender<'_>>> = tasks.iter().map(|task| task.contenders()).collect();
        for _ in 0..of_all[0].len() {
            let mut calls: Vec<Contender<'_>> = of_all.iter_mut().map(|contenders| contenders.remove(0)).collect();
            let mut theirs = vec![vec![0.0; rows]; 3];
            let skipped = calls[0].1(&mut theirs);
            listed.push((calls[0].0.to_owned(), 0.0, agree(&expected, &theirs[0], skipped)));
            turns.push(Box::new(move || {
                for (_, run) in &mut calls {
                    run(&mut theirs);
                    black_box(&mut theirs);
                }
            }));
        }
        let times = best(&mut turns, repeats, units * markets.len());
        drop(turns);
        listed.iter_mut().zip(&times[1..]).for_each(|(peer, time)| peer.1 = *time);
        report.row(Row { section: section.to_owned(), id: id.to_owned(), ours: times[0], peers: listed });
    }
}

/// One series of 10,000 bars with 96 periods; peers are called in a loop.
fn sweeps(report: &mut Report) {
    report.section("96 periods", "ns an output");
    let market = market(10_000, 3);
    for id in ["ema", "sma", "rsi", "bbands"] {
        let tasks: Vec<_> = (5..101).map(|period| Task::new(id, &market, Some(period))).collect();
        many(report, "96 periods", &tasks);
    }
}

/// 64 series of 10,000 bars.
fn symbols(report: &mut Report) {
    report.section("64 symbols", "ns an output");
    let markets: Vec<Market> = (0..64).map(|symbol| market(10_000, symbol + 4)).collect();
    for id in ["ema", "sma", "rsi", "bbands", "atr", "stoch"] {
        let tasks: Vec<_> = markets.iter().map(|market| Task::new(id, market, None)).collect();
        many(report, "64 symbols", &tasks);
    }
}

fn many(report: &mut Report, section: &str, tasks: &[Task<'_>]) {
    let Task { id, market, .. } = tasks[0];
    let rows = market.close.len();
    let entry = registry::find(id).unwrap();
    let mut outputs = vec![vec![vec![0.0; rows]; entry.spec().outputs.len()]; tasks.len()];
    let one_series = tasks.iter().all(|task| std::ptr::eq(task.market, market));
    let columns: Vec<Vec<&[f64]>> = tasks.iter().map(|task| task.market.columns(entry.spec())).collect();
    let inputs: Vec<&[&[f64]]> = columns.iter().map(Vec::as_slice).collect();
    let args: Vec<_> = tasks.iter().map(Task::args).collect();
    let indicator: Box<dyn DynIndicator> = entry.build(&args[0]).unwrap();
    let mut turns: Vec<Turn<'_>> = vec![Box::new(|| {
        let mut places: Vec<Vec<&mut [f64]>> = outputs.iter_mut().map(|outputs| slices(outputs)).collect();
        if one_series {
            entry.sweep(&args, inputs[0], &mut places).unwrap();
        } else {
            indicator.lockstep(&inputs, &mut places).unwrap();
        }
        black_box(&mut places);
    })];
    // Peers have one call a series.
    let mut names = Vec::new();
    let mut of_all: Vec<Vec<Contender<'_>>> = tasks.iter().map(|task| task.contenders()).collect();
    while let Some(mut calls) = of_all.iter_mut().map(Vec::pop).collect::<Option<Vec<_>>>() {
        names.push(calls[0].0);
        let mut outputs = vec![vec![vec![0.0; rows]; 3]; tasks.len()];
        turns.push(Box::new(move || {
            for ((_, run), outputs) in calls.iter_mut().zip(&mut outputs) {
                run(outputs);
            }
            black_box(&mut outputs);
        }));
    }
    let times = best(&mut turns, 1, rows * tasks.len());
    drop(turns);
    let peers = names.iter().zip(&times[1..]).map(|(name, time)| ((*name).to_owned(), *time, true)).collect();
    report.row(Row { section: section.to_owned(), id: id.to_owned(), ours: times[0], peers });
}

/// Ten live indicators: one call of a watch against ten streams.
fn fused(report: &mut Report) {
    const ROWS: usize = 10_000;
    report.section("ten live indicators", "ns a bar");
    let market = market(ROWS, 5);
    let ids = ["sma", "ema", "rsi", "macd", "bbands", "atr", "adx", "stoch", "obv", "cci"];
    let mut watch = Watch::new();
    let mut alone = Vec::new();
    for id in ids {
        let indicator = registry::find(id).unwrap().build(&Task::new(id, &market, None).args()).unwrap();
        watch.add(&*indicator).unwrap();
        let columns = market.columns(indicator.spec());
        let bars: Vec<Vec<f64>> = (0..ROWS).map(|row| columns.iter().map(|column| column[row]).collect()).collect();
        alone.push((indicator.stream(), bars, vec![0.0; indicator.spec().outputs.len()]));
    }
    let candle = |row: usize| Candle {
        time: 0,
        open: market.open[row],
        high: market.high[row],
        low: market.low[row],
        close: market.close[row],
        volume: market.volume[row],
    };
    let candles: Vec<Candle> = (0..ROWS).map(candle).collect();
    let mut time = 0;
    let mut turns: Vec<Turn<'_>> = vec![
        Box::new(move || {
            for candle in &candles {
                time += 60_000;
                watch.update(&Candle { time, ..*candle }).unwrap();
            }
            black_box(&mut watch);
        }),
        Box::new(move || {
            for row in 0..ROWS {
                for (stream, bars, output) in &mut alone {
                    stream.update(&bars[row], output).unwrap();
                }
            }
            black_box(&mut alone);
        }),
    ];
    let times = best(&mut turns, 5, ROWS);
    let peers = vec![("ten streams".to_owned(), times[1], true)];
    report.row(Row { section: "ten live indicators".into(), id: "watch".into(), ours: times[0], peers });
}

/// A sweep on all processors against one.
fn cores(report: &mut Report) {
    report.section("all processors", "ns an output");
    let market = market(10_000, 6);
    let grid = Grid::parse(["period=5..100"]).unwrap();
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, all) = (pool(1), pool(0));
    for id in ["ema", "rsi", "bbands", "cci"] {
        let entry = registry::find(id).unwrap();
        let columns = market.columns(entry.spec());
        // So much memory that outputs stay in the processors' caches.
        let sweep = || {
            let _ = atra::parallel::sweep(entry, &grid, &columns, 1 << 21, |sets| {
                black_box(sets);
                ControlFlow::Continue(())
            });
        };
        let mut turns: Vec<Turn<'_>> = vec![Box::new(|| all.install(sweep)), Box::new(|| one.install(sweep))];
        let times = best(&mut turns, 3, 10_000 * grid.len());
        let peers = vec![("one".to_owned(), times[1], true)];
        report.row(Row { section: "all processors".into(), id: id.into(), ours: times[0], peers });
    }
}

fn slices(columns: &mut [Vec<f64>]) -> Vec<&mut [f64]> {
    columns.iter_mut().map(Vec::as_mut_slice).collect()
}

/// Whether the last rows are the same numbers.
pub fn agree(ours: &[f64], theirs: &[f64], skipped: usize) -> bool {
    let rows = ours.len();
    let scale = ours[rows / 2..].iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    (rows / 2..rows).all(|row| (ours[row] - theirs[row - skipped]).abs() <= 1e-9 * scale)
}
