//! `ferro_ta_core`, which returns new columns.

use ferro_ta_core::{math, momentum, overlap, statistic, volatility, volume};

use super::{Run, Task};

pub fn run(Task { id, period: n, market: m }: Task<'_>) -> Option<Run<'_>> {
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    macro_rules! one {
        ($call:expr) => {
            Box::new(move |out: &mut [Vec<f64>]| {
                out[0] = $call;
                0
            })
        };
    }
    Some(match id {
        "sma" => one!(overlap::sma(c, n)),
        "ema" => one!(overlap::ema(c, n)),
        "wma" => one!(overlap::wma(c, n)),
        "rsi" => one!(momentum::rsi(c, n)),
        "macd" => Box::new(move |out| {
            (out[0], out[1], out[2]) = overlap::macd(c, 12, 26, 9);
            0
        }),
        "bbands" => Box::new(move |out| {
            (out[0], out[1], out[2]) = overlap::bbands(c, n, 2.0, 2.0, 0);
            0
        }),
        "stddev" => one!(statistic::stddev(c, n, 1.0)),
        "linearreg" => one!(statistic::linearreg(c, n)),
        "max" => one!(math::max(c, n)),
        "atr" => one!(volatility::atr(h, l, c, n)),
        "adx" => one!(momentum::adx(h, l, c, n)),
        "cci" => one!(momentum::cci(h, l, c, n)),
        "stoch" => Box::new(move |out| {
            (out[0], out[1]) = momentum::stoch(h, l, c, 14, 3, 0, 3, 0);
            0
        }),
        "aroon" => Box::new(move |out| {
            (out[0], out[1]) = momentum::aroon(h, l, n);
            0
        }),
        "obv" => one!(volume::obv(c, v)),
        "mfi" => one!(volume::mfi(h, l, c, v, n)),
        "sar" => one!(overlap::sar(h, l, 0.02, 0.2)),
        _ => return None,
    })
}
