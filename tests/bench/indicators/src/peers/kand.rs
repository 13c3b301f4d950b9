//! `kand`, which wants room for what it computes on the way.

use kand::{ohlcv, stats};

use super::{Run, Task};

pub fn run(Task { id, period: n, market: m }: Task<'_>) -> Option<Run<'_>> {
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    let mut room: [Vec<f64>; 4] = std::array::from_fn(|_| vec![0.0; c.len()]);
    macro_rules! run {
        (|$a:pat_param, $r:pat_param| $group:ident::$name:ident($($arg:expr),*)) => {
            Box::new(move |out: &mut [Vec<f64>]| {
                let ($a, $r) = (out, &mut room) else { return 0 };
                $group::$name::$name($($arg),*).unwrap();
                0
            })
        };
    }
    Some(match id {
        "sma" => run!(|[a, ..], _| ohlcv::sma(c, n, a)),
        "ema" => run!(|[a, ..], _| ohlcv::ema(c, n, None, a)),
        "wma" => run!(|[a, ..], _| ohlcv::wma(c, n, a)),
        "rsi" => run!(|[a, ..], [x, y, ..]| ohlcv::rsi(c, n, a, x, y)),
        "macd" => run!(|[a, b, d], [x, y, ..]| ohlcv::macd(c, 12, 26, 9, a, b, d, x, y)),
        "bbands" => run!(|[a, b, d], [w, x, y, z]| ohlcv::bbands(c, n, 2.0, 2.0, a, b, d, w, x, y, z)),
        "stddev" => run!(|[a, ..], [x, y, ..]| stats::stddev(c, n, a, x, y)),
        "max" => run!(|[a, ..], _| stats::max(c, n, a)),
        "atr" => run!(|[a, ..], _| ohlcv::atr(h, l, c, n, a)),
        "adx" => run!(|[a, ..], [x, y, z, _]| ohlcv::adx(h, l, c, n, a, x, y, z)),
        "cci" => run!(|[a, ..], [x, y, z, _]| ohlcv::cci(h, l, c, n, a, x, y, z)),
        "stoch" => run!(|[a, b, ..], [x, ..]| ohlcv::stoch(h, l, c, 14, 3, 3, x, a, b)),
        "obv" => run!(|[a, ..], _| ohlcv::obv(c, v, a)),
        "mfi" => run!(|[a, ..], [w, x, y, z]| ohlcv::mfi(h, l, c, v, n, a, w, x, y, z)),
        _ => return None,
    })
}
