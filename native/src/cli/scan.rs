//! `atra scan`

use std::ops::ControlFlow;

use atra::Result;
use atra::parallel::{Bars, Scan};

use super::open_existing;
use super::progress::Progress;
use super::rows::{Cell, Format, Holds, Rows};

#[derive(clap::Args)]
pub(crate) struct Command {
    /// Database file.
    #[arg(long)]
    db: String,
    /// Length of a bar, as it was imported; all if none is given.
    #[arg(long)]
    interval: Option<String>,
    /// Instruments; all if none is named.
    #[arg(long = "symbol", value_name = "SYMBOL", num_args = 1..)]
    symbols: Vec<String>,
    /// Condition to look for, as 'rsi(14) < 30 and close > sma(200)'. A comparison with a missing number is false.
    #[arg(long = "where", value_name = "CONDITION", allow_hyphen_values = true)]
    condition: String,
    /// What to print of each bar that is found, as 'rsi(14), close'.
    #[arg(long, value_name = "EXPRESSIONS", default_value = "close", allow_hyphen_values = true)]
    columns: String,
    /// Look at the last N bars of each series instead of the last one.
    #[arg(long, value_name = "N", conflicts_with = "all_bars")]
    last: Option<usize>,
    /// Look at every bar.
    #[arg(long)]
    all_bars: bool,
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// File to write instead, in the format its name tells: .csv, .json, .parquet; - is standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<String>,
}

impl Command {
    pub(crate) fn run(self) -> Result<()> {
        let bars = match self.last {
            Some(bars) => Bars::Last(bars),
            None if self.all_bars => Bars::All,
            None => Bars::Latest,
        };
        let scan = Scan::new(&self.condition, &self.columns)?.bars(bars);
        let store = open_existing(&self.db)?;
        let series = scan.series(&store, &self.symbols, self.interval.as_deref())?;
        let named = [("symbol", Holds::Text), ("interval", Holds::Text), ("time", Holds::Time)];
        let told = scan.columns().iter().map(|text| (text.clone(), Holds::Number));
        let columns = named.map(|(name, holds)| (name.to_owned(), holds)).into_iter().chain(told).collect();
        let mut rows = Rows::open(self.output.as_deref(), self.format, columns)?;
        let mut written: Result<()> = Ok(());
        let progress = Progress::count("series", series.len());
        scan.run(&store, &series, |found, done| {
            progress.at(done as u64);
            for one in found {
                let mut cells = vec![Cell::Text(one.symbol), Cell::Text(one.interval), Cell::Time(one.time)];
                cells.extend(one.values.into_iter().map(Cell::Number));
                written = rows.push(cells);
                if written.is_err() {
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        progress.finish();
        written?;
        store.close()?;
        rows.finish()
    }
}
