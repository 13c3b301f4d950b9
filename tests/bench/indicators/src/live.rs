//! Live bars, one at a time: closed ones, as peers take them, and those that can be replaced, for which atra keeps the state
//! before each; peers cannot, and stand in both tables with the same times.
//!
//! Between two bars of a market a bot does other things, so states are in memory when a bar comes: the loop must not keep them
//! in registers, as it could the few numbers of some.

use std::hint::black_box;

use atra_core::Indicator as _;
use atra_core::indicators::{momentum::{Adx, Macd, Rsi}, overlap::{Bbands, Ema, Sma}, volatility::Atr};
use ferro_ta_core::streaming as ferro;
use ta::{Next as _, indicators as ta_rs};
use ta_lib::{Core, MAType};
use wickra::Indicator as _;
use yata::core::Method as _;

use crate::market::{Market, market};
use crate::report::{Report, Row};
use crate::rounds::{Turn, best};
use crate::sections::agree;

const ROWS: usize = 10_000;

const REPLACEABLE: &str = "live, each replaceable";

/// The first of a bar's outputs, NaN if there are none.
fn first(outputs: impl First) -> f64 {
    outputs.first()
}

trait First {
    fn first(self) -> f64;
}

macro_rules! first {
    ($($Outputs:ty: |$outputs:ident| $first:expr;)*) => {$(
        impl First for $Outputs {
            fn first(self) -> f64 {
                let $outputs = self;
                $first
            }
        }
    )*};
}
first! {
    f64: |number| number;
    (f64, f64, f64): |numbers| numbers.0;
    [f64; 1]: |numbers| numbers[0];
    [f64; 3]: |numbers| numbers[0];
    wickra::BollingerOutput: |bands| bands.upper;
    ta_rs::BollingerBandsOutput: |bands| bands.upper;
    ta_rs::MovingAverageConvergenceDivergenceOutput: |lines| lines.macd;
}

impl<O: First> First for Option<O> {
    fn first(self) -> f64 {
        self.map_or(f64::NAN, First::first)
    }
}

/// Every row of the table of live bars.
pub fn live(report: &mut Report) {
    report.section("live", "ns a bar");
    let mut replaceable = Vec::new();
    let market = market(ROWS, 2);
    let core = Core::new();
    let Market { high: h, low: l, close: c, .. } = &market;
    macro_rules! row {
        ($id:literal, $row:ident, $ours:expr => $input:expr, { $($name:literal: $stream:expr, |$s:ident| $step:expr;)* }) => {{
            let mut ours = $ours.unwrap().closed_stream();
            let mut kept = $ours.unwrap().stream();
            let expected: Vec<f64> = (0..ROWS).map(|$row| first(ours.update($input))).collect();
            let mut same = Vec::new();
            let mut turns: Vec<Turn<'_>> = vec![
                Box::new(move || {
                    for $row in 0..ROWS {
                        black_box(black_box(&mut ours).update($input));
                    }
                }),
                Box::new(move || {
                    for $row in 0..ROWS {
                        black_box(black_box(&mut kept).update($input));
                    }
                }),
            ];
            $(
                let mut $s = $stream;
                let theirs: Vec<f64> = (0..ROWS).map(|$row| {
                    let $s = &mut $s;
                    first($step)
                }).collect();
                // By then it does not matter how each has begun.
                same.push(agree(&expected, &theirs, 0));
                turns.push(Box::new(move || {
                    for $row in 0..ROWS {
                        let $s = black_box(&mut $s);
                        black_box($step);
                    }
                }));
            )*
            let times = best(&mut turns, 20, ROWS);
            let names = [$($name),*];
            let peers = names.iter().zip(&times[2..]).zip(same);
            let peers: Vec<_> = peers.map(|((name, time), same)| ((*name).to_owned(), *time, same)).collect();
            report.row(Row { section: "live".into(), id: $id.into(), ours: times[0], peers: peers.clone() });
            replaceable.push(Row { section: REPLACEABLE.into(), id: $id.into(), ours: times[1], peers });
        }};
    }
    row!("sma", row, Sma::new(20) => [c[row]], {
        "ta-lib": core.sma_open(c, 20).unwrap().0, |s| s.update(c[row]).ok();
        "wickra": wickra::Sma::new(20).unwrap(), |s| s.update(c[row]);
        "ferro_ta_core": ferro::StreamingSMA::new(20).unwrap(), |s| s.update(c[row]);
        "yata": yata::methods::SMA::new(20, &c[0]).unwrap(), |s| s.next(&c[row]);
        "ta": ta_rs::SimpleMovingAverage::new(20).unwrap(), |s| s.next(c[row]);
    });
    row!("ema", row, Ema::new(20) => [c[row]], {
        "ta-lib": core.ema_open(c, 20).unwrap().0, |s| s.update(c[row]).ok();
        "wickra": wickra::Ema::new(20).unwrap(), |s| s.update(c[row]);
        "ferro_ta_core": ferro::StreamingEMA::new(20).unwrap(), |s| s.update(c[row]);
        "yata": yata::methods::EMA::new(20, &c[0]).unwrap(), |s| s.next(&c[row]);
        "ta": ta_rs::ExponentialMovingAverage::new(20).unwrap(), |s| s.next(c[row]);
    });
    row!("rsi", row, Rsi::new(14) => [c[row]], {
        "ta-lib": core.rsi_open(c, 14).unwrap().0, |s| s.update(c[row]).ok();
        "wickra": wickra::Rsi::new(14).unwrap(), |s| s.update(c[row]);
        "ferro_ta_core": ferro::StreamingRSI::new(14).unwrap(), |s| s.update(c[row]);
    });
    row!("macd", row, Macd::new(12, 26, 9) => [c[row]], {
        "ta-lib": core.macd_open(c, 12, 26, 9).unwrap().0, |s| s.update(c[row]).ok();
        "ferro_ta_core": ferro::StreamingMACD::new(12, 26, 9).unwrap(), |s| s.update(c[row]);
        "ta": ta_rs::MovingAverageConvergenceDivergence::new(12, 26, 9).unwrap(), |s| s.next(c[row]);
    });
    row!("bbands", row, Bbands::new(20, 2.0, 2.0, atra_core::MaType::Sma) => [c[row]], {
        "ta-lib": core.bbands_open(c, 20, 2.0, 2.0, MAType::SMA).unwrap().0, |s| s.update(c[row]).ok();
        "wickra": wickra::BollingerBands::new(20, 2.0).unwrap(), |s| s.update(c[row]);
        "ferro_ta_core": ferro::StreamingBBands::new(20, 2.0, 2.0).unwrap(), |s| s.update(c[row]);
        "ta": ta_rs::BollingerBands::new(20, 2.0).unwrap(), |s| s.next(c[row]);
    });
    row!("atr", row, Atr::new(14) => [h[row], l[row], c[row]], {
        "ta-lib": core.atr_open(h, l, c, 14).unwrap().0, |s| s.update(h[row], l[row], c[row]).ok();
        "ferro_ta_core": ferro::StreamingATR::new(14).unwrap(), |s| s.update(h[row], l[row], c[row]);
    });
    row!("adx", row, Adx::new(14) => [h[row], l[row], c[row]], {
        "ta-lib": core.adx_open(h, l, c, 14).unwrap().0, |s| s.update(h[row], l[row], c[row]).ok();
        "ferro_ta_core": ferro::StreamingAdx::new(14).unwrap(), |s| s.update(h[row], l[row], c[row]);
    });
    report.section(REPLACEABLE, "ns a bar");
    for row in replaceable {
        report.row(row);
    }
}
