//! The `ta-lib` crate.

use ta_lib::{Core, MAType};

use super::{Run, Task};

pub fn run(Task { id, period, market: m }: Task<'_>) -> Option<Run<'_>> {
    let core = Core::new();
    let (last, n) = (m.close.len() - 1, i32::try_from(period).ok()?);
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    macro_rules! run {
        (|$a:pat_param| $call:ident($($arg:expr),*)) => {
            Box::new(move |out: &mut [Vec<f64>]| {
                let $a = out else { return 0 };
                core.$call(0, last, $($arg),*).unwrap().beg_idx
            })
        };
    }
    Some(match id {
        "sma" => run!(|[a, ..]| sma(c, n, a)),
        "ema" => run!(|[a, ..]| ema(c, n, a)),
        "wma" => run!(|[a, ..]| wma(c, n, a)),
        "rsi" => run!(|[a, ..]| rsi(c, n, a)),
        "macd" => run!(|[a, b, d]| macd(c, 12, 26, 9, a, b, d)),
        "bbands" => run!(|[a, b, d]| bbands(c, n, 2.0, 2.0, MAType::SMA, a, b, d)),
        "stddev" => run!(|[a, ..]| stddev(c, n, 1.0, a)),
        "linearreg" => run!(|[a, ..]| linearreg(c, n, a)),
        "max" => run!(|[a, ..]| max(c, n, a)),
        "atr" => run!(|[a, ..]| atr(h, l, c, n, a)),
        "adx" => run!(|[a, ..]| adx(h, l, c, n, a)),
        "cci" => run!(|[a, ..]| cci(h, l, c, n, a)),
        "stoch" => run!(|[a, b, ..]| stoch(h, l, c, 14, 3, MAType::SMA, 3, MAType::SMA, a, b)),
        "aroon" => run!(|[a, b, ..]| aroon(h, l, n, a, b)),
        "obv" => run!(|[a, ..]| obv(c, v, a)),
        "mfi" => run!(|[a, ..]| mfi(h, l, c, v, n, a)),
        "sar" => run!(|[a, ..]| sar(h, l, 0.02, 0.2, a)),
        _ => return None,
    })
}
