//! `atra convert`

use std::path::{Path, PathBuf};

use atra::args::Choice;
use atra::frame::{Bars, Fill, duration};
use atra::{Error, ErrorKind, Frame, Result, Zone, csv, files};

use super::output::{Output, grouped};
use super::progress::Progress;

#[derive(clap::Args)]
pub(crate) struct Convert {
    /// File to read: .csv, .jsonl, .json (also with .gz or .zst), .atra, .parquet, .arrow.
    input: PathBuf,
    /// File to write, in the format its name tells.
    output: PathBuf,
    /// First time that is wanted, as a date or in Unix ms.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    from: Option<String>,
    /// First time that is no longer wanted.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    to: Option<String>,
    /// What a missing row becomes: flat (no trade), last (all values again), gap (no values), linear.
    #[arg(long, value_name = "RULE")]
    fill: Option<String>,
    /// Distance of rows that is filled to, as 1m or 4h; the usual one if not given.
    #[arg(long, value_name = "STEP", requires = "fill")]
    step: Option<String>,
    /// Most rows missing in one place that are filled: more are a night or a holiday.
    #[arg(long, value_name = "ROWS", requires = "fill", default_value_t = usize::MAX, hide_default_value = true)]
    longest: usize,
    /// Bars to make, after filling: 15s, 5m, 4h, day, week, month, quarter, year, ticks:100, volume:1000, dollars:1e6, range:2.5, renko:10.
    #[arg(long, value_name = "BARS")]
    resample: Option<String>,
    /// Whose clocks tell where a day begins: utc, london, tokyo …
    #[arg(long, default_value = "utc", requires = "resample")]
    zone: String,
    /// When a day begins there, as 18:00 (of the evening before, from noon on).
    #[arg(long, value_name = "HH:MM", default_value = "00:00", requires = "resample")]
    start: String,
    /// Write prices to Parquet as decimals where that restores them to the last bit: at best half the size, and quicker to read.
    #[arg(long)]
    decimals: bool,
}

impl Convert {
    pub(crate) fn run(self) -> Result<()> {
        files::Format::of(&self.output)?;
        let bars = self.bars()?;
        let filling = self.fill.as_deref().map(|rule| choice::<Fill>("fill", rule)).transpose()?;
        let from = self.from.as_deref().map(|time| at("from", time)).transpose()?;
        let to = self.to.as_deref().map(|time| at("to", time)).transpose()?;
        let span = files::Span { from, to };
        let rows = if filling.is_none() && bars.is_none() && !self.decimals {
            let progress = Progress::bytes(&self.input.display().to_string(), Some(size(&self.input)));
            let converted = files::convert(&self.input, &self.output, span, &|bytes| progress.at(bytes));
            progress.finish();
            converted?.rows
        } else {
            let mut frame = span.of(read(&self.input)?);
            if let Some(filling) = filling {
                frame = self.fill(&frame, filling)?;
            }
            if let Some(bars) = bars {
                frame = frame.resample(bars)?;
            }
            self.write(&frame)?;
            frame.len() as u64
        };
        let mut output = Output::stdout();
        output.write(&format!(
            "{}: {} rows, {} bytes from {}\n",
            self.output.display(),
            grouped(rows),
            grouped(size(&self.output)),
            grouped(size(&self.input)),
        ))?;
        output.finish()
    }

    fn fill(&self, frame: &Frame, filling: Fill) -> Result<Frame> {
        let step = match &self.step {
            Some(text) => Some(duration(text).ok_or_else(|| wrong("step", text, "as 30s, 1m, 4h or 1d"))?),
            None => frame.step(),
        };
        step.map_or_else(|| Ok(frame.clone()), |step| frame.fill(step, filling, self.longest))
    }

    fn bars(&self) -> Result<Option<Bars>> {
        let start = self.start.split_once(':').and_then(|(hours, minutes)| {
            let (hours, minutes) = (hours.parse::<usize>().ok()?, minutes.parse::<usize>().ok()?);
            (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
        });
        let start = start.ok_or_else(|| wrong("start", &self.start, "a time of day as 18:00"))?;
        let zone = choice::<Zone>("zone", &self.zone)?;
        self.resample.as_deref().map(|bars| Bars::parse(bars, zone, start)).transpose()
    }

    fn write(&self, frame: &Frame) -> Result<()> {
        if !self.decimals {
            return files::write(frame, &self.output);
        }
        if files::Format::of(&self.output)? != files::Format::Parquet {
            return Err(wrong("decimals", &self.output.display().to_string(), "a .parquet file to write"));
        }
        #[cfg(feature = "parquet")]
        {
            use files::parquet::{Numbers, Settings, write_with};
            let name = self.output.display().to_string();
            let failed = |error| super::cannot("write", &name, error);
            let mut file = files::Beside::create(&self.output).map_err(failed)?;
            let settings = Settings { numbers: Numbers::Decimals, ..Settings::default() };
            write_with(frame, &mut file, settings).map_err(|error| error.context(&name))?;
            file.finish().map_err(failed)
        }
        #[cfg(not(feature = "parquet"))]
        files::write(frame, &self.output)
    }
}

fn choice<T: Choice>(option: &str, name: &str) -> Result<T> {
    let names: Vec<&str> = T::CHOICES.iter().map(|(name, _)| *name).collect();
    if names.contains(&name) { Ok(T::named(name)) } else { Err(wrong(option, name, &names.join(", "))) }
}

/// The time that an option gives.
pub(super) fn at(option: &str, text: &str) -> Result<atra::TimeMs> {
    let time = csv::time(text);
    time.ok_or_else(|| {
        wrong(option, text, "a date as 2024-01-31 or 2024-01-31T12:00:00Z, or Unix milliseconds")
    })
}

fn wrong(option: &str, value: &str, valid: &str) -> Error {
    Error::new(ErrorKind::Parameter, format!("--{option} {value} is not valid; it must be {valid}"))
}

/// A file's frame, with progress.
pub(super) fn read(path: &Path) -> Result<Frame> {
    let progress = Progress::bytes(&path.display().to_string(), Some(size(path)));
    let frame = files::read(path, |file| Box::new(progress.wrap(file)));
    progress.finish();
    frame
}

pub(super) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}
