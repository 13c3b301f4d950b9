//! Other libraries' indicators.

use atra_core::Args;
use ta_lib::{Core, MAType};
use vector_ta::indicators as vector;
use wickra::Indicator as _;

use crate::market::Market;

/// A library, and how it fills the first output column; gives how many leading rows it leaves out.
pub type Contender<'a> = (&'static str, Box<dyn FnMut(&mut [Vec<f64>]) -> usize + 'a>);

/// The peers that have an indicator, and its parameters; the period may be another than the usual one.
pub fn contenders<'a>(id: &str, m: &'a Market, other: Option<usize>) -> (Args, Vec<Contender<'a>>) {
    let core = Core::new();
    let last = m.close.len() - 1;
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    let usual = if matches!(id, "rsi" | "atr" | "adx" | "mfi" | "aroon" | "linearreg") { 14 } else { 20 };
    let n = other.unwrap_or(usual);
    let int = n as i32;
    let period = || Args::new().with("period", n as f64);
    let mut list: Vec<Contender<'a>> = Vec::new();
    macro_rules! talib {
        (|$out:ident| $call:expr) => {{
            let core = core.clone();
            list.push(("ta-lib", Box::new(move |$out: &mut [Vec<f64>]| { let core = &core; let run: fn() = || (); let _ = run; $call(core).unwrap().beg_idx })));
        }};
    }
    macro_rules! vector {
        ($out:ident, $call:expr) => { list.push(("vector-ta", Box::new(move |$out: &mut [Vec<f64>]| { $call.unwrap(); 0 }))) };
    }
    macro_rules! wickra {
        ($make:expr) => { list.push(("wickra fast", Box::new(move |out: &mut [Vec<f64>]| { $make.unwrap().batch_fast_into(c, &mut out[0]); 0 }))) };
    }
    let args = match id {
        "sma" => {
            talib!(|out| |core: &Core| core.sma(0, last, c, int, &mut out[0]));
            vector!(out, vector::sma::sma_into(&vector::sma::SmaInput::from_slice(c, vector::sma::SmaParams { period: Some(n) }), &mut out[0]));
            wickra!(wickra::Sma::new(n));
            period()
        }
        "ema" => {
            talib!(|out| |core: &Core| core.ema(0, last, c, int, &mut out[0]));
            wickra!(wickra::Ema::new(n));
            period()
        }
        "wma" => {
            talib!(|out| |core: &Core| core.wma(0, last, c, int, &mut out[0]));
            wickra!(wickra::Wma::new(n));
            period()
        }
        "rsi" => {
            talib!(|out| |core: &Core| core.rsi(0, last, c, int, &mut out[0]));
            wickra!(wickra::Rsi::new(n));
            period()
        }
        "macd" => {
            talib!(|out| |core: &Core| { let [a, b, d] = out else { unreachable!() }; core.macd(0, last, c, 12, 26, 9, a, b, d) });
            Args::new()
        }
        "bbands" => {
            talib!(|out| |core: &Core| { let [a, b, d] = out else { unreachable!() }; core.bbands(0, last, c, int, 2.0, 2.0, MAType::SMA, a, b, d) });
            period()
        }
        "stddev" => {
            talib!(|out| |core: &Core| core.stddev(0, last, c, int, 1.0, &mut out[0]));
            period()
        }
        "linearreg" => {
            talib!(|out| |core: &Core| core.linearreg(0, last, c, int, &mut out[0]));
            period()
        }
        "max" => {
            talib!(|out| |core: &Core| core.max(0, last, c, int, &mut out[0]));
            period()
        }
        "atr" => {
            talib!(|out| |core: &Core| core.atr(0, last, h, l, c, int, &mut out[0]));
            period()
        }
        "adx" => {
            talib!(|out| |core: &Core| core.adx(0, last, h, l, c, int, &mut out[0]));
            vector!(out, vector::adx::adx_into(&vector::adx::AdxInput::from_slices(h, l, c, vector::adx::AdxParams { period: Some(n) }), &mut out[0]));
            period()
        }
        "cci" => {
            talib!(|out| |core: &Core| core.cci(0, last, h, l, c, int, &mut out[0]));
            let mut typical = m.close.clone();
            vector!(out, { m.typical_price(&mut typical); vector::cci::cci_into(&vector::cci::CciInput::from_slice(&typical, vector::cci::CciParams { period: Some(n) }), &mut out[0]) });
            period()
        }
        "stoch" => {
            talib!(|out| |core: &Core| { let [a, b, ..] = out else { unreachable!() }; core.stoch(0, last, h, l, c, 14, 3, MAType::SMA, 3, MAType::SMA, a, b) });
            Args::new().with("fastk", 14.0).with("slowk", 3.0).with("slowd", 3.0)
        }
        "aroon" => {
            talib!(|out| |core: &Core| { let [a, b, ..] = out else { unreachable!() }; core.aroon(0, last, h, l, int, a, b) });
            period()
        }
        "obv" => {
            talib!(|out| |core: &Core| core.obv(0, last, c, v, &mut out[0]));
            vector!(out, vector::obv::obv_into(&vector::obv::ObvInput::from_slices(c, v, vector::obv::ObvParams), &mut out[0]));
            Args::new()
        }
        "mfi" => {
            talib!(|out| |core: &Core| core.mfi(0, last, h, l, c, v, int, &mut out[0]));
            let mut typical = m.close.clone();
            vector!(out, { m.typical_price(&mut typical); vector::mfi::mfi_into(&vector::mfi::MfiInput::from_slices(&typical, v, vector::mfi::MfiParams { period: Some(n) }), &mut out[0]) });
            period()
        }
        _ => {
            talib!(|out| |core: &Core| core.sar(0, last, h, l, 0.02, 0.2, &mut out[0]));
            Args::new()
        }
    };
    (args, list)
}
