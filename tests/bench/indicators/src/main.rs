//! atra's indicators against other libraries': one process, the same columns, the best of several rounds that take turns.
//!
//!     cargo run --release --manifest-path tests/bench/indicators/Cargo.toml
//!
//! Nanoseconds a bar, with each library's default build. A peer is compared before it is timed: one that gives other
//! numbers (beyond 1e-9 of the column's scale in its last rows) is marked `≠`.

use std::hint::black_box;
use std::time::Instant;

use atra_core::{Args, registry};
use ta_lib::{Core, MAType};
use vector_ta::indicators as vector;
use wickra::Indicator as _;

/// Rounds; of each contender the best counts.
const ROUNDS: usize = 15;

struct Market {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
    volume: Vec<f64>,
}

impl Market {
    /// For peers that take it instead of candles: whoever has candles has to compute it.
    fn typical_price(&self, out: &mut [f64]) {
        for (((out, high), low), close) in out.iter_mut().zip(&self.high).zip(&self.low).zip(&self.close) {
            *out = (high + low + close) / 3.0;
        }
    }
}

/// A random walk: nothing in it repeats, so that no branch predictor learns it.
fn market(rows: usize) -> Market {
    let mut seed = 88_172_645_463_325_252_u64;
    let mut random = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let column = || Vec::with_capacity(rows);
    let [open, high, low, close, volume] = std::array::from_fn(|_| column());
    let mut market = Market { open, high, low, close, volume };
    let mut price: f64 = 100.0;
    for _ in 0..rows {
        let open = price;
        price = (price + random() - 0.5).max(10.0);
        let (high, low) = (open.max(price) + random() * 0.5, open.min(price) - random() * 0.5);
        market.open.push(open);
        market.high.push(high);
        market.low.push(low);
        market.close.push(price);
        market.volume.push((random() * 1000.0).floor());
    }
    market
}

/// A library, and how it fills the first output column; gives how many leading rows it leaves out.
type Contender<'a> = (&'static str, Box<dyn FnMut(&mut [Vec<f64>]) -> usize + 'a>);

fn contenders<'a>(id: &str, m: &'a Market) -> (Args, Vec<Contender<'a>>) {
    let core = Core::new();
    let last = m.close.len() - 1;
    let (h, l, c, v) = (&m.high[..], &m.low[..], &m.close[..], &m.volume[..]);
    let period = |period: f64| Args::new().with("period", period);
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
            talib!(|out| |core: &Core| core.sma(0, last, c, 20, &mut out[0]));
            vector!(out, vector::sma::sma_into(&vector::sma::SmaInput::from_slice(c, vector::sma::SmaParams { period: Some(20) }), &mut out[0]));
            wickra!(wickra::Sma::new(20));
            period(20.0)
        }
        "ema" => {
            talib!(|out| |core: &Core| core.ema(0, last, c, 20, &mut out[0]));
            wickra!(wickra::Ema::new(20));
            period(20.0)
        }
        "wma" => {
            talib!(|out| |core: &Core| core.wma(0, last, c, 20, &mut out[0]));
            wickra!(wickra::Wma::new(20));
            period(20.0)
        }
        "rsi" => {
            talib!(|out| |core: &Core| core.rsi(0, last, c, 14, &mut out[0]));
            wickra!(wickra::Rsi::new(14));
            period(14.0)
        }
        "macd" => {
            talib!(|out| |core: &Core| { let [a, b, d] = out else { unreachable!() }; core.macd(0, last, c, 12, 26, 9, a, b, d) });
            Args::new()
        }
        "bbands" => {
            talib!(|out| |core: &Core| { let [a, b, d] = out else { unreachable!() }; core.bbands(0, last, c, 20, 2.0, 2.0, MAType::SMA, a, b, d) });
            Args::new()
        }
        "stddev" => {
            talib!(|out| |core: &Core| core.stddev(0, last, c, 20, 1.0, &mut out[0]));
            period(20.0)
        }
        "linearreg" => {
            talib!(|out| |core: &Core| core.linearreg(0, last, c, 14, &mut out[0]));
            period(14.0)
        }
        "max" => {
            talib!(|out| |core: &Core| core.max(0, last, c, 20, &mut out[0]));
            period(20.0)
        }
        "atr" => {
            talib!(|out| |core: &Core| core.atr(0, last, h, l, c, 14, &mut out[0]));
            period(14.0)
        }
        "adx" => {
            talib!(|out| |core: &Core| core.adx(0, last, h, l, c, 14, &mut out[0]));
            vector!(out, vector::adx::adx_into(&vector::adx::AdxInput::from_slices(h, l, c, vector::adx::AdxParams { period: Some(14) }), &mut out[0]));
            period(14.0)
        }
        "cci" => {
            talib!(|out| |core: &Core| core.cci(0, last, h, l, c, 20, &mut out[0]));
            let mut typical = m.close.clone();
            vector!(out, { m.typical_price(&mut typical); vector::cci::cci_into(&vector::cci::CciInput::from_slice(&typical, vector::cci::CciParams { period: Some(20) }), &mut out[0]) });
            period(20.0)
        }
        "stoch" => {
            talib!(|out| |core: &Core| { let [a, b, ..] = out else { unreachable!() }; core.stoch(0, last, h, l, c, 14, 3, MAType::SMA, 3, MAType::SMA, a, b) });
            Args::new().with("fastk", 14.0).with("slowk", 3.0).with("slowd", 3.0)
        }
        "aroon" => {
            talib!(|out| |core: &Core| { let [a, b, ..] = out else { unreachable!() }; core.aroon(0, last, h, l, 14, a, b) });
            period(14.0)
        }
        "obv" => {
            talib!(|out| |core: &Core| core.obv(0, last, c, v, &mut out[0]));
            vector!(out, vector::obv::obv_into(&vector::obv::ObvInput::from_slices(c, v, vector::obv::ObvParams), &mut out[0]));
            Args::new()
        }
        "mfi" => {
            talib!(|out| |core: &Core| core.mfi(0, last, h, l, c, v, 14, &mut out[0]));
            let mut typical = m.close.clone();
            vector!(out, { m.typical_price(&mut typical); vector::mfi::mfi_into(&vector::mfi::MfiInput::from_slices(&typical, v, vector::mfi::MfiParams { period: Some(14) }), &mut out[0]) });
            period(14.0)
        }
        _ => {
            talib!(|out| |core: &Core| core.sar(0, last, h, l, 0.02, 0.2, &mut out[0]));
            Args::new()
        }
    };
    (args, list)
}

/// Whether the last rows are the same numbers.
fn agree(ours: &[f64], theirs: &[f64], skipped: usize) -> bool {
    let rows = ours.len();
    let scale = ours[rows / 2..].iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    (rows / 2..rows).all(|row| {
        let theirs = theirs[row - skipped];
        (ours[row] - theirs).abs() <= 1e-9 * scale
    })
}

fn main() {
    let ids = [
        "sma", "ema", "wma", "rsi", "macd", "bbands", "stddev", "linearreg", "max", "atr", "adx", "cci", "stoch", "aroon", "obv",
        "mfi", "sar",
    ];
    for rows in [10_000, 1_000_000] {
        let m = market(rows);
        let repeats = 1_000_000 / rows;
        println!("\n{rows} bars, ns a bar\n{:<10} {:>6}   {:<44} ratio to the best peer", "", "atra", "peers");
        for id in ids {
            let (args, mut peers) = contenders(id, &m);
            let indicator = registry::find(id).unwrap().build(&args).unwrap();
            let columns: Vec<&[f64]> = indicator
                .spec()
                .inputs
                .iter()
                .map(|input| match input.column() {
                    "open" => &m.open[..],
                    "high" => &m.high,
                    "low" => &m.low,
                    "volume" => &m.volume,
                    _ => &m.close,
                })
                .collect();
            let mut ours = vec![vec![0.0; rows]; indicator.spec().outputs.len()];
            let mut theirs = vec![vec![0.0; rows]; 3];
            let mut best = vec![f64::MAX; peers.len() + 1];
            let mut marks = vec![""; peers.len()];
            for round in 0..ROUNDS {
                let mut timed = |place: usize, run: &mut dyn FnMut()| {
                    let started = Instant::now();
                    for _ in 0..repeats {
                        run();
                    }
                    best[place] = best[place].min(started.elapsed().as_secs_f64() * 1e9 / (rows * repeats) as f64);
                };
                timed(0, &mut || {
                    let mut outputs: Vec<&mut [f64]> = ours.iter_mut().map(Vec::as_mut_slice).collect();
                    indicator.compute(&columns, &mut outputs).unwrap();
                    black_box(&mut outputs);
                });
                for (index, (_, peer)) in peers.iter_mut().enumerate() {
                    let mut skipped = 0;
                    timed(index + 1, &mut || skipped = black_box(peer(&mut theirs)));
                    if round == 0 && !agree(&ours[0], &theirs[0], skipped) {
                        marks[index] = "≠";
                    }
                }
            }
            let names = peers.iter().zip(&marks).zip(&best[1..]);
            let listed: Vec<String> = names.map(|(((name, _), mark), time)| format!("{name} {time:.2}{mark}")).collect();
            let right = best[1..].iter().zip(&marks).filter(|(_, mark)| mark.is_empty()).map(|(time, _)| *time);
            let peer = right.fold(f64::MAX, f64::min);
            println!("{id:<10} {:>6.2}   {:<44} {:.2}", best[0], listed.join(", "), best[0] / peer);
        }
    }
}
