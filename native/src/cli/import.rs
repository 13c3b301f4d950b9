//! `atra import`

use std::fs::File;
use std::io::{self, Read};
use std::time::Instant;

use atra::{Error, ErrorKind, Result, Store, csv, files};

use super::output::{Output, grouped, iso};
use super::progress::Progress;
use super::{Series, cannot};

#[derive(clap::Args)]
pub(crate) struct Import {
    /// Database file; made if it does not exist.
    #[arg(long)]
    db: String,
    #[command(flatten)]
    series: Series,
    /// CSV files, also in gzip or zstd; - is standard input. A file that has a bad row is not stored at all.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
}

impl Import {
    pub(crate) fn run(self) -> Result<()> {
        // Read before the database is touched: a bad first file leaves no empty database behind.
        let mut store = None;
        let mut output = Output::stdout();
        for input in &self.inputs {
            let started = Instant::now();
            let progress = Progress::bytes(input, size(input));
            let frame =
                csv::read_candles(progress.wrap(open(input)?)).map_err(|error| error.context(input))?;
            progress.say("storing");
            let store = match &mut store {
                Some(store) => store,
                none => none.insert(Store::open(&self.db)?),
            };
            let changed = store.upsert_candles(&self.series.symbol, &self.series.interval, &frame)?;
            progress.finish();
            let (first, last) = (frame.time().first(), frame.time().last());
            let seconds = started.elapsed().as_secs_f64();
            output.write(&format!(
                "{input}: {} candles of {} {} ({} new or changed) from {} to {} in {seconds:.2} s\n",
                grouped(frame.len() as u64),
                self.series.symbol,
                self.series.interval,
                grouped(changed as u64),
                first.map_or_else(String::new, |time| iso(*time)),
                last.map_or_else(String::new, |time| iso(*time)),
            ))?;
        }
        if let Some(store) = store {
            store.close()?;
        }
        output.finish()
    }
}

/// A file or, for `-`, standard input, to be read, compressed or not.
pub(crate) fn open(input: &str) -> Result<Box<dyn Read>> {
    if input == "-" {
        return files::expanded(io::stdin().lock()).map_err(|error| cannot("read", input, error));
    }
    if let Some(extension) = [".parquet", ".msgpack", ".json", ".jsonl", ".arrow", ".atra"]
        .iter()
        .find(|end| input.ends_with(**end))
    {
        let message = format!(
            "cannot read {input}: {extension} must first be converted: atra convert {input} candles.csv"
        );
        return Err(Error::new(ErrorKind::Format, message));
    }
    let file = File::open(input).map_err(|error| cannot("read", input, error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(cannot("read", input, io::ErrorKind::IsADirectory.into()));
    }
    files::expanded(file).map_err(|error| cannot("read", input, error))
}

fn size(input: &str) -> Option<u64> {
    std::fs::metadata(input).ok().map(|metadata| metadata.len())
}
