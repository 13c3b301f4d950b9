//! `wickra`'s fast mode.

use wickra::Indicator as _;

use super::{Run, Task};

pub fn run(Task { id, period, market }: Task<'_>) -> Option<Run<'_>> {
    let c = &market.close[..];
    macro_rules! run {
        ($Indicator:ident) => {
            Box::new(move |out: &mut [Vec<f64>]| {
                wickra::$Indicator::new(period).unwrap().batch_fast_into(c, &mut out[0]);
                0
            })
        };
    }
    Some(match id {
        "sma" => run!(Sma),
        "ema" => run!(Ema),
        "wma" => run!(Wma),
        "rsi" => run!(Rsi),
        _ => return None,
    })
}
