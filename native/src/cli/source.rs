//! The candles, or other columns, that a command reads: a CSV file, or one series of a database.

use std::borrow::Cow;
use std::sync::Arc;

use atra::csv::{self, Table};
use atra::{Error, ErrorKind, Frame, Result, TimeMs};

use super::import::open;
use super::open_existing;
use super::progress::Progress;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["input", "db"]))]
pub(crate) struct From {
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
}

/// What the columns come from.
pub(crate) enum Source {
    File(String, Table),
    Store(Arc<Frame>),
}

impl From {
    pub(crate) fn read(&self) -> Result<Source> {
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

    /// What is read, for a person.
    pub(crate) fn name(&self) -> String {
        match (&self.input, &self.symbol, &self.interval) {
            (Some(input), ..) if input == "-" => "standard input".to_owned(),
            (Some(input), ..) => {
                let name = std::path::Path::new(input).file_name();
                name.map_or_else(|| input.clone(), |name| name.to_string_lossy().into_owned())
            }
            (None, symbol, interval) => {
                [symbol, interval].map(|name| name.as_deref().unwrap_or("")).join(" ")
            }
        }
    }
}

impl Source {
    pub(crate) fn column(&self, name: &str) -> Result<Cow<'_, [f64]>> {
        match self {
            Self::File(path, table) => table.numbers(name).map_err(|error| error.context(path)),
            Self::Store(frame) => frame.numbers(name),
        }
    }

    pub(crate) fn frame(&self) -> &Frame {
        match self {
            Self::File(_, table) => table.frame(),
            Self::Store(frame) => frame,
        }
    }

    pub(crate) fn time(&self) -> &[TimeMs] {
        self.frame().time()
    }
}
