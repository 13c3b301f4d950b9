//! `atra compute`

use std::borrow::Cow;

use atra::csv::{self, Table};
use atra::{Args, Error, ErrorKind, Frame, Result, TimeMs, registry};

use super::import::open;
use super::open_existing;
use super::output::{Output, push_number};
use super::progress::Progress;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["input", "db"]))]
pub(crate) struct Compute {
    /// Indicator, by id or TA-Lib name, in any case.
    id: String,
    /// Parameters; those not given keep their defaults.
    #[arg(value_name = "KEY=VALUE")]
    params: Vec<String>,
    /// Columns to feed instead of the indicator's own, in its order.
    #[arg(long, value_delimiter = ',', value_name = "COL")]
    inputs: Vec<String>,
    /// CSV file; - is standard input.
    #[arg(long)]
    input: Option<String>,
    /// Database file.
    #[arg(long, requires = "symbol", requires = "interval")]
    db: Option<String>,
    /// Instrument, as it was imported.
    #[arg(long, requires = "db")]
    symbol: Option<String>,
    /// Length of a bar, as it was imported.
    #[arg(long, requires = "db")]
    interval: Option<String>,
    /// Where to write; - is standard output.
    #[arg(long, default_value = "-")]
    output: String,
}

/// What the columns come from.
enum Source {
    File(String, Table),
    Store(std::sync::Arc<Frame>),
}

impl Source {
    fn column(&self, name: &str) -> Result<Cow<'_, [f64]>> {
        match self {
            Self::File(path, table) => table.numbers(name).map_err(|error| error.context(path)),
            Self::Store(frame) => frame.numbers(name),
        }
    }

    fn time(&self) -> &[TimeMs] {
        match self {
            Self::File(_, table) => table.frame().time(),
            Self::Store(frame) => frame.time(),
        }
    }
}

impl Compute {
    pub(crate) fn run(self) -> Result<()> {
        // The cheap mistakes first, before anything is read.
        let args = Args::parse(self.params.iter().map(String::as_str))?;
        let indicator = registry::find(&self.id)?.build(&args)?;
        let spec = indicator.spec();
        let own: Vec<&str> = spec.inputs.iter().map(|input| input.column()).collect();
        let names: Vec<&str> = match self.inputs.as_slice() {
            [] => own.clone(),
            given if given.len() == own.len() => given.iter().map(String::as_str).collect(),
            given => {
                return Err(Error::new(
                    ErrorKind::Parameter,
                    format!(
                        "--inputs names {} columns; {} reads {} ({})",
                        given.len(),
                        spec.id,
                        own.len(),
                        own.join(", ")
                    ),
                ));
            }
        };
        let source = self.source()?;
        let columns = names.iter().map(|name| source.column(name.trim())).collect::<Result<Vec<_>>>()?;
        let columns: Vec<&[f64]> = columns.iter().map(|column| &**column).collect();
        let outputs = indicator.compute_columns(&columns)?;

        let mut output = Output::open(&self.output)?;
        let header: Vec<&str> = spec.outputs.iter().map(|output| output.name).collect();
        output.write(&format!("time,{}\n", header.join(",")))?;
        let mut line = String::new();
        for (row, time) in source.time().iter().enumerate() {
            line.clear();
            line.push_str(&time.to_string());
            for column in &outputs {
                line.push(',');
                push_number(&mut line, column.get(row).copied().unwrap_or(f64::NAN));
            }
            line.push('\n');
            output.write(&line)?;
        }
        output.finish()
    }

    fn source(&self) -> Result<Source> {
        match (&self.input, &self.db, &self.symbol, &self.interval) {
            (Some(input), ..) => {
                let progress = Progress::bytes(input, None);
                let table = csv::read(progress.wrap(open(input)?)).map_err(|error| error.context(input))?;
                progress.finish();
                Ok(Source::File(input.clone(), table))
            }
            (None, Some(db), Some(symbol), Some(interval)) => {
                let frame =
                    open_existing(db)?.candles(symbol, interval, atra::store::CandleQuery::default())?;
                Ok(Source::Store(frame))
            }
            // clap lets no other combination through.
            _ => Err(Error::new(
                ErrorKind::Parameter,
                "give --input FILE, or --db with --symbol and --interval",
            )),
        }
    }
}
