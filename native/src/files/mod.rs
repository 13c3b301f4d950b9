//! Frames in files that other programs read and write.
//!
//! The format is told by the name: `.csv`; `.jsonl`, an object a bar; `.json`, an object of columns; `.atra`, atra's own,
//! packed; `.parquet` (feature `parquet`); `.arrow`, Arrow IPC (feature `arrow`). Behind those of text `.gz` or `.zst`
//! tells that it is compressed (feature `compression`).

#[cfg(feature = "arrow")]
pub mod arrow;
mod beside;
mod compressed;
mod convert;
mod json_lines;
#[cfg(feature = "parquet")]
pub mod parquet;
mod text;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use atra_core::codec::{self, Format as Codec};
use atra_core::{Error, ErrorKind, Frame, Result};

use crate::csv;

pub use beside::Beside;
use compressed::Output;
pub use compressed::{Compression, expanded};
pub use convert::{Converted, Span, convert};
pub use text::{push_number, write_csv};

/// The powers of ten that `f64` holds exactly: what decimals are divided by.
#[cfg(any(feature = "arrow", feature = "parquet"))]
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// A header line, then a line a bar; times in milliseconds (dates where these would be taken for seconds), gaps empty.
    Csv,
    /// A line a bar, an object; times as in CSV, gaps `null`.
    JsonLines,
    /// An object of columns, gaps `null`.
    Json,
    /// atra's own form, packed: the smallest and the fastest to read.
    Atra,
    /// Apache Parquet: what pandas, polars and `DuckDB` read.
    Parquet,
    /// Apache Arrow IPC, also known as Feather: what other programs map into memory.
    Arrow,
}

impl Format {
    /// The format that a file's name tells.
    ///
    /// ```
    /// use atra::files::Format;
    ///
    /// assert_eq!(Format::of("btcusd.parquet".as_ref())?, Format::Parquet);
    /// assert_eq!(Format::of("btcusd.csv.gz".as_ref())?, Format::Csv);
    /// assert!(Format::of("btcusd.xlsx".as_ref()).is_err());
    /// # Ok::<(), atra::Error>(())
    /// ```
    pub fn of(path: &Path) -> Result<Self> {
        let (compression, name) = Compression::of(path);
        let is_plain = compression == Compression::Plain;
        match name.extension().and_then(|extension| extension.to_str()) {
            Some("csv") => Ok(Self::Csv),
            Some("jsonl" | "ndjson") => Ok(Self::JsonLines),
            Some("json") => Ok(Self::Json),
            Some("atra") if is_plain => Ok(Self::Atra),
            Some("parquet") if is_plain => Ok(Self::Parquet),
            Some("arrow" | "feather") if is_plain => Ok(Self::Arrow),
            _ => Err(Error::new(
                ErrorKind::Format,
                format!(
                    "{}: the name does not tell the format; there are .csv, .jsonl and .json (also with .gz or .zst), \
                     .atra, .parquet, .arrow",
                    path.display()
                ),
            )),
        }
    }

    /// Fails when this program was built without the format.
    fn check(self) -> Result<()> {
        let without = |name, feature| {
            let message = format!("this program was built without {name} (feature `{feature}`)");
            Err(Error::new(ErrorKind::Format, message))
        };
        match self {
            Self::Parquet if cfg!(not(feature = "parquet")) => without("Parquet", "parquet"),
            Self::Arrow if cfg!(not(feature = "arrow")) => without("Arrow", "arrow"),
            _ => Ok(()),
        }
    }
}

/// Reads a frame; of a file that has more the numeric columns.
///
/// `progress` is given the bytes to be read, and returns what is read in their place.
pub fn read<'a>(path: &Path, progress: impl FnOnce(File) -> Box<dyn Read + 'a>) -> Result<Frame> {
    let read = |format: Format| -> Result<Frame> {
        format.check()?;
        let file = File::open(path).map_err(|error| cannot("read", &error))?;
        let text = |file| expanded(progress(file)).map_err(|error| cannot("read", &error));
        match format {
            Format::Csv => csv::read(text(file)?).map(csv::Table::into_frame),
            Format::JsonLines => json_lines::read(text(file)?),
            Format::Json | Format::Atra => {
                let mut bytes = Vec::new();
                text(file)?.read_to_end(&mut bytes).map_err(|error| cannot("read", &error))?;
                codec::decode(without_mark(&bytes))
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => parquet::read(file, &parquet::Select::default()),
            #[cfg(feature = "arrow")]
            Format::Arrow => arrow::read(text(file)?),
            #[allow(unreachable_patterns)] // what was built without has been refused
            _ => Ok(Frame::default()),
        }
    };
    read(Format::of(path)?).map_err(|error| error.context(path.display()))
}

/// Writes a frame; a file that is there already is replaced when that is done ([`Beside`]).
pub fn write(frame: &Frame, path: &Path) -> Result<()> {
    let write = |format: Format| -> Result<()> {
        format.check()?;
        let failed = |error| cannot("write", &error);
        let mut out = Output::create(path, Compression::of(path).0).map_err(failed)?;
        match format {
            Format::Csv => write_csv(frame, &mut out).map_err(failed)?,
            Format::JsonLines => {
                text::write_json_lines(frame, &mut text::Times::default(), &mut out).map_err(failed)?;
            }
            Format::Json => out.write_all(&codec::encode(frame, Codec::Json)?).map_err(failed)?,
            Format::Atra => out.write_all(&codec::serialize_fast(&frame.optimize())?).map_err(failed)?,
            #[cfg(feature = "parquet")]
            Format::Parquet => parquet::write(frame, &mut out)?,
            #[cfg(feature = "arrow")]
            Format::Arrow => arrow::write(frame.clone(), &mut out)?,
            #[allow(unreachable_patterns)] // what was built without has been refused
            _ => {}
        }
        out.finish().map_err(failed)
    };
    write(Format::of(path)?).map_err(|error| error.context(path.display()))
}

/// Text without the byte order mark that some programs begin it with.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

fn cannot(verb: &str, error: &io::Error) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Io,
    };
    Error::new(kind, format!("cannot {verb}: {error}"))
}
