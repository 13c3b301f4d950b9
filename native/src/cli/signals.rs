//! `atra signals`

use std::io::IsTerminal;

use atra::store::CandleQuery;
use atra::strategy::Signal;
use atra::{Error, ErrorKind, Result, Store, error::nearest, strategy};

use super::open_existing;
use super::output::{Output, iso, push_number, table};
use super::rows::Format;

#[derive(clap::Args)]
pub(crate) struct Signals {
    /// Database file.
    #[arg(long)]
    db: String,
    /// Instruments; all if none is named.
    #[arg(long = "symbol", value_name = "SYMBOL", num_args = 1..)]
    symbols: Vec<String>,
    /// Strategy that makes the signals.
    #[arg(long, default_value = strategy::DEFAULT)]
    strategy: String,
    /// How to print them.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Signals {
    pub(crate) fn run(self) -> Result<()> {
        let strategy = strategy::find(&self.strategy)?;
        let store = open_existing(&self.db)?;
        let mut signals = Vec::new();
        for (symbol, interval) in chosen(&store, &self.symbols)? {
            signals.extend(run_strategy(&store, strategy, &symbol, &interval)?);
        }
        store.close()?;
        let mut output = Output::stdout();
        output.write(&match self.format {
            Format::Json => {
                serde_json::to_string_pretty(&signals)
                    .map_err(|error| Error::new(ErrorKind::Format, error.to_string()))?
                    + "\n"
            }
            Format::Csv => csv_text(&signals),
            Format::Table => table_text(&signals),
        })?;
        output.finish()?;
        if signals.is_empty() && std::io::stderr().is_terminal() {
            eprintln!("no signals");
        }
        Ok(())
    }
}

/// The series to run over: those of the named symbols, or all.
fn chosen(store: &Store, symbols: &[String]) -> Result<Vec<(String, String)>> {
    let stored = store.symbols()?;
    for symbol in symbols {
        if !stored.iter().any(|info| info.symbol == *symbol) {
            let mut names: Vec<&str> = stored.iter().map(|info| info.symbol.as_str()).collect();
            names.dedup();
            let help = match nearest(symbol, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", names.join(", ")),
            };
            return Err(Error::new(ErrorKind::NotFound, format!("unknown symbol `{symbol}`; {help}")));
        }
    }
    let wanted = stored.iter().filter(|info| symbols.is_empty() || symbols.contains(&info.symbol));
    Ok(wanted.map(|info| (info.symbol.clone(), info.interval.clone())).collect())
}

/// Computes and stores the signals of one series.
pub(crate) fn run_strategy(
    store: &Store,
    strategy: &dyn strategy::Strategy,
    symbol: &str,
    interval: &str,
) -> Result<Vec<Signal>> {
    let frame = store.candles(symbol, interval, CandleQuery::default())?;
    let signals = strategy.signals(symbol, interval, &frame)?;
    store.insert_signals(&signals)?;
    Ok(signals)
}

const COLUMNS: [&str; 10] = [
    "time",
    "symbol",
    "interval",
    "strategy",
    "side",
    "entry_price",
    "stop_loss",
    "take_profit",
    "score",
    "reason",
];

/// A signal's cells in the order of [`COLUMNS`].
fn cells(signal: &Signal, time: String, number: impl Fn(f64) -> String) -> Vec<String> {
    let maybe = |value: Option<f64>| value.map(&number).unwrap_or_default();
    vec![
        time,
        signal.symbol.clone(),
        signal.interval.clone(),
        signal.strategy.clone(),
        signal.side.name().to_owned(),
        number(signal.entry_price),
        maybe(signal.stop_loss),
        maybe(signal.take_profit),
        number(signal.score),
        signal.reason.clone(),
    ]
}

fn csv_text(signals: &[Signal]) -> String {
    let exact = |number| {
        let mut text = String::new();
        push_number(&mut text, number);
        text
    };
    let quoted = |cell: String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    let mut text = COLUMNS.join(",") + "\n";
    for signal in signals {
        let row: Vec<String> =
            cells(signal, signal.time.to_string(), exact).into_iter().map(quoted).collect();
        text += &row.join(",");
        text.push('\n');
    }
    text
}

fn table_text(signals: &[Signal]) -> String {
    let short = |number: f64| {
        let decimals = if number.abs() < 10.0 { 4 } else { 2 };
        format!("{number:.decimals$}")
    };
    let header = COLUMNS.map(str::to_owned).to_vec();
    let rows = signals.iter().map(|signal| cells(signal, iso(signal.time), short));
    table(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
}
