//! Other libraries' indicators, a file each: those of the rows measured that they have.

mod c;
mod ferro;
mod kand;
mod rust;
mod vector;
mod wickra;

use atra_core::Args;

use crate::market::Market;

/// Fills the first output columns; gives how many leading rows it leaves out.
pub type Run<'a> = Box<dyn FnMut(&mut [Vec<f64>]) -> usize + 'a>;

/// A library, and how it computes something.
pub type Contender<'a> = (&'static str, Run<'a>);

/// What is computed of what.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    pub id: &'static str,
    pub period: usize,
    pub market: &'a Market,
}

impl<'a> Task<'a> {
    /// With this period, or the usual one.
    pub fn new(id: &'static str, market: &'a Market, period: Option<usize>) -> Self {
        let usual = if matches!(id, "rsi" | "atr" | "adx" | "mfi" | "aroon" | "linearreg") { 14 } else { 20 };
        Self { id, period: period.unwrap_or(usual), market }
    }

    /// atra's parameters.
    pub fn args(&self) -> Args {
        match self.id {
            "macd" | "obv" | "sar" => Args::new(),
            "stoch" => Args::new().with("fastk", 14.0).with("slowk", 3.0).with("slowd", 3.0),
            _ => Args::new().with("period", self.period as f64),
        }
    }

    /// The libraries that can do it.
    pub fn contenders(self) -> Vec<Contender<'a>> {
        let all: [(&str, fn(Task<'a>) -> Option<Run<'a>>); 6] = [
            ("TA-Lib C", c::run),
            ("ta-lib", rust::run),
            ("vector-ta", vector::run),
            ("wickra fast", wickra::run),
            ("ferro_ta_core", ferro::run),
            ("kand", kand::run),
        ];
        all.into_iter().filter_map(|(name, run)| Some((name, run(self)?))).collect()
    }
}
